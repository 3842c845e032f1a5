-- Een rij is een debetregel die niet past bij haar toewijzing in de versie die op bekend_op geldt (NASLAG 4.1). De controle
-- stopt bij het eerste dat de rest zinloos maakt: zonder toewijzing, met een andere cliënt of aanbieder, of op een verwijderde
-- toewijzing zegt de rest niets meer. Een regel zonder toewijzingnummer van voor 2021 is niet te beoordelen: toen mocht dat.
-- Hele maanden (TR387, TR388) moeten vanaf 2021. Eenheid 82 (stuks) is toen gesplitst in 82 en 84; op een toewijzing of over
-- een maand van daarvoor mogen die door elkaar. Een credit wordt niet op inhoud beoordeeld.
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   regel: nummer van de regel in de standaard, of de naam van het eigen signaal
--   verwacht: wat de regel verwacht
--   gevonden: wat er in de declaratieregel staat
WITH regels AS (
    SELECT
        r.bericht_id, r.regel_nr, r.productcategorie, r.productcode, r.eenheid, r.periode_begin, r.periode_eind,
        r.levermaand AS eerste, last_day(r.periode_eind) AS laatste,
        t.productcategorie AS t_categorie, t.productcode AS t_code, t.eenheid AS t_eenheid, t.ingangsdatum, t.einddatum,
        CASE
            WHEN t.toewijzing_sleutel IS NULL AND r.toewijzing_sleutel IS NULL AND r.ontvangen_op < DATE '2021-01-01' THEN 'geen'
            WHEN t.toewijzing_sleutel IS NULL THEN 'onbekend'
            WHEN t.client_id <> r.client_id OR t.aanbieder_agb <> r.aanbieder_agb THEN 'ander'
            WHEN t.verwijderd THEN 'verwijderd'
            ELSE 'past'
        END AS toewijzing,
        coalesce(t.client_id <> r.client_id, false) AS andere_client,
        coalesce(t.aanbieder_agb <> r.aanbieder_agb, false) AS andere_aanbieder,
        coalesce(t.productcategorie <> r.productcategorie, false) AS andere_categorie,
        coalesce(t.productcode <> r.productcode, false)
        OR (t.productcode IS NOT NULL AND r.productcode IS NULL) AS andere_code,
        coalesce(t.eenheid <> r.eenheid, false)
        AND NOT (t.eenheid = '04' AND r.eenheid = '01')
        AND NOT (
            t.eenheid IN ('82', '84') AND r.eenheid IN ('82', '84')
            AND (coalesce(t.toegewezen_op, t.ingangsdatum) < DATE '2021-01-01' OR r.periode_begin < DATE '2021-01-01')
        ) AS andere_eenheid
    FROM kern.declaratieregel r
    LEFT JOIN tussen.toewijzing t
        ON t.peil = 'nu' AND t.gemeentecode = r.gemeentecode AND t.wet = r.wet AND t.toewijzing_sleutel = r.toewijzing_sleutel
    WHERE r.debet_credit = 'D'
),
met_periode AS (
    SELECT
        *,
        coalesce(periode_begin < ingangsdatum, false) AS te_vroeg,
        coalesce(periode_eind > einddatum, false) AS te_laat,
        coalesce(periode_begin <> greatest(eerste, ingangsdatum), false) AND periode_begin >= DATE '2021-01-01' AS begin_midden,
        periode_eind <> least(laatste, coalesce(einddatum, laatste)) AND periode_begin >= DATE '2021-01-01' AS eind_midden
    FROM regels
),
beoordeeld AS (
    SELECT *
    FROM met_periode
    WHERE toewijzing <> 'geen' AND (
        toewijzing <> 'past' OR andere_categorie OR andere_code OR andere_eenheid OR te_vroeg OR te_laat OR begin_midden
        OR eind_midden
    )
),
bevindingen AS (
    SELECT
        bericht_id, regel_nr, 'TR338' AS regel, 'een bekende toewijzing' AS verwacht,
        'toewijzingnummer niet bekend' AS gevonden
    FROM beoordeeld
    WHERE toewijzing = 'onbekend'
    UNION ALL
    SELECT bericht_id, regel_nr, 'TR304', 'de cliënt van de toewijzing', 'een andere cliënt'
    FROM beoordeeld
    WHERE andere_client
    UNION ALL
    SELECT bericht_id, regel_nr, 'andere_aanbieder', 'de aanbieder van de toewijzing', 'een andere aanbieder'
    FROM beoordeeld
    WHERE andere_aanbieder
    UNION ALL
    SELECT bericht_id, regel_nr, 'TR384', 'een toewijzing die geldt', 'een verwijderde toewijzing'
    FROM beoordeeld
    WHERE toewijzing = 'verwijderd'
    UNION ALL
    SELECT bericht_id, regel_nr, 'TR339', 'categorie ' || t_categorie, 'categorie ' || productcategorie
    FROM beoordeeld
    WHERE toewijzing = 'past' AND andere_categorie
    UNION ALL
    SELECT bericht_id, regel_nr, 'TR340', 'code ' || t_code, coalesce('code ' || productcode, 'geen code')
    FROM beoordeeld
    WHERE toewijzing = 'past' AND andere_code
    UNION ALL
    SELECT bericht_id, regel_nr, 'TR341', 'eenheid ' || t_eenheid, 'eenheid ' || eenheid
    FROM beoordeeld
    WHERE toewijzing = 'past' AND andere_eenheid
    UNION ALL
    SELECT
        bericht_id, regel_nr, 'TR307', 'vanaf ' || peil.datum_tekst(ingangsdatum), 'vanaf ' || peil.datum_tekst(periode_begin)
    FROM beoordeeld
    WHERE toewijzing = 'past' AND te_vroeg
    UNION ALL
    SELECT
        bericht_id, regel_nr, 'TR308', 'tot en met ' || peil.datum_tekst(einddatum),
        'tot en met ' || peil.datum_tekst(periode_eind)
    FROM beoordeeld
    WHERE toewijzing = 'past' AND te_laat
    UNION ALL
    SELECT
        bericht_id, regel_nr, 'TR387', 'vanaf ' || peil.datum_tekst(greatest(eerste, ingangsdatum)),
        'vanaf ' || peil.datum_tekst(periode_begin)
    FROM beoordeeld
    WHERE toewijzing = 'past' AND begin_midden AND NOT te_vroeg
    UNION ALL
    SELECT
        bericht_id, regel_nr, 'TR388',
        'tot en met ' || peil.datum_tekst(least(laatste, coalesce(einddatum, laatste))),
        'tot en met ' || peil.datum_tekst(periode_eind)
    FROM beoordeeld
    WHERE toewijzing = 'past' AND eind_midden AND NOT te_laat
)
SELECT * FROM bevindingen
