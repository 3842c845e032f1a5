-- Een rij is het soort verwijzer van een toewijzing. Het 301 noemt geen verwijzer; gezocht wordt in deze volgorde: de nieuwste
-- versie van de toewijzing die er een noemt (extract), het verzoek om toewijzing (315) waar de toewijzing naar verwijst, en de
-- melding bij de toegang waar de toewijzing uit volgde.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   toewijzing_sleutel: sleutel van de toewijzing
--   verwijzer: soort verwijzer, 'onbekend' waar die nergens staat
WITH versies AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, 1 AS voorrang, verwijzer, ontvangen_op, bericht_id, regel_nr
    FROM lake.toewijzing
    WHERE verwijzer IS NOT NULL
),
verzoeken AS (
    SELECT
        t.gemeentecode, t.wet, t.toewijzing_sleutel, 2 AS voorrang, v.verwijzer, v.ontvangen_op, v.bericht_id, v.regel_nr
    FROM lake.toewijzing t
    JOIN lake.verzoek v
        ON v.gemeentecode = t.gemeentecode AND v.wet = t.wet AND v.aanbieder_agb = t.aanbieder_agb
        AND v.client_id = t.client_id AND v.referentie_sleutel = t.referentie_sleutel
    WHERE v.verwijzer IS NOT NULL AND v.berichttype LIKE '%315'
),
meldingen AS (
    SELECT
        t.gemeentecode, t.wet, t.toewijzing_sleutel, 3 AS voorrang, m.verwijzer, CAST(m.melding_op AS TIMESTAMP) AS ontvangen_op,
        m.melding_id AS bericht_id, CAST(0 AS BIGINT) AS regel_nr
    FROM kern.melding m
    JOIN (
        SELECT DISTINCT gemeentecode, wet, toewijzing_sleutel, toewijzing_nummer, client_id FROM lake.toewijzing
    ) t
        ON t.gemeentecode = m.gemeentecode AND t.wet = m.wet AND t.toewijzing_nummer = m.toewijzing_nummer
        AND t.client_id = m.client_id
    WHERE m.verwijzer IS NOT NULL
),
samen AS (
    SELECT * FROM versies
    UNION ALL
    SELECT * FROM verzoeken
    UNION ALL
    SELECT * FROM meldingen
),
gekozen AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, verwijzer
    FROM samen
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, wet, toewijzing_sleutel
        ORDER BY voorrang, ontvangen_op DESC, bericht_id DESC, regel_nr DESC
    ) = 1
),
benoemd AS (
    SELECT t.gemeentecode, t.wet, t.toewijzing_sleutel, coalesce(s.naam, 'onbekend') AS verwijzer
    FROM kern.toewijzing t
    LEFT JOIN gekozen g
        ON g.gemeentecode = t.gemeentecode AND g.wet = t.wet AND g.toewijzing_sleutel = t.toewijzing_sleutel
    LEFT JOIN tussen.verwijzer_soort s ON s.code = g.verwijzer
)
SELECT * FROM benoemd
