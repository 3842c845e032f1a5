-- De realisatie per verwijzer telt in elk jaar en per wet op tot die van mart.pq_maand tot en met de laatste volledige levermaand,
-- op beide niveaus.
WITH pq AS (
    SELECT gemeentecode, CAST(year(levermaand) AS BIGINT) AS jaar, wet, sum(realisatie_cent) AS cent
    FROM mart.pq_maand
    JOIN peil.bekend k ON levermaand < k.geleverd_tot
    GROUP BY gemeentecode, year(levermaand), wet
),
verwijzer AS (
    SELECT
        gemeentecode, jaar, wet,
        sum(CASE WHEN niveau = 'wet' THEN realisatie_cent ELSE 0 END) AS wet_cent,
        sum(CASE WHEN niveau = 'productgroep' THEN realisatie_cent ELSE 0 END) AS groep_cent
    FROM mart.verwijzer
    GROUP BY gemeentecode, jaar, wet
),
verschil AS (
    SELECT
        coalesce(p.jaar, v.jaar) AS jaar, coalesce(p.wet, v.wet) AS wet, p.cent AS pq_cent, v.wet_cent, v.groep_cent
    FROM pq p
    FULL JOIN verwijzer v ON v.gemeentecode = p.gemeentecode AND v.jaar = p.jaar AND v.wet = p.wet
    WHERE coalesce(p.cent, 0) <> coalesce(v.wet_cent, 0) OR coalesce(p.cent, 0) <> coalesce(v.groep_cent, 0)
)
SELECT * FROM verschil
