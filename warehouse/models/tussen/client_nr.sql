-- Een rij is een cliënt met een volgnummer binnen deze bouw: met een getal koppelen en tellen gaat sneller dan met een
-- pseudoniem. Buiten deze snapshot zegt het nummer niets.
-- Kolommen:
--   client_id: pseudoniem van de cliënt
--   client_nr: volgnummer
WITH alle AS (
    SELECT client_id FROM lake.declaratieregel
    UNION
    SELECT client_id FROM lake.toewijzing
    UNION
    SELECT client_id FROM lake.start
    UNION
    SELECT client_id FROM lake.stop
),
genummerd AS (
    SELECT client_id, row_number() OVER (ORDER BY client_id) AS client_nr
    FROM alle
)
SELECT * FROM genummerd
