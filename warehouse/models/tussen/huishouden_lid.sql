-- Een rij is een cliënt met het nummer van zijn huishouden: het kleinste volgnummer van de cliënten op dat adres. Zonder
-- huishouden (een instelling of een onbekend adres) is een cliënt zijn eigen huishouden.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   client_nr: volgnummer van de cliënt
--   huishouden_nr: nummer van het huishouden
--   woont_thuis: waar als het huishouden bekend is
WITH leden AS (
    SELECT
        c.gemeentecode, n.client_nr,
        CASE
            WHEN c.huishouden_id IS NULL THEN n.client_nr
            ELSE min(n.client_nr) OVER (PARTITION BY c.gemeentecode, c.huishouden_id)
        END AS huishouden_nr,
        c.huishouden_id IS NOT NULL AS woont_thuis
    FROM kern.client c
    JOIN tussen.client_nr n ON n.client_id = c.client_id
)
SELECT * FROM leden
