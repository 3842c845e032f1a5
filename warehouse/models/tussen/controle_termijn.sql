-- Een rij is een debetregel die laat is gedeclareerd: een regel uit een extract waarvan de periode meer dan vijf jaar voor de
-- ontvangst eindigt (TR335; bij berichten zegt het laden dat al), of een regel die na de afgesproken termijn binnenkwam. Die
-- termijn staat in het contract en niet in de standaard: zij is een instelling, geteld in maanden na de levermaand.
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   regel: nummer van de regel in de standaard, of de naam van het eigen signaal
--   verwacht: wat de regel verwacht
--   gevonden: wat er in de declaratieregel staat
WITH regels AS (
    SELECT
        r.bericht_id, r.regel_nr, r.bron, r.periode_eind,
        CAST(r.ontvangen_op AS DATE) AS ontvangen,
        CAST(r.levermaand + (i.declaratietermijn_maanden + 1) * INTERVAL 1 MONTH AS DATE) AS te_laat_vanaf
    FROM kern.declaratieregel r
    JOIN peil.instelling i ON true
    WHERE r.debet_credit = 'D'
),
bevindingen AS (
    SELECT
        bericht_id, regel_nr, 'TR335' AS regel, 'binnen vijf jaar na de productperiode' AS verwacht,
        'ontvangen op ' || peil.datum_tekst(ontvangen) AS gevonden
    FROM regels
    WHERE bron = 'extract' AND ontvangen > CAST(periode_eind + INTERVAL 5 YEAR AS DATE)
    UNION ALL
    SELECT
        bericht_id, regel_nr, 'declaratie_te_laat', 'voor ' || peil.datum_tekst(te_laat_vanaf),
        'ontvangen op ' || peil.datum_tekst(ontvangen)
    FROM regels
    WHERE ontvangen >= te_laat_vanaf
)
SELECT * FROM bevindingen
