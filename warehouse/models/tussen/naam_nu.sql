-- Een rij zegt hoe een naam uit de indeling van een jaar op bekend_op heet: nodig voor bedragen die alleen met die naam bekend
-- zijn (begroting, grootboek, jaarcijfers). Alleen namen waarvan alle codes samen zijn overgegaan staan erin; een naam die over
-- meer namen is verdeeld houdt haar oude naam.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   jaar: jaar waarin de oude naam gold
--   hoofdproduct: hoofdproduct van toen
--   product: product van toen; '-' waar het over het hele hoofdproduct gaat
--   hoofdproduct_nu: hoofdproduct van nu
--   product_nu: product van nu; '-' waar het over het hele hoofdproduct gaat
WITH jaren AS (
    SELECT DISTINCT jaar FROM peil.maand
),
codes AS (
    SELECT
        t.gemeentecode, t.wet, j.jaar, t.hoofdproduct, t.product,
        n.hoofdproduct AS hoofdproduct_nu, n.product AS product_nu
    FROM tussen.product_naam t
    JOIN jaren j ON year(t.van) <= j.jaar AND year(CAST(t.tot - INTERVAL 1 DAY AS DATE)) >= j.jaar
    JOIN peil.bekend b ON true
    JOIN tussen.product_naam n
        ON n.gemeentecode = t.gemeentecode AND n.wet = t.wet AND n.categorie_sleutel = t.categorie_sleutel
        AND n.code_sleutel = t.code_sleutel AND n.van <= b.bekend_op AND n.tot > b.bekend_op
    WHERE t.code_sleutel <> '-'
),
hoofdproducten AS (
    SELECT
        gemeentecode, wet, jaar, hoofdproduct, '-' AS product, max(hoofdproduct_nu) AS hoofdproduct_nu, '-' AS product_nu
    FROM codes
    GROUP BY gemeentecode, wet, jaar, hoofdproduct
    HAVING count(DISTINCT hoofdproduct_nu) = 1
),
producten AS (
    SELECT
        gemeentecode, wet, jaar, hoofdproduct, product, max(hoofdproduct_nu) AS hoofdproduct_nu, max(product_nu) AS product_nu
    FROM codes
    GROUP BY gemeentecode, wet, jaar, hoofdproduct, product
    HAVING count(DISTINCT hoofdproduct_nu || '|' || product_nu) = 1
),
samen AS (
    SELECT * FROM hoofdproducten
    UNION ALL
    SELECT * FROM producten
)
SELECT * FROM samen
