-- Een rij is wat een cliënt in een jaar van een product en zwaarte bij een aanbieder kreeg, in de maanden die niet meer
-- voorlopig zijn: de grondstof voor het vergelijken van aanbieders.
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   leeftijdsgroep: leeftijd in het jaar min het geboortejaar: 0-11, 12-17, 18-22, 23-64, 65-79, 80+ of onbekend
--   eenheid: eenheid van het volume
--   aanbieder_agb: AGB-code van de aanbieder
--   client_nr: volgnummer van de cliënt
--   volume: netto volume [eenheid]
--   realisatie_cent: realisatie [cent]
WITH opgeteld AS (
    SELECT
        year(m.levermaand) AS jaar, m.gemeentecode, m.wet, m.indeling_nr, m.eenheid, m.aanbieder_agb, m.client_nr,
        sum(m.volume_6000) AS volume_6000, sum(m.realisatie_cent) AS realisatie_cent
    FROM tussen.client_maand m
    JOIN peil.bekend k ON m.levermaand < k.voorlopig_vanaf
    WHERE m.peil = 'nu'
    GROUP BY year(m.levermaand), m.gemeentecode, m.wet, m.indeling_nr, m.eenheid, m.aanbieder_agb, m.client_nr
    HAVING sum(m.volume_6000) > 0 AND sum(m.realisatie_cent) > 0
),
met_leeftijd AS (
    SELECT o.*, o.jaar - c.geboortejaar AS leeftijd
    FROM opgeteld o
    JOIN tussen.client_nr n ON n.client_nr = o.client_nr
    LEFT JOIN kern.client c ON c.gemeentecode = o.gemeentecode AND c.client_id = n.client_id
),
ingedeeld AS (
    SELECT
        CAST(o.jaar AS BIGINT) AS jaar, o.gemeentecode, o.wet, i.productgroep, i.product, i.zwaarte,
        CASE
            WHEN o.leeftijd IS NULL THEN 'onbekend'
            WHEN o.leeftijd < 12 THEN '0-11'
            WHEN o.leeftijd < 18 THEN '12-17'
            WHEN o.leeftijd < 23 THEN '18-22'
            WHEN o.leeftijd < 65 THEN '23-64'
            WHEN o.leeftijd < 80 THEN '65-79'
            ELSE '80+'
        END AS leeftijdsgroep,
        o.eenheid, o.aanbieder_agb, o.client_nr,
        CAST(o.volume_6000 / 6000.0 AS DOUBLE) AS volume,
        CAST(o.realisatie_cent AS BIGINT) AS realisatie_cent
    FROM met_leeftijd o
    JOIN tussen.indeling i ON i.indeling_nr = o.indeling_nr
)
SELECT * FROM ingedeeld
