-- Een rij is een geboekt bedrag dat niet uit berichten volgt (vast, subsidie, pgb, overig), met de maand waarin het bekend werd.
-- Een bedrag van het hele jaar (periode 0) staat in de maand van boeking, of anders in de maand van het jaar die daar het dichtst
-- bij ligt.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   taakveld: taakveld van de begroting (BBV)
--   soort: vast, subsidie, pgb of overig
--   maand: eerste dag van de boekperiode
--   bekend_maand: eerste dag van de maand van boeking
--   bedrag_cent: geboekt bedrag [cent]
WITH perioden AS (
    SELECT
        gemeentecode, wet, coalesce(hoofdproduct, 'onbekend') AS hoofdproduct, taakveld, soort, jaar, geboekt_op, bedrag_cent,
        CASE
            WHEN periode > 0 THEN periode
            WHEN year(geboekt_op) < jaar THEN 1
            WHEN year(geboekt_op) > jaar THEN 12
            ELSE month(geboekt_op)
        END AS periode
    FROM kern.grootboek
    WHERE soort NOT IN ('berichten', 'overlopend') AND geboekt_op IS NOT NULL
),
geboekt AS (
    SELECT
        p.gemeentecode, p.wet, p.hoofdproduct, p.taakveld, p.soort, m.maand,
        CAST(date_trunc('month', p.geboekt_op) AS DATE) AS bekend_maand,
        CAST(sum(p.bedrag_cent) AS BIGINT) AS bedrag_cent
    FROM perioden p
    JOIN peil.kalender m ON m.jaar = p.jaar AND month(m.maand) = p.periode
    GROUP BY
        p.gemeentecode, p.wet, p.hoofdproduct, p.taakveld, p.soort, m.maand,
        CAST(date_trunc('month', p.geboekt_op) AS DATE)
)
SELECT * FROM geboekt
