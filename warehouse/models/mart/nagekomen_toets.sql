-- Een rij is hoe goed een methode de nagekomen declaraties van een productgroep voorspelde, per leeftijd van de levermaand.
-- Voor elke voorbije maand is geschat met alleen wat toen bekend was, en vergeleken met wat nu bekend is van levermaanden
-- die oud genoeg zijn (instelling rijp_maanden).
-- Volgorde: wet, productgroep, leeftijd_maanden, methode
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   leeftijd_maanden: leeftijd van de levermaand toen er werd geschat [maanden]
--   methode: kettingladder of Bornhuetter-Ferguson
--   aantal: aantal teruggerekende levermaanden
--   afwijking_fractie: som van schatting min uitkomst, als deel van de uitkomsten; boven nul is te hoog geschat [fractie]
--   fout_fractie: som van de absolute fouten, als deel van de uitkomsten [fractie]
--   dekking_fractie: deel van de uitkomsten binnen de band van 80 % [fractie]
--   gekozen: waar als deze methode bij deze leeftijd telt
WITH rijen AS (
    SELECT
        gemeentecode, wet, productgroep, leeftijd_maanden, methode, aantal, afwijking_fractie, fout_fractie, dekking_fractie,
        gekozen
    FROM tussen.nagekomen_toets
)
SELECT * FROM rijen
