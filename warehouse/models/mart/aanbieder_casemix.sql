-- Een rij is een groep gelijke cliënten (product, zwaarte, leeftijd) van een aanbieder in een jaar, met het aandeel van die
-- groep bij hem en bij alle aanbieders samen. Hoort naast mart.aanbieder_vergelijking: met een heel andere mix zijn twee
-- aanbieders ook na correctie niet te vergelijken. Alleen maanden die niet meer voorlopig zijn.
-- Volgorde: jaar, wet, productgroep, aanbieder_agb
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   aanbieder_agb: AGB-code van de aanbieder
--   product: product
--   zwaarte: zwaarte van het product
--   leeftijdsgroep: leeftijd: jaar min geboortejaar
--   clienten: cliënten van de aanbieder in deze groep
--   clienten_alle: cliënten in deze groep, geteld per aanbieder
--   aandeel: aandeel van de groep bij deze aanbieder, 0 tot 1
--   aandeel_alle: aandeel van de groep bij alle aanbieders samen, 0 tot 1
WITH groepen AS (
    SELECT
        jaar, gemeentecode, wet, productgroep, aanbieder_agb, product, zwaarte, leeftijdsgroep,
        count(DISTINCT client_nr) AS clienten
    FROM tussen.aanbieder_client
    GROUP BY jaar, gemeentecode, wet, productgroep, aanbieder_agb, product, zwaarte, leeftijdsgroep
),
aandelen AS (
    SELECT
        jaar, gemeentecode, wet, productgroep, aanbieder_agb, product, zwaarte, leeftijdsgroep, clienten,
        CAST(
            sum(clienten) OVER (PARTITION BY jaar, gemeentecode, wet, productgroep, product, zwaarte, leeftijdsgroep)
            AS BIGINT
        ) AS clienten_alle,
        CAST(sum(clienten) OVER (PARTITION BY jaar, gemeentecode, wet, productgroep, aanbieder_agb) AS BIGINT) AS van_aanbieder,
        CAST(sum(clienten) OVER (PARTITION BY jaar, gemeentecode, wet, productgroep) AS BIGINT) AS van_alle
    FROM groepen
),
uitkomst AS (
    SELECT
        jaar, gemeentecode, wet, productgroep, aanbieder_agb, product, zwaarte, leeftijdsgroep, clienten, clienten_alle,
        clienten * 1.0 / van_aanbieder AS aandeel,
        clienten_alle * 1.0 / van_alle AS aandeel_alle
    FROM aandelen
),
getypeerd AS (
    SELECT
        jaar, gemeentecode, wet, productgroep, aanbieder_agb, product, zwaarte, leeftijdsgroep, clienten, clienten_alle,
        CAST(aandeel AS DOUBLE) AS aandeel, CAST(aandeel_alle AS DOUBLE) AS aandeel_alle
    FROM uitkomst
)
SELECT * FROM getypeerd
