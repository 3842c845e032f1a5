-- Een rij is een cel van de stromen waarvan begin en einde vooral uit declaraties blijken: van de meeste leveringen kwam geen start
-- of stop. Een declaratie die laat komt vult daar een stilte op die al een einde leek, dus zulke cellen staan later vast.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal, wet, productgroep, product of aanbieder
--   cel: naam van de cel
WITH leveringen AS (
    SELECT
        l.gemeentecode, l.wet, coalesce(l.aanbieder_agb, 'onbekend') AS aanbieder_agb, i.productgroep, i.product,
        CASE WHEN l.bron = 'toewijzing' THEN 1 ELSE 0 END AS zonder_bericht
    FROM kern.levering l
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = l.gemeentecode AND p.wet = l.wet AND p.categorie_sleutel = coalesce(l.productcategorie, '-')
        AND p.code_sleutel = coalesce(l.productcode, '-') AND p.van <= l.begindatum AND p.tot > l.begindatum
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
),
cellen AS (
    SELECT gemeentecode, 'totaal' AS niveau, 'totaal' AS cel, zonder_bericht FROM leveringen
    UNION ALL
    SELECT gemeentecode, 'wet', wet, zonder_bericht FROM leveringen
    UNION ALL
    SELECT gemeentecode, 'productgroep', wet || '|' || productgroep, zonder_bericht FROM leveringen
    UNION ALL
    SELECT gemeentecode, 'product', wet || '|' || product, zonder_bericht FROM leveringen
    UNION ALL
    SELECT gemeentecode, 'aanbieder', aanbieder_agb, zonder_bericht FROM leveringen
),
stil AS (
    SELECT c.gemeentecode, c.niveau, c.cel
    FROM cellen c
    JOIN peil.instelling i ON true
    GROUP BY c.gemeentecode, c.niveau, c.cel, i.stilte_procent
    HAVING 100 * sum(c.zonder_bericht) > i.stilte_procent * count(*)
)
SELECT * FROM stil
