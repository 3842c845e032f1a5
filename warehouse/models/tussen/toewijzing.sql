-- Een rij is de geldende versie van een toewijzing zoals bekend op een peildatum: de grootste toewijzingsdatum en -tijd
-- wint, niet de volgorde van ontvangst. Vertellen een bericht en een extract dezelfde versie, dan telt het bericht.
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
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
--   einde: dag na de laatste dag, leeg als open
--   volume: toegewezen volume per frequentie [eenheid]
--   eenheid: code van de eenheid
--   frequentie: 1 dag, 2 week, 3 vier weken, 4 maand, 5 jaar, 6 totaal
--   budget_cent: toegewezen budget [cent]
--   reden_wijziging: code van de reden van wijziging
--   verwijzer: code van het soort verwijzer
--   toegewezen_op: moment van toewijzen
--   verwijderd: waar als de toewijzing geldt als nooit verzonden (reden 13, of 01 met einde op de ingangsdatum)
WITH versies AS (
    SELECT p.peil, b.voorrang, t.*
    FROM lake.toewijzing t
    JOIN lake.telt b ON b.bericht_id = t.bericht_id
    JOIN peil.peil p ON t.ontvangen_op < p.grens
),
nieuwste AS (
    SELECT *
    FROM versies
    QUALIFY row_number() OVER (
        PARTITION BY peil, gemeentecode, wet, toewijzing_sleutel
        ORDER BY toegewezen_op DESC NULLS LAST, bron, ontvangen_op DESC, voorrang, regel_nr DESC
    ) = 1
),
uitkomst AS (
    SELECT
        peil, wet, gemeentecode, toewijzing_sleutel, aanbieder_agb, client_id, productcategorie, productcode,
        CASE
            WHEN productcode IS NOT NULL THEN 'specifiek'
            WHEN productcategorie IS NOT NULL THEN 'aspecifiek'
            ELSE 'generiek'
        END AS soort,
        ingangsdatum, einddatum,
        CAST(einddatum + INTERVAL 1 DAY AS DATE) AS einde,
        volume, eenheid, frequentie, budget_cent, reden_wijziging, verwijzer, toegewezen_op,
        coalesce(reden_wijziging = '13' OR (reden_wijziging = '01' AND einddatum = ingangsdatum), false) AS verwijderd
    FROM nieuwste
)
SELECT * FROM uitkomst
