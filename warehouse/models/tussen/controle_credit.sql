-- Een rij is een creditregel die tegen de regels van correctie ingaat (NASLAG 4.3): een debetregel uit hetzelfde bericht
-- (TR316), een regel die niet eerder is ontvangen, is afgekeurd of iets anders zegt (TR323), of een regel die al is gecrediteerd
-- (TR315 in hetzelfde bericht, TR390 in een eerder). Een debetregel die nog in behandeling is kan nog worden goedgekeurd.
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   regel: nummer van de regel in de standaard
--   verwacht: wat de regel verwacht
--   gevonden: wat er in de declaratieregel staat
WITH credits AS (
    SELECT
        *,
        CASE WHEN bron = 'bericht' THEN bericht_id ELSE coalesce(declaratienummer, bericht_id) END AS zending,
        CASE WHEN status = 'afgekeurd' THEN 0 ELSE 1 END AS telt
    FROM kern.declaratieregel
    WHERE debet_credit = 'C'
),
genummerd AS (
    SELECT
        *,
        sum(telt) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, vorig_referentienummer
            ORDER BY ontvangen_op, bericht_id, regel_nr
        ) - telt AS eerder,
        sum(telt) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, vorig_referentienummer, zending
            ORDER BY ontvangen_op, bericht_id, regel_nr
        ) - telt AS eerder_in_zending
    FROM credits
),
met_debet AS (
    SELECT
        c.bericht_id, c.regel_nr, c.eerder, c.eerder_in_zending, c.vorig_referentienummer,
        max(CASE WHEN d.referentienummer IS NULL THEN 0 ELSE 1 END) AS bekend,
        max(
            CASE
                WHEN d.bron = 'bericht' AND d.bericht_id = c.zending THEN 1
                WHEN d.bron = 'extract' AND d.declaratienummer = c.zending AND d.ontvangen_op = c.ontvangen_op THEN 1
                ELSE 0
            END
        ) AS zelfde_zending,
        max(CASE WHEN d.ontvangen_op <= c.ontvangen_op THEN 1 ELSE 0 END) AS eerder_ontvangen,
        max(CASE WHEN d.status <> 'afgekeurd' THEN 1 ELSE 0 END) AS niet_afgekeurd,
        max(
            CASE
                WHEN d.client_id = c.client_id AND d.periode_begin = c.periode_begin AND d.periode_eind = c.periode_eind
                    AND coalesce(d.toewijzing_sleutel, '') = coalesce(c.toewijzing_sleutel, '')
                    AND coalesce(d.productcategorie, '') = coalesce(c.productcategorie, '')
                    AND coalesce(d.productcode, '') = coalesce(c.productcode, '')
                    AND coalesce(d.eenheid, '') = coalesce(c.eenheid, '')
                    AND coalesce(d.tarief_cent, -1) = coalesce(c.tarief_cent, -1)
                    AND abs(d.volume) = abs(c.volume) AND abs(d.bedrag_cent) = abs(c.bedrag_cent) THEN 1
                ELSE 0
            END
        ) AS zelfde_inhoud
    FROM genummerd c
    LEFT JOIN kern.declaratieregel d
        ON d.debet_credit = 'D' AND d.gemeentecode = c.gemeentecode AND d.wet = c.wet AND d.aanbieder_agb = c.aanbieder_agb
        AND d.referentienummer = c.vorig_referentienummer
    GROUP BY c.bericht_id, c.regel_nr, c.eerder, c.eerder_in_zending, c.vorig_referentienummer
),
bevindingen AS (
    SELECT
        bericht_id, regel_nr,
        CASE
            WHEN zelfde_zending = 1 THEN 'TR316'
            WHEN bekend = 0 OR eerder_ontvangen = 0 OR niet_afgekeurd = 0 THEN 'TR323'
            WHEN eerder_in_zending > 0 THEN 'TR315'
            WHEN eerder > 0 THEN 'TR390'
            ELSE 'TR323'
        END AS regel,
        CASE
            WHEN zelfde_zending = 1 THEN 'een debetregel uit een eerder bericht'
            WHEN bekend = 0 OR eerder_ontvangen = 0 OR niet_afgekeurd = 0 THEN 'een eerder ontvangen debetregel die is goedgekeurd'
            WHEN eerder > 0 THEN 'een debetregel die nog niet is gecrediteerd'
            ELSE 'dezelfde inhoud als de debetregel'
        END AS verwacht,
        CASE
            WHEN zelfde_zending = 1 THEN 'een debetregel uit hetzelfde bericht'
            WHEN vorig_referentienummer IS NULL THEN 'geen vorig referentienummer'
            WHEN bekend = 0 THEN 'geen debetregel met dit referentienummer'
            WHEN eerder_ontvangen = 0 THEN 'een debetregel die later kwam'
            WHEN niet_afgekeurd = 0 THEN 'een afgekeurde debetregel'
            WHEN eerder_in_zending > 0 THEN 'al gecrediteerd in hetzelfde bericht'
            WHEN eerder > 0 THEN 'al gecrediteerd in een eerder bericht'
            ELSE 'een andere inhoud'
        END AS gevonden
    FROM met_debet
    WHERE zelfde_zending = 1 OR bekend = 0 OR eerder_ontvangen = 0 OR niet_afgekeurd = 0 OR eerder > 0 OR zelfde_inhoud = 0
)
SELECT * FROM bevindingen
