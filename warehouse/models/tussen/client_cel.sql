-- Een rij is wat een cliënt in een levermaand van een productcode bij een aanbieder kreeg, zoals bekend op een peildatum.
-- Met 'toen' wordt alleen bedoeld welke regels, antwoorden en toewijzingen toen bekend waren: de indeling in producten en
-- de wijk zijn die van nu, zodat de vergelijking over dezelfde cellen gaat.
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder; alleen de maanden die de vergelijking nodig heeft)
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   client_nr: volgnummer van de cliënt
--   wet: Wmo of Jeugdwet
--   indeling_nr: volgnummer van de indeling in producten
--   productcode: code van het product
--   aanbieder_agb: AGB-code van de aanbieder
--   wijkcode: wijk van de cliënt op de 1e van de maand
--   eenheid: eenheid van het volume
--   aard: hoort de regel bij een toewijzing met volume ('specifiek'), zonder volume ('algemeen') of bij geen bekende
--     toewijzing ('geen')
--   volume_6000: volume zonder afgekeurde regels, met teken [6000sten van de eenheid]
--   dagen: dagen van de regels zonder afgekeurde, met teken [dagen]
--   realisatie_cent: realisatie [cent]
--   regels: aantal regels, ook afgekeurde
WITH ingedeeld AS (
    SELECT
        r.peil, r.levermaand, r.gemeentecode, r.client_nr, r.wet, coalesce(p.indeling_nr, 0) AS indeling_nr,
        r.productcode, r.aanbieder_agb,
        coalesce(w.wijkcode, 'onbekend') AS wijkcode,
        CASE WHEN e.naar IS NULL THEN r.eenheid ELSE e.naar END AS eenheid,
        CASE
            WHEN t.toewijzing_sleutel IS NULL THEN 'geen'
            WHEN t.volume IS NULL THEN 'algemeen'
            ELSE 'specifiek'
        END AS aard,
        CASE WHEN r.status = 'afgekeurd' THEN 0 ELSE r.volume * coalesce(e.factor, 6000) END AS volume_6000,
        CASE
            WHEN r.status = 'afgekeurd' THEN 0
            WHEN r.debet_credit = 'C' THEN -1 - date_diff('day', r.periode_begin, r.periode_eind)
            ELSE date_diff('day', r.periode_begin, r.periode_eind) + 1
        END AS dagen,
        r.realisatie_cent
    FROM tussen.regel r
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = r.gemeentecode AND p.wet = r.wet
        AND p.categorie_sleutel = coalesce(r.productcategorie, '-') AND p.code_sleutel = coalesce(r.productcode, '-')
        AND p.van <= r.levermaand AND p.tot > r.levermaand
    LEFT JOIN tussen.eenheid e ON e.van = r.eenheid AND e.naar = coalesce(p.eenheid, r.eenheid)
    LEFT JOIN tussen.client_wijk w
        ON w.gemeentecode = r.gemeentecode AND w.client_nr = r.client_nr AND w.maand = r.levermaand
    LEFT JOIN tussen.toewijzing t
        ON t.peil = r.peil AND t.gemeentecode = r.gemeentecode AND t.wet = r.wet
        AND t.toewijzing_sleutel = r.toewijzing_sleutel AND NOT t.verwijderd
),
cellen AS (
    SELECT
        peil, levermaand, gemeentecode, client_nr, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, aard,
        CAST(sum(volume_6000) AS BIGINT) AS volume_6000,
        CAST(sum(dagen) AS BIGINT) AS dagen,
        CAST(sum(realisatie_cent) AS BIGINT) AS realisatie_cent,
        count(*) AS regels
    FROM ingedeeld
    GROUP BY
        peil, levermaand, gemeentecode, client_nr, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, aard
)
SELECT * FROM cellen
