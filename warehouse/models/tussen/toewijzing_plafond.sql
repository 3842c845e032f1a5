-- Een rij is een maand van een toewijzing met het volume dat er ten hoogste in mag worden gedeclareerd (NASLAG 4.2). Dat is meer
-- dan wordt verwacht: een week die in twee maanden valt telt in beide.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   toewijzing_sleutel: sleutel van de toewijzing
--   maand: eerste dag van de maand
--   maximum: grootste volume, leeg bij een totaal: dat heeft alleen een grens over het geheel [eenheid van de toewijzing]
WITH maanden AS (
    SELECT
        g.gemeentecode, g.wet, g.toewijzing_sleutel, g.manier, g.volume, g.ingangsdatum, g.einddatum, g.extra_zondag, m.maand,
        greatest(g.ingangsdatum, m.maand) AS eerste,
        least(coalesce(g.einddatum, DATE '9999-12-31'), CAST(m.volgende - INTERVAL 1 DAY AS DATE)) AS laatste
    FROM tussen.controle_grens g
    JOIN tussen.bereik b ON true
    JOIN peil.bekend k ON true
    JOIN peil.maand m
        ON m.maand >= b.eerste_levermaand AND m.maand <= k.laatste_levermaand AND g.ingangsdatum < m.volgende
        AND coalesce(g.einddatum, DATE '9999-12-31') >= m.maand
    WHERE g.volume IS NOT NULL AND (g.einddatum IS NULL OR g.einddatum >= g.ingangsdatum)
),
grenzen AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, maand,
        CAST(CASE manier
            WHEN 'dag' THEN volume * (date_diff('day', eerste, laatste) + 1)
            WHEN 'huishouden' THEN 6 * volume
            WHEN 'maand' THEN volume
            WHEN 'week' THEN volume * round(
                date_diff('day', date_trunc('week', eerste), date_trunc('week', laatste)) / 7 + 1
            )
            WHEN 'zondag' THEN volume * round(
                date_diff('day', date_trunc('week', eerste), date_trunc('week', laatste + INTERVAL 1 DAY)) / 7
                + CASE
                    WHEN extra_zondag >= eerste AND extra_zondag <= laatste THEN 1
                    -- shorter than a week without a Sunday: the one week counts in the month it ends in
                    WHEN extra_zondag < ingangsdatum AND laatste = einddatum THEN 1
                    ELSE 0
                END
            )
        END AS DECIMAL(24, 6)) AS maximum
    FROM maanden
)
SELECT * FROM grenzen
