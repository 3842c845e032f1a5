-- Een rij is een bestand dat als bericht of extract is gelezen en op de peildatum van kennis (bekend_op) was ontvangen.
-- Volgorde: ontvangen_op, bericht_id
-- Kolommen:
--   bericht_id: sleutel van het bestand in het lake
--   gemeentecode: CBS-code van de gemeente
--   naam: bestandsnaam, cijferreeksen van negen gemaskeerd
--   soort: 'bericht' of 'extract'
--   standaard: iwmo of ijw
--   release: versie van de standaard, bijvoorbeeld 3.2
--   berichttype: wmo301 tot en met jw325, of het soort extract
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   identificatie: berichtidentificatie van de afzender
--   declaratienummer: nummer van de declaratie (alleen declaraties)
--   dagtekening: datum die de afzender aan het bericht gaf
--   ontvangen_op: moment van ontvangst
--   status: geladen, deels of geweigerd
--   regels: aantal regels in het bestand
--   regels_geladen: aantal regels dat in het lake staat
--   regels_quarantaine: aantal regels in quarantaine
--   regels_zonder_bedrag: aantal regels waarvan het bedrag niet te lezen was
--   bedrag_cent: bedrag van alle regels, debet min credit [cent]
--   bedrag_geladen_cent: bedrag van de geladen regels [cent]
--   bedrag_quarantaine_cent: bedrag van de regels in quarantaine [cent]
--   eerste: waar als dit het eerst ontvangen bericht met deze identiteit is
--   telt: waar als de regels van dit bericht meetellen
WITH bekend AS (
    SELECT *
    FROM lake.bericht
),
gekozen AS (
    SELECT
        bericht_id, gemeentecode, naam, soort, standaard, release, berichttype, wet, aanbieder_agb, identificatie,
        declaratienummer, dagtekening, ontvangen_op, status, regels, regels_geladen, regels_quarantaine,
        regels_zonder_bedrag, bedrag_cent, bedrag_geladen_cent, bedrag_quarantaine_cent, eerste, telt
    FROM bekend
)
SELECT * FROM gekozen
