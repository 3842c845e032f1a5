-- Het eind van een maand is in elke cel het begin van de volgende.
WITH laatste AS (
    SELECT max(maand) AS maand FROM mart.stroom_maand
),
verschil AS (
    SELECT
        a.niveau, a.cel, a.maand, a.eind, b.begin AS begin_volgende
    FROM mart.stroom_maand a
    JOIN laatste l ON a.maand < l.maand
    LEFT JOIN mart.stroom_maand b
        ON b.gemeentecode = a.gemeentecode AND b.niveau = a.niveau AND b.cel = a.cel
        AND b.maand = CAST(a.maand + INTERVAL 1 MONTH AS DATE)
    WHERE a.eind <> coalesce(b.begin, 0)
)
SELECT * FROM verschil
