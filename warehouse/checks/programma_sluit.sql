-- In mart.pq_programma tellen de effecten en wat niet te verdelen is in elke rij op tot realisatie min doel.
WITH fout AS (
    SELECT jaar, bron, wet, hoofdproduct, product, zwaarte, verschil_cent
    FROM mart.pq_programma
    WHERE verschil_cent <> realisatie_cent - doel_tot_nu_cent
        OR verschil_cent <> effect_clienten_cent + effect_duur_cent + effect_stapeling_cent + effect_mix_cent
            + effect_toegewezen_intensiteit_cent + effect_uitnutting_cent + effect_geleverde_intensiteit_cent
            + effect_tariefindex_cent + effect_prijs_cent + effect_overig_cent + effect_niet_verdeeld_cent
)
SELECT * FROM fout
