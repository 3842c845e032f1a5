-- Een rij is een start- of stopbericht (305, 307) dat tegen de regels ingaat of te laat is (NASLAG 4.4, 4.5), of een geleverde
-- toewijzing zonder start. Beoordeeld met wat op bekend_op bekend is: volgorde van ontvangst maakt een bericht niet fout. De
-- termijn is vijf werkdagen (maandag tot en met vrijdag, zonder feestdagen) na de start of stop, of na de ontvangst van de
-- toewijzing als die later kwam (OP271, OP272). Een start die een eerdere verbetert telt vanaf die eerdere; een eindstop na een
-- tijdelijke stop heeft geen termijn die uit berichten volgt. Een start die ontbreekt is een signaal over de gegevens en nooit
-- een reden om niet te betalen (OP364). Het signaal geldt alleen voor producten waarvan starts gewoon worden gemeld. Zonder
-- toewijzingnummer (taakgericht) gelden de regels over een tweede start of stop niet: die gaan over één toewijzing.
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   toewijzing_sleutel: sleutel van de toewijzing, leeg als die er niet is
--   regel: nummer van de regel in de standaard, of de naam van het eigen signaal
--   verwacht: wat de regel verwacht
--   gevonden: wat er in het bericht staat
WITH starts AS (
    SELECT
        *,
        lag(begindatum) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel ORDER BY begindatum
        ) AS vorige_begin
    FROM tussen.regie_bericht
    WHERE geldt AND soort = 'start'
),
stops AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum
            ORDER BY ontvangen_op, CASE WHEN reden = '20' THEN 0 ELSE 1 END, einddatum, bericht_id, regel_nr
        ) AS stop_nr,
        sum(CASE WHEN reden = '20' THEN 1 ELSE 0 END) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum
            ORDER BY ontvangen_op, CASE WHEN reden = '20' THEN 0 ELSE 1 END, einddatum, bericht_id, regel_nr
        ) AS tijdelijke,
        sum(CASE WHEN reden = '20' THEN 0 ELSE 1 END) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum
            ORDER BY ontvangen_op, CASE WHEN reden = '20' THEN 0 ELSE 1 END, einddatum, bericht_id, regel_nr
        ) AS definitieve,
        max(einddatum) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum
            ORDER BY ontvangen_op, CASE WHEN reden = '20' THEN 0 ELSE 1 END, einddatum, bericht_id, regel_nr
        ) AS laatste_eind
    FROM tussen.regie_bericht
    WHERE geldt AND soort = 'stop'
),
eerste_versie AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, min(ontvangen_op) AS toegewezen
    FROM lake.toewijzing
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
ingetrokken AS (
    SELECT gemeentecode, wet, aanbieder_agb, client_id, sleutel, ontvangen_op AS ingetrokken_op, begindatum
    FROM tussen.regie_bericht
    WHERE soort = 'start' AND weg
),
vervangt AS (
    SELECT
        g.gemeentecode, g.wet, g.aanbieder_agb, g.client_id, g.sleutel, e.ingetrokken_op, min(g.ontvangen_op) AS gemeld_op
    FROM tussen.regie_bericht g
    JOIN ingetrokken e
        ON e.gemeentecode = g.gemeentecode AND e.wet = g.wet AND e.aanbieder_agb = g.aanbieder_agb
        AND e.client_id = g.client_id AND e.sleutel = g.sleutel AND e.begindatum = g.begindatum
    WHERE g.soort = 'start' AND NOT g.weg
    GROUP BY g.gemeentecode, g.wet, g.aanbieder_agb, g.client_id, g.sleutel, e.ingetrokken_op
),
gemeld AS (
    SELECT
        s.soort, s.bericht_id, s.regel_nr, s.toewijzing_sleutel,
        greatest(
            CASE WHEN s.soort = 'start' THEN s.begindatum ELSE s.einddatum END,
            coalesce(CAST(e.toegewezen AS DATE), DATE '0001-01-01')
        ) AS vanaf,
        CAST(coalesce(v.gemeld_op, s.ontvangen_op) AS DATE) AS gemeld
    FROM (
        SELECT
            soort, bericht_id, regel_nr, gemeentecode, wet, aanbieder_agb, client_id, sleutel, toewijzing_sleutel, begindatum,
            einddatum, ontvangen_op
        FROM starts
        UNION ALL
        SELECT
            soort, bericht_id, regel_nr, gemeentecode, wet, aanbieder_agb, client_id, sleutel, toewijzing_sleutel, begindatum,
            einddatum, ontvangen_op
        FROM stops
        WHERE stop_nr = 1
    ) s
    LEFT JOIN eerste_versie e
        ON e.gemeentecode = s.gemeentecode AND e.wet = s.wet AND e.toewijzing_sleutel = s.toewijzing_sleutel
    LEFT JOIN vervangt v
        ON s.soort = 'start' AND v.gemeentecode = s.gemeentecode AND v.wet = s.wet AND v.aanbieder_agb = s.aanbieder_agb
        AND v.client_id = s.client_id AND v.sleutel = s.sleutel AND v.ingetrokken_op = s.ontvangen_op
    WHERE s.toewijzing_sleutel IS NULL OR e.toewijzing_sleutel IS NOT NULL
),
met_werkdagen AS (
    SELECT
        *,
        5 * date_diff('day', date_trunc('week', vanaf), date_trunc('week', gemeld)) / 7
        + least(date_diff('day', date_trunc('week', gemeld), gemeld) + 1, 5)
        - least(date_diff('day', date_trunc('week', vanaf), vanaf) + 1, 5) AS werkdagen
    FROM gemeld
),
gestart AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, max(CASE WHEN soort = 'start' THEN 1 ELSE 0 END) AS met_start
    FROM tussen.regie_bericht
    WHERE geldt AND toewijzing_sleutel IS NOT NULL
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
gedeclareerd AS (
    SELECT DISTINCT gemeentecode, wet, toewijzing_sleutel, productcategorie, productcode
    FROM kern.declaratieregel
    WHERE debet_credit = 'D' AND status <> 'afgekeurd' AND toewijzing_sleutel IS NOT NULL
),
geleverd AS (
    SELECT DISTINCT
        d.gemeentecode, d.wet, d.toewijzing_sleutel,
        coalesce(t.productcategorie, d.productcategorie) AS productcategorie,
        coalesce(t.productcode, d.productcode) AS productcode
    FROM gedeclareerd d
    JOIN tussen.toewijzing t
        ON t.peil = 'nu' AND t.gemeentecode = d.gemeentecode AND t.wet = d.wet AND t.toewijzing_sleutel = d.toewijzing_sleutel
    WHERE NOT t.verwijderd
),
gewoon AS (
    SELECT g.gemeentecode, g.wet, g.productcategorie, g.productcode
    FROM geleverd g
    JOIN peil.instelling i ON true
    LEFT JOIN gestart s
        ON s.gemeentecode = g.gemeentecode AND s.wet = g.wet AND s.toewijzing_sleutel = g.toewijzing_sleutel
    GROUP BY g.gemeentecode, g.wet, g.productcategorie, g.productcode, i.start_gewoon_procent
    HAVING 100 * sum(coalesce(s.met_start, 0)) >= i.start_gewoon_procent * count(*)
),
zonder_start AS (
    SELECT DISTINCT g.gemeentecode, g.wet, g.toewijzing_sleutel
    FROM geleverd g
    JOIN gewoon w
        ON w.gemeentecode = g.gemeentecode AND w.wet = g.wet AND w.productcategorie = g.productcategorie
        AND w.productcode = g.productcode
    LEFT JOIN gestart s
        ON s.gemeentecode = g.gemeentecode AND s.wet = g.wet AND s.toewijzing_sleutel = g.toewijzing_sleutel
    WHERE s.toewijzing_sleutel IS NULL
),
eerste_regel AS (
    SELECT r.bericht_id, r.regel_nr, r.toewijzing_sleutel
    FROM kern.declaratieregel r
    JOIN zonder_start z
        ON z.gemeentecode = r.gemeentecode AND z.wet = r.wet AND z.toewijzing_sleutel = r.toewijzing_sleutel
    LEFT JOIN tussen.controle_toewijzing f
        ON f.bericht_id = r.bericht_id AND f.regel_nr = r.regel_nr
        AND f.regel IN ('TR338', 'TR304', 'andere_aanbieder', 'TR384', 'TR307')
    WHERE r.debet_credit = 'D' AND r.status <> 'afgekeurd' AND f.regel IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY r.gemeentecode, r.wet, r.toewijzing_sleutel
        ORDER BY r.periode_begin, r.ontvangen_op, r.bericht_id, r.regel_nr
    ) = 1
),
bevindingen AS (
    SELECT
        bericht_id, regel_nr, toewijzing_sleutel, 'start_ontbreekt' AS regel, 'een startbericht' AS verwacht,
        'levering zonder start' AS gevonden
    FROM eerste_regel
    UNION ALL
    SELECT
        bericht_id, regel_nr, toewijzing_sleutel, CASE WHEN soort = 'start' THEN 'OP271' ELSE 'OP272' END,
        'binnen 5 werkdagen na ' || peil.datum_tekst(vanaf), 'ontvangen op ' || peil.datum_tekst(gemeld)
    FROM met_werkdagen
    WHERE werkdagen > 5
    UNION ALL
    SELECT g.bericht_id, g.regel_nr, g.toewijzing_sleutel, 'TR019', 'een bekende toewijzing', 'toewijzingnummer niet bekend'
    FROM tussen.regie_bericht g
    LEFT JOIN tussen.toewijzing t
        ON t.peil = 'nu' AND t.gemeentecode = g.gemeentecode AND t.wet = g.wet AND t.toewijzing_sleutel = g.toewijzing_sleutel
    WHERE g.geldt AND g.toewijzing_sleutel IS NOT NULL AND t.toewijzing_sleutel IS NULL
    UNION ALL
    SELECT bericht_id, regel_nr, toewijzing_sleutel, 'TR063', 'een eerdere aanlevering met dezelfde sleutel', 'geen'
    FROM tussen.regie_bericht
    WHERE weg AND nr > aanleveringen
    UNION ALL
    SELECT bericht_id, regel_nr, toewijzing_sleutel, 'TR074', 'een nieuwe sleutel', 'een sleutel die al is aangeleverd'
    FROM tussen.regie_bericht
    WHERE NOT weg AND nr > verwijderingen + 1
    UNION ALL
    SELECT DISTINCT
        w.bericht_id, w.regel_nr, w.toewijzing_sleutel, 'TR071', 'geen stop op deze start', 'de zorg is al gestopt'
    FROM tussen.regie_bericht w
    JOIN stops p
        ON p.gemeentecode = w.gemeentecode AND p.wet = w.wet AND p.aanbieder_agb = w.aanbieder_agb
        AND p.client_id = w.client_id AND p.sleutel = w.sleutel AND p.begindatum = w.begindatum
        AND p.ontvangen_op < w.ontvangen_op
    WHERE w.soort = 'start' AND w.weg AND w.nr <= w.aanleveringen
    UNION ALL
    SELECT p.bericht_id, p.regel_nr, p.toewijzing_sleutel, 'TR382', 'een start met dezelfde sleutel', 'geen start'
    FROM stops p
    LEFT JOIN (
        SELECT DISTINCT gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum
        FROM tussen.regie_bericht
        WHERE soort = 'start' AND NOT weg
    ) s
        ON s.gemeentecode = p.gemeentecode AND s.wet = p.wet AND s.aanbieder_agb = p.aanbieder_agb
        AND s.client_id = p.client_id AND s.sleutel = p.sleutel AND s.begindatum = p.begindatum
    WHERE s.begindatum IS NULL
    UNION ALL
    SELECT s.bericht_id, s.regel_nr, s.toewijzing_sleutel, 'TR326', 'een stop op de vorige start', 'geen stop'
    FROM starts s
    LEFT JOIN (
        SELECT DISTINCT gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum FROM stops
    ) p
        ON p.gemeentecode = s.gemeentecode AND p.wet = s.wet AND p.aanbieder_agb = s.aanbieder_agb
        AND p.client_id = s.client_id AND p.sleutel = s.sleutel AND p.begindatum = s.vorige_begin
    WHERE s.toewijzing_sleutel IS NOT NULL AND s.vorige_begin IS NOT NULL AND p.begindatum IS NULL
    UNION ALL
    SELECT
        bericht_id, regel_nr, toewijzing_sleutel,
        CASE
            WHEN reden = '20' AND tijdelijke > 1 THEN 'TR413'
            WHEN definitieve > 1 OR (reden = '20' AND definitieve > 0) THEN 'TR415'
            ELSE 'TR414'
        END,
        CASE
            WHEN reden = '20' AND tijdelijke > 1 THEN 'één tijdelijke stop per start'
            WHEN definitieve > 1 OR (reden = '20' AND definitieve > 0) THEN 'geen stop na een definitieve stop'
            ELSE 'een einddatum vanaf ' || peil.datum_tekst(laatste_eind)
        END,
        'stop per ' || peil.datum_tekst(einddatum)
    FROM stops
    WHERE toewijzing_sleutel IS NOT NULL AND stop_nr > 1 AND (
        (reden = '20' AND (tijdelijke > 1 OR definitieve > 0)) OR definitieve > 1 OR einddatum < laatste_eind
    )
)
SELECT * FROM bevindingen
