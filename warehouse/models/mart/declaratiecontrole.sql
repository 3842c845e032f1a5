-- Een rij is een bevinding: een regel of een heel bericht dat tegen een regel van de standaard of een codelijst ingaat en wel
-- meetelt. Wat één bericht zelf laat zien komt van het laden; wat andere berichten vraagt (hetzelfde nummer in een ander
-- bericht, een antwoord dat niet bij zijn declaratie past) komt erbij. Een bericht dat om technische redenen is afgekeurd
-- (0001) geldt als niet verzonden: een nummer dat daarin stond mag opnieuw worden gebruikt.
-- Volgorde: ontvangen_op, bericht_id, regel_nr, regel
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   bericht_id: sleutel van het bestand
--   naam: bestandsnaam, cijferreeksen van negen gemaskeerd
--   wet: Wmo of Jeugdwet
--   berichttype: wmo301 tot en met jw325
--   aanbieder_agb: AGB-code van de aanbieder
--   declaratienummer: nummer van de declaratie; leeg bij andere berichten
--   regel_nr: volgnummer van de regel in het bericht; 0 als het over het hele bericht gaat
--   referentienummer: nummer van de regel; leeg als dat er niet is of een BSN verraadt
--   veld: gegeven waar het om gaat
--   regel: nummer van de regel in de standaard (TR, CS, CD), of de controle op het veld (type, lengte, codelijst, ontbreekt)
--   retourcode: code waarmee de standaard hierop antwoordt
--   omschrijving: wat er aan de hand is
--   bedrag_cent: ingediend bedrag van de regel met teken, leeg als het niet over één declaratieregel gaat [cent]
--   ontvangen_op: moment van ontvangst
WITH technisch AS (
    SELECT gemeentecode, wet, aanbieder_agb, declaratie_identificatie
    FROM lake.declaratieantwoord
    WHERE niveau = 'bericht' AND (',' || retourcodes || ',') LIKE '%,0001,%'
    GROUP BY gemeentecode, wet, aanbieder_agb, declaratie_identificatie
),
declaraties AS (
    SELECT b.*
    FROM lake.bericht b
    LEFT JOIN technisch t
        ON t.gemeentecode = b.gemeentecode AND t.wet = b.wet AND t.aanbieder_agb = b.aanbieder_agb
        AND t.declaratie_identificatie = b.identificatie
    WHERE b.telt AND b.soort = 'bericht' AND (b.berichttype LIKE '%323' OR b.berichttype LIKE '%303')
        AND t.declaratie_identificatie IS NULL
),
in_bericht AS (
    SELECT
        v.bericht_id, v.regel_nr, v.referentienummer, v.veld, v.code AS regel, v.retourcode, v.omschrijving,
        coalesce(r.bedrag_cent, a.ingediend_cent) AS bedrag_cent
    FROM lake.bevinding v
    LEFT JOIN lake.declaratieregel r ON r.bericht_id = v.bericht_id AND r.regel_nr = v.regel_nr
    LEFT JOIN lake.declaratieantwoord a
        ON a.bericht_id = v.bericht_id AND a.regel_nr = v.regel_nr AND a.niveau = 'prestatie'
),
zelfde_identiteit AS (
    SELECT
        bericht_id, CAST(0 AS BIGINT) AS regel_nr, CAST(NULL AS VARCHAR) AS referentienummer, 'identificatie' AS veld,
        CASE WHEN berichttype LIKE '%303' THEN 'TR333' ELSE 'TR056' END AS regel,
        CASE WHEN berichttype LIKE '%303' THEN '0030' ELSE '9056' END AS retourcode,
        'Deze afzender stuurde al eerder een bericht van deze soort met dezelfde identificatie en een andere inhoud; het'
        || ' eerst ontvangen bericht telt.' AS omschrijving,
        CAST(NULL AS BIGINT) AS bedrag_cent
    FROM lake.bericht
    WHERE soort = 'bericht' AND status IN ('geladen', 'deels') AND NOT telt
),
eerste_in_bericht AS (
    SELECT r.gemeentecode, r.wet, r.aanbieder_agb, r.referentienummer, r.bericht_id, min(r.regel_nr) AS regel_nr
    FROM lake.declaratieregel r
    JOIN declaraties d ON d.bericht_id = r.bericht_id
    WHERE r.referentienummer IS NOT NULL
    GROUP BY r.gemeentecode, r.wet, r.aanbieder_agb, r.referentienummer, r.bericht_id
),
genummerd AS (
    SELECT
        e.bericht_id, e.regel_nr, e.referentienummer,
        row_number() OVER (
            PARTITION BY e.gemeentecode, e.wet, e.aanbieder_agb, e.referentienummer ORDER BY d.ontvangen_op, e.bericht_id
        ) AS volgnummer
    FROM eerste_in_bericht e
    JOIN declaraties d ON d.bericht_id = e.bericht_id
),
zelfde_referentie AS (
    SELECT
        g.bericht_id, g.regel_nr, g.referentienummer, 'referentienummer' AS veld, 'TR314' AS regel, '8021' AS retourcode,
        'Het referentienummer stond al in een eerder ontvangen bericht van deze aanbieder.' AS omschrijving, r.bedrag_cent
    FROM genummerd g
    JOIN lake.declaratieregel r ON r.bericht_id = g.bericht_id AND r.regel_nr = g.regel_nr
    WHERE g.volgnummer > 1
),
declaratie_genummerd AS (
    SELECT
        bericht_id,
        row_number() OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, declaratienummer ORDER BY ontvangen_op, bericht_id
        ) AS volgnummer
    FROM declaraties
    WHERE declaratienummer IS NOT NULL
),
zelfde_declaratie AS (
    SELECT
        bericht_id, CAST(0 AS BIGINT) AS regel_nr, CAST(NULL AS VARCHAR) AS referentienummer, 'declaratienummer' AS veld,
        'TR333' AS regel, '9333' AS retourcode,
        'Het declaratienummer stond al in een eerder ontvangen bericht van deze aanbieder.' AS omschrijving,
        CAST(NULL AS BIGINT) AS bedrag_cent
    FROM declaratie_genummerd
    WHERE volgnummer > 1
),
ander_totaal AS (
    SELECT
        a.bericht_id, CAST(0 AS BIGINT) AS regel_nr, CAST(NULL AS VARCHAR) AS referentienummer,
        'totaal_ingediend_cent' AS veld, 'TR342' AS regel, '0001' AS retourcode,
        'Het ingediende totaal in het antwoord is niet dat van de declaratie.' AS omschrijving,
        CAST(NULL AS BIGINT) AS bedrag_cent
    FROM lake.bericht a
    JOIN lake.bericht d
        ON d.gemeentecode = a.gemeentecode AND d.wet = a.wet AND d.aanbieder_agb = a.aanbieder_agb
        AND d.identificatie = a.declaratie_identificatie AND d.telt AND d.berichttype LIKE '%323'
    WHERE a.telt AND a.berichttype LIKE '%325' AND a.totaal_ingediend_cent <> d.totaal_ingediend_cent
),
alle AS (
    SELECT v.*
    FROM in_bericht v
    JOIN lake.bericht b ON b.bericht_id = v.bericht_id AND b.telt
    UNION ALL
    SELECT * FROM zelfde_identiteit
    UNION ALL
    SELECT * FROM zelfde_referentie
    UNION ALL
    SELECT * FROM zelfde_declaratie
    UNION ALL
    SELECT * FROM ander_totaal
),
uitkomst AS (
    SELECT
        b.gemeentecode, v.bericht_id, b.naam, b.wet, b.berichttype, b.aanbieder_agb, b.declaratienummer, v.regel_nr,
        v.referentienummer, v.veld, v.regel, v.retourcode, v.omschrijving, v.bedrag_cent, b.ontvangen_op
    FROM alle v
    JOIN lake.bericht b ON b.bericht_id = v.bericht_id
)
SELECT * FROM uitkomst
