-- Een rij is een combinatie van namen waarin producten worden ingedeeld, met een volgnummer binnen deze bouw. Nummer 0 is
-- 'onbekend': een code die niet in de producttabel staat.
-- Kolommen:
--   indeling_nr: volgnummer
--   product: naam van het product
--   productgroep: naam van de productgroep
--   hoofdproduct: naam van het hoofdproduct
--   zwaarte: zwaarte van het product
--   zwaarte_rang: rang van de zwaarte
WITH namen AS (
    SELECT DISTINCT product, productgroep, hoofdproduct, zwaarte, zwaarte_rang
    FROM tussen.product_naam
),
genummerd AS (
    SELECT
        row_number() OVER (ORDER BY hoofdproduct, productgroep, product, zwaarte, zwaarte_rang) AS indeling_nr,
        coalesce(product, 'onbekend') AS product, coalesce(productgroep, 'onbekend') AS productgroep,
        coalesce(hoofdproduct, 'onbekend') AS hoofdproduct, coalesce(zwaarte, 'n.v.t.') AS zwaarte,
        coalesce(zwaarte_rang, 0) AS zwaarte_rang
    FROM namen
    UNION ALL
    SELECT 0, 'onbekend', 'onbekend', 'onbekend', 'onbekend', 0
)
SELECT * FROM genummerd
