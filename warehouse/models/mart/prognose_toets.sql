-- Een rij is een prognose die aan het eind van een voorbije maand zou zijn gemaakt, met alleen wat toen bekend was, naast
-- wat het jaar werd. Alleen jaren waarvan december oud genoeg is om volledig te zijn (instelling rijp_maanden).
-- Volgorde: wet, jaar, peilmaand, methode
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet; 'totaal' voor beide samen
--   jaar: jaar waarover de prognose gaat
--   peilmaand: maand aan het eind waarvan de prognose is gemaakt, 1 tot en met 12
--   methode: lineair, seizoen, verplichtingen of voorraad
--   p10_cent: ondergrens van de band van 80 % [cent]
--   p50_cent: de prognose [cent]
--   p90_cent: bovengrens van de band van 80 % [cent]
--   werkelijk_cent: wat het jaar werd, zoals nu bekend [cent]
--   fout_fractie: prognose min werkelijk, als deel van werkelijk; leeg als er niets was [fractie]
--   binnen_band: waar als werkelijk tussen P10 en P90 ligt
--   achteraf: waar als de prognose met kennis achteraf is gemaakt: van dat jaar of het jaar ervoor is niet bekend wanneer
--     regels of toewijzingen bekend werden
WITH rijen AS (
    SELECT
        gemeentecode, wet, jaar, peilmaand, methode, p10_cent, p50_cent, p90_cent, werkelijk_cent,
        CASE WHEN werkelijk_cent <> 0 THEN CAST(p50_cent - werkelijk_cent AS DOUBLE) / werkelijk_cent END AS fout_fractie,
        werkelijk_cent >= p10_cent AND werkelijk_cent <= p90_cent AS binnen_band,
        achteraf
    FROM tussen.prognose_toets
)
SELECT * FROM rijen
