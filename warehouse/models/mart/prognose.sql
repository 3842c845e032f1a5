-- Een rij is de prognose van het lopende jaar volgens een methode, voor alles samen, een wet, een hoofdproduct, een
-- productgroep of een product. Vier methoden staan naast elkaar: lineair (gedeclareerd in de volle maanden, doorgetrokken),
-- seizoen (vorig jaar maal de groei), verplichtingen (toegewezen maal uitnutting) en voorraad (lopende zorg, instroom en
-- uitstroom). P10 en P90 zijn een band van 80 %, getrokken uit de fouten van eerdere prognoses. Wat alleen in het grootboek
-- staat (vast, subsidie, pgb, overig) telt mee vanaf hoofdproduct en wordt gelijk over het jaar gespreid.
-- Volgorde: niveau, wet, hoofdproduct, productgroep, product, methode
-- Kolommen:
--   jaar: jaar waarover de prognose gaat
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet; 'totaal' voor beide samen
--   hoofdproduct: regel van de begroting; leeg voor een wet of het totaal
--   productgroep: productgroep; leeg voor een hogere laag
--   product: product; leeg voor een hogere laag
--   methode: lineair, seizoen, verplichtingen of voorraad
--   p10_cent: bedrag waar het jaar met 10 % kans onder blijft [cent]
--   p50_cent: bedrag waar het jaar met 50 % kans onder blijft, de prognose [cent]
--   p90_cent: bedrag waar het jaar met 90 % kans onder blijft [cent]
--   begroting_cent: begroting van het jaar, op wet en totaal met de taakstelling; leeg waar geen begroting is [cent]
--   kans_overschrijding: kans dat het jaar meer kost dan begroot; leeg waar geen begroting is [fractie]
--   gerealiseerd_cent: wat nu van het jaar bekend is [cent]
--   nagekomen_cent: wat van de volle levermaanden naar schatting nog wordt gedeclareerd [cent]
--   nog_te_leveren_cent: P50 min gerealiseerd min nagekomen: de maanden die nog komen [cent]
--   standaard: waar als dit de methode is die in de terugblik gemiddeld het minst mis zat
--   niveau: totaal, wet, hoofdproduct, productgroep of product
WITH rijen AS (
    SELECT
        jaar, gemeentecode, wet, hoofdproduct, productgroep, product, methode, p10_cent, p50_cent, p90_cent, begroting_cent,
        kans_overschrijding, gerealiseerd_cent, nagekomen_cent,
        p50_cent - gerealiseerd_cent - nagekomen_cent AS nog_te_leveren_cent,
        standaard, niveau
    FROM tussen.prognose
)
SELECT * FROM rijen
