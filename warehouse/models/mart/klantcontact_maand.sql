-- Een rij is een maand van een wijkteam: klantcontacten, doorverwijzingen en meldingen. Contacten en doorverwijzingen komen
-- uit de telling van de wijkteams, meldingen uit de toegang; zij tellen niet dezelfde dingen.
-- Volgorde: maand, wijkteam
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   wijkteam: wijkteam
--   contacten: aantal klantcontacten, leeg als er geen telling is
--   doorverwijzingen: aantal doorverwijzingen naar een voorziening, leeg als er geen telling is
--   doorverwijzingen_per_100: doorverwijzingen per honderd klantcontacten
--   meldingen: aantal meldingen bij de toegang
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst van de telling
WITH contact AS (
    SELECT gemeentecode, maand, coalesce(wijkteam, 'onbekend') AS wijkteam, contacten, doorverwijzingen, bron
    FROM kern.klantcontact
),
melding AS (
    SELECT
        gemeentecode, CAST(date_trunc('month', melding_op) AS DATE) AS maand, coalesce(wijkteam, 'onbekend') AS wijkteam,
        count(*) AS meldingen
    FROM kern.melding
    WHERE melding_op < (SELECT grens FROM peil.bekend)
    GROUP BY gemeentecode, date_trunc('month', melding_op), coalesce(wijkteam, 'onbekend')
),
samen AS (
    SELECT
        coalesce(c.maand, m.maand) AS maand, coalesce(c.gemeentecode, m.gemeentecode) AS gemeentecode,
        coalesce(c.wijkteam, m.wijkteam) AS wijkteam, c.contacten, c.doorverwijzingen,
        CASE WHEN c.contacten > 0 THEN CAST(100.0 * c.doorverwijzingen / c.contacten AS DOUBLE) END AS doorverwijzingen_per_100,
        coalesce(m.meldingen, 0) AS meldingen, c.bron
    FROM contact c
    FULL JOIN melding m ON m.gemeentecode = c.gemeentecode AND m.maand = c.maand AND m.wijkteam = c.wijkteam
)
SELECT * FROM samen
