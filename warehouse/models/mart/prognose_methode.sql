-- Een rij is hoe goed een methode voorspelde, over alle teruggerekende jaren: per maand van het jaar, en over alle maanden
-- samen. Prognoses met kennis achteraf tellen niet mee.
-- Volgorde: wet, methode, peilmaand
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet; 'totaal' voor beide samen
--   methode: lineair, seizoen, verplichtingen of voorraad
--   peilmaand: maand aan het eind waarvan de prognose is gemaakt; leeg voor alle maanden samen
--   aantal: aantal teruggerekende prognoses
--   afwijking_fractie: gemiddelde fout; boven nul is te hoog voorspeld [fractie]
--   fout_fractie: gemiddelde van de absolute fouten [fractie]
--   dekking_fractie: deel van de jaren dat binnen de band van 80 % viel [fractie]
--   standaard: waar als dit de methode is die in mart.prognose standaard is
WITH standaard AS (
    SELECT DISTINCT gemeentecode, methode
    FROM tussen.prognose
    WHERE standaard
),
prognoses AS (
    SELECT gemeentecode, wet, methode, peilmaand, fout_fractie, binnen_band
    FROM mart.prognose_toets
    WHERE NOT achteraf
),
gelaagd AS (
    SELECT * FROM prognoses
    UNION ALL
    SELECT gemeentecode, wet, methode, CAST(NULL AS BIGINT), fout_fractie, binnen_band
    FROM prognoses
),
gemiddeld AS (
    SELECT
        gemeentecode, wet, methode, peilmaand, count(*) AS aantal, avg(fout_fractie) AS afwijking_fractie,
        avg(abs(fout_fractie)) AS fout_fractie, avg(CASE WHEN binnen_band THEN 1.0 ELSE 0.0 END) AS dekking_fractie
    FROM gelaagd
    GROUP BY gemeentecode, wet, methode, peilmaand
),
getoetst AS (
    SELECT g.*, s.methode IS NOT NULL AS standaard
    FROM gemiddeld g
    LEFT JOIN standaard s ON s.gemeentecode = g.gemeentecode AND s.methode = g.methode
)
SELECT * FROM getoetst
