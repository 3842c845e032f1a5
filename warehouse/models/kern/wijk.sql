-- Een rij is een wijk in een jaar, met haar plaats op de tegelkaart; 'buiten gemeente' en 'onbekend' zijn eigen wijken.
-- Volgorde: jaar, wijkcode
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar van de indeling
--   wijkcode: code van de wijk
--   wijknaam: naam van de wijk
--   stadsdeel: stadsdeel waarin de wijk ligt
--   rij: rij op de tegelkaart, leeg voor de wijken zonder plaats
--   kolom: kolom op de tegelkaart
WITH bekend AS (
    SELECT gemeentecode, jaar, wijkcode, wijknaam, stadsdeel, rij, kolom
    FROM lake.wijk
    QUALIFY row_number() OVER (PARTITION BY gemeentecode, jaar, wijkcode ORDER BY bericht_id DESC, regel_nr DESC) = 1
),
jaren AS (
    SELECT DISTINCT gemeentecode, jaar FROM bekend
    UNION
    SELECT DISTINCT r.gemeentecode, CAST(year(p.bekend_op) AS BIGINT)
    FROM kern.client_wijk r
    JOIN peil.bekend p ON true
    WHERE NOT EXISTS (SELECT 1 FROM bekend b WHERE b.gemeentecode = r.gemeentecode)
),
buiten AS (
    SELECT
        gemeentecode, jaar, 'buiten gemeente' AS wijkcode, 'buiten gemeente' AS wijknaam,
        'buiten gemeente' AS stadsdeel, CAST(NULL AS BIGINT) AS rij, CAST(NULL AS BIGINT) AS kolom
    FROM jaren
    UNION ALL
    SELECT gemeentecode, jaar, 'onbekend', 'onbekend', 'onbekend', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
    FROM jaren
),
samen AS (
    SELECT * FROM bekend WHERE wijkcode NOT IN ('buiten gemeente', 'onbekend')
    UNION ALL
    SELECT * FROM buiten
)
SELECT * FROM samen
