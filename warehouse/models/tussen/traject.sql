-- Een rij is een traject: een aaneengesloten periode waarin een cliënt een product in een zwaarte van een aanbieder kreeg,
-- met wat er in die maanden aan is gerealiseerd. Leveringen met een onderbreking van ten hoogste het ingestelde aantal
-- dagen zijn één traject.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   aanbieder_agb: AGB-code van de aanbieder
--   client_nr: volgnummer van de cliënt
--   begin: eerste dag
--   tot: dag na de laatste dag; 9999-12-31 als open
--   duur_dagen: dagen van begin tot einde, leeg als open [dagen]
--   realisatie_cent: realisatie in de maanden van het traject [cent]
--   compleet: waar als het traject binnen de gegevens begon en eindigde, en zijn maanden niet meer voorlopig zijn
--   leeftijdsgroep: leeftijd in het jaar van het einde, bij een open traject in het jaar van bekend_op
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
geleverd AS (
    SELECT
        m.levermaand, m.gemeentecode, m.wet, i.product, i.zwaarte, m.aanbieder_agb, m.client_nr,
        sum(m.realisatie_cent) AS realisatie_cent
    FROM tussen.client_maand m
    JOIN tussen.indeling i ON i.indeling_nr = m.indeling_nr
    WHERE m.peil = 'nu'
    GROUP BY m.levermaand, m.gemeentecode, m.wet, i.product, i.zwaarte, m.aanbieder_agb, m.client_nr
),
geprijsd AS (
    SELECT
        p.gemeentecode, p.wet, p.productgroep, p.product, p.zwaarte, p.aanbieder_agb, p.client_nr, p.client_id, p.begin,
        p.tot, sum(g.realisatie_cent) AS realisatie_cent
    FROM perioden p
    LEFT JOIN geleverd g
        ON g.gemeentecode = p.gemeentecode AND g.wet = p.wet AND g.client_nr = p.client_nr
        AND g.aanbieder_agb = p.aanbieder_agb AND g.product = p.product AND g.zwaarte = p.zwaarte
        AND g.levermaand >= date_trunc('month', p.begin) AND g.levermaand < p.tot
    GROUP BY
        p.gemeentecode, p.wet, p.productgroep, p.product, p.zwaarte, p.aanbieder_agb, p.client_nr, p.client_id, p.begin,
        p.tot
),
trajecten AS (
    SELECT
        g.gemeentecode, g.wet, g.productgroep, g.product, g.zwaarte, g.aanbieder_agb, g.client_nr, g.begin, g.tot,
        CASE WHEN g.tot < DATE '9999-12-31' THEN date_diff('day', g.begin, g.tot) END AS duur_dagen,
        CAST(coalesce(g.realisatie_cent, 0) AS BIGINT) AS realisatie_cent,
        g.begin >= b.eerste_levermaand AND g.tot <= k.voorlopig_vanaf AS compleet,
        CASE
            WHEN c.geboortejaar IS NULL THEN 'onbekend'
            WHEN year(least(g.tot, k.grens)) - c.geboortejaar < 12 THEN '0-11'
            WHEN year(least(g.tot, k.grens)) - c.geboortejaar < 18 THEN '12-17'
            WHEN year(least(g.tot, k.grens)) - c.geboortejaar < 23 THEN '18-22'
            WHEN year(least(g.tot, k.grens)) - c.geboortejaar < 65 THEN '23-64'
            WHEN year(least(g.tot, k.grens)) - c.geboortejaar < 80 THEN '65-79'
            ELSE '80+'
        END AS leeftijdsgroep
    FROM geprijsd g
    JOIN peil.bekend k ON true
    JOIN tussen.bereik b ON true
    LEFT JOIN kern.client c ON c.gemeentecode = g.gemeentecode AND c.client_id = g.client_id
)
SELECT * FROM trajecten
