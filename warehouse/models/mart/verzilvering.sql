-- Een rij is een maand waarin toewijzingen ingingen, met hoeveel daarvan zijn verzilverd: er is binnen het ingestelde aantal dagen
-- na de ingangsdatum voor het eerst geleverd. Een toewijzing waarvan die dagen nog niet om zijn aan het eind van de laatste
-- volledige levermaand is te jong en telt niet als verzilverd of niet verzilverd.
-- Volgorde: maand, wet, product, aanbieder_agb
-- Kolommen:
--   maand: eerste dag van de maand van de ingangsdatum
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product of 'niet gespecificeerd'
--   aanbieder_agb: AGB-code van de aanbieder; leeg voor alle aanbieders samen
--   gestart: aantal toewijzingen dat inging
--   verzilverd: aantal toewijzingen dat op tijd voor het eerst is geleverd
--   te_jong: aantal toewijzingen waarvan dat nog niet te zeggen is
--   clienten: aantal cliënten met een toewijzing die inging
--   clienten_oud_genoeg: aantal cliënten met een toewijzing die oud genoeg is
--   clienten_verzilverd: aantal cliënten met een verzilverde toewijzing
WITH beoordeeld AS (
    SELECT
        CAST(date_trunc('month', b.ingangsdatum) AS DATE) AS maand, b.gemeentecode, b.wet, b.hoofdproduct, b.productgroep,
        b.product, b.aanbieder_agb, b.client_id,
        CASE
            WHEN CAST(b.ingangsdatum + i.verzilver_dagen * INTERVAL 1 DAY AS DATE)
                >= CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE) THEN 'te jong'
            WHEN date_diff('day', b.ingangsdatum, l.eerste_dag) <= i.verzilver_dagen THEN 'verzilverd'
            ELSE 'niet'
        END AS oordeel
    FROM tussen.toewijzing_basis b
    JOIN peil.instelling i ON true
    JOIN peil.bekend k ON b.ingangsdatum < k.grens
    JOIN tussen.bereik e ON b.ingangsdatum >= e.eerste_levermaand
    LEFT JOIN tussen.toewijzing_levering l
        ON l.gemeentecode = b.gemeentecode AND l.wet = b.wet AND l.toewijzing_sleutel = b.toewijzing_sleutel
),
beide AS (
    SELECT * FROM beoordeeld
    UNION ALL
    SELECT
        maand, gemeentecode, wet, hoofdproduct, productgroep, product, CAST(NULL AS VARCHAR), client_id, oordeel
    FROM beoordeeld
),
geteld AS (
    SELECT
        maand, gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb, count(*) AS gestart,
        count(CASE WHEN oordeel = 'verzilverd' THEN 1 END) AS verzilverd,
        count(CASE WHEN oordeel = 'te jong' THEN 1 END) AS te_jong,
        count(DISTINCT client_id) AS clienten,
        count(DISTINCT CASE WHEN oordeel <> 'te jong' THEN client_id END) AS clienten_oud_genoeg,
        count(DISTINCT CASE WHEN oordeel = 'verzilverd' THEN client_id END) AS clienten_verzilverd
    FROM beide
    GROUP BY maand, gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb
)
SELECT * FROM geteld
