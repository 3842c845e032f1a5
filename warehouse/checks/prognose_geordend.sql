-- In mart.prognose en mart.prognose_toets is P10 hoogstens P50 en P50 hoogstens P90, is een kans een getal van 0 tot en met 1, en is er per gemeente één standaardmethode.
WITH geordend AS (
    SELECT gemeentecode, 'prognose' AS tabel, wet, methode, p10_cent, p50_cent, p90_cent
    FROM mart.prognose
    WHERE p10_cent > p50_cent OR p50_cent > p90_cent OR kans_overschrijding < 0 OR kans_overschrijding > 1
    UNION ALL
    SELECT gemeentecode, 'toets', wet, methode, p10_cent, p50_cent, p90_cent
    FROM mart.prognose_toets
    WHERE p10_cent > p50_cent OR p50_cent > p90_cent
    UNION ALL
    SELECT gemeentecode, 'standaard', 'totaal', max(methode), 0, count(*), 0
    FROM mart.prognose
    WHERE niveau = 'totaal' AND standaard
    GROUP BY gemeentecode
    HAVING count(*) <> 1
)
SELECT * FROM geordend
