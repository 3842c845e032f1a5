-- Wat volgens mart.duur in een jaar eindigde en aan het eind nog liep, is de uitstroom en de stand van mart.stroom_maand: bij
-- totaal en wet, voor elk jaar waarvan geen maand meer voorlopig is. Een overlevingscurve ligt tussen 0 en 1 en stijgt nooit.
WITH jaren AS (
    SELECT
        gemeentecode, niveau, cel, year(maand) AS jaar, sum(uitstroom) AS uitstroom,
        sum(CASE WHEN month(maand) = 12 THEN eind ELSE 0 END) AS eind
    FROM mart.stroom_maand
    WHERE niveau IN ('totaal', 'wet')
    GROUP BY gemeentecode, niveau, cel, year(maand)
    HAVING max(month(maand)) = 12 AND NOT max(CASE WHEN voorlopig THEN 1 ELSE 0 END) = 1
),
punten AS (
    SELECT
        niveau, cel, jaar, dag, overleving,
        lag(overleving) OVER (PARTITION BY gemeentecode, niveau, cel, jaar ORDER BY dag) AS vorige
    FROM mart.duur_curve
),
fout AS (
    SELECT j.niveau, j.cel, j.jaar, j.uitstroom - coalesce(d.aantal_beeindigd, 0) AS verschil
    FROM jaren j
    LEFT JOIN mart.duur d
        ON d.gemeentecode = j.gemeentecode AND d.niveau = j.niveau AND d.cel = j.cel AND d.jaar = j.jaar
    WHERE j.uitstroom <> coalesce(d.aantal_beeindigd, 0) OR j.eind <> coalesce(d.aantal_open, 0)
    UNION ALL
    SELECT niveau, cel, jaar, overleving
    FROM punten
    WHERE overleving < 0 OR overleving > 1 OR overleving > coalesce(vorige, 1)
)
SELECT * FROM fout
