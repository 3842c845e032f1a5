-- Een openstaande verplichting is nooit negatief en is de rest maal de verwachte uitnutting; slapers zijn lopende toewijzingen, en
-- wat op slapers openstaat is een deel van het geheel.
WITH geheel AS (
    SELECT gemeentecode, wet, productgroep, product, aanbieder_agb, sum(verplichting_cent) AS cent
    FROM mart.verplichting
    GROUP BY gemeentecode, wet, productgroep, product, aanbieder_agb
),
fout AS (
    SELECT wet, product, aanbieder_agb, verplichting_cent AS cent
    FROM mart.verplichting
    WHERE toegewezen_rest_cent < 0 OR verplichting_cent < 0 OR clienten > toewijzingen
        -- every toewijzing is rounded twice
        OR abs(toegewezen_rest_cent * uitnutting_verwacht - verplichting_cent) > toewijzingen * (1 + uitnutting_verwacht)
    UNION ALL
    SELECT s.wet, s.product, s.aanbieder_agb, s.open_verplichting_cent
    FROM mart.slapers s
    LEFT JOIN geheel g
        ON g.gemeentecode = s.gemeentecode AND g.wet = s.wet AND g.productgroep = s.productgroep AND g.product = s.product
        AND g.aanbieder_agb = s.aanbieder_agb
    WHERE s.toewijzingen > s.lopend OR s.nooit_geleverd > s.toewijzingen OR s.clienten > s.toewijzingen
        OR s.open_verplichting_cent > coalesce(g.cent, 0)
)
SELECT * FROM fout
