-- Huishoudens samen kosten wat cliënten samen kosten, een grotere top kost nooit minder dan een kleinere, de Gini-coëfficiënt
-- ligt tussen 0 en 1, en niets gaat over een groep van minder dan tien.
WITH fout AS (
    SELECT c.jaar, c.wet, c.eenheid, c.basis
    FROM mart.concentratie c
    LEFT JOIN mart.concentratie a
        ON a.jaar = c.jaar AND a.gemeentecode = c.gemeentecode AND a.wet = c.wet AND a.eenheid = 'client'
        AND a.basis = 'jaar' AND c.basis = 'jaar'
    WHERE a.totaal_cent <> c.totaal_cent
        OR c.aandeel_top1 > c.aandeel_top5 OR c.aandeel_top5 > c.aandeel_top10 OR c.aandeel_top10 > c.aandeel_top20
        OR c.gini < 0 OR c.gini >= 1
        OR c.n < 10
        OR (c.aandeel_top1 IS NOT NULL AND c.n < 1000)
        OR (c.aandeel_top10 IS NOT NULL AND c.n < 100)
)
SELECT * FROM fout
