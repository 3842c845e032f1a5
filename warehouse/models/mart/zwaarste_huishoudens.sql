-- Een rij zijn de huishoudens met de hoogste kosten van een jaar, als groep en over beide wetten; nooit een enkel huishouden.
-- Instellingen en onbekende adressen zijn geen huishouden. Met minder dan tien huishoudens is de rij leeg op 'reden' na.
-- Volgorde: jaar
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   aantal: aantal huishoudens in de groep; het ingestelde aantal, of minder als er niet meer zijn
--   clienten: cliënten in deze huishoudens
--   totaal_cent: kosten van de groep [cent]
--   aandeel: deel van de kosten van alle cliënten, 0 tot 1
--   gemiddeld_aanbieders: gemiddeld aantal aanbieders van een huishouden
--   gemiddeld_producten: gemiddeld aantal producten van een huishouden
--   jaar_volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
--   reden: waarom waarden ontbreken, leeg als niets ontbreekt
WITH per_cel AS (
    SELECT
        CAST(year(m.levermaand) AS BIGINT) AS jaar, m.gemeentecode, m.client_nr, m.aanbieder_agb, i.product,
        sum(m.realisatie_cent) AS realisatie_cent
    FROM tussen.client_maand m
    JOIN peil.bekend k ON m.levermaand <= k.laatste_levermaand
    JOIN tussen.indeling i ON i.indeling_nr = m.indeling_nr
    WHERE m.peil = 'nu' AND m.volume_6000 > 0
    GROUP BY year(m.levermaand), m.gemeentecode, m.client_nr, m.aanbieder_agb, i.product
),
alles AS (
    SELECT jaar, gemeentecode, sum(realisatie_cent) AS alles_cent
    FROM per_cel
    GROUP BY jaar, gemeentecode
),
huishoudens AS (
    SELECT
        p.jaar, p.gemeentecode, h.huishouden_nr, sum(p.realisatie_cent) AS cent, count(DISTINCT p.client_nr) AS clienten,
        count(DISTINCT p.aanbieder_agb) AS aanbieders, count(DISTINCT p.product) AS producten
    FROM per_cel p
    JOIN tussen.huishouden_lid h ON h.gemeentecode = p.gemeentecode AND h.client_nr = p.client_nr AND h.woont_thuis
    GROUP BY p.jaar, p.gemeentecode, h.huishouden_nr
    HAVING sum(p.realisatie_cent) > 0
),
gerangschikt AS (
    SELECT *, row_number() OVER (PARTITION BY jaar, gemeentecode ORDER BY cent DESC, huishouden_nr) AS rang
    FROM huishoudens
),
groep AS (
    SELECT
        g.jaar, g.gemeentecode, count(*) AS aantal, sum(g.clienten) AS clienten, sum(g.cent) AS cent,
        avg(g.aanbieders) AS aanbieders, avg(g.producten) AS producten
    FROM gerangschikt g
    JOIN peil.instelling i ON g.rang <= i.zwaarste_huishoudens
    GROUP BY g.jaar, g.gemeentecode
),
uitkomst AS (
    SELECT
        g.jaar, g.gemeentecode,
        CASE WHEN g.aantal >= 10 THEN g.aantal END AS aantal,
        CASE WHEN g.aantal >= 10 THEN CAST(g.clienten AS BIGINT) END AS clienten,
        CASE WHEN g.aantal >= 10 THEN CAST(g.cent AS BIGINT) END AS totaal_cent,
        CASE WHEN g.aantal >= 10 AND a.alles_cent > 0 THEN CAST(g.cent AS DOUBLE) / CAST(a.alles_cent AS DOUBLE) END AS aandeel,
        CASE WHEN g.aantal >= 10 THEN CAST(g.aanbieders AS DOUBLE) END AS gemiddeld_aanbieders,
        CASE WHEN g.aantal >= 10 THEN CAST(g.producten AS DOUBLE) END AS gemiddeld_producten,
        g.jaar < year(CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS jaar_volledig,
        CASE WHEN g.aantal < 10 THEN 'minder dan 10 huishoudens' END AS reden
    FROM groep g
    JOIN alles a ON a.jaar = g.jaar AND a.gemeentecode = g.gemeentecode
    JOIN peil.bekend k ON true
)
SELECT * FROM uitkomst
