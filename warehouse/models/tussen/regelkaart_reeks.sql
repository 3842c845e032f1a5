-- Een rij is de waarde van een maat in een cel in een maand die niet meer voorlopig is. Aantallen en bedragen zijn 0 in
-- maanden zonder gebeurtenis vanaf de eerste maand van de cel; een aandeel ontbreekt waar er geen noemer is.
-- Kolommen:
--   maat: naam van de maat
--   cel: cel waarover de maat gaat
--   gemeentecode: CBS-code van de gemeente
--   maand: eerste dag van de maand
--   waarde: waarde van de maat [eenheid]
--   eenheid: eenheid van de waarde: aantal, cent of fractie
--   niet_negatief: waar als de maat niet onder 0 kan komen
--   aanbieder_agb: aanbieder waarover het gaat, leeg als het over de gemeente gaat
WITH grootste AS (
    SELECT gemeentecode, aanbieder_agb
    FROM (
        SELECT
            p.gemeentecode, p.aanbieder_agb,
            row_number() OVER (PARTITION BY p.gemeentecode ORDER BY sum(p.realisatie_cent) DESC, p.aanbieder_agb) AS rang
        FROM mart.pq_maand p
        JOIN peil.bekend k ON p.levermaand < k.voorlopig_vanaf
            AND p.levermaand >= CAST(k.voorlopig_vanaf - INTERVAL 12 MONTH AS DATE)
        GROUP BY p.gemeentecode, p.aanbieder_agb
    ) geteld
    JOIN peil.instelling i ON geteld.rang <= i.regelkaart_aanbieders
),
gemeten AS (
    SELECT
        'instroom' AS maat, cel, gemeentecode, maand, CAST(instroom AS DOUBLE) AS teller, CAST(NULL AS DOUBLE) AS noemer,
        'aantal' AS eenheid, true AS niet_negatief, CAST(NULL AS VARCHAR) AS aanbieder_agb
    FROM mart.stroom_maand
    WHERE niveau IN ('totaal', 'wet') AND NOT voorlopig
    UNION ALL
    SELECT 'netto stroom', cel, gemeentecode, maand, CAST(instroom - uitstroom AS DOUBLE), NULL, 'aantal', false, NULL
    FROM mart.stroom_maand
    WHERE niveau = 'totaal' AND NOT voorlopig
    UNION ALL
    SELECT
        'realisatie', wet || '|' || productgroep, gemeentecode, levermaand, CAST(sum(realisatie_cent) AS DOUBLE), NULL, 'cent',
        false, NULL
    FROM mart.pq_maand
    GROUP BY wet, productgroep, gemeentecode, levermaand
    UNION ALL
    SELECT
        'uitnutting', wet || '|' || productgroep, gemeentecode, levermaand, CAST(sum(geleverd_cent) AS DOUBLE),
        CAST(sum(toegewezen_cent) AS DOUBLE), 'fractie', true, NULL
    FROM mart.uitnutting_maand
    WHERE product <> 'zonder toewijzing'
    GROUP BY wet, productgroep, gemeentecode, levermaand
    UNION ALL
    SELECT
        'afgekeurd aandeel', wet, gemeentecode, levermaand, CAST(sum(afgekeurd) AS DOUBLE), CAST(sum(beoordeeld) AS DOUBLE),
        'fractie', true, NULL
    FROM tussen.afkeur_maand
    GROUP BY wet, gemeentecode, levermaand
    UNION ALL
    SELECT
        'omzet aanbieder', p.aanbieder_agb, p.gemeentecode, p.levermaand, CAST(sum(p.realisatie_cent) AS DOUBLE), NULL, 'cent',
        false, p.aanbieder_agb
    FROM mart.pq_maand p
    JOIN grootste g ON g.gemeentecode = p.gemeentecode AND g.aanbieder_agb = p.aanbieder_agb
    GROUP BY p.aanbieder_agb, p.gemeentecode, p.levermaand
),
cellen AS (
    SELECT
        maat, cel, gemeentecode, eenheid, niet_negatief, aanbieder_agb, min(maand) AS eerste, max(maand) AS laatste
    FROM gemeten
    GROUP BY maat, cel, gemeentecode, eenheid, niet_negatief, aanbieder_agb
),
maanden AS (
    SELECT c.maat, c.cel, c.gemeentecode, m.maand, c.eenheid, c.niet_negatief, c.aanbieder_agb
    FROM cellen c
    JOIN tussen.bereik b ON true
    JOIN peil.bekend k ON true
    JOIN peil.maand m ON m.maand >= greatest(c.eerste, b.eerste_levermaand) AND m.maand < k.voorlopig_vanaf
    WHERE c.maat NOT IN ('instroom', 'netto stroom') OR m.maand <= c.laatste
),
reeks AS (
    SELECT
        m.maat, m.cel, m.gemeentecode, m.maand,
        CASE
            WHEN m.eenheid <> 'fractie' THEN coalesce(g.teller, 0)
            WHEN g.noemer > 0 THEN g.teller / g.noemer
        END AS waarde,
        m.eenheid, m.niet_negatief, m.aanbieder_agb
    FROM maanden m
    LEFT JOIN gemeten g
        ON g.maat = m.maat AND g.cel = m.cel AND g.gemeentecode = m.gemeentecode AND g.maand = m.maand
),
gevuld AS (
    SELECT *
    FROM reeks
    WHERE waarde IS NOT NULL
)
SELECT * FROM gevuld
