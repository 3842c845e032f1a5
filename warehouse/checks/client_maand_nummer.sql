-- Het dashboard telt cliënten met hun volgnummer: dat hoort bij precies één pseudoniem, ook in wat toen bekend was.
WITH maanden AS (
    SELECT DISTINCT client_id, client_nr FROM mart.client_maand
    UNION
    SELECT DISTINCT client_id, client_nr FROM mart.client_maand_toen
)
SELECT client_nr, count(*) AS paren FROM maanden GROUP BY client_nr HAVING count(*) > 1 OR client_nr IS NULL
UNION ALL
SELECT min(client_nr) AS client_nr, count(*) AS paren FROM maanden GROUP BY client_id HAVING count(*) > 1
