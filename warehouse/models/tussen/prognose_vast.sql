-- Een rij is een geboekt bedrag dat niet uit berichten volgt (vast, subsidie, pgb, overig), met de maand waarin het bekend werd.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   maand: eerste dag van de boekperiode
--   bekend_maand: eerste dag van de maand van boeking
--   bedrag_cent: geboekt bedrag [cent]
WITH geboekt AS (
    SELECT
        g.gemeentecode, g.wet, coalesce(g.hoofdproduct, 'onbekend') AS hoofdproduct, m.maand,
        CAST(date_trunc('month', g.geboekt_op) AS DATE) AS bekend_maand,
        CAST(sum(g.bedrag_cent) AS BIGINT) AS bedrag_cent
    FROM kern.grootboek g
    JOIN peil.kalender m ON m.jaar = g.jaar AND month(m.maand) = g.periode
    WHERE g.soort NOT IN ('berichten', 'overlopend') AND g.geboekt_op IS NOT NULL
    GROUP BY
        g.gemeentecode, g.wet, coalesce(g.hoofdproduct, 'onbekend'), m.maand,
        CAST(date_trunc('month', g.geboekt_op) AS DATE)
)
SELECT * FROM geboekt
