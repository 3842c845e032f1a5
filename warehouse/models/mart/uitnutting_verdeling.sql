-- Een rij is een klasse van uitnutting in een jaar met het aantal toewijzingen daarin: een gemiddelde van 85 % kan van veel
-- halfvolle of van weinig lege toewijzingen komen. Alleen toewijzingen met een volume, over de maanden van het jaar waarin zij
-- liepen en waarvan genoeg is gedeclareerd. Bedragen zijn tegen de gemiddelde prijs van het jaar.
-- Volgorde: jaar, wet, product, klasse
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   klasse: 'onder 50 %', '50 tot 90 %', '90 tot en met 100 %' of 'boven 100 %' van het verwachte volume
--   toewijzingen: aantal toewijzingen
--   clienten: aantal cliënten met zo'n toewijzing; niet over klassen of producten op te tellen
--   toegewezen_cent: verwacht volume tegen de prijs, leeg zonder prijs [cent]
--   geleverd_cent: geleverd volume tegen dezelfde prijs, leeg zonder prijs [cent]
WITH jaren AS (
    SELECT m.jaar, greatest(min(m.maand), min(b.eerste_levermaand)) AS van, max(m.volgende) AS tot
    FROM peil.maand m
    JOIN tussen.bereik b ON m.volgende > b.eerste_levermaand
    GROUP BY m.jaar
),
vensters AS (
    SELECT
        b.*, j.jaar,
        greatest(b.ingangsdatum, j.van) AS van,
        least(CASE WHEN b.frequentie = '6' THEN b.totaal_tot ELSE b.tot END, j.tot, b.rijp_tot) AS venster_tot
    FROM tussen.toewijzing_basis b
    JOIN jaren j ON b.ingangsdatum < j.tot AND b.tot > j.van AND b.rijp_tot > j.van
    WHERE b.volume > 0
),
verwachtingen AS (
    SELECT
        v.*,
        CASE v.frequentie
            WHEN '1' THEN v.volume * date_diff('day', v.van, v.venster_tot)
            WHEN '2' THEN v.volume * 1.0 * date_diff('day', v.van, v.venster_tot) / 7
            WHEN '3' THEN v.volume * 1.0 * date_diff('day', v.van, v.venster_tot) / 28
            -- months with their broken ends: the month's number plus the part of it that has passed
            WHEN '4' THEN v.volume * (
                12 * (year(v.venster_tot) - year(v.van)) + month(v.venster_tot) - month(v.van)
                + (day(v.venster_tot) - 1) * 1.0 / day(last_day(v.venster_tot)) - (day(v.van) - 1) * 1.0 / day(last_day(v.van))
            )
            WHEN '5' THEN v.volume * 1.0 * date_diff('day', v.van, v.venster_tot)
                / date_diff('day', date_trunc('year', v.van), date_trunc('year', v.van) + INTERVAL 1 YEAR)
            ELSE v.volume * 1.0 * date_diff('day', v.van, v.venster_tot) / date_diff('day', v.ingangsdatum, v.totaal_tot)
        END AS verwacht
    FROM vensters v
    WHERE v.venster_tot > v.van
),
prijzen AS (
    SELECT gemeentecode, wet, aanbieder_agb, productcode, eenheid, year(maand) AS jaar, avg(prijs_cent) AS prijs_cent
    FROM tussen.tarief
    GROUP BY gemeentecode, wet, aanbieder_agb, productcode, eenheid, year(maand)
),
gemeten AS (
    SELECT
        v.jaar, v.gemeentecode, v.wet, v.hoofdproduct, v.productgroep, v.product, v.client_id,
        -- to four decimals, the precision of a volume: a whole hour too much is too much, a rounding is not
        round(v.verwacht, 4) AS verwacht, round(coalesce(g.rijp_6000, 0) / 6000.0, 4) AS geleverd, p.prijs_cent
    FROM verwachtingen v
    LEFT JOIN tussen.toewijzing_geleverd g
        ON g.gemeentecode = v.gemeentecode AND g.wet = v.wet AND g.toewijzing_sleutel = v.toewijzing_sleutel
        AND g.jaar = v.jaar
    LEFT JOIN prijzen p
        ON p.gemeentecode = v.gemeentecode AND p.wet = v.wet AND p.aanbieder_agb = v.aanbieder_agb
        AND p.productcode = v.productcode AND p.eenheid = v.eenheid AND p.jaar = v.jaar
),
ingedeeld AS (
    SELECT
        *,
        CASE
            WHEN geleverd < 0.5 * verwacht THEN 'onder 50 %'
            WHEN geleverd < 0.9 * verwacht THEN '50 tot 90 %'
            WHEN geleverd <= verwacht THEN '90 tot en met 100 %'
            ELSE 'boven 100 %'
        END AS klasse
    FROM gemeten
),
verdeling AS (
    SELECT
        jaar, gemeentecode, wet, hoofdproduct, productgroep, product, klasse, count(*) AS toewijzingen,
        count(DISTINCT client_id) AS clienten,
        CAST(round(sum(verwacht * prijs_cent)) AS BIGINT) AS toegewezen_cent,
        CAST(round(sum(geleverd * prijs_cent)) AS BIGINT) AS geleverd_cent
    FROM ingedeeld
    GROUP BY jaar, gemeentecode, wet, hoofdproduct, productgroep, product, klasse
)
SELECT * FROM verdeling
