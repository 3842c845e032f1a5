-- Een rij is wat een aanbieder van een product declareerde: in het lopende jaar, en in de laatste twaalf volle levermaanden.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   aanbieder_agb: AGB-code van de aanbieder
--   jaar_cent: realisatie van het lopende jaar [cent]
--   recent_cent: realisatie van de laatste twaalf volle levermaanden [cent]
WITH opgeteld AS (
    SELECT
        o.gemeentecode, o.wet, o.hoofdproduct, o.productgroep, o.product, o.aanbieder_agb,
        CAST(sum(CASE WHEN year(o.levermaand) = year(k.laatste_maand) THEN o.delta_cent ELSE 0 END) AS BIGINT) AS jaar_cent,
        CAST(sum(CASE WHEN o.levermaand < k.laatste_maand THEN o.delta_cent ELSE 0 END) AS BIGINT) AS recent_cent
    FROM tussen.ontwikkeling o
    JOIN peil.bekend k
        ON o.levermaand >= CAST(k.laatste_maand - INTERVAL 12 MONTH AS DATE) AND o.levermaand <= k.laatste_maand
    GROUP BY o.gemeentecode, o.wet, o.hoofdproduct, o.productgroep, o.product, o.aanbieder_agb
)
SELECT * FROM opgeteld
