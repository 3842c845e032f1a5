-- Een rij is het volume van een product in een jaar waarvan alleen jaarcijfers bestaan (voor de eerste levermaand).
-- Volgorde: jaar, wet, hoofdproduct, product
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   product: product
--   zwaarte: zwaarte van het product
--   clienten: aantal cliënten in het jaar
--   volume: geleverd volume [eenheid]
--   eenheid: code van de eenheid
--   bedrag_cent: uitgave [cent]
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        jaar, gemeentecode, wet, hoofdproduct, product, zwaarte, clienten, CAST(volume AS DECIMAL(18, 4)) AS volume, eenheid,
        bedrag_cent, bron
    FROM lake.volume_jaar
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar, wet, hoofdproduct, product, zwaarte
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
