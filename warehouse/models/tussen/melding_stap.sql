-- Een rij is een stap van een melding: hoeveel dagen hij duurde, of al duurt. Een stap begint als de vorige klaar is. Wie
-- vertrekt zonder de stap te doen (een besluit zonder onderzoek, een toewijzing die eindigt zonder zorg) telt tot die dag mee.
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   melding_id: nummer van de melding
--   wet: Wmo of Jeugdwet
--   wijkteam: wijkteam, 'onbekend' als dat ontbreekt
--   verwijzer: code van het soort verwijzer, 'onbekend' als dat ontbreekt
--   kwartaal: eerste dag van het kwartaal van de melding
--   stap: onderzoek, aanvraag, besluit, totaal (melding tot besluit) of wachttijd (eerste toewijzing tot start van de zorg)
--   dagen: kalenderdagen, nooit onder 0 [dagen]
--   klaar: waar als de stap is gedaan
WITH zorg AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, min(begindatum) AS start_op
    FROM kern.levering
    WHERE bron = 'regiebericht'
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
geleverd AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, min(periode_begin) AS eerste_dag
    FROM kern.declaratieregel
    WHERE status <> 'afgekeurd' AND debet_credit = 'D' AND toewijzing_sleutel IS NOT NULL
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
eerste_versie AS (
    SELECT gemeentecode, wet, toewijzing_sleutel, min(toegewezen_op) AS toegewezen_op
    FROM lake.toewijzing
    WHERE ontvangen_op < (SELECT grens FROM peil.bekend)
    GROUP BY gemeentecode, wet, toewijzing_sleutel
),
meldingen AS (
    SELECT
        m.gemeentecode, m.melding_id, m.wet, coalesce(m.wijkteam, 'onbekend') AS wijkteam,
        coalesce(m.verwijzer, 'onbekend') AS verwijzer, CAST(date_trunc('quarter', m.melding_op) AS DATE) AS kwartaal,
        m.melding_op, m.onderzoek_op, m.aanvraag_op, m.besluit_op, k.bekend_op,
        CAST(e.toegewezen_op AS DATE) AS toegewezen_op,
        CASE
            WHEN z.start_op IS NOT NULL THEN z.start_op
            WHEN g.eerste_dag IS NOT NULL THEN greatest(t.ingangsdatum, g.eerste_dag)
        END AS start_op,
        least(k.bekend_op, coalesce(t.einddatum, k.bekend_op)) AS wacht_tot
    FROM kern.melding m
    JOIN peil.bekend k ON m.melding_op < k.grens
    LEFT JOIN kern.toewijzing t
        ON t.gemeentecode = m.gemeentecode AND t.wet = m.wet AND t.toewijzing_sleutel = CAST(m.toewijzing_nummer AS VARCHAR)
    LEFT JOIN eerste_versie e
        ON e.gemeentecode = t.gemeentecode AND e.wet = t.wet AND e.toewijzing_sleutel = t.toewijzing_sleutel
    LEFT JOIN zorg z
        ON z.gemeentecode = t.gemeentecode AND z.wet = t.wet AND z.toewijzing_sleutel = t.toewijzing_sleutel
    LEFT JOIN geleverd g
        ON g.gemeentecode = t.gemeentecode AND g.wet = t.wet AND g.toewijzing_sleutel = t.toewijzing_sleutel
),
stappen AS (
    SELECT
        gemeentecode, melding_id, wet, wijkteam, verwijzer, kwartaal, 'onderzoek' AS stap, melding_op AS van,
        onderzoek_op AS tot, coalesce(besluit_op, bekend_op) AS uiterlijk
    FROM meldingen
    UNION ALL
    SELECT
        gemeentecode, melding_id, wet, wijkteam, verwijzer, kwartaal, 'aanvraag', onderzoek_op, aanvraag_op,
        coalesce(besluit_op, bekend_op)
    FROM meldingen
    UNION ALL
    SELECT gemeentecode, melding_id, wet, wijkteam, verwijzer, kwartaal, 'besluit', aanvraag_op, besluit_op, bekend_op
    FROM meldingen
    UNION ALL
    SELECT gemeentecode, melding_id, wet, wijkteam, verwijzer, kwartaal, 'totaal', melding_op, besluit_op, bekend_op
    FROM meldingen
    UNION ALL
    SELECT
        gemeentecode, melding_id, wet, wijkteam, verwijzer, kwartaal, 'wachttijd', toegewezen_op,
        CASE WHEN start_op <= bekend_op THEN start_op END, wacht_tot
    FROM meldingen
),
geteld AS (
    SELECT
        gemeentecode, melding_id, wet, wijkteam, verwijzer, kwartaal, stap,
        greatest(0, date_diff('day', van, coalesce(tot, uiterlijk))) AS dagen,
        tot IS NOT NULL AS klaar
    FROM stappen
    WHERE van IS NOT NULL
)
SELECT * FROM geteld
