-- Een rij is een overgang van een product en zwaarte naar een ander product of andere zwaarte in een maand, één op één
-- gekoppeld per cliënt en geboekt in de maand waarin de nieuwe zorg begint. Op- en afschalen is op twee manieren geteld: naar
-- de rang van de zwaarte en naar euro's per week. Wie op beide telt, ziet ook waar zij verschillen.
-- Volgorde: maand, wet, van, naar
-- Kolommen:
--   maand: eerste dag van de maand waarin de nieuwe zorg begint
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   niveau: 'product': de cellen zijn product x zwaarte
--   van: product en zwaarte waar de cliënt vandaan komt
--   naar: product en zwaarte waar de cliënt naartoe gaat
--   van_product: product waar de cliënt vandaan komt
--   van_zwaarte: zwaarte waar de cliënt vandaan komt
--   naar_product: product waar de cliënt naartoe gaat
--   naar_zwaarte: zwaarte waar de cliënt naartoe gaat
--   paren: aantal overgangen
--   op_of_af: opschalen, afschalen of gelijk, naar de rang van de zwaarte
--   op_of_af_euro: opschalen, afschalen of gelijk (verschil van ten hoogste het ingestelde percentage) naar euro's per week,
--     of onbekend waar voor of na de overgang nog niets is gedeclareerd
--   van_cent_per_week: som over de paren van de kosten per week ervoor, leeg waar onbekend [cent per week]
--   naar_cent_per_week: som over de paren van de kosten per week erna, leeg waar onbekend [cent per week]
WITH paren AS (
    SELECT
        CAST(date_trunc('month', p.naar_begin) AS DATE) AS maand, p.gemeentecode, p.wet,
        split_part(p.van_cel, '|', 2) AS van_product, split_part(p.van_cel, '|', 3) AS van_zwaarte,
        split_part(p.naar_cel, '|', 2) AS naar_product, split_part(p.naar_cel, '|', 3) AS naar_zwaarte,
        CASE
            WHEN p.van_rang = 0 OR p.naar_rang = 0 OR p.van_rang = p.naar_rang THEN 'gelijk'
            WHEN p.naar_rang > p.van_rang THEN 'opschalen'
            ELSE 'afschalen'
        END AS op_of_af,
        CASE
            WHEN p.van_cent_per_week IS NULL OR p.naar_cent_per_week IS NULL THEN 'onbekend'
            WHEN abs(p.naar_cent_per_week - p.van_cent_per_week) * 100 <= p.van_cent_per_week * i.schalen_marge_procent
                THEN 'gelijk'
            WHEN p.naar_cent_per_week > p.van_cent_per_week THEN 'opschalen'
            ELSE 'afschalen'
        END AS op_of_af_euro,
        p.van_cent_per_week, p.naar_cent_per_week
    FROM tussen.doorstroom_euro p
    JOIN peil.bekend k ON p.naar_begin < k.grens
    JOIN tussen.bereik b ON p.naar_begin >= b.eerste_levermaand
    JOIN peil.instelling i ON true
),
geteld AS (
    SELECT
        maand, gemeentecode, wet, 'product' AS niveau,
        CASE WHEN van_zwaarte IN ('n.v.t.', 'onbekend') THEN van_product ELSE van_product || ' / ' || van_zwaarte END AS van,
        CASE WHEN naar_zwaarte IN ('n.v.t.', 'onbekend') THEN naar_product ELSE naar_product || ' / ' || naar_zwaarte END AS naar,
        van_product, van_zwaarte, naar_product, naar_zwaarte, count(*) AS paren, op_of_af, op_of_af_euro,
        CAST(CASE WHEN op_of_af_euro <> 'onbekend' THEN sum(van_cent_per_week) END AS BIGINT) AS van_cent_per_week,
        CAST(CASE WHEN op_of_af_euro <> 'onbekend' THEN sum(naar_cent_per_week) END AS BIGINT) AS naar_cent_per_week
    FROM paren
    GROUP BY
        maand, gemeentecode, wet, van_product, van_zwaarte, naar_product, naar_zwaarte, op_of_af, op_of_af_euro
)
SELECT * FROM geteld
