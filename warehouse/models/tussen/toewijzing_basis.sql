-- Een rij is een toewijzing in de eenheid en de indeling van haar product, op de laatste dag waarop zij bekend geldig is.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   toewijzing_sleutel: sleutel van de toewijzing
--   client_id: pseudoniem van de cliënt
--   aanbieder_agb: AGB-code van de aanbieder
--   productcode: code van het product
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product, of 'niet gespecificeerd' zonder volume
--   ingangsdatum: eerste dag
--   tot: dag na de laatste dag; 9999-12-31 als open
--   totaal_tot: dag tot waar een totaal of budget wordt gespreid
--   frequentie: 1 dag, 2 week, 3 vier weken, 4 maand, 5 jaar, 6 totaal
--   eenheid: eenheid van het product
--   volume: volume per frequentie, leeg als de toewijzing geen volume heeft [eenheid]
--   budget_cent: budget, alleen waar geen volume is [cent]
--   rijp_tot: eerste levermaand waarvan nog niet genoeg is gedeclareerd
WITH geldig AS (
    SELECT
        t.*,
        coalesce(CAST(t.einddatum + INTERVAL 1 DAY AS DATE), DATE '9999-12-31') AS tot,
        coalesce(
            CAST(t.einddatum + INTERVAL 1 DAY AS DATE), CAST(t.ingangsdatum + i.spreiding_maanden * INTERVAL 1 MONTH AS DATE)
        ) AS totaal_tot,
        greatest(t.ingangsdatum, least(coalesce(t.einddatum, k.bekend_op), k.bekend_op)) AS peildag
    FROM kern.toewijzing t
    JOIN peil.instelling i ON true
    JOIN peil.bekend k ON true
    WHERE t.einddatum IS NULL OR t.einddatum >= t.ingangsdatum
),
ingedeeld AS (
    SELECT
        g.gemeentecode, g.wet, g.toewijzing_sleutel, g.client_id, coalesce(g.aanbieder_agb, 'onbekend') AS aanbieder_agb,
        g.productcode, i.hoofdproduct, i.productgroep,
        CASE WHEN g.volume IS NULL THEN 'niet gespecificeerd' ELSE i.product END AS product,
        g.ingangsdatum, g.tot, g.totaal_tot, g.frequentie,
        CASE WHEN e.naar IS NULL THEN g.eenheid ELSE e.naar END AS eenheid,
        CAST(round(g.volume * coalesce(e.factor, 6000) / 6000.0, 6) AS DECIMAL(24, 6)) AS volume,
        CASE WHEN g.volume IS NULL THEN g.budget_cent END AS budget_cent,
        -- a group of which nothing was ever delivered has nothing that may still come in
        coalesce(r.rijp_tot, CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS rijp_tot
    FROM geldig g
    JOIN peil.bekend k ON true
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = g.gemeentecode AND p.wet = g.wet
        AND p.categorie_sleutel = coalesce(g.productcategorie, '-') AND p.code_sleutel = coalesce(g.productcode, '-')
        AND p.van <= g.peildag AND p.tot > g.peildag
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    LEFT JOIN tussen.eenheid e ON e.van = g.eenheid AND e.naar = coalesce(p.eenheid, g.eenheid)
    LEFT JOIN tussen.rijp r
        ON r.gemeentecode = g.gemeentecode AND r.wet = g.wet AND r.productgroep = i.productgroep
)
SELECT * FROM ingedeeld
