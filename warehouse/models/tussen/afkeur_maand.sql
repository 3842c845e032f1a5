-- Een rij is het aantal beoordeelde en afgekeurde declaratieregels van een levermaand van een aanbieder.
-- Kolommen:
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   aanbieder_agb: AGB-code van de aanbieder
--   beoordeeld: regels met een oordeel
--   afgekeurd: afgekeurde regels
WITH per_code AS (
    SELECT
        levermaand, gemeentecode, wet, productcategorie, productcode, aanbieder_agb, count(*) AS beoordeeld,
        sum(CASE WHEN status = 'afgekeurd' THEN 1 ELSE 0 END) AS afgekeurd
    FROM kern.declaratieregel
    WHERE status <> 'in behandeling'
    GROUP BY levermaand, gemeentecode, wet, productcategorie, productcode, aanbieder_agb
),
ingedeeld AS (
    SELECT
        r.levermaand, r.gemeentecode, r.wet, i.productgroep, r.aanbieder_agb,
        CAST(sum(r.beoordeeld) AS BIGINT) AS beoordeeld,
        CAST(sum(r.afgekeurd) AS BIGINT) AS afgekeurd
    FROM per_code r
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = r.gemeentecode AND p.wet = r.wet
        AND p.categorie_sleutel = coalesce(r.productcategorie, '-') AND p.code_sleutel = coalesce(r.productcode, '-')
        AND p.van <= r.levermaand AND p.tot > r.levermaand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    GROUP BY r.levermaand, r.gemeentecode, r.wet, i.productgroep, r.aanbieder_agb
)
SELECT * FROM ingedeeld
