-- Een rij is een beantwoorde declaratie (325) zoals bekend op een peildatum: het laatste antwoord per declaratie.
-- Een antwoord dat een nummer of identificatie als dubbel afwijst (9333, 9056, 0030) gaat over de tweede inzending en verdringt
-- het antwoord op de eerste niet.
-- Geheel afgekeurd is een antwoord met 0001 in de kop of zonder DeclaratieAntwoord, en een antwoord dat niets toekent
-- zonder dat de genoemde regels dat verklaren (bijvoorbeeld 9333).
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   antwoord_id: bericht_id van het antwoord
--   declaratie_id: bericht_id van de beantwoorde declaratie; leeg als die alleen als extract bekend is
--   declaratienummer: nummer van de beantwoorde declaratie
--   beantwoord_op: moment van het antwoord
--   geheel_afgekeurd: waar als alle regels van de declaratie zijn afgekeurd
WITH rijen AS (
    SELECT p.peil, a.*
    FROM lake.declaratieantwoord a
    JOIN peil.peil p ON a.ontvangen_op < p.grens
),
per_antwoord AS (
    SELECT
        peil, gemeentecode, wet, aanbieder_agb, bericht_id AS antwoord_id,
        max(declaratie_identificatie) AS declaratie_identificatie,
        max(declaratienummer) AS declaratienummer,
        min(ontvangen_op) AS beantwoord_op,
        max(CASE WHEN niveau = 'bericht' THEN retourcodes END) AS kop_codes,
        max(CASE WHEN niveau = 'declaratie' THEN 1 ELSE 0 END) AS heeft_declaratie,
        max(CASE WHEN niveau = 'declaratie' THEN retourcodes END) AS declaratie_codes,
        sum(CASE WHEN niveau = 'declaratie' THEN ingediend_cent END) AS ingediend_cent,
        sum(CASE WHEN niveau = 'declaratie' THEN toegekend_cent END) AS toegekend_cent,
        sum(CASE WHEN niveau = 'prestatie' THEN 1 ELSE 0 END) AS genoemde_regels,
        sum(CASE WHEN niveau = 'prestatie' THEN ingediend_cent - coalesce(toegekend_cent, 0) ELSE 0 END) AS genoemd_cent
    FROM rijen
    GROUP BY peil, gemeentecode, wet, aanbieder_agb, bericht_id
),
declaraties AS (
    SELECT gemeentecode, wet, aanbieder_agb, identificatie, max(bericht_id) AS declaratie_id
    FROM kern.bericht
    WHERE telt AND soort = 'bericht' AND (berichttype LIKE '%323' OR berichttype LIKE '%303')
    GROUP BY gemeentecode, wet, aanbieder_agb, identificatie
),
gekoppeld AS (
    SELECT
        a.peil, a.gemeentecode, a.wet, a.aanbieder_agb, a.antwoord_id, d.declaratie_id, a.declaratie_identificatie,
        a.declaratienummer, a.beantwoord_op,
        CASE
            WHEN coalesce(a.kop_codes, '') || ',' || coalesce(a.declaratie_codes, '') LIKE '%9333%' THEN 1
            WHEN coalesce(a.kop_codes, '') || ',' || coalesce(a.declaratie_codes, '') LIKE '%9056%' THEN 1
            WHEN coalesce(a.kop_codes, '') || ',' || coalesce(a.declaratie_codes, '') LIKE '%0030%' THEN 1
            ELSE 0
        END AS over_dubbele,
        (',' || coalesce(a.kop_codes, '') || ',') LIKE '%,0001,%'
        OR (a.heeft_declaratie = 0 AND coalesce(a.kop_codes, '') NOT IN ('0200', '8001'))
        OR (
            a.heeft_declaratie = 1 AND a.toegekend_cent = 0
            AND coalesce(a.declaratie_codes, '') NOT IN ('0200', '8001')
            AND (a.genoemde_regels = 0 OR a.genoemd_cent <> a.ingediend_cent)
        ) AS geheel_afgekeurd
    FROM per_antwoord a
    LEFT JOIN declaraties d
        ON d.gemeentecode = a.gemeentecode AND d.wet = a.wet AND d.aanbieder_agb = a.aanbieder_agb
        AND d.identificatie = a.declaratie_identificatie
),
laatste AS (
    SELECT
        peil, gemeentecode, wet, aanbieder_agb, antwoord_id, declaratie_id, declaratienummer, beantwoord_op,
        geheel_afgekeurd
    FROM gekoppeld
    QUALIFY row_number() OVER (
        PARTITION BY peil, gemeentecode, wet, aanbieder_agb, coalesce(declaratie_id, declaratienummer, antwoord_id)
        ORDER BY over_dubbele, beantwoord_op DESC, antwoord_id DESC
    ) = 1
)
SELECT * FROM laatste
