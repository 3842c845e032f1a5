-- Een rij is het aantal inwoners van een wijk naar leeftijd.
-- Volgorde: jaar, wijkcode
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar (1 januari)
--   wijkcode: code van de wijk
--   leeftijdsgroep: 0-17, 18-64 of 65+
--   inwoners: aantal inwoners
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, jaar, wijkcode, leeftijdsgroep, inwoners, bron
    FROM lake.bevolking
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar, wijkcode, leeftijdsgroep
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
