-- Een rij is een post van de jaarrekening per wet en taakveld: uit de berichten of uit het grootboek.
-- Kolommen:
--   boekjaar: boekjaar
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   taakveld: taakveld van de begroting (BBV)
--   post: eigen jaar, oude jaren, ingediend, later ingediend, te verwachten, of grootboek met de soort erbij
--   bedrag_cent: bedrag [cent]
--   standaardfout_cent: standaardfout, alleen bij te verwachten [cent]
WITH lever AS (
    SELECT
        gemeentecode, wet, taakveld, productgroep, levermaand, CAST(year(levermaand) AS BIGINT) AS leverjaar, boekjaar,
        in_leverjaar, realisatie_cent
    FROM tussen.jaarrekening_regel
),
-- a productgroep has more than one taakveld: what is to come is shared out as what came
opgeteld_taakveld AS (
    SELECT gemeentecode, wet, productgroep, levermaand, taakveld, sum(realisatie_cent) AS cent
    FROM lever
    GROUP BY gemeentecode, wet, productgroep, levermaand, taakveld
),
deel AS (
    SELECT
        gemeentecode, wet, productgroep, levermaand, taakveld, cent,
        sum(cent) OVER (PARTITION BY gemeentecode, wet, productgroep, levermaand) AS totaal,
        row_number() OVER (
            PARTITION BY gemeentecode, wet, productgroep, levermaand ORDER BY cent DESC, taakveld
        ) AS volgnummer
    FROM opgeteld_taakveld
),
fracties AS (
    SELECT
        gemeentecode, wet, productgroep, levermaand, taakveld,
        CASE
            WHEN totaal > 0 THEN CAST(cent AS DOUBLE) / totaal
            WHEN volgnummer = 1 THEN 1.0
            ELSE 0.0
        END AS fractie
    FROM deel
),
verwacht AS (
    SELECT
        CAST(year(n.levermaand) AS BIGINT) AS boekjaar, n.gemeentecode, n.wet, coalesce(f.taakveld, 'onbekend') AS taakveld,
        (n.ultimate_cent - n.gerapporteerd_cent) * coalesce(f.fractie, 1.0) AS bedrag_cent,
        n.standaardfout_cent * abs(coalesce(f.fractie, 1.0)) AS standaardfout_cent
    FROM tussen.nagekomen n
    LEFT JOIN fracties f
        ON f.gemeentecode = n.gemeentecode AND f.wet = n.wet AND f.productgroep = n.productgroep
        -- of the month that has just passed nothing is declared yet: its taakvelden are those of the month before
        AND f.levermaand = CASE
            WHEN n.leeftijd_maanden = 0 THEN CAST(n.levermaand - INTERVAL 1 MONTH AS DATE)
            ELSE n.levermaand
        END
    WHERE n.aanbieder_agb IS NULL
),
posten AS (
    SELECT boekjaar, gemeentecode, wet, taakveld, 'eigen jaar' AS post, realisatie_cent AS bedrag_cent, 0 AS standaardfout_cent
    FROM lever
    WHERE boekjaar = leverjaar
    UNION ALL
    SELECT boekjaar, gemeentecode, wet, taakveld, 'oude jaren', realisatie_cent, 0
    FROM lever
    WHERE boekjaar > leverjaar
    UNION ALL
    SELECT leverjaar, gemeentecode, wet, taakveld, CASE WHEN in_leverjaar THEN 'ingediend' ELSE 'later ingediend' END,
        realisatie_cent, 0
    FROM lever
    WHERE boekjaar IS NULL OR boekjaar > leverjaar
    UNION ALL
    SELECT boekjaar, gemeentecode, wet, taakveld, 'te verwachten', bedrag_cent, standaardfout_cent
    FROM verwacht
    UNION ALL
    SELECT g.jaar, g.gemeentecode, g.wet, coalesce(g.taakveld, 'onbekend'), 'grootboek ' || g.soort, g.bedrag_cent, 0
    FROM kern.grootboek g
    JOIN tussen.bereik b ON g.jaar >= year(b.eerste_levermaand)
),
opgeteld AS (
    SELECT
        boekjaar, gemeentecode, wet, taakveld, post, CAST(round(sum(bedrag_cent)) AS BIGINT) AS bedrag_cent,
        CASE WHEN post = 'te verwachten' THEN CAST(round(sum(standaardfout_cent)) AS BIGINT) END AS standaardfout_cent
    FROM posten
    GROUP BY boekjaar, gemeentecode, wet, taakveld, post
)
SELECT * FROM opgeteld
