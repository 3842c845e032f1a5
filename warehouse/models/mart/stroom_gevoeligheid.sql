-- Een rij is een maand bij een keuze van de langste onderbreking die nog geen einde is: hoe korter die, hoe meer in- en
-- uitstroom en hoe kleiner de stand. Zonder start en stop is stilte korter dan de ingestelde onderbreking niet te zien. Met de ingestelde keuze zijn het de cijfers van mart.stroom_maand.
-- Volgorde: niveau, cel, onderbreking_dagen, maand
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal of wet
--   cel: totaal of de wet
--   onderbreking_dagen: langste onderbreking waarbij zorg doorloopt: 30, 90, 180, 365 en de ingestelde [dagen]
--   begin: aantal cliënten om 00:00 uur op de 1e van de maand
--   instroom: aantal cliënten dat in de maand begon met zorg
--   instroom_nieuw: instroom zonder zorg in de vijf jaar ervoor
--   instroom_herinstroom: instroom met eerdere zorg in die vijf jaar
--   uitstroom: aantal cliënten voor wie in de maand alle zorg eindigde
--   eind: aantal cliënten om 00:00 uur op de 1e van de volgende maand
--   voorlopig: waar als in- en uitstroom bij deze keuze nog kunnen veranderen
--   is_ingesteld: waar bij de onderbreking waarmee de andere cijfers zijn gemaakt
WITH gekozen AS (
    SELECT
        g.maand, g.gemeentecode, g.niveau, g.cel, g.onderbreking_dagen, g.begin, g.instroom, g.instroom_nieuw,
        g.instroom - g.instroom_nieuw AS instroom_herinstroom, g.uitstroom, g.eind, g.voorlopig,
        g.onderbreking_dagen = i.onderbreking_dagen AS is_ingesteld
    FROM tussen.gat_stroom g
    JOIN peil.instelling i ON true
    WHERE g.soort = 'client'
)
SELECT * FROM gekozen
