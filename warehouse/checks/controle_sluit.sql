-- Elke bevinding van de declaratiecontrole staat één keer in de telling per oorzaak.
WITH los AS (
    SELECT gemeentecode, wet, aanbieder_agb, regel, count(*) AS bevindingen
    FROM mart.declaratiecontrole
    GROUP BY gemeentecode, wet, aanbieder_agb, regel
),
geteld AS (
    SELECT gemeentecode, wet, aanbieder_agb, regel, sum(bevindingen) AS bevindingen
    FROM mart.controle_oorzaak
    GROUP BY gemeentecode, wet, aanbieder_agb, regel
)
SELECT l.gemeentecode, l.wet, l.aanbieder_agb, l.regel, l.bevindingen, g.bevindingen AS geteld
FROM los l
LEFT JOIN geteld g
    ON g.gemeentecode = l.gemeentecode AND g.regel = l.regel AND coalesce(g.wet, '') = coalesce(l.wet, '')
    AND coalesce(g.aanbieder_agb, '') = coalesce(l.aanbieder_agb, '')
WHERE g.bevindingen IS NULL OR g.bevindingen <> l.bevindingen
