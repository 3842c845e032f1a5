-- Een rij is een bevinding: een regel of een heel bericht dat tegen een regel van de standaard of een codelijst ingaat en wel
-- meetelt, of een eigen signaal. Beoordeeld wordt met wat op bekend_op bekend is: de toewijzing in de versie die dan geldt, de
-- andere regels met hun laatste oordeel. Een regel die al is afgekeurd blijft een bevinding, maar er staat niets meer op het
-- spel. Een regel kan meer bevindingen hebben: bedragen van verschillende regels zijn dan niet op te tellen. Niet te beoordelen
-- met deze gegevens: TR318 (opeenvolgende perioden; wie een maand geen zorg leverde is niet te zien), en in extracten
-- TR319 en TR358, omdat die de declaratieperiode en het totaal niet noemen.
-- Volgorde: ontvangen_op, bericht_id, regel_nr, regel, declaratienummer
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   bericht_id: sleutel van het bestand
--   naam: bestandsnaam, cijferreeksen van negen gemaskeerd
--   wet: Wmo of Jeugdwet
--   berichttype: wmo301 tot en met jw325, of het soort extract
--   aanbieder_agb: AGB-code van de aanbieder
--   declaratienummer: nummer van de declaratie; leeg bij andere berichten
--   regel_nr: volgnummer van de regel in het bericht; 0 als het over het hele bericht gaat
--   referentienummer: nummer van de regel; leeg als dat er niet is of een BSN verraadt
--   veld: gegeven waar het om gaat
--   regel: nummer van de regel in de standaard (TR, CS, CD, OP), de naam van het eigen signaal, of de controle op het veld
--     (type, lengte, codelijst, ontbreekt)
--   retourcode: code waarmee de standaard hierop antwoordt
--   omschrijving: wat er aan de hand is
--   bedrag_cent: ingediend bedrag van de regel met teken, leeg als het niet over één declaratieregel gaat [cent]
--   ontvangen_op: moment van ontvangst
--   soort: 'standaard' of 'eigen signaal'
--   oorzaak: toewijzing, periode, volume, tarief, dubbel, credit, termijn, bericht of veld
--   afgekeurd: waar als de regel (of elke regel van de declaratie) al is afgekeurd
--   op_het_spel_cent: realisatie van de regel, of bij een dubbel declaratienummer van de hele declaratie; 0 als zij al is
--     afgekeurd en als het niet over een bedrag gaat; negatief bij een credit [cent]
--   verwacht: wat de regel verwacht
--   gevonden: wat er staat
--   productcode: code van het product van de declaratieregel
--   levermaand: eerste dag van de maand van levering, leeg als het niet over een declaratieregel gaat
--   toewijzing_sleutel: sleutel van de toewijzing, leeg als die er niet is
WITH per_regel AS (
    SELECT bericht_id, regel_nr, regel, verwacht, gevonden, CAST(NULL AS VARCHAR) AS toewijzing_sleutel
    FROM tussen.controle_toewijzing
    UNION ALL
    SELECT bericht_id, regel_nr, regel, verwacht, gevonden, NULL FROM tussen.controle_volume
    UNION ALL
    SELECT bericht_id, regel_nr, regel, verwacht, gevonden, NULL FROM tussen.controle_tarief
    UNION ALL
    SELECT bericht_id, regel_nr, regel, verwacht, gevonden, NULL FROM tussen.controle_dubbel
    UNION ALL
    SELECT bericht_id, regel_nr, regel, verwacht, gevonden, NULL FROM tussen.controle_credit
    UNION ALL
    SELECT bericht_id, regel_nr, regel, verwacht, gevonden, NULL FROM tussen.controle_termijn
    UNION ALL
    SELECT bericht_id, regel_nr, regel, verwacht, gevonden, toewijzing_sleutel FROM tussen.regie_controle
),
in_bericht AS (
    SELECT
        v.bericht_id, v.regel_nr, v.referentienummer, v.veld, v.code AS regel, v.retourcode, v.omschrijving,
        a.ingediend_cent, b.declaratienummer, b.ontvangen_op, b.wet, b.aanbieder_agb
    FROM lake.bevinding v
    JOIN lake.bericht b ON b.bericht_id = v.bericht_id AND b.telt
    LEFT JOIN lake.declaratieantwoord a
        ON a.bericht_id = v.bericht_id AND a.regel_nr = v.regel_nr AND a.niveau = 'prestatie'
),
alle AS (
    SELECT
        wet, aanbieder_agb, bericht_id, regel_nr, referentienummer, declaratienummer, ontvangen_op, veld, regel, retourcode, omschrijving,
        ingediend_cent, CAST(NULL AS VARCHAR) AS verwacht, CAST(NULL AS VARCHAR) AS gevonden,
        CAST(NULL AS VARCHAR) AS toewijzing_sleutel
    FROM in_bericht
    UNION ALL
    SELECT
        wet, aanbieder_agb, bericht_id, regel_nr, referentienummer, declaratienummer, ontvangen_op, NULL, regel, retourcode,
        NULL, NULL, verwacht, gevonden, NULL
    FROM tussen.controle_bericht
    UNION ALL
    SELECT
        NULL, NULL, bericht_id, regel_nr, NULL, NULL, NULL, NULL, regel, NULL, NULL, NULL, verwacht, gevonden,
        toewijzing_sleutel
    FROM per_regel
),
genoemde_regels AS (
    SELECT bericht_id, regel_nr
    FROM alle
    WHERE regel_nr > 0
    GROUP BY bericht_id, regel_nr
),
regels AS (
    SELECT
        r.bericht_id, r.regel_nr, r.wet, r.aanbieder_agb, r.declaratienummer, r.referentienummer, r.bedrag_cent,
        r.realisatie_cent, r.ontvangen_op, r.status, r.productcode, r.levermaand, r.toewijzing_sleutel
    FROM kern.declaratieregel r
    JOIN genoemde_regels g ON g.bericht_id = r.bericht_id AND g.regel_nr = r.regel_nr
),
genoemde_declaraties AS (
    SELECT bericht_id, declaratienummer, CAST(ontvangen_op AS DATE) AS dag
    FROM alle
    WHERE regel_nr = 0 AND declaratienummer IS NOT NULL
    GROUP BY bericht_id, declaratienummer, CAST(ontvangen_op AS DATE)
),
declaraties AS (
    SELECT
        g.bericht_id, g.declaratienummer, g.dag,
        min(CASE WHEN r.status = 'afgekeurd' THEN 1 ELSE 0 END) AS geheel_afgekeurd,
        sum(r.realisatie_cent) AS realisatie_cent
    FROM kern.declaratieregel r
    JOIN genoemde_declaraties g
        ON g.bericht_id = r.bericht_id AND g.declaratienummer = r.declaratienummer AND g.dag = CAST(r.ontvangen_op AS DATE)
    GROUP BY g.bericht_id, g.declaratienummer, g.dag
),
regie AS (
    SELECT r.bericht_id, r.regel_nr, r.wet, r.aanbieder_agb, r.ontvangen_op
    FROM tussen.regie_bericht r
    JOIN genoemde_regels g ON g.bericht_id = r.bericht_id AND g.regel_nr = r.regel_nr
),
aangevuld AS (
    SELECT
        b.gemeentecode, v.bericht_id, b.naam,
        coalesce(r.wet, s.wet, v.wet, b.wet) AS wet,
        b.berichttype,
        coalesce(r.aanbieder_agb, s.aanbieder_agb, v.aanbieder_agb, b.aanbieder_agb) AS aanbieder_agb,
        coalesce(v.declaratienummer, r.declaratienummer, b.declaratienummer) AS declaratienummer,
        v.regel_nr,
        coalesce(v.referentienummer, r.referentienummer) AS referentienummer,
        coalesce(v.veld, c.veld) AS veld,
        v.regel,
        coalesce(v.retourcode, c.retourcode) AS retourcode,
        coalesce(v.omschrijving, c.omschrijving) AS omschrijving,
        CASE WHEN v.regel <> 'start_ontbreekt' THEN coalesce(r.bedrag_cent, v.ingediend_cent) END AS bedrag_cent,
        coalesce(v.ontvangen_op, r.ontvangen_op, s.ontvangen_op, b.ontvangen_op) AS ontvangen_op,
        coalesce(c.soort, 'standaard') AS soort,
        coalesce(c.oorzaak, CASE WHEN v.regel_nr = 0 THEN 'bericht' ELSE 'veld' END) AS oorzaak,
        CASE
            WHEN r.status IS NOT NULL THEN r.status = 'afgekeurd'
            ELSE v.regel_nr = 0 AND coalesce(d.geheel_afgekeurd, 0) = 1
        END AS afgekeurd,
        CAST(CASE
            WHEN v.regel = 'start_ontbreekt' THEN 0
            WHEN v.regel_nr = 0 AND v.regel = 'TR333' THEN coalesce(d.realisatie_cent, 0)
            ELSE coalesce(r.realisatie_cent, 0)
        END AS BIGINT) AS op_het_spel_cent,
        v.verwacht, v.gevonden, r.productcode, r.levermaand,
        coalesce(v.toewijzing_sleutel, r.toewijzing_sleutel) AS toewijzing_sleutel
    FROM alle v
    JOIN lake.bericht b ON b.bericht_id = v.bericht_id
    LEFT JOIN tussen.controle_catalogus c ON c.regel = v.regel
    LEFT JOIN regels r ON r.bericht_id = v.bericht_id AND r.regel_nr = v.regel_nr
    LEFT JOIN regie s ON s.bericht_id = v.bericht_id AND s.regel_nr = v.regel_nr
    LEFT JOIN declaraties d
        ON v.regel_nr = 0 AND d.bericht_id = v.bericht_id AND d.declaratienummer = v.declaratienummer
        AND d.dag = CAST(v.ontvangen_op AS DATE)
)
SELECT * FROM aangevuld
