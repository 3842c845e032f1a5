-- Een rij is een breuk in de reeksen: vanaf die dag is vergelijken met ervoor niet zonder meer mogelijk.
-- Volgorde: datum
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   datum: dag van de breuk
--   wet: Wmo of Jeugdwet, leeg voor beide
--   hoofdproduct: regel van de begroting, leeg voor alle
--   omschrijving: wat er veranderde
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, datum, wet, hoofdproduct, omschrijving, bron
    FROM lake.breuk
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, datum, wet, hoofdproduct, omschrijving
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
