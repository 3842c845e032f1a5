-- Een rij is een periode waarin een cliënt in een cel van een weergave zit. Leveringen met een onderbreking van ten hoogste
-- het ingestelde aantal dagen zijn één periode. Weergaven: totaal (over de wetten), wet, productgroep, product, zwaarte,
-- aanbieder en wijk. De eerste drie cellen met een product liggen binnen de zorgperiode van hun wet, wijk en aanbieder
-- binnen die over de wetten.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: weergave
--   ouder: 'totaal' of de wet waarbinnen de zorgperiode loopt
--   client_id: pseudoniem van de cliënt
--   cel: naam van de cel; bij producten 'wet|naam'
--   begin: eerste dag
--   tot: dag na de laatste dag; 9999-12-31 als open
--   bedrag_cent: bedrag voor de volgorde bij gelijke dagen [cent]
--   zwaarte_rang: rang van de zwaarte (alleen niveau zwaarte)
WITH cellen AS (
    SELECT gemeentecode, 'totaal' AS niveau, 'totaal' AS ouder, client_id, 'totaal' AS cel, begin, tot, bedrag_cent, 0 AS zwaarte_rang
    FROM tussen.levering_deel
    UNION ALL
    SELECT gemeentecode, 'wet', wet, client_id, wet, begin, tot, bedrag_cent, 0
    FROM tussen.levering_deel
    UNION ALL
    SELECT gemeentecode, 'productgroep', wet, client_id, wet || '|' || productgroep, begin, tot, bedrag_cent, 0
    FROM tussen.levering_deel
    UNION ALL
    SELECT gemeentecode, 'product', wet, client_id, wet || '|' || product, begin, tot, bedrag_cent, 0
    FROM tussen.levering_deel
    UNION ALL
    SELECT gemeentecode, 'zwaarte', wet, client_id, wet || '|' || product || '|' || zwaarte, begin, tot, bedrag_cent, zwaarte_rang
    FROM tussen.levering_deel
    UNION ALL
    SELECT gemeentecode, 'aanbieder', 'totaal', client_id, aanbieder_agb, begin, tot, bedrag_cent, 0
    FROM tussen.levering_deel
    UNION ALL
    SELECT
        l.gemeentecode, 'wijk', 'totaal', l.client_id, coalesce(w.wijkcode, 'onbekend'),
        greatest(l.begin, coalesce(w.van, l.begin)), least(l.tot, coalesce(w.tot, l.tot)), l.bedrag_cent, 0
    FROM tussen.levering_deel l
    LEFT JOIN tussen.wijk_periode w
        ON w.gemeentecode = l.gemeentecode AND w.client_nr = l.client_nr AND w.van < l.tot AND w.tot > l.begin
),
gemerkt AS (
    SELECT
        c.*,
        CASE
            WHEN date_diff(
                'day',
                max(c.tot) OVER (
                    PARTITION BY c.gemeentecode, c.niveau, c.ouder, c.client_id, c.cel
                    ORDER BY c.begin, c.tot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ),
                c.begin
            ) <= i.onderbreking_dagen THEN 0
            ELSE 1
        END AS nieuw
    FROM cellen c
    JOIN peil.instelling i ON true
),
genummerd AS (
    SELECT
        *,
        sum(nieuw) OVER (
            PARTITION BY gemeentecode, niveau, ouder, client_id, cel
            ORDER BY begin, tot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS volgnummer
    FROM gemerkt
),
perioden AS (
    SELECT
        gemeentecode, niveau, ouder, client_id, cel, min(begin) AS begin, max(tot) AS tot,
        CAST(sum(bedrag_cent) AS BIGINT) AS bedrag_cent,
        CAST(max(zwaarte_rang) AS BIGINT) AS zwaarte_rang
    FROM genummerd
    GROUP BY gemeentecode, niveau, ouder, client_id, cel, volgnummer
)
SELECT * FROM perioden
