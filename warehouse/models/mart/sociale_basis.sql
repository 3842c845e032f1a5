-- Een rij is een bedrag of een kengetal van wat zonder declaraties wordt betaald: de sociale basis (subsidies) en percelen met een
-- vast bedrag. Bedragen uit het grootboek zijn uitgaven; een contractbedrag is wat is afgesproken en telt daar niet bij op.
-- Volgorde: soort, onderdeel, maat, jaar, maand
-- Kolommen:
--   jaar: jaar; bij het grootboek het boekjaar
--   gemeentecode: CBS-code van de gemeente
--   maand: maand 1 tot en met 12 bij een kengetal van een maand, anders leeg
--   soort: grootboek, contract of kengetal
--   onderdeel: regel van de begroting, perceel of voorziening
--   wet: Wmo of Jeugdwet, leeg bij een kengetal
--   maat: vast bedrag, subsidie, afgesproken bedrag, of wat het kengetal meet
--   bedrag_cent: bedrag, leeg bij een kengetal [cent]
--   waarde: waarde van het kengetal, leeg bij een bedrag [eenheid]
--   eenheid: eenheid van de waarde; cent bij een bedrag
--   bron: herkomst; 'document' voor een gepubliceerd cijfer
--   volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
WITH boek AS (
    SELECT
        jaar, gemeentecode, CAST(NULL AS BIGINT) AS maand, 'grootboek' AS soort, hoofdproduct AS onderdeel, wet,
        CASE WHEN onderdeel = 'vast' THEN 'vast bedrag' ELSE 'subsidie' END AS maat,
        sum(realisatie_cent) AS bedrag_cent, CAST(NULL AS DOUBLE) AS waarde, 'cent' AS eenheid, bron
    FROM mart.uitgaven_jaar
    WHERE onderdeel IN ('vast', 'subsidie')
    GROUP BY jaar, gemeentecode, hoofdproduct, wet, onderdeel, bron
),
percelen AS (
    SELECT
        jaar, gemeentecode, CAST(NULL AS BIGINT) AS maand, 'contract' AS soort, perceel AS onderdeel, wet,
        'afgesproken bedrag' AS maat, sum(budgetplafond_cent) AS bedrag_cent, CAST(NULL AS DOUBLE) AS waarde,
        'cent' AS eenheid, 'contract' AS bron
    FROM kern.contract
    WHERE bekostiging = 'taakgericht' AND budgetplafond_cent IS NOT NULL
    GROUP BY jaar, gemeentecode, perceel, wet
),
kengetallen AS (
    SELECT
        jaar, gemeentecode, maand, 'kengetal' AS soort, onderdeel, CAST(NULL AS VARCHAR) AS wet, maat,
        CAST(NULL AS BIGINT) AS bedrag_cent, waarde, eenheid, bron
    FROM kern.kpi
),
samen AS (
    SELECT * FROM boek
    UNION ALL
    SELECT * FROM percelen
    UNION ALL
    SELECT * FROM kengetallen
),
uitkomst AS (
    SELECT
        s.jaar, s.gemeentecode, s.maand, s.soort, s.onderdeel, s.wet, s.maat, CAST(s.bedrag_cent AS BIGINT) AS bedrag_cent,
        s.waarde, s.eenheid, s.bron, s.jaar < year(CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS volledig
    FROM samen s
    JOIN peil.bekend k ON true
)
SELECT * FROM uitkomst
