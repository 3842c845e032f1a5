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
WITH geldig AS (
    SELECT
        t.peil, t.gemeentecode, t.wet, n.client_nr, t.productcategorie, t.productcode, t.aanbieder_agb, t.ingangsdatum,
        t.volume, t.eenheid, t.frequentie, t.budget_cent,
        coalesce(t.einde, DATE '9999-12-31') AS tot,
        coalesce(t.einde, CAST(t.ingangsdatum + i.spreiding_maanden * INTERVAL 1 MONTH AS DATE)) AS totaal_tot
    FROM tussen.toewijzing t
    JOIN peil.instelling i ON true
    JOIN tussen.client_nr n ON n.client_id = t.client_id
    WHERE NOT t.verwijderd AND (t.einde IS NULL OR t.einde > t.ingangsdatum)
),
maanden AS (
    SELECT
        g.*, m.maand AS levermaand, m.dagen AS maanddagen, m.jaardagen,
        date_diff('day', greatest(g.ingangsdatum, m.maand), least(g.tot, m.volgende)) AS dagen,
        greatest(0, date_diff('day', greatest(g.ingangsdatum, m.maand), least(g.totaal_tot, m.volgende))) AS totaal_dagen,
        date_diff('day', g.ingangsdatum, g.totaal_tot) AS geldigheid
    FROM geldig g
    JOIN tussen.bereik b ON true
    JOIN peil.bekend k ON true
    JOIN peil.maand m ON m.maand >= b.eerste_levermaand AND g.ingangsdatum < m.volgende AND g.tot > m.maand
    WHERE g.peil = 'nu' OR (m.maand >= k.toen_eerste_maand AND m.maand <= k.toen_laatste_maand)
),
verwachting AS (
    SELECT
        *,
        CASE frequentie
            WHEN '1' THEN CAST(volume AS DOUBLE) * dagen
            WHEN '2' THEN CAST(volume AS DOUBLE) * dagen / 7
            WHEN '3' THEN CAST(volume AS DOUBLE) * dagen / 28
            WHEN '4' THEN CAST(volume AS DOUBLE) * dagen / maanddagen
            WHEN '5' THEN CAST(volume AS DOUBLE) * dagen / jaardagen
            ELSE CAST(volume AS DOUBLE) * totaal_dagen / geldigheid
        END AS volume_eigen,
        CASE WHEN volume IS NULL THEN CAST(budget_cent AS DOUBLE) * totaal_dagen / geldigheid END AS budget_deel
    FROM maanden
),
ingedeeld AS (
    SELECT
        v.peil, v.levermaand, v.gemeentecode, v.wet, coalesce(p.indeling_nr, 0) AS indeling_nr, v.productcode,
        v.aanbieder_agb,
        coalesce(w.wijkcode, 'onbekend') AS wijkcode,
        CASE WHEN e.naar IS NULL THEN v.eenheid ELSE e.naar END AS eenheid,
        CAST(round(v.volume_eigen * coalesce(e.factor, 6000) / 6000, 6) AS DECIMAL(24, 6)) AS verwacht,
        CAST(round(v.budget_deel) AS BIGINT) AS budget_cent,
        v.volume IS NULL AS zonder_volume
    FROM verwachting v
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = v.gemeentecode AND p.wet = v.wet
        AND p.categorie_sleutel = coalesce(v.productcategorie, '-') AND p.code_sleutel = coalesce(v.productcode, '-')
        AND p.van <= v.levermaand AND p.tot > v.levermaand
    LEFT JOIN tussen.eenheid e ON e.van = v.eenheid AND e.naar = coalesce(p.eenheid, v.eenheid)
    LEFT JOIN tussen.client_wijk w
        ON w.gemeentecode = v.gemeentecode AND w.client_nr = v.client_nr AND w.maand = v.levermaand
),
cellen AS (
    SELECT
        peil, levermaand, gemeentecode, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid,
        CAST(sum(verwacht) AS DECIMAL(24, 6)) AS verwacht,
        CAST(sum(budget_cent) AS BIGINT) AS budget_cent
    FROM ingedeeld
    GROUP BY peil, levermaand, gemeentecode, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, zonder_volume
)
SELECT * FROM cellen
