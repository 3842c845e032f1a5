-- Een rij is een post van de jaarrekening per wet en taakveld: uit de berichten of uit het grootboek. Wat van een leverjaar aan
-- het eind van een boekjaar nog open is staat dan als overlopend, elk jaar opnieuw zolang het open is, en is een jaar later de
-- terugname.
-- Kolommen:
--   boekjaar: boekjaar
--   leverjaar: jaar van levering, leeg bij het grootboek
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   taakveld: taakveld van de begroting (BBV)
--   post: eigen jaar, oude jaren, ingediend, later ingediend, te verwachten, terugname, of grootboek met de soort erbij
--   bedrag_cent: bedrag [cent]
--   standaardfout_cent: standaardfout, alleen bij te verwachten [cent]
WITH lever AS (
    SELECT
        gemeentecode, wet, taakveld, productgroep, levermaand, CAST(year(levermaand) AS BIGINT) AS leverjaar, boekjaar,
        ontvangen_jaar, realisatie_cent
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
verwacht_maand AS (
    SELECT
        CAST(year(n.levermaand) AS BIGINT) AS leverjaar, n.gemeentecode, n.wet, coalesce(f.taakveld, 'onbekend') AS taakveld,
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
-- rounded before it is repeated, so that what closes one year opens the next
verwacht AS (
    SELECT
        leverjaar, gemeentecode, wet, taakveld, CAST(round(sum(bedrag_cent)) AS BIGINT) AS bedrag_cent,
        CAST(round(sum(standaardfout_cent)) AS BIGINT) AS standaardfout_cent
    FROM verwacht_maand
    GROUP BY leverjaar, gemeentecode, wet, taakveld
),
lever_jaar AS (
    SELECT gemeentecode, wet, taakveld, leverjaar, boekjaar, ontvangen_jaar, sum(realisatie_cent) AS realisatie_cent
    FROM lever
    GROUP BY gemeentecode, wet, taakveld, leverjaar, boekjaar, ontvangen_jaar
),
jaren AS (
    SELECT jaar, max(jaar) OVER () AS laatste_jaar
    FROM (SELECT DISTINCT jaar FROM peil.kalender) k
),
open_eind AS (
    SELECT
        j.jaar AS boekjaar, j.laatste_jaar, r.leverjaar, r.gemeentecode, r.wet, r.taakveld,
        CASE WHEN r.ontvangen_jaar <= j.jaar THEN 'ingediend' ELSE 'later ingediend' END AS post,
        r.realisatie_cent AS bedrag_cent, 0 AS standaardfout_cent
    FROM lever_jaar r
    JOIN jaren j ON j.jaar >= r.leverjaar AND (r.boekjaar IS NULL OR j.jaar < r.boekjaar)
    WHERE r.realisatie_cent <> 0
    UNION ALL
    -- care that is declared before the calendar reaches it is open at the end of its own year only
    SELECT r.leverjaar, j.jaar, r.leverjaar, r.gemeentecode, r.wet, r.taakveld, 'ingediend', r.realisatie_cent,
        0
    FROM lever_jaar r
    JOIN jaren j ON j.jaar = j.laatste_jaar AND r.leverjaar > j.jaar
    WHERE r.boekjaar IS NULL AND r.realisatie_cent <> 0
    UNION ALL
    SELECT j.jaar, j.laatste_jaar, v.leverjaar, v.gemeentecode, v.wet, v.taakveld, 'te verwachten',
        v.bedrag_cent, v.standaardfout_cent
    FROM verwacht v
    JOIN jaren j ON j.jaar >= v.leverjaar
    WHERE v.bedrag_cent <> 0 OR v.standaardfout_cent <> 0
),
posten AS (
    SELECT
        boekjaar, leverjaar, gemeentecode, wet, taakveld,
        CASE WHEN boekjaar = leverjaar THEN 'eigen jaar' ELSE 'oude jaren' END AS post,
        realisatie_cent AS bedrag_cent, 0 AS standaardfout_cent
    FROM lever_jaar
    WHERE boekjaar IS NOT NULL
    UNION ALL
    SELECT boekjaar, leverjaar, gemeentecode, wet, taakveld, post, bedrag_cent, standaardfout_cent
    FROM open_eind
    UNION ALL
    SELECT boekjaar + 1, leverjaar, gemeentecode, wet, taakveld, 'terugname', -bedrag_cent, 0
    FROM open_eind
    WHERE boekjaar < laatste_jaar
    UNION ALL
    SELECT g.jaar, NULL, g.gemeentecode, g.wet, coalesce(g.taakveld, 'onbekend'), 'grootboek ' || g.soort, g.bedrag_cent, 0
    FROM kern.grootboek g
    JOIN tussen.bereik b ON g.jaar >= year(b.eerste_levermaand)
),
opgeteld AS (
    SELECT
        boekjaar, leverjaar, gemeentecode, wet, taakveld, post, CAST(sum(bedrag_cent) AS BIGINT) AS bedrag_cent,
        CASE WHEN post = 'te verwachten' THEN CAST(sum(standaardfout_cent) AS BIGINT) END AS standaardfout_cent
    FROM posten
    GROUP BY boekjaar, leverjaar, gemeentecode, wet, taakveld, post
)
SELECT * FROM opgeteld
