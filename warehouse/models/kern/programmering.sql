-- Een rij is een regel van de jaarprogrammering: wat een gemeente in een jaar van een product verwacht, voor de hele gemeente
-- of voor een wijk of aanbieder.
-- Volgorde: jaar, wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb, vastgesteld_op
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte
--   wijkcode: wijk, leeg voor alle wijken samen
--   aanbieder_agb: AGB-code van de aanbieder, leeg voor alle aanbieders samen
--   klantcontacten: verwacht aantal klantcontacten
--   doorverwijzingen: verwacht aantal doorverwijzingen
--   instroom: verwacht aantal instromende cliënten
--   clienten: verwacht aantal cliënten
--   duur_weken: verwachte duur [weken]
--   intensiteit: verwachte eenheden per cliëntweek
--   uitnutting: verwachte uitnutting als fractie
--   tarief_cent: verwacht tarief per eenheid [cent]
--   volume: verwacht volume [eenheid]
--   eenheid: code van de eenheid
--   bedrag_cent: verwacht bedrag [cent]
--   vastgesteld_op: datum van vaststelling
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH uniek AS (
    SELECT
        gemeentecode, jaar, wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb, klantcontacten,
        doorverwijzingen, instroom, clienten, duur_weken, intensiteit, uitnutting, tarief_cent,
        volume, eenheid, bedrag_cent, vastgesteld_op, bron
    FROM lake.programmering
    QUALIFY row_number() OVER (
        PARTITION BY
            gemeentecode, jaar, wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb, vastgesteld_op
        ORDER BY ontvangen_op DESC NULLS LAST, bericht_id DESC, regel_nr DESC
    ) = 1
)
SELECT * FROM uniek
