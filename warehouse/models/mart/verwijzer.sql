-- Een rij is een soort verwijzer in een jaar onder een wet, in totaal of in een productgroep: hoeveel cliënten via die verwijzer
-- zorg kregen, wat dat kostte, hoe zwaar en hoe lang. De verwijzer is die van de toewijzing: uit het extract, het verzoek om
-- toewijzing (315) of de melding; zonder bekende toewijzing of zonder opgave 'onbekend'. Een cliënt met meer verwijzers telt bij elk daarvan, dus cliënten zijn niet op te tellen.
-- Geleverd en toegewezen telt tot en met de laatste volledige levermaand, beëindigd tot de eerste maand waarvan de stromen nog
-- kunnen veranderen.
-- Volgorde: niveau, wet, productgroep, jaar, verwijzer
-- Kolommen:
--   jaar: jaar
--   gemeentecode: CBS-code van de gemeente
--   niveau: wet of productgroep
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep, leeg op niveau wet
--   verwijzer: gemeente, huisarts, jeugdarts, gecertificeerde instelling, medisch specialist, geen verwijzer, rechter, OvJ of JJI,
--     of onbekend
--   clienten: aantal verschillende cliënten met netto geleverd volume boven 0 in het jaar [cliënten]
--   toewijzingen: aantal toewijzingen met een ingangsdatum in het jaar
--   realisatie_cent: realisatie van het jaar [cent]
--   kosten_per_client_cent: realisatie gedeeld door cliënten, leeg zonder cliënten [cent]
--   zwaarte_rang: gemiddelde rang van de zwaarte van die toewijzingen, van de producten met een zwaarte (1 licht tot 5 extra zwaar);
--     leeg waar die er niet zijn
--   beeindigd: aantal leveringen dat in het jaar eindigde
--   duur_dagen: gemiddelde duur daarvan van begin tot eind, leeg zonder; lopende leveringen zitten er niet in, dus zolang het gebruik
--     groeit is dit lager dan de werkelijke duur [dagen]
--   jaar_volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is en de einden vaststaan
WITH per_niveau AS (
    SELECT
        jaar, gemeentecode, 'productgroep' AS niveau, wet, productgroep, verwijzer, client_id, volume, realisatie_cent,
        toewijzingen, zwaarte_som, zwaarte_aantal, beeindigd, duur_som
    FROM tussen.verwijzer_feit
    UNION ALL
    SELECT
        jaar, gemeentecode, 'wet', wet, NULL, verwijzer, client_id, volume, realisatie_cent, toewijzingen, zwaarte_som,
        zwaarte_aantal, beeindigd, duur_som
    FROM tussen.verwijzer_feit
),
opgeteld AS (
    SELECT
        jaar, gemeentecode, niveau, wet, productgroep, verwijzer,
        CAST(count(DISTINCT CASE WHEN volume > 0 THEN client_id END) AS BIGINT) AS clienten,
        CAST(sum(toewijzingen) AS BIGINT) AS toewijzingen,
        CAST(sum(realisatie_cent) AS BIGINT) AS realisatie_cent,
        sum(zwaarte_som) AS zwaarte_som, sum(zwaarte_aantal) AS zwaarte_aantal,
        CAST(sum(beeindigd) AS BIGINT) AS beeindigd, sum(duur_som) AS duur_som
    FROM per_niveau
    GROUP BY jaar, gemeentecode, niveau, wet, productgroep, verwijzer
),
uitkomst AS (
    SELECT
        o.jaar, o.gemeentecode, o.niveau, o.wet, o.productgroep, o.verwijzer, o.clienten, o.toewijzingen, o.realisatie_cent,
        CASE WHEN clienten > 0 THEN CAST(round(realisatie_cent / CAST(clienten AS DOUBLE)) AS BIGINT) END AS kosten_per_client_cent,
        CASE WHEN zwaarte_aantal > 0 THEN CAST(zwaarte_som AS DOUBLE) / zwaarte_aantal END AS zwaarte_rang,
        beeindigd,
        CASE WHEN beeindigd > 0 THEN CAST(duur_som AS DOUBLE) / beeindigd END AS duur_dagen,
        o.jaar < year(least(k.geleverd_tot, k.stroom_voorlopig_vanaf)) AS jaar_volledig
    FROM opgeteld o
    JOIN peil.bekend k ON true
)
SELECT * FROM uitkomst
