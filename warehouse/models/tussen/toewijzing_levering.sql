-- Een rij is een toewijzing met wanneer er het eerst en het laatst op is geleverd.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   toewijzing_sleutel: sleutel van de toewijzing
--   eerste_dag: eerste dag waarop een niet afgekeurde debetregel ziet, leeg als er netto niets is geleverd
--   laatste_dag: laatste dag waarop zo'n regel ziet
--   volume_6000: netto volume [6000sten van de eenheid van het product]
--   cent: realisatie [cent]
WITH alle AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, min(eerste_dag) AS eerste_dag, max(laatste_dag) AS laatste_dag,
        sum(voor_6000 + na_6000) AS volume_6000, sum(voor_cent + na_cent) AS cent
    FROM tussen.toewijzing_geleverd
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
netto AS (
    -- what was declared and wholly credited was not delivered
    SELECT gemeentecode, wet, toewijzing_sleutel, eerste_dag, laatste_dag, volume_6000, cent
    FROM alle
    WHERE volume_6000 > 0 OR cent > 0
)
SELECT * FROM netto
