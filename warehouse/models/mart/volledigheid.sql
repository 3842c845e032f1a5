-- Een rij is een maand van een aanbieder: hoeveel regels zijn gedeclareerd, en of dat is wat van die maand te verwachten is.
-- Er staan geen cliënten en geen bedragen in. Verwacht wordt een maand waarin zorg loopt (volgens start, stop en toewijzing) bij
-- een aanbieder die in de maanden ervoor vaak genoeg declareerde (instellingen volledigheid_maanden en volledigheid_vaak).
-- Volgorde: levermaand, wet, aanbieder_agb
-- Kolommen:
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   declaraties: aantal declaraties waarin regels over deze maand staan
--   regels: aantal debetregels over deze maand, ook afgekeurde
--   gebruikelijk: gemiddeld aantal regels per maand over de maanden ervoor waarin is gedeclareerd, leeg als die er niet zijn
--   maanden_gedeclareerd: aantal van de maanden ervoor waarin is gedeclareerd
--   zorg_loopt: waar als in deze maand zorg van deze aanbieder liep
--   stand: 'geleverd', 'weinig' (minder dan het ingestelde deel van gebruikelijk, als dat genoeg regels zijn om iets te zeggen),
--     'ontbreekt' (verwacht, maar geen regel) of 'niet verwacht'
--   voorlopig: waar als er voor deze maand gewoonlijk nog regels binnenkomen
WITH gedeclareerd AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, levermaand,
        count(DISTINCT declaratienummer) AS declaraties, count(*) AS regels
    FROM kern.declaratieregel
    WHERE debet_credit = 'D' AND aanbieder_agb IS NOT NULL
    GROUP BY gemeentecode, wet, aanbieder_agb, levermaand
),
eerste AS (
    SELECT gemeentecode, wet, aanbieder_agb, min(levermaand) AS eerste_maand
    FROM gedeclareerd
    GROUP BY gemeentecode, wet, aanbieder_agb
),
maanden AS (
    SELECT e.gemeentecode, e.wet, e.aanbieder_agb, m.maand AS levermaand
    FROM eerste e
    JOIN peil.bekend k ON true
    JOIN peil.maand m ON m.maand >= e.eerste_maand AND m.maand <= k.laatste_levermaand
),
periodes AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, CAST(date_trunc('month', begindatum) AS DATE) AS van,
        coalesce(einddatum, DATE '9999-12-31') AS tot
    FROM kern.levering
    GROUP BY gemeentecode, wet, aanbieder_agb, date_trunc('month', begindatum), einddatum
),
lopend AS (
    SELECT DISTINCT m.gemeentecode, m.wet, m.aanbieder_agb, m.levermaand
    FROM maanden m
    JOIN periodes p
        ON p.gemeentecode = m.gemeentecode AND p.wet = m.wet AND p.aanbieder_agb = m.aanbieder_agb
        AND p.van <= m.levermaand AND p.tot > m.levermaand
),
gevuld AS (
    SELECT
        m.levermaand, m.gemeentecode, m.wet, m.aanbieder_agb, coalesce(g.declaraties, 0) AS declaraties,
        coalesce(g.regels, 0) AS regels,
        l.levermaand IS NOT NULL AS zorg_loopt
    FROM maanden m
    LEFT JOIN gedeclareerd g
        ON g.gemeentecode = m.gemeentecode AND g.wet = m.wet AND g.aanbieder_agb = m.aanbieder_agb
        AND g.levermaand = m.levermaand
    LEFT JOIN lopend l
        ON l.gemeentecode = m.gemeentecode AND l.wet = m.wet AND l.aanbieder_agb = m.aanbieder_agb
        AND l.levermaand = m.levermaand
),
-- what was usual in the months before: as many as the setting says, counted from each month itself
ervoor AS (
    SELECT
        m.gemeentecode, m.wet, m.aanbieder_agb, m.levermaand,
        count(g.levermaand) AS maanden_gedeclareerd, sum(g.regels) AS regels
    FROM maanden m
    JOIN peil.instelling i ON true
    LEFT JOIN gedeclareerd g
        ON g.gemeentecode = m.gemeentecode AND g.wet = m.wet AND g.aanbieder_agb = m.aanbieder_agb
        AND g.levermaand < m.levermaand
        AND g.levermaand >= CAST(m.levermaand - i.volledigheid_maanden * INTERVAL 1 MONTH AS DATE)
    GROUP BY m.gemeentecode, m.wet, m.aanbieder_agb, m.levermaand
),
beoordeeld AS (
    SELECT
        v.levermaand, v.gemeentecode, v.wet, v.aanbieder_agb, v.declaraties, v.regels,
        CAST(round(e.regels / nullif(e.maanden_gedeclareerd, 0)) AS BIGINT) AS gebruikelijk,
        e.maanden_gedeclareerd, v.zorg_loopt,
        CASE
            WHEN v.regels = 0 AND v.zorg_loopt AND e.maanden_gedeclareerd >= i.volledigheid_vaak THEN 'ontbreekt'
            WHEN v.regels = 0 THEN 'niet verwacht'
            WHEN e.maanden_gedeclareerd >= i.volledigheid_vaak AND v.zorg_loopt
                AND e.regels >= i.volledigheid_regels * e.maanden_gedeclareerd
                AND 100 * v.regels * e.maanden_gedeclareerd < i.volledigheid_procent * e.regels THEN 'weinig'
            ELSE 'geleverd'
        END AS stand,
        v.levermaand >= k.voorlopig_vanaf AS voorlopig
    FROM gevuld v
    JOIN peil.instelling i ON true
    JOIN peil.bekend k ON true
    JOIN ervoor e
        ON e.gemeentecode = v.gemeentecode AND e.wet = v.wet AND e.aanbieder_agb = v.aanbieder_agb
        AND e.levermaand = v.levermaand
)
SELECT * FROM beoordeeld
