-- In mart.pq_effect tellen de effecten in elke rij op tot het verschil, en het gecentreerde mixeffect is per productgroep x
-- wijk (of aanbieder) samen gelijk aan het mixeffect.
WITH rijen AS (
    SELECT weergave, vergelijking, van_1, wet, productgroep, wijkcode, aanbieder_agb, product, verschil_cent AS links,
        effect_clienten_cent + effect_duur_cent + effect_stapeling_cent + effect_mix_cent
            + effect_toegewezen_intensiteit_cent + effect_uitnutting_cent + effect_geleverde_intensiteit_cent
            + effect_tariefindex_cent + effect_prijs_cent + effect_overig_cent AS rechts
    FROM mart.pq_effect
    UNION ALL
    SELECT weergave, vergelijking, van_1, wet, productgroep, wijkcode, aanbieder_agb, product,
        realisatie_1_cent - realisatie_0_cent, verschil_cent
    FROM mart.pq_effect
    UNION ALL
    SELECT weergave, vergelijking, van_1, wet, productgroep, wijkcode, aanbieder_agb, 'mix', sum(effect_mix_cent),
        sum(effect_mix_gecentreerd_cent)
    FROM mart.pq_effect
    GROUP BY gemeentecode, weergave, vergelijking, rijpheid, van_1, wet, hoofdproduct, productgroep, wijkcode, aanbieder_agb
),
verschil AS (
    SELECT * FROM rijen WHERE links <> rechts
)
SELECT * FROM verschil
