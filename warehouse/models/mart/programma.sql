-- Een rij is een regel van de jaarprogrammering met per grootheid het doel en wat ervan is geworden, op precies haar cellen
-- geteld. Realisatie loopt tot en met de laatste volledige levermaand van het jaar; doelen gelden voor het hele jaar. Van
-- klantcontacten en doorverwijzingen is de realisatie per product niet bekend (ze worden per wijkteam geteld): die staat er
-- niet bij. Regels van verschillend niveau (stad, wijk, aanbieder) overlappen elkaar en worden niet opgeteld.
-- Volgorde: jaar, wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   jaar: jaar
--   maanden: aantal volledige levermaanden waarover is gerealiseerd
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep, leeg voor alle samen
--   product: product, leeg voor alle samen
--   zwaarte: zwaarte, leeg voor alle samen
--   wijkcode: wijk, leeg voor alle samen
--   aanbieder_agb: AGB-code van de aanbieder, leeg voor alle samen
--   eenheid: eenheid waarin de regel telt
--   doel_klantcontacten: verwacht aantal klantcontacten
--   doel_doorverwijzingen: verwacht aantal doorverwijzingen
--   doel_instroom: verwacht aantal instromende cliënten [personen]
--   instroom: cliënten die in deze cel instroomden, zonder doorstroom en bijkomend; leeg bij een wijk of aanbieder en bij
--     een regel boven de productgroep, waar de stroom niet op deze cel wordt geteld [personen]
--   doel_clienten: verwacht aantal cliënten in het jaar [personen]
--   clienten: cliënten met netto volume, op deze cel geteld [personen]
--   doel_duur_weken: verwachte duur, kan die van een heel traject zijn [weken]
--   duur_weken: weken zorg per cliënt binnen de gerealiseerde maanden [weken]
--   doel_intensiteit: verwachte toegewezen eenheden per week zorg [eenheid per week]
--   intensiteit: toegewezen eenheden per week zorg, leeg waar geen volume is toegewezen [eenheid per week]
--   doel_uitnutting: verwachte uitnutting als fractie
--   uitnutting: geleverd deel van het toegewezen volume als fractie, leeg waar geen volume is toegewezen
--   doel_prijs_cent: verwacht tarief per eenheid [cent]
--   prijs_cent: realisatie per geleverde eenheid, kan een deel van een cent zijn [cent]
--   doel_volume: verwacht volume [eenheid]
--   volume: geleverd volume in de eenheid van de regel [eenheid]
--   doel_cent: verwacht bedrag in het jaar [cent]
--   doel_tot_nu_cent: deel van het verwachte bedrag naar rato van de volledige levermaanden [cent]
--   realisatie_cent: realisatie [cent]
--   vastgesteld_op: datum van vaststelling
--   bron: 'document' voor een gepubliceerd cijfer, anders de herkomst
WITH naast_elkaar AS (
    SELECT
        d.gemeentecode, d.jaar, d.maanden, d.wet, d.hoofdproduct, d.productgroep, d.product, d.zwaarte, d.wijkcode,
        d.aanbieder_agb, d.eenheid,
        d.klantcontacten AS doel_klantcontacten, d.doorverwijzingen AS doel_doorverwijzingen,
        d.instroom AS doel_instroom, r.instroom,
        d.clienten AS doel_clienten, r.clienten,
        d.duur_weken AS doel_duur_weken, r.clientdagen / 7.0 / nullif(r.clienten, 0) AS duur_weken,
        d.intensiteit AS doel_intensiteit, r.toegewezen_volume / nullif(r.productdagen / 7.0, 0) AS intensiteit,
        d.uitnutting AS doel_uitnutting, r.volume / nullif(r.toegewezen_volume, 0) AS uitnutting,
        d.tarief_cent AS doel_prijs_cent,
        CASE WHEN r.volume > 0 THEN (r.realisatie_cent - r.overig_cent) / r.volume END AS prijs_cent,
        d.volume AS doel_volume, r.volume,
        d.bedrag_cent AS doel_cent, e.doel_tot_nu_cent, r.realisatie_cent, d.vastgesteld_op, d.bron
    FROM tussen.programma d
    JOIN tussen.programma_realisatie r ON r.programma_nr = d.programma_nr
    JOIN tussen.programma_effect e ON e.programma_nr = d.programma_nr
),
getypeerd AS (
    SELECT
        gemeentecode, jaar, maanden, wet, hoofdproduct, productgroep, product, zwaarte, wijkcode, aanbieder_agb, eenheid,
        doel_klantcontacten, doel_doorverwijzingen, doel_instroom, instroom, doel_clienten, clienten, doel_duur_weken,
        CAST(duur_weken AS DOUBLE) AS duur_weken, doel_intensiteit, CAST(intensiteit AS DOUBLE) AS intensiteit,
        doel_uitnutting, CAST(uitnutting AS DOUBLE) AS uitnutting, doel_prijs_cent, CAST(prijs_cent AS DOUBLE) AS prijs_cent,
        doel_volume, volume, doel_cent, doel_tot_nu_cent, realisatie_cent, vastgesteld_op, bron
    FROM naast_elkaar
)
SELECT * FROM getypeerd
