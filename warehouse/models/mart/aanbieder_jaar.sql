-- Een rij is een aanbieder in een jaar onder een wet: zijn contract en wat hij volgens de berichten leverde.
-- Volgorde: jaar, wet, aanbieder_agb
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   naam: naam van de aanbieder
--   concern: concern waartoe de aanbieder hoort
--   perceel: percelen van het contract, door komma's gescheiden
--   bekostiging: manieren van bekostigen, door komma's gescheiden
--   budgetplafond_cent: som van de plafonds, leeg als er geen plafond is [cent]
--   realisatie_cent: realisatie uit berichten [cent]
WITH contracten AS (
    SELECT
        jaar, gemeentecode, wet, aanbieder_agb,
        string_agg(DISTINCT perceel, ', ' ORDER BY perceel) AS perceel,
        string_agg(DISTINCT bekostiging, ', ' ORDER BY bekostiging) AS bekostiging,
        CAST(sum(budgetplafond_cent) AS BIGINT) AS budgetplafond_cent
    FROM kern.contract
    GROUP BY jaar, gemeentecode, wet, aanbieder_agb
),
geleverd AS (
    SELECT
        CAST(year(levermaand) AS BIGINT) AS jaar, gemeentecode, wet, aanbieder_agb,
        CAST(sum(realisatie_cent) AS BIGINT) AS realisatie_cent
    FROM kern.declaratieregel
    GROUP BY year(levermaand), gemeentecode, wet, aanbieder_agb
),
sleutels AS (
    SELECT jaar, gemeentecode, wet, aanbieder_agb FROM contracten
    UNION
    SELECT jaar, gemeentecode, wet, aanbieder_agb FROM geleverd
),
samen AS (
    SELECT
        s.jaar, s.gemeentecode, s.wet, s.aanbieder_agb,
        coalesce(a.naam, 'onbekend') AS naam, coalesce(a.concern, 'onbekend') AS concern,
        c.perceel, c.bekostiging, c.budgetplafond_cent,
        coalesce(g.realisatie_cent, 0) AS realisatie_cent
    FROM sleutels s
    LEFT JOIN contracten c
        ON c.jaar = s.jaar AND c.gemeentecode = s.gemeentecode AND c.wet = s.wet AND c.aanbieder_agb = s.aanbieder_agb
    LEFT JOIN geleverd g
        ON g.jaar = s.jaar AND g.gemeentecode = s.gemeentecode AND g.wet = s.wet AND g.aanbieder_agb = s.aanbieder_agb
    LEFT JOIN kern.aanbieder a ON a.gemeentecode = s.gemeentecode AND a.aanbieder_agb = s.aanbieder_agb
)
SELECT * FROM samen
