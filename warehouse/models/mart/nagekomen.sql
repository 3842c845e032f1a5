-- Een rij is een levermaand van een productgroep (of van een grote aanbieder daarin) met wat er is gedeclareerd en wat er
-- naar schatting nog komt. De schatting volgt uit hoe eerdere maanden binnenkwamen: kettingladder (naar verhouding van wat
-- er al is) of Bornhuetter-Ferguson (naar wat er is toegewezen). Per leeftijd telt de methode die in de terugblik het minst
-- mis zat. Een lopende maand van kennis telt mee in wat is gedeclareerd, niet in het patroon.
-- Volgorde: wet, productgroep, levermaand
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   productgroep: productgroep
--   aanbieder_agb: AGB-code van een grote aanbieder; leeg voor alle aanbieders samen
--   levermaand: eerste dag van de maand van levering
--   leeftijd_maanden: hele maanden van levermaand tot de laatste volle maand op bekend_op [maanden]
--   gerapporteerd_cent: realisatie zoals nu bekend [cent]
--   ultimate_cent: schatting van wat de maand uiteindelijk kost [cent]
--   nagekomen_cent: wat naar schatting nog komt, ultimate min gerapporteerd; negatief als er meer wordt teruggenomen [cent]
--   standaardfout_cent: standaardfout van de schatting volgens Mack; leeg als er geen patroon te zien is [cent]
--   fractie: deel dat al is gedeclareerd, gerapporteerd gedeeld door ultimate; leeg als ultimate nul is [fractie]
--   methode: kettingladder, Bornhuetter-Ferguson of bekend (oud genoeg om volledig te zijn)
WITH rijen AS (
    SELECT
        gemeentecode, wet, productgroep, aanbieder_agb, levermaand, leeftijd_maanden, gerapporteerd_cent, ultimate_cent,
        ultimate_cent - gerapporteerd_cent AS nagekomen_cent,
        standaardfout_cent,
        CASE
            -- nothing reported of an ultimate below zero would be minus zero, which not every engine keeps
            WHEN ultimate_cent <> 0 AND gerapporteerd_cent = 0 THEN CAST(0 AS DOUBLE)
            WHEN ultimate_cent <> 0 THEN CAST(gerapporteerd_cent AS DOUBLE) / ultimate_cent
        END AS fractie,
        methode
    FROM tussen.nagekomen
    WHERE leeftijd_maanden >= 1
)
SELECT * FROM rijen
