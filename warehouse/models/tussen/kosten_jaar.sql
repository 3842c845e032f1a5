-- Een rij is wat een cliënt of een huishouden in een jaar kostte, onder een wet of samen.
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo, Jeugdwet of totaal
--   eenheid: client of huishouden
--   eenheid_nr: volgnummer van de cliënt of het huishouden
--   realisatie_cent: realisatie, altijd boven 0 [cent]
--   maanden: maanden van het jaar met zorg [maanden]
WITH per_client AS (
    SELECT
        year(m.levermaand) AS jaar, m.gemeentecode, m.wet, m.client_nr, sum(m.realisatie_cent) AS realisatie_cent,
        bit_or(CAST(pow(2, month(m.levermaand) - 1) AS BIGINT)) AS maandbits
    FROM tussen.client_maand m
    JOIN peil.bekend k ON m.levermaand <= k.laatste_levermaand
    WHERE m.peil = 'nu' AND m.volume_6000 > 0
    GROUP BY year(m.levermaand), m.gemeentecode, m.wet, m.client_nr
),
eenheden AS (
    SELECT jaar, gemeentecode, wet, 'client' AS eenheid, client_nr AS eenheid_nr, realisatie_cent, maandbits
    FROM per_client
    UNION ALL
    SELECT
        p.jaar, p.gemeentecode, p.wet, 'huishouden', coalesce(h.huishouden_nr, p.client_nr), p.realisatie_cent, p.maandbits
    FROM per_client p
    LEFT JOIN tussen.huishouden_lid h ON h.gemeentecode = p.gemeentecode AND h.client_nr = p.client_nr
),
wetten AS (
    SELECT jaar, gemeentecode, wet, eenheid, eenheid_nr, realisatie_cent, maandbits
    FROM eenheden
    UNION ALL
    SELECT jaar, gemeentecode, 'totaal', eenheid, eenheid_nr, realisatie_cent, maandbits
    FROM eenheden
),
opgeteld AS (
    SELECT
        CAST(jaar AS BIGINT) AS jaar, gemeentecode, wet, eenheid, eenheid_nr,
        CAST(sum(realisatie_cent) AS BIGINT) AS realisatie_cent,
        CAST(bit_count(bit_or(maandbits)) AS BIGINT) AS maanden
    FROM wetten
    GROUP BY jaar, gemeentecode, wet, eenheid, eenheid_nr
    HAVING sum(realisatie_cent) > 0
)
SELECT * FROM opgeteld
