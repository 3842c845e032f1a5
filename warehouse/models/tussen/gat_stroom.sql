-- Een rij is een maand met wat er begon en eindigde, en hoeveel er op de 1e waren, bij een langste onderbreking.
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   soort: 'client' of 'huishouden'
--   niveau: totaal of wet
--   cel: totaal of de wet
--   onderbreking_dagen: langste onderbreking die geen einde is [dagen]
--   begin: aantal om 00:00 uur op de 1e van de maand
--   instroom: aantal dat in de maand begon
--   instroom_nieuw: instroom zonder zorg in de vijf jaar ervoor
--   uitstroom: aantal dat in de maand eindigde
--   eind: aantal om 00:00 uur op de 1e van de volgende maand
--   voorlopig: waar als in- en uitstroom bij deze onderbreking nog kunnen veranderen
WITH keuzes AS (
    -- the four of METHODEN §4.1 and the one the build itself uses
    SELECT CAST(30 AS BIGINT) AS onderbreking_dagen
    UNION
    SELECT 90
    UNION
    SELECT 180
    UNION
    SELECT 365
    UNION
    SELECT onderbreking_dagen FROM peil.instelling
),
gebeurtenissen AS (
    SELECT
        g.gemeentecode, g.soort, g.niveau, g.cel, k.onderbreking_dagen, CAST(date_trunc('month', g.begin) AS DATE) AS maand,
        1 AS erbij,
        CASE
            WHEN g.vorige_tot IS NULL OR g.vorige_tot <= CAST(g.begin - i.nieuw_jaren * INTERVAL 1 YEAR AS DATE) THEN 1 ELSE 0
        END AS nieuw,
        0 AS eraf
    FROM tussen.zorg_gat g
    JOIN keuzes k ON g.gat_dagen IS NULL OR g.gat_dagen > k.onderbreking_dagen
    JOIN peil.instelling i ON true
    UNION ALL
    -- the last day of care is the day before the gap
    SELECT
        g.gemeentecode, g.soort, g.niveau, g.cel, k.onderbreking_dagen,
        CAST(date_trunc('month', g.vorige_tot - INTERVAL 1 DAY) AS DATE), 0, 0, 1
    FROM tussen.zorg_gat g
    JOIN keuzes k ON g.gat_dagen > k.onderbreking_dagen
    UNION ALL
    SELECT
        g.gemeentecode, g.soort, g.niveau, g.cel, k.onderbreking_dagen,
        CAST(date_trunc('month', g.einde - INTERVAL 1 DAY) AS DATE), 0, 0, 1
    FROM tussen.zorg_gat g
    JOIN keuzes k ON true
    WHERE g.einde IS NOT NULL
),
per_maand AS (
    SELECT
        gemeentecode, soort, niveau, cel, onderbreking_dagen, maand, sum(erbij) AS erbij, sum(nieuw) AS nieuw,
        sum(eraf) AS eraf
    FROM gebeurtenissen
    GROUP BY gemeentecode, soort, niveau, cel, onderbreking_dagen, maand
),
gesloten AS (
    SELECT
        m.maand, p.gemeentecode, p.soort, p.niveau, p.cel, p.onderbreking_dagen,
        CAST(sum(CASE WHEN p.maand < m.maand THEN p.erbij - p.eraf ELSE 0 END) AS BIGINT) AS begin,
        CAST(sum(CASE WHEN p.maand = m.maand THEN p.erbij ELSE 0 END) AS BIGINT) AS instroom,
        CAST(sum(CASE WHEN p.maand = m.maand THEN p.nieuw ELSE 0 END) AS BIGINT) AS instroom_nieuw,
        CAST(sum(CASE WHEN p.maand = m.maand THEN p.eraf ELSE 0 END) AS BIGINT) AS uitstroom,
        CAST(sum(p.erbij - p.eraf) AS BIGINT) AS eind,
        date_diff(
            'day', m.volgende,
            CAST(k.geleverd_tot - CASE WHEN s.cel IS NULL THEN i.stroom_rijp_maanden ELSE i.stilte_rijp_maanden END * INTERVAL 1 MONTH AS DATE)
        ) <= p.onderbreking_dagen AS voorlopig
    FROM peil.maand m
    JOIN peil.instelling i ON true
    JOIN peil.bekend k ON m.maand <= k.laatste_maand
    JOIN tussen.bereik b ON m.maand >= b.eerste_levermaand
    JOIN per_maand p ON p.maand <= m.maand
    LEFT JOIN tussen.stroom_stilte s ON s.gemeentecode = p.gemeentecode AND s.niveau = p.niveau AND s.cel = p.cel
    GROUP BY
        m.maand, m.volgende, k.geleverd_tot, i.stroom_rijp_maanden, i.stilte_rijp_maanden, s.cel, p.gemeentecode, p.soort, p.niveau, p.cel, p.onderbreking_dagen
)
SELECT * FROM gesloten
