-- Een rij is een debetregel die meer declareert dan de toewijzing toelaat: in haar maand (TR321), met wat er eerder binnenkwam
-- over de hele toewijzing (TR322) of boven het budget (TR369). Een regel die volgens een andere regel al niet bij de toewijzing
-- hoort of dubbel is, of die al boven de maandgrens zit, telt voor het geheel niet mee: haar bedrag staat daar al op het
-- spel. Afgekeurde en gecrediteerde regels tellen ook niet mee. Uren die in minuten zijn gedeclareerd mogen één uur per regel meer
-- zijn, omdat uren worden afgerond (IV079).
-- Kolommen:
--   bericht_id: sleutel van het bestand
--   regel_nr: volgnummer in het bestand
--   regel: nummer van de regel in de standaard
--   verwacht: wat de regel verwacht
--   gevonden: wat er in de declaratieregel staat
WITH elders AS (
    SELECT bericht_id, regel_nr
    FROM tussen.controle_toewijzing
    WHERE regel NOT IN ('TR387', 'TR388')
    UNION
    SELECT bericht_id, regel_nr
    FROM tussen.controle_dubbel
),
regels AS (
    SELECT
        r.bericht_id, r.regel_nr, r.volume AS geleverd, r.eenheid = '83' AS in_euro,
        CASE WHEN g.eenheid = '04' AND r.eenheid = '01' THEN 60 ELSE 1 END AS deel,
        CASE g.manier
            WHEN 'dag' THEN g.volume * (date_diff('day', r.periode_begin, r.periode_eind) + 1)
            WHEN 'huishouden' THEN 6 * g.volume
            WHEN 'maand' THEN g.volume
            WHEN 'week' THEN g.volume * (
                date_diff('day', date_trunc('week', r.periode_begin), date_trunc('week', r.periode_eind)) / 7 + 1
            )
            WHEN 'zondag' THEN g.volume * (
                date_diff(
                    'day', date_trunc('week', r.periode_begin), date_trunc('week', r.periode_eind + INTERVAL 1 DAY)
                ) / 7
                + CASE
                    WHEN g.extra_zondag < g.ingangsdatum THEN 1
                    WHEN g.extra_zondag >= r.periode_begin AND g.extra_zondag <= r.periode_eind THEN 1
                    ELSE 0
                END
            )
        END AS grens
    FROM kern.declaratieregel r
    JOIN tussen.controle_grens g
        ON g.gemeentecode = r.gemeentecode AND g.wet = r.wet AND g.toewijzing_sleutel = r.toewijzing_sleutel
    WHERE r.debet_credit = 'D' AND g.manier <> 'geheel'
),
te_veel AS (
    SELECT r.bericht_id, r.regel_nr, r.geleverd, r.in_euro, r.grens * r.deel AS grens
    FROM regels r
    LEFT JOIN elders e ON e.bericht_id = r.bericht_id AND e.regel_nr = r.regel_nr
    WHERE r.geleverd > r.grens * r.deel + CASE WHEN r.deel = 60 THEN 60 ELSE 0 END AND e.bericht_id IS NULL
),
per_eenheid AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, eenheid, sum(volume) AS volume, sum(bedrag_cent) AS bedrag_cent
    FROM kern.declaratieregel
    WHERE debet_credit = 'D'
    GROUP BY gemeentecode, wet, toewijzing_sleutel, eenheid
),
misschien AS (
    SELECT p.gemeentecode, p.wet, p.toewijzing_sleutel, g.totaal, g.is_budget, g.eenheid AS t_eenheid
    FROM per_eenheid p
    JOIN tussen.controle_grens g
        ON g.gemeentecode = p.gemeentecode AND g.wet = p.wet AND g.toewijzing_sleutel = p.toewijzing_sleutel
    WHERE g.totaal IS NOT NULL
    GROUP BY p.gemeentecode, p.wet, p.toewijzing_sleutel, g.totaal, g.is_budget, g.eenheid
    HAVING sum(
        CASE
            WHEN g.is_budget THEN p.bedrag_cent * 60
            WHEN g.eenheid = '04' AND p.eenheid = '01' THEN p.volume
            ELSE p.volume * 60
        END
    ) > g.totaal * 60
),
gecrediteerd AS (
    SELECT gemeentecode, wet, aanbieder_agb, vorig_referentienummer, min(ontvangen_op) AS sinds
    FROM kern.declaratieregel
    WHERE debet_credit = 'C' AND status <> 'afgekeurd'
    GROUP BY gemeentecode, wet, aanbieder_agb, vorig_referentienummer
),
van_misschien AS (
    SELECT
        r.bericht_id, r.regel_nr, r.gemeentecode, r.wet, r.toewijzing_sleutel, r.aanbieder_agb, r.referentienummer,
        r.ontvangen_op, r.status, r.eenheid, m.totaal, m.is_budget, m.t_eenheid,
        CASE WHEN m.is_budget THEN r.bedrag_cent ELSE r.volume END AS geleverd
    FROM kern.declaratieregel r
    JOIN misschien m
        ON m.gemeentecode = r.gemeentecode AND m.wet = r.wet AND m.toewijzing_sleutel = r.toewijzing_sleutel
    WHERE r.debet_credit = 'D'
),
meetellend AS (
    SELECT
        v.*,
        CASE WHEN v.status = 'afgekeurd' THEN 0 ELSE 1 END AS telt,
        v.geleverd * CASE WHEN v.t_eenheid = '04' AND v.eenheid = '01' THEN 1 ELSE 60 END AS zestigsten,
        CASE WHEN v.t_eenheid = '04' AND v.eenheid = '01' THEN 60 ELSE 0 END AS speling
    FROM van_misschien v
    LEFT JOIN elders e ON e.bericht_id = v.bericht_id AND e.regel_nr = v.regel_nr
    LEFT JOIN te_veel x ON x.bericht_id = v.bericht_id AND x.regel_nr = v.regel_nr
    LEFT JOIN gecrediteerd c
        ON c.gemeentecode = v.gemeentecode AND c.wet = v.wet AND c.aanbieder_agb = v.aanbieder_agb
        AND c.vorig_referentienummer = v.referentienummer
    WHERE e.bericht_id IS NULL AND x.bericht_id IS NULL AND c.sinds IS NULL
),
opgeteld AS (
    SELECT
        bericht_id, regel_nr, totaal, is_budget OR t_eenheid = '83' AS in_euro, is_budget,
        sum(telt * zestigsten) OVER (
            PARTITION BY gemeentecode, wet, toewijzing_sleutel ORDER BY ontvangen_op, bericht_id, regel_nr
        ) + (1 - telt) * zestigsten AS som,
        sum(telt * speling) OVER (
            PARTITION BY gemeentecode, wet, toewijzing_sleutel ORDER BY ontvangen_op, bericht_id, regel_nr
        ) + (1 - telt) * speling AS som_speling
    FROM meetellend
),
bevindingen AS (
    SELECT
        bericht_id, regel_nr, 'TR321' AS regel,
        'ten hoogste ' || peil.omvang_tekst(grens, in_euro) AS verwacht,
        peil.omvang_tekst(geleverd, in_euro) AS gevonden
    FROM te_veel
    UNION ALL
    SELECT
        bericht_id, regel_nr, CASE WHEN is_budget THEN 'TR369' ELSE 'TR322' END,
        'ten hoogste ' || peil.omvang_tekst(totaal, in_euro) || ' over de hele toewijzing',
        peil.omvang_tekst(som / 60, in_euro) || ' tot nu toe'
    FROM opgeteld
    WHERE som > totaal * 60 + som_speling
)
SELECT * FROM bevindingen
