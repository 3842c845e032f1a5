-- Een rij is een boeking of boekingstotaal uit de financiële administratie.
-- Volgorde: jaar, periode
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: boekjaar
--   periode: boekperiode 1 tot en met 12; 0 is het hele jaar
--   taakveld: taakveld van de begroting (BBV)
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   soort: berichten, overlopend (bij het afsluiten van een jaar bijgeboekt wat nog moet komen, en in het volgende jaar
--     teruggenomen, dan negatief), vast, subsidie, pgb of overig
--   bedrag_cent: geboekt bedrag [cent]
--   geboekt_op: datum van boeking
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, jaar, periode, taakveld, wet, hoofdproduct, soort, bedrag_cent, geboekt_op,
        bron
    FROM lake.grootboek
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar, periode, taakveld, wet, hoofdproduct, soort
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
