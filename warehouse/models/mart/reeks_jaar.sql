-- Een rij is een jaar van één doorlopende reeks: uitgaven, cliënten en volume in de indeling van bekend_op, ook voor de jaren
-- waarin dezelfde codes of namen anders waren ingedeeld. Bedragen op een lager niveau tellen op tot het niveau erboven;
-- cliënten worden per niveau opnieuw geteld. Breuken en maatregelen staan in mart.breuk en mart.maatregel.
-- Volgorde: niveau, wet, hoofdproduct, product, jaar
-- Kolommen:
--   jaar: jaar van levering; bij het grootboek het boekjaar
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal, wet, hoofdproduct of product
--   wet: Wmo of Jeugdwet, leeg bij totaal
--   hoofdproduct: regel van de begroting, leeg boven hoofdproduct
--   product: product, leeg boven product; 'niet per product bekend' voor bedragen die alleen per hoofdproduct bestaan
--   nominaal_cent: uitgave in de prijzen van het jaar zelf [cent]
--   berichten_cent: deel daarvan dat uit berichten volgt [cent]
--   cpi: consumentenprijsindex van het jaar, leeg als die niet is geladen
--   prijspeil_jaar: jaar in prijzen waarvan reeel_cent staat: het nieuwste volledige jaar met een prijsindex
--   reeel_cent: uitgave in prijzen van prijspeil_jaar, leeg zonder prijsindex [cent]
--   verschoven_cent: uitgave die in haar eigen jaar onder een andere naam viel: erbij (+) of eraf (-) door de indeling van nu [cent]
--   clienten: aantal verschillende cliënten; leeg waar dat niet bekend is of alleen per deel [cliënten]
--   volume: geleverd volume, alleen op niveau product en waar één eenheid geldt [eenheid]
--   eenheid: code van de eenheid van het volume
--   bron: waar de uitgave vandaan komt: berichten, grootboek, jaarcijfers of document (een gepubliceerd cijfer), met ' en ' ertussen
--   volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
WITH prijspeil AS (
    SELECT c.gemeentecode, max(c.jaar) AS prijspeil_jaar
    FROM kern.cpi c
    JOIN peil.bekend k ON c.jaar < year(CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE))
    GROUP BY c.gemeentecode
),
prijs AS (
    SELECT c.gemeentecode, c.jaar, c.index AS cpi, p.prijspeil_jaar, b.index / c.index AS factor
    FROM kern.cpi c
    JOIN prijspeil p ON p.gemeentecode = c.gemeentecode
    JOIN kern.cpi b ON b.gemeentecode = p.gemeentecode AND b.jaar = p.prijspeil_jaar
),
fijn AS (
    SELECT
        d.jaar, d.gemeentecode, d.wet, d.hoofdproduct, d.product,
        sum(d.berichten_cent + d.buiten_berichten_cent) AS nominaal_cent,
        sum(d.berichten_cent) AS berichten_cent,
        sum(d.verschoven_cent) AS verschoven_cent
    FROM tussen.reeks_deel d
    GROUP BY d.jaar, d.gemeentecode, d.wet, d.hoofdproduct, d.product
),
gewaardeerd AS (
    SELECT f.*, CAST(round(f.nominaal_cent * p.factor) AS BIGINT) AS reeel_cent
    FROM fijn f
    LEFT JOIN prijs p ON p.gemeentecode = f.gemeentecode AND p.jaar = f.jaar
),
geld AS (
    SELECT
        jaar, gemeentecode, 'product' AS niveau, wet, hoofdproduct, product, nominaal_cent, berichten_cent,
        verschoven_cent, reeel_cent
    FROM gewaardeerd
    UNION ALL
    SELECT
        jaar, gemeentecode, 'hoofdproduct', wet, hoofdproduct, NULL, sum(nominaal_cent), sum(berichten_cent),
        sum(verschoven_cent), sum(reeel_cent)
    FROM gewaardeerd
    GROUP BY jaar, gemeentecode, wet, hoofdproduct
    UNION ALL
    SELECT
        jaar, gemeentecode, 'wet', wet, NULL, NULL, sum(nominaal_cent), sum(berichten_cent), sum(verschoven_cent), sum(reeel_cent)
    FROM gewaardeerd
    GROUP BY jaar, gemeentecode, wet
    UNION ALL
    SELECT
        jaar, gemeentecode, 'totaal', NULL, NULL, NULL, sum(nominaal_cent), sum(berichten_cent), sum(verschoven_cent),
        sum(reeel_cent)
    FROM gewaardeerd
    GROUP BY jaar, gemeentecode
),
jaarcijfer AS (
    SELECT
        v.jaar, v.gemeentecode, v.wet, coalesce(n.hoofdproduct_nu, v.hoofdproduct, 'onbekend') AS hoofdproduct,
        coalesce(n.product_nu, v.product, 'onbekend') AS product, v.clienten, v.volume, v.eenheid
    FROM mart.volume_jaar v
    JOIN tussen.bereik b ON v.jaar < year(b.eerste_levermaand)
    LEFT JOIN tussen.naam_nu n
        ON n.gemeentecode = v.gemeentecode AND n.wet = v.wet AND n.jaar = v.jaar AND n.hoofdproduct = v.hoofdproduct
        AND n.product = v.product
),
mensen AS (
    SELECT jaar, gemeentecode, 'totaal' AS niveau, '-' AS wet, '-' AS hoofdproduct, '-' AS product, count(DISTINCT client_nr) AS clienten
    FROM tussen.reeks_client
    WHERE is_client
    GROUP BY jaar, gemeentecode
    UNION ALL
    SELECT jaar, gemeentecode, 'wet', wet, '-', '-', count(DISTINCT client_nr)
    FROM tussen.reeks_client
    WHERE is_client
    GROUP BY jaar, gemeentecode, wet
    UNION ALL
    SELECT jaar, gemeentecode, 'hoofdproduct', wet, hoofdproduct, '-', count(DISTINCT client_nr)
    FROM tussen.reeks_client
    WHERE is_client
    GROUP BY jaar, gemeentecode, wet, hoofdproduct
    UNION ALL
    SELECT jaar, gemeentecode, 'product', wet, hoofdproduct, product, count(DISTINCT client_nr)
    FROM tussen.reeks_client
    WHERE is_client
    GROUP BY jaar, gemeentecode, wet, hoofdproduct, product
    UNION ALL
    -- clients of two rows may be the same persons: only a product with one row has a count
    SELECT jaar, gemeentecode, 'product', wet, hoofdproduct, product, CASE WHEN count(*) = 1 THEN max(clienten) END
    FROM jaarcijfer
    GROUP BY jaar, gemeentecode, wet, hoofdproduct, product
),
hoeveel AS (
    SELECT
        jaar, gemeentecode, wet, hoofdproduct, product,
        CAST(round(sum(volume_6000) / 6000.0, 4) AS DECIMAL(18, 4)) AS volume
    FROM tussen.reeks_client
    GROUP BY jaar, gemeentecode, wet, hoofdproduct, product
    UNION ALL
    SELECT
        j.jaar, j.gemeentecode, j.wet, j.hoofdproduct, j.product,
        CAST(round(sum(j.volume * f.factor / 6000.0), 4) AS DECIMAL(18, 4))
    FROM jaarcijfer j
    JOIN tussen.reeks_eenheid e
        ON e.gemeentecode = j.gemeentecode AND e.wet = j.wet AND e.hoofdproduct = j.hoofdproduct AND e.product = j.product
    JOIN tussen.eenheid f ON f.van = j.eenheid AND f.naar = e.eenheid
    GROUP BY j.jaar, j.gemeentecode, j.wet, j.hoofdproduct, j.product
),
bronnen_fijn AS (
    SELECT DISTINCT jaar, gemeentecode, wet, hoofdproduct, product, bron, verdeelt
    FROM tussen.reeks_deel
    WHERE bron IS NOT NULL
),
bronnen AS (
    SELECT jaar, gemeentecode, 'product' AS niveau, wet, hoofdproduct, product, bron FROM bronnen_fijn
    UNION ALL
    SELECT jaar, gemeentecode, 'hoofdproduct', wet, hoofdproduct, '-', bron FROM bronnen_fijn WHERE NOT verdeelt
    UNION ALL
    SELECT jaar, gemeentecode, 'wet', wet, '-', '-', bron FROM bronnen_fijn WHERE NOT verdeelt
    UNION ALL
    SELECT jaar, gemeentecode, 'totaal', '-', '-', '-', bron FROM bronnen_fijn WHERE NOT verdeelt
),
genoemd AS (
    SELECT
        jaar, gemeentecode, niveau, wet, hoofdproduct, product, string_agg(DISTINCT bron, ' en ' ORDER BY bron) AS bron
    FROM bronnen
    GROUP BY jaar, gemeentecode, niveau, wet, hoofdproduct, product
),
uitkomst AS (
    SELECT
        g.jaar, g.gemeentecode, g.niveau, g.wet, g.hoofdproduct, g.product,
        CAST(g.nominaal_cent AS BIGINT) AS nominaal_cent,
        CAST(g.berichten_cent AS BIGINT) AS berichten_cent,
        p.cpi, p.prijspeil_jaar,
        CAST(g.reeel_cent AS BIGINT) AS reeel_cent,
        CAST(g.verschoven_cent AS BIGINT) AS verschoven_cent,
        CAST(m.clienten AS BIGINT) AS clienten,
        h.volume,
        CASE WHEN h.volume IS NOT NULL THEN e.eenheid END AS eenheid,
        b.bron,
        g.jaar < year(CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS volledig
    FROM geld g
    JOIN peil.bekend k ON true
    LEFT JOIN prijs p ON p.gemeentecode = g.gemeentecode AND p.jaar = g.jaar
    LEFT JOIN mensen m
        ON m.jaar = g.jaar AND m.gemeentecode = g.gemeentecode AND m.niveau = g.niveau AND m.wet = coalesce(g.wet, '-')
        AND m.hoofdproduct = coalesce(g.hoofdproduct, '-') AND m.product = coalesce(g.product, '-')
    LEFT JOIN hoeveel h
        ON g.niveau = 'product' AND h.jaar = g.jaar AND h.gemeentecode = g.gemeentecode AND h.wet = g.wet
        AND h.hoofdproduct = g.hoofdproduct AND h.product = g.product
    LEFT JOIN tussen.reeks_eenheid e
        ON g.niveau = 'product' AND e.gemeentecode = g.gemeentecode AND e.wet = g.wet AND e.hoofdproduct = g.hoofdproduct
        AND e.product = g.product
    LEFT JOIN genoemd b
        ON b.jaar = g.jaar AND b.gemeentecode = g.gemeentecode AND b.niveau = g.niveau AND b.wet = coalesce(g.wet, '-')
        AND b.hoofdproduct = coalesce(g.hoofdproduct, '-') AND b.product = coalesce(g.product, '-')
    WHERE g.nominaal_cent <> 0 OR g.verschoven_cent <> 0 OR m.clienten IS NOT NULL OR h.volume <> 0
)
SELECT * FROM uitkomst
