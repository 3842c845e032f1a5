-- Een rij is een levermaand x product x zwaarte x aanbieder x wijk x eenheid. Alles wat centen heeft staat hierin, dus de
-- som is de som van kern.declaratieregel; aantallen cliënten staan er niet in.
-- Volgorde: levermaand
-- Kolommen:
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
WITH cellen AS (
    SELECT
        levermaand, gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, zwaarte_rang, aanbieder_agb, wijkcode,
        eenheid, volume, clientdagen, toegewezen_volume, realisatie_cent, regels
    FROM tussen.pq_cel
    WHERE peil = 'nu'
)
SELECT * FROM cellen
