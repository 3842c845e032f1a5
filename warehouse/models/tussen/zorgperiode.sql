-- Een rij is een zorgperiode (spell) van een cliënt, binnen een wet of over de wetten.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   ouder: 'totaal' of de wet
--   client_id: pseudoniem van de cliënt
--   begin: eerste dag
--   tot: dag na de laatste dag; 9999-12-31 als open
--   nieuw: waar als er in de ingestelde jaren ervoor geen zorgperiode was
--   reden: soort reden van beëindiging van de levering die het laatst eindigde
WITH perioden AS (
    SELECT
        z.gemeentecode, z.ouder, z.client_id, z.begin, z.tot,
        lag(z.tot) OVER (PARTITION BY z.gemeentecode, z.ouder, z.client_id ORDER BY z.begin) AS vorige
    FROM tussen.stroom_interval z
    WHERE z.niveau IN ('totaal', 'wet')
),
einden AS (
    SELECT gemeentecode, ouder, client_id, tot, reden
    FROM (
        SELECT gemeentecode, 'totaal' AS ouder, client_id, tot, reden, bedrag_cent
        FROM tussen.levering_deel
        WHERE tot < DATE '9999-12-31'
        UNION ALL
        SELECT gemeentecode, wet, client_id, tot, reden, bedrag_cent
        FROM tussen.levering_deel
        WHERE tot < DATE '9999-12-31'
    ) alle
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, ouder, client_id, tot
        ORDER BY
            CASE reden
                WHEN 'overleden' THEN 1
                WHEN 'verhuisd' THEN 2
                WHEN 'ander domein' THEN 3
                WHEN 'volgens plan' THEN 4
                WHEN 'voortijdig' THEN 5
                ELSE 6
            END
    ) = 1
),
samen AS (
    SELECT
        p.gemeentecode, p.ouder, p.client_id, p.begin, p.tot,
        p.vorige IS NULL OR p.vorige <= CAST(p.begin - i.nieuw_jaren * INTERVAL 1 YEAR AS DATE) AS nieuw,
        coalesce(e.reden, 'overig') AS reden
    FROM perioden p
    JOIN peil.instelling i ON true
    LEFT JOIN einden e
        ON e.gemeentecode = p.gemeentecode AND e.ouder = p.ouder AND e.client_id = p.client_id AND e.tot = p.tot
)
SELECT * FROM samen
