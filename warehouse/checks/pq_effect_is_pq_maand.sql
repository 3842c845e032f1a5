-- De realisatie van beide perioden in mart.pq_effect is per productgroep x wijk (of aanbieder) gelijk aan de som van
-- mart.pq_maand (periode 0 zo nodig van mart.pq_maand_toen) over dezelfde maanden, en geen cel ontbreekt.
WITH perioden AS (
    SELECT DISTINCT gemeentecode, weergave, vergelijking, rijpheid, peil_0, van_0, tot_0, van_1, tot_1
    FROM mart.pq_effect
    WHERE rijpheid <> 'op geschat eindbedrag'
),
maanden AS (
    SELECT 'nu' AS peil, levermaand, gemeentecode, wet, hoofdproduct, productgroep, wijkcode, aanbieder_agb, realisatie_cent
    FROM mart.pq_maand
    UNION ALL
    SELECT 'toen', levermaand, gemeentecode, wet, hoofdproduct, productgroep, wijkcode, aanbieder_agb, realisatie_cent
    FROM mart.pq_maand_toen
),
per_cel AS (
    SELECT peil, levermaand, gemeentecode, 'wijk' AS weergave, wet, hoofdproduct, productgroep,
        coalesce(wijkcode, 'onbekend') AS cel, sum(realisatie_cent) AS cent
    FROM maanden
    GROUP BY peil, levermaand, gemeentecode, wet, hoofdproduct, productgroep, coalesce(wijkcode, 'onbekend')
    UNION ALL
    SELECT peil, levermaand, gemeentecode, 'aanbieder', wet, hoofdproduct, productgroep,
        coalesce(aanbieder_agb, 'onbekend'), sum(realisatie_cent)
    FROM maanden
    GROUP BY peil, levermaand, gemeentecode, wet, hoofdproduct, productgroep, coalesce(aanbieder_agb, 'onbekend')
),
verwacht AS (
    SELECT
        p.gemeentecode, p.weergave, p.vergelijking, p.rijpheid, p.van_1, c.wet, c.hoofdproduct, c.productgroep, c.cel,
        sum(CASE WHEN c.peil = p.peil_0 AND c.levermaand >= p.van_0 AND c.levermaand < p.tot_0 THEN c.cent ELSE 0 END)
            AS cent_0,
        sum(CASE WHEN c.peil = 'nu' AND c.levermaand >= p.van_1 AND c.levermaand < p.tot_1 THEN c.cent ELSE 0 END) AS cent_1
    FROM perioden p
    JOIN per_cel c ON c.gemeentecode = p.gemeentecode AND c.weergave = p.weergave
        AND c.levermaand >= p.van_0 AND c.levermaand < p.tot_1
    GROUP BY p.gemeentecode, p.weergave, p.vergelijking, p.rijpheid, p.van_1, c.wet, c.hoofdproduct, c.productgroep, c.cel
),
gevonden AS (
    SELECT
        gemeentecode, weergave, vergelijking, rijpheid, van_1, wet, hoofdproduct, productgroep,
        coalesce(wijkcode, aanbieder_agb) AS cel, sum(realisatie_0_cent) AS cent_0, sum(realisatie_1_cent) AS cent_1
    FROM mart.pq_effect
    WHERE rijpheid <> 'op geschat eindbedrag'
    GROUP BY
        gemeentecode, weergave, vergelijking, rijpheid, van_1, wet, hoofdproduct, productgroep,
        coalesce(wijkcode, aanbieder_agb)
),
verschil AS (
    SELECT
        coalesce(v.weergave, g.weergave) AS weergave, coalesce(v.vergelijking, g.vergelijking) AS vergelijking,
        coalesce(v.van_1, g.van_1) AS van_1, coalesce(v.productgroep, g.productgroep) AS productgroep,
        coalesce(v.cel, g.cel) AS cel, v.cent_0 AS verwacht_0, g.cent_0 AS gevonden_0, v.cent_1 AS verwacht_1,
        g.cent_1 AS gevonden_1
    FROM verwacht v
    FULL JOIN gevonden g
        ON g.gemeentecode = v.gemeentecode AND g.weergave = v.weergave AND g.vergelijking = v.vergelijking
        AND g.rijpheid = v.rijpheid AND g.van_1 = v.van_1 AND g.wet = v.wet AND g.hoofdproduct = v.hoofdproduct
        AND g.productgroep = v.productgroep AND g.cel = v.cel
    WHERE coalesce(v.cent_0, 0) <> coalesce(g.cent_0, 0) OR coalesce(v.cent_1, 0) <> coalesce(g.cent_1, 0)
)
SELECT * FROM verschil
