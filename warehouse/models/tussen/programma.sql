-- Een rij is een regel van de jaarprogrammering in haar laatst vastgestelde versie, met een nummer en het aantal volledige
-- levermaanden van haar jaar.
-- Kolommen:
--   programma_nr: volgnummer binnen deze bouw
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar
--   begin: eerste levermaand van het jaar
--   tot: eerste levermaand na de volledige levermaanden van het jaar
--   maanden: aantal volledige levermaanden, 0 voor een jaar dat nog moet komen
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep, leeg voor alle samen
--   product: product, leeg voor alle samen
--   zwaarte: zwaarte, leeg voor alle samen
--   wijkcode: wijk, leeg voor alle samen
--   aanbieder_agb: AGB-code van de aanbieder, leeg voor alle samen
--   klantcontacten: verwacht aantal klantcontacten
--   doorverwijzingen: verwacht aantal doorverwijzingen
--   instroom: verwacht aantal instromende cliënten
--   clienten: verwacht aantal cliënten
--   duur_weken: verwachte duur [weken]
--   intensiteit: verwachte toegewezen eenheden per week zorg
--   uitnutting: verwachte uitnutting als fractie
--   tarief_cent: verwacht tarief per eenheid [cent]
--   volume: verwacht volume; bij eenheid 83 (euro) het bedrag zelf in euro's [eenheid]
--   eenheid: code van de eenheid
--   bedrag_cent: verwacht bedrag [cent]
--   vastgesteld_op: datum van vaststelling
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH laatste_versie AS (
    SELECT *
    FROM kern.programmering
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, jaar, wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb
        ORDER BY vastgesteld_op DESC
    ) = 1
),
genummerd AS (
    SELECT
        row_number() OVER (
            ORDER BY v.gemeentecode, v.jaar, v.wet, v.hoofdproduct, v.productgroep, v.product, v.zwaarte, v.wijkcode,
                v.aanbieder_agb
        ) AS programma_nr,
        v.gemeentecode, v.jaar,
        make_date(CAST(v.jaar AS INTEGER), 1, 1) AS begin,
        greatest(
            make_date(CAST(v.jaar AS INTEGER), 1, 1),
            least(
                make_date(CAST(v.jaar AS INTEGER) + 1, 1, 1), CAST(k.laatste_levermaand + INTERVAL 1 MONTH AS DATE)
            )
        ) AS tot,
        v.wet, v.hoofdproduct, v.productgroep, v.product, v.zwaarte, v.wijkcode, v.aanbieder_agb, v.klantcontacten,
        v.doorverwijzingen, v.instroom, v.clienten, v.duur_weken, v.intensiteit, v.uitnutting,
        CASE WHEN v.eenheid = '83' THEN CAST(100 AS BIGINT) ELSE v.tarief_cent END AS tarief_cent,
        CASE WHEN v.eenheid = '83' THEN v.bedrag_cent / 100.0 ELSE v.volume END AS volume, v.eenheid, v.bedrag_cent, v.vastgesteld_op, v.bron
    FROM laatste_versie v
    JOIN peil.bekend k ON true
    JOIN tussen.bereik b ON v.jaar >= year(b.eerste_levermaand)
),
gemeten AS (
    SELECT
        programma_nr, gemeentecode, jaar, begin, tot,
        CASE WHEN year(tot) > jaar THEN CAST(12 AS BIGINT) ELSE CAST(month(tot) - 1 AS BIGINT) END AS maanden,
        wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb, klantcontacten, doorverwijzingen,
        instroom, clienten, duur_weken, intensiteit, uitnutting, tarief_cent, volume, eenheid, bedrag_cent, vastgesteld_op,
        bron
    FROM genummerd
)
SELECT * FROM gemeten
