-- Elke debetregel van een levermaand die volledig is staat precies één keer in mart.volledigheid.
WITH geteld AS (
    SELECT r.gemeentecode, r.wet, count(*) AS regels
    FROM kern.declaratieregel r
    JOIN peil.bekend k ON r.levermaand <= k.laatste_levermaand AND r.levermaand >= DATE '2010-01-01'
    WHERE r.debet_credit = 'D' AND r.aanbieder_agb IS NOT NULL
    GROUP BY r.gemeentecode, r.wet
),
getoond AS (
    SELECT gemeentecode, wet, sum(regels) AS regels
    FROM mart.volledigheid
    GROUP BY gemeentecode, wet
),
fout AS (
    SELECT g.gemeentecode, g.wet, g.regels, coalesce(v.regels, 0) AS getoond
    FROM geteld g
    LEFT JOIN getoond v ON v.gemeentecode = g.gemeentecode AND v.wet = g.wet
    WHERE g.regels <> coalesce(v.regels, 0)
)
SELECT * FROM fout
