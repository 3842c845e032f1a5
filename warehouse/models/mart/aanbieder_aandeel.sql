-- Een rij is het aandeel van een aanbieder in een productgroep en jaar: hoe afhankelijk is de gemeente van hem, en hoe
-- afhankelijk zijn zijn cliënten.
-- Volgorde: jaar, wet, productgroep, rang
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   aanbieder_agb: AGB-code van de aanbieder
--   realisatie_cent: realisatie [cent]
--   aandeel: deel van de realisatie van de productgroep, 0 tot 1; leeg als die niet boven 0 is
--   rang: plaats naar realisatie, 1 is de grootste
--   hhi: som van de gekwadrateerde aandelen van alle aanbieders in de productgroep; 1 is één aanbieder (Herfindahl)
--   aanbieders: aantal aanbieders met realisatie boven 0 in de productgroep
--   clienten: cliënten van de aanbieder in de productgroep
--   clienten_alleen_hier: cliënten daarvan die dat jaar van geen andere aanbieder zorg kregen, in geen van beide wetten
--   afhankelijk_aandeel: clienten_alleen_hier gedeeld door clienten, 0 tot 1
--   jaar_volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
WITH per_client AS (
    SELECT
        year(m.levermaand) AS jaar, m.gemeentecode, m.wet, i.productgroep, m.aanbieder_agb, m.client_nr,
        sum(m.realisatie_cent) AS realisatie_cent, max(CASE WHEN m.volume_6000 > 0 THEN 1 ELSE 0 END) AS met_zorg
    FROM tussen.client_maand m
    JOIN tussen.indeling i ON i.indeling_nr = m.indeling_nr
    WHERE m.peil = 'nu'
    GROUP BY year(m.levermaand), m.gemeentecode, m.wet, i.productgroep, m.aanbieder_agb, m.client_nr
),
keuze AS (
    SELECT jaar, gemeentecode, client_nr, count(DISTINCT aanbieder_agb) AS aanbieders
    FROM per_client
    WHERE met_zorg = 1
    GROUP BY jaar, gemeentecode, client_nr
),
opgeteld AS (
    SELECT
        p.jaar, p.gemeentecode, p.wet, p.productgroep, p.aanbieder_agb,
        CAST(sum(p.realisatie_cent) AS BIGINT) AS realisatie_cent,
        CAST(sum(p.met_zorg) AS BIGINT) AS clienten,
        CAST(sum(CASE WHEN p.met_zorg = 1 AND k.aanbieders = 1 THEN 1 ELSE 0 END) AS BIGINT) AS clienten_alleen_hier
    FROM per_client p
    LEFT JOIN keuze k ON k.jaar = p.jaar AND k.gemeentecode = p.gemeentecode AND k.client_nr = p.client_nr
    GROUP BY p.jaar, p.gemeentecode, p.wet, p.productgroep, p.aanbieder_agb
),
totalen AS (
    SELECT
        *,
        sum(realisatie_cent) OVER (PARTITION BY jaar, gemeentecode, wet, productgroep) AS totaal_cent,
        row_number() OVER (
            PARTITION BY jaar, gemeentecode, wet, productgroep ORDER BY realisatie_cent DESC, aanbieder_agb
        ) AS rang
    FROM opgeteld
),
aandelen AS (
    SELECT
        *, CASE WHEN totaal_cent > 0 THEN CAST(realisatie_cent AS DOUBLE) / CAST(totaal_cent AS DOUBLE) END AS aandeel
    FROM totalen
),
uitkomst AS (
    SELECT
        CAST(a.jaar AS BIGINT) AS jaar, a.gemeentecode, a.wet, a.productgroep, a.aanbieder_agb, a.realisatie_cent, a.aandeel,
        a.rang,
        round(sum(a.aandeel * a.aandeel) OVER (PARTITION BY a.jaar, a.gemeentecode, a.wet, a.productgroep), 9) AS hhi,
        CAST(
            sum(CASE WHEN a.realisatie_cent > 0 THEN 1 ELSE 0 END) OVER (
                PARTITION BY a.jaar, a.gemeentecode, a.wet, a.productgroep
            ) AS BIGINT
        ) AS aanbieders,
        a.clienten, a.clienten_alleen_hier,
        CASE WHEN a.clienten > 0 THEN CAST(a.clienten_alleen_hier AS DOUBLE) / a.clienten END AS afhankelijk_aandeel,
        a.jaar < year(CAST(b.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS jaar_volledig
    FROM aandelen a
    JOIN peil.bekend b ON true
)
SELECT * FROM uitkomst
