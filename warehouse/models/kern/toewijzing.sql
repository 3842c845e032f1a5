-- Een rij is een toewijzing in de versie die op bekend_op geldt; verwijderde toewijzingen (reden 13) staan er niet in.
-- Volgorde: ingangsdatum, wet, toewijzing_sleutel
-- Kolommen:
--   wet: Wmo of Jeugdwet
--   gemeentecode: CBS-code van de gemeente
--   toewijzing_sleutel: sleutel van de toewijzing
--   aanbieder_agb: AGB-code van de aanbieder
--   client_id: pseudoniem van de cliënt
--   productcategorie: code van de productcategorie
--   productcode: code van het product
--   soort: specifiek (product bekend), aspecifiek (alleen categorie) of generiek (geen van beide)
--   ingangsdatum: eerste dag
--   einddatum: laatste dag (telt mee), leeg als open
--   volume: toegewezen volume per frequentie [eenheid; eenheid 83 in cent]
--   eenheid: code van de eenheid
--   frequentie: 1 dag, 2 week, 3 vier weken, 4 maand, 5 jaar, 6 totaal over de geldigheid
--   budget_cent: toegewezen budget [cent]
--   reden_wijziging: code van de reden van wijziging
--   verwijzer: code van het soort verwijzer
--   toegewezen_op: moment van toewijzen
WITH nu AS (
    SELECT
        wet, gemeentecode, toewijzing_sleutel, aanbieder_agb, client_id, productcategorie, productcode, soort,
        ingangsdatum, einddatum, volume, eenheid, frequentie, budget_cent, reden_wijziging, verwijzer, toegewezen_op
    FROM tussen.toewijzing
    WHERE peil = 'nu' AND NOT verwijderd
)
SELECT * FROM nu
