-- Een rij is een poging om een bestand te laden; de inhoud van bestanden staat er niet in.
-- Volgorde: geladen_op, naam
-- Kolommen:
--   geladen_op: moment van laden
--   naam: bestandsnaam, cijferreeksen van negen gemaskeerd
--   sha256: vingerafdruk van het bestand
--   gemeentecode: CBS-code van de gemeente, leeg als het bestand niet is gelezen
--   standaard: iwmo of ijw
--   release: versie van de standaard
--   berichttype: soort bericht of extract
--   status: geladen, deels, geweigerd, dubbel, onbekend of niet van ons
--   regels: aantal regels in het bestand
--   regels_geladen: aantal geladen regels
--   regels_quarantaine: aantal regels in quarantaine
--   regels_zonder_bedrag: aantal regels waarvan het bedrag niet te lezen was
--   bedrag_cent: bedrag van alle regels [cent]
--   bedrag_geladen_cent: bedrag van de geladen regels [cent]
--   bedrag_quarantaine_cent: bedrag van de regels in quarantaine [cent]
--   redenen: aantal regels per reden, als JSON
WITH pogingen AS (
    SELECT
        l.geladen_op, l.naam, l.sha256, b.gemeentecode, l.standaard, l.release, l.berichttype, l.status, l.regels,
        l.regels_geladen, l.regels_quarantaine, l.regels_zonder_bedrag, l.bedrag_cent, l.bedrag_geladen_cent,
        l.bedrag_quarantaine_cent, l.redenen
    FROM lake.laadlog l
    LEFT JOIN kern.bericht b ON b.bericht_id = l.bericht_id
)
SELECT * FROM pogingen
