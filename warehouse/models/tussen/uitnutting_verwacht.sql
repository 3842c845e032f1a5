-- Een rij is de uitnutting die van een product wordt verwacht: die van de laatste levermaanden, gecorrigeerd voor wat nog
-- gedeclareerd wordt; is van het product zelf niets toegewezen of geleverd, dan die van de wet. Budgetten en wat daarop is
-- geleverd staan vaak in verschillende productgroepen; daarvoor telt de wet als geheel.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   product: product of 'niet gespecificeerd'
--   uitnutting: verwachte uitnutting, ten hoogste 1: van wat nog openstaat komt niet meer dan er openstaat [fractie]
WITH laatste AS (
    SELECT u.*
    FROM tussen.uitnutting_gecorrigeerd u
    JOIN peil.bekend k ON true
    JOIN peil.instelling i ON u.levermaand > CAST(k.laatste_levermaand - i.uitnutting_maanden * INTERVAL 1 MONTH AS DATE)
),
per_product AS (
    SELECT
        gemeentecode, wet, productgroep, product, sum(toegewezen_cent) AS toegewezen, sum(gecorrigeerd_cent) AS geleverd
    FROM laatste
    GROUP BY gemeentecode, wet, productgroep, product
),
per_soort AS (
    SELECT
        gemeentecode, wet, product = 'niet gespecificeerd' AS algemeen, sum(toegewezen_cent) AS toegewezen,
        sum(gecorrigeerd_cent) AS geleverd
    FROM laatste
    GROUP BY gemeentecode, wet, product = 'niet gespecificeerd'
),
gevraagd AS (
    SELECT DISTINCT gemeentecode, wet, productgroep, product
    FROM tussen.toewijzing_basis
),
gekozen AS (
    SELECT
        g.gemeentecode, g.wet, g.productgroep, g.product,
        CASE
            WHEN g.product <> 'niet gespecificeerd' AND p.toegewezen > 0 AND p.geleverd > 0
                THEN least(CAST(1 AS DOUBLE), CAST(p.geleverd AS DOUBLE) / p.toegewezen)
            WHEN s.toegewezen > 0 AND s.geleverd > 0 THEN least(CAST(1 AS DOUBLE), CAST(s.geleverd AS DOUBLE) / s.toegewezen)
            -- nothing is known: what is assigned is what may come
            ELSE CAST(1 AS DOUBLE)
        END AS uitnutting
    FROM gevraagd g
    LEFT JOIN per_product p
        ON p.gemeentecode = g.gemeentecode AND p.wet = g.wet AND p.productgroep = g.productgroep AND p.product = g.product
    LEFT JOIN per_soort s
        ON s.gemeentecode = g.gemeentecode AND s.wet = g.wet AND s.algemeen = (g.product = 'niet gespecificeerd')
)
SELECT * FROM gekozen
