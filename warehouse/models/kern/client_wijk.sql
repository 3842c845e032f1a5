-- Een rij is een cliënt in een maand met de wijk waar die op de 1e woonde, zoals bekend op bekend_op; zonder adres op
-- die dag geldt het eerste adres daarna. Alleen maanden met een declaratie, een levering of een toewijzing.
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   client_id: pseudoniem van de cliënt
--   wijkcode: code van de wijk, 'buiten gemeente' of 'onbekend'
WITH namen AS (
    SELECT w.maand, w.gemeentecode, n.client_id, w.wijkcode
    FROM tussen.client_wijk w
    JOIN tussen.client_nr n ON n.client_nr = w.client_nr
)
SELECT * FROM namen
