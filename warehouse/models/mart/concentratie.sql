-- Een rij zegt hoe ongelijk de kosten van een jaar over cliënten of huishoudens zijn verdeeld. Wie geen huishouden heeft
-- (een instelling, een onbekend adres) telt als eigen huishouden. Een waarde is leeg waar de groep waarover zij gaat
-- kleiner is dan tien; 'reden' zegt dan waarom.
-- Volgorde: jaar, wet, eenheid, basis
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo, Jeugdwet of totaal
--   eenheid: client of huishouden
--   basis: 'jaar' (wat het jaar kostte) of 'op jaarbasis' (naar twaalf maanden, zodat wie halverwege begint niet licht lijkt)
--   n: aantal cliënten of huishoudens met kosten
--   totaal_cent: kosten samen, op de basis van de rij [cent]
--   gini: Gini-coëfficiënt: 0 als iedereen evenveel kost, bijna 1 als één alles kost
--   aandeel_top1: deel van de kosten van de duurste 1 procent, 0 tot 1
--   aandeel_top5: deel van de kosten van de duurste 5 procent, 0 tot 1
--   aandeel_top10: deel van de kosten van de duurste 10 procent, 0 tot 1
--   aandeel_top20: deel van de kosten van de duurste 20 procent, 0 tot 1
--   persistentie_top10: deel van de duurste 10 procent dat er een jaar later weer bij hoort, 0 tot 1; leeg als dat jaar
--     nog niet compleet is
--   jaar_volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
--   reden: waarom waarden ontbreken, leeg als niets ontbreekt
WITH uitkomst AS (
    SELECT
        jaar, gemeentecode, wet, eenheid, basis, n, totaal_cent, gini, aandeel_top1, aandeel_top5, aandeel_top10,
        aandeel_top20, persistentie_top10, jaar_volledig, reden
    FROM tussen.concentratie
)
SELECT * FROM uitkomst
