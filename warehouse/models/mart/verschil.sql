-- Een rij is een cijfer dat anders is dan in de vorige gepubliceerde snapshot, met wat dat verklaart. Van de realisatie is elke
-- cent aan een oorzaak toegewezen. De eerste snapshot heeft geen rijen; met welke snapshot is vergeleken staat in meta.vergelijking.
-- Volgorde: cijfer, periode, wet, hoofdproduct
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   cijfer: realisatie, toegewezen, cliënten, grootboek, of begroting met de soort erbij
--   periode: eerste dag van de levermaand; bij cliënten, grootboek en begroting 1 januari van het jaar
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting, leeg waar het cijfer daarboven staat
--   eenheid: cent of cliënten
--   vorig: waarde in de vorige snapshot, 0 waar het cijfer er niet was
--   nu: waarde in deze snapshot, 0 waar het cijfer er niet meer is
--   verschil: nu - vorig
--   nieuwe_maanden: door levermaanden die toen nog niet volledig waren; leeg waar het verschil niet is gesplitst
--   nagekomen: door declaraties van toen al volledige levermaanden die daarna zijn ontvangen
--   correcties: door credits, afkeuringen en andere antwoorden
--   gegevens: door bestanden die zijn ingetrokken, vervangen of later geladen, en door nieuwe versies van boekhouding of begroting
--   indeling: door een andere indeling van producten
WITH pq_nu AS (
    SELECT levermaand, gemeentecode, wet, hoofdproduct, sum(realisatie_cent) AS cent
    FROM mart.pq_maand
    GROUP BY levermaand, gemeentecode, wet, hoofdproduct
),
pq_vorig AS (
    SELECT levermaand, gemeentecode, wet, hoofdproduct, sum(realisatie_cent) AS cent
    FROM vorige.pq_maand
    GROUP BY levermaand, gemeentecode, wet, hoofdproduct
),
waarden AS (
    SELECT 'realisatie' AS cijfer, levermaand AS periode, gemeentecode, wet, hoofdproduct, cent AS nu, 0 AS vorig FROM pq_nu
    UNION ALL
    SELECT 'realisatie', levermaand, gemeentecode, wet, hoofdproduct, 0, cent FROM pq_vorig
    UNION ALL
    SELECT 'toegewezen', levermaand, gemeentecode, wet, hoofdproduct, toegewezen_cent, 0 FROM mart.uitnutting_maand
    UNION ALL
    SELECT 'toegewezen', levermaand, gemeentecode, wet, hoofdproduct, 0, toegewezen_cent FROM vorige.uitnutting_maand
    UNION ALL
    SELECT 'cliënten', make_date(jaar, 1, 1), gemeentecode, wet, NULL, clienten, 0
    FROM mart.reeks_jaar
    WHERE niveau = 'wet' AND clienten IS NOT NULL
    UNION ALL
    SELECT 'cliënten', make_date(jaar, 1, 1), gemeentecode, wet, NULL, 0, clienten
    FROM vorige.reeks_jaar
    WHERE niveau = 'wet' AND clienten IS NOT NULL
    UNION ALL
    SELECT 'grootboek', make_date(jaar, 1, 1), gemeentecode, wet, hoofdproduct, realisatie_cent, 0
    FROM mart.uitgaven_jaar
    WHERE bron <> 'berichten'
    UNION ALL
    SELECT 'grootboek', make_date(jaar, 1, 1), gemeentecode, wet, hoofdproduct, 0, realisatie_cent
    FROM vorige.uitgaven_jaar
    WHERE bron <> 'berichten'
    UNION ALL
    SELECT 'begroting ' || soort, make_date(jaar, 1, 1), gemeentecode, wet, hoofdproduct, bedrag_cent, 0
    FROM mart.begroting_jaar
    UNION ALL
    SELECT 'begroting ' || soort, make_date(jaar, 1, 1), gemeentecode, wet, hoofdproduct, 0, bedrag_cent
    FROM vorige.begroting_jaar
),
oorzaken AS (
    SELECT
        'realisatie' AS cijfer, levermaand AS periode, gemeentecode, wet, hoofdproduct,
        sum(CASE WHEN oorzaak = 'nieuwe maand' THEN bedrag_cent ELSE 0 END) AS nieuwe_maanden,
        sum(CASE WHEN oorzaak = 'nagekomen' THEN bedrag_cent ELSE 0 END) AS nagekomen,
        sum(CASE WHEN oorzaak = 'correctie' THEN bedrag_cent ELSE 0 END) AS correcties,
        sum(CASE WHEN oorzaak = 'gegevens' THEN bedrag_cent ELSE 0 END) AS gegevens,
        sum(CASE WHEN oorzaak = 'indeling' THEN bedrag_cent ELSE 0 END) AS indeling
    FROM tussen.verschil_deel
    GROUP BY levermaand, gemeentecode, wet, hoofdproduct
),
vergeleken AS (
    SELECT
        w.cijfer, w.periode, w.gemeentecode, w.wet, w.hoofdproduct,
        CAST(sum(coalesce(w.vorig, 0)) AS BIGINT) AS vorig, CAST(sum(coalesce(w.nu, 0)) AS BIGINT) AS nu
    FROM waarden w
    JOIN vorige.snapshot s ON true
    GROUP BY w.cijfer, w.periode, w.gemeentecode, w.wet, w.hoofdproduct
),
verklaard AS (
    SELECT
        v.gemeentecode, v.cijfer, v.periode, v.wet, v.hoofdproduct,
        CASE WHEN v.cijfer = 'cliënten' THEN 'cliënten' ELSE 'cent' END AS eenheid,
        v.vorig, v.nu, v.nu - v.vorig AS verschil,
        CASE WHEN v.cijfer IN ('toegewezen', 'cliënten') THEN NULL ELSE coalesce(o.nieuwe_maanden, 0) END AS nieuwe_maanden,
        CASE WHEN v.cijfer IN ('toegewezen', 'cliënten') THEN NULL ELSE coalesce(o.nagekomen, 0) END AS nagekomen,
        CASE WHEN v.cijfer IN ('toegewezen', 'cliënten') THEN NULL ELSE coalesce(o.correcties, 0) END AS correcties,
        CASE
            WHEN v.cijfer IN ('toegewezen', 'cliënten') THEN NULL
            WHEN v.cijfer = 'realisatie' THEN coalesce(o.gegevens, 0)
            ELSE v.nu - v.vorig
        END AS gegevens,
        CASE WHEN v.cijfer IN ('toegewezen', 'cliënten') THEN NULL ELSE coalesce(o.indeling, 0) END AS indeling
    FROM vergeleken v
    LEFT JOIN oorzaken o
        ON o.cijfer = v.cijfer AND o.periode = v.periode AND o.gemeentecode = v.gemeentecode AND o.wet = v.wet
        AND o.hoofdproduct = v.hoofdproduct
),
veranderd AS (
    SELECT
        gemeentecode, cijfer, periode, wet, hoofdproduct, eenheid, vorig, nu, verschil,
        CAST(nieuwe_maanden AS BIGINT) AS nieuwe_maanden, CAST(nagekomen AS BIGINT) AS nagekomen,
        CAST(correcties AS BIGINT) AS correcties, CAST(gegevens AS BIGINT) AS gegevens, CAST(indeling AS BIGINT) AS indeling
    FROM verklaard
    WHERE verschil <> 0 OR nieuwe_maanden <> 0 OR nagekomen <> 0 OR correcties <> 0 OR gegevens <> 0 OR indeling <> 0
)
SELECT * FROM veranderd
