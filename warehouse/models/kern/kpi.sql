-- Een rij is een kengetal van een onderdeel dat buiten de berichten om gaat, zoals een perceel met een vast bedrag.
-- Volgorde: jaar, onderdeel, maat
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar
--   maand: maand 1 tot en met 12, leeg als het over het hele jaar gaat
--   onderdeel: voorziening of perceel
--   maat: wat is gemeten
--   waarde: gemeten waarde [eenheid]
--   eenheid: eenheid van de waarde
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT gemeentecode, jaar, maand, onderdeel, maat, waarde, eenheid, bron
    FROM lake.kpi
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar, maand, onderdeel, maat
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
