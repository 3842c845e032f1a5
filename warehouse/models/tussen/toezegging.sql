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
WITH versies AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, aanbieder_agb, productcategorie, productcode, ingangsdatum,
        CAST(einddatum + INTERVAL 1 DAY AS DATE) AS einde,
        volume, eenheid, frequentie, budget_cent,
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
        v.gemeentecode, v.wet, v.aanbieder_agb, v.productcategorie, v.productcode, v.ingangsdatum, v.volume, v.eenheid,
        v.frequentie, v.budget_cent, v.van_maand, v.tot_maand,
        coalesce(v.einde, DATE '9999-12-31') AS tot,
        coalesce(v.einde, CAST(v.ingangsdatum + i.spreiding_maanden * INTERVAL 1 MONTH AS DATE)) AS totaal_tot
    FROM versies v
    JOIN peil.instelling i ON true
    WHERE NOT v.verwijderd AND (v.einde IS NULL OR v.einde > v.ingangsdatum)
        AND (v.tot_maand IS NULL OR v.tot_maand > v.van_maand)
),
maanden AS (
    SELECT
        g.*, greatest(g.van_maand, CAST(date_trunc('year', m.maand) AS DATE)) AS vanaf, m.maand AS levermaand, m.dagen AS maanddagen, m.jaardagen,
        date_diff('day', greatest(g.ingangsdatum, m.maand), least(g.tot, m.volgende)) AS dagen,
        greatest(0, date_diff('day', greatest(g.ingangsdatum, m.maand), least(g.totaal_tot, m.volgende))) AS totaal_dagen,
        date_diff('day', g.ingangsdatum, g.totaal_tot) AS geldigheid
    FROM geldig g
    JOIN tussen.bereik b ON true
    JOIN peil.kalender m
        ON m.maand >= b.eerste_levermaand AND g.ingangsdatum < m.volgende AND g.tot > m.maand
        AND (g.tot_maand IS NULL OR g.tot_maand > CAST(date_trunc('year', m.maand) AS DATE))
),
volumes AS (
    SELECT
        gemeentecode, wet, productcategorie, productcode, aanbieder_agb, eenheid, levermaand, vanaf AS van_maand, tot_maand,
        sum(CASE frequentie
            WHEN '1' THEN volume * 1.0 * dagen
            WHEN '2' THEN volume * 1.0 * dagen / 7
            WHEN '3' THEN volume * 1.0 * dagen / 28
            WHEN '4' THEN volume * 1.0 * dagen / maanddagen
            WHEN '5' THEN volume * 1.0 * dagen / jaardagen
            ELSE volume * 1.0 * totaal_dagen / geldigheid
        END) AS volume,
        sum(CASE WHEN volume IS NULL THEN budget_cent * 1.0 * totaal_dagen / geldigheid END) AS budget
    FROM maanden
    GROUP BY gemeentecode, wet, productcategorie, productcode, aanbieder_agb, eenheid, levermaand, vanaf, tot_maand
),
gevraagd AS (
    SELECT DISTINCT v.gemeentecode, v.wet, v.productcategorie, v.productcode, v.aanbieder_agb, v.eenheid, v.levermaand
    FROM volumes v
),
ingedeeld AS (
    SELECT
        g.gemeentecode, g.wet, g.productcategorie, g.productcode, g.aanbieder_agb, g.eenheid, g.levermaand,
        i.hoofdproduct, i.productgroep, i.product, e.naar, e.factor
    FROM gevraagd g
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = g.gemeentecode AND p.wet = g.wet
        AND p.categorie_sleutel = coalesce(g.productcategorie, '-') AND p.code_sleutel = coalesce(g.productcode, '-')
        AND p.van <= g.levermaand AND p.tot > g.levermaand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    LEFT JOIN tussen.eenheid e ON e.van = g.eenheid AND e.naar = coalesce(p.eenheid, g.eenheid)
),
contract AS (
    SELECT
        g.gemeentecode, g.wet, g.productcode, g.aanbieder_agb, g.naar, g.levermaand, t.tarief_cent * 6000.0 / e.factor AS prijs
    FROM (SELECT DISTINCT gemeentecode, wet, productcode, aanbieder_agb, naar, levermaand FROM ingedeeld) g
    JOIN kern.tarief t
        ON t.gemeentecode = g.gemeentecode AND t.wet = g.wet AND t.aanbieder_agb = g.aanbieder_agb
        AND t.productcode = g.productcode
        AND coalesce(t.geldig_van, DATE '0001-01-01') < CAST(g.levermaand + INTERVAL 1 MONTH AS DATE)
        AND coalesce(t.geldig_tot, DATE '9999-12-31') >= g.levermaand
    JOIN tussen.eenheid e ON e.van = t.eenheid AND e.naar = g.naar
    QUALIFY row_number() OVER (
        PARTITION BY g.gemeentecode, g.wet, g.productcode, g.aanbieder_agb, g.naar, g.levermaand
        ORDER BY t.geldig_van, t.eenheid, t.tarief_cent
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
        g.gemeentecode, g.wet, g.productcategorie, g.productcode, g.aanbieder_agb, g.eenheid, g.levermaand, g.hoofdproduct,
        g.productgroep, g.product,
        coalesce(g.factor, 6000) * CASE WHEN g.naar = '83' THEN 100.0 ELSE coalesce(c.prijs, j.prijs, p.prijs) END / 6000
            AS prijs_cent
    FROM ingedeeld g
    LEFT JOIN contract c
        ON c.gemeentecode = g.gemeentecode AND c.wet = g.wet AND c.productcode = g.productcode
        AND c.aanbieder_agb = g.aanbieder_agb AND c.naar = g.naar AND c.levermaand = g.levermaand
    LEFT JOIN per_jaar j
        ON j.gemeentecode = g.gemeentecode AND j.wet = g.wet AND j.productcode = g.productcode
        AND j.aanbieder_agb = g.aanbieder_agb AND j.eenheid = g.naar AND j.jaar = year(g.levermaand)
    LEFT JOIN per_product p
        ON p.gemeentecode = g.gemeentecode AND p.wet = g.wet AND p.productcode = g.productcode AND p.eenheid = g.naar
),
bedragen AS (
    SELECT
        v.gemeentecode, v.wet, g.hoofdproduct, g.productgroep,
        CASE WHEN v.volume IS NULL THEN 'niet gespecificeerd' ELSE g.product END AS product,
        v.aanbieder_agb, v.levermaand, v.van_maand, v.tot_maand,
        CAST(round(coalesce(v.volume * g.prijs_cent, 0) + coalesce(v.budget, 0)) AS BIGINT) AS cent
    FROM volumes v
    JOIN geprijsd g
        ON g.gemeentecode = v.gemeentecode AND g.wet = v.wet
        AND coalesce(g.productcategorie, '-') = coalesce(v.productcategorie, '-')
        AND coalesce(g.productcode, '-') = coalesce(v.productcode, '-') AND g.aanbieder_agb = v.aanbieder_agb
        AND coalesce(g.eenheid, '-') = coalesce(v.eenheid, '-') AND g.levermaand = v.levermaand
),
veranderingen AS (
    SELECT gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb, levermaand, van_maand AS bekend_maand, cent
    FROM bedragen
    UNION ALL
    SELECT gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb, levermaand, tot_maand, -cent
    FROM bedragen
    WHERE tot_maand IS NOT NULL
),
opgeteld AS (
    SELECT
        gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb, levermaand, bekend_maand,
        CAST(sum(cent) AS BIGINT) AS delta_cent
    FROM veranderingen
    GROUP BY gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb, levermaand, bekend_maand
)
SELECT * FROM opgeteld
