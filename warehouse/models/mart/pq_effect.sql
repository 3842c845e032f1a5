-- Een rij is een product x zwaarte binnen een wet x productgroep x wijk (of aanbieder) in een vergelijking van twee perioden:
-- hoeveel de realisatie veranderde en door welke factor. De acht effecten, de geleverde intensiteit en overig tellen in
-- elke rij op tot het verschil, tot op de cent; effecten worden opgeteld en nooit op een hoger niveau opnieuw berekend.
-- Methode: Shapley (gemiddelde over alle volgordes waarin de factoren kunnen veranderen). Alleen perioden die even rijp
-- zijn worden vergeleken; op geschat eindbedrag zijn de maanden eerst opgehoogd met wat naar schatting nog wordt gedeclareerd
-- (mart.nagekomen), bij gelijke aantallen cliënten. De weergaven wijk en aanbieder zijn twee rekeningen van hetzelfde verschil: kies er één.
-- Volgorde: weergave, vergelijking, rijpheid, van_1, wet, hoofdproduct, productgroep, wijkcode, aanbieder_agb, product, zwaarte, eenheid
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   vergelijking: 'jaar' (heel jaar met het jaar ervoor), 'jaar tot nu' of 'twaalf maanden'
--   rijpheid: waarom de perioden vergelijkbaar zijn: 'beide jaren volledig', 'even jong: vorig jaar zoals toen bekend' of
--     'op geschat eindbedrag'
--   weergave: 'wijk' of 'aanbieder'
--   peil_0: stand van kennis van periode 0, 'nu' of 'toen' (twaalf maanden voor bekend_op); periode 1 is altijd van nu
--   van_0: eerste levermaand van periode 0
--   tot_0: eerste levermaand na periode 0
--   van_1: eerste levermaand van periode 1
--   tot_1: eerste levermaand na periode 1
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   wijkcode: wijk van de cliënt, leeg in de weergave aanbieder
--   aanbieder_agb: AGB-code van de aanbieder, leeg in de weergave wijk
--   product: product
--   zwaarte: zwaarte van het product
--   eenheid: eenheid van het product
--   clienten_0: cliënten in de productgroep x wijk (of aanbieder) in periode 0; nooit optellen [personen]
--   clienten_1: dezelfde in periode 1 [personen]
--   product_clienten_0: cliënten met dit product in periode 0; nooit optellen [personen]
--   product_clienten_1: dezelfde in periode 1 [personen]
--   realisatie_0_cent: realisatie in periode 0, zo nodig opgehoogd tot het geschatte eindbedrag [cent]
--   realisatie_1_cent: realisatie in periode 1, idem [cent]
--   verschil_cent: realisatie_1_cent min realisatie_0_cent [cent]
--   effect_clienten_cent: door meer of minder cliënten [cent]
--   effect_duur_cent: door meer of minder weken zorg per cliënt binnen de periode [cent]
--   effect_stapeling_cent: door meer of minder producten tegelijk per cliënt [cent]
--   effect_mix_cent: door een ander aandeel van dit product en deze zwaarte in de productgroep [cent]
--   effect_toegewezen_intensiteit_cent: door meer of minder toegewezen eenheden per week zorg [cent]
--   effect_uitnutting_cent: door een groter of kleiner deel van het toegewezene dat is geleverd [cent]
--   effect_geleverde_intensiteit_cent: door meer of minder geleverde eenheden per week, waar geen volume is toegewezen [cent]
--   effect_tariefindex_cent: door andere contracttarieven voor dezelfde producten van dezelfde aanbieders [cent]
--   effect_prijs_cent: door een andere prijs per eenheid dan uit de contracttarieven volgt [cent]
--   effect_overig_cent: correcties zonder volume: bedragen van wie in die maand geen netto volume heeft [cent]
--   effect_mix_gecentreerd_cent: mixeffect tegen het gemiddelde van de productgroep: een groter aandeel van een product
--     dat goedkoper is dan gemiddeld is een besparing; per productgroep x wijk (of aanbieder) samen gelijk aan
--     effect_mix_cent en een andere verdeling daarvan, dus niet erbij optellen [cent]
--   clientdagen_0: dagen met zorg van clienten_0, per cliënt en maand de som over de producten en nooit meer dan de maand lang is;
--     staat in elke rij van de productgroep x wijk (of aanbieder) en wordt daarbinnen niet opgeteld; duur = clientdagen / 7 / cliënten [dagen]
--   productdagen_0: dagen met zorg in dit product, opgeteld over cliënten; stapeling = som productdagen / clientdagen, mix = het deel
--     van dit product daarin [dagen]
--   toegewezen_volume_0: verwacht volume volgens specifieke toewijzingen; toegewezen intensiteit = dit / (productdagen / 7) [eenheid]
--   volume_0: geleverd volume; uitnutting = volume / toegewezen_volume [eenheid]
--   bedrag_0_cent: realisatie van periode 0 zonder overig; prijs = dit / volume [cent]
--   clientdagen_1: als clientdagen_0, in periode 1 [dagen]
--   productdagen_1: als productdagen_0, in periode 1 [dagen]
--   toegewezen_volume_1: als toegewezen_volume_0, in periode 1 [eenheid]
--   volume_1: als volume_0, in periode 1 [eenheid]
--   bedrag_1_cent: als bedrag_0_cent, in periode 1 [cent]
--   tariefindex: contracttarieven van periode 1 gedeeld door die van periode 0, gewogen met de realisatie van periode 0 [verhouding]
WITH effecten AS (
    SELECT
        gemeentecode, vergelijking, rijpheid, weergave, peil_0, van_0, tot_0, van_1, tot_1, wet, hoofdproduct, productgroep,
        wijkcode, aanbieder_agb, product, zwaarte, eenheid, clienten_0, clienten_1, product_clienten_0, product_clienten_1,
        realisatie_0_cent, realisatie_1_cent, verschil_cent, effect_clienten_cent, effect_duur_cent, effect_stapeling_cent,
        effect_mix_cent, effect_toegewezen_intensiteit_cent, effect_uitnutting_cent, effect_geleverde_intensiteit_cent,
        effect_tariefindex_cent, effect_prijs_cent, effect_overig_cent, effect_mix_gecentreerd_cent, clientdagen_0, productdagen_0,
        CAST(toegewezen_volume_0 AS DECIMAL(18, 4)) AS toegewezen_volume_0, CAST(volume_0 AS DECIMAL(18, 4)) AS volume_0,
        bedrag_0_cent, clientdagen_1, productdagen_1, CAST(toegewezen_volume_1 AS DECIMAL(18, 4)) AS toegewezen_volume_1,
        CAST(volume_1 AS DECIMAL(18, 4)) AS volume_1, bedrag_1_cent, tariefindex
    FROM tussen.pq_effect
)
SELECT * FROM effecten
