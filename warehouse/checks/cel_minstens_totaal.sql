-- Wie in zorg is zit in elke weergave in ten minste één cel: geen weergave heeft een kleinere stand dan haar geheel.
WITH per_niveau AS (
    SELECT gemeentecode, niveau, maand, sum(eind) AS eind
    FROM mart.stroom_maand
    GROUP BY gemeentecode, niveau, maand
),
fout AS (
    SELECT t.maand, t.niveau AS geheel, t.eind AS eind_geheel, d.niveau, d.eind
    FROM per_niveau t
    JOIN per_niveau d ON d.gemeentecode = t.gemeentecode AND d.maand = t.maand
    WHERE ((t.niveau = 'totaal' AND d.niveau IN ('wet', 'wijk', 'aanbieder')) OR (t.niveau = 'wet' AND d.niveau IN ('productgroep', 'product')))
        AND d.eind < t.eind
)
SELECT * FROM fout
