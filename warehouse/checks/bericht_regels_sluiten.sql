-- Van elk geladen bestand is het aantal regels gelijk aan geladen plus quarantaine, en zijn de centen dat ook als elk
-- bedrag te lezen was.
WITH verschil AS (
    SELECT
        bericht_id, berichttype, regels, regels_geladen, regels_quarantaine, bedrag_cent, bedrag_geladen_cent,
        bedrag_quarantaine_cent
    FROM kern.bericht
    WHERE status IN ('geladen', 'deels')
        AND (
            regels <> regels_geladen + regels_quarantaine
            OR (regels_zonder_bedrag = 0 AND bedrag_cent <> bedrag_geladen_cent + bedrag_quarantaine_cent)
        )
)
SELECT * FROM verschil
