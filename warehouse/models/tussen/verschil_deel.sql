-- Een rij is wat één oorzaak sinds de vorige gepubliceerde snapshot aan een cel van de realisatie veranderde. Regels van toen en
-- nu worden een voor een naast elkaar gelegd, in de indeling van nu; alleen de maanden en codes waarin iets verschilt doen mee.
-- Kolommen:
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting in de indeling van nu
--   oorzaak: nieuwe maand, nagekomen, correctie, gegevens (bestand ingetrokken, later geladen of vervangen) of indeling
--   bedrag_cent: verandering van de realisatie [cent]
WITH nu_som AS (
    SELECT
        levermaand, gemeentecode, wet, coalesce(productcategorie, '-') AS categorie_sleutel,
        coalesce(productcode, '-') AS code_sleutel, count(*) AS regels, sum(bedrag_cent) AS bedrag_cent,
        sum(realisatie_cent) AS realisatie_cent
    FROM kern.declaratieregel
    GROUP BY levermaand, gemeentecode, wet, coalesce(productcategorie, '-'), coalesce(productcode, '-')
),
vorig_som AS (
    SELECT
        levermaand, gemeentecode, wet, coalesce(productcategorie, '-') AS categorie_sleutel,
        coalesce(productcode, '-') AS code_sleutel, count(*) AS regels, sum(bedrag_cent) AS bedrag_cent,
        sum(realisatie_cent) AS realisatie_cent
    FROM vorige.declaratieregel
    GROUP BY levermaand, gemeentecode, wet, coalesce(productcategorie, '-'), coalesce(productcode, '-')
),
anders AS (
    SELECT
        coalesce(n.levermaand, v.levermaand) AS levermaand, coalesce(n.gemeentecode, v.gemeentecode) AS gemeentecode,
        coalesce(n.wet, v.wet) AS wet, coalesce(n.categorie_sleutel, v.categorie_sleutel) AS categorie_sleutel,
        coalesce(n.code_sleutel, v.code_sleutel) AS code_sleutel
    FROM nu_som n
    FULL JOIN vorig_som v
        ON v.levermaand = n.levermaand AND v.gemeentecode = n.gemeentecode AND v.wet = n.wet
        AND v.categorie_sleutel = n.categorie_sleutel AND v.code_sleutel = n.code_sleutel
    WHERE coalesce(n.regels, 0) <> coalesce(v.regels, 0) OR coalesce(n.bedrag_cent, 0) <> coalesce(v.bedrag_cent, 0)
        OR coalesce(n.realisatie_cent, 0) <> coalesce(v.realisatie_cent, 0)
),
regel_nu AS (
    SELECT
        r.bericht_id, r.regel_nr, a.levermaand, a.gemeentecode, a.wet, a.categorie_sleutel, a.code_sleutel,
        r.debet_credit, r.realisatie_cent,
        r.ontvangen_op >= CAST(s.bekend_op + INTERVAL 1 DAY AS TIMESTAMP) AS later_ontvangen,
        r.levermaand > s.laatste_levermaand AS nieuwe_maand
    FROM kern.declaratieregel r
    JOIN vorige.snapshot s ON true
    JOIN anders a
        ON a.levermaand = r.levermaand AND a.gemeentecode = r.gemeentecode AND a.wet = r.wet
        AND a.categorie_sleutel = coalesce(r.productcategorie, '-') AND a.code_sleutel = coalesce(r.productcode, '-')
),
regel_vorig AS (
    SELECT
        r.bericht_id, r.regel_nr, a.levermaand, a.gemeentecode, a.wet, a.categorie_sleutel, a.code_sleutel,
        r.realisatie_cent
    FROM vorige.declaratieregel r
    JOIN anders a
        ON a.levermaand = r.levermaand AND a.gemeentecode = r.gemeentecode AND a.wet = r.wet
        AND a.categorie_sleutel = coalesce(r.productcategorie, '-') AND a.code_sleutel = coalesce(r.productcode, '-')
),
paren AS (
    SELECT
        n.bericht_id IS NOT NULL AS er_nu, v.bericht_id IS NOT NULL AS er_toen,
        n.levermaand, n.gemeentecode, n.wet, n.categorie_sleutel, n.code_sleutel, n.debet_credit,
        n.realisatie_cent, n.later_ontvangen, n.nieuwe_maand,
        v.levermaand AS levermaand_toen, v.gemeentecode AS gemeentecode_toen, v.wet AS wet_toen,
        v.categorie_sleutel AS categorie_toen, v.code_sleutel AS code_toen, v.realisatie_cent AS realisatie_toen_cent,
        coalesce(
            v.levermaand = n.levermaand AND v.gemeentecode = n.gemeentecode AND v.wet = n.wet
            AND v.categorie_sleutel = n.categorie_sleutel AND v.code_sleutel = n.code_sleutel,
            false
        ) AS zelfde_cel
    FROM regel_nu n
    FULL JOIN regel_vorig v ON v.bericht_id = n.bericht_id AND v.regel_nr = n.regel_nr
),
veranderd AS (
    SELECT
        levermaand, gemeentecode, wet, categorie_sleutel, code_sleutel,
        CASE
            WHEN er_toen AND zelfde_cel THEN 'correctie'
            WHEN er_toen OR NOT later_ontvangen THEN 'gegevens'
            WHEN debet_credit = 'C' THEN 'correctie'
            WHEN nieuwe_maand THEN 'nieuwe maand'
            ELSE 'nagekomen'
        END AS oorzaak,
        realisatie_cent AS bedrag_cent
    FROM paren
    WHERE er_nu
    UNION ALL
    SELECT
        levermaand_toen, gemeentecode_toen, wet_toen, categorie_toen, code_toen,
        CASE WHEN zelfde_cel THEN 'correctie' ELSE 'gegevens' END, -realisatie_toen_cent
    FROM paren
    WHERE er_toen
    UNION ALL
    SELECT levermaand, gemeentecode, wet, categorie_sleutel, code_sleutel, 'indeling', realisatie_cent
    FROM vorig_som
),
ingedeeld AS (
    SELECT v.levermaand, v.gemeentecode, v.wet, i.hoofdproduct, v.oorzaak, v.bedrag_cent
    FROM veranderd v
    LEFT JOIN tussen.product_periode p
        ON p.gemeentecode = v.gemeentecode AND p.wet = v.wet AND p.categorie_sleutel = v.categorie_sleutel
        AND p.code_sleutel = v.code_sleutel AND p.van <= v.levermaand AND p.tot > v.levermaand
    JOIN tussen.indeling i ON i.indeling_nr = coalesce(p.indeling_nr, 0)
    UNION ALL
    -- what was published then, under the names of then: with the same lines under the names of now this is the shift
    SELECT levermaand, gemeentecode, wet, hoofdproduct, 'indeling', -realisatie_cent
    FROM vorige.pq_maand
),
opgeteld AS (
    SELECT
        levermaand, gemeentecode, wet, hoofdproduct, oorzaak, CAST(sum(bedrag_cent) AS BIGINT) AS bedrag_cent
    FROM ingedeeld
    GROUP BY levermaand, gemeentecode, wet, hoofdproduct, oorzaak
    HAVING sum(bedrag_cent) <> 0
)
SELECT * FROM opgeteld
