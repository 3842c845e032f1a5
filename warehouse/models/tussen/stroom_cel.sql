-- Een rij is een periode in een cel zoals zij telt: bij doorstroom blijft de cliënt in de oude cel tot de dag waarop de
-- nieuwe begint. In de stand op een dag zit wie ervoor begon en niet ervoor vertrok.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   niveau: weergave
--   ouder: 'totaal' of de wet
--   client_id: pseudoniem van de cliënt
--   cel: naam van de cel
--   dag_in: dag van binnenkomst
--   dag_uit: dag van vertrek: de laatste dag zorg, of bij doorstroom de eerste dag in de nieuwe cel; leeg als open
--   soort_in: instroom, bijkomend of doorstroom
--   soort_uit: uitstroom, afgevallen of doorstroom; leeg als open
--   nieuw: waar als de cliënt nieuw is
--   reden: soort reden van beëindiging van de zorgperiode
WITH samen AS (
    SELECT
        g.gemeentecode, g.niveau, g.ouder, g.client_id, g.cel,
        g.begin AS dag_in,
        CASE
            WHEN u.naar_begin IS NOT NULL THEN u.naar_begin
            WHEN g.tot < DATE '9999-12-31' THEN CAST(g.tot - INTERVAL 1 DAY AS DATE)
        END AS dag_uit,
        CASE WHEN g.met_instroom THEN 'instroom' WHEN n.van_cel IS NOT NULL THEN 'doorstroom' ELSE 'bijkomend' END AS soort_in,
        CASE
            WHEN u.naar_begin IS NOT NULL THEN 'doorstroom'
            WHEN g.tot = DATE '9999-12-31' THEN NULL
            WHEN g.met_uitstroom THEN 'uitstroom'
            ELSE 'afgevallen'
        END AS soort_uit,
        g.nieuw, g.reden
    FROM tussen.stroom_gebeurtenis g
    LEFT JOIN tussen.doorstroom_paar u
        ON u.gemeentecode = g.gemeentecode AND u.niveau = g.niveau AND u.ouder = g.ouder AND u.client_id = g.client_id
        AND u.van_cel = g.cel AND u.van_tot = g.tot
    LEFT JOIN tussen.doorstroom_paar n
        ON n.gemeentecode = g.gemeentecode AND n.niveau = g.niveau AND n.ouder = g.ouder AND n.client_id = g.client_id
        AND n.naar_cel = g.cel AND n.naar_begin = g.begin
)
SELECT * FROM samen
