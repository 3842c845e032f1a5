-- Een rij is een regel van een tabel zoals de stukken over het Hek die drukken. De delen zijn geladen, elke som is hier berekend.
-- Het teken is dat van de tabel: in het meerjarenbeeld is + een tekort, bij overschotten en tekorten is + een overschot.
-- Volgorde: tabel, jaar, volgorde, regel
-- Kolommen:
--   jaar: jaar
--   gemeentecode: CBS-code van de gemeente
--   tabel: begroting Wmo, begroting Jeugdwet, decentralisatie-uitkeringen, meerjarenbeeld of overschotten en tekorten
--   volgorde: plaats van de regel in de tabel
--   regel: naam van de regel
--   is_som: waar als de regel uit de regels erboven is berekend
--   bedrag_cent: bedrag met het teken van de tabel [cent]
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH delen AS (
    SELECT
        jaar, gemeentecode, bedrag_cent, bron,
        CASE
            WHEN soort IN ('product', 'taakstelling') THEN 'begroting ' || wet
            WHEN soort = 'rijksbudget' THEN 'decentralisatie-uitkeringen'
            WHEN soort = 'saldo hek' THEN 'overschotten en tekorten'
            WHEN soort IN ('tekort begroting', 'landelijke ontwikkeling', 'meevaller', 'tegenvaller', 'ombuiging') THEN 'meerjarenbeeld'
        END AS tabel,
        CASE soort
            WHEN 'product' THEN 1
            WHEN 'taakstelling' THEN 2
            WHEN 'rijksbudget' THEN 1
            WHEN 'tekort begroting' THEN 1
            WHEN 'landelijke ontwikkeling' THEN 2
            WHEN 'meevaller' THEN 3
            WHEN 'tegenvaller' THEN 4
            WHEN 'ombuiging' THEN 6
            ELSE 1
        END AS volgorde,
        CASE soort
            WHEN 'product' THEN hoofdproduct
            WHEN 'taakstelling' THEN 'Totaal taakstellingen'
            WHEN 'rijksbudget' THEN coalesce(hoofdproduct, wet)
            WHEN 'saldo hek' THEN 'Overschotten/tekorten binnen het Hek'
            WHEN 'tekort begroting' THEN 'Totaal begroting'
            WHEN 'landelijke ontwikkeling' THEN 'Landelijke ontwikkeling'
            WHEN 'meevaller' THEN 'Haarlemse meevallers'
            WHEN 'tegenvaller' THEN 'Haarlemse tegenvallers'
            WHEN 'ombuiging' THEN 'Ramingsbijstellingen en ombuigingen'
        END AS regel
    FROM mart.begroting_jaar
),
regels AS (
    SELECT
        jaar, gemeentecode, tabel, volgorde, regel, sum(bedrag_cent) AS bedrag_cent,
        string_agg(DISTINCT bron, ' en ' ORDER BY bron) AS bron
    FROM delen
    WHERE tabel IS NOT NULL
    GROUP BY jaar, gemeentecode, tabel, volgorde, regel
),
sommen AS (
    SELECT
        jaar, gemeentecode, tabel, 9 AS volgorde,
        CASE WHEN tabel = 'meerjarenbeeld' THEN 'Saldo na ramingsbijstellingen en ombuigingen' ELSE 'Totaal' END AS regel,
        sum(bedrag_cent) AS bedrag_cent, string_agg(DISTINCT bron, ' en ' ORDER BY bron) AS bron
    FROM regels
    WHERE tabel <> 'overschotten en tekorten'
    GROUP BY jaar, gemeentecode, tabel
    UNION ALL
    SELECT
        jaar, gemeentecode, tabel, 5, 'Saldo na mee- en tegenvallers', sum(bedrag_cent),
        string_agg(DISTINCT bron, ' en ' ORDER BY bron)
    FROM regels
    WHERE tabel = 'meerjarenbeeld' AND volgorde < 5
    GROUP BY jaar, gemeentecode, tabel
),
samen AS (
    SELECT
        jaar, gemeentecode, tabel, CAST(volgorde AS BIGINT) AS volgorde, regel, false AS is_som,
        CAST(bedrag_cent AS BIGINT) AS bedrag_cent, bron
    FROM regels
    UNION ALL
    SELECT jaar, gemeentecode, tabel, CAST(volgorde AS BIGINT), regel, true, CAST(bedrag_cent AS BIGINT), bron
    FROM sommen
)
SELECT * FROM samen
