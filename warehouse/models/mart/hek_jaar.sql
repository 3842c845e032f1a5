-- Een rij is een jaar van het Hek, het budget van de gedecentraliseerde regelingen: begroting, realisatie en rijksbijdrage naast
-- elkaar, het saldo met zijn delen, en de reserve sociaal domein waar een stuk die noemt. Begroting en realisatie zijn die van
-- Wmo en Jeugdwet in deze snapshot; rijksbijdrage en saldo gaan over het hele Hek (ook beschermd wonen, opvang en WSW).
-- Volgorde: jaar
-- Kolommen:
--   jaar: jaar
--   gemeentecode: CBS-code van de gemeente
--   begroting_cent: begroting van de producten met de taakstelling erbij, leeg als er geen is geladen [cent]
--   taakstelling_cent: taakstelling, een besparing is negatief [cent]
--   realisatie_cent: uitgaven volgens berichten en grootboek, leeg als die er niet zijn [cent]
--   volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is; leeg zonder realisatie
--   ruimte_cent: begroting - realisatie; negatief is een overschrijding [cent]
--   rijksbijdrage_cent: decentralisatie-uitkeringen samen [cent]
--   saldo_jaarrekening_cent: saldo van het Hek volgens de jaarrapportage; positief is een overschot [cent]
--   tekort_begroting_cent: tekort volgens de begroting; positief is een tekort [cent]
--   landelijk_cent: landelijke ontwikkeling (gemeentefonds); negatief maakt het tekort kleiner [cent]
--   meevallers_cent: gemeentelijke meevallers; negatief maakt het tekort kleiner [cent]
--   tegenvallers_cent: gemeentelijke tegenvallers; positief maakt het tekort groter [cent]
--   tekort_na_mee_en_tegenvallers_cent: som van de vier delen hiervoor [cent]
--   ombuigingen_cent: ramingsbijstellingen en ombuigingen; negatief maakt het tekort kleiner [cent]
--   tekort_na_ombuigingen_cent: tekort na mee- en tegenvallers en ombuigingen [cent]
--   saldo_hek_cent: saldo volgens de jaarrapportage, anders het geraamde tekort na ombuigingen met omgekeerd teken;
--     positief is een overschot [cent]
--   saldo_soort: jaarrekening of raming
--   reserve_begin_cent: reserve sociaal domein op 1 januari, waar een stuk die noemt (afgerond op tonnen) [cent]
--   reserve_eind_cent: reserve sociaal domein op 31 december, waar een stuk die noemt (afgerond op tonnen) [cent]
WITH begroot AS (
    SELECT
        jaar, gemeentecode,
        sum(CASE WHEN soort IN ('product', 'taakstelling') THEN bedrag_cent END) AS begroting_cent,
        sum(CASE WHEN soort = 'taakstelling' THEN bedrag_cent END) AS taakstelling_cent,
        sum(CASE WHEN soort = 'rijksbudget' THEN bedrag_cent END) AS rijksbijdrage_cent,
        sum(CASE WHEN soort = 'saldo hek' THEN bedrag_cent END) AS saldo_jaarrekening_cent,
        sum(CASE WHEN soort = 'tekort begroting' THEN bedrag_cent END) AS tekort_begroting_cent,
        sum(CASE WHEN soort = 'landelijke ontwikkeling' THEN bedrag_cent END) AS landelijk_cent,
        sum(CASE WHEN soort = 'meevaller' THEN bedrag_cent END) AS meevallers_cent,
        sum(CASE WHEN soort = 'tegenvaller' THEN bedrag_cent END) AS tegenvallers_cent,
        sum(CASE WHEN soort = 'ombuiging' THEN bedrag_cent END) AS ombuigingen_cent,
        sum(CASE WHEN soort = 'reserve 1 januari' THEN bedrag_cent END) AS reserve_begin_cent,
        sum(CASE WHEN soort = 'reserve 31 december' THEN bedrag_cent END) AS reserve_eind_cent
    FROM mart.begroting_jaar
    GROUP BY jaar, gemeentecode
),
besteed AS (
    SELECT jaar, gemeentecode, nominaal_cent AS realisatie_cent, volledig
    FROM mart.reeks_jaar
    WHERE niveau = 'totaal'
),
jaren AS (
    SELECT jaar, gemeentecode FROM begroot
    UNION
    SELECT jaar, gemeentecode FROM besteed
),
gerekend AS (
    SELECT
        j.jaar, j.gemeentecode, b.begroting_cent, b.taakstelling_cent, r.realisatie_cent, r.volledig,
        b.begroting_cent - r.realisatie_cent AS ruimte_cent,
        b.rijksbijdrage_cent, b.saldo_jaarrekening_cent, b.tekort_begroting_cent, b.landelijk_cent, b.meevallers_cent,
        b.tegenvallers_cent,
        b.tekort_begroting_cent + coalesce(b.landelijk_cent, 0) + coalesce(b.meevallers_cent, 0)
        + coalesce(b.tegenvallers_cent, 0) AS tekort_na_mee_en_tegenvallers_cent,
        b.ombuigingen_cent, b.reserve_begin_cent, b.reserve_eind_cent
    FROM jaren j
    LEFT JOIN begroot b ON b.jaar = j.jaar AND b.gemeentecode = j.gemeentecode
    LEFT JOIN besteed r ON r.jaar = j.jaar AND r.gemeentecode = j.gemeentecode
),
uitkomst AS (
    SELECT
        jaar, gemeentecode,
        CAST(begroting_cent AS BIGINT) AS begroting_cent,
        CAST(taakstelling_cent AS BIGINT) AS taakstelling_cent,
        CAST(realisatie_cent AS BIGINT) AS realisatie_cent,
        volledig,
        CAST(ruimte_cent AS BIGINT) AS ruimte_cent,
        CAST(rijksbijdrage_cent AS BIGINT) AS rijksbijdrage_cent,
        CAST(saldo_jaarrekening_cent AS BIGINT) AS saldo_jaarrekening_cent,
        CAST(tekort_begroting_cent AS BIGINT) AS tekort_begroting_cent,
        CAST(landelijk_cent AS BIGINT) AS landelijk_cent,
        CAST(meevallers_cent AS BIGINT) AS meevallers_cent,
        CAST(tegenvallers_cent AS BIGINT) AS tegenvallers_cent,
        CAST(tekort_na_mee_en_tegenvallers_cent AS BIGINT) AS tekort_na_mee_en_tegenvallers_cent,
        CAST(ombuigingen_cent AS BIGINT) AS ombuigingen_cent,
        CAST(tekort_na_mee_en_tegenvallers_cent + coalesce(ombuigingen_cent, 0) AS BIGINT) AS tekort_na_ombuigingen_cent,
        CAST(coalesce(
            saldo_jaarrekening_cent, -(tekort_na_mee_en_tegenvallers_cent + coalesce(ombuigingen_cent, 0))
        ) AS BIGINT) AS saldo_hek_cent,
        CASE
            WHEN saldo_jaarrekening_cent IS NOT NULL THEN 'jaarrekening'
            WHEN tekort_na_mee_en_tegenvallers_cent IS NOT NULL THEN 'raming'
        END AS saldo_soort,
        CAST(reserve_begin_cent AS BIGINT) AS reserve_begin_cent,
        CAST(reserve_eind_cent AS BIGINT) AS reserve_eind_cent
    FROM gerekend
)
SELECT * FROM uitkomst
