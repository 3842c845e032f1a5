-- Een rij is wat in een jaar op een toewijzing is geleverd, zonder afgekeurde regels.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   toewijzing_sleutel: sleutel van de toewijzing
--   jaar: jaar van de levermaand
--   rijp_6000: volume in levermaanden waarvan genoeg is gedeclareerd [6000sten van de eenheid van het product]
--   voor_6000: volume tot en met de laatste volledige levermaand [6000sten van de eenheid van het product]
--   na_6000: volume na de laatste volledige levermaand [6000sten van de eenheid van het product]
--   voor_cent: realisatie tot en met de laatste volledige levermaand [cent]
--   na_cent: realisatie na de laatste volledige levermaand [cent]
--   eerste_dag: eerste dag waarop een debetregel ziet
--   laatste_dag: laatste dag waarop een debetregel ziet
WITH regels AS (
    SELECT
        r.gemeentecode, r.wet, r.toewijzing_sleutel, year(r.levermaand) AS jaar, r.levermaand,
        coalesce(r.volume * e.factor, 0) AS volume_6000, r.realisatie_cent, b.rijp_tot, k.laatste_levermaand,
        CASE WHEN r.debet_credit = 'D' THEN r.periode_begin END AS periode_begin,
        CASE WHEN r.debet_credit = 'D' THEN r.periode_eind END AS periode_eind
    FROM kern.declaratieregel r
    JOIN peil.bekend k ON true
    JOIN tussen.toewijzing_basis b
        ON b.gemeentecode = r.gemeentecode AND b.wet = r.wet AND b.toewijzing_sleutel = r.toewijzing_sleutel
    LEFT JOIN tussen.eenheid e ON e.van = r.eenheid AND e.naar = b.eenheid
    WHERE r.status <> 'afgekeurd'
),
per_jaar AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, jaar,
        CAST(sum(CASE WHEN levermaand < rijp_tot THEN volume_6000 ELSE 0 END) AS BIGINT) AS rijp_6000,
        CAST(sum(CASE WHEN levermaand <= laatste_levermaand THEN volume_6000 ELSE 0 END) AS BIGINT) AS voor_6000,
        CAST(sum(CASE WHEN levermaand > laatste_levermaand THEN volume_6000 ELSE 0 END) AS BIGINT) AS na_6000,
        CAST(sum(CASE WHEN levermaand <= laatste_levermaand THEN realisatie_cent ELSE 0 END) AS BIGINT) AS voor_cent,
        CAST(sum(CASE WHEN levermaand > laatste_levermaand THEN realisatie_cent ELSE 0 END) AS BIGINT) AS na_cent,
        min(periode_begin) AS eerste_dag,
        max(periode_eind) AS laatste_dag
    FROM regels
    GROUP BY gemeentecode, wet, toewijzing_sleutel, jaar
)
SELECT * FROM per_jaar
