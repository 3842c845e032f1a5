-- Een rij is een jaar van een product bij een aanbieder met wat is toegewezen, wat er ten hoogste mocht worden gedeclareerd en wat
-- is geleverd, tot en met de laatste volledige levermaand. Waar nog declaraties komen is het geleverde ook gecorrigeerd: per
-- levermaand gedeeld door het deel dat naar schatting al is gedeclareerd. Wat zonder toewijzing is geleverd staat er niet in.
-- Volgorde: jaar, wet, product, aanbieder_agb
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product of 'niet gespecificeerd'
--   aanbieder_agb: AGB-code van de aanbieder
--   eenheid: eenheid van het volume, leeg waar er geen volume is
--   toegewezen_volume: verwacht volume volgens de toewijzingen [eenheid]
--   maximum_volume: volume dat per maand ten hoogste mag worden gedeclareerd, opgeteld; leeg waar een toewijzing alleen een
--     grens over het geheel heeft [eenheid]
--   geleverd_volume: geleverd volume [eenheid]
--   toegewezen_cent: toegewezen tegen contractprijs, of het deel van het budget [cent]
--   geleverd_cent: geleverd tegen contractprijs [cent]
--   uitnutting: geleverd gedeeld door toegewezen, leeg waar niets is toegewezen [fractie]
--   is_rijp: waar als van elke maand genoeg is gedeclareerd om de uitnutting zonder correctie te tonen
--   geleverd_gecorrigeerd_cent: geleverd, gecorrigeerd voor wat nog gedeclareerd wordt [cent]
--   uitnutting_gecorrigeerd: gecorrigeerd geleverd gedeeld door toegewezen, leeg waar niets is toegewezen [fractie]
WITH per_code AS (
    SELECT
        t.gemeentecode, t.wet, t.productcategorie, t.productcode, t.aanbieder_agb, t.eenheid, p.maand,
        sum(p.maximum) AS maximum,
        count(*) - count(p.maximum) AS zonder
    FROM tussen.toewijzing_plafond p
    JOIN kern.toewijzing t
        ON t.gemeentecode = p.gemeentecode AND t.wet = p.wet AND t.toewijzing_sleutel = p.toewijzing_sleutel
    GROUP BY t.gemeentecode, t.wet, t.productcategorie, t.productcode, t.aanbieder_agb, t.eenheid, p.maand
),
plafonds AS (
    SELECT
        c.gemeentecode, c.wet, i.hoofdproduct, i.productgroep, i.product, c.aanbieder_agb,
        CASE WHEN e.naar IS NULL THEN c.eenheid ELSE e.naar END AS eenheid,
        year(c.maand) AS jaar,
        sum(c.maximum * coalesce(e.factor, 6000) / 6000.0) AS maximum,
        sum(c.zonder) AS zonder
    FROM per_code c
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = c.gemeentecode AND p.wet = c.wet
        AND p.categorie_sleutel = coalesce(c.productcategorie, '-') AND p.code_sleutel = coalesce(c.productcode, '-')
        AND p.van <= c.maand AND p.tot > c.maand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    LEFT JOIN tussen.eenheid e ON e.van = c.eenheid AND e.naar = coalesce(p.eenheid, c.eenheid)
    GROUP BY
        c.gemeentecode, c.wet, i.hoofdproduct, i.productgroep, i.product, c.aanbieder_agb,
        CASE WHEN e.naar IS NULL THEN c.eenheid ELSE e.naar END, year(c.maand)
),
jaren AS (
    SELECT
        year(levermaand) AS jaar, gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb, eenheid,
        sum(toegewezen_volume) AS toegewezen_volume, sum(geleverd_volume) AS geleverd_volume,
        sum(toegewezen_cent) AS toegewezen_cent, sum(geleverd_cent) AS geleverd_cent,
        sum(gecorrigeerd_cent) AS gecorrigeerd_cent,
        min(CASE WHEN is_rijp THEN 1 ELSE 0 END) = 1 AS is_rijp
    FROM tussen.uitnutting_gecorrigeerd
    GROUP BY year(levermaand), gemeentecode, wet, hoofdproduct, productgroep, product, aanbieder_agb, eenheid
),
samen AS (
    SELECT
        j.jaar, j.gemeentecode, j.wet, j.hoofdproduct, j.productgroep, j.product, j.aanbieder_agb, j.eenheid,
        CAST(j.toegewezen_volume AS DECIMAL(18, 4)) AS toegewezen_volume,
        CASE WHEN m.zonder = 0 THEN CAST(round(m.maximum, 4) AS DECIMAL(18, 4)) END AS maximum_volume,
        CAST(j.geleverd_volume AS DECIMAL(18, 4)) AS geleverd_volume,
        CAST(j.toegewezen_cent AS BIGINT) AS toegewezen_cent,
        CAST(j.geleverd_cent AS BIGINT) AS geleverd_cent,
        CASE WHEN j.toegewezen_cent > 0 THEN CAST(j.geleverd_cent AS DOUBLE) / j.toegewezen_cent END AS uitnutting,
        j.is_rijp,
        CAST(j.gecorrigeerd_cent AS BIGINT) AS geleverd_gecorrigeerd_cent,
        CASE WHEN j.toegewezen_cent > 0 THEN CAST(j.gecorrigeerd_cent AS DOUBLE) / j.toegewezen_cent END AS uitnutting_gecorrigeerd
    FROM jaren j
    LEFT JOIN plafonds m
        ON m.jaar = j.jaar AND m.gemeentecode = j.gemeentecode AND m.wet = j.wet AND m.hoofdproduct = j.hoofdproduct
        AND m.productgroep = j.productgroep AND m.product = j.product AND m.aanbieder_agb = j.aanbieder_agb
        AND m.eenheid = j.eenheid
)
SELECT * FROM samen
