-- Een rij is de prijs van afgesloten trajecten van een product en zwaarte bij een aanbieder, naar het jaar waarin zij
-- eindigden. Alleen trajecten die binnen de gegevens begonnen en waarvan de maanden niet meer voorlopig zijn; in de eerste
-- jaren kunnen dat alleen korte trajecten zijn, dus vergelijk jaren pas als 'langste_dagen' ruim boven de duur ligt.
-- Volgorde: jaar, wet, productgroep, product, zwaarte, aanbieder_agb
-- Kolommen:
--   jaar: jaar waarin het traject eindigde
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   aanbieder_agb: AGB-code van de aanbieder; leeg voor alle aanbieders samen
--   clienten: cliënten met zo'n traject
--   aantal: aantal trajecten
--   gemiddelde_cent: gemiddelde realisatie van een traject [cent]
--   mediaan_cent: mediaan van de realisatie van een traject [cent]
--   gemiddelde_dagen: gemiddelde duur [dagen]
--   langste_dagen: langste duur die in dit jaar kon worden gezien: van de eerste levermaand tot het einde van het jaar [dagen]
WITH compleet AS (
    SELECT t.*, CAST(t.tot - INTERVAL 1 DAY AS DATE) AS einde
    FROM tussen.traject t
),
met_jaar AS (
    SELECT CAST(year(c.einde) AS BIGINT) AS jaar, c.*
    FROM compleet c
),
dubbel AS (
    SELECT jaar, gemeentecode, wet, productgroep, product, zwaarte, aanbieder_agb, client_nr, realisatie_cent,
        duur_dagen, einde
    FROM met_jaar
    UNION ALL
    SELECT
        jaar, gemeentecode, wet, productgroep, product, zwaarte, CAST(NULL AS VARCHAR), client_nr, realisatie_cent, duur_dagen, einde
    FROM met_jaar
),
prijzen AS (
    SELECT
        d.jaar, d.gemeentecode, d.wet, d.productgroep, d.product, d.zwaarte, d.aanbieder_agb,
        count(DISTINCT d.client_nr) AS clienten,
        count(*) AS aantal,
        CAST(round(avg(d.realisatie_cent)) AS BIGINT) AS gemiddelde_cent,
        CAST(round(median(d.realisatie_cent)) AS BIGINT) AS mediaan_cent,
        CAST(avg(d.duur_dagen) AS DOUBLE) AS gemiddelde_dagen,
        min(date_diff('day', b.eerste_levermaand, CAST(date_trunc('year', d.einde) + INTERVAL 1 YEAR AS DATE))) AS langste_dagen
    FROM dubbel d
    JOIN tussen.bereik b ON true
    GROUP BY d.jaar, d.gemeentecode, d.wet, d.productgroep, d.product, d.zwaarte, d.aanbieder_agb
)
SELECT * FROM prijzen
