-- Een rij is het verschil tussen doel en realisatie: van een regel van de jaarprogrammering, verdeeld over de factoren van
-- mart.pq_effect waar de regel een Q noemt; van een product dat is geleverd maar niet geprogrammeerd; of van een
-- hoofdproduct van de begroting, die geen Q kent. Loopt het jaar nog, dan telt het doel naar rato van de volledige
-- levermaanden: bedrag, volume en weken n/12, cliënten de stand (cliënten min instroom) plus n/12 van de instroom. Effecten
-- en wat niet te verdelen is tellen in elke rij op tot het verschil.
-- Volgorde: bron, jaar, wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   bron: 'programmering', 'niet geprogrammeerd' of 'begroting'
--   jaar: jaar
--   maanden: aantal volledige levermaanden waarover wordt vergeleken
--   rijpheid: 'heel jaar' of 'naar rato van de volledige levermaanden'
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep, leeg voor alle samen
--   product: product, leeg voor alle samen
--   zwaarte: zwaarte, leeg voor alle samen
--   wijkcode: wijk, leeg voor alle samen
--   aanbieder_agb: AGB-code van de aanbieder, leeg voor alle samen
--   clienten: cliënten in de realisatie; leeg bij de begroting [personen]
--   doel_tot_nu_cent: doel over de vergeleken maanden [cent]
--   realisatie_cent: realisatie over de vergeleken maanden [cent]
--   verschil_cent: realisatie_cent min doel_tot_nu_cent [cent]
--   effect_clienten_cent: door meer of minder cliënten dan verwacht [cent]
--   effect_duur_cent: door meer of minder weken zorg per cliënt binnen de periode [cent]
--   effect_stapeling_cent: door meer producten of aanbieders tegelijk dan één [cent]
--   effect_mix_cent: altijd 0: een regel is één product; een andere mix zit in de cliënten van de regels [cent]
--   effect_toegewezen_intensiteit_cent: door meer of minder toegewezen eenheden per week zorg [cent]
--   effect_uitnutting_cent: door een andere uitnutting [cent]
--   effect_geleverde_intensiteit_cent: door meer of minder geleverde eenheden per week, waar geen volume is toegewezen of
--     de regel geen intensiteit en uitnutting noemt [cent]
--   effect_tariefindex_cent: altijd 0: de regel noemt één tarief [cent]
--   effect_prijs_cent: door een andere prijs per eenheid [cent]
--   effect_overig_cent: correcties zonder volume en realisatie in een andere eenheid [cent]
--   effect_niet_verdeeld_cent: het hele verschil waar er geen Q is om over te verdelen [cent]
--   reden: waarom het verschil niet is verdeeld, leeg waar het is verdeeld
WITH geprogrammeerd AS (
    SELECT
        d.gemeentecode, 'programmering' AS bron, d.jaar, d.maanden, d.wet, d.hoofdproduct, d.productgroep, d.product,
        d.zwaarte, d.wijkcode, d.aanbieder_agb, r.clienten, e.doel_tot_nu_cent, r.realisatie_cent, e.verschil_cent,
        e.effect_clienten_cent, e.effect_duur_cent, e.effect_stapeling_cent, e.effect_mix_cent,
        e.effect_toegewezen_intensiteit_cent, e.effect_uitnutting_cent, e.effect_geleverde_intensiteit_cent,
        e.effect_tariefindex_cent, e.effect_prijs_cent, e.effect_overig_cent, e.effect_niet_verdeeld_cent, e.reden
    FROM tussen.programma d
    JOIN tussen.programma_realisatie r ON r.programma_nr = d.programma_nr
    JOIN tussen.programma_effect e ON e.programma_nr = d.programma_nr
),
geleverd AS (
    SELECT
        m.gemeentecode, k.jaar, m.wet, m.hoofdproduct, m.productgroep, m.product, m.zwaarte,
        sum(m.realisatie_cent) AS cent
    FROM mart.pq_maand m
    JOIN peil.maand k ON k.maand = m.levermaand
    JOIN peil.bekend b ON m.levermaand <= b.laatste_levermaand
    GROUP BY m.gemeentecode, k.jaar, m.wet, m.hoofdproduct, m.productgroep, m.product, m.zwaarte
),
jaren AS (
    SELECT gemeentecode, jaar, wet, max(maanden) AS maanden
    FROM tussen.programma
    GROUP BY gemeentecode, jaar, wet
),
ongepland AS (
    SELECT g.gemeentecode, g.jaar, j.maanden, g.wet, g.hoofdproduct, g.productgroep, g.product, g.zwaarte, g.cent
    FROM geleverd g
    JOIN jaren j ON j.gemeentecode = g.gemeentecode AND j.jaar = g.jaar AND j.wet = g.wet
    WHERE NOT EXISTS (
        SELECT 1
        FROM tussen.programma d
        WHERE d.gemeentecode = g.gemeentecode AND d.jaar = g.jaar AND d.wet = g.wet
            AND coalesce(d.hoofdproduct, g.hoofdproduct) = g.hoofdproduct
            AND coalesce(d.productgroep, g.productgroep) = g.productgroep
            AND coalesce(d.product, g.product) = g.product AND coalesce(d.zwaarte, g.zwaarte) = g.zwaarte
    )
),
geteld AS (
    SELECT
        g.gemeentecode, g.jaar, g.wet, g.hoofdproduct, g.productgroep, g.product, g.zwaarte,
        count(DISTINCT m.client_id) AS clienten
    FROM ongepland g
    JOIN peil.maand k ON k.jaar = g.jaar
    JOIN peil.bekend b ON k.maand <= b.laatste_levermaand
    JOIN mart.client_maand m
        ON m.levermaand = k.maand AND m.gemeentecode = g.gemeentecode AND m.wet = g.wet
        AND m.hoofdproduct = g.hoofdproduct AND m.productgroep = g.productgroep AND m.product = g.product
        AND m.zwaarte = g.zwaarte
    GROUP BY g.gemeentecode, g.jaar, g.wet, g.hoofdproduct, g.productgroep, g.product, g.zwaarte
),
grenzen AS (
    SELECT
        k.maand AS levermaand, k.jaar, b.laatste_levermaand
    FROM peil.maand k
    JOIN peil.bekend b ON k.maand <= b.laatste_levermaand
),
volle_maanden AS (
    SELECT jaar, count(*) AS maanden FROM grenzen GROUP BY jaar
),
uitgaven AS (
    SELECT u.gemeentecode, u.jaar, u.wet, u.hoofdproduct, sum(u.realisatie_cent) AS cent
    FROM mart.uitgaven_jaar u
    WHERE u.volledig
    GROUP BY u.gemeentecode, u.jaar, u.wet, u.hoofdproduct
    UNION ALL
    SELECT m.gemeentecode, g.jaar, m.wet, m.hoofdproduct, sum(m.realisatie_cent)
    FROM mart.uitgaven_maand m
    JOIN grenzen g ON g.levermaand = m.levermaand
    JOIN volle_maanden v ON v.jaar = g.jaar AND v.maanden < 12
    GROUP BY m.gemeentecode, g.jaar, m.wet, m.hoofdproduct
),
begroot AS (
    SELECT
        b.gemeentecode, 'begroting' AS bron, b.jaar, v.maanden, b.wet, b.hoofdproduct,
        CAST(round(sum(b.bedrag_cent) * v.maanden / 12.0) AS BIGINT) AS doel, coalesce(max(u.cent), 0) AS cent
    FROM mart.begroting_jaar b
    JOIN volle_maanden v ON v.jaar = b.jaar
    LEFT JOIN uitgaven u
        ON u.gemeentecode = b.gemeentecode AND u.jaar = b.jaar AND u.wet = b.wet AND u.hoofdproduct = b.hoofdproduct
    WHERE b.soort = 'product'
    GROUP BY b.gemeentecode, b.jaar, v.maanden, b.wet, b.hoofdproduct
),
samen AS (
    SELECT * FROM geprogrammeerd
    UNION ALL
    SELECT
        g.gemeentecode, 'niet geprogrammeerd', g.jaar, g.maanden, g.wet, g.hoofdproduct, g.productgroep, g.product,
        g.zwaarte, NULL, NULL, coalesce(c.clienten, 0), 0, g.cent, g.cent, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, g.cent,
        'niet geprogrammeerd'
    FROM ongepland g
    LEFT JOIN geteld c
        ON c.gemeentecode = g.gemeentecode AND c.jaar = g.jaar AND c.wet = g.wet AND c.hoofdproduct = g.hoofdproduct
        AND c.productgroep = g.productgroep AND c.product = g.product AND c.zwaarte = g.zwaarte
    UNION ALL
    SELECT
        gemeentecode, bron, jaar, maanden, wet, hoofdproduct, NULL, NULL, NULL, NULL, NULL, NULL, doel, cent, cent - doel,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, cent - doel, 'de begroting noemt alleen een bedrag'
    FROM begroot
),
getypeerd AS (
    SELECT
        gemeentecode, bron, jaar, CAST(maanden AS BIGINT) AS maanden,
        CASE WHEN maanden = 12 THEN 'heel jaar' ELSE 'naar rato van de volledige levermaanden' END AS rijpheid,
        wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb, CAST(clienten AS BIGINT) AS clienten,
        CAST(doel_tot_nu_cent AS BIGINT) AS doel_tot_nu_cent, CAST(realisatie_cent AS BIGINT) AS realisatie_cent,
        CAST(verschil_cent AS BIGINT) AS verschil_cent,
        CAST(effect_clienten_cent AS BIGINT) AS effect_clienten_cent,
        CAST(effect_duur_cent AS BIGINT) AS effect_duur_cent,
        CAST(effect_stapeling_cent AS BIGINT) AS effect_stapeling_cent,
        CAST(effect_mix_cent AS BIGINT) AS effect_mix_cent,
        CAST(effect_toegewezen_intensiteit_cent AS BIGINT) AS effect_toegewezen_intensiteit_cent,
        CAST(effect_uitnutting_cent AS BIGINT) AS effect_uitnutting_cent,
        CAST(effect_geleverde_intensiteit_cent AS BIGINT) AS effect_geleverde_intensiteit_cent,
        CAST(effect_tariefindex_cent AS BIGINT) AS effect_tariefindex_cent,
        CAST(effect_prijs_cent AS BIGINT) AS effect_prijs_cent,
        CAST(effect_overig_cent AS BIGINT) AS effect_overig_cent,
        CAST(effect_niet_verdeeld_cent AS BIGINT) AS effect_niet_verdeeld_cent, reden
    FROM samen
)
SELECT * FROM getypeerd
