-- Een rij is een tijdvak waarin de duur van zorg wordt gevolgd: elk jaar, en alle jaren samen. Het volgen stopt waar een einde
-- nog niet vaststaat: anders eindigt er in de laatste maanden te weinig.
-- Kolommen:
--   jaar: jaar, 0 voor alle jaren samen
--   van: eerste dag
--   tot: dag na de laatste dag waarop is gevolgd
WITH jaren AS (
    SELECT
        m.jaar, greatest(min(m.maand), min(b.eerste_levermaand)) AS van, max(m.volgende) AS tot
    FROM peil.maand m
    JOIN tussen.bereik b ON m.volgende > b.eerste_levermaand
    JOIN peil.bekend k ON m.maand < k.stroom_voorlopig_vanaf
    GROUP BY m.jaar
),
samen AS (
    SELECT jaar, van, tot
    FROM jaren
    UNION ALL
    SELECT 0, min(van), max(tot)
    FROM jaren
    HAVING count(*) > 0
)
SELECT * FROM samen
