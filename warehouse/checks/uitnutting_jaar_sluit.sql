-- De jaren van mart.uitnutting_jaar zijn de maanden van mart.uitnutting_maand tot en met de laatste volledige levermaand, en waar
-- alles rijp is wordt niets gecorrigeerd.
WITH maanden AS (
    SELECT
        year(u.levermaand) AS jaar, u.gemeentecode, u.wet, sum(u.toegewezen_cent) AS toegewezen, sum(u.geleverd_cent) AS geleverd
    FROM mart.uitnutting_maand u
    JOIN peil.bekend k ON u.levermaand <= k.laatste_levermaand
    WHERE u.product <> 'zonder toewijzing'
    GROUP BY year(u.levermaand), u.gemeentecode, u.wet
),
jaren AS (
    SELECT
        jaar, gemeentecode, wet, sum(toegewezen_cent) AS toegewezen, sum(geleverd_cent) AS geleverd,
        sum(CASE WHEN is_rijp AND geleverd_cent <> geleverd_gecorrigeerd_cent THEN 1 ELSE 0 END) AS gecorrigeerd
    FROM mart.uitnutting_jaar
    GROUP BY jaar, gemeentecode, wet
),
fout AS (
    SELECT coalesce(m.jaar, j.jaar) AS jaar, coalesce(m.wet, j.wet) AS wet, m.toegewezen, j.toegewezen AS toegewezen_jaar
    FROM maanden m
    FULL JOIN jaren j ON j.jaar = m.jaar AND j.gemeentecode = m.gemeentecode AND j.wet = m.wet
    WHERE coalesce(m.toegewezen, 0) <> coalesce(j.toegewezen, 0) OR coalesce(m.geleverd, 0) <> coalesce(j.geleverd, 0)
        OR j.gecorrigeerd > 0
)
SELECT * FROM fout
