-- Een rij is een aansluiting tussen twee plaatsen waar hetzelfde geteld wordt, met het verschil en wat dat verklaart.
-- Een verschil dat niet verklaard is, is verschil - verklaard. Alleen regels die op bekend_op waren ontvangen tellen mee;
-- een regel die een later bestand nog eens vertelt hoort er dan nog niet bij.
-- Volgorde: stap, wet, jaar, grootheid
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   stap: de twee kanten
--   wet: Wmo of Jeugdwet
--   jaar: jaar van ontvangst; bij het grootboek jaar van levering tegenover boekjaar
--   grootheid: 'regels' of 'cent'
--   links: waarde aan de eerste kant
--   rechts: waarde aan de tweede kant
--   verschil: links - rechts
--   verklaard_door: waardoor de kanten mogen verschillen
--   verklaard: deel van het verschil dat daaruit volgt
WITH later_verteld AS (
    SELECT
        r.bericht_id, r.gemeentecode, r.wet, CAST(year(r.ontvangen_op) AS BIGINT) AS jaar, count(*) AS regels,
        sum(r.bedrag_cent) AS bedrag_cent
    FROM lake.declaratieregel r
    JOIN tussen.regel_weg w ON w.peil = 'nu' AND w.bericht_id = r.bericht_id AND w.regel_nr = r.regel_nr
    GROUP BY r.bericht_id, r.gemeentecode, r.wet, year(r.ontvangen_op)
),
bestanden AS (
    SELECT bericht_id, telt, true AS bekend, regels_geladen, bedrag_geladen_cent
    FROM kern.bericht
    UNION ALL
    SELECT t.bericht_id, true, false, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
    FROM lake.telt t
    WHERE NOT t.bekend
),
telling_bekend AS (
    SELECT
        t.tabel, t.bericht_id, t.gemeentecode, t.wet, t.jaar, b.telt, b.bekend,
        t.regels_bekend - CASE WHEN b.bekend THEN 0 ELSE coalesce(l.regels, 0) END AS regels,
        t.bedrag_bekend_cent - CASE WHEN b.bekend THEN 0 ELSE coalesce(l.bedrag_cent, 0) END AS bedrag_cent,
        coalesce(b.regels_geladen - sum(t.regels) OVER (PARTITION BY t.bericht_id), 0) AS regels_mis,
        coalesce(b.bedrag_geladen_cent - sum(t.bedrag_cent) OVER (PARTITION BY t.bericht_id), 0) AS bedrag_mis_cent
    FROM lake.telling t
    JOIN bestanden b ON b.bericht_id = t.bericht_id
    LEFT JOIN later_verteld l
        ON l.bericht_id = t.bericht_id AND l.gemeentecode = t.gemeentecode AND l.wet = t.wet AND l.jaar = t.jaar
        AND t.tabel = 'declaratieregel'
),
telling AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY bericht_id ORDER BY tabel, gemeentecode, wet, jaar) AS volgnummer
    FROM telling_bekend
    WHERE regels > 0
),
bericht_lake AS (
    SELECT
        gemeentecode, 'bericht naar lake' AS stap, wet, jaar,
        sum(regels + CASE WHEN volgnummer = 1 THEN regels_mis ELSE 0 END) AS regels_links,
        sum(regels) AS regels_rechts,
        sum(bedrag_cent + CASE WHEN volgnummer = 1 THEN bedrag_mis_cent ELSE 0 END) AS cent_links,
        sum(bedrag_cent) AS cent_rechts,
        'niets: elke geladen regel staat in het lake' AS verklaard_door,
        0 AS regels_verklaard,
        0 AS cent_verklaard
    FROM telling
    WHERE tabel = 'declaratieregel'
    GROUP BY gemeentecode, wet, jaar
),
kern_ontvangst AS (
    SELECT
        gemeentecode, wet, CAST(year(ontvangen_op) AS BIGINT) AS jaar, count(*) AS regels, sum(bedrag_cent) AS bedrag_cent
    FROM kern.declaratieregel
    GROUP BY gemeentecode, wet, year(ontvangen_op)
),
dubbel_in_extract AS (
    SELECT l.gemeentecode, l.wet, l.jaar, sum(l.regels) AS regels, sum(l.bedrag_cent) AS bedrag_cent
    FROM later_verteld l
    JOIN lake.telt t ON t.bericht_id = l.bericht_id AND t.bekend
    GROUP BY l.gemeentecode, l.wet, l.jaar
),
telling_jaar AS (
    SELECT
        gemeentecode, wet, jaar, sum(regels) AS regels, sum(bedrag_cent) AS bedrag_cent,
        sum(CASE WHEN telt THEN 0 ELSE regels END) AS regels_weg,
        sum(CASE WHEN telt THEN 0 ELSE bedrag_cent END) AS bedrag_weg_cent
    FROM telling
    WHERE tabel = 'declaratieregel'
    GROUP BY gemeentecode, wet, jaar
),
lake_kern AS (
    SELECT
        t.gemeentecode, 'lake naar kern' AS stap, t.wet, t.jaar,
        t.regels AS regels_links, coalesce(k.regels, 0) AS regels_rechts,
        t.bedrag_cent AS cent_links, coalesce(k.bedrag_cent, 0) AS cent_rechts,
        'regels die in een later bericht met dezelfde identiteit staan, of in een extract terwijl een bericht of ander'
        || ' extract dezelfde regel vertelt' AS verklaard_door,
        t.regels_weg + coalesce(d.regels, 0) AS regels_verklaard,
        t.bedrag_weg_cent + coalesce(d.bedrag_cent, 0) AS cent_verklaard
    FROM telling_jaar t
    LEFT JOIN kern_ontvangst k ON k.gemeentecode = t.gemeentecode AND k.wet = t.wet AND k.jaar = t.jaar
    LEFT JOIN dubbel_in_extract d ON d.gemeentecode = t.gemeentecode AND d.wet = t.wet AND d.jaar = t.jaar
),
kern_lever AS (
    SELECT
        gemeentecode, wet, CAST(year(levermaand) AS BIGINT) AS jaar, count(*) AS regels, sum(bedrag_cent) AS bedrag_cent,
        sum(bedrag_cent - realisatie_cent) AS niet_toegekend_cent
    FROM kern.declaratieregel
    GROUP BY gemeentecode, wet, year(levermaand)
),
mart_lever AS (
    SELECT
        gemeentecode, wet, CAST(year(levermaand) AS BIGINT) AS jaar, sum(regels) AS regels, sum(realisatie_cent) AS realisatie_cent
    FROM mart.pq_maand
    GROUP BY gemeentecode, wet, year(levermaand)
),
kern_mart AS (
    SELECT
        k.gemeentecode, 'kern naar mart' AS stap, k.wet, k.jaar,
        k.regels AS regels_links, coalesce(m.regels, 0) AS regels_rechts,
        k.bedrag_cent AS cent_links, coalesce(m.realisatie_cent, 0) AS cent_rechts,
        'afgekeurde regels en het verschil tussen ingediend en toegekend' AS verklaard_door,
        0 AS regels_verklaard,
        k.niet_toegekend_cent AS cent_verklaard
    FROM kern_lever k
    LEFT JOIN mart_lever m ON m.gemeentecode = k.gemeentecode AND m.wet = k.wet AND m.jaar = k.jaar
),
geboekt AS (
    SELECT
        gemeentecode, wet, jaar, sum(bedrag_cent) AS bedrag_cent,
        sum(CASE WHEN soort = 'overlopend' THEN bedrag_cent ELSE 0 END) AS overlopend_cent,
        max(CASE WHEN soort = 'berichten' THEN geboekt_op END) AS geboekt_tot,
        max(CASE WHEN soort = 'berichten' THEN periode END) AS laatste_periode
    FROM kern.grootboek
    WHERE soort IN ('berichten', 'overlopend') AND periode > 0
    GROUP BY gemeentecode, wet, jaar
),
met_overlopend AS (
    SELECT DISTINCT gemeentecode, wet FROM kern.grootboek WHERE soort = 'overlopend'
),
-- per boekjaar: what of the year itself was answered later, and what of older years was answered in it
buiten_jaar AS (
    SELECT
        g.gemeentecode, g.wet, g.jaar,
        sum(
            CASE
                WHEN year(k.levermaand) = g.jaar
                    AND coalesce(CAST(k.beantwoord_op AS DATE), DATE '9999-12-31') > g.geboekt_tot THEN k.realisatie_cent
                ELSE 0
            END
        ) AS later_cent,
        sum(
            CASE
                WHEN year(k.levermaand) < g.jaar AND year(k.beantwoord_op) = g.jaar
                    AND CAST(k.beantwoord_op AS DATE) <= g.geboekt_tot THEN k.realisatie_cent
                ELSE 0
            END
        ) AS oud_cent
    FROM geboekt g
    JOIN kern.declaratieregel k
        ON k.gemeentecode = g.gemeentecode AND k.wet = g.wet
        AND (year(k.levermaand) = g.jaar OR (year(k.levermaand) < g.jaar AND year(k.beantwoord_op) = g.jaar))
    GROUP BY g.gemeentecode, g.wet, g.jaar
),
mart_grootboek AS (
    SELECT
        g.gemeentecode, 'mart naar grootboek' AS stap, g.wet, g.jaar,
        CAST(NULL AS BIGINT) AS regels_links, CAST(NULL AS BIGINT) AS regels_rechts,
        m.realisatie_cent AS cent_links, g.bedrag_cent AS cent_rechts,
        'wat van het jaar na de laatste boekperiode is beantwoord of nog in behandeling is, min lasten van oude jaren en min de'
        || ' overlopende posten die in het jaar zijn bijgeboekt en teruggenomen; zonder rijen voor overlopende posten alleen in een'
        || ' lopend jaar' AS verklaard_door,
        CAST(NULL AS BIGINT) AS regels_verklaard,
        CASE
            WHEN o.wet IS NOT NULL THEN coalesce(b.later_cent, 0) - coalesce(b.oud_cent, 0) - g.overlopend_cent
            WHEN g.laatste_periode < 12 THEN coalesce(b.later_cent, 0)
            ELSE 0
        END AS cent_verklaard
    FROM geboekt g
    JOIN mart_lever m ON m.gemeentecode = g.gemeentecode AND m.wet = g.wet AND m.jaar = g.jaar
    LEFT JOIN buiten_jaar b ON b.gemeentecode = g.gemeentecode AND b.wet = g.wet AND b.jaar = g.jaar
    LEFT JOIN met_overlopend o ON o.gemeentecode = g.gemeentecode AND o.wet = g.wet
),
antwoorden AS (
    SELECT
        a.gemeentecode, '325: ingediend min toegekend naar afgekeurde regels' AS stap, a.wet,
        CAST(year(a.ontvangen_op) AS BIGINT) AS jaar,
        CAST(NULL AS BIGINT) AS regels_links, CAST(NULL AS BIGINT) AS regels_rechts,
        sum(CASE WHEN a.niveau = 'declaratie' THEN a.ingediend_cent - a.toegekend_cent ELSE 0 END) AS cent_links,
        sum(CASE WHEN a.niveau = 'prestatie' THEN a.ingediend_cent - coalesce(a.toegekend_cent, 0) ELSE 0 END) AS cent_rechts,
        'antwoorden die de hele declaratie afkeuren zonder de regels te noemen' AS verklaard_door,
        CAST(NULL AS BIGINT) AS regels_verklaard,
        sum(CASE WHEN a.niveau = 'declaratie' AND g.antwoord_id IS NOT NULL THEN a.ingediend_cent - a.toegekend_cent ELSE 0 END)
        - sum(
            CASE
                WHEN a.niveau = 'prestatie' AND g.antwoord_id IS NOT NULL THEN a.ingediend_cent - coalesce(a.toegekend_cent, 0)
                ELSE 0
            END
        ) AS cent_verklaard
    FROM lake.declaratieantwoord a
    LEFT JOIN (
        SELECT antwoord_id FROM tussen.antwoord WHERE peil = 'nu' AND geheel_afgekeurd
    ) g ON g.antwoord_id = a.bericht_id
    GROUP BY a.gemeentecode, a.wet, year(a.ontvangen_op)
),
samen AS (
    SELECT * FROM bericht_lake
    UNION ALL
    SELECT * FROM lake_kern
    UNION ALL
    SELECT * FROM kern_mart
    UNION ALL
    SELECT * FROM mart_grootboek
    UNION ALL
    SELECT * FROM antwoorden
),
lang AS (
    SELECT
        gemeentecode, stap, wet, jaar, 'regels' AS grootheid, regels_links AS links, regels_rechts AS rechts, verklaard_door,
        regels_verklaard AS verklaard
    FROM samen
    WHERE regels_links IS NOT NULL
    UNION ALL
    SELECT gemeentecode, stap, wet, jaar, 'cent', cent_links, cent_rechts, verklaard_door, cent_verklaard
    FROM samen
),
uitkomst AS (
    SELECT
        gemeentecode, stap, wet, jaar, grootheid,
        CAST(links AS BIGINT) AS links, CAST(rechts AS BIGINT) AS rechts, CAST(links - rechts AS BIGINT) AS verschil,
        verklaard_door, CAST(verklaard AS BIGINT) AS verklaard
    FROM lang
)
SELECT * FROM uitkomst
