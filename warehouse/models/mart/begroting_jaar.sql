-- Een rij is het geldende begrotingsbedrag van een jaar: de laatst vastgestelde versie op bekend_op.
-- Volgorde: jaar, wet, hoofdproduct
-- Kolommen:
--   jaar: begrotingsjaar
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting, leeg voor bedragen daarboven
--   soort: product, taakstelling, rijksbudget, saldo hek (+ is overschot); van het meerjarenbeeld (+ is tekort) tekort begroting,
--     landelijke ontwikkeling, meevaller, tegenvaller, ombuiging; en reserve 1 januari of reserve 31 december. De taakstelling
--     is een eigen regel en zit niet in de producten
--   bedrag_cent: begroot bedrag [cent]
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH laatste AS (
    SELECT jaar, gemeentecode, wet, hoofdproduct, soort, bedrag_cent, bron
    FROM kern.begroting
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar, wet, hoofdproduct, soort ORDER BY vastgesteld_op DESC
    ) = 1
)
SELECT * FROM laatste
