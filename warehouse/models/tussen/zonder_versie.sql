-- Een rij is een jaar waarvan te veel regels of toewijzingen niet zeggen wanneer ze bekend werden: een regel met een oordeel
-- zonder antwoorddatum, of een toewijzing zonder moment van toewijzen. Wat over zo'n jaar wordt teruggerekend, is met kennis
-- achteraf.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar van levering, of van ingang van de toewijzing
WITH rijen AS (
    SELECT
        gemeentecode, year(periode_begin) AS jaar,
        CASE
            WHEN bron = 'extract' AND status IN ('goedgekeurd', 'afgekeurd') AND beantwoord_op IS NULL THEN 1
            ELSE 0
        END AS zonder
    FROM lake.declaratieregel
    UNION ALL
    SELECT gemeentecode, year(ingangsdatum), CASE WHEN bron = 'extract' AND toegewezen_op IS NULL THEN 1 ELSE 0 END
    FROM lake.toewijzing
),
geteld AS (
    SELECT gemeentecode, jaar, count(*) AS aantal, sum(zonder) AS zonder
    FROM rijen
    GROUP BY gemeentecode, jaar
),
te_veel AS (
    SELECT g.gemeentecode, CAST(g.jaar AS BIGINT) AS jaar
    FROM geteld g
    JOIN peil.instelling i ON true
    WHERE g.zonder * 100 > i.zonder_versie_procent * g.aantal
)
SELECT * FROM te_veel
