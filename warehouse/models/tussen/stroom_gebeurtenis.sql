-- Een rij is een periode in een cel met hoe zij begon en eindigde, nog zonder doorstroom.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: weergave
--   ouder: 'totaal' of de wet
--   client_id: pseudoniem van de cliënt
--   cel: naam van de cel
--   begin: eerste dag
--   tot: dag na de laatste dag; 9999-12-31 als open
--   bedrag_cent: bedrag voor de volgorde bij gelijke dagen [cent]
--   zwaarte_rang: rang van de zwaarte (alleen niveau zwaarte)
--   met_instroom: waar als de cel tegelijk met de zorgperiode begon
--   met_uitstroom: waar als de cel tegelijk met de zorgperiode eindigde
--   nieuw: waar als de cliënt nieuw is
--   reden: soort reden van beëindiging van de zorgperiode
WITH samen AS (
    SELECT
        i.gemeentecode, i.niveau, i.ouder, i.client_id, i.cel, i.begin, i.tot, i.bedrag_cent, i.zwaarte_rang,
        i.begin = z.begin AS met_instroom,
        i.tot = z.tot AND i.tot < DATE '9999-12-31' AS met_uitstroom,
        z.nieuw, z.reden
    FROM tussen.stroom_interval i
    JOIN tussen.zorgperiode z
        ON z.gemeentecode = i.gemeentecode AND z.ouder = i.ouder AND z.client_id = i.client_id
        AND i.begin >= z.begin AND i.begin < z.tot
)
SELECT * FROM samen
