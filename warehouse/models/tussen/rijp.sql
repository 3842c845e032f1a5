-- Een rij is een productgroep met de eerste maand waarvan nog niet genoeg is gedeclareerd om uitnutting te meten.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   rijp_tot: eerste levermaand die niet rijp is; daarvoor zijn alle levermaanden voor het ingestelde deel gedeclareerd
WITH groepen AS (
    SELECT
        n.gemeentecode, n.wet, n.productgroep,
        CAST(coalesce(
            min(CASE WHEN n.fractie < i.rijp_procent / 100.0 THEN n.levermaand END),
            min(k.laatste_levermaand) + INTERVAL 1 MONTH
        ) AS DATE) AS rijp_tot
    FROM mart.nagekomen n
    JOIN peil.instelling i ON true
    JOIN peil.bekend k ON n.levermaand <= k.laatste_levermaand
    WHERE n.aanbieder_agb IS NULL
    GROUP BY n.gemeentecode, n.wet, n.productgroep
)
SELECT * FROM groepen
