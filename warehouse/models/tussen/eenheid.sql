-- Een rij is een omzetting van een eenheid naar de eenheid waarin een product wordt geteld. Alleen minuten en uren, en
-- de twee soorten stuks, gaan in elkaar over; andere verschillen blijven als eigen rij staan en zijn een bevinding.
-- Kolommen:
--   van: eenheid van de regel of toewijzing
--   naar: eenheid van het product
--   factor: getal waarmee het volume wordt vermenigvuldigd, in 6000sten (geheel, dus zonder afrondverschil);
--     eenheid 83 telt in het bericht centen en hier euro's
WITH paren AS (
    SELECT '01' AS van, '01' AS naar, 6000 AS factor
    UNION ALL SELECT '01', '04', 100
    UNION ALL SELECT '04', '04', 6000
    UNION ALL SELECT '04', '01', 360000
    UNION ALL SELECT '14', '14', 6000
    UNION ALL SELECT '16', '16', 6000
    UNION ALL SELECT '21', '21', 6000
    UNION ALL SELECT '81', '81', 6000
    UNION ALL SELECT '82', '82', 6000
    UNION ALL SELECT '82', '84', 6000
    UNION ALL SELECT '84', '82', 6000
    UNION ALL SELECT '84', '84', 6000
    UNION ALL SELECT '83', '83', 60
),
getypeerd AS (
    SELECT van, naar, CAST(factor AS BIGINT) AS factor
    FROM paren
)
SELECT * FROM getypeerd
