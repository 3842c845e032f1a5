-- Een rij is wat er van een regel van de jaarprogrammering tot en met de laatste volledige levermaand van haar jaar is
-- geworden, op precies haar cellen opnieuw geteld. Volume, dagen en toewijzing tellen alleen in de eenheid van de regel.
-- Kolommen:
--   programma_nr: volgnummer van de regel
--   clienten: cliënten met netto volume [personen]
--   clientdagen: dagen met zorg, per cliënt en maand nooit meer dan de maand lang is [dagen]
--   productdagen: dagen met zorg, opgeteld over cliënten en producten, in de eenheid van de regel [dagen]
--   toegewezen_volume: verwacht volume volgens specifieke toewijzingen, leeg waar die er niet zijn [eenheid]
--   volume: geleverd volume van wie netto volume heeft [eenheid]
--   realisatie_cent: realisatie [cent]
--   overig_cent: deel van de realisatie zonder netto volume of in een andere eenheid [cent]
--   instroom: cliënten die in deze cel instroomden; alleen op product x zwaarte, product of productgroep van de hele gemeente,
--     anders leeg [personen]
WITH raakt AS (
    SELECT
        d.programma_nr, d.gemeentecode, d.wet, d.jaar, d.tot, d.wijkcode, d.aanbieder_agb, d.eenheid, i.indeling_nr,
        i.hoofdproduct, i.productgroep, i.product, i.zwaarte, i.zwaarte_rang
    FROM tussen.programma d
    JOIN tussen.indeling i
        ON coalesce(d.hoofdproduct, i.hoofdproduct) = i.hoofdproduct
        AND coalesce(d.productgroep, i.productgroep) = i.productgroep
        AND coalesce(d.product, i.product) = i.product AND coalesce(d.zwaarte, i.zwaarte) = i.zwaarte
),
clienten AS (
    SELECT
        d.programma_nr, m.client_nr, m.levermaand, k.dagen AS maanddagen, m.clientdagen,
        m.eenheid IS NOT DISTINCT FROM d.eenheid AS zelfde, m.volume_6000, m.realisatie_cent
    FROM tussen.client_maand m
    JOIN peil.maand k ON k.maand = m.levermaand
    JOIN raakt d
        ON d.gemeentecode = m.gemeentecode AND d.wet = m.wet AND d.jaar = k.jaar AND d.indeling_nr = m.indeling_nr
        AND coalesce(d.wijkcode, m.wijkcode) = m.wijkcode
        AND (d.aanbieder_agb IS NULL OR d.aanbieder_agb = m.aanbieder_agb)
    WHERE m.peil = 'nu' AND m.volume_6000 > 0 AND m.levermaand < d.tot
),
per_maand AS (
    SELECT
        programma_nr, client_nr, least(sum(clientdagen), max(maanddagen)) AS clientdagen,
        sum(CASE WHEN zelfde THEN clientdagen ELSE 0 END) AS productdagen,
        sum(CASE WHEN zelfde THEN volume_6000 ELSE 0 END) AS volume_6000,
        sum(CASE WHEN zelfde THEN realisatie_cent ELSE 0 END) AS bedrag_cent
    FROM clienten
    GROUP BY programma_nr, client_nr, levermaand
),
per_client AS (
    SELECT
        programma_nr, sum(clientdagen) AS clientdagen, sum(productdagen) AS productdagen, sum(volume_6000) AS volume_6000,
        sum(bedrag_cent) AS bedrag_cent
    FROM per_maand
    GROUP BY programma_nr, client_nr
),
geteld AS (
    SELECT
        programma_nr, count(*) AS clienten, sum(clientdagen) AS clientdagen, sum(productdagen) AS productdagen,
        sum(volume_6000) AS volume_6000, sum(bedrag_cent) AS bedrag_cent
    FROM per_client
    GROUP BY programma_nr
),
cellen AS (
    SELECT
        d.programma_nr,
        sum(CASE WHEN c.eenheid IS NOT DISTINCT FROM d.eenheid THEN c.toegewezen_volume END) AS toegewezen_volume,
        sum(c.realisatie_cent) AS realisatie_cent
    FROM tussen.pq_cel c
    JOIN peil.maand k ON k.maand = c.levermaand
    JOIN raakt d
        ON d.gemeentecode = c.gemeentecode AND d.wet = c.wet AND d.jaar = k.jaar AND d.hoofdproduct = c.hoofdproduct
        AND d.productgroep = c.productgroep AND d.product = c.product AND d.zwaarte = c.zwaarte
        AND d.zwaarte_rang = c.zwaarte_rang
        AND coalesce(d.wijkcode, c.wijkcode) = c.wijkcode
        AND (d.aanbieder_agb IS NULL OR d.aanbieder_agb = c.aanbieder_agb)
    WHERE c.peil = 'nu' AND c.levermaand < d.tot
    GROUP BY d.programma_nr
),
stroomcel AS (
    SELECT
        programma_nr, gemeentecode, begin, tot,
        CASE
            WHEN wijkcode IS NOT NULL OR aanbieder_agb IS NOT NULL THEN NULL
            WHEN product IS NOT NULL AND zwaarte IS NOT NULL THEN 'zwaarte'
            WHEN product IS NOT NULL THEN 'product'
            WHEN productgroep IS NOT NULL AND zwaarte IS NULL THEN 'productgroep'
        END AS niveau,
        CASE
            WHEN product IS NOT NULL AND zwaarte IS NOT NULL THEN wet || '|' || product || '|' || zwaarte
            WHEN product IS NOT NULL THEN wet || '|' || product
            ELSE wet || '|' || productgroep
        END AS cel
    FROM tussen.programma
),
gestroomd AS (
    SELECT c.programma_nr, count(s.cel) AS instroom
    FROM stroomcel c
    LEFT JOIN tussen.stroom_cel s
        ON s.gemeentecode = c.gemeentecode AND s.niveau = c.niveau AND s.cel = c.cel AND s.soort_in = 'instroom'
        AND s.dag_in >= c.begin AND s.dag_in < c.tot
    WHERE c.niveau IS NOT NULL
    GROUP BY c.programma_nr
),
samen AS (
    SELECT
        d.programma_nr,
        CAST(coalesce(g.clienten, 0) AS BIGINT) AS clienten,
        CAST(coalesce(g.clientdagen, 0) AS BIGINT) AS clientdagen,
        CAST(coalesce(g.productdagen, 0) AS BIGINT) AS productdagen,
        CAST(c.toegewezen_volume AS DECIMAL(18, 4)) AS toegewezen_volume,
        CAST(round(coalesce(g.volume_6000, 0) / 6000.0, 4) AS DECIMAL(18, 4)) AS volume,
        CAST(coalesce(c.realisatie_cent, 0) AS BIGINT) AS realisatie_cent,
        CAST(coalesce(c.realisatie_cent, 0) - coalesce(g.bedrag_cent, 0) AS BIGINT) AS overig_cent,
        CAST(s.instroom AS BIGINT) AS instroom
    FROM tussen.programma d
    LEFT JOIN geteld g ON g.programma_nr = d.programma_nr
    LEFT JOIN cellen c ON c.programma_nr = d.programma_nr
    LEFT JOIN gestroomd s ON s.programma_nr = d.programma_nr
)
SELECT * FROM samen
