-- Het uitsorteereffect en het prijseffect zijn samen het verschil met de prijs van het basisjaar, en de zwaarten samen zijn het
-- maatwerk.
WITH delen AS (
    SELECT jaar, gemeentecode, sum(volume) AS volume, sum(bedrag_cent) AS cent
    FROM mart.dagbesteding
    WHERE kant = 'maatwerk' AND zwaarte IS NOT NULL
    GROUP BY jaar, gemeentecode
),
fout AS (
    SELECT d.jaar, d.prijs_cent, d.prijs_basis_cent, d.uitsorteereffect_cent, d.prijseffect_cent
    FROM mart.dagbesteding d
    LEFT JOIN delen z ON z.jaar = d.jaar AND z.gemeentecode = d.gemeentecode
    WHERE d.kant = 'maatwerk' AND d.zwaarte IS NULL
        AND (
            abs(d.prijs_cent - d.prijs_basis_cent - d.uitsorteereffect_cent - d.prijseffect_cent) > 0.001
            OR z.volume IS NULL OR z.volume <> d.volume OR z.cent <> d.bedrag_cent
        )
)
SELECT * FROM fout
