-- Een rij is de indeling die voor een productcode op een dag geldt, aaneengesloten in de tijd.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   categorie_sleutel: productcategorie, '-' waar die ontbreekt
--   code_sleutel: productcode, '-' waar die ontbreekt
--   van: eerste dag
--   tot: dag na de laatste dag
--   indeling_nr: volgnummer van de indeling
--   eenheid: eenheid waarin het product wordt geteld
WITH genummerd AS (
    SELECT
        n.gemeentecode, n.wet, n.categorie_sleutel, n.code_sleutel, n.van, n.tot, i.indeling_nr, n.eenheid
    FROM tussen.product_naam n
    JOIN tussen.indeling i
        ON i.product = coalesce(n.product, 'onbekend') AND i.productgroep = coalesce(n.productgroep, 'onbekend')
        AND i.hoofdproduct = coalesce(n.hoofdproduct, 'onbekend') AND i.zwaarte = coalesce(n.zwaarte, 'n.v.t.')
        AND i.zwaarte_rang = coalesce(n.zwaarte_rang, 0)
)
SELECT * FROM genummerd
