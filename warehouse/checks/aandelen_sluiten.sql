-- De realisatie van alle aanbieders samen is per jaar, wet en productgroep die van mart.pq_maand, en hun aandelen zijn samen 1.
WITH aandelen AS (
    SELECT jaar, gemeentecode, wet, productgroep, sum(realisatie_cent) AS cent, sum(aandeel) AS aandeel
    FROM mart.aanbieder_aandeel
    GROUP BY jaar, gemeentecode, wet, productgroep
),
pq AS (
    SELECT CAST(year(levermaand) AS BIGINT) AS jaar, gemeentecode, wet, productgroep, sum(realisatie_cent) AS cent
    FROM mart.pq_maand
    GROUP BY year(levermaand), gemeentecode, wet, productgroep
),
fout AS (
    SELECT
        coalesce(a.jaar, p.jaar) AS jaar, coalesce(a.wet, p.wet) AS wet, coalesce(a.productgroep, p.productgroep) AS productgroep,
        a.cent AS aandeel_cent, p.cent AS pq_cent, a.aandeel
    FROM aandelen a
    FULL JOIN pq p
        ON p.jaar = a.jaar AND p.gemeentecode = a.gemeentecode AND p.wet = a.wet AND p.productgroep = a.productgroep
    WHERE coalesce(a.cent, 0) <> coalesce(p.cent, 0) OR abs(a.aandeel - 1) > 0.000001
)
SELECT * FROM fout
