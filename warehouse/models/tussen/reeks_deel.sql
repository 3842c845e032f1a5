-- Een rij is een bedrag van een jaar op het fijnste niveau van mart.reeks_jaar, in de indeling van bekend_op. Elk bedrag dat in
-- zijn eigen jaar anders was ingedeeld staat ook, negatief, als verschoven onder zijn oude naam.
-- Kolommen:
--   jaar: jaar van levering; bij het grootboek het boekjaar
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   product: product, of 'niet per product bekend'
--   berichten_cent: uitgave die uit berichten volgt [cent]
--   buiten_berichten_cent: uitgave die uit het grootboek of uit jaarcijfers volgt [cent]
--   verschoven_cent: uitgave die door een andere indeling hier bijkwam of wegging [cent]
--   bron: berichten, document, grootboek of jaarcijfers; leeg bij wat wegging
--   verdeelt: waar als het een bedrag uit het grootboek over producten verdeelt en dus geen eigen bron van het hoofdproduct is
WITH bericht_ruw AS (
    SELECT
        CAST(year(levermaand) AS BIGINT) AS jaar, gemeentecode, wet, indeling_nr, coalesce(productcode, '-') AS code_sleutel,
        sum(realisatie_cent) AS cent
    FROM tussen.client_cel
    WHERE peil = 'nu'
    GROUP BY year(levermaand), gemeentecode, wet, indeling_nr, coalesce(productcode, '-')
),
bericht AS (
    SELECT
        b.jaar, b.gemeentecode, b.wet, t.hoofdproduct AS hoofdproduct_toen, t.product AS product_toen,
        n.hoofdproduct, n.product, b.cent
    FROM bericht_ruw b
    LEFT JOIN tussen.indeling_nu m
        ON m.gemeentecode = b.gemeentecode AND m.wet = b.wet AND m.code_sleutel = b.code_sleutel
        AND m.indeling_nr = b.indeling_nr
    JOIN tussen.indeling t ON t.indeling_nr = b.indeling_nr
    JOIN tussen.indeling n ON n.indeling_nr = coalesce(m.indeling_nu, b.indeling_nr)
),
grootboek AS (
    SELECT
        u.jaar, u.gemeentecode, u.wet, u.hoofdproduct AS hoofdproduct_toen,
        coalesce(n.hoofdproduct_nu, u.hoofdproduct) AS hoofdproduct, u.onderdeel, u.realisatie_cent AS cent,
        CASE WHEN u.bron = 'document' THEN 'document' ELSE 'grootboek' END AS bron
    FROM mart.uitgaven_jaar u
    LEFT JOIN tussen.naam_nu n
        ON n.gemeentecode = u.gemeentecode AND n.wet = u.wet AND n.jaar = u.jaar AND n.hoofdproduct = u.hoofdproduct
        AND n.product = '-'
    WHERE u.bron <> 'berichten'
),
jaarcijfer AS (
    SELECT
        v.jaar, v.gemeentecode, v.wet, coalesce(n.hoofdproduct_nu, v.hoofdproduct, 'onbekend') AS hoofdproduct,
        coalesce(n.product_nu, v.product, 'onbekend') AS product, v.bedrag_cent AS cent
    FROM mart.volume_jaar v
    JOIN tussen.bereik b ON v.jaar < year(b.eerste_levermaand)
    LEFT JOIN tussen.naam_nu n
        ON n.gemeentecode = v.gemeentecode AND n.wet = v.wet AND n.jaar = v.jaar AND n.hoofdproduct = v.hoofdproduct
        AND n.product = v.product
),
geboekt AS (
    SELECT DISTINCT jaar, gemeentecode, wet, hoofdproduct
    FROM grootboek
    WHERE onderdeel = 'berichten'
),
samen AS (
    SELECT
        jaar, gemeentecode, wet, hoofdproduct, product, cent AS berichten_cent, 0 AS buiten_cent, cent AS verschoven_cent,
        'berichten' AS bron, false AS verdeelt
    FROM bericht
    UNION ALL
    SELECT jaar, gemeentecode, wet, hoofdproduct_toen, product_toen, 0, 0, -cent, NULL, false
    FROM bericht
    UNION ALL
    SELECT jaar, gemeentecode, wet, hoofdproduct, 'niet per product bekend', 0, cent, cent, bron, false
    FROM grootboek
    UNION ALL
    SELECT jaar, gemeentecode, wet, hoofdproduct_toen, 'niet per product bekend', 0, 0, -cent, NULL, false
    FROM grootboek
    UNION ALL
    SELECT
        j.jaar, j.gemeentecode, j.wet, j.hoofdproduct, j.product, 0, j.cent, 0, 'jaarcijfers', g.jaar IS NOT NULL
    FROM jaarcijfer j
    LEFT JOIN geboekt g
        ON g.jaar = j.jaar AND g.gemeentecode = j.gemeentecode AND g.wet = j.wet AND g.hoofdproduct = j.hoofdproduct
    UNION ALL
    SELECT j.jaar, j.gemeentecode, j.wet, j.hoofdproduct, 'niet per product bekend', 0, -j.cent, 0, NULL, false
    FROM jaarcijfer j
    JOIN geboekt g
        ON g.jaar = j.jaar AND g.gemeentecode = j.gemeentecode AND g.wet = j.wet AND g.hoofdproduct = j.hoofdproduct
),
getypeerd AS (
    SELECT
        jaar, gemeentecode, wet, hoofdproduct, product, CAST(berichten_cent AS BIGINT) AS berichten_cent,
        CAST(buiten_cent AS BIGINT) AS buiten_berichten_cent, CAST(verschoven_cent AS BIGINT) AS verschoven_cent, bron, verdeelt
    FROM samen
)
SELECT * FROM getypeerd
