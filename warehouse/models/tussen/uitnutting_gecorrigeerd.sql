-- Een rij is een cel van mart.uitnutting_maand zonder wijk, met wat er naar schatting is geleverd als alles is gedeclareerd.
-- Kolommen:
--   levermaand: eerste dag van de maand van levering, tot en met de laatste volledige
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product of 'niet gespecificeerd'
--   aanbieder_agb: AGB-code van de aanbieder
--   eenheid: eenheid van het volume
--   toegewezen_volume: verwacht volume [eenheid]
--   geleverd_volume: geleverd volume [eenheid]
--   toegewezen_cent: toegewezen tegen contractprijs [cent]
--   geleverd_cent: geleverd tegen contractprijs [cent]
--   gecorrigeerd_cent: geleverd gedeeld door het deel dat al is gedeclareerd, waar dat deel onder de instelling ligt [cent]
--   is_rijp: waar als genoeg is gedeclareerd
WITH cellen AS (
    SELECT
        u.levermaand, u.gemeentecode, u.wet, u.hoofdproduct, u.productgroep, u.product, u.aanbieder_agb, u.eenheid,
        u.gerapporteerde_fractie AS fractie,
        sum(u.toegewezen_volume) AS toegewezen_volume,
        sum(u.geleverd_volume) AS geleverd_volume,
        coalesce(sum(u.toegewezen_cent), 0) AS toegewezen_cent,
        sum(u.geleverd_cent) AS geleverd_cent
    FROM mart.uitnutting_maand u
    JOIN peil.bekend k ON u.levermaand <= k.laatste_levermaand
    WHERE u.product <> 'zonder toewijzing'
    GROUP BY
        u.levermaand, u.gemeentecode, u.wet, u.hoofdproduct, u.productgroep, u.product, u.aanbieder_agb, u.eenheid,
        u.gerapporteerde_fractie
),
gecorrigeerd AS (
    SELECT
        c.levermaand, c.gemeentecode, c.wet, c.hoofdproduct, c.productgroep, c.product, c.aanbieder_agb, c.eenheid,
        c.toegewezen_volume, c.geleverd_volume,
        CAST(c.toegewezen_cent AS BIGINT) AS toegewezen_cent,
        CAST(c.geleverd_cent AS BIGINT) AS geleverd_cent,
        CASE
            -- of a month with nothing declared no share is known: it stays as it is, and is not ripe
            WHEN coalesce(c.fractie, 1) >= i.rijp_procent / 100.0 OR c.fractie <= 0 THEN CAST(c.geleverd_cent AS BIGINT)
            ELSE CAST(round(c.geleverd_cent / c.fractie) AS BIGINT)
        END AS gecorrigeerd_cent,
        coalesce(c.fractie, 1) >= i.rijp_procent / 100.0 AS is_rijp
    FROM cellen c
    JOIN peil.instelling i ON true
)
SELECT * FROM gecorrigeerd
