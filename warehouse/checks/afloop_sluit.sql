-- Wat in mart.afloop het laatst bekend is, is per levermaand tot op de cent gerapporteerd in mart.nagekomen, en de maanden ervoor tellen daartoe op.
WITH laatste AS (
    SELECT
        gemeentecode, wet, productgroep, levermaand, max(leeftijd_maanden) AS laatste_leeftijd, sum(bij_cent) AS bij_cent,
        count(*) AS rijen
    FROM mart.afloop
    GROUP BY gemeentecode, wet, productgroep, levermaand
),
driehoek AS (
    SELECT l.gemeentecode, l.wet, l.productgroep, l.levermaand, l.laatste_leeftijd, l.bij_cent, l.rijen, a.cumulatief_cent
    FROM laatste l
    JOIN mart.afloop a
        ON a.gemeentecode = l.gemeentecode AND a.wet = l.wet AND a.productgroep = l.productgroep
        AND a.levermaand = l.levermaand AND a.leeftijd_maanden = l.laatste_leeftijd
),
eerste AS (
    SELECT min(levermaand) AS levermaand FROM mart.afloop
),
gerapporteerd AS (
    SELECT n.gemeentecode, n.wet, n.productgroep, n.levermaand, n.gerapporteerd_cent
    FROM mart.nagekomen n
    JOIN eerste e ON n.levermaand >= e.levermaand
    WHERE n.aanbieder_agb IS NULL
),
verschil AS (
    SELECT
        coalesce(d.wet, g.wet) AS wet, coalesce(d.productgroep, g.productgroep) AS productgroep,
        coalesce(d.levermaand, g.levermaand) AS levermaand, d.cumulatief_cent, d.bij_cent, g.gerapporteerd_cent
    FROM driehoek d
    FULL JOIN gerapporteerd g
        ON g.gemeentecode = d.gemeentecode AND g.wet = d.wet AND g.productgroep = d.productgroep
        AND g.levermaand = d.levermaand
    WHERE d.cumulatief_cent IS NULL OR g.gerapporteerd_cent IS NULL OR d.cumulatief_cent <> g.gerapporteerd_cent
        OR d.bij_cent <> d.cumulatief_cent OR d.rijen <> d.laatste_leeftijd + 1
)
SELECT * FROM verschil
