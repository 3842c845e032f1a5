-- Een rij is een cliënt in een levermaand zoals in mart.client_maand, maar zoals twaalf maanden voor bekend_op bekend was:
-- welke regels en antwoorden er toen waren. De indeling in producten en wijken is die van nu.
-- Volgorde: levermaand
-- Kolommen:
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   client_id: pseudoniem van de cliënt
--   client_nr: volgnummer van de cliënt binnen deze snapshot: tellen gaat daarmee sneller dan met een pseudoniem
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   aanbieder_agb: AGB-code van de aanbieder
--   wijkcode: wijk van de cliënt op de 1e van de maand
--   eenheid: eenheid van het product (04 uur, 14 etmaal, 16 dagdeel, 82 en 84 stuks, 83 euro)
--   volume: netto geleverd volume zonder afgekeurde regels [eenheid]
--   clientdagen: dagen met zorg, nooit meer dan de maand lang is [dagen]
--   realisatie_cent: realisatie [cent]
WITH cellen AS (
    SELECT
        m.levermaand, m.gemeentecode, n.client_id,
        CAST(n.client_nr AS INTEGER) AS client_nr, m.wet, i.hoofdproduct, i.productgroep, i.product, i.zwaarte,
        m.aanbieder_agb, m.wijkcode, m.eenheid,
        CAST(round(m.volume_6000 / 6000.0, 4) AS DECIMAL(18, 4)) AS volume,
        m.clientdagen, m.realisatie_cent
    FROM tussen.client_maand m
    JOIN tussen.client_nr n ON n.client_nr = m.client_nr
    JOIN tussen.indeling i ON i.indeling_nr = m.indeling_nr
    WHERE m.peil = 'toen' AND m.volume_6000 > 0
)
SELECT * FROM cellen
