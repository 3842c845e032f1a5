-- Een rij is de toegang in een kwartaal: de meldingen die toen binnenkwamen en hoe het die verging tot bekend_op. Tijden zijn
-- kalenderdagen; zaken die nog lopen tellen mee voor de tijd die zij al duren (Kaplan-Meier), zodat uitstel niet snel lijkt.
-- Een tijd is leeg bij minder dan tien zaken, en zolang nog niet bekend is wanneer de helft klaar is.
-- Volgorde: kwartaal, wet, wijkteam, verwijzer
-- Kolommen:
--   kwartaal: eerste dag van het kwartaal van de melding
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   wijkteam: wijkteam; leeg voor alle wijkteams samen
--   verwijzer: code van het soort verwijzer; leeg voor alle verwijzers samen
--   meldingen: aantal meldingen
--   onderzoeken: meldingen waarvan het onderzoek klaar is
--   besluiten: meldingen met een besluit
--   toegekend: besluiten waarbij iets is toegekend
--   lopend: meldingen zonder besluit
--   onderzoek_mediaan_dagen: mediaan van melding tot einde onderzoek [dagen]
--   onderzoek_binnen_termijn: deel dat binnen de termijn is onderzocht (zes weken), 0 tot 1
--   aanvraag_mediaan_dagen: mediaan van einde onderzoek tot aanvraag [dagen]
--   besluit_mediaan_dagen: mediaan van aanvraag tot besluit [dagen]
--   besluit_binnen_termijn: deel waarop binnen de termijn is besloten (twee weken), 0 tot 1
--   doorlooptijd_mediaan_dagen: mediaan van melding tot besluit [dagen]
--   toewijzingen: meldingen waar een toewijzing op volgde
--   gestart: daarvan met gestarte zorg
--   wachttijd_mediaan_dagen: mediaan van toewijzing tot start van de zorg [dagen]
WITH cellen AS (
    SELECT
        gemeentecode, CAST(date_trunc('quarter', melding_op) AS DATE) AS kwartaal, wet,
        coalesce(wijkteam, 'onbekend') AS wijkteam, coalesce(verwijzer, 'onbekend') AS verwijzer,
        onderzoek_op, besluit_op, besluit
    FROM kern.melding
    WHERE melding_op < (SELECT grens FROM peil.bekend)
),
geteld AS (
    SELECT
        gemeentecode, kwartaal, wet, wijkteam, verwijzer, count(*) AS meldingen, count(onderzoek_op) AS onderzoeken,
        count(besluit_op) AS besluiten, sum(CASE WHEN besluit = 'toegekend' THEN 1 ELSE 0 END) AS toegekend
    FROM cellen
    GROUP BY GROUPING SETS (
        (gemeentecode, kwartaal, wet),
        (gemeentecode, kwartaal, wet, wijkteam),
        (gemeentecode, kwartaal, wet, verwijzer),
        (gemeentecode, kwartaal, wet, wijkteam, verwijzer)
    )
),
samen AS (
    SELECT
        g.kwartaal, g.gemeentecode, g.wet, g.wijkteam, g.verwijzer, g.meldingen, g.onderzoeken, g.besluiten,
        CAST(g.toegekend AS BIGINT) AS toegekend, g.meldingen - g.besluiten AS lopend,
        t.onderzoek_mediaan_dagen, t.onderzoek_binnen_termijn, t.aanvraag_mediaan_dagen, t.besluit_mediaan_dagen,
        t.besluit_binnen_termijn, t.doorlooptijd_mediaan_dagen, coalesce(t.toewijzingen, 0) AS toewijzingen,
        coalesce(t.gestart, 0) AS gestart, t.wachttijd_mediaan_dagen
    FROM geteld g
    LEFT JOIN tussen.toegang_tijd t
        ON t.gemeentecode = g.gemeentecode AND t.kwartaal = g.kwartaal AND t.wet = g.wet
        AND coalesce(t.wijkteam, '*') = coalesce(g.wijkteam, '*') AND coalesce(t.verwijzer, '*') = coalesce(g.verwijzer, '*')
)
SELECT * FROM samen
