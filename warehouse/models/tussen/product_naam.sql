-- Een rij is de indeling in namen die voor een productcode op een dag geldt, aaneengesloten in de tijd: voor de eerste dag van
-- geldigheid geldt de eerste indeling, na een laatste dag de laatste. Een toewijzing zonder product wordt ingedeeld naar
-- haar categorie, voor zover alle producten daarvan in één productgroep vallen.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   categorie_sleutel: productcategorie, '-' waar die ontbreekt
--   code_sleutel: productcode, '-' waar die ontbreekt
--   van: eerste dag
--   tot: dag na de laatste dag
--   product: naam van het product
--   productgroep: naam van de productgroep
--   hoofdproduct: naam van het hoofdproduct
--   zwaarte: zwaarte van het product
--   zwaarte_rang: rang van de zwaarte
--   eenheid: eenheid waarin het product wordt geteld
WITH geordend AS (
    SELECT
        *,
        lead(geldig_van) OVER (PARTITION BY gemeentecode, wet, productcategorie, productcode ORDER BY geldig_van) AS volgende,
        row_number() OVER (PARTITION BY gemeentecode, wet, productcategorie, productcode ORDER BY geldig_van) AS volgnummer
    FROM kern.product
),
met_code AS (
    SELECT
        gemeentecode, wet, coalesce(productcategorie, '-') AS categorie_sleutel,
        coalesce(productcode, '-') AS code_sleutel,
        CASE WHEN volgnummer = 1 THEN DATE '0001-01-01' ELSE geldig_van END AS van,
        coalesce(volgende, DATE '9999-12-31') AS tot,
        product, productgroep, hoofdproduct, zwaarte, zwaarte_rang, eenheid
    FROM geordend
    WHERE productcode IS NOT NULL
),
per_categorie AS (
    SELECT
        gemeentecode, wet, coalesce(productcategorie, '-') AS categorie_sleutel, '-' AS code_sleutel,
        DATE '0001-01-01' AS van, DATE '9999-12-31' AS tot,
        'niet gespecificeerd' AS product,
        CASE WHEN count(DISTINCT productgroep) = 1 THEN max(productgroep) ELSE 'niet gespecificeerd' END AS productgroep,
        CASE WHEN count(DISTINCT hoofdproduct) = 1 THEN max(hoofdproduct) ELSE 'niet gespecificeerd' END AS hoofdproduct,
        'n.v.t.' AS zwaarte, CAST(0 AS BIGINT) AS zwaarte_rang, CAST(NULL AS VARCHAR) AS eenheid
    FROM kern.product
    WHERE productcategorie IS NOT NULL
    GROUP BY gemeentecode, wet, productcategorie
),
zonder_categorie AS (
    SELECT DISTINCT
        gemeentecode, wet, '-' AS categorie_sleutel, '-' AS code_sleutel, DATE '0001-01-01' AS van,
        DATE '9999-12-31' AS tot, 'niet gespecificeerd' AS product, 'niet gespecificeerd' AS productgroep,
        'niet gespecificeerd' AS hoofdproduct, 'n.v.t.' AS zwaarte, CAST(0 AS BIGINT) AS zwaarte_rang,
        CAST(NULL AS VARCHAR) AS eenheid
    FROM kern.product
),
samen AS (
    SELECT * FROM met_code
    UNION ALL
    SELECT * FROM per_categorie
    UNION ALL
    SELECT * FROM zonder_categorie
)
SELECT * FROM samen
