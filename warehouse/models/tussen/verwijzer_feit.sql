-- Een rij is wat een cliënt in een jaar via een verwijzer uit een productgroep kreeg: geleverd, toegewezen of beëindigd. Geleverd en
-- toegewezen tot en met de laatste volledige levermaand, beëindigd tot waar een einde vaststaat.
-- Kolommen:
--   jaar: jaar van levering, van de ingangsdatum of van het einde
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   verwijzer: soort verwijzer van de toewijzing, 'onbekend' waar die ontbreekt
--   client_id: pseudoniem van de cliënt, leeg waar niet is geleverd
--   volume: netto geleverd volume, alleen om te zien of er is geleverd
--   realisatie_cent: realisatie [cent]
--   toewijzingen: aantal toewijzingen dat in het jaar inging
--   zwaarte_som: som van de rangen van de zwaarte van die toewijzingen
--   zwaarte_aantal: aantal daarvan waarvan het product een zwaarte heeft
--   beeindigd: aantal leveringen dat in het jaar eindigde
--   duur_som: som van hun dagen [dagen]
WITH geleverd AS (
    SELECT
        CAST(year(r.levermaand) AS BIGINT) AS jaar, r.gemeentecode, r.wet, coalesce(p.indeling_nr, 0) AS indeling_nr,
        coalesce(v.verwijzer, 'onbekend') AS verwijzer, r.client_id,
        sum(CASE WHEN r.status = 'afgekeurd' THEN 0 ELSE r.volume END) AS volume,
        sum(r.realisatie_cent) AS realisatie_cent
    FROM kern.declaratieregel r
    JOIN peil.bekend k ON r.levermaand < k.geleverd_tot
    LEFT JOIN tussen.toewijzing_verwijzer v
        ON v.gemeentecode = r.gemeentecode AND v.wet = r.wet AND v.toewijzing_sleutel = r.toewijzing_sleutel
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = r.gemeentecode AND p.wet = r.wet AND p.categorie_sleutel = coalesce(r.productcategorie, '-')
        AND p.code_sleutel = coalesce(r.productcode, '-') AND p.van <= r.levermaand AND p.tot > r.levermaand
    GROUP BY
        year(r.levermaand), r.gemeentecode, r.wet, coalesce(p.indeling_nr, 0), coalesce(v.verwijzer, 'onbekend'), r.client_id
),
toegewezen AS (
    SELECT
        CAST(year(t.ingangsdatum) AS BIGINT) AS jaar, t.gemeentecode, t.wet, coalesce(p.indeling_nr, 0) AS indeling_nr,
        v.verwijzer, count(*) AS toewijzingen
    FROM kern.toewijzing t
    JOIN tussen.toewijzing_verwijzer v
        ON v.gemeentecode = t.gemeentecode AND v.wet = t.wet AND v.toewijzing_sleutel = t.toewijzing_sleutel
    JOIN peil.bekend k ON t.ingangsdatum < k.geleverd_tot
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = t.gemeentecode AND p.wet = t.wet AND p.categorie_sleutel = coalesce(t.productcategorie, '-')
        AND p.code_sleutel = coalesce(t.productcode, '-') AND p.van <= t.ingangsdatum AND p.tot > t.ingangsdatum
    GROUP BY year(t.ingangsdatum), t.gemeentecode, t.wet, coalesce(p.indeling_nr, 0), v.verwijzer
),
geeindigd AS (
    SELECT
        CAST(year(CAST(l.einddatum - INTERVAL 1 DAY AS DATE)) AS BIGINT) AS jaar, l.gemeentecode, l.wet,
        coalesce(p.indeling_nr, 0) AS indeling_nr, coalesce(v.verwijzer, 'onbekend') AS verwijzer, count(*) AS beeindigd,
        sum(date_diff('day', l.begindatum, l.einddatum)) AS duur_som
    FROM kern.levering l
    JOIN peil.bekend k ON l.einddatum <= k.stroom_voorlopig_vanaf
    LEFT JOIN tussen.toewijzing_verwijzer v ON v.gemeentecode = l.gemeentecode AND v.wet = l.wet AND v.toewijzing_sleutel = l.toewijzing_sleutel
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = l.gemeentecode AND p.wet = l.wet AND p.categorie_sleutel = coalesce(l.productcategorie, '-')
        AND p.code_sleutel = coalesce(l.productcode, '-') AND p.van <= l.begindatum AND p.tot > l.begindatum
    GROUP BY
        year(CAST(l.einddatum - INTERVAL 1 DAY AS DATE)), l.gemeentecode, l.wet, coalesce(p.indeling_nr, 0),
        coalesce(v.verwijzer, 'onbekend')
),
samen AS (
    SELECT
        jaar, gemeentecode, wet, indeling_nr, verwijzer, client_id, volume, realisatie_cent, 0 AS toewijzingen,
        0 AS beeindigd, 0 AS duur_som
    FROM geleverd
    UNION ALL
    SELECT jaar, gemeentecode, wet, indeling_nr, verwijzer, NULL, 0, 0, toewijzingen, 0, 0 FROM toegewezen
    UNION ALL
    SELECT jaar, gemeentecode, wet, indeling_nr, verwijzer, NULL, 0, 0, 0, beeindigd, duur_som FROM geeindigd
),
opgeteld AS (
    SELECT
        s.jaar, s.gemeentecode, s.wet, i.productgroep, s.verwijzer, s.client_id,
        sum(s.volume) AS volume, CAST(sum(s.realisatie_cent) AS BIGINT) AS realisatie_cent,
        CAST(sum(s.toewijzingen) AS BIGINT) AS toewijzingen,
        CAST(sum(s.toewijzingen * i.zwaarte_rang) AS BIGINT) AS zwaarte_som,
        CAST(sum(CASE WHEN i.zwaarte_rang > 0 THEN s.toewijzingen ELSE 0 END) AS BIGINT) AS zwaarte_aantal,
        CAST(sum(s.beeindigd) AS BIGINT) AS beeindigd, CAST(sum(s.duur_som) AS BIGINT) AS duur_som
    FROM samen s
    JOIN tussen.indeling i ON i.indeling_nr = s.indeling_nr
    GROUP BY s.jaar, s.gemeentecode, s.wet, i.productgroep, s.verwijzer, s.client_id
)
SELECT * FROM opgeteld
