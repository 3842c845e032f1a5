-- Een rij is een productcode met haar indeling in een periode van geldigheid.
-- Volgorde: wet, productcategorie, productcode, geldig_van
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productcategorie: code van de productcategorie
--   productcode: code van het product
--   geldig_van: eerste dag van de indeling
--   geldig_tot: laatste dag van de indeling, leeg als open
--   product: naam van het product
--   productgroep: groep waartoe het product hoort
--   hoofdproduct: regel van de begroting waartoe het product hoort
--   zwaarte: licht, midden, middelzwaar, zwaar, extra zwaar of n.v.t.
--   zwaarte_rang: 1 (licht) tot en met 5 (extra zwaar), 0 als zwaarte niet van toepassing is
--   eenheid: eenheid waarin het product wordt geteld
--   uitvoeringsvariant: inspanningsgericht, outputgericht of taakgericht
--   taakveld: taakveld van de begroting (BBV)
WITH uniek AS (
    SELECT *
    FROM lake.product
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, wet, productcategorie, productcode, geldig_van
        ORDER BY bericht_id DESC, regel_nr DESC
    ) = 1
),
gekozen AS (
    SELECT
        gemeentecode, wet, productcategorie, productcode, coalesce(geldig_van, DATE '0001-01-01') AS geldig_van,
        geldig_tot, product, productgroep, hoofdproduct, zwaarte, zwaarte_rang, eenheid, uitvoeringsvariant, taakveld
    FROM uniek
)
SELECT * FROM gekozen
