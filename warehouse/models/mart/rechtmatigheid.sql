-- Een rij is de rechtmatigheid van de lasten van een jaar: fouten en onzekerheden uit de declaratiecontrole tegen de grens. Een
-- regel telt één keer, met zijn hele realisatie zonder teken, hoeveel bevindingen hij ook heeft. Fout is een goedgekeurde regel
-- die tegen de standaard ingaat; onzeker is zo'n regel die nog in behandeling is, en een eigen signaal. Het oordeel of een
-- afwijking een fout is blijft bij de mens: een bevinding kan een goede verklaring hebben.
-- Volgorde: jaar, wet
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet, leeg voor beide samen
--   lasten_cent: uitgaven van het jaar volgens berichten en grootboek [cent]
--   fout_regels: aantal regels met een fout
--   fouten_cent: bedrag van die regels [cent]
--   onzekere_regels: aantal regels met een onzekerheid en zonder fout
--   onzekerheden_cent: bedrag van die regels [cent]
--   fouten_fractie: fouten gedeeld door lasten [fractie]
--   onzekerheden_fractie: onzekerheden gedeeld door lasten [fractie]
--   regime: 'accountant' tot en met 2022 (fouten en onzekerheden elk een eigen grens), 'college' vanaf 2023
--     (rechtmatigheidsverantwoording: samen tegen de grens van de raad)
--   grens_fouten_cent: grens voor fouten; vanaf 2023 de grens van de raad voor alles samen [cent]
--   grens_onzekerheden_cent: grens voor onzekerheden, leeg vanaf 2023 [cent]
--   binnen_grens: waar als de grens niet is overschreden
--   volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
WITH bevinding AS (
    SELECT DISTINCT gemeentecode, bericht_id, regel_nr, soort
    FROM mart.declaratiecontrole
    WHERE op_het_spel_cent <> 0
),
-- a finding about a whole declaration is about each of its lines
per_regel AS (
    SELECT k.gemeentecode, k.wet, k.bericht_id, k.regel_nr, k.levermaand, k.status, k.realisatie_cent, b.soort
    FROM kern.declaratieregel k
    JOIN bevinding b ON b.bericht_id = k.bericht_id AND b.regel_nr = k.regel_nr AND b.regel_nr > 0
    UNION ALL
    SELECT k.gemeentecode, k.wet, k.bericht_id, k.regel_nr, k.levermaand, k.status, k.realisatie_cent, b.soort
    FROM kern.declaratieregel k
    JOIN bevinding b ON b.bericht_id = k.bericht_id AND b.regel_nr = 0
),
geteld AS (
    SELECT
        gemeentecode, wet, bericht_id, regel_nr, CAST(year(max(levermaand)) AS BIGINT) AS jaar,
        max(CASE WHEN soort = 'standaard' AND status = 'goedgekeurd' THEN 1 ELSE 0 END) AS fout,
        max(abs(realisatie_cent)) AS bedrag_cent
    FROM per_regel
    WHERE realisatie_cent <> 0
    GROUP BY gemeentecode, wet, bericht_id, regel_nr
),
afwijking AS (
    SELECT
        gemeentecode, jaar, wet, sum(fout) AS fout_regels, sum(fout * bedrag_cent) AS fouten_cent,
        sum(1 - fout) AS onzekere_regels, sum((1 - fout) * bedrag_cent) AS onzekerheden_cent
    FROM geteld
    GROUP BY gemeentecode, jaar, wet
),
per_wet AS (
    SELECT
        r.jaar, r.gemeentecode, r.wet, r.nominaal_cent AS lasten_cent, r.volledig,
        coalesce(a.fout_regels, 0) AS fout_regels, coalesce(a.fouten_cent, 0) AS fouten_cent,
        coalesce(a.onzekere_regels, 0) AS onzekere_regels, coalesce(a.onzekerheden_cent, 0) AS onzekerheden_cent
    FROM mart.reeks_jaar r
    LEFT JOIN afwijking a ON a.gemeentecode = r.gemeentecode AND a.jaar = r.jaar AND a.wet = r.wet
    WHERE r.niveau = 'wet' AND r.berichten_cent <> 0
),
samen AS (
    SELECT jaar, gemeentecode, wet, lasten_cent, volledig, fout_regels, fouten_cent, onzekere_regels, onzekerheden_cent
    FROM per_wet
    UNION ALL
    SELECT
        jaar, gemeentecode, NULL, sum(lasten_cent), min(volledig), sum(fout_regels), sum(fouten_cent), sum(onzekere_regels),
        sum(onzekerheden_cent)
    FROM per_wet
    GROUP BY jaar, gemeentecode
),
begrensd AS (
    SELECT
        s.*,
        CASE WHEN s.jaar < 2023 THEN 'accountant' ELSE 'college' END AS regime,
        CASE
            WHEN s.jaar < 2023 THEN round(s.lasten_cent * i.rechtmatigheid_fouten_promille / 1000.0)
            ELSE round(s.lasten_cent * i.rechtmatigheid_grens_promille / 1000.0)
        END AS grens_fouten_cent,
        CASE WHEN s.jaar < 2023 THEN round(s.lasten_cent * i.rechtmatigheid_onzekerheden_promille / 1000.0) END
            AS grens_onzekerheden_cent
    FROM samen s
    JOIN peil.instelling i ON true
),
uitkomst AS (
    SELECT
        jaar, gemeentecode, wet,
        CAST(lasten_cent AS BIGINT) AS lasten_cent,
        CAST(fout_regels AS BIGINT) AS fout_regels,
        CAST(fouten_cent AS BIGINT) AS fouten_cent,
        CAST(onzekere_regels AS BIGINT) AS onzekere_regels,
        CAST(onzekerheden_cent AS BIGINT) AS onzekerheden_cent,
        CASE WHEN lasten_cent <> 0 THEN CAST(fouten_cent AS DOUBLE) / lasten_cent END AS fouten_fractie,
        CASE WHEN lasten_cent <> 0 THEN CAST(onzekerheden_cent AS DOUBLE) / lasten_cent END AS onzekerheden_fractie,
        regime,
        CAST(grens_fouten_cent AS BIGINT) AS grens_fouten_cent,
        CAST(grens_onzekerheden_cent AS BIGINT) AS grens_onzekerheden_cent,
        CASE
            WHEN regime = 'accountant' THEN fouten_cent <= grens_fouten_cent AND onzekerheden_cent <= grens_onzekerheden_cent
            ELSE fouten_cent + onzekerheden_cent <= grens_fouten_cent
        END AS binnen_grens,
        volledig
    FROM begrensd
)
SELECT * FROM uitkomst
