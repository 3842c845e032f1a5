-- Een rij zegt in welke indeling van bekend_op een productcode valt die toen anders kon zijn ingedeeld.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   code_sleutel: productcode, '-' waar die ontbreekt
--   indeling_nr: volgnummer van een indeling die de code had of heeft
--   indeling_nu: volgnummer van de indeling die op bekend_op geldt
WITH nu AS (
    SELECT p.gemeentecode, p.wet, p.categorie_sleutel, p.code_sleutel, p.indeling_nr
    FROM tussen.product_periode p
    JOIN peil.bekend b ON p.van <= b.bekend_op AND p.tot > b.bekend_op
),
paren AS (
    SELECT p.gemeentecode, p.wet, p.code_sleutel, p.indeling_nr, max(n.indeling_nr) AS indeling_nu
    FROM tussen.product_periode p
    JOIN nu n
        ON n.gemeentecode = p.gemeentecode AND n.wet = p.wet AND n.categorie_sleutel = p.categorie_sleutel
        AND n.code_sleutel = p.code_sleutel
    GROUP BY p.gemeentecode, p.wet, p.code_sleutel, p.indeling_nr
)
SELECT * FROM paren
