-- Een rij is de uitgave van een levermaand naar onderdeel: wat uit berichten volgt, en wat alleen in het grootboek staat
-- (vaste bedragen, subsidies, pgb, overig), elk als eigen deel. Naast het bedrag van nu staat het bedrag zoals twaalf
-- maanden voor bekend_op bekend was, zodat jonge maanden met jonge maanden worden vergeleken.
-- Volgorde: levermaand, wet, hoofdproduct
-- Kolommen:
--   levermaand: eerste dag van de maand van levering; bij het grootboek de boekperiode
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep, leeg bij bedragen uit het grootboek
--   onderdeel: berichten, vast, subsidie, pgb of overig
--   realisatie_cent: uitgave zoals bekend op bekend_op [cent]
--   realisatie_toen_cent: uitgave van dezelfde maand zoals twaalf maanden eerder bekend; leeg als de maand jonger is [cent]
--   bron: 'berichten', 'document' voor een gepubliceerd cijfer, of de herkomst die het grootboek noemt
WITH regels AS (
    SELECT
        'nu' AS peil, levermaand, gemeentecode, wet, productcategorie, productcode, sum(realisatie_cent) AS bedrag_cent
    FROM kern.declaratieregel
    GROUP BY levermaand, gemeentecode, wet, productcategorie, productcode
    UNION ALL
    SELECT peil, levermaand, gemeentecode, wet, productcategorie, productcode, sum(realisatie_cent)
    FROM tussen.oordeel
    WHERE peil = 'toen'
    GROUP BY peil, levermaand, gemeentecode, wet, productcategorie, productcode
),
berichten AS (
    SELECT
        r.peil, r.levermaand, r.gemeentecode, r.wet,
        i.hoofdproduct, i.productgroep,
        'berichten' AS onderdeel, r.bedrag_cent, 'berichten' AS bron
    FROM regels r
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = r.gemeentecode AND p.wet = r.wet
        AND p.categorie_sleutel = coalesce(r.productcategorie, '-') AND p.code_sleutel = coalesce(r.productcode, '-')
        AND p.van <= r.levermaand AND p.tot > r.levermaand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
),
grootboek AS (
    SELECT
        p.peil, m.maand AS levermaand, g.gemeentecode, g.wet, coalesce(g.hoofdproduct, 'onbekend') AS hoofdproduct,
        CAST(NULL AS VARCHAR) AS productgroep, g.soort AS onderdeel, g.bedrag_cent, g.bron
    FROM kern.grootboek g
    JOIN peil.peil p ON g.geboekt_op < p.grens
    JOIN peil.maand m ON m.jaar = g.jaar AND month(m.maand) = g.periode
    -- both stand in the messages: as lines, and as levermaanden of the year itself
    WHERE g.soort NOT IN ('berichten', 'overlopend')
),
samen AS (
    SELECT * FROM berichten
    UNION ALL
    SELECT * FROM grootboek
),
opgeteld AS (
    SELECT
        s.levermaand, s.gemeentecode, s.wet, s.hoofdproduct, s.productgroep, s.onderdeel,
        CAST(sum(CASE WHEN s.peil = 'nu' THEN s.bedrag_cent ELSE 0 END) AS BIGINT) AS realisatie_cent,
        CAST(sum(CASE WHEN s.peil = 'toen' THEN s.bedrag_cent ELSE 0 END) AS BIGINT) AS toen_cent,
        s.bron
    FROM samen s
    GROUP BY s.levermaand, s.gemeentecode, s.wet, s.hoofdproduct, s.productgroep, s.onderdeel, s.bron
),
uitkomst AS (
    SELECT
        o.levermaand, o.gemeentecode, o.wet, o.hoofdproduct, o.productgroep, o.onderdeel, o.realisatie_cent,
        CASE WHEN o.levermaand < k.toen_grens THEN o.toen_cent END AS realisatie_toen_cent,
        o.bron
    FROM opgeteld o
    JOIN peil.bekend k ON true
)
SELECT * FROM uitkomst
