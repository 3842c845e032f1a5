-- Een bevinding heeft een bekende oorzaak en soort; over een afgekeurde regel en een ontbrekende start staat niets op het spel.
SELECT bericht_id, regel_nr, regel, soort, oorzaak, afgekeurd, op_het_spel_cent
FROM mart.declaratiecontrole
WHERE (afgekeurd AND op_het_spel_cent <> 0)
    OR (regel = 'start_ontbreekt' AND op_het_spel_cent <> 0)
    OR soort NOT IN ('standaard', 'eigen signaal')
    OR oorzaak NOT IN ('toewijzing', 'periode', 'volume', 'tarief', 'dubbel', 'credit', 'termijn', 'bericht', 'veld')
    OR soort IS NULL OR oorzaak IS NULL OR afgekeurd IS NULL OR op_het_spel_cent IS NULL
