-- Een rij is een groep perioden in een cel die in een tijdvak zijn gevolgd en even lang duurden.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal, wet, productgroep of product
--   cel: naam van de cel
--   jaar: jaar waarin is gevolgd, 0 voor alle jaren samen
--   ingang: duur waarop het volgen begon [dagen]
--   duur: duur bij het einde, of waarop het volgen stopte [dagen]
--   beeindigd: waar als de periode toen eindigde
--   aantal: aantal perioden
WITH perioden AS (
    SELECT s.gemeentecode, s.niveau, s.cel, s.begin, s.tot
    FROM tussen.stroom_interval s
    JOIN peil.bekend k ON s.begin < k.stroom_voorlopig_vanaf
    WHERE s.niveau IN ('totaal', 'wet', 'productgroep', 'product')
),
gevolgd AS (
    SELECT
        p.gemeentecode, p.niveau, p.cel, t.jaar,
        greatest(0, date_diff('day', p.begin, t.van)) AS ingang,
        date_diff('day', p.begin, least(p.tot, t.tot)) AS duur,
        p.tot <= t.tot AS beeindigd
    FROM perioden p
    JOIN tussen.duur_tijdvak t ON p.begin < t.tot AND p.tot > t.van
),
groepen AS (
    SELECT gemeentecode, niveau, cel, CAST(jaar AS BIGINT) AS jaar, ingang, duur, beeindigd, count(*) AS aantal
    FROM gevolgd
    GROUP BY gemeentecode, niveau, cel, jaar, ingang, duur, beeindigd
)
SELECT * FROM groepen
