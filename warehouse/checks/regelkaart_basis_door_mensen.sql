-- Een regelkaart krijgt alleen een nieuwe basis waar een mens dat vastlegde; zonder grenzen is er geen signaal, en het
-- gemiddelde ligt tussen de grenzen.
WITH eerste AS (
    SELECT gemeentecode, maat, cel, min(maand) AS maand
    FROM mart.regelkaart
    GROUP BY gemeentecode, maat, cel
),
fout AS (
    SELECT r.maat, r.cel, r.maand, r.basis_van
    FROM mart.regelkaart r
    JOIN eerste e ON e.gemeentecode = r.gemeentecode AND e.maat = r.maat AND e.cel = r.cel
    WHERE (r.gemiddelde IS NULL AND r.signaal IS NOT NULL)
        OR r.gemiddelde > r.bovengrens
        OR r.maand < r.basis_van
        OR (
            (r.basis_van <> e.maand OR r.basis_reden IS NOT NULL)
            AND NOT EXISTS (
                SELECT 1
                FROM kern.regelkaart_basis b
                WHERE b.gemeentecode = r.gemeentecode AND b.maat = r.maat AND (b.cel IS NULL OR b.cel = r.cel)
                    AND b.basis_van <= r.basis_van AND b.basis_reden = r.basis_reden
            )
        )
)
SELECT * FROM fout
