-- Een rij is de prijs van een product bij een aanbieder in een maand, per eenheid van het product: het contracttarief,
-- en waar dat ontbreekt de mediaan van de gedeclareerde tarieven van dat product in dat jaar, anders over alle jaren.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   productcode: code van het product
--   eenheid: eenheid van het product waarop de prijs ziet
--   maand: eerste dag van de maand
--   prijs_cent: prijs per eenheid, kan een deel van een cent zijn [cent]
--   herkomst: 'contract', 'mediaan' of 'euro' (eenheid 83)
WITH gevraagd AS (
    SELECT gemeentecode, wet, aanbieder_agb, productcode, eenheid, levermaand AS maand
    FROM tussen.client_cel
    WHERE peil = 'nu' AND aard = 'specifiek'
    UNION
    SELECT gemeentecode, wet, aanbieder_agb, productcode, eenheid, levermaand
    FROM tussen.toewijzing_maand
    WHERE peil = 'nu' AND verwacht IS NOT NULL
),
contract AS (
    SELECT g.gemeentecode, g.wet, g.aanbieder_agb, g.productcode, g.eenheid, g.maand, t.tarief_cent * 6000.0 / e.factor AS prijs
    FROM gevraagd g
    JOIN peil.maand m ON m.maand = g.maand
    JOIN kern.tarief t
        ON t.gemeentecode = g.gemeentecode AND t.wet = g.wet AND t.aanbieder_agb = g.aanbieder_agb
        AND t.productcode = g.productcode
        AND coalesce(t.geldig_van, DATE '0001-01-01') < m.volgende AND coalesce(t.geldig_tot, DATE '9999-12-31') >= m.maand
    JOIN tussen.eenheid e ON e.van = t.eenheid AND e.naar = g.eenheid
    QUALIFY row_number() OVER (
        PARTITION BY g.gemeentecode, g.wet, g.aanbieder_agb, g.productcode, g.eenheid, g.maand
        ORDER BY t.geldig_van, t.eenheid, t.tarief_cent
    ) = 1
),
gedeclareerd AS (
    SELECT r.gemeentecode, r.wet, r.productcode, e.naar AS eenheid, year(r.levermaand) AS jaar, r.tarief_cent * 6000.0 / e.factor AS prijs
    FROM kern.declaratieregel r
    JOIN tussen.eenheid e ON e.van = r.eenheid
    WHERE r.tarief_cent IS NOT NULL AND r.debet_credit = 'D' AND r.status <> 'afgekeurd'
),
per_jaar AS (
    SELECT gemeentecode, wet, productcode, eenheid, jaar, median(prijs) AS prijs
    FROM gedeclareerd
    GROUP BY gemeentecode, wet, productcode, eenheid, jaar
),
alle_jaren AS (
    SELECT gemeentecode, wet, productcode, eenheid, median(prijs) AS prijs
    FROM gedeclareerd
    GROUP BY gemeentecode, wet, productcode, eenheid
),
gekozen AS (
    SELECT
        g.gemeentecode, g.wet, g.aanbieder_agb, g.productcode, g.eenheid, g.maand,
        CASE WHEN g.eenheid = '83' THEN 100.0 ELSE coalesce(c.prijs, j.prijs, a.prijs) END AS prijs_cent,
        CASE WHEN g.eenheid = '83' THEN 'euro' WHEN c.prijs IS NOT NULL THEN 'contract' ELSE 'mediaan' END AS herkomst
    FROM gevraagd g
    LEFT JOIN contract c
        ON c.gemeentecode = g.gemeentecode AND c.wet = g.wet AND c.aanbieder_agb = g.aanbieder_agb
        AND c.productcode = g.productcode AND c.eenheid = g.eenheid AND c.maand = g.maand
    LEFT JOIN per_jaar j
        ON j.gemeentecode = g.gemeentecode AND j.wet = g.wet AND j.productcode = g.productcode
        AND j.eenheid = g.eenheid AND j.jaar = year(g.maand)
    LEFT JOIN alle_jaren a
        ON a.gemeentecode = g.gemeentecode AND a.wet = g.wet AND a.productcode = g.productcode AND a.eenheid = g.eenheid
)
SELECT * FROM gekozen
