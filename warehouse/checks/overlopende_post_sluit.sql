-- Van elk leverjaar zijn de lasten over alle boekjaren samen zijn realisatie plus wat nog wordt verwacht, het eind van een
-- boekjaar is het begin van het volgende, en de regels van de jaarrekening zijn de som over de leverjaren.
WITH verloop AS (
    SELECT
        gemeentecode, wet, leverjaar, boekjaar, sum(begin_cent) AS begin_cent, sum(geboekt_cent) AS geboekt_cent,
        sum(eind_cent) AS eind_cent, sum(verwacht_cent) AS verwacht_cent, sum(lasten_cent) AS lasten_cent
    FROM mart.overlopende_post
    GROUP BY gemeentecode, wet, leverjaar, boekjaar
),
per_leverjaar AS (
    SELECT
        v.gemeentecode, v.wet, v.leverjaar, sum(v.lasten_cent) AS lasten_cent,
        sum(CASE WHEN v.boekjaar = greatest(year(k.bekend_op), v.leverjaar) THEN v.verwacht_cent ELSE 0 END) AS verwacht_cent
    FROM verloop v
    JOIN peil.bekend k ON true
    GROUP BY v.gemeentecode, v.wet, v.leverjaar
),
realisatie AS (
    SELECT gemeentecode, wet, year(levermaand) AS leverjaar, sum(realisatie_cent) AS realisatie_cent
    FROM kern.declaratieregel
    GROUP BY gemeentecode, wet, year(levermaand)
),
volgend AS (
    SELECT gemeentecode, wet, taakveld, leverjaar, boekjaar + 1 AS boekjaar, 0 AS begin_cent, eind_cent
    FROM mart.overlopende_post o
    JOIN peil.bekend k ON o.boekjaar < year(k.bekend_op)
    UNION ALL
    SELECT gemeentecode, wet, taakveld, leverjaar, boekjaar, begin_cent, 0
    FROM mart.overlopende_post
),
regels AS (
    SELECT
        gemeentecode, wet, taakveld, boekjaar,
        sum(CASE WHEN volgorde = 7 THEN bedrag_cent ELSE 0 END) AS lasten_cent,
        sum(CASE WHEN volgorde IN (3, 4, 5) THEN bedrag_cent ELSE 0 END) AS eind_cent,
        sum(CASE WHEN volgorde = 6 THEN -bedrag_cent ELSE 0 END) AS begin_cent
    FROM mart.jaarrekening
    GROUP BY gemeentecode, wet, taakveld, boekjaar
    UNION ALL
    SELECT gemeentecode, wet, taakveld, boekjaar, -sum(lasten_cent), -sum(eind_cent), -sum(begin_cent)
    FROM mart.overlopende_post
    GROUP BY gemeentecode, wet, taakveld, boekjaar
),
fout AS (
    SELECT
        'lasten van het leverjaar' AS wat, r.gemeentecode, r.wet, r.leverjaar, NULL AS boekjaar,
        coalesce(p.lasten_cent, 0) - coalesce(p.verwacht_cent, 0) - r.realisatie_cent AS verschil
    FROM realisatie r
    LEFT JOIN per_leverjaar p ON p.gemeentecode = r.gemeentecode AND p.wet = r.wet AND p.leverjaar = r.leverjaar
    UNION ALL
    SELECT 'eind is begin', gemeentecode, wet, leverjaar, boekjaar, abs(sum(eind_cent) - sum(begin_cent))
    FROM volgend
    GROUP BY gemeentecode, wet, taakveld, leverjaar, boekjaar
    UNION ALL
    SELECT 'regels', gemeentecode, wet, NULL, boekjaar,
        abs(sum(lasten_cent)) + abs(sum(eind_cent)) + abs(sum(begin_cent))
    FROM regels
    GROUP BY gemeentecode, wet, taakveld, boekjaar
),
gevonden AS (
    SELECT * FROM fout WHERE verschil <> 0
)
SELECT * FROM gevonden
