-- Een rij is een cel van mart.pq_maand zoals bekend op een peildatum: wat is geleverd en wat was toegewezen.
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   zwaarte_rang: rang van de zwaarte, 0 als zwaarte niet van toepassing is
--   aanbieder_agb: AGB-code van de aanbieder
--   wijkcode: wijk van de cliënt op de 1e van de maand
--   eenheid: eenheid van het product (04 uur, 14 etmaal, 16 dagdeel, 82 en 84 stuks, 83 euro)
--   volume: netto geleverd volume zonder afgekeurde regels, Q [eenheid]
--   clientdagen: som over cliënten van dagen met zorg [dagen]
--   toegewezen_volume: verwacht volume volgens specifieke toewijzingen, leeg waar die er niet zijn [eenheid]
--   realisatie_cent: realisatie, P x Q [cent]
--   regels: aantal declaratieregels, ook afgekeurde
WITH geleverd AS (
    SELECT
        peil, levermaand, gemeentecode, wet, indeling_nr, aanbieder_agb, wijkcode, eenheid, volume_6000, clientdagen,
        CAST(NULL AS DECIMAL(24, 6)) AS verwacht, realisatie_cent, regels
    FROM tussen.client_maand
),
toegewezen AS (
    SELECT
        peil, levermaand, gemeentecode, wet, indeling_nr, aanbieder_agb, wijkcode, eenheid,
        CAST(0 AS BIGINT) AS volume_6000, CAST(0 AS BIGINT) AS clientdagen, verwacht,
        CAST(0 AS BIGINT) AS realisatie_cent, CAST(0 AS BIGINT) AS regels
    FROM tussen.toewijzing_maand
    WHERE verwacht IS NOT NULL
),
samen AS (
    SELECT * FROM geleverd
    UNION ALL
    SELECT * FROM toegewezen
),
opgeteld AS (
    SELECT
        peil, levermaand, gemeentecode, wet, indeling_nr, aanbieder_agb, wijkcode, eenheid,
        sum(volume_6000) AS volume_6000,
        CAST(sum(clientdagen) AS BIGINT) AS clientdagen,
        sum(verwacht) AS verwacht,
        CAST(sum(realisatie_cent) AS BIGINT) AS realisatie_cent,
        CAST(sum(regels) AS BIGINT) AS regels
    FROM samen
    GROUP BY peil, levermaand, gemeentecode, wet, indeling_nr, aanbieder_agb, wijkcode, eenheid
),
cellen AS (
    SELECT
        o.peil, o.levermaand, o.gemeentecode, o.wet, i.hoofdproduct, i.productgroep, i.product, i.zwaarte,
        i.zwaarte_rang, o.aanbieder_agb, o.wijkcode, o.eenheid,
        CAST(round(o.volume_6000 / 6000.0, 4) AS DECIMAL(18, 4)) AS volume,
        o.clientdagen,
        CAST(round(o.verwacht, 4) AS DECIMAL(18, 4)) AS toegewezen_volume,
        o.realisatie_cent, o.regels
    FROM opgeteld o
    JOIN tussen.indeling i ON i.indeling_nr = o.indeling_nr
)
SELECT * FROM cellen
