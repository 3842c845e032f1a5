-- De realisatie in mart.uitnutting_maand is per maand en wet gelijk aan mart.pq_maand: ook wat zonder toewijzing is geleverd.
WITH pq AS (
    SELECT levermaand, gemeentecode, wet, sum(realisatie_cent) AS cent
    FROM mart.pq_maand
    GROUP BY levermaand, gemeentecode, wet
),
uitnutting AS (
    SELECT levermaand, gemeentecode, wet, sum(realisatie_cent) AS cent
    FROM mart.uitnutting_maand
    GROUP BY levermaand, gemeentecode, wet
),
verschil AS (
    SELECT
        coalesce(p.levermaand, u.levermaand) AS levermaand, coalesce(p.wet, u.wet) AS wet, p.cent AS pq_cent,
        u.cent AS uitnutting_cent
    FROM pq p
    FULL JOIN uitnutting u ON u.levermaand = p.levermaand AND u.gemeentecode = p.gemeentecode AND u.wet = p.wet
    WHERE coalesce(p.cent, 0) <> coalesce(u.cent, 0)
)
SELECT * FROM verschil
