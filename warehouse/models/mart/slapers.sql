-- Een rij is een product bij een aanbieder met de slapers: toewijzingen die lopen en waarop aan het eind van de laatste volledige
-- levermaand langer dan het ingestelde aantal dagen niets is geleverd, geteld vanaf de laatste levering of de ingangsdatum. Een
-- totaal of budget dat op is slaapt niet: daarop valt niets meer te leveren.
-- Volgorde: wet, product, aanbieder_agb
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product of 'niet gespecificeerd'
--   aanbieder_agb: AGB-code van de aanbieder
--   lopend: aantal lopende toewijzingen waarop nog iets te leveren is en die langer dan het ingestelde aantal dagen liepen
--   toewijzingen: aantal daarvan dat slaapt
--   nooit_geleverd: aantal slapers waarop nog nooit is geleverd
--   clienten: aantal cliënten met een slaper
--   open_verplichting_cent: wat op de slapers tot het eind van het jaar nog openstaat, maal de verwachte uitnutting [cent]
WITH lopend AS (
    SELECT
        b.gemeentecode, b.wet, b.toewijzing_sleutel, b.client_id, b.hoofdproduct, b.productgroep, b.product,
        b.aanbieder_agb, l.laatste_dag,
        date_diff(
            'day',
            greatest(b.ingangsdatum, coalesce(CAST(l.laatste_dag + INTERVAL 1 DAY AS DATE), b.ingangsdatum)),
            CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)
        ) > i.slaper_dagen AS slaapt
    FROM tussen.toewijzing_basis b
    JOIN peil.instelling i ON true
    JOIN peil.bekend k
        ON b.tot > k.grens
        AND date_diff('day', b.ingangsdatum, CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)) > i.slaper_dagen
    LEFT JOIN tussen.toewijzing_levering l
        ON l.gemeentecode = b.gemeentecode AND l.wet = b.wet AND l.toewijzing_sleutel = b.toewijzing_sleutel
    WHERE CASE
        WHEN b.frequentie = '6' THEN b.volume * 6000 > coalesce(l.volume_6000, 0)
        WHEN b.volume IS NULL AND b.budget_cent IS NOT NULL THEN b.budget_cent > coalesce(l.cent, 0)
        ELSE true
    END
),
rest AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, sum(verplichting_cent) AS cent
    FROM tussen.toewijzing_rest
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
geteld AS (
    SELECT
        o.gemeentecode, o.wet, o.hoofdproduct, o.productgroep, o.product, o.aanbieder_agb, count(*) AS lopend,
        count(CASE WHEN o.slaapt THEN 1 END) AS toewijzingen,
        count(CASE WHEN o.slaapt AND o.laatste_dag IS NULL THEN 1 END) AS nooit_geleverd,
        count(DISTINCT CASE WHEN o.slaapt THEN o.client_id END) AS clienten,
        CAST(sum(CASE WHEN o.slaapt THEN coalesce(r.cent, 0) ELSE 0 END) AS BIGINT) AS open_verplichting_cent
    FROM lopend o
    LEFT JOIN rest r
        ON r.gemeentecode = o.gemeentecode AND r.wet = o.wet AND r.toewijzing_sleutel = o.toewijzing_sleutel
    GROUP BY o.gemeentecode, o.wet, o.hoofdproduct, o.productgroep, o.product, o.aanbieder_agb
)
SELECT * FROM geteld
