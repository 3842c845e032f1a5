-- Een rij is een punt van de overlevingscurve van een cel, om de 30 dagen: welk deel heeft na zoveel dagen nog zorg.
-- Volgorde: niveau, cel, jaar, dag
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal, wet, productgroep of product
--   cel: totaal, de wet, of 'wet|naam' van productgroep of product
--   jaar: jaar waarin is gevolgd, leeg voor alle jaren samen
--   dag: aantal dagen sinds het begin van de zorg [dagen]
--   overleving: deel dat langer zorg heeft dan dit aantal dagen [fractie]
--   aantal_onder_risico: aantal perioden dat na dit aantal dagen nog liep en werd gevolgd
WITH benoemd AS (
    SELECT gemeentecode, niveau, cel, nullif(jaar, 0) AS jaar, dag, overleving, aantal_onder_risico
    FROM tussen.duur_punt
)
SELECT * FROM benoemd
