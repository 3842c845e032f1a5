-- Een rij is wat bij een aanbieder op een product tot het eind van het jaar van bekend_op nog openstaat: toegewezen na de laatste
-- volledige levermaand en nog niet geleverd, en het deel daarvan dat naar verwachting wordt geleverd.
-- Volgorde: jaar, wet, product, aanbieder_agb
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product of 'niet gespecificeerd'
--   aanbieder_agb: AGB-code van de aanbieder
--   toewijzingen: aantal toewijzingen waarop nog geleverd kan worden
--   clienten: aantal cliënten met zo'n toewijzing
--   toegewezen_rest_cent: toegewezen en nog niet geleverd, tegen het contracttarief van elke maand [cent]
--   uitnutting_verwacht: uitnutting van het product in de laatste levermaanden, gecorrigeerd voor wat nog komt [fractie]
--   verplichting_cent: toegewezen rest maal verwachte uitnutting [cent]
WITH cellen AS (
    SELECT
        r.jaar, b.gemeentecode, b.wet, b.hoofdproduct, b.productgroep, b.product, b.aanbieder_agb,
        count(*) AS toewijzingen, count(DISTINCT b.client_id) AS clienten,
        CAST(sum(r.rest_cent) AS BIGINT) AS toegewezen_rest_cent,
        max(v.uitnutting) AS uitnutting_verwacht,
        CAST(sum(r.verplichting_cent) AS BIGINT) AS verplichting_cent
    FROM tussen.toewijzing_rest r
    JOIN tussen.toewijzing_basis b
        ON b.gemeentecode = r.gemeentecode AND b.wet = r.wet AND b.toewijzing_sleutel = r.toewijzing_sleutel
    JOIN tussen.uitnutting_verwacht v
        ON v.gemeentecode = b.gemeentecode AND v.wet = b.wet AND v.productgroep = b.productgroep AND v.product = b.product
    GROUP BY r.jaar, b.gemeentecode, b.wet, b.hoofdproduct, b.productgroep, b.product, b.aanbieder_agb
)
SELECT * FROM cellen
