-- Een rij is een declaratieregel zoals bekend op bekend_op; ook afgekeurde regels staan erin, met realisatie 0.
-- Kolommen:
--   wet: Wmo of Jeugdwet
--   gemeentecode: CBS-code van de gemeente
--   aanbieder_agb: AGB-code van de aanbieder
--   client_id: pseudoniem van de cliënt
--   toewijzing_sleutel: sleutel van de toewijzing
--   productcategorie: code van de productcategorie
--   productcode: code van het product
--   periode_begin: eerste dag waarop de regel ziet
--   periode_eind: laatste dag waarop de regel ziet
--   levermaand: eerste dag van de maand van periode_begin
--   volume: geleverd volume met teken (credit is negatief) [eenheid van de regel; eenheid 83 in cent]
--   eenheid: code van de eenheid (01 minuut, 04 uur, 14 etmaal, 16 dagdeel, 82 en 84 stuks, 83 euro)
--   tarief_cent: tarief per eenheid [cent]
--   bedrag_cent: ingediend bedrag met teken [cent]
--   toegekend_cent: toegekend bedrag met teken, leeg tot er antwoord is [cent]
--   realisatie_cent: toegekend waar beantwoord, anders ingediend; 0 waar afgekeurd [cent]
--   debet_credit: D of C
--   referentienummer: nummer van de regel
--   vorig_referentienummer: nummer van de gecrediteerde regel
--   declaratienummer: nummer van de declaratie
--   ontvangen_op: moment van ontvangst
--   beantwoord_op: moment van het antwoord, leeg tot er antwoord is
--   status: goedgekeurd, afgekeurd of in behandeling
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   standaard: iwmo of ijw
--   release: versie van de standaard
--   bron: bericht of extract
WITH nu AS (
    SELECT
        wet, gemeentecode, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, periode_begin,
        periode_eind, levermaand, volume, eenheid, tarief_cent, bedrag_cent, toegekend_cent, realisatie_cent,
        debet_credit, referentienummer, vorig_referentienummer, declaratienummer, ontvangen_op, beantwoord_op, status,
        bericht_id, regel_nr, standaard, release, bron
    FROM tussen.oordeel
    WHERE peil = 'nu'
)
SELECT * FROM nu
