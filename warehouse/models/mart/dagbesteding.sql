-- Een rij is een jaar dagbesteding in een zwaarte, aan beide kanten van de kanteling: de dag waarop licht en midden van
-- maatwerk een algemene voorziening werden (kern.breuk). Naast maatwerk per zwaarte en samen staat de algemene kant, waarvan
-- alleen een bedrag bekend is (subsidie in het grootboek). Het uitsorteereffect is het deel van het verschil in gemiddelde prijs
-- met het basisjaar dat ontstaat doordat lichte zorg uit het maatwerk verdwijnt; de rest is prijs. Samen zijn zij het hele
-- verschil. Jaren voor de eerste levermaand komen uit jaarcijfers.
-- Volgorde: jaar, kant, zwaarte
-- Kolommen:
--   jaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   kant: 'maatwerk' of 'algemeen'
--   zwaarte: zwaarte; leeg voor alle zwaarten samen en voor de algemene kant
--   clienten: cliënten; leeg waar ze niet bekend zijn
--   volume: geleverde dagdelen, leeg voor de algemene kant [dagdeel]
--   bedrag_cent: realisatie of subsidie [cent]
--   prijs_cent: bedrag per dagdeel [cent per dagdeel]
--   aandeel_volume: deel van de dagdelen van het jaar, 0 tot 1
--   dagdelen_per_client: dagdelen per cliënt [dagdeel]
--   basisjaar: laatste jaar voor de kanteling, of het eerste jaar als geen kanteling bekend is
--   prijs_basis_cent: gemiddelde prijs van een dagdeel in het basisjaar; alleen op de rij van alle zwaarten [cent]
--   uitsorteereffect_cent: verschil met de prijs van het basisjaar door een andere verdeling over zwaarten [cent]
--   prijseffect_cent: verschil met de prijs van het basisjaar door andere prijzen per zwaarte [cent]
--   na_kanteling: waar als het jaar op of na de kanteling begint
--   jaar_volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is
--   bron: 'berichten', 'document' of de herkomst van het jaarcijfer
WITH berichten AS (
    SELECT
        CAST(year(levermaand) AS BIGINT) AS jaar, gemeentecode, zwaarte, sum(volume) AS volume,
        sum(realisatie_cent) AS bedrag_cent
    FROM mart.pq_maand
    WHERE hoofdproduct = 'Dagbesteding' AND eenheid = '16' AND zwaarte_rang > 0
    GROUP BY year(levermaand), gemeentecode, zwaarte
    HAVING sum(volume) > 0
),
geteld AS (
    SELECT CAST(year(levermaand) AS BIGINT) AS jaar, gemeentecode, zwaarte, count(DISTINCT client_id) AS clienten
    FROM mart.client_maand
    WHERE hoofdproduct = 'Dagbesteding' AND eenheid = '16'
    GROUP BY year(levermaand), gemeentecode, zwaarte
    UNION ALL
    SELECT CAST(year(levermaand) AS BIGINT), gemeentecode, CAST(NULL AS VARCHAR), count(DISTINCT client_id)
    FROM mart.client_maand
    WHERE hoofdproduct = 'Dagbesteding' AND eenheid = '16' AND zwaarte IN (SELECT zwaarte FROM berichten)
    GROUP BY year(levermaand), gemeentecode
),
maatwerk AS (
    SELECT
        b.jaar, b.gemeentecode, b.zwaarte, g.clienten, CAST(b.volume AS DOUBLE) AS volume,
        CAST(b.bedrag_cent AS DOUBLE) AS bedrag, 'berichten' AS bron
    FROM berichten b
    LEFT JOIN geteld g ON g.jaar = b.jaar AND g.gemeentecode = b.gemeentecode AND g.zwaarte = b.zwaarte
    UNION ALL
    SELECT
        v.jaar, v.gemeentecode, v.zwaarte, sum(v.clienten), CAST(sum(v.volume) AS DOUBLE),
        CAST(sum(v.bedrag_cent) AS DOUBLE), min(v.bron)
    FROM mart.volume_jaar v
    JOIN tussen.bereik r ON v.jaar < year(r.eerste_levermaand)
    WHERE v.hoofdproduct = 'Dagbesteding' AND v.eenheid = '16' AND v.zwaarte <> 'n.v.t.' AND v.volume > 0
    GROUP BY v.jaar, v.gemeentecode, v.zwaarte
),
kanteling AS (
    SELECT gemeentecode, min(datum) AS datum
    FROM kern.breuk
    WHERE hoofdproduct = 'Dagbesteding'
    GROUP BY gemeentecode
),
basis AS (
    SELECT
        m.gemeentecode, coalesce(max(CASE WHEN m.jaar < year(k.datum) THEN m.jaar END), min(m.jaar)) AS basisjaar,
        min(k.datum) AS datum
    FROM maatwerk m
    LEFT JOIN kanteling k ON k.gemeentecode = m.gemeentecode
    GROUP BY m.gemeentecode
),
totaal AS (
    SELECT jaar, gemeentecode, sum(volume) AS volume, sum(bedrag) AS bedrag, min(bron) AS bron
    FROM maatwerk
    GROUP BY jaar, gemeentecode
),
delen AS (
    SELECT
        m.jaar, m.gemeentecode, m.zwaarte, m.clienten, m.volume, m.bedrag, m.bron,
        m.volume / t.volume AS aandeel, m.bedrag / m.volume AS prijs
    FROM maatwerk m
    JOIN totaal t ON t.jaar = m.jaar AND t.gemeentecode = m.gemeentecode
),
paren AS (
    SELECT
        j.jaar, j.gemeentecode, z.zwaarte,
        coalesce(n.aandeel, 0) AS aandeel_nu, coalesce(o.aandeel, 0) AS aandeel_basis,
        coalesce(n.prijs, o.prijs) AS prijs_nu, coalesce(o.prijs, n.prijs) AS prijs_basis
    FROM totaal j
    JOIN basis b ON b.gemeentecode = j.gemeentecode
    JOIN (SELECT DISTINCT gemeentecode, zwaarte FROM maatwerk) z ON z.gemeentecode = j.gemeentecode
    LEFT JOIN delen n ON n.jaar = j.jaar AND n.gemeentecode = j.gemeentecode AND n.zwaarte = z.zwaarte
    LEFT JOIN delen o ON o.jaar = b.basisjaar AND o.gemeentecode = j.gemeentecode AND o.zwaarte = z.zwaarte
),
effecten AS (
    SELECT
        jaar, gemeentecode,
        sum((aandeel_nu - aandeel_basis) * (prijs_nu + prijs_basis) / 2) AS uitsorteereffect,
        sum((prijs_nu - prijs_basis) * (aandeel_nu + aandeel_basis) / 2) AS prijseffect,
        sum(aandeel_basis * prijs_basis) AS prijs_basis
    FROM paren
    GROUP BY jaar, gemeentecode
),
rijen AS (
    SELECT
        jaar, gemeentecode, 'maatwerk' AS kant, zwaarte, clienten, volume, bedrag, prijs, aandeel,
        CAST(NULL AS DOUBLE) AS prijs_basis, CAST(NULL AS DOUBLE) AS uitsorteereffect, CAST(NULL AS DOUBLE) AS prijseffect, bron
    FROM delen
    UNION ALL
    SELECT
        t.jaar, t.gemeentecode, 'maatwerk', NULL, g.clienten, t.volume, t.bedrag, t.bedrag / t.volume, 1.0, e.prijs_basis,
        e.uitsorteereffect, e.prijseffect, t.bron
    FROM totaal t
    JOIN effecten e ON e.jaar = t.jaar AND e.gemeentecode = t.gemeentecode
    LEFT JOIN geteld g ON g.jaar = t.jaar AND g.gemeentecode = t.gemeentecode AND g.zwaarte IS NULL
    UNION ALL
    SELECT
        jaar, gemeentecode, 'algemeen', NULL, NULL, NULL, CAST(sum(realisatie_cent) AS DOUBLE), NULL, NULL, NULL, NULL, NULL,
        min(bron)
    FROM mart.uitgaven_jaar
    WHERE hoofdproduct = 'Dagbesteding' AND onderdeel = 'subsidie'
    GROUP BY jaar, gemeentecode
),
uitkomst AS (
    SELECT
        r.jaar, r.gemeentecode, r.kant, r.zwaarte, CAST(r.clienten AS BIGINT) AS clienten,
        CAST(round(r.volume, 4) AS DECIMAL(18, 4)) AS volume,
        CAST(round(r.bedrag) AS BIGINT) AS bedrag_cent,
        round(CAST(r.prijs AS DOUBLE), 6) AS prijs_cent, round(CAST(r.aandeel AS DOUBLE), 9) AS aandeel_volume,
        CASE WHEN r.clienten > 0 THEN CAST(r.volume AS DOUBLE) / r.clienten END AS dagdelen_per_client,
        b.basisjaar, round(r.prijs_basis, 6) AS prijs_basis_cent, round(r.uitsorteereffect, 6) AS uitsorteereffect_cent,
        round(r.prijseffect, 6) AS prijseffect_cent,
        b.datum IS NOT NULL AND r.jaar >= year(b.datum) AS na_kanteling,
        r.jaar < year(CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) AS jaar_volledig,
        r.bron
    FROM rijen r
    JOIN peil.bekend k ON true
    LEFT JOIN basis b ON b.gemeentecode = r.gemeentecode
)
SELECT * FROM uitkomst
