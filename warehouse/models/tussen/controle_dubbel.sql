-- Een rij is een debetregel voor een toewijzing, product en productperiode waarvoor al een debetregel was ontvangen die niet
-- is afgekeurd en op dat moment niet was gecrediteerd (TR389, en TR416 binnen één bericht). Credits gaan voor debets. Een
-- afgekeurde regel bezet de periode niet.
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   regel: nummer van de regel in de standaard
--   verwacht: wat de regel verwacht
--   gevonden: wat er in de declaratieregel staat
WITH vaker AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, productcode, periode_begin
    FROM kern.declaratieregel
    WHERE debet_credit = 'D' AND toewijzing_sleutel IS NOT NULL
    GROUP BY gemeentecode, wet, toewijzing_sleutel, productcode, periode_begin
    HAVING count(*) > 1
),
regels AS (
    SELECT
        r.bericht_id, r.regel_nr, r.gemeentecode, r.wet, r.toewijzing_sleutel, r.productcategorie, r.productcode,
        r.periode_begin, r.periode_eind, r.debet_credit, r.ontvangen_op,
        CASE WHEN r.bron = 'bericht' THEN r.bericht_id ELSE coalesce(r.declaratienummer, r.bericht_id) END AS zending,
        CASE WHEN r.status = 'afgekeurd' THEN 0 WHEN r.debet_credit = 'D' THEN 1 ELSE -1 END AS telt
    FROM kern.declaratieregel r
    JOIN vaker v
        ON v.gemeentecode = r.gemeentecode AND v.wet = r.wet AND v.toewijzing_sleutel = r.toewijzing_sleutel
        AND v.periode_begin = r.periode_begin AND coalesce(v.productcode, '') = coalesce(r.productcode, '')
),
standen AS (
    SELECT
        *,
        sum(telt) OVER (
            PARTITION BY gemeentecode, wet, toewijzing_sleutel, productcategorie, productcode, periode_begin, periode_eind
            ORDER BY ontvangen_op, CASE WHEN debet_credit = 'C' THEN 0 ELSE 1 END, bericht_id, regel_nr
        ) - telt AS eerder,
        sum(telt) OVER (
            PARTITION BY
                gemeentecode, wet, toewijzing_sleutel, productcategorie, productcode, periode_begin, periode_eind, zending
            ORDER BY ontvangen_op, CASE WHEN debet_credit = 'C' THEN 0 ELSE 1 END, bericht_id, regel_nr
        ) - telt AS eerder_in_zending
    FROM regels
),
dubbel AS (
    SELECT
        bericht_id, regel_nr,
        CASE WHEN eerder_in_zending > 0 THEN 'TR416' ELSE 'TR389' END AS regel,
        'één debetregel per toewijzing, product en periode' AS verwacht,
        CASE
            WHEN eerder_in_zending > 0 THEN 'een tweede debetregel in hetzelfde bericht'
            ELSE 'een eerdere debetregel die niet is gecrediteerd'
        END AS gevonden
    FROM standen
    WHERE debet_credit = 'D' AND eerder > 0
)
SELECT * FROM dubbel
