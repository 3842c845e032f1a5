-- Een rij is een maand met de huishoudens met zorg: stand op de 1e, stromen en stand op de 1e van de volgende maand, die
-- altijd sluiten: begin + instroom - uitstroom = eind. Een huishouden heeft zorg zolang een van de leden zorg heeft, met
-- onderbrekingen van ten hoogste het ingestelde aantal dagen. Leden horen bij elkaar op het laatst bekende woonadres; wie
-- geen woonadres heeft (instelling) telt als een eigen huishouden.
-- Volgorde: niveau, cel, maand
-- Kolommen:
--   maand: eerste dag van de maand
--   gemeentecode: CBS-code van de gemeente
--   niveau: totaal of wet
--   cel: totaal of de wet
--   begin: aantal huishoudens om 00:00 uur op de 1e van de maand
--   instroom: aantal huishoudens waar in de maand zorg begon
--   uitstroom: aantal huishoudens waar in de maand alle zorg eindigde
--   eind: aantal huishoudens om 00:00 uur op de 1e van de volgende maand
--   clienten_begin: aantal cliënten om 00:00 uur op de 1e van de maand
--   clienten_eind: aantal cliënten om 00:00 uur op de 1e van de volgende maand
--   voorlopig: waar als uitstroom nog kan blijken een onderbreking te zijn
WITH ingesteld AS (
    SELECT g.*
    FROM tussen.gat_stroom g
    JOIN peil.instelling i ON i.onderbreking_dagen = g.onderbreking_dagen
),
samen AS (
    SELECT
        h.maand, h.gemeentecode, h.niveau, h.cel, h.begin, h.instroom, h.uitstroom, h.eind,
        c.begin AS clienten_begin, c.eind AS clienten_eind, h.voorlopig
    FROM ingesteld h
    JOIN ingesteld c
        ON c.soort = 'client' AND c.maand = h.maand AND c.gemeentecode = h.gemeentecode AND c.niveau = h.niveau AND c.cel = h.cel
    WHERE h.soort = 'huishouden'
)
SELECT * FROM samen
