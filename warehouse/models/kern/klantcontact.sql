-- Een rij is het aantal klantcontacten van een wijkteam in een maand.
-- Volgorde: maand, wijkteam
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   maand: eerste dag van de maand
--   wijkteam: wijkteam
--   contacten: aantal klantcontacten
--   doorverwijzingen: aantal doorverwijzingen
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, maand, wijkteam, contacten, doorverwijzingen, bron
    FROM lake.klantcontact
    WHERE maand < (SELECT grens FROM peil.bekend)
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, maand, wijkteam
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
