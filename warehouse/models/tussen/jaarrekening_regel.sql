-- Een rij is de realisatie van een levermaand en taakveld, gesplitst naar het boekjaar waarin zij is geboekt: het jaar van het
-- antwoord, voor zover dat binnen de geboekte perioden valt.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   taakveld: taakveld van het product in de levermaand, 'onbekend' waar de code niet in de producttabel staat
--   productgroep: productgroep van de levermaand
--   levermaand: eerste dag van de maand van levering
--   boekjaar: jaar waarin is geboekt; leeg als dat nog niet zo is
--   ontvangen_jaar: jaar waarin is ingediend
--   realisatie_cent: realisatie [cent]
WITH geboekt_tot AS (
    SELECT gemeentecode, wet, jaar, max(geboekt_op) AS dag
    FROM kern.grootboek
    WHERE soort = 'berichten' AND periode > 0
    GROUP BY gemeentecode, wet, jaar
),
dagen AS (
    SELECT
        gemeentecode, wet, levermaand, coalesce(productcategorie, '-') AS categorie_sleutel,
        coalesce(productcode, '-') AS code_sleutel, CAST(beantwoord_op AS DATE) AS antwoord_op,
        year(ontvangen_op) AS ontvangen_jaar, sum(realisatie_cent) AS realisatie_cent
    FROM kern.declaratieregel
    GROUP BY
        gemeentecode, wet, levermaand, coalesce(productcategorie, '-'), coalesce(productcode, '-'),
        CAST(beantwoord_op AS DATE), year(ontvangen_op)
),
geboekt AS (
    SELECT
        d.*,
        -- without a ledger of that year every answer counts as booked; an answer before the care is booked with the care
        CASE WHEN d.antwoord_op <= coalesce(g.dag, DATE '9999-12-31') THEN greatest(year(d.antwoord_op), year(d.levermaand)) END
            AS boekjaar
    FROM dagen d
    LEFT JOIN geboekt_tot g ON g.gemeentecode = d.gemeentecode AND g.wet = d.wet AND g.jaar = year(d.antwoord_op)
),
per_code AS (
    SELECT
        gemeentecode, wet, levermaand, categorie_sleutel, code_sleutel, boekjaar, ontvangen_jaar,
        sum(realisatie_cent) AS realisatie_cent
    FROM geboekt
    GROUP BY gemeentecode, wet, levermaand, categorie_sleutel, code_sleutel, boekjaar, ontvangen_jaar
),
taakvelden AS (
    SELECT
        gemeentecode, wet, coalesce(productcategorie, '-') AS categorie_sleutel, coalesce(productcode, '-') AS code_sleutel,
        taakveld,
        CASE
            WHEN row_number() OVER (PARTITION BY gemeentecode, wet, productcategorie, productcode ORDER BY geldig_van) = 1
                THEN DATE '0001-01-01'
            ELSE geldig_van
        END AS van,
        coalesce(
            lead(geldig_van) OVER (PARTITION BY gemeentecode, wet, productcategorie, productcode ORDER BY geldig_van),
            DATE '9999-12-31'
        ) AS tot
    FROM kern.product
),
ingedeeld AS (
    SELECT
        c.gemeentecode, c.wet, coalesce(t.taakveld, 'onbekend') AS taakveld, i.productgroep, c.levermaand,
        CAST(c.boekjaar AS BIGINT) AS boekjaar, CAST(c.ontvangen_jaar AS BIGINT) AS ontvangen_jaar,
        CAST(sum(c.realisatie_cent) AS BIGINT) AS realisatie_cent
    FROM per_code c
    LEFT JOIN taakvelden t
        ON t.gemeentecode = c.gemeentecode AND t.wet = c.wet AND t.categorie_sleutel = c.categorie_sleutel
        AND t.code_sleutel = c.code_sleutel AND t.van <= c.levermaand AND t.tot > c.levermaand
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = c.gemeentecode AND p.wet = c.wet AND p.categorie_sleutel = c.categorie_sleutel
        AND p.code_sleutel = c.code_sleutel AND p.van <= c.levermaand AND p.tot > c.levermaand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    GROUP BY
        c.gemeentecode, c.wet, coalesce(t.taakveld, 'onbekend'), i.productgroep, c.levermaand, c.boekjaar, c.ontvangen_jaar
)
SELECT * FROM ingedeeld
