-- Het onderdeel berichten van mart.uitgaven_maand is per maand, wet en productgroep gelijk aan mart.pq_maand.
WITH pq AS (
    SELECT levermaand, gemeentecode, wet, hoofdproduct, productgroep, sum(realisatie_cent) AS cent
    FROM mart.pq_maand
    GROUP BY levermaand, gemeentecode, wet, hoofdproduct, productgroep
),
uitgaven AS (
    SELECT levermaand, gemeentecode, wet, hoofdproduct, productgroep, sum(realisatie_cent) AS cent
    FROM mart.uitgaven_maand
    WHERE onderdeel = 'berichten'
    GROUP BY levermaand, gemeentecode, wet, hoofdproduct, productgroep
),
verschil AS (
    SELECT
        coalesce(p.levermaand, u.levermaand) AS levermaand, coalesce(p.productgroep, u.productgroep) AS productgroep,
        p.cent AS pq_cent, u.cent AS uitgaven_cent
    FROM pq p
    FULL JOIN uitgaven u
        ON u.levermaand = p.levermaand AND u.gemeentecode = p.gemeentecode AND u.wet = p.wet
        AND u.hoofdproduct = p.hoofdproduct AND u.productgroep = p.productgroep
    WHERE coalesce(p.cent, 0) <> coalesce(u.cent, 0)
)
SELECT * FROM verschil
