-- Een rij is een jaar van de eigen gemeente (of een van haar wijken) of van een andere gemeente, met de uren huishoudelijke
-- ondersteuning per huishouden per jaar. Eigen uren zijn toegewezen (geïndiceerde) uren over de maanden van het jaar, gedeeld
-- door het gemiddelde aantal huishoudens met een toewijzing op de 1e van de maand, op jaarbasis. Jaren voor de eerste
-- levermaand staan er alleen in als ze gepubliceerd zijn. In een jaar dat niet volledig is, is geleverd te laag: er komt nog na. Wie geen bekend huishouden heeft telt als eigen huishouden.
-- Volgorde: jaar, gemeente, wijkcode
-- Kolommen:
--   jaar: jaar
--   gemeentecode: CBS-code van de gemeente
--   gemeente: 'eigen gemeente', of de naam van de gemeente in de vergelijking
--   wijkcode: wijk; leeg voor de hele gemeente
--   huishoudens: gemiddeld aantal huishoudens met een toewijzing, leeg bij een vergelijking
--   clienten: cliënten met geleverde huishoudelijke ondersteuning in het jaar, leeg bij een vergelijking
--   toegewezen_uren: toegewezen uren over de maanden van het jaar [uur]
--   geleverde_uren: geleverde uren over dezelfde maanden [uur]
--   maanden: maanden van het jaar die meetellen [maanden]
--   uren_per_huishouden: toegewezen uren per huishouden op jaarbasis, of het gepubliceerde cijfer [uur]
--   geleverd_per_huishouden: geleverde uren per huishouden op jaarbasis [uur]
--   bron: 'berichten', 'document' voor een gepubliceerd cijfer, of de herkomst van de vergelijking
--   jaar_volledig: waar als van alle maanden van het jaar de gewone declaratietermijn voorbij is, en bij een vergelijking
WITH maanden AS (
    SELECT m.maand, m.jaar
    FROM peil.maand m
    JOIN tussen.bereik b ON m.maand >= b.eerste_levermaand
    JOIN peil.bekend k ON m.maand <= k.laatste_levermaand
),
jaren AS (
    SELECT jaar, count(*) AS maanden
    FROM maanden
    GROUP BY jaar
),
toegewezen AS (
    SELECT DISTINCT
        t.gemeentecode, n.client_nr, t.ingangsdatum, coalesce(t.einddatum, DATE '9999-12-31') AS einddatum
    FROM kern.toewijzing t
    JOIN tussen.client_nr n ON n.client_id = t.client_id
    JOIN tussen.product_periode p
        ON p.gemeentecode = t.gemeentecode AND p.wet = t.wet
        AND p.categorie_sleutel = coalesce(t.productcategorie, '-') AND p.code_sleutel = coalesce(t.productcode, '-')
        AND p.van <= t.ingangsdatum AND p.tot > t.ingangsdatum
    JOIN tussen.indeling i ON i.indeling_nr = p.indeling_nr
    WHERE i.hoofdproduct = 'Huishoudelijke ondersteuning' AND t.volume IS NOT NULL
),
stand AS (
    SELECT DISTINCT
        m.jaar, m.maand, t.gemeentecode, coalesce(w.wijkcode, 'onbekend') AS wijkcode,
        coalesce(h.huishouden_nr, t.client_nr) AS huishouden_nr
    FROM toegewezen t
    JOIN maanden m ON t.ingangsdatum <= m.maand AND t.einddatum >= m.maand
    LEFT JOIN tussen.client_wijk w
        ON w.gemeentecode = t.gemeentecode AND w.client_nr = t.client_nr AND w.maand = m.maand
    LEFT JOIN tussen.huishouden_lid h ON h.gemeentecode = t.gemeentecode AND h.client_nr = t.client_nr
),
huishoudens AS (
    SELECT jaar, gemeentecode, wijkcode, count(*) AS huishoudmaanden
    FROM stand
    GROUP BY jaar, gemeentecode, wijkcode
    UNION ALL
    SELECT jaar, gemeentecode, CAST(NULL AS VARCHAR), count(*)
    FROM (SELECT DISTINCT jaar, maand, gemeentecode, huishouden_nr FROM stand) gemeente
    GROUP BY jaar, gemeentecode
),
uren_maand AS (
    SELECT m.jaar, u.gemeentecode, u.wijkcode, u.toegewezen_volume, u.geleverd_volume
    FROM mart.uitnutting_maand u
    JOIN maanden m ON m.maand = u.levermaand
    WHERE u.hoofdproduct = 'Huishoudelijke ondersteuning' AND u.eenheid = '04'
),
uren AS (
    SELECT jaar, gemeentecode, wijkcode, sum(toegewezen_volume) AS toegewezen_uren, sum(geleverd_volume) AS geleverde_uren
    FROM uren_maand
    GROUP BY jaar, gemeentecode, wijkcode
    UNION ALL
    SELECT jaar, gemeentecode, CAST(NULL AS VARCHAR), sum(toegewezen_volume), sum(geleverd_volume)
    FROM uren_maand
    GROUP BY jaar, gemeentecode
),
zorg AS (
    SELECT DISTINCT m.jaar, c.gemeentecode, c.wijkcode, c.client_nr
    FROM tussen.client_maand c
    JOIN maanden m ON m.maand = c.levermaand
    JOIN tussen.indeling i ON i.indeling_nr = c.indeling_nr
    WHERE c.peil = 'nu' AND c.volume_6000 > 0 AND i.hoofdproduct = 'Huishoudelijke ondersteuning'
),
clienten AS (
    SELECT jaar, gemeentecode, wijkcode, count(*) AS clienten
    FROM zorg
    GROUP BY jaar, gemeentecode, wijkcode
    UNION ALL
    SELECT jaar, gemeentecode, CAST(NULL AS VARCHAR), count(DISTINCT client_nr)
    FROM zorg
    GROUP BY jaar, gemeentecode
),
eigen AS (
    SELECT
        h.jaar, h.gemeentecode, 'eigen gemeente' AS gemeente, h.wijkcode,
        CAST(h.huishoudmaanden AS DOUBLE) / j.maanden AS huishoudens,
        coalesce(c.clienten, 0) AS clienten,
        CAST(u.toegewezen_uren AS DECIMAL(18, 4)) AS toegewezen_uren,
        CAST(u.geleverde_uren AS DECIMAL(18, 4)) AS geleverde_uren,
        j.maanden,
        CAST(12.0 * CAST(u.toegewezen_uren AS DOUBLE) / h.huishoudmaanden AS DOUBLE) AS uren_per_huishouden,
        CAST(12.0 * CAST(u.geleverde_uren AS DOUBLE) / h.huishoudmaanden AS DOUBLE) AS geleverd_per_huishouden,
        'berichten' AS bron,
        h.jaar < year(k.geleverd_tot) AS jaar_volledig
    FROM huishoudens h
    JOIN peil.bekend k ON true
    JOIN jaren j ON j.jaar = h.jaar
    LEFT JOIN uren u
        ON u.jaar = h.jaar AND u.gemeentecode = h.gemeentecode AND coalesce(u.wijkcode, '*') = coalesce(h.wijkcode, '*')
    LEFT JOIN clienten c
        ON c.jaar = h.jaar AND c.gemeentecode = h.gemeentecode AND coalesce(c.wijkcode, '*') = coalesce(h.wijkcode, '*')
),
samen AS (
    SELECT * FROM eigen
    UNION ALL
    SELECT
        b.jaar, b.gemeentecode, b.gemeente, NULL, NULL, NULL, NULL, NULL, NULL, b.waarde, NULL, b.bron, true
    FROM kern.benchmark b
    WHERE b.maat = 'uren huishoudelijke ondersteuning per huishouden per jaar'
)
SELECT * FROM samen
