-- Een rij is een start- of stopbericht (305, 307), met zijn plaats onder de aanleveringen met dezelfde sleutel. Een verwijdering
-- (status 3) heft één aanlevering op, in welke volgorde zij ook binnenkomen. Staat een bericht ook in een extract, dan telt het
-- bericht.
-- Kolommen:
--   soort: 'start' of 'stop'
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   client_id: pseudoniem van de cliënt
--   toewijzing_sleutel: sleutel van de toewijzing, leeg als die er niet is (taakgericht)
--   sleutel: toewijzing, of anders categorie en code
--   begindatum: eerste dag van de zorg
--   einddatum: laatste dag van de zorg, leeg bij een start
--   reden: code van de reden van beëindiging, leeg bij een start
--   ontvangen_op: moment van ontvangst
--   weg: waar als het bericht een verwijdering is
--   aanleveringen: aantal aanleveringen met deze sleutel
--   verwijderingen: aantal verwijderingen met deze sleutel
--   nr: volgnummer onder de aanleveringen, of onder de verwijderingen, met deze sleutel
--   geldt: waar als deze aanlevering geldt: de eerste die niet is verwijderd
WITH berichten AS (
    SELECT
        'start' AS soort, bericht_id, regel_nr, gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel,
        coalesce(toewijzing_sleutel, coalesce(productcategorie, '') || '|' || coalesce(productcode, '')) AS sleutel,
        begindatum, CAST(NULL AS DATE) AS einddatum, CAST(NULL AS VARCHAR) AS reden, ontvangen_op,
        coalesce(status_aanlevering, '1') = '3' AS weg, bron
    FROM lake.start
    UNION ALL
    SELECT
        'stop', bericht_id, regel_nr, gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel,
        coalesce(toewijzing_sleutel, coalesce(productcategorie, '') || '|' || coalesce(productcode, '')),
        begindatum, einddatum, reden_beeindiging, ontvangen_op, coalesce(status_aanlevering, '1') = '3', bron
    FROM lake.stop
),
met_bron AS (
    SELECT
        *,
        max(CASE WHEN bron = 'bericht' THEN 1 ELSE 0 END) OVER (
            PARTITION BY soort, gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, einddatum, reden, weg
        ) AS in_bericht,
        row_number() OVER (
            PARTITION BY soort, gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, einddatum, reden, weg, bron
            ORDER BY ontvangen_op, bericht_id, regel_nr
        ) AS nr_in_bron
    FROM berichten
),
uniek AS (
    SELECT *
    FROM met_bron
    WHERE bron = 'bericht' OR (in_bericht = 0 AND nr_in_bron = 1)
),
geteld AS (
    SELECT
        soort, bericht_id, regel_nr, gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, sleutel, begindatum,
        einddatum, reden, ontvangen_op, weg,
        sum(CASE WHEN weg THEN 0 ELSE 1 END) OVER (
            PARTITION BY soort, gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, einddatum, reden
        ) AS aanleveringen,
        sum(CASE WHEN weg THEN 1 ELSE 0 END) OVER (
            PARTITION BY soort, gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, einddatum, reden
        ) AS verwijderingen,
        row_number() OVER (
            PARTITION BY soort, gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, einddatum, reden, weg
            ORDER BY ontvangen_op, bericht_id, regel_nr
        ) AS nr
    FROM uniek
),
uitkomst AS (
    SELECT *, NOT weg AND nr = verwijderingen + 1 AS geldt
    FROM geteld
)
SELECT * FROM uitkomst
