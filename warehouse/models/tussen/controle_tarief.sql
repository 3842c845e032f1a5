-- Een rij is een debetregel met een ander tarief dan het contract voor dat product in die maand (TR418), of een regel uit een
-- extract waarvan het bedrag niet klopt (TR346, CS339; bij berichten zegt het laden dat al). Uren en minuten worden op het
-- uur vergeleken: een uurtarief dat niet door 60 te delen is mag tot een halve cent per minuut verschillen (IV081). Wisselt
-- het tarief binnen de maand, dan mag elk van beide. Zonder contracttarief in een passende eenheid is er niets te zeggen.
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   regel: nummer van de regel in de standaard
--   verwacht: wat de regel verwacht
--   gevonden: wat er in de declaratieregel staat
WITH eenheden AS (
    SELECT '01' AS eenheid, '04' AS soort, 60 AS keer
    UNION ALL SELECT '04', '04', 1
    UNION ALL SELECT '84', '82', 1
),
contract AS (
    SELECT
        t.gemeentecode, t.wet, t.aanbieder_agb, t.productcode, coalesce(e.soort, t.eenheid) AS soort, m.maand,
        min(t.tarief_cent * coalesce(e.keer, 1)) AS laagste,
        max(t.tarief_cent * coalesce(e.keer, 1)) AS hoogste,
        max(CASE WHEN t.eenheid = '01' THEN 30 ELSE 0 END) AS speling
    FROM kern.tarief t
    JOIN peil.maand m
        ON coalesce(t.geldig_van, DATE '0001-01-01') < m.volgende AND coalesce(t.geldig_tot, DATE '9999-12-31') >= m.maand
    LEFT JOIN eenheden e ON e.eenheid = t.eenheid
    WHERE t.tarief_cent IS NOT NULL
    GROUP BY t.gemeentecode, t.wet, t.aanbieder_agb, t.productcode, coalesce(e.soort, t.eenheid), m.maand
),
regels AS (
    SELECT
        r.bericht_id, r.regel_nr, r.debet_credit, r.bron, r.eenheid, r.tarief_cent, c.laagste, c.hoogste,
        r.tarief_cent * coalesce(e.keer, 1) AS tarief,
        CASE WHEN r.eenheid = '01' THEN 30 ELSE coalesce(c.speling, 0) END AS speling,
        abs(r.volume) AS volume, abs(r.bedrag_cent) AS bedrag
    FROM kern.declaratieregel r
    LEFT JOIN eenheden e ON e.eenheid = r.eenheid
    LEFT JOIN contract c
        ON c.gemeentecode = r.gemeentecode AND c.wet = r.wet AND c.aanbieder_agb = r.aanbieder_agb
        AND c.productcode = r.productcode AND c.soort = coalesce(e.soort, r.eenheid) AND c.maand = r.levermaand
),
tarieven AS (
    SELECT
        bericht_id, regel_nr, 'TR418' AS regel,
        peil.euro_tekst(laagste) || CASE WHEN eenheid = '01' THEN ' per uur' ELSE '' END AS verwacht,
        peil.euro_tekst(tarief_cent) || CASE WHEN eenheid = '01' THEN ' per minuut' ELSE '' END AS gevonden
    FROM regels
    WHERE debet_credit = 'D' AND laagste IS NOT NULL
        AND abs(tarief - laagste) > speling AND abs(tarief - hoogste) > speling
        AND NOT (eenheid = '01' AND (tarief_cent = laagste OR tarief_cent = hoogste))
),
bedragen AS (
    SELECT
        bericht_id, regel_nr,
        CASE WHEN eenheid = '83' THEN 'CS339' ELSE 'TR346' END AS regel,
        CASE
            WHEN eenheid = '83' THEN peil.euro_tekst(volume)
            ELSE peil.volume_tekst(volume) || ' x ' || peil.euro_tekst(tarief_cent)
        END AS verwacht,
        peil.euro_tekst(bedrag) AS gevonden
    FROM regels
    WHERE bron = 'extract' AND CASE
        WHEN eenheid = '83' THEN bedrag <> volume
        WHEN eenheid = '01'
            THEN 2 * abs(bedrag - volume * tarief_cent) > volume + 1 AND abs(60 * bedrag - volume * tarief_cent) > 30
        ELSE bedrag <> volume * tarief_cent
    END
),
bevindingen AS (
    SELECT * FROM tarieven
    UNION ALL
    SELECT * FROM bedragen
)
SELECT * FROM bevindingen
