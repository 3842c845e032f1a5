-- In een jaar waarvan overal genoeg is gedeclareerd staat elke toewijzing met een volume die in dat jaar liep precies één keer in
-- de verdeling van de uitnutting.
WITH rijp AS (
    SELECT
        n.gemeentecode,
        CAST(coalesce(
            min(CASE WHEN n.fractie < i.rijp_procent / 100.0 THEN n.levermaand END),
            min(k.laatste_levermaand) + INTERVAL 1 MONTH
        ) AS DATE) AS tot
    FROM mart.nagekomen n
    JOIN peil.instelling i ON true
    JOIN peil.bekend k ON n.levermaand <= k.laatste_levermaand
    WHERE n.aanbieder_agb IS NULL
    GROUP BY n.gemeentecode
),
jaren AS (
    SELECT m.jaar, r.gemeentecode, min(m.maand) AS van, max(m.volgende) AS tot
    FROM peil.maand m
    JOIN rijp r ON true
    GROUP BY m.jaar, r.gemeentecode, r.tot
    HAVING max(m.volgende) <= r.tot AND min(m.maand) >= (SELECT min(levermaand) FROM kern.declaratieregel)
        AND count(*) = 12
),
looptijden AS (
    SELECT
        t.gemeentecode, t.wet, t.ingangsdatum,
        coalesce(
            CAST(t.einddatum + INTERVAL 1 DAY AS DATE),
            CASE WHEN t.frequentie = '6' THEN CAST(t.ingangsdatum + i.spreiding_maanden * INTERVAL 1 MONTH AS DATE) END,
            DATE '9999-12-31'
        ) AS tot
    FROM kern.toewijzing t
    JOIN peil.instelling i ON true
    WHERE t.volume > 0 AND (t.einddatum IS NULL OR t.einddatum >= t.ingangsdatum)
),
kern_aantal AS (
    SELECT j.jaar, l.gemeentecode, l.wet, count(*) AS aantal
    FROM looptijden l
    JOIN jaren j ON j.gemeentecode = l.gemeentecode AND l.ingangsdatum < j.tot AND l.tot > j.van
    GROUP BY j.jaar, l.gemeentecode, l.wet
),
mart_aantal AS (
    SELECT v.jaar, v.gemeentecode, v.wet, sum(v.toewijzingen) AS aantal
    FROM mart.uitnutting_verdeling v
    JOIN jaren j ON j.jaar = v.jaar AND j.gemeentecode = v.gemeentecode
    GROUP BY v.jaar, v.gemeentecode, v.wet
),
verschil AS (
    SELECT coalesce(k.jaar, m.jaar) AS jaar, coalesce(k.wet, m.wet) AS wet, k.aantal AS kern, m.aantal AS mart
    FROM kern_aantal k
    FULL JOIN mart_aantal m ON m.jaar = k.jaar AND m.gemeentecode = k.gemeentecode AND m.wet = k.wet
    WHERE coalesce(k.aantal, 0) <> coalesce(m.aantal, 0)
)
SELECT * FROM verschil
