-- Een rij is een cliënt in een maand met de wijk waar die op de 1e woonde, zoals bekend op bekend_op; zonder adres op
-- die dag geldt het eerste adres daarna. Alleen maanden met een declaratie, een levering of een toewijzing.
-- Volgorde: client_id, maand
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   client_id: pseudoniem van de cliënt
--   wijkcode: code van de wijk, 'buiten gemeente' of 'onbekend'
WITH perioden AS (
    SELECT gemeentecode, client_id, begindatum AS van, einddatum AS tot
    FROM kern.levering
    UNION ALL
    SELECT gemeentecode, client_id, ingangsdatum, einde
    FROM tussen.toewijzing
    WHERE NOT verwijderd
),
maanden AS (
    SELECT m.maand, p.gemeentecode, p.client_id
    FROM perioden p
    JOIN tussen.bereik b ON true
    JOIN peil.maand m
        ON m.maand >= b.eerste_levermaand AND p.van < m.volgende AND coalesce(p.tot, DATE '9999-12-31') > m.maand
    UNION
    SELECT levermaand, gemeentecode, client_id
    FROM tussen.regel
),
gekoppeld AS (
    SELECT m.maand, m.gemeentecode, m.client_id, coalesce(a.wijkcode, 'onbekend') AS wijkcode
    FROM maanden m
    LEFT JOIN tussen.client_adres a
        ON a.gemeentecode = m.gemeentecode AND a.client_id = m.client_id AND a.van <= m.maand AND a.tot > m.maand
)
SELECT * FROM gekoppeld
