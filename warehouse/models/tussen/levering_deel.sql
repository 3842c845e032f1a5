-- Een rij is een levering binnen één indeling van haar product, met open eind waar het einde na bekend_op ligt.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   client_id: pseudoniem van de cliënt
--   client_nr: volgnummer van de cliënt
--   aanbieder_agb: AGB-code van de aanbieder
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   zwaarte_rang: rang van de zwaarte
--   begin: eerste dag
--   tot: dag na de laatste dag; 9999-12-31 als open
--   reden: soort reden van beëindiging: overleden, verhuisd, volgens plan, voortijdig, ander domein of
--     overig
--   bedrag_cent: realisatie van de toewijzing van deze levering, voor de volgorde bij gelijke dagen [cent]
WITH euros AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, sum(realisatie_cent) AS bedrag_cent
    FROM kern.declaratieregel
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
begrensd AS (
    SELECT
        l.*,
        CASE WHEN l.einddatum <= k.grens THEN l.einddatum ELSE DATE '9999-12-31' END AS einde,
        coalesce(e.bedrag_cent, 0) AS bedrag_cent
    FROM kern.levering l
    JOIN peil.bekend k ON l.begindatum < k.grens
    LEFT JOIN euros e
        ON e.gemeentecode = l.gemeentecode AND e.wet = l.wet AND e.toewijzing_sleutel = l.toewijzing_sleutel
),
delen AS (
    SELECT
        b.gemeentecode, b.wet, b.client_id, n.client_nr, coalesce(b.aanbieder_agb, 'onbekend') AS aanbieder_agb,
        i.productgroep, i.product, i.zwaarte, i.zwaarte_rang,
        greatest(b.begindatum, coalesce(p.van, b.begindatum)) AS begin,
        least(b.einde, coalesce(p.tot, b.einde)) AS tot,
        CASE
            WHEN b.reden_beeindiging = '02' THEN 'overleden'
            WHEN b.wet = 'Wmo' AND b.reden_beeindiging = '31' THEN 'verhuisd'
            WHEN b.wet = 'Wmo' AND b.reden_beeindiging = '19' THEN 'volgens plan'
            WHEN b.wet = 'Wmo' AND b.reden_beeindiging IN ('21', '22', '23') THEN 'voortijdig'
            -- 32-34 are of release 2.0 of the iWmo: on to the basisondersteuning, the Zvw or the Wlz
            WHEN b.wet = 'Wmo' AND b.reden_beeindiging IN ('32', '33', '34', '39') THEN 'ander domein'
            WHEN b.wet = 'Jeugdwet' AND b.reden_beeindiging = '39' THEN 'ander domein'
            WHEN b.wet = 'Jeugdwet' AND b.reden_beeindiging = '31' THEN 'volgens plan'
            WHEN b.wet = 'Jeugdwet' AND b.reden_beeindiging IN ('32', '33', '34', '35') THEN 'voortijdig'
            ELSE 'overig'
        END AS reden,
        CAST(b.bedrag_cent AS BIGINT) AS bedrag_cent
    FROM begrensd b
    JOIN tussen.client_nr n ON n.client_id = b.client_id
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = b.gemeentecode AND p.wet = b.wet
        AND p.categorie_sleutel = coalesce(b.productcategorie, '-') AND p.code_sleutel = coalesce(b.productcode, '-')
        AND p.van < b.einde AND p.tot > b.begindatum
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
)
SELECT * FROM delen
