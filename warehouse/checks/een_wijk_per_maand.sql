-- Een cliënt heeft in een maand één wijk.
WITH dubbel AS (
    SELECT gemeentecode, client_id, maand, count(*) AS wijken
    FROM kern.client_wijk
    GROUP BY gemeentecode, client_id, maand
    HAVING count(*) > 1
)
SELECT * FROM dubbel
