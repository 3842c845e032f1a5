-- Een rij is een maatregel met haar verwachte effect.
-- Volgorde: ingang_op, maatregel
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   maatregel: naam van de maatregel
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   ingang_op: dag van ingang
--   effect_per_jaar_cent: verwacht effect per jaar [cent]
--   status: stand van de maatregel
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, maatregel, wet, hoofdproduct, ingang_op, effect_per_jaar_cent, status, bron
    FROM lake.maatregel
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, maatregel
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
