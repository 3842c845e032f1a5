-- Een rij is een aaneengesloten reeks maanden waarin een cliënt in dezelfde wijk telt; de eerste reeks begint en de
-- laatste eindigt nergens.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   client_nr: volgnummer van de cliënt
--   wijkcode: code van de wijk
--   van: eerste dag
--   tot: dag na de laatste dag
WITH wisselingen AS (
    SELECT gemeentecode, client_nr, wijkcode, maand
    FROM tussen.client_wijk
    QUALIFY coalesce(lag(wijkcode) OVER (PARTITION BY gemeentecode, client_nr ORDER BY maand), '') <> wijkcode
),
perioden AS (
    SELECT
        gemeentecode, client_nr, wijkcode,
        CASE
            WHEN row_number() OVER (PARTITION BY gemeentecode, client_nr ORDER BY maand) = 1 THEN DATE '0001-01-01'
            ELSE maand
        END AS van,
        coalesce(lead(maand) OVER (PARTITION BY gemeentecode, client_nr ORDER BY maand), DATE '9999-12-31') AS tot
    FROM wisselingen
)
SELECT * FROM perioden
