-- Een rij is een declaratieregel zoals bekend op een peildatum, met het oordeel van dat moment: wat de volgende stappen
-- ervan nodig hebben. Van 'nu' staat de hele regel in kern.declaratieregel; van 'toen' alleen de maanden die de vergelijking
-- nodig heeft.
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
--   wet: Wmo of Jeugdwet
--   gemeentecode: CBS-code van de gemeente
--   aanbieder_agb: AGB-code van de aanbieder
--   client_nr: volgnummer van de cliënt
--   toewijzing_sleutel: sleutel van de toewijzing
--   productcategorie: code van de productcategorie
--   productcode: code van het product
--   periode_begin: eerste dag waarop de regel ziet
--   periode_eind: laatste dag waarop de regel ziet
--   levermaand: eerste dag van de maand van periode_begin
--   volume: geleverd volume met teken (credit is negatief) [eenheid van de regel]
--   eenheid: code van de eenheid
--   realisatie_cent: toegekend waar beantwoord, anders ingediend; 0 waar afgekeurd [cent]
--   debet_credit: D of C
--   status: goedgekeurd, afgekeurd of in behandeling
WITH beide AS (
    SELECT
        'nu' AS peil, wet, gemeentecode, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode,
        periode_begin, periode_eind, levermaand, volume, eenheid, realisatie_cent, debet_credit, status
    FROM kern.declaratieregel
    UNION ALL
    SELECT
        peil, wet, gemeentecode, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode,
        periode_begin, periode_eind, levermaand, volume, eenheid, realisatie_cent, debet_credit, status
    FROM tussen.oordeel o
    JOIN peil.bekend b ON o.levermaand >= b.toen_eerste_maand AND o.levermaand <= b.toen_laatste_maand
    WHERE o.peil = 'toen'
),
genummerd AS (
    SELECT
        b.peil, b.wet, b.gemeentecode, b.aanbieder_agb, coalesce(n.client_nr, 0) AS client_nr, b.toewijzing_sleutel,
        b.productcategorie, b.productcode, b.periode_begin, b.periode_eind, b.levermaand, b.volume, b.eenheid,
        b.realisatie_cent, b.debet_credit, b.status
    FROM beide b
    LEFT JOIN tussen.client_nr n ON n.client_id = b.client_id
)
SELECT * FROM genummerd
