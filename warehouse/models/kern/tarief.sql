-- Een rij is een contracttarief van een aanbieder voor een product in een periode.
-- Volgorde: wet, aanbieder_agb, productcode, geldig_van
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   productcode: code van het product
--   eenheid: code van de eenheid
--   tarief_cent: tarief per eenheid [cent]
--   geldig_van: eerste dag
--   geldig_tot: laatste dag, leeg als open
WITH uniek AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, productcode, eenheid, tarief_cent, geldig_van, geldig_tot
    FROM lake.tarief
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, wet, aanbieder_agb, productcode, eenheid, geldig_van
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
