-- Een rij is een regel of een cliënt die een antwoord (325) afkeurt. Het 325 noemt alleen afgekeurde prestaties.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   antwoord_id: bericht_id van het antwoord
--   client_id: pseudoniem van de cliënt als de hele cliënt is afgekeurd, anders leeg
--   referentienummer: nummer van de afgekeurde regel, anders leeg
WITH genoemd AS (
    SELECT
        gemeentecode,
        bericht_id AS antwoord_id,
        CASE WHEN niveau = 'client' THEN client_id END AS client_id,
        CASE WHEN niveau = 'prestatie' THEN referentienummer END AS referentienummer
    FROM lake.declaratieantwoord
    WHERE niveau = 'prestatie' OR (niveau = 'client' AND coalesce(retourcodes, '') NOT IN ('', '0200', '8001'))
),
uniek AS (
    SELECT DISTINCT gemeentecode, antwoord_id, client_id, referentienummer
    FROM genoemd
)
SELECT * FROM uniek
