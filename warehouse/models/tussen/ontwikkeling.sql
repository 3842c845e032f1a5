-- Een rij is hoeveel de realisatie van een levermaand in een maand van kennis veranderde. Een regel telt met het
-- ingediende bedrag in de maand van ontvangst en met het verschil (toegekend min ingediend) in de maand van het antwoord.
-- De som tot en met een maand is dus wat een bouw met bekend_op aan het eind van die maand laat zien, op regels na die
-- later nog eens zijn geleverd of een tweede antwoord kregen.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   aanbieder_agb: AGB-code van de aanbieder
--   levermaand: eerste dag van de maand van levering
--   bekend_maand: eerste dag van de maand waarin dit bekend werd
--   delta_cent: verandering van de realisatie [cent]
WITH regels AS (
    SELECT
        gemeentecode, wet, productcategorie, productcode, aanbieder_agb, levermaand,
        CAST(date_trunc('month', ontvangen_op) AS DATE) AS ontvangen_maand,
        CASE
            WHEN toegekend_cent IS NULL THEN NULL
            ELSE CAST(date_trunc('month', greatest(ontvangen_op, coalesce(beantwoord_op, ontvangen_op))) AS DATE)
        END AS antwoord_maand,
        CAST(sum(bedrag_cent) AS BIGINT) AS bedrag_cent,
        CAST(sum(realisatie_cent - bedrag_cent) AS BIGINT) AS verschil_cent
    FROM kern.declaratieregel
    GROUP BY
        gemeentecode, wet, productcategorie, productcode, aanbieder_agb, levermaand, ontvangen_maand, antwoord_maand
),
veranderingen AS (
    SELECT
        gemeentecode, wet, productcategorie, productcode, aanbieder_agb, levermaand, ontvangen_maand AS bekend_maand,
        bedrag_cent AS delta_cent
    FROM regels
    UNION ALL
    SELECT
        gemeentecode, wet, productcategorie, productcode, aanbieder_agb, levermaand, antwoord_maand, verschil_cent
    FROM regels
    WHERE antwoord_maand IS NOT NULL AND verschil_cent <> 0
),
ingedeeld AS (
    SELECT
        v.gemeentecode, v.wet, i.hoofdproduct, i.productgroep, i.product, v.aanbieder_agb, v.levermaand, v.bekend_maand,
        CAST(sum(v.delta_cent) AS BIGINT) AS delta_cent
    FROM veranderingen v
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = v.gemeentecode AND p.wet = v.wet
        AND p.categorie_sleutel = coalesce(v.productcategorie, '-') AND p.code_sleutel = coalesce(v.productcode, '-')
        AND p.van <= v.levermaand AND p.tot > v.levermaand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    GROUP BY
        v.gemeentecode, v.wet, i.hoofdproduct, i.productgroep, i.product, v.aanbieder_agb, v.levermaand, v.bekend_maand
)
SELECT * FROM ingedeeld
