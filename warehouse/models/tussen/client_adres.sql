-- Een rij is een periode waarin een cliënt in een wijk woont, zoals bekend op bekend_op. Een adres uit een 301 geldt
-- vanaf de ontvangst. Voor het eerste bekende adres, en na een beëindigd adres, geldt het eerstvolgende.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   client_id: pseudoniem van de cliënt
--   van: eerste dag
--   tot: dag na de laatste dag
--   wijkcode: code van de wijk, of 'buiten gemeente'
WITH bekend AS (
    SELECT
        gemeentecode, client_id, wijkcode, adres_tot, ontvangen_op, bron, bericht_id, regel_nr,
        CASE
            WHEN adres_van IS NOT NULL THEN adres_van
            WHEN bron = 'bericht' THEN CAST(ontvangen_op AS DATE)
            ELSE DATE '0001-01-01'
        END AS van
    FROM lake.client
    WHERE wijkcode IS NOT NULL
),
per_dag AS (
    SELECT *
    FROM bekend
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, client_id, van
        ORDER BY ontvangen_op DESC, bron, bericht_id DESC, regel_nr DESC
    ) = 1
),
met_einde AS (
    SELECT
        gemeentecode, client_id, wijkcode, van,
        least(
            coalesce(lead(van) OVER (PARTITION BY gemeentecode, client_id ORDER BY van), DATE '9999-12-31'),
            coalesce(CAST(adres_tot + INTERVAL 1 DAY AS DATE), DATE '9999-12-31')
        ) AS tot
    FROM per_dag
),
aaneen AS (
    SELECT
        gemeentecode, client_id,
        coalesce(lag(tot) OVER (PARTITION BY gemeentecode, client_id ORDER BY van), DATE '0001-01-01') AS van,
        tot, wijkcode
    FROM met_einde
)
SELECT * FROM aaneen
