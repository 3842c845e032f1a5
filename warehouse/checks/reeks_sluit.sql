-- De doorlopende reeks telt op: producten tot hoofdproduct, hoofdproducten tot wet, wetten tot totaal. Een andere indeling
-- verschuift bedragen maar maakt of verliest er geen, en de som is per jaar en wet die van mart.uitgaven_jaar.
WITH delen AS (
    SELECT gemeentecode, jaar, wet, hoofdproduct, niveau, nominaal_cent, verschoven_cent, coalesce(reeel_cent, 0) AS reeel_cent
    FROM mart.reeks_jaar
),
per_hoofdproduct AS (
    SELECT
        gemeentecode, jaar, wet, hoofdproduct,
        sum(CASE WHEN niveau = 'hoofdproduct' THEN nominaal_cent ELSE -nominaal_cent END) AS nominaal,
        sum(CASE WHEN niveau = 'hoofdproduct' THEN reeel_cent ELSE -reeel_cent END) AS reeel,
        CAST(0 AS BIGINT) AS verschoven
    FROM delen
    WHERE niveau IN ('hoofdproduct', 'product')
    GROUP BY gemeentecode, jaar, wet, hoofdproduct
),
per_wet AS (
    SELECT
        gemeentecode, jaar, wet,
        sum(CASE WHEN niveau = 'wet' THEN nominaal_cent ELSE -nominaal_cent END) AS nominaal,
        sum(CASE WHEN niveau = 'wet' THEN reeel_cent ELSE -reeel_cent END) AS reeel,
        sum(CASE WHEN niveau = 'wet' THEN verschoven_cent ELSE 0 END) AS verschoven
    FROM delen
    WHERE niveau IN ('wet', 'hoofdproduct')
    GROUP BY gemeentecode, jaar, wet
),
per_jaar AS (
    SELECT
        gemeentecode, jaar,
        sum(CASE WHEN niveau = 'totaal' THEN nominaal_cent ELSE -nominaal_cent END) AS nominaal,
        sum(CASE WHEN niveau = 'totaal' THEN reeel_cent ELSE -reeel_cent END) AS reeel
    FROM delen
    WHERE niveau IN ('totaal', 'wet')
    GROUP BY gemeentecode, jaar
),
eerste AS (
    SELECT gemeentecode, min(year(levermaand)) AS jaar
    FROM mart.pq_maand
    GROUP BY gemeentecode
),
uitgaven AS (
    SELECT u.gemeentecode, u.jaar, u.wet, sum(u.realisatie_cent) AS cent
    FROM mart.uitgaven_jaar u
    JOIN eerste e ON e.gemeentecode = u.gemeentecode AND u.jaar >= e.jaar
    GROUP BY u.gemeentecode, u.jaar, u.wet
),
tegen_uitgaven AS (
    SELECT u.gemeentecode, u.jaar, u.wet, coalesce(d.nominaal_cent, 0) - u.cent AS nominaal
    FROM uitgaven u
    LEFT JOIN delen d ON d.gemeentecode = u.gemeentecode AND d.jaar = u.jaar AND d.wet = u.wet AND d.niveau = 'wet'
),
fout AS (
    SELECT 'hoofdproduct' AS waar, jaar, wet, hoofdproduct, nominaal, reeel, verschoven
    FROM per_hoofdproduct
    UNION ALL
    SELECT 'wet', jaar, wet, NULL, nominaal, reeel, verschoven FROM per_wet
    UNION ALL
    SELECT 'totaal', jaar, NULL, NULL, nominaal, reeel, 0 FROM per_jaar
    UNION ALL
    SELECT 'uitgaven_jaar', jaar, wet, NULL, nominaal, 0, 0 FROM tegen_uitgaven
),
gevonden AS (
    SELECT * FROM fout WHERE nominaal <> 0 OR reeel <> 0 OR verschoven <> 0
)
SELECT * FROM gevonden
