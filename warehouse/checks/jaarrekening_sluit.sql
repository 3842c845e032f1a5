-- De lasten van het jaar zelf plus wat ervan overlopend is zijn de realisatie van het leverjaar, en het verschil met het grootboek
-- is verklaard plus onverklaard.
WITH lever AS (
    SELECT
        gemeentecode, boekjaar, wet, sum(geboekt_cent + eind_cent - verwacht_cent) AS cent
    FROM mart.overlopende_post
    WHERE boekjaar = leverjaar
    GROUP BY gemeentecode, boekjaar, wet
),
pq AS (
    SELECT gemeentecode, year(levermaand) AS jaar, wet, sum(realisatie_cent) AS cent
    FROM mart.pq_maand
    GROUP BY gemeentecode, year(levermaand), wet
),
sommen AS (
    SELECT
        gemeentecode, boekjaar, wet, taakveld,
        sum(CASE WHEN volgorde = 12 THEN bedrag_cent WHEN volgorde IN (13, 14) THEN -bedrag_cent ELSE 0 END) AS verschil,
        sum(CASE WHEN volgorde = 11 THEN bedrag_cent WHEN volgorde IN (8, 9, 10) THEN -bedrag_cent ELSE 0 END) AS boek,
        sum(CASE WHEN volgorde = 7 THEN bedrag_cent WHEN volgorde < 7 THEN -bedrag_cent ELSE 0 END) AS berichten
    FROM mart.jaarrekening
    GROUP BY gemeentecode, boekjaar, wet, taakveld
),
fout AS (
    SELECT 'realisatie van het leverjaar' AS wat, p.jaar, p.wet, NULL AS taakveld, p.cent - coalesce(l.cent, 0) AS verschil
    FROM pq p
    LEFT JOIN lever l ON l.gemeentecode = p.gemeentecode AND l.boekjaar = p.jaar AND l.wet = p.wet
    UNION ALL
    SELECT 'som', boekjaar, wet, taakveld, abs(verschil) + abs(boek) + abs(berichten)
    FROM sommen
),
gevonden AS (
    SELECT * FROM fout WHERE verschil <> 0
)
SELECT * FROM gevonden
