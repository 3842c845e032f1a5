-- Een rij is een cliënt in een maand met de wijk waar die op de 1e woonde.
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   client_nr: volgnummer van de cliënt
--   wijkcode: code van de wijk, 'buiten gemeente' of 'onbekend'
WITH perioden AS (
    SELECT gemeentecode, client_id, begindatum AS van, einddatum AS tot
    FROM kern.levering
    UNION
    SELECT gemeentecode, client_id, ingangsdatum, einde
    FROM tussen.toewijzing
    WHERE NOT verwijderd
),
maanden AS (
    SELECT m.maand, p.gemeentecode, n.client_nr
    FROM perioden p
    JOIN tussen.client_nr n ON n.client_id = p.client_id
    JOIN tussen.bereik b ON true
    JOIN peil.maand m
        ON m.maand >= b.eerste_levermaand AND p.van < m.volgende AND coalesce(p.tot, DATE '9999-12-31') > m.maand
    UNION
    SELECT levermaand, gemeentecode, client_nr
    FROM tussen.regel
),
adressen AS (
    SELECT a.gemeentecode, n.client_nr, a.van, a.tot, a.wijkcode
    FROM tussen.client_adres a
    JOIN tussen.client_nr n ON n.client_id = a.client_id
),
gekoppeld AS (
    SELECT m.maand, m.gemeentecode, m.client_nr, coalesce(a.wijkcode, 'onbekend') AS wijkcode
    FROM maanden m
    LEFT JOIN adressen a
        ON a.gemeentecode = m.gemeentecode AND a.client_nr = m.client_nr AND a.van <= m.maand AND a.tot > m.maand
)
SELECT * FROM gekoppeld
