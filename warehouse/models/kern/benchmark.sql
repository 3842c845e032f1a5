-- Een rij is een kerncijfer van een gemeente ter vergelijking.
-- Volgorde: jaar, gemeente
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   gemeente: naam van de vergeleken gemeente
--   jaar: jaar
--   maat: wat is gemeten
--   waarde: waarde [eenheid]
--   eenheid: eenheid van de waarde
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, gemeente, jaar, maat, waarde, eenheid, bron
    FROM lake.benchmark
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, gemeente, jaar, maat
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
