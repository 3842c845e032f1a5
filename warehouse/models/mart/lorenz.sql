-- Een rij is een punt van de Lorenzkromme: welk deel van de kosten de goedkoopste p procent samen heeft. Punten die een
-- groep van minder dan tien afscheiden zijn leeg.
-- Volgorde: jaar, wet, eenheid, percentiel
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo, Jeugdwet of totaal
--   eenheid: client of huishouden
--   percentiel: deel van de cliënten of huishoudens, van goedkoop naar duur [procent]
--   n: aantal cliënten of huishoudens met kosten
--   cumulatief_aandeel: deel van de kosten, 0 tot 1
WITH uitkomst AS (
    SELECT jaar, gemeentecode, wet, eenheid, percentiel, n, cumulatief_aandeel
    FROM tussen.lorenz
)
SELECT * FROM uitkomst
