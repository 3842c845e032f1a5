-- Een rij is een periode waarin een aanbieder zorg aan een cliënt levert: van start (305) tot stop (307), en waar die
-- ontbreken de toewijzing, ingekort tot wat is geleverd (van voor de eerste levermaand is dat niet te weten). Een levering loopt nooit door na het einde van haar toewijzing.
-- Zonder regiebericht eindigt een levering ook waar langer dan de langste onderbreking niets is geleverd, en begint met wat er
-- daarna is geleverd een nieuwe: nu net zo goed als vroeger, want anders verdween een einde later weer. Hoelang het stil is,
-- telt tot het eind van de laatste volledige levermaand; van later is nog niet gedeclareerd.
-- Een verwijderd regiebericht (statusaanlevering 3) is er nooit geweest; een tijdelijke stop (20) beëindigt de levering.
-- Volgorde: begindatum, wet, client_id
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   aanbieder_agb: AGB-code van de aanbieder
--   client_id: pseudoniem van de cliënt
--   toewijzing_sleutel: sleutel van de toewijzing, leeg als die er niet is (taakgericht)
--   productcategorie: code van de productcategorie
--   productcode: code van het product
--   begindatum: eerste dag
--   einddatum: dag na de laatste dag, leeg als open
--   reden_beeindiging: code van de reden van beëindiging; de betekenis hangt van de wet af
--   bron: 'regiebericht' of 'toewijzing'
WITH starts_gesteld AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, begindatum,
        CASE WHEN coalesce(status_aanlevering, '1') = '3' THEN 1 ELSE 0 END AS weg,
        ontvangen_op,
        max(ontvangen_op) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode,
                begindatum
        ) AS laatst
    FROM lake.start
),
starts AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, begindatum,
        coalesce(toewijzing_sleutel, coalesce(productcategorie, '') || '|' || coalesce(productcode, '')) AS sleutel
    FROM starts_gesteld
    GROUP BY gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, begindatum
    HAVING sum(CASE WHEN weg = 0 AND ontvangen_op = laatst THEN 1 ELSE 0 END) > 0
        AND (
            sum(CASE WHEN weg = 1 AND ontvangen_op = laatst THEN 1 ELSE 0 END) = 0
            OR sum(CASE WHEN weg = 0 AND ontvangen_op < laatst THEN 1 ELSE 0 END) > 0
        )
),
stops_gesteld AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, begindatum,
        einddatum, reden_beeindiging,
        CASE WHEN coalesce(status_aanlevering, '1') = '3' THEN 1 ELSE 0 END AS weg,
        ontvangen_op,
        max(ontvangen_op) OVER (
            PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode,
                begindatum, einddatum, reden_beeindiging
        ) AS laatst
    FROM lake.stop
),
stops AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, begindatum,
        einddatum, reden_beeindiging,
        coalesce(toewijzing_sleutel, coalesce(productcategorie, '') || '|' || coalesce(productcode, '')) AS sleutel
    FROM stops_gesteld
    WHERE einddatum IS NOT NULL
    GROUP BY
        gemeentecode, wet, aanbieder_agb, client_id, toewijzing_sleutel, productcategorie, productcode, begindatum,
        einddatum, reden_beeindiging
    HAVING sum(CASE WHEN weg = 0 AND ontvangen_op = laatst THEN 1 ELSE 0 END) > 0
        AND (
            sum(CASE WHEN weg = 1 AND ontvangen_op = laatst THEN 1 ELSE 0 END) = 0
            OR sum(CASE WHEN weg = 0 AND ontvangen_op < laatst THEN 1 ELSE 0 END) > 0
        )
),
stops_gekoppeld AS (
    SELECT
        e.gemeentecode, e.wet, e.aanbieder_agb, e.client_id, e.sleutel, e.toewijzing_sleutel, e.productcategorie,
        e.productcode, e.einddatum, e.reden_beeindiging,
        coalesce(
            max(CASE WHEN s.begindatum = e.begindatum THEN s.begindatum END),
            max(s.begindatum),
            e.begindatum,
            e.einddatum
        ) AS begindatum
    FROM stops e
    LEFT JOIN starts s
        ON s.gemeentecode = e.gemeentecode AND s.wet = e.wet AND s.aanbieder_agb = e.aanbieder_agb
        AND s.client_id = e.client_id AND s.sleutel = e.sleutel AND s.begindatum <= e.einddatum
    GROUP BY
        e.gemeentecode, e.wet, e.aanbieder_agb, e.client_id, e.sleutel, e.toewijzing_sleutel, e.productcategorie,
        e.productcode, e.begindatum, e.einddatum, e.reden_beeindiging
),
stop_per_begin AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, reden_beeindiging,
        min(einddatum) OVER (PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum) AS einddatum
    FROM stops_gekoppeld
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum
        ORDER BY stops_gekoppeld.einddatum DESC, reden_beeindiging
    ) = 1
),
beginnen_ruw AS (
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, toewijzing_sleutel, productcategorie,
        productcode, 1 AS voorrang
    FROM starts
    UNION ALL
    SELECT
        gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum, toewijzing_sleutel, productcategorie,
        productcode, 2
    FROM stops_gekoppeld
),
beginnen AS (
    SELECT *
    FROM beginnen_ruw
    QUALIFY row_number() OVER (
        PARTITION BY gemeentecode, wet, aanbieder_agb, client_id, sleutel, begindatum
        ORDER BY voorrang, productcategorie, productcode
    ) = 1
),
regie AS (
    SELECT
        b.*, e.einddatum, e.reden_beeindiging,
        lead(b.begindatum) OVER (
            PARTITION BY b.gemeentecode, b.wet, b.aanbieder_agb, b.client_id, b.sleutel ORDER BY b.begindatum
        ) AS volgende
    FROM beginnen b
    LEFT JOIN stop_per_begin e
        ON e.gemeentecode = b.gemeentecode AND e.wet = b.wet AND e.aanbieder_agb = b.aanbieder_agb
        AND e.client_id = b.client_id AND e.sleutel = b.sleutel AND e.begindatum = b.begindatum
),
reden_van_wijziging AS (
    SELECT
        *,
        CASE
            WHEN reden_wijziging = '02' THEN '02'
            WHEN reden_wijziging IN ('03', '05', '08', '10', '11') THEN '36'
            WHEN reden_wijziging = '06' THEN '39'
            WHEN reden_wijziging = '07' AND wet = 'Wmo' THEN '31'
            WHEN reden_wijziging = '07' THEN '35'
            WHEN reden_wijziging = '09' THEN '38'
            WHEN reden_wijziging = '12' THEN '37'
        END AS reden
    FROM tussen.toewijzing
    WHERE peil = 'nu'
),
volgens_regie AS (
    SELECT
        r.gemeentecode, r.wet, r.aanbieder_agb, r.client_id, r.toewijzing_sleutel,
        coalesce(r.productcategorie, t.productcategorie) AS productcategorie,
        coalesce(r.productcode, t.productcode) AS productcode,
        r.begindatum,
        least(CAST(r.einddatum + INTERVAL 1 DAY AS DATE), r.volgende, t.einde) AS einddatum,
        coalesce(r.reden_beeindiging, t.reden) AS reden_beeindiging,
        'regiebericht' AS bron
    FROM regie r
    LEFT JOIN reden_van_wijziging t
        ON t.gemeentecode = r.gemeentecode AND t.wet = r.wet AND t.toewijzing_sleutel = r.toewijzing_sleutel
    WHERE NOT coalesce(t.verwijderd, false)
),
zonder_regie AS (
    SELECT t.*
    FROM reden_van_wijziging t
    WHERE NOT t.verwijderd
        AND NOT EXISTS (
            SELECT 1
            FROM beginnen n
            WHERE n.gemeentecode = t.gemeentecode AND n.wet = t.wet AND n.toewijzing_sleutel = t.toewijzing_sleutel
        )
),
geleverd AS (
    SELECT r.gemeentecode, r.wet, r.toewijzing_sleutel, r.periode_begin, max(r.periode_eind) AS periode_eind
    FROM kern.declaratieregel r
    JOIN zonder_regie t
        ON t.gemeentecode = r.gemeentecode AND t.wet = r.wet AND t.toewijzing_sleutel = r.toewijzing_sleutel
    WHERE r.status <> 'afgekeurd' AND r.debet_credit = 'D'
    GROUP BY r.gemeentecode, r.wet, r.toewijzing_sleutel, r.periode_begin
),
geleverd_tot_dan AS (
    SELECT
        *,
        max(periode_eind) OVER (
            PARTITION BY gemeentecode, wet, toewijzing_sleutel
            ORDER BY periode_begin ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tot_dan
    FROM geleverd
),
na_stilte AS (
    SELECT
        g.*,
        sum(
            CASE WHEN g.tot_dan IS NULL OR date_diff('day', g.tot_dan, g.periode_begin) - 1 <= i.onderbreking_dagen THEN 0 ELSE 1 END
        ) OVER (
            PARTITION BY g.gemeentecode, g.wet, g.toewijzing_sleutel
            ORDER BY g.periode_begin ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS deel_nr
    FROM geleverd_tot_dan g
    JOIN peil.instelling i ON true
),
geleverd_deel AS (
    SELECT
        gemeentecode, wet, toewijzing_sleutel, deel_nr, min(periode_begin) AS eerste_dag, max(periode_eind) AS laatste_dag,
        lead(deel_nr) OVER (PARTITION BY gemeentecode, wet, toewijzing_sleutel ORDER BY deel_nr) AS volgend_deel
    FROM na_stilte
    GROUP BY gemeentecode, wet, toewijzing_sleutel, deel_nr
),
volgens_toewijzing AS (
    SELECT
        t.gemeentecode, t.wet, t.aanbieder_agb, t.client_id, t.toewijzing_sleutel, t.productcategorie, t.productcode,
        CASE
            WHEN coalesce(g.deel_nr, 0) = 0 AND t.ingangsdatum < b.eerste_levermaand
                AND date_diff('day', b.eerste_levermaand, g.eerste_dag) <= i.onderbreking_dagen THEN t.ingangsdatum
            ELSE greatest(t.ingangsdatum, coalesce(g.eerste_dag, t.ingangsdatum))
        END AS begindatum,
        CASE
            WHEN g.volgend_deel IS NOT NULL OR date_diff('day', g.laatste_dag, p.geleverd_tot) - 1 > i.onderbreking_dagen
                THEN least(t.einde, CAST(g.laatste_dag + INTERVAL 1 DAY AS DATE))
            ELSE t.einde
        END AS einddatum,
        CASE WHEN g.volgend_deel IS NULL THEN t.reden END AS reden_beeindiging,
        'toewijzing' AS bron
    FROM zonder_regie t
    JOIN peil.bekend p ON true
    JOIN peil.instelling i ON true
    JOIN tussen.bereik b ON true
    LEFT JOIN geleverd_deel g
        ON g.gemeentecode = t.gemeentecode AND g.wet = t.wet AND g.toewijzing_sleutel = t.toewijzing_sleutel
    WHERE g.eerste_dag IS NOT NULL OR date_diff('day', t.ingangsdatum, p.geleverd_tot) <= i.onderbreking_dagen
),
samen AS (
    SELECT * FROM volgens_regie
    UNION ALL
    SELECT * FROM volgens_toewijzing
),
niet_leeg AS (
    SELECT *
    FROM samen
    WHERE einddatum IS NULL OR einddatum > begindatum
)
SELECT * FROM niet_leeg
