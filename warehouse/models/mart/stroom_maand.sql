-- Een rij is een maand in een cel van een weergave met de stand op de 1e, de stromen en de stand op de 1e van de volgende
-- maand, die altijd sluiten: begin + instroom + bijkomend + doorstroom_in - doorstroom_uit - afgevallen - uitstroom = eind.
-- Bij totaal en wet zijn het cliënten, in de andere weergaven paren van cliënt en cel: die worden nooit tot cliënten
-- opgeteld. Stromen tellen op levering (start en stop), niet op declaraties.
-- Volgorde: niveau, cel, maand
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal, wet, productgroep, product, wijk of aanbieder
--   cel: totaal, de wet, 'wet|naam' van productgroep of product, wijkcode of AGB-code
--   begin: aantal om 00:00 uur op de 1e van de maand
--   instroom: aantal dat in de maand begon met zorg
--   instroom_nieuw: instroom zonder zorg in de vijf jaar ervoor
--   instroom_herinstroom: instroom met eerdere zorg in die vijf jaar
--   bijkomend: aantal dat er binnen een lopende zorgperiode deze cel bij kreeg
--   doorstroom_in: aantal dat uit een andere cel overging
--   doorstroom_uit: aantal dat naar een andere cel overging
--   afgevallen: aantal waarvoor deze cel eindigde terwijl andere zorg doorliep
--   uitstroom: aantal waarvoor in de maand alle zorg eindigde
--   uitstroom_overleden: uitstroom door overlijden
--   uitstroom_verhuisd: uitstroom door verhuizing naar een andere gemeente
--   uitstroom_volgens_plan: uitstroom volgens plan
--   uitstroom_voortijdig: voortijdige uitstroom
--   uitstroom_overig: uitstroom met een andere of onbekende reden, ook naar een ander domein
--   eind: aantal om 00:00 uur op de 1e van de volgende maand
--   voorlopig: waar als in- en uitstroom nog kunnen veranderen: uitstroom kan blijken een onderbreking te zijn, en van een begin is
--     nog niet gedeclareerd. Waar start en stop ontbreken duurt dat langer
--   begin_onzeker: waar als nieuw en heringestroomd nog niet te onderscheiden zijn (eerste vijf jaar)
--   uitstroom_ander_domein: deel van uitstroom_overig dat naar een ander domein ging, zoals de Wlz
WITH tellend AS (
    SELECT *
    FROM tussen.stroom_cel
    WHERE niveau <> 'zwaarte'
),
reeks AS (
    SELECT m.maand, m.volgende
    FROM peil.maand m
    JOIN tussen.bereik b ON m.maand >= b.eerste_levermaand
    JOIN peil.bekend k ON m.maand <= k.laatste_maand
),
peildagen AS (
    SELECT maand AS dag FROM reeks
    UNION
    SELECT volgende FROM reeks
),
standen AS (
    SELECT d.dag, t.gemeentecode, t.niveau, t.cel, count(*) AS stand
    FROM tellend t
    JOIN peildagen d ON t.dag_in < d.dag AND coalesce(t.dag_uit, DATE '9999-12-31') >= d.dag
    GROUP BY d.dag, t.gemeentecode, t.niveau, t.cel
),
regels AS (
    SELECT
        r.maand, s.gemeentecode, s.niveau, s.cel, s.stand AS begin, 0 AS eind, '' AS soort, '' AS reden, false AS nieuw, 0 AS aantal
    FROM standen s
    JOIN reeks r ON r.maand = s.dag
    UNION ALL
    SELECT r.maand, s.gemeentecode, s.niveau, s.cel, 0, s.stand, '', '', false, 0
    FROM standen s
    JOIN reeks r ON r.volgende = s.dag
    UNION ALL
    SELECT r.maand, t.gemeentecode, t.niveau, t.cel, 0, 0, t.soort_in || ' in', '', t.nieuw, 1
    FROM tellend t
    JOIN reeks r ON r.maand = CAST(date_trunc('month', t.dag_in) AS DATE)
    UNION ALL
    SELECT r.maand, t.gemeentecode, t.niveau, t.cel, 0, 0, t.soort_uit || ' uit', t.reden, false, 1
    FROM tellend t
    JOIN reeks r ON r.maand = CAST(date_trunc('month', t.dag_uit) AS DATE)
),
geteld AS (
    SELECT
        maand, gemeentecode, niveau, cel,
        sum(begin) AS begin,
        sum(CASE WHEN soort = 'instroom in' THEN aantal ELSE 0 END) AS instroom,
        sum(CASE WHEN soort = 'instroom in' AND nieuw THEN aantal ELSE 0 END) AS instroom_nieuw,
        sum(CASE WHEN soort = 'instroom in' AND NOT nieuw THEN aantal ELSE 0 END) AS instroom_herinstroom,
        sum(CASE WHEN soort = 'bijkomend in' THEN aantal ELSE 0 END) AS bijkomend,
        sum(CASE WHEN soort = 'doorstroom in' THEN aantal ELSE 0 END) AS doorstroom_in,
        sum(CASE WHEN soort = 'doorstroom uit' THEN aantal ELSE 0 END) AS doorstroom_uit,
        sum(CASE WHEN soort = 'afgevallen uit' THEN aantal ELSE 0 END) AS afgevallen,
        sum(CASE WHEN soort = 'uitstroom uit' THEN aantal ELSE 0 END) AS uitstroom,
        sum(CASE WHEN soort = 'uitstroom uit' AND reden = 'overleden' THEN aantal ELSE 0 END) AS uitstroom_overleden,
        sum(CASE WHEN soort = 'uitstroom uit' AND reden = 'verhuisd' THEN aantal ELSE 0 END) AS uitstroom_verhuisd,
        sum(CASE WHEN soort = 'uitstroom uit' AND reden = 'volgens plan' THEN aantal ELSE 0 END) AS uitstroom_volgens_plan,
        sum(CASE WHEN soort = 'uitstroom uit' AND reden = 'voortijdig' THEN aantal ELSE 0 END) AS uitstroom_voortijdig,
        sum(CASE WHEN soort = 'uitstroom uit' AND reden IN ('overig', 'ander domein') THEN aantal ELSE 0 END) AS uitstroom_overig,
        sum(CASE WHEN soort = 'uitstroom uit' AND reden = 'ander domein' THEN aantal ELSE 0 END) AS uitstroom_ander_domein,
        sum(eind) AS eind
    FROM regels
    GROUP BY maand, gemeentecode, niveau, cel
),
getypeerd AS (
    SELECT
        g.maand, g.gemeentecode, g.niveau, g.cel,
        CAST(g.begin AS BIGINT) AS begin,
        CAST(g.instroom AS BIGINT) AS instroom,
        CAST(g.instroom_nieuw AS BIGINT) AS instroom_nieuw,
        CAST(g.instroom_herinstroom AS BIGINT) AS instroom_herinstroom,
        CAST(g.bijkomend AS BIGINT) AS bijkomend,
        CAST(g.doorstroom_in AS BIGINT) AS doorstroom_in,
        CAST(g.doorstroom_uit AS BIGINT) AS doorstroom_uit,
        CAST(g.afgevallen AS BIGINT) AS afgevallen,
        CAST(g.uitstroom AS BIGINT) AS uitstroom,
        CAST(g.uitstroom_overleden AS BIGINT) AS uitstroom_overleden,
        CAST(g.uitstroom_verhuisd AS BIGINT) AS uitstroom_verhuisd,
        CAST(g.uitstroom_volgens_plan AS BIGINT) AS uitstroom_volgens_plan,
        CAST(g.uitstroom_voortijdig AS BIGINT) AS uitstroom_voortijdig,
        CAST(g.uitstroom_overig AS BIGINT) AS uitstroom_overig,
        CAST(g.eind AS BIGINT) AS eind,
        g.maand >= CASE WHEN s.cel IS NULL THEN k.stroom_voorlopig_vanaf ELSE k.stilte_voorlopig_vanaf END AS voorlopig,
        g.maand < CAST(b.eerste_levermaand + i.nieuw_jaren * INTERVAL 1 YEAR AS DATE) AS begin_onzeker,
        CAST(g.uitstroom_ander_domein AS BIGINT) AS uitstroom_ander_domein
    FROM geteld g
    JOIN peil.bekend k ON true
    JOIN peil.instelling i ON true
    JOIN tussen.bereik b ON true
    LEFT JOIN tussen.stroom_stilte s ON s.gemeentecode = g.gemeentecode AND s.niveau = g.niveau AND s.cel = g.cel
)
SELECT * FROM getypeerd
