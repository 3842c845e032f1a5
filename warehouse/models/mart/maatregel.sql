-- Een rij is een maatregel met haar verwachte effect, om in grafieken te tekenen.
-- Volgorde: datum, maatregel
-- Kolommen:
--   datum: dag van ingang
--   gemeentecode: CBS-code van de gemeente
--   maatregel: naam van de maatregel
--   wet: Wmo of Jeugdwet, leeg voor beide
--   hoofdproduct: regel van de begroting, leeg voor alle
--   effect_per_jaar_cent: verwacht effect op de uitgaven per vol jaar, een besparing is negatief [cent]
--   ingegaan: waar als de dag van ingang op bekend_op voorbij of vandaag is
--   verwacht_effect_cent: verwacht effect tot en met de laatste volledige levermaand, een twaalfde per hele maand sinds ingang [cent]
--   status: stand van de maatregel
--   bron: 'document' voor een gepubliceerd gegeven, anders de herkomst
WITH lopend AS (
    SELECT
        m.*, m.ingang_op <= k.bekend_op AS ingegaan,
        greatest(
            0,
            (year(k.laatste_levermaand) - year(m.ingang_op)) * 12 + month(k.laatste_levermaand) - month(m.ingang_op)
            + CASE WHEN day(m.ingang_op) = 1 THEN 1 ELSE 0 END
        ) AS maanden
    FROM kern.maatregel m
    JOIN peil.bekend k ON true
),
maatregelen AS (
    SELECT
        ingang_op AS datum, gemeentecode, maatregel, wet, hoofdproduct, effect_per_jaar_cent, ingegaan,
        CAST(round(effect_per_jaar_cent * maanden / 12.0) AS BIGINT) AS verwacht_effect_cent, status, bron
    FROM lopend
)
SELECT * FROM maatregelen
