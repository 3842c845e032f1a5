-- Een rij is hoeveel begonnen en beëindigde leveringen van een maand in een maand van kennis bekend werden, volgens de
-- regieberichten (305 en 307). Een verwijderd bericht (statusaanlevering 3) gaat er in zijn maand van ontvangst weer af.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   maand: eerste dag van de maand waarin de levering begon of eindigde
--   bekend_maand: eerste dag van de maand waarin dit bekend werd
--   begonnen: aantal begonnen leveringen
--   beeindigd: aantal beëindigde leveringen
WITH gemeld AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, begindatum AS dag,
        1 AS is_start, CASE WHEN coalesce(status_aanlevering, '1') = '3' THEN 1 ELSE 0 END AS weg, ontvangen_op
    FROM lake.start
    UNION ALL
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, einddatum, 0,
        CASE WHEN coalesce(status_aanlevering, '1') = '3' THEN 1 ELSE 0 END, ontvangen_op
    FROM lake.stop
    WHERE einddatum IS NOT NULL
),
een_keer AS (
    SELECT
        gemeentecode, wet, productcategorie, productcode, CAST(date_trunc('month', dag) AS DATE) AS maand, is_start,
        CAST(date_trunc('month', min(CASE WHEN weg = 0 THEN ontvangen_op END)) AS DATE) AS bij_maand,
        CASE
            WHEN max(CASE WHEN weg = 1 THEN ontvangen_op END) >= max(CASE WHEN weg = 0 THEN ontvangen_op END)
                THEN CAST(date_trunc('month', max(CASE WHEN weg = 1 THEN ontvangen_op END)) AS DATE)
        END AS weg_maand
    FROM gemeld
    GROUP BY
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, dag, is_start
),
veranderingen AS (
    SELECT gemeentecode, wet, productcategorie, productcode, maand, bij_maand AS bekend_maand, is_start, 1 AS teken
    FROM een_keer
    WHERE bij_maand IS NOT NULL
    UNION ALL
    SELECT gemeentecode, wet, productcategorie, productcode, maand, weg_maand, is_start, -1
    FROM een_keer
    WHERE bij_maand IS NOT NULL AND weg_maand IS NOT NULL
),
per_code AS (
    SELECT
        gemeentecode, wet, productcategorie, productcode, maand, bekend_maand, sum(is_start * teken) AS begonnen,
        sum((1 - is_start) * teken) AS beeindigd
    FROM veranderingen
    GROUP BY gemeentecode, wet, productcategorie, productcode, maand, bekend_maand
),
ingedeeld AS (
    SELECT
        c.gemeentecode, c.wet, i.hoofdproduct, i.productgroep, i.product, c.maand, c.bekend_maand,
        CAST(sum(c.begonnen) AS BIGINT) AS begonnen,
        CAST(sum(c.beeindigd) AS BIGINT) AS beeindigd
    FROM per_code c
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = c.gemeentecode AND p.wet = c.wet
        AND p.categorie_sleutel = coalesce(c.productcategorie, '-') AND p.code_sleutel = coalesce(c.productcode, '-')
        AND p.van <= c.maand AND p.tot > c.maand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    GROUP BY c.gemeentecode, c.wet, i.hoofdproduct, i.productgroep, i.product, c.maand, c.bekend_maand
)
SELECT * FROM ingedeeld
