-- Een rij is de begroting van het lopende jaar voor een hoofdproduct, een wet of alles samen; wet en totaal zijn met de
-- taakstelling.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: hoofdproduct, wet of totaal
--   wet: Wmo of Jeugdwet; 'totaal' voor beide samen
--   hoofdproduct: regel van de begroting, leeg bij wet en totaal
--   bedrag_cent: begroot bedrag [cent]
WITH dit_jaar AS (
    SELECT b.gemeentecode, b.wet, b.hoofdproduct, b.soort, b.bedrag_cent
    FROM mart.begroting_jaar b
    JOIN peil.bekend k ON b.jaar = year(k.laatste_maand)
    WHERE b.soort IN ('product', 'taakstelling')
),
lagen AS (
    SELECT gemeentecode, 'hoofdproduct' AS niveau, wet, hoofdproduct, bedrag_cent
    FROM dit_jaar
    WHERE soort = 'product' AND hoofdproduct IS NOT NULL
    UNION ALL
    SELECT gemeentecode, 'wet', wet, CAST(NULL AS VARCHAR), bedrag_cent
    FROM dit_jaar
    UNION ALL
    SELECT gemeentecode, 'totaal', 'totaal', CAST(NULL AS VARCHAR), bedrag_cent
    FROM dit_jaar
),
opgeteld AS (
    SELECT gemeentecode, niveau, wet, hoofdproduct, CAST(sum(bedrag_cent) AS BIGINT) AS bedrag_cent
    FROM lagen
    GROUP BY gemeentecode, niveau, wet, hoofdproduct
)
SELECT * FROM opgeteld
