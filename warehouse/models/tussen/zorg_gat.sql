-- Een rij is een levering van een cliënt of huishouden met een gat tot wat er eerder liep, of de eerste of de laatste levering:
-- een gat groter dan de langste onderbreking is een einde en een nieuw begin. Zo volgen de stromen bij elke keuze van die
-- onderbreking uit één telling.
-- Een cliënt zonder bekend woonadres (instelling) telt als een eigen huishouden.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   soort: 'client' of 'huishouden'
--   niveau: totaal of wet
--   cel: totaal of de wet
--   begin: eerste dag
--   vorige_tot: dag na de laatste dag van alles wat eerder begon, leeg bij de eerste levering
--   gat_dagen: dagen tussen vorige_tot en begin, niet boven 0 als er geen gat is, leeg bij de eerste levering [dagen]
--   einde: bij de laatste levering de dag na de laatste dag van alles, leeg als open en bij de andere leveringen
WITH leveringen AS (
    SELECT l.gemeentecode, l.wet, l.client_id, coalesce(c.huishouden_id, 'eigen|' || l.client_id) AS huishouden, l.begin, l.tot
    FROM tussen.levering_deel l
    LEFT JOIN kern.client c ON c.gemeentecode = l.gemeentecode AND c.client_id = l.client_id
),
wie AS (
    SELECT gemeentecode, 'client' AS soort, 'totaal' AS niveau, 'totaal' AS cel, client_id AS sleutel, begin, tot FROM leveringen
    UNION ALL
    SELECT gemeentecode, 'client', 'wet', wet, client_id, begin, tot FROM leveringen
    UNION ALL
    SELECT gemeentecode, 'huishouden', 'totaal', 'totaal', huishouden, begin, tot FROM leveringen
    UNION ALL
    SELECT gemeentecode, 'huishouden', 'wet', wet, huishouden, begin, tot FROM leveringen
),
op_volgorde AS (
    SELECT
        gemeentecode, soort, niveau, cel, begin,
        max(tot) OVER (
            PARTITION BY gemeentecode, soort, cel, sleutel ORDER BY begin, tot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS vorige_tot,
        max(tot) OVER (PARTITION BY gemeentecode, soort, cel, sleutel) AS alles_tot,
        row_number() OVER (PARTITION BY gemeentecode, soort, cel, sleutel ORDER BY begin DESC, tot DESC) AS van_achter
    FROM wie
),
gaten AS (
    SELECT
        gemeentecode, soort, niveau, cel, begin, vorige_tot,
        date_diff('day', vorige_tot, begin) AS gat_dagen,
        CASE WHEN van_achter = 1 AND alles_tot < DATE '9999-12-31' THEN alles_tot END AS einde
    FROM op_volgorde
    WHERE vorige_tot IS NULL OR begin > vorige_tot OR van_achter = 1
)
SELECT * FROM gaten
