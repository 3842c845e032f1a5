-- Een rij is een compleet traject: een aaneengesloten periode waarin een cliënt een product in een zwaarte van een aanbieder
-- kreeg, met wat er in die maanden is gerealiseerd. Leveringen met een onderbreking van ten hoogste het ingestelde aantal
-- dagen zijn één traject. Compleet: het begon en eindigde binnen de gegevens, en zijn maanden zijn niet meer voorlopig.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   aanbieder_agb: AGB-code van de aanbieder
--   client_nr: volgnummer van de cliënt
--   begin: eerste dag
--   tot: dag na de laatste dag
--   duur_dagen: dagen van begin tot einde [dagen]
--   realisatie_cent: realisatie in de maanden van het traject [cent]
--   leeftijdsgroep: leeftijd in het jaar waarin het traject eindigde
WITH gemerkt AS (
    SELECT
        d.*,
        CASE
            WHEN date_diff(
                'day',
                max(d.tot) OVER (
                    PARTITION BY d.gemeentecode, d.wet, d.client_nr, d.aanbieder_agb, d.product, d.zwaarte
                    ORDER BY d.begin, d.tot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ),
                d.begin
            ) <= i.onderbreking_dagen THEN 0
            ELSE 1
        END AS nieuw
    FROM tussen.levering_deel d
    JOIN peil.instelling i ON true
),
genummerd AS (
    SELECT
        *,
        sum(nieuw) OVER (
            PARTITION BY gemeentecode, wet, client_nr, aanbieder_agb, product, zwaarte
            ORDER BY begin, tot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS volgnummer
    FROM gemerkt
),
perioden AS (
    SELECT
        gemeentecode, wet, min(productgroep) AS productgroep, product, zwaarte, aanbieder_agb, client_nr,
        min(client_id) AS client_id, min(begin) AS begin, max(tot) AS tot
    FROM genummerd
    GROUP BY gemeentecode, wet, product, zwaarte, aanbieder_agb, client_nr, volgnummer
),
compleet AS (
    SELECT p.*
    FROM perioden p
    JOIN peil.bekend k ON p.tot <= least(k.voorlopig_vanaf, k.stroom_voorlopig_vanaf)
    JOIN tussen.bereik b ON p.begin >= b.eerste_levermaand
),
geleverd AS (
    SELECT
        p.gemeentecode, p.wet, p.client_nr, p.aanbieder_agb, p.product, p.zwaarte, p.begin,
        sum(m.realisatie_cent) AS realisatie_cent
    FROM compleet p
    JOIN tussen.indeling i ON i.product = p.product AND i.zwaarte = p.zwaarte
    JOIN tussen.client_maand m
        ON m.peil = 'nu' AND m.gemeentecode = p.gemeentecode AND m.wet = p.wet AND m.client_nr = p.client_nr
        AND m.indeling_nr = i.indeling_nr AND m.aanbieder_agb = p.aanbieder_agb
        AND m.levermaand >= date_trunc('month', p.begin) AND m.levermaand < p.tot
    GROUP BY p.gemeentecode, p.wet, p.client_nr, p.aanbieder_agb, p.product, p.zwaarte, p.begin
),
met_leeftijd AS (
    SELECT
        p.*, year(CAST(p.tot - INTERVAL 1 DAY AS DATE)) - c.geboortejaar AS leeftijd,
        CAST(coalesce(g.realisatie_cent, 0) AS BIGINT) AS realisatie_cent
    FROM compleet p
    LEFT JOIN geleverd g
        ON g.gemeentecode = p.gemeentecode AND g.wet = p.wet AND g.client_nr = p.client_nr
        AND g.aanbieder_agb = p.aanbieder_agb AND g.product = p.product AND g.zwaarte = p.zwaarte AND g.begin = p.begin
    LEFT JOIN kern.client c ON c.gemeentecode = p.gemeentecode AND c.client_id = p.client_id
),
trajecten AS (
    SELECT
        gemeentecode, wet, productgroep, product, zwaarte, aanbieder_agb, client_nr, begin, tot,
        date_diff('day', begin, tot) AS duur_dagen, realisatie_cent,
        CASE
            WHEN leeftijd IS NULL THEN 'onbekend'
            WHEN leeftijd < 12 THEN '0-11'
            WHEN leeftijd < 18 THEN '12-17'
            WHEN leeftijd < 23 THEN '18-22'
            WHEN leeftijd < 65 THEN '23-64'
            WHEN leeftijd < 80 THEN '65-79'
            ELSE '80+'
        END AS leeftijdsgroep
    FROM met_leeftijd
)
SELECT * FROM trajecten
