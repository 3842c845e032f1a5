-- Een rij is de consumentenprijsindex van een jaar.
-- Volgorde: jaar
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar
--   index: prijsindex
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, jaar, index, bron
    FROM lake.cpi
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
