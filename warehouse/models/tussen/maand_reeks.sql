-- Een rij is een maand in een reeks maanden: elke reeks die in de snapshot past, van de eerste levermaand tot en met december
-- van het jaar van bekend_op. Een periode over haar maanden spreiden is zo koppelen op gelijkheid; op groter en kleiner dan
-- koppelen kost meer dan het rekenen erna.
-- Kolommen:
--   eerste: eerste maand van de reeks
--   laatste: laatste maand van de reeks
--   maand: maand in de reeks
--   volgende: eerste dag van de maand erna
--   maanddagen: lengte van de maand [dagen]
--   jaardagen: lengte van het jaar [dagen]
WITH maanden AS (
    SELECT k.maand, k.volgende, k.dagen, k.jaardagen
    FROM peil.kalender k
    JOIN tussen.bereik b ON k.maand >= b.eerste_levermaand
),
reeksen AS (
    SELECT v.maand AS eerste, t.maand AS laatste, m.maand, m.volgende, m.dagen AS maanddagen, m.jaardagen
    FROM maanden v
    JOIN maanden t ON t.maand >= v.maand
    JOIN maanden m ON m.maand >= v.maand AND m.maand <= t.maand
)
SELECT * FROM reeksen
