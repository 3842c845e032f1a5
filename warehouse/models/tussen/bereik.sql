-- Een rij: de eerste maand waarover de snapshot gaat.
-- Kolommen:
--   eerste_levermaand: eerste maand waarin is geleverd; zonder declaraties de eerste maand van een toewijzing
WITH maanden AS (
    SELECT 1 AS voorrang, min(levermaand) AS maand
    FROM kern.declaratieregel
    UNION ALL
    SELECT 2, CAST(date_trunc('month', min(ingangsdatum)) AS DATE)
    FROM kern.toewijzing
    UNION ALL
    SELECT 3, laatste_maand
    FROM peil.bekend
),
eerste AS (
    SELECT maand AS eerste_levermaand
    FROM maanden
    WHERE maand IS NOT NULL
    ORDER BY voorrang
    LIMIT 1
)
SELECT * FROM eerste
