-- Een rij is wat een cliënt in een levermaand van een product bij een aanbieder kreeg, zoals bekend op een peildatum.
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   client_nr: volgnummer van de cliënt
--   wet: Wmo of Jeugdwet
--   indeling_nr: volgnummer van de indeling in producten
--   aanbieder_agb: AGB-code van de aanbieder
--   wijkcode: wijk van de cliënt op de 1e van de maand
--   eenheid: eenheid van het volume
--   volume_6000: netto volume [6000sten van de eenheid]
--   clientdagen: dagen met zorg, nooit meer dan de maand lang is; 0 zonder netto volume [dagen]
--   realisatie_cent: realisatie [cent]
--   regels: aantal regels, ook afgekeurde
WITH opgeteld AS (
    SELECT
        peil, levermaand, gemeentecode, client_nr, wet, indeling_nr, aanbieder_agb, wijkcode, eenheid,
        CAST(sum(volume_6000) AS BIGINT) AS volume_6000,
        CAST(sum(dagen) AS BIGINT) AS dagen,
        CAST(sum(realisatie_cent) AS BIGINT) AS realisatie_cent,
        CAST(sum(regels) AS BIGINT) AS regels
    FROM tussen.client_cel
    GROUP BY peil, levermaand, gemeentecode, client_nr, wet, indeling_nr, aanbieder_agb, wijkcode, eenheid
),
begrensd AS (
    SELECT
        o.peil, o.levermaand, o.gemeentecode, o.client_nr, o.wet, o.indeling_nr, o.aanbieder_agb, o.wijkcode, o.eenheid,
        o.volume_6000,
        CASE WHEN o.volume_6000 <= 0 THEN CAST(0 AS BIGINT) ELSE greatest(0, least(o.dagen, m.dagen)) END AS clientdagen,
        o.realisatie_cent, o.regels
    FROM opgeteld o
    JOIN (
        SELECT
            levermaand, date_diff('day', levermaand, CAST(levermaand + INTERVAL 1 MONTH AS DATE)) AS dagen
        FROM (SELECT DISTINCT levermaand FROM opgeteld) maanden
    ) m ON m.levermaand = o.levermaand
)
SELECT * FROM begrensd
