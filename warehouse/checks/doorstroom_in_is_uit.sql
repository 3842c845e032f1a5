-- In elke weergave en maand gaan er evenveel cellen uit als in door doorstroom.
WITH verschil AS (
    SELECT gemeentecode, niveau, maand, sum(doorstroom_in) AS doorstroom_in, sum(doorstroom_uit) AS doorstroom_uit
    FROM mart.stroom_maand
    GROUP BY gemeentecode, niveau, maand
    HAVING sum(doorstroom_in) <> sum(doorstroom_uit)
)
SELECT * FROM verschil
