-- Een rij is de eenheid waarin een product volgens de indeling van bekend_op wordt geteld.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   product: product
--   eenheid: code van de eenheid; leeg als codes van het product verschillende eenheden hebben
WITH eenheden AS (
    SELECT
        p.gemeentecode, p.wet, i.hoofdproduct, i.product,
        CASE WHEN count(DISTINCT p.eenheid) = 1 THEN max(p.eenheid) END AS eenheid
    FROM tussen.product_periode p
    JOIN peil.bekend b ON p.van <= b.bekend_op AND p.tot > b.bekend_op
    JOIN tussen.indeling i ON i.indeling_nr = p.indeling_nr
    GROUP BY p.gemeentecode, p.wet, i.hoofdproduct, i.product
)
SELECT * FROM eenheden
