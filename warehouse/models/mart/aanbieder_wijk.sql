-- Een rij is een productgroep in een wijk en jaar, met het aantal aanbieders waaruit daar feitelijk zorg kwam.
-- Volgorde: jaar, wet, productgroep, wijkcode
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   wijkcode: wijk van de cliënt op de 1e van de maand
--   aanbieders: aantal aanbieders met cliënten in de wijk
--   clienten: cliënten in de wijk
--   grootste_aandeel: deel van de realisatie in de wijk van de grootste aanbieder daar, 0 tot 1
WITH per_aanbieder AS (
    SELECT
        year(m.levermaand) AS jaar, m.gemeentecode, m.wet, i.productgroep, m.wijkcode, m.aanbieder_agb,
        sum(m.realisatie_cent) AS realisatie_cent
    FROM tussen.client_maand m
    JOIN tussen.indeling i ON i.indeling_nr = m.indeling_nr
    WHERE m.peil = 'nu' AND m.volume_6000 > 0
    GROUP BY year(m.levermaand), m.gemeentecode, m.wet, i.productgroep, m.wijkcode, m.aanbieder_agb
),
per_wijk AS (
    SELECT
        jaar, gemeentecode, wet, productgroep, wijkcode, count(*) AS aanbieders,
        CASE
            WHEN sum(realisatie_cent) > 0 THEN CAST(max(realisatie_cent) AS DOUBLE) / CAST(sum(realisatie_cent) AS DOUBLE)
        END AS grootste_aandeel
    FROM per_aanbieder
    GROUP BY jaar, gemeentecode, wet, productgroep, wijkcode
),
clienten AS (
    SELECT
        year(m.levermaand) AS jaar, m.gemeentecode, m.wet, i.productgroep, m.wijkcode,
        count(DISTINCT m.client_nr) AS clienten
    FROM tussen.client_maand m
    JOIN tussen.indeling i ON i.indeling_nr = m.indeling_nr
    WHERE m.peil = 'nu' AND m.volume_6000 > 0
    GROUP BY year(m.levermaand), m.gemeentecode, m.wet, i.productgroep, m.wijkcode
),
samen AS (
    SELECT
        CAST(w.jaar AS BIGINT) AS jaar, w.gemeentecode, w.wet, w.productgroep, w.wijkcode, w.aanbieders, c.clienten,
        w.grootste_aandeel
    FROM per_wijk w
    JOIN clienten c
        ON c.jaar = w.jaar AND c.gemeentecode = w.gemeentecode AND c.wet = w.wet AND c.productgroep = w.productgroep
        AND c.wijkcode = w.wijkcode
)
SELECT * FROM samen
