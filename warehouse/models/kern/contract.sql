-- Een rij is een contract van een aanbieder in een jaar.
-- Volgorde: jaar, wet, aanbieder_agb
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   jaar: jaar van het contract
--   perceel: perceel van de aanbesteding
--   bekostiging: manier van bekostigen
--   budgetplafond_cent: hoogste bedrag voor het jaar, leeg als er geen plafond is [cent]
WITH uniek AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, jaar, perceel, bekostiging, budgetplafond_cent
    FROM lake.contract
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, wet, aanbieder_agb, jaar, perceel
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
