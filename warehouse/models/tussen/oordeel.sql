-- Een rij is een declaratieregel zoals bekend op een peildatum, met het oordeel van dat moment.
-- Staat een regel in een bericht en in een extract, dan telt het bericht. Van een regel die in twee extracten staat
-- telt de versie met het laatste antwoord. Een extractregel met oordeel maar zonder antwoorddatum telt vanaf ontvangst.
-- Vorm: zicht
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
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
--   volume: geleverd volume met teken [eenheid van de regel]
--   eenheid: code van de eenheid van de regel
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
WITH bekend AS (
    SELECT
        p.peil, p.grens, r.*,
        CASE
            WHEN r.bron <> 'extract' OR r.status IS NULL OR r.status = 'in behandeling' THEN false
            ELSE coalesce(r.beantwoord_op, r.ontvangen_op) < p.grens
        END AS zelf_beantwoord
    FROM lake.declaratieregel r
    JOIN peil.peil p ON r.ontvangen_op < p.grens
),
geldig AS (
    SELECT b.*
    FROM bekend b
    -- not by NOT EXISTS: that keeps every line with all its columns in memory to look them up once
    LEFT JOIN tussen.regel_weg w ON w.peil = b.peil AND w.bericht_id = b.bericht_id AND w.regel_nr = b.regel_nr
    WHERE w.bericht_id IS NULL
),
beantwoord AS (
    SELECT
        g.*,
        coalesce(a.antwoord_id, b.antwoord_id) AS antwoord_id,
        coalesce(a.beantwoord_op, b.beantwoord_op) AS antwoord_op,
        coalesce(a.geheel_afgekeurd, b.geheel_afgekeurd) AS geheel_afgekeurd
    FROM geldig g
    LEFT JOIN tussen.antwoord a ON a.peil = g.peil AND a.declaratie_id = g.bericht_id
    LEFT JOIN tussen.antwoord b
        ON b.declaratie_id IS NULL AND b.peil = g.peil AND b.gemeentecode = g.gemeentecode AND b.wet = g.wet
        AND b.aanbieder_agb = g.aanbieder_agb AND b.declaratienummer = g.declaratienummer
),
beoordeeld AS (
    SELECT
        b.*,
        CASE
            WHEN b.zelf_beantwoord THEN b.status
            WHEN b.antwoord_id IS NULL THEN 'in behandeling'
            WHEN b.geheel_afgekeurd OR c.antwoord_id IS NOT NULL OR r.toegekend_cent = 0 THEN 'afgekeurd'
            ELSE 'goedgekeurd'
        END AS oordeel,
        r.toegekend_cent AS deels_toegekend_cent
    FROM beantwoord b
    LEFT JOIN tussen.afkeuring r ON r.antwoord_id = b.antwoord_id AND r.referentienummer = b.referentienummer
    LEFT JOIN tussen.afkeuring c ON c.antwoord_id = b.antwoord_id AND c.client_id = b.client_id
),
bedragen AS (
    SELECT
        *,
        CASE
            WHEN oordeel = 'afgekeurd' THEN 0
            WHEN oordeel = 'in behandeling' THEN NULL
            WHEN zelf_beantwoord THEN coalesce(toegekend_cent, bedrag_cent)
            ELSE coalesce(deels_toegekend_cent, bedrag_cent)
        END AS toegekend
    FROM beoordeeld
),
uitkomst AS (
    SELECT
        peil, wet, gemeentecode, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie,
        productcode, periode_begin, periode_eind,
        CAST(date_trunc('month', periode_begin) AS DATE) AS levermaand,
        volume, eenheid, tarief_cent, bedrag_cent,
        CAST(toegekend AS BIGINT) AS toegekend_cent,
        CAST(coalesce(toegekend, bedrag_cent) AS BIGINT) AS realisatie_cent,
        debet_credit, referentienummer, vorig_referentienummer, declaratienummer, ontvangen_op,
        CASE WHEN zelf_beantwoord THEN coalesce(beantwoord_op, ontvangen_op) ELSE antwoord_op END AS beantwoord_op,
        oordeel AS status, bericht_id, regel_nr, standaard, release, bron
    FROM bedragen
)
SELECT * FROM uitkomst
