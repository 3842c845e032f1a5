-- Een rij is een melding bij de toegang met haar stappen; stappen na bekend_op zijn leeg.
-- Volgorde: melding_op, melding_id
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   melding_id: nummer van de melding
--   wet: Wmo of Jeugdwet
--   client_id: pseudoniem van de cliënt
--   wijkteam: wijkteam dat de melding behandelt
--   verwijzer: soort verwijzer
--   melding_op: datum van melding
--   onderzoek_op: datum waarop het onderzoek klaar was
--   aanvraag_op: datum van aanvraag
--   besluit_op: datum van besluit
--   besluit: uitkomst
--   toewijzing_nummer: nummer van de toewijzing die volgde
WITH uniek AS (
    SELECT *
    FROM lake.melding
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, melding_id
        ORDER BY besluit_op DESC NULLS LAST, aanvraag_op DESC NULLS LAST, onderzoek_op DESC NULLS LAST, bericht_id DESC,
            regel_nr DESC
    ) = 1
),
bekend AS (
    SELECT
        u.gemeentecode, u.melding_id, u.wet, u.client_id, u.wijkteam, u.verwijzer, u.melding_op,
        CASE WHEN u.onderzoek_op < p.grens THEN u.onderzoek_op END AS onderzoek_op,
        CASE WHEN u.aanvraag_op < p.grens THEN u.aanvraag_op END AS aanvraag_op,
        CASE WHEN u.besluit_op < p.grens THEN u.besluit_op END AS besluit_op,
        CASE WHEN u.besluit_op < p.grens THEN u.besluit END AS besluit,
        CASE WHEN u.besluit_op < p.grens THEN u.toewijzing_nummer END AS toewijzing_nummer
    FROM uniek u
    JOIN peil.bekend p ON true
)
SELECT * FROM bekend
