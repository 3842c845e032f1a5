-- Een rij is de uitgave van een jaar naar onderdeel. Jaren voor de eerste levermaand komen uit de jaarrijen van het
-- grootboek, latere jaren uit mart.uitgaven_maand.
-- Volgorde: jaar, wet, hoofdproduct
-- Kolommen:
--   jaar: jaar van levering; bij het grootboek het boekjaar
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   onderdeel: berichten, vast, subsidie, pgb of overig
--   realisatie_cent: uitgave zoals bekend op bekend_op [cent]
--   bron: 'berichten', 'document' of de herkomst die het grootboek noemt
--   volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
WITH jaarrijen AS (
    SELECT
        g.jaar, g.gemeentecode, g.wet, coalesce(g.hoofdproduct, 'onbekend') AS hoofdproduct,
        CASE WHEN g.soort = 'overlopend' THEN 'berichten' ELSE g.soort END AS onderdeel,
        g.bedrag_cent AS realisatie_cent, g.bron
    FROM kern.grootboek g
    JOIN tussen.bereik b ON true
    WHERE g.periode = 0 AND (g.soort NOT IN ('berichten', 'overlopend') OR g.jaar < year(b.eerste_levermaand))
),
samen AS (
    SELECT * FROM jaarrijen
    UNION ALL
    SELECT
        CAST(year(levermaand) AS BIGINT), gemeentecode, wet, hoofdproduct, onderdeel, realisatie_cent, bron
    FROM mart.uitgaven_maand
),
opgeteld AS (
    SELECT
        s.jaar, s.gemeentecode, s.wet, s.hoofdproduct, s.onderdeel,
        CAST(sum(s.realisatie_cent) AS BIGINT) AS realisatie_cent,
        s.bron,
        s.jaar < year(CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS volledig
    FROM samen s
    JOIN peil.bekend k ON true
    GROUP BY s.jaar, s.gemeentecode, s.wet, s.hoofdproduct, s.onderdeel, s.bron, k.laatste_levermaand
)
SELECT * FROM opgeteld
