-- De wijkteams en verwijzers samen hebben alle meldingen; er zijn nooit meer besluiten dan meldingen of meer toekenningen dan
-- besluiten, en een deel binnen de termijn ligt tussen 0 en 1.
WITH totaal AS (
    SELECT kwartaal, gemeentecode, wet, meldingen
    FROM mart.toegang
    WHERE wijkteam IS NULL AND verwijzer IS NULL
),
cellen AS (
    SELECT kwartaal, gemeentecode, wet, sum(meldingen) AS meldingen
    FROM mart.toegang
    WHERE wijkteam IS NOT NULL AND verwijzer IS NOT NULL
    GROUP BY kwartaal, gemeentecode, wet
),
fout AS (
    SELECT t.kwartaal, t.wet, CAST('telt niet op' AS VARCHAR) AS wat
    FROM totaal t
    LEFT JOIN cellen c ON c.kwartaal = t.kwartaal AND c.gemeentecode = t.gemeentecode AND c.wet = t.wet
    WHERE c.meldingen IS NULL OR c.meldingen <> t.meldingen
    UNION ALL
    SELECT kwartaal, wet, 'onmogelijk aantal of deel'
    FROM mart.toegang
    WHERE besluiten > meldingen OR toegekend > besluiten OR gestart > toewijzingen
        OR onderzoek_binnen_termijn < 0 OR onderzoek_binnen_termijn > 1
        OR besluit_binnen_termijn < 0 OR besluit_binnen_termijn > 1
)
SELECT * FROM fout
