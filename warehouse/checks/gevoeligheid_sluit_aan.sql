-- Bij elke onderbreking sluiten stand en stromen, is het eind van een maand het begin van de volgende, en met de ingestelde
-- onderbreking zijn het de cijfers van mart.stroom_maand, die langs een andere weg zijn geteld.
WITH laatste AS (
    SELECT max(maand) AS maand FROM mart.stroom_gevoeligheid
),
fout AS (
    SELECT g.maand, g.cel, g.onderbreking_dagen, 'stand en stromen' AS wat
    FROM mart.stroom_gevoeligheid g
    WHERE g.begin + g.instroom - g.uitstroom <> g.eind OR g.begin < 0
    UNION ALL
    SELECT g.maand, g.cel, g.onderbreking_dagen, 'volgende maand'
    FROM mart.stroom_gevoeligheid g
    JOIN laatste l ON g.maand < l.maand
    LEFT JOIN mart.stroom_gevoeligheid v
        ON v.gemeentecode = g.gemeentecode AND v.cel = g.cel AND v.onderbreking_dagen = g.onderbreking_dagen
        AND v.maand = CAST(g.maand + INTERVAL 1 MONTH AS DATE)
    WHERE g.eind <> coalesce(v.begin, 0)
    UNION ALL
    SELECT coalesce(g.maand, s.maand), coalesce(g.cel, s.cel), g.onderbreking_dagen, 'mart.stroom_maand'
    FROM (SELECT * FROM mart.stroom_gevoeligheid WHERE is_ingesteld) g
    FULL JOIN (SELECT * FROM mart.stroom_maand WHERE niveau IN ('totaal', 'wet')) s
        ON s.maand = g.maand AND s.gemeentecode = g.gemeentecode AND s.cel = g.cel
    WHERE coalesce(g.begin, 0) <> coalesce(s.begin, 0) OR coalesce(g.instroom, 0) <> coalesce(s.instroom, 0)
        OR coalesce(g.instroom_nieuw, 0) <> coalesce(s.instroom_nieuw, 0)
        OR coalesce(g.uitstroom, 0) <> coalesce(s.uitstroom, 0) OR coalesce(g.eind, 0) <> coalesce(s.eind, 0)
)
SELECT * FROM fout
