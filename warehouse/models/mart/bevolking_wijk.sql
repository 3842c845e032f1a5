-- Een rij is het aantal inwoners van een wijk naar leeftijd, de noemer van cliënten per 1.000 inwoners.
-- Volgorde: jaar, wijkcode
-- Kolommen:
--   jaar: jaar (1 januari)
--   gemeentecode: CBS-code van de gemeente
--   wijkcode: code van de wijk
--   leeftijdsgroep: 0-17, 18-64 of 65+
--   inwoners: aantal inwoners
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH inwoners AS (
    SELECT jaar, gemeentecode, wijkcode, leeftijdsgroep, inwoners, bron
    FROM kern.bevolking
)
SELECT * FROM inwoners
