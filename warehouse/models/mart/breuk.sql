-- Een rij is een breuk in de reeksen, om in grafieken te tekenen.
-- Volgorde: datum
-- Kolommen:
--   datum: dag van de breuk
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet, leeg voor beide
--   hoofdproduct: regel van de begroting, leeg voor alle
--   omschrijving: wat er veranderde
--   bron: 'document' voor een gepubliceerd gegeven, anders de herkomst
WITH breuken AS (
    SELECT datum, gemeentecode, wet, hoofdproduct, omschrijving, bron
    FROM kern.breuk
)
SELECT * FROM breuken
