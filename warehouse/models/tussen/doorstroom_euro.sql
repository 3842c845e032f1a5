-- Een rij is een overgang van een product en zwaarte naar een ander, met wat de zorg in de oude en in de nieuwe cel per week
-- kostte: de realisatie van de cliënt in die cel over de levermaanden van haar periode, gedeeld door de weken van die
-- periode, beide voor zover zij binnen de eerste en de laatste volledige levermaand liggen.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   van_cel: 'wet|product|zwaarte' waar de cliënt vandaan komt
--   naar_cel: 'wet|product|zwaarte' waar de cliënt naartoe gaat
--   van_rang: rang van de zwaarte waar de cliënt vandaan komt
--   naar_rang: rang van de zwaarte waar de cliënt naartoe gaat
--   naar_begin: eerste dag in de nieuwe cel
--   van_cent_per_week: kosten per week in de oude cel, leeg als onbekend [cent per week]
--   naar_cent_per_week: kosten per week in de nieuwe cel, leeg als onbekend [cent per week]
WITH paren AS (
    SELECT row_number() OVER (ORDER BY gemeentecode, ouder, client_id, van_cel, van_tot, naar_cel, naar_begin) AS paar, p.*
    FROM tussen.doorstroom_paar p
    WHERE p.niveau = 'zwaarte'
),
kanten AS (
    SELECT p.paar, 'van' AS kant, p.gemeentecode, p.ouder AS wet, p.client_id, p.van_cel AS cel, g.begin, g.tot
    FROM paren p
    JOIN tussen.stroom_gebeurtenis g
        ON g.gemeentecode = p.gemeentecode AND g.niveau = p.niveau AND g.ouder = p.ouder AND g.client_id = p.client_id
        AND g.cel = p.van_cel AND g.tot = p.van_tot
    UNION ALL
    SELECT p.paar, 'naar', p.gemeentecode, p.ouder, p.client_id, p.naar_cel, g.begin, g.tot
    FROM paren p
    JOIN tussen.stroom_gebeurtenis g
        ON g.gemeentecode = p.gemeentecode AND g.niveau = p.niveau AND g.ouder = p.ouder AND g.client_id = p.client_id
        AND g.cel = p.naar_cel AND g.begin = p.naar_begin
),
bekend_deel AS (
    SELECT
        k.paar, k.kant, k.gemeentecode, k.wet, k.client_id, k.cel,
        greatest(k.begin, b.eerste_levermaand) AS begin,
        least(k.tot, CAST(p.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS tot
    FROM kanten k
    JOIN tussen.bereik b ON true
    JOIN peil.bekend p ON true
),
kosten AS (
    SELECT d.paar, d.kant, date_diff('day', d.begin, d.tot) AS dagen, sum(c.realisatie_cent) AS cent
    FROM bekend_deel d
    JOIN mart.client_maand c
        ON c.gemeentecode = d.gemeentecode AND c.wet = d.wet AND c.client_id = d.client_id
        AND c.wet || '|' || c.product || '|' || c.zwaarte = d.cel
        AND c.levermaand >= CAST(date_trunc('month', d.begin) AS DATE) AND c.levermaand < d.tot
    WHERE d.tot > d.begin
    GROUP BY d.paar, d.kant, d.begin, d.tot
    HAVING sum(c.realisatie_cent) > 0
),
per_week AS (
    SELECT paar, kant, CAST(round(cent * 7.0 / dagen) AS BIGINT) AS cent_per_week
    FROM kosten
),
samen AS (
    SELECT
        p.gemeentecode, p.ouder AS wet, p.van_cel, p.naar_cel, p.van_rang, p.naar_rang, p.naar_begin,
        v.cent_per_week AS van_cent_per_week, n.cent_per_week AS naar_cent_per_week
    FROM paren p
    LEFT JOIN per_week v ON v.paar = p.paar AND v.kant = 'van'
    LEFT JOIN per_week n ON n.paar = p.paar AND n.kant = 'naar'
)
SELECT * FROM samen
