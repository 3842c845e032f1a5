-- Wat in het lake telt staat in kern: regels en centen verschillen alleen door regels die in een tweede bericht met dezelfde
-- identiteit staan, of in een extract terwijl een bericht of ander extract ze ook vertelt.
WITH verschil AS (
    SELECT gemeentecode, wet, jaar, grootheid, links, rechts, verschil, verklaard
    FROM mart.aansluiting
    WHERE stap = 'lake naar kern' AND verschil <> verklaard
)
SELECT * FROM verschil
