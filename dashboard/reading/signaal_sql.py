"""The queries behind the signals; see reading.signalen for what each of them means in words."""

# The run of signals to one side that lasts until the last month of the chart.
LOOP = """
laatste AS (
    SELECT onderwerp, deel, max(maand) AS maand, arg_max(signaal, maand) AS signaal,
           arg_max(richting, maand) AS richting, arg_max(waarde, maand) AS waarde,
           arg_max(gemiddelde, maand) AS basis, arg_max(clienten, maand) AS clienten
    FROM kaart GROUP BY onderwerp, deel),
gewoon AS (
    SELECT k.onderwerp, k.deel, max(k.maand) AS tot FROM kaart k JOIN laatste l USING (onderwerp, deel)
    WHERE k.signaal IS NULL OR k.richting <> l.richting GROUP BY ALL)
SELECT l.onderwerp, l.deel, min(k.maand) AS sinds, min(k.maand) = l.maand AS nieuw, l.waarde, l.basis,
       l.richting, l.clienten
FROM laatste l JOIN kaart k USING (onderwerp, deel) LEFT JOIN gewoon g USING (onderwerp, deel)
WHERE l.signaal IS NOT NULL AND (g.tot IS NULL OR k.maand > g.tot)
GROUP BY l.onderwerp, l.deel, l.maand, l.waarde, l.basis, l.richting, l.clienten ORDER BY 1, 2
"""
OMZET = f"""
WITH mensen AS (
    SELECT aanbieder_agb, levermaand AS maand, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    GROUP BY aanbieder_agb, levermaand),
kaart AS (
    SELECT r.aanbieder_agb AS onderwerp, '' AS deel, r.maand, r.waarde, r.gemiddelde, r.signaal, r.richting,
           coalesce(m.clienten, 0) AS clienten
    FROM eigen.regelkaart r LEFT JOIN mensen m USING (aanbieder_agb, maand) WHERE r.maat = 'omzet aanbieder'),
{LOOP}"""  # noqa: S608
GEMEENTE = f"""
WITH mensen AS (
    SELECT levermaand AS maand, wet || '|' || productgroep AS cel, count(DISTINCT client_id) AS clienten
    FROM stad.client_maand GROUP BY ALL
    UNION ALL
    SELECT levermaand, wet, count(DISTINCT client_id) FROM stad.client_maand GROUP BY ALL),
kaart AS (
    SELECT r.cel AS onderwerp, r.maat AS deel, r.maand, r.waarde, r.gemiddelde, r.signaal, r.richting,
           CASE WHEN r.eenheid = 'aantal' THEN round(abs(r.waarde))::BIGINT
                ELSE coalesce(m.clienten, 0) END AS clienten
    FROM stad.regelkaart r LEFT JOIN mensen m USING (maand, cel)),
{LOOP}"""  # noqa: S608
PLAFOND = """
WITH jaar AS (
    SELECT make_date(year(laatste_levermaand), 1, 1) AS begin,
           coalesce(voorlopig_vanaf, laatste_levermaand + INTERVAL 1 MONTH)::date AS tot FROM vrij.snapshot),
contract AS (
    SELECT aanbieder_agb, sum(budgetplafond_cent)::DOUBLE AS plafond FROM eigen.aanbieder_jaar, jaar
    WHERE jaar = year(begin) GROUP BY aanbieder_agb HAVING sum(budgetplafond_cent) > 0),
maanden AS (
    SELECT aanbieder_agb, levermaand, sum(realisatie_cent)::DOUBLE AS cent FROM eigen.pq_maand, jaar
    WHERE levermaand >= begin AND levermaand < tot GROUP BY aanbieder_agb, levermaand),
loop AS (
    SELECT aanbieder_agb, levermaand, sum(cent) OVER (PARTITION BY aanbieder_agb ORDER BY levermaand) * 12
               / (date_diff('month', begin, levermaand) + 1) AS op_jaarbasis
    FROM maanden, jaar),
stand AS (
    SELECT l.aanbieder_agb, l.levermaand, l.op_jaarbasis, c.plafond,
           l.op_jaarbasis >= $deel / 100.0 * c.plafond AS boven,
           max(l.levermaand) OVER (PARTITION BY l.aanbieder_agb) AS laatste
    FROM loop l JOIN contract c USING (aanbieder_agb)
    -- one month says nothing about a year
    WHERE date_diff('month', (SELECT begin FROM jaar), l.levermaand) >= 2),
eerder AS (SELECT aanbieder_agb, max(levermaand) AS tot FROM stand WHERE NOT boven GROUP BY aanbieder_agb),
mensen AS (
    SELECT aanbieder_agb, count(DISTINCT client_id) AS clienten FROM eigen.client_maand, jaar
    WHERE levermaand >= begin AND levermaand < tot GROUP BY aanbieder_agb)
SELECT s.aanbieder_agb AS onderwerp, '' AS deel, min(s.levermaand) AS sinds,
       min(s.levermaand) = s.laatste AS nieuw,
       arg_max(s.op_jaarbasis, s.levermaand) AS waarde, any_value(s.plafond) AS basis, 'hoog' AS richting,
       coalesce(any_value(m.clienten), 0) AS clienten
FROM stand s LEFT JOIN eerder e USING (aanbieder_agb) LEFT JOIN mensen m USING (aanbieder_agb)
WHERE e.tot IS NULL OR s.levermaand > e.tot GROUP BY s.aanbieder_agb, s.laatste ORDER BY 1
"""
VERGELIJKING = """
WITH nu AS (SELECT max(jaar) AS jaar FROM eigen.aanbieder_vergelijking),
alle AS (
    SELECT v.*, a.aanbieders FROM eigen.aanbieder_vergelijking v
    LEFT JOIN eigen.aanbieder_aandeel a USING (jaar, wet, productgroep, aanbieder_agb)),
laatste AS (SELECT * FROM alle, nu WHERE alle.jaar = nu.jaar AND oordeel IN ('boven', 'onder')
            AND aanbieders > $anderen),
eerder AS (
    SELECT l.aanbieder_agb, l.wet, l.productgroep, l.maat, max(v.jaar) AS tot FROM laatste l
    JOIN alle v USING (aanbieder_agb, wet, productgroep, maat)
    WHERE v.jaar < l.jaar AND v.oordeel <> l.oordeel GROUP BY ALL),
begin AS (
    SELECT aanbieder_agb, wet, productgroep, maat, min(v.jaar) AS van FROM laatste l
    JOIN alle v USING (aanbieder_agb, wet, productgroep, maat) LEFT JOIN eerder e
        USING (aanbieder_agb, wet, productgroep, maat)
    WHERE v.oordeel = l.oordeel AND (e.tot IS NULL OR v.jaar > e.tot) GROUP BY ALL)
SELECT l.aanbieder_agb AS onderwerp, l.maat || '|' || l.productgroep AS deel, make_date(b.van, 1, 1) AS sinds,
       b.van = l.jaar AS nieuw, l.verhouding AS waarde,
       CASE l.oordeel WHEN 'boven' THEN l.grens_998_boven ELSE l.grens_998_onder END AS basis,
       CASE l.oordeel WHEN 'boven' THEN 'hoog' ELSE 'laag' END AS richting, l.clienten
FROM laatste l JOIN begin b USING (aanbieder_agb, wet, productgroep, maat) ORDER BY 1, 2
"""
# Of what was submitted, whether or not rejected since: else old months would look better than young.
CONTROLE = """
WITH maand AS (
    SELECT (date_trunc('month', bekend_op + INTERVAL 1 DAY) - INTERVAL 1 MONTH)::date AS nu
    FROM vrij.snapshot),
regels AS (
    SELECT aanbieder_agb, date_trunc('month', ontvangen_op)::date AS maand, bericht_id, regel_nr,
           max(abs(coalesce(bedrag_cent, 0))) AS cent
    FROM vrij.declaratiecontrole WHERE aanbieder_agb IS NOT NULL GROUP BY ALL)
SELECT aanbieder_agb AS onderwerp, '' AS deel, any_value(nu) AS sinds, true AS nieuw,
       (sum(cent) FILTER (WHERE maand = nu))::DOUBLE AS waarde,
       (coalesce(sum(cent) FILTER (WHERE maand < nu), 0) / 12)::DOUBLE AS basis, 'hoog' AS richting
FROM regels, maand WHERE maand.nu >= regels.maand AND regels.maand >= nu - INTERVAL 12 MONTH
GROUP BY aanbieder_agb
HAVING waarde >= $keer * basis AND waarde - basis >= $cent ORDER BY 1
"""
SLAPERS = """
SELECT aanbieder_agb AS onderwerp, '' AS deel, (SELECT laatste_levermaand FROM vrij.snapshot) AS sinds,
       false AS nieuw, sum(toewijzingen)::DOUBLE AS waarde, sum(lopend)::DOUBLE AS basis, 'hoog' AS richting,
       max(clienten) AS clienten
FROM eigen.slapers GROUP BY aanbieder_agb
HAVING sum(toewijzingen) >= $minstens AND sum(toewijzingen) * 100 >= $deel * sum(lopend) ORDER BY 1
"""
UITNUTTING = """
WITH nu AS (SELECT max(jaar) AS jaar FROM eigen.uitnutting_jaar),
per AS (
    SELECT aanbieder_agb, u.jaar,
           sum(geleverd_gecorrigeerd_cent)::DOUBLE / nullif(sum(toegewezen_cent), 0) AS uitnutting
    FROM eigen.uitnutting_jaar u, nu WHERE u.jaar IN (nu.jaar, nu.jaar - 1) AND toegewezen_cent IS NOT NULL
    GROUP BY aanbieder_agb, u.jaar),
mensen AS (
    SELECT aanbieder_agb, year(levermaand) AS jaar, count(DISTINCT client_id) AS clienten
    FROM eigen.client_maand
    GROUP BY ALL)
SELECT a.aanbieder_agb AS onderwerp, '' AS deel, make_date(a.jaar, 1, 1) AS sinds, true AS nieuw,
       a.uitnutting AS waarde, b.uitnutting AS basis,
       CASE WHEN a.uitnutting > b.uitnutting THEN 'hoog' ELSE 'laag' END AS richting,
       coalesce(least(m.clienten, n.clienten), 0) AS clienten
FROM per a JOIN per b ON b.aanbieder_agb = a.aanbieder_agb AND b.jaar = a.jaar - 1
JOIN nu ON nu.jaar = a.jaar
LEFT JOIN mensen m ON m.aanbieder_agb = a.aanbieder_agb AND m.jaar = a.jaar
LEFT JOIN mensen n ON n.aanbieder_agb = a.aanbieder_agb AND n.jaar = a.jaar - 1
WHERE abs(a.uitnutting - b.uitnutting) * 100 >= $punten ORDER BY 1
"""
