-- Wie in een zorgperiode zit, zit in elke weergave daarbinnen in ten minste één cel: wijken en aanbieders samen zijn nooit
-- minder dan het totaal, productgroepen en producten nooit minder dan de wetten.
WITH per_niveau AS (
    SELECT gemeentecode, niveau, maand, sum(eind) AS eind
    FROM mart.stroom_maand
    GROUP BY gemeentecode, niveau, maand
),
fout AS (
    SELECT t.maand, t.niveau AS geheel, t.eind AS eind_geheel, d.niveau, d.eind
    FROM per_niveau t
    JOIN per_niveau d ON d.gemeentecode = t.gemeentecode AND d.maand = t.maand
    WHERE ((t.niveau = 'totaal' AND d.niveau IN ('wijk', 'aanbieder')) OR (t.niveau = 'wet' AND d.niveau IN ('productgroep', 'product')))
        AND d.eind < t.eind
)
SELECT * FROM fout
