-- Wat mart.hek_jaar uit de delen berekent is in elk jaar gelijk aan de sommen onder de tabellen van mart.hek_regel.
WITH sommen AS (
    SELECT
        gemeentecode, jaar,
        sum(CASE WHEN tabel LIKE 'begroting %' AND regel = 'Totaal' THEN bedrag_cent END) AS begroting_cent,
        sum(CASE WHEN tabel = 'decentralisatie-uitkeringen' AND regel = 'Totaal' THEN bedrag_cent END) AS rijk_cent,
        sum(CASE WHEN regel = 'Saldo na mee- en tegenvallers' THEN bedrag_cent END) AS saldo_cent,
        sum(CASE WHEN regel = 'Saldo na ramingsbijstellingen en ombuigingen' THEN bedrag_cent END) AS na_cent
    FROM mart.hek_regel
    WHERE is_som
    GROUP BY gemeentecode, jaar
),
verschil AS (
    SELECT h.jaar, h.begroting_cent, s.begroting_cent AS regel_begroting_cent, h.tekort_na_ombuigingen_cent, s.na_cent
    FROM mart.hek_jaar h
    JOIN sommen s ON s.gemeentecode = h.gemeentecode AND s.jaar = h.jaar
    WHERE coalesce(h.begroting_cent, 0) <> coalesce(s.begroting_cent, 0)
        OR coalesce(h.rijksbijdrage_cent, 0) <> coalesce(s.rijk_cent, 0)
        OR (
            h.tekort_begroting_cent IS NOT NULL
            AND (h.tekort_na_mee_en_tegenvallers_cent <> s.saldo_cent OR h.tekort_na_ombuigingen_cent <> s.na_cent)
        )
)
SELECT * FROM verschil
