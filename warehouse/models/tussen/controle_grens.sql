-- Een rij is een toewijzing met een omvang of budget, met wat er ten hoogste op mag worden gedeclareerd (NASLAG 4.2, IV076,
-- IV077). Weken zijn kalenderweken van maandag tot en met zondag die de toewijzing raken; outputgericht telt zondagen, plus één
-- als de toewijzing niet op een zondag eindigt. Zonder einddatum is er geen grens over het geheel, behalve bij een totaal (6).
-- Voor vier weken (3) en jaar (5) kent de standaard geen grens. De variant is die van het product op de ingangsdatum; zonder
-- product volgt zij uit de eenheid (82 en 83 zijn outputgericht).
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   toewijzing_sleutel: sleutel van de toewijzing
--   manier: hoe de grens per maand loopt: 'dag', 'huishouden' (6 x week), 'zondag', 'week', 'maand' of 'geheel'
--   eenheid: code van de eenheid
--   volume: toegewezen volume per frequentie [eenheid; eenheid 83 in cent]
--   ingangsdatum: eerste dag
--   einddatum: laatste dag, leeg als open
--   extra_zondag: de laatste zondag van een outputgerichte toewijzing die niet op een zondag eindigt; die telt dubbel
--   totaal: grens over de hele toewijzing, leeg als die er niet is [eenheid; budget en eenheid 83 in cent]
--   is_budget: waar als de grens een budget is
WITH toewijzingen AS (
    SELECT
        t.gemeentecode, t.wet, t.toewijzing_sleutel, t.productcategorie, t.frequentie, t.eenheid, t.volume, t.budget_cent,
        t.ingangsdatum, t.einddatum,
        max(p.uitvoeringsvariant) AS variant
    FROM tussen.toewijzing t
    LEFT JOIN kern.product p
        ON p.gemeentecode = t.gemeentecode AND p.wet = t.wet AND p.productcategorie = t.productcategorie
        AND p.productcode = t.productcode AND p.geldig_van <= t.ingangsdatum
        AND coalesce(p.geldig_tot, DATE '9999-12-31') >= t.ingangsdatum
    WHERE t.peil = 'nu' AND NOT t.verwijderd AND (t.volume IS NOT NULL OR t.budget_cent IS NOT NULL)
    GROUP BY
        t.gemeentecode, t.wet, t.toewijzing_sleutel, t.productcategorie, t.frequentie, t.eenheid, t.volume, t.budget_cent,
        t.ingangsdatum, t.einddatum
),
manieren AS (
    SELECT
        *,
        CASE
            WHEN volume IS NULL OR frequentie = '6' THEN 'geheel'
            WHEN frequentie = '1' THEN 'dag'
            WHEN frequentie = '4' THEN 'maand'
            WHEN frequentie = '2' AND CASE
                WHEN variant IS NULL THEN eenheid IN ('82', '83')
                ELSE variant = 'outputgericht'
            END THEN 'zondag'
            WHEN frequentie = '2' AND wet = 'Wmo' AND productcategorie = '01' THEN 'huishouden'
            WHEN frequentie = '2' THEN 'week'
        END AS manier,
        CAST(date_trunc('week', ingangsdatum) AS DATE) AS week_in,
        CAST(date_trunc('week', einddatum) AS DATE) AS week_uit,
        CAST(date_trunc('week', einddatum + INTERVAL 1 DAY) AS DATE) AS week_na
    FROM toewijzingen
),
grenzen AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, manier, eenheid, volume, ingangsdatum, einddatum,
        CASE
            WHEN manier = 'zondag' AND week_na = week_uit THEN CAST(week_uit - INTERVAL 1 DAY AS DATE)
        END AS extra_zondag,
        CASE
            WHEN volume IS NULL THEN budget_cent
            WHEN manier = 'geheel' THEN volume
            WHEN einddatum IS NULL THEN NULL
            WHEN manier = 'dag' THEN volume * (date_diff('day', ingangsdatum, einddatum) + 1)
            WHEN manier = 'maand'
                THEN volume * (12 * (year(einddatum) - year(ingangsdatum)) + month(einddatum) - month(ingangsdatum) + 1)
            WHEN manier = 'zondag' THEN volume * (
                date_diff('day', week_in, week_na) / 7 + CASE WHEN week_na = week_uit THEN 1 ELSE 0 END
            )
            ELSE volume * (date_diff('day', week_in, week_uit) / 7 + 1)
        END AS totaal,
        volume IS NULL AS is_budget
    FROM manieren
    WHERE manier IS NOT NULL
)
SELECT * FROM grenzen
