-- Een rij is hoeveel de toegewezen euro's van een levermaand in een maand van kennis veranderden. Elke versie van een
-- toewijzing telt vanaf de maand van ontvangst, tot de maand waarin een nieuwere versie is ontvangen; de som tot en met een
-- maand is wat aan het eind van die maand was toegewezen. Niemand vraagt wat voor 1 januari over een jaar bekend was: die
-- kennis telt in januari. De prijs is het contracttarief van de levermaand, anders de prijs van dat jaar, anders de mediaan
-- van het product.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product, of 'niet gespecificeerd'
--   aanbieder_agb: AGB-code van de aanbieder
--   levermaand: eerste dag van de maand van levering, tot en met december van het jaar van bekend_op
--   bekend_maand: eerste dag van de maand waarin dit bekend werd, niet voor januari van het jaar van levermaand
--   delta_cent: verandering van het toegewezen bedrag [cent]
WITH cellen AS (
    SELECT
        row_number() OVER (
            ORDER BY gemeentecode, wet, productcategorie, productcode, aanbieder_agb, eenheid, zonder_volume
        ) AS cel_nr,
        gemeentecode, wet, productcategorie, productcode, aanbieder_agb, eenheid, zonder_volume
    FROM (
        SELECT DISTINCT
            gemeentecode, wet, coalesce(productcategorie, '-') AS productcategorie, coalesce(productcode, '-') AS productcode,
            aanbieder_agb, coalesce(eenheid, '-') AS eenheid, volume IS NULL AS zonder_volume
        FROM lake.toewijzing
    ) alle
),
versies AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, coalesce(productcategorie, '-') AS productcategorie,
        coalesce(productcode, '-') AS productcode, coalesce(eenheid, '-') AS eenheid, ingangsdatum, einddatum, volume,
        frequentie, budget_cent, CAST(einddatum + INTERVAL 1 DAY AS DATE) AS einde,
        coalesce(reden_wijziging = '13' OR (reden_wijziging = '01' AND einddatum = ingangsdatum), false) AS verwijderd,
        CAST(date_trunc('month', ontvangen_op) AS DATE) AS van_maand,
        CAST(date_trunc('month', min(ontvangen_op) OVER (
            PARTITION BY gemeentecode, wet, toewijzing_sleutel
            ORDER BY toegewezen_op NULLS FIRST, bron DESC, ontvangen_op, bericht_id, regel_nr
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        )) AS DATE) AS tot_maand
    FROM lake.toewijzing
),
geldig AS (
    SELECT
        c.cel_nr, v.ingangsdatum, v.volume, v.frequentie, v.budget_cent, v.van_maand, v.tot_maand,
        coalesce(v.einde, DATE '9999-12-31') AS tot,
        coalesce(v.einde, CAST(v.ingangsdatum + i.spreiding_maanden * INTERVAL 1 MONTH AS DATE)) AS totaal_tot
    FROM versies v
    JOIN peil.instelling i ON true
    JOIN cellen c
        ON c.gemeentecode = v.gemeentecode AND c.wet = v.wet AND c.productcategorie = v.productcategorie
        AND c.productcode = v.productcode AND c.aanbieder_agb = v.aanbieder_agb AND c.eenheid = v.eenheid
        AND c.zonder_volume = (v.volume IS NULL)
    WHERE NOT v.verwijderd AND (v.einde IS NULL OR v.einde > v.ingangsdatum)
        AND (v.tot_maand IS NULL OR v.tot_maand > v.van_maand)
),
ingedeeld AS (
    SELECT
        c.*, m.maand AS levermaand, m.volgende, i.hoofdproduct, i.productgroep,
        CASE WHEN c.zonder_volume THEN 'niet gespecificeerd' ELSE i.product END AS product,
        e.naar, coalesce(e.factor, 6000) AS factor
    FROM cellen c
    JOIN tussen.bereik b ON true
    JOIN peil.kalender m ON m.maand >= b.eerste_levermaand
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = c.gemeentecode AND p.wet = c.wet AND p.categorie_sleutel = c.productcategorie
        AND p.code_sleutel = c.productcode AND p.van <= m.maand AND p.tot > m.maand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    LEFT JOIN tussen.eenheid e ON e.van = c.eenheid AND e.naar = coalesce(p.eenheid, c.eenheid)
),
contract AS (
    SELECT g.cel_nr, g.levermaand, t.tarief_cent * 6000.0 / e.factor AS prijs
    FROM ingedeeld g
    JOIN kern.tarief t
        ON t.gemeentecode = g.gemeentecode AND t.wet = g.wet AND t.aanbieder_agb = g.aanbieder_agb
        AND t.productcode = g.productcode AND coalesce(t.geldig_van, DATE '0001-01-01') < g.volgende
        AND coalesce(t.geldig_tot, DATE '9999-12-31') >= g.levermaand
    JOIN tussen.eenheid e ON e.van = t.eenheid AND e.naar = g.naar
    QUALIFY row_number() OVER (
        PARTITION BY g.cel_nr, g.levermaand ORDER BY t.geldig_van, t.eenheid, t.tarief_cent
    ) = 1
),
per_jaar AS (
    SELECT gemeentecode, wet, productcode, aanbieder_agb, eenheid, year(maand) AS jaar, max(prijs_cent) AS prijs
    FROM tussen.tarief
    GROUP BY gemeentecode, wet, productcode, aanbieder_agb, eenheid, year(maand)
),
per_product AS (
    SELECT gemeentecode, wet, productcode, eenheid, median(prijs_cent) AS prijs
    FROM tussen.tarief
    GROUP BY gemeentecode, wet, productcode, eenheid
),
geprijsd AS (
    SELECT
        g.cel_nr, g.levermaand,
        coalesce(g.factor * CASE WHEN g.naar = '83' THEN 100.0 ELSE coalesce(c.prijs, j.prijs, p.prijs) END / 6000, 0)
            AS prijs_cent
    FROM ingedeeld g
    LEFT JOIN contract c ON c.cel_nr = g.cel_nr AND c.levermaand = g.levermaand
    LEFT JOIN per_jaar j
        ON j.gemeentecode = g.gemeentecode AND j.wet = g.wet AND j.productcode = g.productcode
        AND j.aanbieder_agb = g.aanbieder_agb AND j.eenheid = g.naar AND j.jaar = year(g.levermaand)
    LEFT JOIN per_product p
        ON p.gemeentecode = g.gemeentecode AND p.wet = g.wet AND p.productcode = g.productcode AND p.eenheid = g.naar
),
wisselingen AS (
    SELECT *
    FROM geprijsd
    QUALIFY lag(prijs_cent) OVER (PARTITION BY cel_nr ORDER BY levermaand) IS DISTINCT FROM prijs_cent
),
prijzen AS (
    -- spans of one price: to spread a version over its months comes last, over ten times the rows
    SELECT
        cel_nr, prijs_cent, levermaand AS van,
        coalesce(lead(levermaand) OVER (PARTITION BY cel_nr ORDER BY levermaand), DATE '9999-12-31') AS tot
    FROM wisselingen
),
delen AS (
    SELECT
        g.*, p.prijs_cent,
        greatest(p.van, CAST(date_trunc('month', g.ingangsdatum) AS DATE)) AS deel_van,
        CAST(date_trunc('month', least(
            p.tot, g.tot,
            -- the last year of which this version is still known in January
            coalesce(CAST(date_trunc('year', CAST(g.tot_maand - INTERVAL 1 DAY AS DATE)) + INTERVAL 1 YEAR AS DATE), p.tot),
            k.einde
        ) - INTERVAL 1 DAY) AS DATE) AS deel_laatste
    FROM geldig g
    JOIN prijzen p ON p.cel_nr = g.cel_nr AND p.van < g.tot
    JOIN (SELECT max(volgende) AS einde FROM peil.kalender) k ON true
),
maanden AS (
    SELECT
        d.*, greatest(d.van_maand, CAST(date_trunc('year', m.maand) AS DATE)) AS vanaf, m.maand AS levermaand,
        m.maanddagen, m.jaardagen,
        date_diff('day', greatest(d.ingangsdatum, m.maand), least(d.tot, m.volgende)) AS dagen,
        greatest(0, date_diff('day', greatest(d.ingangsdatum, m.maand), least(d.totaal_tot, m.volgende))) AS totaal_dagen,
        date_diff('day', d.ingangsdatum, d.totaal_tot) AS geldigheid
    FROM delen d
    JOIN tussen.maand_reeks m ON m.eerste = d.deel_van AND m.laatste = d.deel_laatste
),
bedragen AS (
    SELECT
        cel_nr, levermaand, vanaf, tot_maand,
        CAST(round(CASE
            WHEN volume IS NULL THEN coalesce(budget_cent, 0) * 1.0 * totaal_dagen / geldigheid
            WHEN frequentie = '1' THEN volume * prijs_cent * dagen
            WHEN frequentie = '2' THEN volume * prijs_cent * dagen / 7
            WHEN frequentie = '3' THEN volume * prijs_cent * dagen / 28
            WHEN frequentie = '4' THEN volume * prijs_cent * dagen / maanddagen
            WHEN frequentie = '5' THEN volume * prijs_cent * dagen / jaardagen
            ELSE volume * prijs_cent * totaal_dagen / geldigheid
        END) AS BIGINT) AS cent
    FROM maanden
),
tekens AS (
    SELECT 1 AS teken
    UNION ALL
    SELECT -1
),
per_cel AS (
    SELECT
        b.cel_nr, b.levermaand, CASE WHEN t.teken = 1 THEN b.vanaf ELSE b.tot_maand END AS bekend_maand,
        CAST(sum(b.cent * t.teken) AS BIGINT) AS cent
    FROM bedragen b
    JOIN tekens t ON t.teken = 1 OR b.tot_maand IS NOT NULL
    GROUP BY b.cel_nr, b.levermaand, CASE WHEN t.teken = 1 THEN b.vanaf ELSE b.tot_maand END
),
opgeteld AS (
    SELECT
        i.gemeentecode, i.wet, i.hoofdproduct, i.productgroep, i.product, i.aanbieder_agb, p.levermaand, p.bekend_maand,
        CAST(sum(p.cent) AS BIGINT) AS delta_cent
    FROM per_cel p
    JOIN ingedeeld i ON i.cel_nr = p.cel_nr AND i.levermaand = p.levermaand
    WHERE p.cent <> 0
    GROUP BY
        i.gemeentecode, i.wet, i.hoofdproduct, i.productgroep, i.product, i.aanbieder_agb, p.levermaand, p.bekend_maand
)
SELECT * FROM opgeteld
