-- In kern.toewijzing staat elke toewijzing één keer.
WITH dubbel AS (
    SELECT wet, gemeentecode, toewijzing_sleutel, count(*) AS aantal
    FROM kern.toewijzing
    GROUP BY wet, gemeentecode, toewijzing_sleutel
    HAVING count(*) > 1
)
SELECT * FROM dubbel
