-- Een rij is een regel die niet te lezen was, met plaats en reden maar zonder inhoud.
-- Volgorde: berichttype, naam, regel_nr
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   gemeentecode: CBS-code van de gemeente, leeg als het bestand niet is gelezen
--   naam: bestandsnaam, cijferreeksen van negen gemaskeerd
--   berichttype: soort bericht of extract
--   regel_nr: volgnummer in het bestand
--   referentienummer: nummer van de regel
--   veld: veld waarop de regel is afgewezen
--   code: code van de reden
--   omschrijving: reden in woorden
--   bedrag_cent: bedrag van de regel, leeg als dat niet te lezen was [cent]
WITH regels AS (
    SELECT
        q.bericht_id, b.gemeentecode, q.naam, q.berichttype, q.regel_nr, q.referentienummer, q.veld, q.code,
        q.omschrijving, q.bedrag_cent
    FROM lake.quarantaine q
    LEFT JOIN kern.bericht b ON b.bericht_id = q.bericht_id
)
SELECT * FROM regels
