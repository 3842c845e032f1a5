-- Een rij is wat in een maand van een productcode bij een aanbieder in een wijk is toegewezen, met het volume dat naar
-- verwachting wordt geleverd: volume x dagen in de maand gedeeld door de dagen van de frequentie (dag 1, week 7, vier weken
-- 28, maand en jaar hun eigen lengte). Een totaal wordt gelijk over de geldigheid gespreid, zonder einddatum over een
-- ingesteld aantal maanden. Een toewijzing zonder volume (aspecifiek, generiek, budget) telt alleen in centen.
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
--   levermaand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   indeling_nr: volgnummer van de indeling in producten
--   productcode: code van het product
--   aanbieder_agb: AGB-code van de aanbieder
--   wijkcode: wijk van de cliënt op de 1e van de maand
--   eenheid: eenheid van het volume
--   verwacht: verwacht volume, leeg als de toewijzingen geen volume hebben [eenheid]
--   budget_cent: deel van het budget, alleen waar geen volume is [cent]
WITH delen AS (
    -- cut where indeling or wijk changes, and cells numbered, before it is spread over months: what follows runs over ten
    -- times the rows and needs numbers only
    SELECT
        t.peil, t.gemeentecode, t.wet, coalesce(p.indeling_nr, 0) AS indeling_nr, t.productcode, t.aanbieder_agb,
        coalesce(w.wijkcode, 'onbekend') AS wijkcode,
        CASE WHEN e.naar IS NULL THEN t.eenheid ELSE e.naar END AS eenheid,
        t.volume IS NULL AS zonder_volume,
        coalesce(e.factor, 6000) AS factor, t.ingangsdatum, t.volume, t.frequentie, t.budget_cent,
        coalesce(t.einde, DATE '9999-12-31') AS tot,
        coalesce(t.einde, CAST(t.ingangsdatum + i.spreiding_maanden * INTERVAL 1 MONTH AS DATE)) AS totaal_tot,
        greatest(
            CAST(date_trunc('month', t.ingangsdatum) AS DATE), b.eerste_levermaand,
            CASE WHEN t.peil = 'toen' THEN k.toen_eerste_maand ELSE b.eerste_levermaand END,
            -- a month has the indeling of its first day
            CASE
                WHEN p.van > b.eerste_levermaand
                    THEN CAST(date_trunc('month', CAST(p.van - INTERVAL 1 DAY AS DATE)) + INTERVAL 1 MONTH AS DATE)
                ELSE b.eerste_levermaand
            END,
            coalesce(w.van, b.eerste_levermaand)
        ) AS eerste,
        CAST(date_trunc('month', least(
            coalesce(t.einde, k.grens), k.grens, coalesce(p.tot, k.grens), coalesce(w.tot, k.grens),
            CASE WHEN t.peil = 'toen' THEN CAST(k.toen_laatste_maand + INTERVAL 1 MONTH AS DATE) ELSE k.grens END
        ) - INTERVAL 1 DAY) AS DATE) AS laatste
    FROM tussen.toewijzing t
    JOIN peil.instelling i ON true
    JOIN peil.bekend k ON true
    JOIN tussen.bereik b ON true
    JOIN tussen.client_nr n ON n.client_id = t.client_id
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = t.gemeentecode AND p.wet = t.wet
        AND p.categorie_sleutel = coalesce(t.productcategorie, '-') AND p.code_sleutel = coalesce(t.productcode, '-')
    LEFT JOIN tussen.eenheid e ON e.van = t.eenheid AND e.naar = coalesce(p.eenheid, t.eenheid)
    LEFT JOIN tussen.wijk_periode w ON w.gemeentecode = t.gemeentecode AND w.client_nr = n.client_nr
    WHERE NOT t.verwijderd AND (t.einde IS NULL OR t.einde > t.ingangsdatum)
),
niet_leeg AS (
    SELECT * FROM delen WHERE eerste <= laatste
),
cellen AS (
    SELECT
        row_number() OVER (
            ORDER BY peil, gemeentecode, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, zonder_volume
        ) AS cel_nr,
        peil, gemeentecode, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, zonder_volume
    FROM (
        SELECT DISTINCT peil, gemeentecode, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, zonder_volume
        FROM niet_leeg
    ) alle
),
genummerd AS (
    SELECT
        c.cel_nr, d.factor, d.ingangsdatum, d.volume, d.frequentie, d.budget_cent, d.tot, d.totaal_tot, d.eerste, d.laatste
    FROM niet_leeg d
    JOIN cellen c
        ON c.peil = d.peil AND c.gemeentecode = d.gemeentecode AND c.wet = d.wet AND c.indeling_nr = d.indeling_nr
        AND c.productcode IS NOT DISTINCT FROM d.productcode AND c.aanbieder_agb IS NOT DISTINCT FROM d.aanbieder_agb
        AND c.wijkcode = d.wijkcode AND c.eenheid IS NOT DISTINCT FROM d.eenheid AND c.zonder_volume = d.zonder_volume
),
maanden AS (
    SELECT
        g.cel_nr, m.maand AS levermaand, g.factor, g.volume, g.frequentie, g.budget_cent, m.maanddagen, m.jaardagen,
        date_diff('day', greatest(g.ingangsdatum, m.maand), least(g.tot, m.volgende)) AS dagen,
        greatest(0, date_diff('day', greatest(g.ingangsdatum, m.maand), least(g.totaal_tot, m.volgende))) AS totaal_dagen,
        date_diff('day', g.ingangsdatum, g.totaal_tot) AS geldigheid
    FROM genummerd g
    JOIN tussen.maand_reeks m ON m.eerste = g.eerste AND m.laatste = g.laatste
),
verwachting AS (
    SELECT
        cel_nr, levermaand,
        CAST(round(CASE frequentie
            WHEN '1' THEN CAST(volume AS DOUBLE) * dagen
            WHEN '2' THEN CAST(volume AS DOUBLE) * dagen / 7
            WHEN '3' THEN CAST(volume AS DOUBLE) * dagen / 28
            WHEN '4' THEN CAST(volume AS DOUBLE) * dagen / maanddagen
            WHEN '5' THEN CAST(volume AS DOUBLE) * dagen / jaardagen
            ELSE CAST(volume AS DOUBLE) * totaal_dagen / geldigheid
        END * factor / 6000, 6) AS DECIMAL(24, 6)) AS verwacht,
        CAST(round(CASE
            WHEN volume IS NULL THEN CAST(budget_cent AS DOUBLE) * totaal_dagen / geldigheid
        END) AS BIGINT) AS budget_cent
    FROM maanden
),
opgeteld AS (
    SELECT
        cel_nr, levermaand,
        CAST(sum(verwacht) AS DECIMAL(24, 6)) AS verwacht,
        CAST(sum(budget_cent) AS BIGINT) AS budget_cent
    FROM verwachting
    GROUP BY cel_nr, levermaand
),
benoemd AS (
    SELECT
        c.peil, o.levermaand, c.gemeentecode, c.wet, c.indeling_nr, c.productcode, c.aanbieder_agb, c.wijkcode, c.eenheid,
        o.verwacht, o.budget_cent
    FROM opgeteld o
    JOIN cellen c ON c.cel_nr = o.cel_nr
)
SELECT * FROM benoemd
