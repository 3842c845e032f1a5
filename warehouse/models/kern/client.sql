-- Een rij is een cliënt, onder pseudoniem, zoals bekend op bekend_op.
-- Volgorde: client_id
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   client_id: pseudoniem van de cliënt, hetzelfde voor Wmo en Jeugdwet
--   huishouden_id: pseudoniem van het laatste woonadres; leeg bij een instelling
--   geboortejaar: jaar van geboorte
--   geslacht: code van het geslacht
--   overleden_jaar: jaar van overlijden, leeg als daarvan niets bekend is
WITH bekend AS (
    SELECT c.*, max(c.overleden_jaar) OVER (PARTITION BY c.gemeentecode, c.client_id) AS jaar_overlijden
    FROM lake.client c
    JOIN peil.bekend p ON c.adres_van IS NULL OR c.adres_van < p.grens
),
laatste AS (
    SELECT gemeentecode, client_id, huishouden_id, geboortejaar, geslacht, jaar_overlijden AS overleden_jaar
    FROM bekend
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, client_id
        ORDER BY coalesce(adres_van, CAST(ontvangen_op AS DATE)) DESC, ontvangen_op DESC, bron DESC, bericht_id DESC,
            regel_nr DESC
    ) = 1
)
SELECT * FROM laatste
