-- Een rij is een leverjaar in een boekjaar: wat aan het begin van het boekjaar overlopend was, wat is geboekt, en wat aan het
-- eind overlopend is. Het eind van een boekjaar is het begin van het volgende. Zolang iets van een leverjaar open is staat het
-- aan het eind van elk boekjaar. In een lopend jaar is het eind wat nu bekend is.
-- Volgorde: boekjaar, leverjaar, wet, taakveld
-- Kolommen:
--   boekjaar: boekjaar
--   leverjaar: jaar van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   taakveld: taakveld van de begroting (BBV)
--   begin_cent: overlopend aan het begin van het boekjaar, in het boekjaar teruggenomen [cent]
--   geboekt_cent: in het boekjaar geboekt: het antwoord kwam in dat jaar [cent]
--   eind_cent: overlopend aan het eind van het boekjaar [cent]
--   verwacht_cent: deel van eind dat nog niet is ingediend: wat naar schatting nog komt [cent]
--   lasten_cent: lasten van het leverjaar in het boekjaar: geboekt + eind - begin [cent]
WITH delen AS (
    SELECT
        boekjaar, leverjaar, gemeentecode, wet, taakveld,
        sum(CASE WHEN post = 'terugname' THEN -bedrag_cent ELSE 0 END) AS begin_cent,
        sum(CASE WHEN post IN ('eigen jaar', 'oude jaren') THEN bedrag_cent ELSE 0 END) AS geboekt_cent,
        sum(CASE WHEN post IN ('ingediend', 'later ingediend', 'te verwachten') THEN bedrag_cent ELSE 0 END) AS eind_cent,
        sum(CASE WHEN post = 'te verwachten' THEN bedrag_cent ELSE 0 END) AS verwacht_cent
    FROM tussen.jaarrekening_post
    WHERE leverjaar IS NOT NULL
    GROUP BY boekjaar, leverjaar, gemeentecode, wet, taakveld
),
verloop AS (
    SELECT
        boekjaar, leverjaar, gemeentecode, wet, taakveld,
        CAST(begin_cent AS BIGINT) AS begin_cent,
        CAST(geboekt_cent AS BIGINT) AS geboekt_cent,
        CAST(eind_cent AS BIGINT) AS eind_cent,
        CAST(verwacht_cent AS BIGINT) AS verwacht_cent,
        CAST(geboekt_cent + eind_cent - begin_cent AS BIGINT) AS lasten_cent
    FROM delen
)
SELECT * FROM verloop
