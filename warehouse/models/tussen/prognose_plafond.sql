-- Een rij is een aanbieder met een budgetplafond in het lopende jaar dat als grens telt. Taakgerichte contracten tellen niet
-- mee: dat zijn vaste bedragen. Hield het jaar ervoor te weinig aanbieders zich aan hun plafond (instelling
-- plafond_gehouden_procent), dan is een plafond in deze gemeente geen grens en staat er niets.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   plafond_cent: hoogste bedrag voor het jaar, over alle percelen [cent]
WITH contracten AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, jaar, CAST(sum(budgetplafond_cent) AS BIGINT) AS plafond_cent,
        count(*) - count(budgetplafond_cent) AS zonder_plafond
    FROM kern.contract
    WHERE coalesce(bekostiging, '') <> 'taakgericht'
    GROUP BY gemeentecode, wet, aanbieder_agb, jaar
),
geplafonneerd AS (
    SELECT c.gemeentecode, c.wet, c.aanbieder_agb, c.jaar, c.plafond_cent, year(k.laatste_maand) AS dit_jaar
    FROM contracten c
    JOIN peil.bekend k ON c.jaar >= year(k.laatste_maand) - 1 AND c.jaar <= year(k.laatste_maand)
    WHERE c.zonder_plafond = 0 AND c.plafond_cent IS NOT NULL
),
besteed AS (
    SELECT gemeentecode, wet, aanbieder_agb, year(levermaand) AS jaar, sum(delta_cent) AS cent
    FROM tussen.ontwikkeling
    GROUP BY gemeentecode, wet, aanbieder_agb, year(levermaand)
),
gehouden AS (
    SELECT
        p.gemeentecode, count(*) AS aantal, sum(CASE WHEN coalesce(b.cent, 0) <= p.plafond_cent THEN 1 ELSE 0 END) AS binnen
    FROM geplafonneerd p
    LEFT JOIN besteed b
        ON b.gemeentecode = p.gemeentecode AND b.wet = p.wet AND b.aanbieder_agb = p.aanbieder_agb AND b.jaar = p.jaar
    WHERE p.jaar < p.dit_jaar
    GROUP BY p.gemeentecode
),
geldend AS (
    SELECT p.gemeentecode, p.wet, p.aanbieder_agb, p.plafond_cent
    FROM geplafonneerd p
    JOIN peil.instelling i ON true
    LEFT JOIN gehouden g ON g.gemeentecode = p.gemeentecode
    WHERE p.jaar = p.dit_jaar AND (g.aantal IS NULL OR g.binnen * 100 >= i.plafond_gehouden_procent * g.aantal)
)
SELECT * FROM geldend
