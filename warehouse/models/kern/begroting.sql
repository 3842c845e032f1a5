-- Een rij is een begrotingsbedrag in een vastgestelde versie.
-- Volgorde: jaar, wet, vastgesteld_op
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: begrotingsjaar
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting, leeg voor bedragen daarboven
--   soort: product, taakstelling, rijksbudget, saldo hek (+ is overschot); van het meerjarenbeeld (+ is tekort) tekort begroting,
--     landelijke ontwikkeling, meevaller, tegenvaller, ombuiging; en reserve 1 januari of reserve 31 december
--   bedrag_cent: bedrag [cent]
--   vastgesteld_op: datum van vaststelling
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, jaar, wet, hoofdproduct, soort, bedrag_cent, vastgesteld_op, bron
    FROM lake.begroting
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar, wet, hoofdproduct, soort, vastgesteld_op
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
