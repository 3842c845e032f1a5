-- Een rij is een aanbieder.
-- Volgorde: aanbieder_agb
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   aanbieder_agb: AGB-code van de aanbieder
--   naam: naam van de aanbieder; 'onbekend' als die niet in het extract staat
--   concern: concern waartoe de aanbieder hoort
--   soort: soort aanbieder
WITH bekend AS (
    SELECT gemeentecode, aanbieder_agb, naam, concern, soort
    FROM lake.aanbieder
    QUALIFY row_number() OVER (PARTITION BY gemeentecode, aanbieder_agb ORDER BY bericht_id DESC, regel_nr DESC) = 1
),
genoemd AS (
    SELECT gemeentecode, aanbieder_agb FROM kern.declaratieregel
    UNION
    SELECT gemeentecode, aanbieder_agb FROM kern.toewijzing
    UNION
    SELECT gemeentecode, aanbieder_agb FROM kern.levering
),
ontbrekend AS (
    SELECT
        g.gemeentecode, g.aanbieder_agb, 'onbekend' AS naam, 'onbekend' AS concern, 'onbekend' AS soort
    FROM genoemd g
    WHERE g.aanbieder_agb IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM bekend b WHERE b.gemeentecode = g.gemeentecode AND b.aanbieder_agb = g.aanbieder_agb
    )
),
samen AS (
    SELECT * FROM bekend
    UNION ALL
    SELECT * FROM ontbrekend
)
SELECT * FROM samen
