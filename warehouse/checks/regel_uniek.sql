-- In kern.declaratieregel staat elke regel één keer: koppelen vermenigvuldigt niets.
WITH dubbel AS (
    SELECT bericht_id, regel_nr, count(*) AS aantal
    FROM kern.declaratieregel
    GROUP BY bericht_id, regel_nr
    HAVING count(*) > 1
)
SELECT * FROM dubbel
