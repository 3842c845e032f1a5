-- Een rij is een code in declaraties die in de eigen tabellen niet voorkomt: de regels tellen mee, maar staan onder 'onbekend'.
-- Vul de tabel van producten of van aanbieders aan en laad die opnieuw; daarna verdwijnt de rij vanzelf.
-- Volgorde: soort, wet, code
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   soort: 'product' of 'aanbieder'
--   wet: Wmo of Jeugdwet
--   code: productcategorie en productcode, of de AGB-code van de aanbieder
--   regels: aantal declaratieregels met deze code
--   eerste_maand: eerste levermaand ervan
--   laatste_maand: laatste levermaand ervan
WITH geteld AS (
    SELECT gemeentecode, wet, productcategorie, productcode, aanbieder_agb, levermaand, count(*) AS regels
    FROM kern.declaratieregel
    GROUP BY gemeentecode, wet, productcategorie, productcode, aanbieder_agb, levermaand
),
zonder_product AS (
    SELECT
        r.gemeentecode, 'product' AS soort, r.wet,
        coalesce(r.productcategorie, 'zonder categorie') || ' ' || coalesce(r.productcode, 'zonder code') AS code,
        r.levermaand, r.regels
    FROM geteld r
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = r.gemeentecode AND p.wet = r.wet
        AND p.categorie_sleutel = coalesce(r.productcategorie, '-') AND p.code_sleutel = coalesce(r.productcode, '-')
        AND p.van <= r.levermaand AND p.tot > r.levermaand
    WHERE coalesce(p.indeling_nr, 0) = 0
),
zonder_aanbieder AS (
    SELECT
        r.gemeentecode, 'aanbieder' AS soort, r.wet, coalesce(r.aanbieder_agb, 'zonder code') AS code,
        r.levermaand, r.regels
    FROM geteld r
    LEFT JOIN kern.aanbieder a ON a.gemeentecode = r.gemeentecode AND a.aanbieder_agb = r.aanbieder_agb
    WHERE coalesce(a.naam, 'onbekend') = 'onbekend'
),
samen AS (
    SELECT * FROM zonder_product
    UNION ALL
    SELECT * FROM zonder_aanbieder
),
codes AS (
    SELECT
        gemeentecode, soort, wet, code, CAST(sum(regels) AS BIGINT) AS regels,
        min(levermaand) AS eerste_maand, max(levermaand) AS laatste_maand
    FROM samen
    GROUP BY gemeentecode, soort, wet, code
)
SELECT * FROM codes
