-- De realisatie en het aantal regels in mart.pq_maand zijn per maand en wet gelijk aan kern.declaratieregel.
WITH kern_som AS (
    SELECT levermaand, gemeentecode, wet, sum(realisatie_cent) AS cent, count(*) AS regels
    FROM kern.declaratieregel
    GROUP BY levermaand, gemeentecode, wet
),
mart_som AS (
    SELECT levermaand, gemeentecode, wet, sum(realisatie_cent) AS cent, sum(regels) AS regels
    FROM mart.pq_maand
    GROUP BY levermaand, gemeentecode, wet
),
verschil AS (
    SELECT
        coalesce(k.levermaand, m.levermaand) AS levermaand, coalesce(k.wet, m.wet) AS wet, k.cent AS kern_cent,
        m.cent AS mart_cent, k.regels AS kern_regels, m.regels AS mart_regels
    FROM kern_som k
    FULL JOIN mart_som m
        ON m.levermaand = k.levermaand AND m.gemeentecode = k.gemeentecode AND m.wet = k.wet
    WHERE coalesce(k.cent, 0) <> coalesce(m.cent, 0) OR coalesce(k.regels, 0) <> coalesce(m.regels, 0)
)
SELECT * FROM verschil
