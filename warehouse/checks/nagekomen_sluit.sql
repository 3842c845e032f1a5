-- Gerapporteerd in mart.nagekomen is per productgroep en levermaand gelijk aan mart.pq_maand, en gerapporteerd plus nagekomen is ultimate.
WITH pq AS (
    SELECT p.gemeentecode, p.wet, p.productgroep, p.levermaand, sum(p.realisatie_cent) AS cent
    FROM mart.pq_maand p
    JOIN peil.bekend k ON p.levermaand <= k.laatste_levermaand
    GROUP BY p.gemeentecode, p.wet, p.productgroep, p.levermaand
),
geschat AS (
    SELECT
        gemeentecode, wet, productgroep, levermaand, sum(gerapporteerd_cent) AS cent, count(*) AS rijen,
        sum(ultimate_cent - nagekomen_cent) AS terug_cent
    FROM mart.nagekomen
    WHERE aanbieder_agb IS NULL
    GROUP BY gemeentecode, wet, productgroep, levermaand
),
verschil AS (
    SELECT
        coalesce(p.wet, g.wet) AS wet, coalesce(p.productgroep, g.productgroep) AS productgroep,
        coalesce(p.levermaand, g.levermaand) AS levermaand, p.cent AS pq_cent, g.cent AS nagekomen_cent
    FROM pq p
    FULL JOIN geschat g
        ON g.gemeentecode = p.gemeentecode AND g.wet = p.wet AND g.productgroep = p.productgroep
        AND g.levermaand = p.levermaand
    WHERE coalesce(p.cent, 0) <> coalesce(g.cent, 0) OR coalesce(g.terug_cent, 0) <> coalesce(g.cent, 0)
        OR coalesce(g.rijen, 1) > 1
)
SELECT * FROM verschil
