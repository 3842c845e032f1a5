-- Verzilverd en te jong samen zijn nooit meer dan wat inging, cliënten nooit meer dan toewijzingen, en de aanbieders samen zijn het
-- geheel.
WITH aanbieders AS (
    SELECT
        maand, gemeentecode, wet, hoofdproduct, productgroep, product, sum(gestart) AS gestart, sum(verzilverd) AS verzilverd,
        sum(te_jong) AS te_jong
    FROM mart.verzilvering
    WHERE aanbieder_agb IS NOT NULL
    GROUP BY maand, gemeentecode, wet, hoofdproduct, productgroep, product
),
fout AS (
    SELECT v.maand, v.wet, v.product, v.aanbieder_agb, v.gestart, v.verzilverd, v.te_jong
    FROM mart.verzilvering v
    WHERE v.verzilverd + v.te_jong > v.gestart OR v.clienten > v.gestart OR v.clienten_verzilverd > v.verzilverd
        OR v.clienten_verzilverd > v.clienten_oud_genoeg OR v.clienten_oud_genoeg > v.clienten
    UNION ALL
    SELECT v.maand, v.wet, v.product, v.aanbieder_agb, v.gestart - a.gestart, v.verzilverd - a.verzilverd, v.te_jong - a.te_jong
    FROM (SELECT * FROM mart.verzilvering WHERE aanbieder_agb IS NULL) v
    LEFT JOIN aanbieders a
        ON a.maand = v.maand AND a.gemeentecode = v.gemeentecode AND a.wet = v.wet AND a.hoofdproduct = v.hoofdproduct
        AND a.productgroep = v.productgroep AND a.product = v.product
    WHERE coalesce(a.gestart, 0) <> v.gestart OR coalesce(a.verzilverd, 0) <> v.verzilverd
        OR coalesce(a.te_jong, 0) <> v.te_jong
)
SELECT * FROM fout
