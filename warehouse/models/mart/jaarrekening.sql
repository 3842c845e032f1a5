-- Een rij is een regel van de jaarrekening van een wet en taakveld: wat de berichten zeggen dat in het boekjaar hoort, wat alleen
-- het grootboek weet, en het verschil met wat is geboekt. Geboekt wordt in het jaar van het antwoord. Het voorstel voor de
-- overlopende post is wat nu bekend is; met een snapshot van 31 december is het wat toen bekend was. Wat aan het eind van een
-- boekjaar open is, ook van oudere leverjaren, is overlopend; het volgende boekjaar neemt precies dat terug. Per leverjaar staat
-- het verloop in mart.overlopende_post.
-- Volgorde: boekjaar, wet, taakveld, volgorde
-- Kolommen:
--   boekjaar: boekjaar
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   taakveld: taakveld van de begroting (BBV)
--   volgorde: plaats van de regel
--   regel: naam van de regel
--   zijde: berichten, grootboek of verschil
--   is_som: waar als de regel uit andere regels is berekend
--   bedrag_cent: bedrag [cent]
--   standaardfout_cent: standaardfout van wat nog te verwachten is, opgeteld over maanden en productgroepen alsof alle
--     fouten dezelfde kant op vallen; leeg bij andere regels [cent]
WITH delen AS (
    SELECT
        boekjaar, gemeentecode, wet, taakveld,
        CASE post
            WHEN 'eigen jaar' THEN 1
            WHEN 'oude jaren' THEN 2
            WHEN 'ingediend' THEN 3
            WHEN 'later ingediend' THEN 4
            WHEN 'te verwachten' THEN 5
            WHEN 'terugname' THEN 6
            WHEN 'grootboek berichten' THEN 8
            WHEN 'grootboek overlopend' THEN 9
            ELSE 10
        END AS volgorde,
        CASE post
            WHEN 'eigen jaar' THEN 'lasten van het jaar zelf'
            WHEN 'oude jaren' THEN 'lasten van oude jaren'
            WHEN 'ingediend' THEN 'overlopend: ingediend, nog niet geboekt op 31 december'
            WHEN 'later ingediend' THEN 'overlopend: na 31 december ingediend'
            WHEN 'te verwachten' THEN 'overlopend: nog te verwachten'
            WHEN 'terugname' THEN 'terugname: overlopend van vorig jaar'
            ELSE post
        END AS regel,
        CASE WHEN post LIKE 'grootboek %' THEN 'grootboek' ELSE 'berichten' END AS zijde,
        sum(bedrag_cent) AS bedrag_cent, sum(standaardfout_cent) AS standaardfout_cent
    FROM tussen.jaarrekening_post
    GROUP BY boekjaar, gemeentecode, wet, taakveld, post
),
cellen AS (
    SELECT
        boekjaar, gemeentecode, wet, taakveld,
        sum(CASE WHEN volgorde <= 2 THEN bedrag_cent ELSE 0 END) AS geboekt,
        sum(CASE WHEN volgorde BETWEEN 3 AND 6 THEN bedrag_cent ELSE 0 END) AS overlopend,
        sum(CASE WHEN volgorde = 8 THEN bedrag_cent ELSE 0 END) AS boek_berichten,
        sum(CASE WHEN volgorde = 9 THEN bedrag_cent ELSE 0 END) AS boek_overlopend,
        sum(CASE WHEN volgorde >= 8 THEN bedrag_cent ELSE 0 END) AS boek_totaal,
        max(CASE WHEN volgorde = 8 THEN 1 ELSE 0 END) AS heeft_boek
    FROM delen
    GROUP BY boekjaar, gemeentecode, wet, taakveld
),
jaar_geboekt AS (
    SELECT gemeentecode, boekjaar, max(heeft_boek) AS heeft_boek FROM cellen GROUP BY gemeentecode, boekjaar
),
sommen AS (
    SELECT boekjaar, gemeentecode, wet, taakveld, 7 AS volgorde, 'volgens berichten' AS regel, 'berichten' AS zijde,
        geboekt + overlopend AS bedrag_cent
    FROM cellen
    UNION ALL
    SELECT boekjaar, gemeentecode, wet, taakveld, 11, 'lasten volgens grootboek', 'grootboek', boek_totaal
    FROM cellen
    UNION ALL
    SELECT c.boekjaar, c.gemeentecode, c.wet, c.taakveld, 12, 'verschil', 'verschil',
        c.boek_berichten + c.boek_overlopend - c.geboekt - c.overlopend
    FROM cellen c
    JOIN jaar_geboekt j ON j.gemeentecode = c.gemeentecode AND j.boekjaar = c.boekjaar AND j.heeft_boek = 1
    UNION ALL
    SELECT c.boekjaar, c.gemeentecode, c.wet, c.taakveld, 13, 'verklaard: overlopende posten nog te boeken of anders geschat',
        'verschil', c.boek_overlopend - c.overlopend
    FROM cellen c
    JOIN jaar_geboekt j ON j.gemeentecode = c.gemeentecode AND j.boekjaar = c.boekjaar AND j.heeft_boek = 1
    UNION ALL
    SELECT c.boekjaar, c.gemeentecode, c.wet, c.taakveld, 14, 'onverklaard', 'verschil', c.boek_berichten - c.geboekt
    FROM cellen c
    JOIN jaar_geboekt j ON j.gemeentecode = c.gemeentecode AND j.boekjaar = c.boekjaar AND j.heeft_boek = 1
),
samen AS (
    SELECT
        boekjaar, gemeentecode, wet, taakveld, CAST(volgorde AS BIGINT) AS volgorde, regel, zijde, false AS is_som,
        CAST(bedrag_cent AS BIGINT) AS bedrag_cent, CAST(standaardfout_cent AS BIGINT) AS standaardfout_cent
    FROM delen
    UNION ALL
    SELECT
        boekjaar, gemeentecode, wet, taakveld, CAST(volgorde AS BIGINT), regel, zijde, true, CAST(bedrag_cent AS BIGINT),
        CAST(NULL AS BIGINT)
    FROM sommen
)
SELECT * FROM samen
