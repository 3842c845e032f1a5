-- Een rij is wat op een toewijzing in een jaar nog kan worden geleverd na de laatste volledige levermaand, tot het eind van het
-- jaar van bekend_op: wat is toegewezen min wat daarvan al is geleverd, nooit onder nul. Een totaal of budget is wat ervan over
-- is, gelijk verdeeld over de dagen tot zijn einde. De prijs is het contracttarief van elke maand, anders de laatst bekende
-- prijs van de aanbieder, anders de mediaan van het product.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   toewijzing_sleutel: sleutel van de toewijzing
--   jaar: jaar van levering
--   rest_cent: toegewezen en nog niet geleverd, tegen de prijs [cent]
--   verplichting_cent: deel daarvan dat naar verwachting wordt geleverd [cent]
WITH over AS (
    SELECT
        b.gemeentecode, b.wet, b.toewijzing_sleutel, b.aanbieder_agb, b.productcode, b.eenheid, b.productgroep, b.product,
        b.frequentie, b.volume, b.budget_cent, b.ingangsdatum,
        CASE WHEN b.volume IS NULL OR b.frequentie = '6' THEN b.totaal_tot ELSE b.tot END AS tot,
        CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE) AS vanaf
    FROM tussen.toewijzing_basis b
    JOIN peil.bekend k ON b.tot > CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)
    WHERE b.volume > 0 OR b.budget_cent > 0
),
geleverd AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, sum(voor_6000) AS voor_6000, sum(voor_cent) AS voor_cent
    FROM tussen.toewijzing_geleverd
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
maanden AS (
    SELECT
        o.*, m.maand, m.jaar, m.dagen AS maanddagen, m.jaardagen,
        date_diff('day', greatest(o.ingangsdatum, m.maand), least(o.tot, m.volgende)) AS dagen,
        date_diff('day', greatest(o.ingangsdatum, o.vanaf), o.tot) AS resterend,
        greatest(0, o.volume - coalesce(g.voor_6000, 0) / 6000.0) AS over_volume,
        greatest(0, o.budget_cent - coalesce(g.voor_cent, 0)) AS over_cent
    FROM over o
    JOIN peil.kalender m ON m.maand >= o.vanaf AND o.ingangsdatum < m.volgende AND o.tot > m.maand
    LEFT JOIN geleverd g
        ON g.gemeentecode = o.gemeentecode AND g.wet = o.wet AND g.toewijzing_sleutel = o.toewijzing_sleutel
),
gevraagd AS (
    SELECT DISTINCT gemeentecode, wet, aanbieder_agb, productcode, eenheid, maand
    FROM maanden
    WHERE volume IS NOT NULL
),
contract AS (
    SELECT
        g.gemeentecode, g.wet, g.aanbieder_agb, g.productcode, g.eenheid, g.maand, t.tarief_cent * 6000.0 / e.factor AS prijs
    FROM gevraagd g
    JOIN kern.tarief t
        ON t.gemeentecode = g.gemeentecode AND t.wet = g.wet AND t.aanbieder_agb = g.aanbieder_agb
        AND t.productcode = g.productcode
        AND coalesce(t.geldig_van, DATE '0001-01-01') < CAST(g.maand + INTERVAL 1 MONTH AS DATE)
        AND coalesce(t.geldig_tot, DATE '9999-12-31') >= g.maand
    JOIN tussen.eenheid e ON e.van = t.eenheid AND e.naar = g.eenheid
    QUALIFY row_number() OVER (
        PARTITION BY g.gemeentecode, g.wet, g.aanbieder_agb, g.productcode, g.eenheid, g.maand
        ORDER BY t.geldig_van, t.eenheid, t.tarief_cent
    ) = 1
),
laatst_bekend AS (
    SELECT gemeentecode, wet, aanbieder_agb, productcode, eenheid, prijs_cent AS prijs
    FROM tussen.tarief
    WHERE prijs_cent IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, wet, aanbieder_agb, productcode, eenheid ORDER BY maand DESC
    ) = 1
),
per_product AS (
    SELECT gemeentecode, wet, productcode, eenheid, median(prijs) AS prijs
    FROM laatst_bekend
    GROUP BY gemeentecode, wet, productcode, eenheid
),
geprijsd AS (
    SELECT
        g.gemeentecode, g.wet, g.aanbieder_agb, g.productcode, g.eenheid, g.maand,
        CASE WHEN g.eenheid = '83' THEN 100.0 ELSE coalesce(c.prijs, l.prijs, p.prijs) END AS prijs_cent
    FROM gevraagd g
    LEFT JOIN contract c
        ON c.gemeentecode = g.gemeentecode AND c.wet = g.wet AND c.aanbieder_agb = g.aanbieder_agb
        AND c.productcode = g.productcode AND c.eenheid = g.eenheid AND c.maand = g.maand
    LEFT JOIN laatst_bekend l
        ON l.gemeentecode = g.gemeentecode AND l.wet = g.wet AND l.aanbieder_agb = g.aanbieder_agb
        AND l.productcode = g.productcode AND l.eenheid = g.eenheid
    LEFT JOIN per_product p
        ON p.gemeentecode = g.gemeentecode AND p.wet = g.wet AND p.productcode = g.productcode AND p.eenheid = g.eenheid
),
verwacht AS (
    SELECT
        m.gemeentecode, m.wet, m.toewijzing_sleutel, m.productgroep, m.product, m.jaar, p.prijs_cent,
        CASE m.frequentie
            WHEN '1' THEN m.volume * 1.0 * m.dagen
            WHEN '2' THEN m.volume * 1.0 * m.dagen / 7
            WHEN '3' THEN m.volume * 1.0 * m.dagen / 28
            WHEN '4' THEN m.volume * 1.0 * m.dagen / m.maanddagen
            WHEN '5' THEN m.volume * 1.0 * m.dagen / m.jaardagen
            ELSE m.over_volume * m.dagen / m.resterend
        END AS volume,
        CASE WHEN m.volume IS NULL THEN m.over_cent * 1.0 * m.dagen / m.resterend END AS cent
    FROM maanden m
    LEFT JOIN geprijsd p
        ON p.gemeentecode = m.gemeentecode AND p.wet = m.wet AND p.aanbieder_agb = m.aanbieder_agb
        AND p.productcode = m.productcode AND p.eenheid = m.eenheid AND p.maand = m.maand
),
per_toewijzing AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, productgroep, product, jaar, sum(volume) AS volume,
        coalesce(sum(volume * prijs_cent), 0) + coalesce(sum(cent), 0) AS cent,
        max(CASE WHEN cent IS NULL THEN 0 ELSE 1 END) AS in_euros
    FROM verwacht
    GROUP BY gemeentecode, wet, toewijzing_sleutel, productgroep, product, jaar
),
verminderd AS (
    SELECT
        t.gemeentecode, t.wet, t.toewijzing_sleutel, t.jaar, v.uitnutting,
        CASE
            WHEN t.in_euros = 1 THEN greatest(0, t.cent - coalesce(g.na_cent, 0))
            WHEN t.volume > 0 THEN t.cent * greatest(0, 1 - coalesce(g.na_6000, 0) / 6000.0 / t.volume)
            ELSE 0
        END AS rest
    FROM per_toewijzing t
    JOIN tussen.uitnutting_verwacht v
        ON v.gemeentecode = t.gemeentecode AND v.wet = t.wet AND v.productgroep = t.productgroep AND v.product = t.product
    LEFT JOIN tussen.toewijzing_geleverd g
        ON g.gemeentecode = t.gemeentecode AND g.wet = t.wet AND g.toewijzing_sleutel = t.toewijzing_sleutel
        AND g.jaar = t.jaar
),
afgerond AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, jaar,
        CAST(round(rest) AS BIGINT) AS rest_cent,
        CAST(round(rest * uitnutting) AS BIGINT) AS verplichting_cent
    FROM verminderd
)
SELECT * FROM afgerond
