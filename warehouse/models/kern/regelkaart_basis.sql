-- Een rij is een besluit om de basis van een regelkaart te verleggen: vanaf die maand gelden nieuwe grenzen. Alleen mensen
-- doen dat, met een reden; zonder rij blijft de basis staan waar de reeks begon.
-- Volgorde: maat, cel, basis_van
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   maat: maat van de regelkaart
--   cel: cel van de regelkaart, leeg voor alle cellen van de maat
--   basis_van: eerste maand van de nieuwe basis
--   basis_reden: waarom de basis is verlegd
--   door: functie of rol die dat besloot
--   vastgelegd_op: dag waarop het besluit is vastgelegd
WITH uniek AS (
    SELECT
        gemeentecode, maat, cel, CAST(date_trunc('month', basis_van) AS DATE) AS basis_van, basis_reden, door, vastgelegd_op
    FROM lake.regelkaart_basis
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, maat, cel, date_trunc('month', basis_van)
        ORDER BY vastgelegd_op DESC, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
