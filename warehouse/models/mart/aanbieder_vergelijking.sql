-- Een rij is een aanbieder op één maat in een productgroep en jaar, vergeleken met wat van zijn cliënten verwacht mag
-- worden. Verwacht is wat de ándere aanbieders gemiddeld laten zien in dezelfde groep (product, zwaarte, leeftijd); de
-- welstand van de wijk is niet bekend en telt dus niet mee. De grenzen zijn die van een trechter: hoe minder cliënten, hoe
-- ruimer, en verruimd met het verschil dat tussen aanbieders gewoon is (tau2). Nooit als ranglijst te lezen: toon de mix
-- (mart.aanbieder_casemix) ernaast. Alleen maanden die niet meer voorlopig zijn.
-- Maten: 'kosten per client' en 'volume per client' (volume tegen de gemiddelde prijs van de groep), 'prijs' (kosten
-- tegenover hetzelfde volume tegen de prijs van de anderen), 'duur' (dagen van afgesloten trajecten, jaar van het einde)
-- en 'afgekeurd aandeel' (afgekeurde van beoordeelde regels).
-- Volgorde: jaar, wet, productgroep, maat, aanbieder_agb
-- Kolommen:
--   jaar: jaar van levering; bij duur het jaar waarin het traject eindigde
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   aanbieder_agb: AGB-code van de aanbieder
--   maat: kosten per client, volume per client, prijs, duur of afgekeurd aandeel
--   clienten: cliënten die met cliënten van andere aanbieders te vergelijken zijn; bij afgekeurd aandeel alle cliënten
--   aantal: waarover de maat gaat: cliënten, trajecten of beoordeelde regels
--   vergelijkbaar_aandeel: deel van wat de aanbieder leverde waarvoor er genoeg cliënten van anderen zijn, 0 tot 1
--   waargenomen: som bij deze aanbieder [cent; dagen bij duur; regels bij afgekeurd aandeel]
--   verwacht: som die verwacht mag worden [zelfde eenheid]
--   verhouding: waargenomen gedeeld door verwacht
--   standaardfout: standaardfout op de schaal van de trechter, zonder tau2
--   grens_95_onder: ondergrens van de verhouding waarbinnen 95 % valt
--   grens_95_boven: bovengrens van de verhouding waarbinnen 95 % valt
--   grens_998_onder: ondergrens van de verhouding waarbinnen 99,8 % valt
--   grens_998_boven: bovengrens van de verhouding waarbinnen 99,8 % valt
--   phi: spreiding tussen aanbieders ten opzichte van toeval; 1 is alleen toeval
--   tau2: variantie tussen aanbieders waarmee de grenzen zijn verruimd
--   oordeel: 'binnen de grenzen', 'boven' of 'onder' (buiten de grenzen van 99,8 %), of 'te weinig clienten'
--   jaar_volledig: waar als alle maanden van het jaar meetellen
WITH uitkomst AS (
    SELECT
        v.jaar, v.gemeentecode, v.wet, v.productgroep, v.aanbieder_agb, v.maat, v.clienten, v.aantal,
        v.vergelijkbaar_aandeel, v.waargenomen, v.verwacht, v.verhouding, v.standaardfout, v.grens_95_onder,
        v.grens_95_boven, v.grens_998_onder, v.grens_998_boven, v.phi, v.tau2, v.oordeel,
        v.jaar < year(k.voorlopig_vanaf) AS jaar_volledig
    FROM tussen.aanbieder_vergelijking v
    JOIN peil.bekend k ON true
)
SELECT * FROM uitkomst
