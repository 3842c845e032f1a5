-- Ook bij huishoudens sluiten stand en stromen en sluit elke maand aan op de volgende. Er zijn nooit meer huishoudens dan
-- cliënten, en de cliënten zijn die van mart.stroom_maand.
WITH laatste AS (
    SELECT max(maand) AS maand FROM mart.huishouden_maand
),
fout AS (
    SELECT h.maand, h.cel, h.begin, h.instroom, h.uitstroom, h.eind, h.clienten_eind, s.eind AS stroom_eind
    FROM mart.huishouden_maand h
    JOIN laatste l ON true
    LEFT JOIN mart.huishouden_maand v
        ON v.gemeentecode = h.gemeentecode AND v.cel = h.cel AND v.maand = CAST(h.maand + INTERVAL 1 MONTH AS DATE)
    LEFT JOIN mart.stroom_maand s
        ON s.gemeentecode = h.gemeentecode AND s.niveau = h.niveau AND s.cel = h.cel AND s.maand = h.maand
    WHERE h.begin + h.instroom - h.uitstroom <> h.eind
        OR (h.maand < l.maand AND h.eind <> coalesce(v.begin, 0))
        OR h.eind > h.clienten_eind
        OR h.clienten_eind <> coalesce(s.eind, 0)
)
SELECT * FROM fout
