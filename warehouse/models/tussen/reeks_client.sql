-- Een rij is een cliënt die in een jaar een product kreeg (in ten minste één maand netto volume boven 0, zoals in
-- mart.client_maand), in de indeling van bekend_op, met het volume in de eenheid waarin het product nu wordt geteld.
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   client_nr: volgnummer van de cliënt
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   product: product
--   is_client: waar als de cliënt meetelt; onwaar als alleen volume is gecrediteerd
--   volume_6000: volume in de eenheid van nu, leeg als die er niet is [6000sten van de eenheid]
WITH maanden AS (
    SELECT
        c.levermaand, c.gemeentecode, c.client_nr, c.wet, coalesce(m.indeling_nu, c.indeling_nr) AS indeling_nu,
        c.aanbieder_agb, c.wijkcode, c.eenheid, sum(c.volume_6000) AS volume_6000
    FROM tussen.client_cel c
    LEFT JOIN tussen.indeling_nu m
        ON m.gemeentecode = c.gemeentecode AND m.wet = c.wet AND m.code_sleutel = coalesce(c.productcode, '-')
        AND m.indeling_nr = c.indeling_nr
    WHERE c.peil = 'nu' AND c.client_nr > 0
    GROUP BY
        c.levermaand, c.gemeentecode, c.client_nr, c.wet, coalesce(m.indeling_nu, c.indeling_nr), c.aanbieder_agb,
        c.wijkcode, c.eenheid
),
jaren AS (
    SELECT
        CAST(year(levermaand) AS BIGINT) AS jaar, gemeentecode, client_nr, wet, indeling_nu, eenheid,
        max(CASE WHEN volume_6000 > 0 THEN 1 ELSE 0 END) AS is_client, sum(volume_6000) AS volume_6000
    FROM maanden
    GROUP BY year(levermaand), gemeentecode, client_nr, wet, indeling_nu, eenheid
),
benoemd AS (
    SELECT
        j.jaar, j.gemeentecode, j.client_nr, j.wet, i.hoofdproduct, i.product,
        max(j.is_client) = 1 AS is_client,
        CAST(sum(
            CASE
                WHEN j.eenheid = e.eenheid THEN j.volume_6000
                ELSE CAST(round(j.volume_6000 * f.factor / 6000.0) AS BIGINT)
            END
        ) AS BIGINT) AS volume_6000
    FROM jaren j
    JOIN tussen.indeling i ON i.indeling_nr = j.indeling_nu
    LEFT JOIN tussen.reeks_eenheid e
        ON e.gemeentecode = j.gemeentecode AND e.wet = j.wet AND e.hoofdproduct = i.hoofdproduct AND e.product = i.product
    LEFT JOIN tussen.eenheid f ON f.van = j.eenheid AND f.naar = e.eenheid
    GROUP BY j.jaar, j.gemeentecode, j.client_nr, j.wet, i.hoofdproduct, i.product
)
SELECT * FROM benoemd
