-- Een rij is de duur van zorg in een cel, gevolgd in een jaar of in alle jaren samen. De mediaan volgens Kaplan-Meier telt mee
-- wie nog zorg heeft (tot het eind van het jaar of de eerste maand waarvan de stromen voorlopig zijn) en wie al zorg had toen het volgen begon. Het gemiddelde van wat is
-- beëindigd staat erbij, maar is te laag zolang het aantal cliënten groeit: korte zorg eindigt het eerst.
-- Volgorde: niveau, cel, jaar
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal, wet, productgroep of product
--   cel: totaal, de wet, of 'wet|naam' van productgroep of product
--   jaar: jaar waarin is gevolgd, leeg voor alle jaren samen
--   clienten: aantal cliënten met een periode in het tijdvak
--   aantal_beeindigd: aantal perioden dat eindigde
--   aantal_open: aantal perioden dat aan het eind van het tijdvak nog liep
--   gemiddelde_beeindigd_dagen: gemiddelde duur van wat eindigde, leeg als niets eindigde [dagen]
--   mediaan_km_dagen: duur die de helft bereikt, leeg als meer dan de helft langer duurt dan is gevolgd [dagen]
--   gemiddelde_km_dagen: gemiddelde duur tot ten hoogste gevolgd_tot_dagen, open perioden meegeteld [dagen]
--   gevolgd_tot_dagen: langste duur die is gezien [dagen]
WITH geteld AS (
    SELECT s.gemeentecode, s.niveau, s.cel, t.jaar, count(DISTINCT s.client_id) AS clienten
    FROM tussen.stroom_interval s
    JOIN tussen.duur_tijdvak t ON s.begin < t.tot AND s.tot > t.van
    WHERE s.niveau IN ('totaal', 'wet', 'productgroep', 'product')
    GROUP BY s.gemeentecode, s.niveau, s.cel, t.jaar
),
benoemd AS (
    SELECT
        d.gemeentecode, d.niveau, d.cel, nullif(d.jaar, 0) AS jaar, g.clienten, d.aantal_beeindigd, d.aantal_open,
        d.gemiddelde_beeindigd_dagen, d.mediaan_km_dagen, d.gemiddelde_km_dagen, d.gevolgd_tot_dagen
    FROM tussen.duur_cel d
    JOIN geteld g
        ON g.gemeentecode = d.gemeentecode AND g.niveau = d.niveau AND g.cel = d.cel AND g.jaar = d.jaar
)
SELECT * FROM benoemd
