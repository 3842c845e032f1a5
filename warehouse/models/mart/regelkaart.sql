-- Een rij is een maand van een regelkaart (XmR): de waarde met het gemiddelde en de natuurlijke grenzen, en of de maand een
-- signaal is. De grenzen rusten op de eerste maanden van de basis en schuiven niet mee met nieuwe maanden. Een nieuwe basis
-- begint alleen waar een mens dat met een reden vastlegde (kern.regelkaart_basis). Een signaal hangt alleen af van de maand
-- zelf en de maanden ervoor. Alleen maanden die niet meer voorlopig zijn; met minder dan 12 maanden zijn er geen grenzen.
-- Maten: 'instroom' (per wet en totaal), 'netto stroom' (instroom min uitstroom, totaal), 'realisatie' en 'uitnutting' (per
-- wet en productgroep), 'afgekeurd aandeel' (per wet) en 'omzet aanbieder' (de grootste aanbieders).
-- Volgorde: maat, cel, maand
-- Kolommen:
--   maat: naam van de maat
--   cel: totaal, de wet, 'wet|productgroep' of AGB-code van de aanbieder
--   gemeentecode: CBS-code van de gemeente
--   maand: eerste dag van de maand
--   waarde: waarde van de maat [eenheid]
--   eenheid: aantal, cent of fractie
--   gemiddelde: gemiddelde van de basis; leeg met minder dan 12 maanden [eenheid]
--   ondergrens: gemiddelde min 2,66 keer de gemiddelde sprong; niet onder 0 waar dat niet kan [eenheid]
--   bovengrens: gemiddelde plus 2,66 keer de gemiddelde sprong [eenheid]
--   signaal: 'buiten de grenzen', 'zeven aan één kant', 'trend van zeven' of 'twee van drie bij een grens'; leeg zonder signaal
--   richting: hoog of laag, leeg zonder signaal
--   basis_van: eerste maand van de basis
--   basis_tot: maand na de laatste maand waarop de grenzen rusten
--   basis_reden: waarom de basis is verlegd; leeg als de reeks hier begint
--   aanbieder_agb: aanbieder waarover het gaat, leeg als het over de gemeente gaat
WITH uitkomst AS (
    SELECT
        maat, cel, gemeentecode, maand, waarde, eenheid, gemiddelde, ondergrens, bovengrens, signaal, richting, basis_van,
        basis_tot, basis_reden, aanbieder_agb
    FROM tussen.regelkaart
)
SELECT * FROM uitkomst
