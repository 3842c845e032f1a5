-- Wat in mart.prognose van het jaar is gerealiseerd en nog wordt gedeclareerd, is per wet gelijk aan mart.uitgaven_maand en mart.nagekomen (op 1 cent per product na, door afronden).
WITH jaren AS (
    SELECT DISTINCT gemeentecode, wet, jaar, gerealiseerd_cent, nagekomen_cent
    FROM mart.prognose
    WHERE niveau = 'wet'
),
producten AS (
    SELECT gemeentecode, wet, count(*) AS aantal
    FROM mart.prognose
    WHERE niveau = 'product'
    GROUP BY gemeentecode, wet
),
uitgaven AS (
    SELECT u.gemeentecode, u.wet, year(u.levermaand) AS jaar, sum(u.realisatie_cent) AS cent
    FROM mart.uitgaven_maand u
    JOIN peil.bekend k ON u.levermaand <= k.laatste_maand
    GROUP BY u.gemeentecode, u.wet, year(u.levermaand)
),
nagekomen AS (
    SELECT gemeentecode, wet, year(levermaand) AS jaar, sum(nagekomen_cent) AS cent
    FROM mart.nagekomen
    WHERE aanbieder_agb IS NULL
    GROUP BY gemeentecode, wet, year(levermaand)
),
verschil AS (
    SELECT j.gemeentecode, j.wet, j.jaar, j.gerealiseerd_cent, u.cent AS uitgaven_cent, j.nagekomen_cent, n.cent
    FROM jaren j
    JOIN producten p ON p.gemeentecode = j.gemeentecode AND p.wet = j.wet
    LEFT JOIN uitgaven u ON u.gemeentecode = j.gemeentecode AND u.wet = j.wet AND u.jaar = j.jaar
    LEFT JOIN nagekomen n ON n.gemeentecode = j.gemeentecode AND n.wet = j.wet AND n.jaar = j.jaar
    WHERE abs(j.gerealiseerd_cent - coalesce(u.cent, 0)) > p.aantal
        OR abs(j.nagekomen_cent - coalesce(n.cent, 0)) > p.aantal
)
SELECT * FROM verschil
