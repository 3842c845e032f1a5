-- Een rij is een regel die op een peildatum niet telt omdat dezelfde regel elders staat: in een bericht (dan vervalt die in
-- het extract), of in een ander extract met een later antwoord. Dezelfde regel: zelfde wet, aanbieder en referentienummer.
-- Kolommen:
--   peil: 'nu' (bekend_op) of 'toen' (twaalf maanden eerder)
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
WITH nummers AS (
    SELECT referentienummer
    FROM lake.declaratieregel
    WHERE referentienummer IS NOT NULL
    GROUP BY referentienummer
    HAVING count(*) > 1 AND max(CASE WHEN bron = 'extract' THEN 1 ELSE 0 END) = 1
),
vaker AS (
    SELECT r.gemeentecode, r.wet, r.aanbieder_agb, r.referentienummer
    FROM lake.declaratieregel r
    JOIN nummers n ON n.referentienummer = r.referentienummer
    GROUP BY r.gemeentecode, r.wet, r.aanbieder_agb, r.referentienummer
    HAVING count(*) > 1 AND max(CASE WHEN r.bron = 'extract' THEN 1 ELSE 0 END) = 1
),
bekend AS (
    SELECT
        p.peil, r.gemeentecode, r.wet, r.aanbieder_agb, r.referentienummer, r.bericht_id, r.regel_nr, r.bron, b.voorrang,
        CASE WHEN r.beantwoord_op < p.grens THEN r.beantwoord_op END AS beantwoord_op
    FROM lake.declaratieregel r
    JOIN vaker v
        ON v.gemeentecode = r.gemeentecode AND v.wet = r.wet AND v.aanbieder_agb = r.aanbieder_agb
        AND v.referentienummer = r.referentienummer
    JOIN lake.telt b ON b.bericht_id = r.bericht_id
    JOIN peil.peil p ON r.ontvangen_op < p.grens
),
genummerd AS (
    SELECT
        *,
        max(CASE WHEN bron = 'bericht' THEN 1 ELSE 0 END) OVER (
            PARTITION BY peil, gemeentecode, wet, aanbieder_agb, referentienummer
        ) AS in_bericht,
        row_number() OVER (
            PARTITION BY peil, gemeentecode, wet, aanbieder_agb, referentienummer, bron
            ORDER BY beantwoord_op DESC NULLS LAST, voorrang, regel_nr
        ) AS volgnummer
    FROM bekend
),
weg AS (
    SELECT peil, bericht_id, regel_nr
    FROM genummerd
    WHERE bron = 'extract' AND (in_bericht = 1 OR volgnummer > 1)
)
SELECT * FROM weg
