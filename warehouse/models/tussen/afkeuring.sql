-- Een rij is een regel of een cliënt die een antwoord afkeurt. Het 325 noemt alleen afgekeurde prestaties; het oude 304 kan
-- een genoemde regel ook voor een deel toekennen.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   antwoord_id: bericht_id van het antwoord
--   client_id: pseudoniem van de cliënt als de hele cliënt is afgekeurd, anders leeg
--   referentienummer: nummer van de afgekeurde regel, anders leeg
--   toegekend_cent: wat er van de regel toch is toegekend, 0 in een 325 [cent]
WITH genoemd AS (
    SELECT
        gemeentecode,
        bericht_id AS antwoord_id,
        CASE WHEN niveau = 'client' THEN client_id END AS client_id,
        CASE WHEN niveau = 'prestatie' THEN referentienummer END AS referentienummer,
        CASE WHEN niveau = 'prestatie' THEN toegekend_cent END AS toegekend_cent
    FROM lake.declaratieantwoord
    WHERE niveau = 'prestatie' OR (niveau = 'client' AND coalesce(retourcodes, '') NOT IN ('', '0200', '8001'))
),
uniek AS (
    SELECT
        gemeentecode, antwoord_id, client_id, referentienummer,
        CAST(coalesce(max(toegekend_cent), 0) AS BIGINT) AS toegekend_cent
    FROM genoemd
    GROUP BY gemeentecode, antwoord_id, client_id, referentienummer
)
SELECT * FROM uniek
