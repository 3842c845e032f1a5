-- Een rij is wat van een levermaand van een productgroep bekend werd, zoveel maanden na de levermaand: de afloopdriehoek.
-- Een bedrag telt in de maand waarin het bekend werd: het ingediende bij ontvangst, het verschil met wat is toegekend bij het
-- antwoord. Wat voor de levermaand binnenkwam telt bij nul maanden. Elke levermaand heeft een rij voor elke maand sindsdien, ook
-- als er niets binnenkwam. Getoond worden zoveel volledig bekende levermaanden als waarop het declaratiepatroon rust
-- (instellingen patroon_maanden en rijp_maanden) en alle jongere, voor zover zij vanaf het begin zijn gevolgd: wat als
-- geschiedenis in een keer is geladen, zegt niet wanneer het werd gedeclareerd.
-- Volgorde: wet, productgroep, levermaand, leeftijd_maanden
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   levermaand: eerste dag van de maand van levering
--   leeftijd_maanden: hele maanden van de levermaand tot de maand waarin dit bekend werd [maanden]
--   bij_cent: wat in die maand bekend werd; negatief als er meer is teruggenomen dan er bijkwam [cent]
--   cumulatief_cent: wat tot en met die maand bekend was [cent]
--   lopend: waar als de maand waarin dit bekend werd op bekend_op nog niet om is
--   rijp: waar als de levermaand oud genoeg is om als bekend te tellen (instelling rijp_maanden)
WITH begin AS (
    -- as in analyse.nagekomen: the first month of knowledge holds the whole history, and is regular for the month before it
    SELECT CAST(min(o.bekend_maand) - INTERVAL 1 MONTH AS DATE) AS gevolgd_vanaf
    FROM tussen.ontwikkeling o
    JOIN peil.bekend k ON o.levermaand <= k.laatste_maand
),
levermaanden AS (
    SELECT
        n.gemeentecode, n.wet, n.productgroep, n.levermaand, n.leeftijd_maanden >= i.rijp_maanden AS rijp
    FROM mart.nagekomen n
    JOIN peil.instelling i ON n.leeftijd_maanden < i.patroon_maanden + i.rijp_maanden
    JOIN begin b ON n.levermaand >= b.gevolgd_vanaf
    WHERE n.aanbieder_agb IS NULL
),
bekend AS (
    SELECT
        gemeentecode, wet, productgroep, levermaand, greatest(bekend_maand, levermaand) AS maand,
        CAST(sum(delta_cent) AS BIGINT) AS bij_cent
    FROM tussen.ontwikkeling
    GROUP BY gemeentecode, wet, productgroep, levermaand, greatest(bekend_maand, levermaand)
),
maanden AS (
    SELECT
        l.gemeentecode, l.wet, l.productgroep, l.levermaand,
        CAST((year(m.maand) - year(l.levermaand)) * 12 + month(m.maand) - month(l.levermaand) AS BIGINT) AS leeftijd_maanden,
        coalesce(b.bij_cent, 0) AS bij_cent, m.maand > k.laatste_maand AS lopend, l.rijp
    FROM levermaanden l
    JOIN peil.bekend k ON true
    JOIN peil.maand m ON m.maand >= l.levermaand
    LEFT JOIN bekend b
        ON b.gemeentecode = l.gemeentecode AND b.wet = l.wet AND b.productgroep = l.productgroep
        AND b.levermaand = l.levermaand AND b.maand = m.maand
),
opgeteld AS (
    SELECT
        gemeentecode, wet, productgroep, levermaand, leeftijd_maanden, bij_cent,
        CAST(sum(bij_cent) OVER (
            PARTITION BY gemeentecode, wet, productgroep, levermaand ORDER BY leeftijd_maanden
        ) AS BIGINT) AS cumulatief_cent,
        lopend, rijp
    FROM maanden
)
SELECT * FROM opgeteld
