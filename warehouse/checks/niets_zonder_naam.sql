-- Geen regel verdwijnt door een onbekend product of een onbekende wijk: die staan er als 'onbekend', nooit leeg.
WITH fout AS (
    SELECT levermaand, wet, hoofdproduct, productgroep, product, zwaarte, aanbieder_agb, wijkcode, regels
    FROM mart.pq_maand
    WHERE wet IS NULL OR hoofdproduct IS NULL OR productgroep IS NULL OR product IS NULL OR zwaarte IS NULL
        OR wijkcode IS NULL OR levermaand IS NULL
)
SELECT * FROM fout
