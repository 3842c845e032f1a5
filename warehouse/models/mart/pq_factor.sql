-- Een rij is een product x zwaarte binnen een wet x productgroep x wijk (of aanbieder) in een periode van mart.pq_effect, met
-- de getallen waaruit de factoren volgen: duur = clientdagen / 7 / clienten, stapeling = som productdagen / clientdagen,
-- mix = productdagen / som productdagen, toegewezen intensiteit = toegewezen_volume / (productdagen / 7), uitnutting =
-- volume / toegewezen_volume, prijs = (realisatie_cent - overig_cent) / volume.
-- Volgorde: weergave, van, tot, peil, wet, hoofdproduct, productgroep, wijkcode, aanbieder_agb, product, zwaarte, eenheid
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   weergave: 'wijk' of 'aanbieder'
--   peil: stand van kennis, 'nu' of 'toen' (twaalf maanden voor bekend_op)
--   van: eerste levermaand van de periode
--   tot: eerste levermaand na de periode
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   wijkcode: wijk van de cliënt, leeg in de weergave aanbieder
--   aanbieder_agb: AGB-code van de aanbieder, leeg in de weergave wijk
--   product: product
--   zwaarte: zwaarte van het product
--   eenheid: eenheid van het product
--   clienten: cliënten met netto volume in de productgroep x wijk (of aanbieder); nooit optellen [personen]
--   clientdagen: dagen met zorg van die cliënten, per cliënt en maand de som over de producten en nooit meer dan de maand
--     lang is; staat in elke rij van de productgroep x wijk (of aanbieder) en wordt niet opgeteld [dagen]
--   product_clienten: cliënten met netto volume van dit product; nooit optellen [personen]
--   productdagen: dagen met zorg in dit product, opgeteld over cliënten [dagen]
--   toegewezen_volume: verwacht volume volgens specifieke toewijzingen, leeg waar die er niet zijn [eenheid]
--   volume: geleverd volume van wie netto volume heeft [eenheid]
--   realisatie_cent: realisatie [cent]
--   overig_cent: deel van de realisatie zonder netto volume van de cliënt in die maand [cent]
WITH factoren AS (
    SELECT
        gemeentecode, weergave, peil, van, tot, wet, hoofdproduct, productgroep, wijkcode, aanbieder_agb, product, zwaarte,
        eenheid, clienten, clientdagen, product_clienten, productdagen,
        CAST(toegewezen_volume AS DECIMAL(18, 4)) AS toegewezen_volume,
        CAST(volume AS DECIMAL(18, 4)) AS volume,
        realisatie_cent, overig_cent
    FROM tussen.pq_factor
)
SELECT * FROM factoren
