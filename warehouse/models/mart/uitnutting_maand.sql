-- Een rij is een levermaand x product x aanbieder x wijk x eenheid met wat is toegewezen en geleverd. Uitnutting is
-- geleverd gedeeld door toegewezen. Toegewezen is het verwachte volume (geen maximum); beide bedragen zijn tegen de prijs
-- van het contract, of zonder contract de mediaan van het gedeclareerde tarief. Toewijzingen zonder volume tellen alleen
-- in centen mee, als product 'niet gespecificeerd'; leveringen zonder bekende toewijzing staan als 'zonder toewijzing'.
-- Volgorde: levermaand
-- Kolommen:
--   levermaand: eerste dag van de maand van levering
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product, 'niet gespecificeerd' of 'zonder toewijzing'
--   zwaarte: zwaarte van het product
--   aanbieder_agb: AGB-code van de aanbieder
--   wijkcode: wijk van de cliënt op de 1e van de maand
--   eenheid: eenheid van het volume, leeg waar er geen volume is
--   toegewezen_volume: verwacht volume volgens de toewijzingen [eenheid]
--   geleverd_volume: netto geleverd volume zonder afgekeurde regels [eenheid]
--   toegewezen_cent: toegewezen volume tegen contractprijs, of het deel van het budget [cent]
--   geleverd_cent: geleverd volume tegen contractprijs; zonder volume de realisatie [cent]
--   realisatie_cent: realisatie van dezelfde regels [cent]
--   gerapporteerde_fractie: deel van de levermaand van de productgroep dat naar schatting al is gedeclareerd; leeg voor
--     maanden na de laatste volle levermaand [fractie]
WITH geleverd_per_code AS (
    SELECT
        levermaand, gemeentecode, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, aard,
        sum(volume_6000) AS volume_6000, sum(realisatie_cent) AS realisatie_cent
    FROM tussen.client_cel
    WHERE peil = 'nu'
    GROUP BY levermaand, gemeentecode, wet, indeling_nr, productcode, aanbieder_agb, wijkcode, eenheid, aard
),
geleverd AS (
    SELECT
        g.levermaand, g.gemeentecode, g.wet, g.indeling_nr, g.aard, g.aanbieder_agb, g.wijkcode,
        CASE WHEN g.aard = 'specifiek' THEN g.eenheid END AS eenheid,
        CAST(NULL AS DECIMAL(24, 6)) AS verwacht,
        CASE WHEN g.aard = 'specifiek' THEN g.volume_6000 END AS volume_6000,
        CAST(NULL AS BIGINT) AS toegewezen_cent,
        CASE
            WHEN g.aard = 'specifiek' AND t.prijs_cent IS NOT NULL
                THEN CAST(round(g.volume_6000 * t.prijs_cent / 6000) AS BIGINT)
            ELSE CAST(g.realisatie_cent AS BIGINT)
        END AS geleverd_cent,
        g.realisatie_cent
    FROM geleverd_per_code g
    LEFT JOIN tussen.tarief t
        ON t.gemeentecode = g.gemeentecode AND t.wet = g.wet AND t.aanbieder_agb = g.aanbieder_agb
        AND t.productcode = g.productcode AND t.eenheid = g.eenheid AND t.maand = g.levermaand
),
toegewezen AS (
    SELECT
        v.levermaand, v.gemeentecode, v.wet, v.indeling_nr,
        CASE WHEN v.verwacht IS NOT NULL THEN 'specifiek' ELSE 'algemeen' END AS aard,
        v.aanbieder_agb, v.wijkcode,
        CASE WHEN v.verwacht IS NOT NULL THEN v.eenheid END AS eenheid,
        v.verwacht,
        CAST(NULL AS BIGINT) AS volume_6000,
        CASE
            WHEN v.verwacht IS NOT NULL THEN CAST(round(v.verwacht * t.prijs_cent) AS BIGINT)
            ELSE v.budget_cent
        END AS toegewezen_cent,
        CAST(0 AS BIGINT) AS geleverd_cent,
        CAST(0 AS BIGINT) AS realisatie_cent
    FROM tussen.toewijzing_maand v
    LEFT JOIN tussen.tarief t
        ON t.gemeentecode = v.gemeentecode AND t.wet = v.wet AND t.aanbieder_agb = v.aanbieder_agb
        AND t.productcode = v.productcode AND t.eenheid = v.eenheid AND t.maand = v.levermaand
    WHERE v.peil = 'nu'
),
samen AS (
    SELECT * FROM geleverd
    UNION ALL
    SELECT * FROM toegewezen
),
per_indeling AS (
    SELECT
        levermaand, gemeentecode, wet, indeling_nr, aard, aanbieder_agb, wijkcode, eenheid, sum(verwacht) AS verwacht,
        sum(volume_6000) AS volume_6000, sum(toegewezen_cent) AS toegewezen_cent, sum(geleverd_cent) AS geleverd_cent,
        sum(realisatie_cent) AS realisatie_cent
    FROM samen
    GROUP BY levermaand, gemeentecode, wet, indeling_nr, aard, aanbieder_agb, wijkcode, eenheid
),
benoemd AS (
    SELECT
        s.levermaand, s.gemeentecode, s.wet, i.hoofdproduct, i.productgroep,
        CASE s.aard
            WHEN 'specifiek' THEN i.product
            WHEN 'algemeen' THEN 'niet gespecificeerd'
            ELSE 'zonder toewijzing'
        END AS product,
        CASE WHEN s.aard = 'specifiek' THEN i.zwaarte ELSE 'n.v.t.' END AS zwaarte,
        s.aanbieder_agb, s.wijkcode, s.eenheid, s.verwacht, s.volume_6000, s.toegewezen_cent, s.geleverd_cent,
        s.realisatie_cent
    FROM per_indeling s
    JOIN tussen.indeling i ON i.indeling_nr = s.indeling_nr
),
cellen AS (
    SELECT
        levermaand, gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, aanbieder_agb, wijkcode, eenheid,
        CAST(round(sum(verwacht), 4) AS DECIMAL(18, 4)) AS toegewezen_volume,
        CAST(round(sum(volume_6000) / 6000.0, 4) AS DECIMAL(18, 4)) AS geleverd_volume,
        CAST(sum(toegewezen_cent) AS BIGINT) AS toegewezen_cent,
        CAST(sum(geleverd_cent) AS BIGINT) AS geleverd_cent,
        CAST(sum(realisatie_cent) AS BIGINT) AS realisatie_cent
    FROM benoemd
    GROUP BY levermaand, gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, aanbieder_agb, wijkcode, eenheid
),
met_fractie AS (
    SELECT c.*, n.fractie AS gerapporteerde_fractie
    FROM cellen c
    LEFT JOIN mart.nagekomen n
        ON n.gemeentecode = c.gemeentecode AND n.wet = c.wet AND n.productgroep = c.productgroep
        AND n.levermaand = c.levermaand AND n.aanbieder_agb IS NULL
)
SELECT * FROM met_fractie
