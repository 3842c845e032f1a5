-- Een rij is een heel bericht of een regel die in een eerder bericht ook al stond: dezelfde identificatie (TR056), hetzelfde
-- referentienummer (TR314) of declaratienummer (TR333), een antwoord met een ander totaal (TR342), of een dagtekening die bij
-- ontvangst in de toekomst lag (TR135). Een bericht dat om technische redenen is afgekeurd (0001) geldt als niet verzonden: een
-- nummer dat daarin stond mag opnieuw. In een extract is een declaratie te herkennen aan nummer en dag van ontvangst.
-- Kolommen:
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand; 0 als het over het hele bericht gaat
--   referentienummer: nummer van de regel
--   declaratienummer: nummer van de declaratie
--   ontvangen_op: moment van ontvangst
--   regel: nummer van de regel in de standaard
--   retourcode: code waarmee de standaard antwoordt
--   verwacht: wat de regel verwacht
--   gevonden: wat er in het bericht staat
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
eerste_in_bericht AS (
    SELECT r.gemeentecode, r.wet, r.aanbieder_agb, r.referentienummer, r.bericht_id, min(r.regel_nr) AS regel_nr
    FROM kern.declaratieregel r
    JOIN declaraties d ON d.bericht_id = r.bericht_id
    WHERE r.referentienummer IS NOT NULL
    GROUP BY r.gemeentecode, r.wet, r.aanbieder_agb, r.referentienummer, r.bericht_id
),
genummerd AS (
    SELECT
        e.wet, e.aanbieder_agb, e.bericht_id, e.regel_nr, e.referentienummer, d.declaratienummer, d.ontvangen_op,
        row_number() OVER (
            PARTITION BY e.gemeentecode, e.wet, e.aanbieder_agb, e.referentienummer ORDER BY d.ontvangen_op, e.bericht_id
        ) AS volgnummer
    FROM eerste_in_bericht e
    JOIN declaraties d ON d.bericht_id = e.bericht_id
),
zendingen AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, declaratienummer, bericht_id, ontvangen_op,
        CAST(ontvangen_op AS DATE) AS dag, 'bericht' AS bron
    FROM declaraties
    WHERE declaratienummer IS NOT NULL
    UNION ALL
    SELECT
        gemeentecode, wet, aanbieder_agb, declaratienummer, min(bericht_id), min(ontvangen_op),
        CAST(ontvangen_op AS DATE), 'extract'
    FROM kern.declaratieregel
    WHERE bron = 'extract' AND declaratienummer IS NOT NULL
    GROUP BY gemeentecode, wet, aanbieder_agb, declaratienummer, CAST(ontvangen_op AS DATE)
),
zendingen_genummerd AS (
    SELECT
        *,
        min(dag) OVER (PARTITION BY gemeentecode, wet, aanbieder_agb, declaratienummer) AS eerste_dag,
        row_number() OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, declaratienummer, bron ORDER BY ontvangen_op, bericht_id
        ) AS volgnummer
    FROM zendingen
),
bevindingen AS (
    SELECT
        wet, aanbieder_agb, bericht_id, CAST(0 AS BIGINT) AS regel_nr, CAST(NULL AS VARCHAR) AS referentienummer, declaratienummer, ontvangen_op,
        CASE WHEN berichttype LIKE '%303' THEN 'TR333' ELSE 'TR056' END AS regel,
        CASE WHEN berichttype LIKE '%303' THEN '0030' ELSE '9056' END AS retourcode,
        'een nieuwe identificatie' AS verwacht, 'een identificatie die al is gebruikt' AS gevonden
    FROM lake.bericht
    WHERE soort = 'bericht' AND status IN ('geladen', 'deels') AND NOT telt
    UNION ALL
    SELECT
        wet, aanbieder_agb, bericht_id, regel_nr, referentienummer, declaratienummer, ontvangen_op, 'TR314', '8021',
        'een nieuw referentienummer', 'een nummer uit een eerder bericht'
    FROM genummerd
    WHERE volgnummer > 1
    UNION ALL
    SELECT
        wet, aanbieder_agb, bericht_id, 0, NULL, declaratienummer, ontvangen_op, 'TR333', '9333', 'een nieuw declaratienummer',
        'een nummer uit een eerder bericht'
    FROM zendingen_genummerd
    WHERE dag > eerste_dag OR (bron = 'bericht' AND volgnummer > 1)
    UNION ALL
    SELECT
        a.wet, a.aanbieder_agb, a.bericht_id, 0, NULL, a.declaratienummer, a.ontvangen_op, 'TR342', '0001',
        peil.euro_tekst(d.totaal_ingediend_cent), peil.euro_tekst(a.totaal_ingediend_cent)
    FROM lake.bericht a
    JOIN lake.bericht d
        ON d.gemeentecode = a.gemeentecode AND d.wet = a.wet AND d.aanbieder_agb = a.aanbieder_agb
        AND d.identificatie = a.declaratie_identificatie AND d.telt AND d.berichttype LIKE '%323'
    WHERE a.telt AND a.berichttype LIKE '%325' AND a.totaal_ingediend_cent <> d.totaal_ingediend_cent
    UNION ALL
    SELECT
        wet, aanbieder_agb, bericht_id, 0, NULL, declaratienummer, ontvangen_op, 'TR135', '8848',
        'uiterlijk ' || peil.datum_tekst(ontvangen_op), peil.datum_tekst(dagtekening)
    FROM lake.bericht
    WHERE soort = 'bericht' AND telt AND dagtekening > CAST(ontvangen_op AS DATE)
)
SELECT * FROM bevindingen
