-- Elke regel van kern en mart hoort bij een gemeente.
WITH fout AS (
    SELECT 'kern.declaratieregel' AS tabel, count(*) AS aantal FROM kern.declaratieregel WHERE gemeentecode IS NULL
    UNION ALL
    SELECT 'kern.toewijzing', count(*) FROM kern.toewijzing WHERE gemeentecode IS NULL
    UNION ALL
    SELECT 'kern.levering', count(*) FROM kern.levering WHERE gemeentecode IS NULL
    UNION ALL
    SELECT 'mart.stroom_maand', count(*) FROM mart.stroom_maand WHERE gemeentecode IS NULL
),
gevonden AS (
    SELECT * FROM fout WHERE aantal > 0
)
SELECT * FROM gevonden
