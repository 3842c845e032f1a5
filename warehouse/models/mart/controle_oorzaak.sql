-- Een rij is wat de declaratiecontrole bij een aanbieder in een maand vond, per oorzaak en regel. De maand is de levermaand; gaat
-- het niet over een declaratieregel, dan is het de maand van ontvangst. Een regel die tegen twee regels van de standaard ingaat
-- staat in beide rijen: bedragen van verschillende regels zijn niet op te tellen tot één bedrag.
-- Volgorde: maand, wet, aanbieder_agb, oorzaak, regel
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   soort: 'standaard' of 'eigen signaal'
--   oorzaak: toewijzing, periode, volume, tarief, dubbel, credit, termijn, bericht of veld
--   regel: nummer van de regel in de standaard, of de naam van het eigen signaal
--   maand: eerste dag van de levermaand, of van de maand van ontvangst
--   bevindingen: aantal bevindingen
--   regels: aantal declaratieregels waar zij over gaan; 0 als zij over hele berichten gaan
--   afgekeurde_regels: aantal van die regels dat al is afgekeurd
--   bedrag_cent: ingediend bedrag van die regels met teken [cent]
--   op_het_spel_cent: wat daarvan nog in de realisatie zit [cent]
WITH bevindingen AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, soort, oorzaak, regel, bericht_id, regel_nr, bedrag_cent, op_het_spel_cent,
        coalesce(levermaand, CAST(date_trunc('month', ontvangen_op) AS DATE)) AS maand,
        bedrag_cent IS NOT NULL AS over_regel,
        row_number() OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, regel, bericht_id, regel_nr, levermaand
            ORDER BY veld, omschrijving, declaratienummer
        ) AS nr,
        afgekeurd
    FROM mart.declaratiecontrole
),
opgeteld AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, soort, oorzaak, regel, maand,
        count(*) AS bevindingen,
        CAST(sum(CASE WHEN over_regel AND nr = 1 THEN 1 ELSE 0 END) AS BIGINT) AS regels,
        CAST(sum(CASE WHEN over_regel AND nr = 1 AND afgekeurd THEN 1 ELSE 0 END) AS BIGINT) AS afgekeurde_regels,
        CAST(sum(CASE WHEN nr = 1 THEN coalesce(bedrag_cent, 0) ELSE 0 END) AS BIGINT) AS bedrag_cent,
        CAST(sum(CASE WHEN nr = 1 OR NOT over_regel THEN op_het_spel_cent ELSE 0 END) AS BIGINT) AS op_het_spel_cent
    FROM bevindingen
    GROUP BY gemeentecode, wet, aanbieder_agb, soort, oorzaak, regel, maand
)
SELECT * FROM opgeteld
