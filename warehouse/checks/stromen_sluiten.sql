-- In elke cel en maand sluit begin + instroom + bijkomend + doorstroom_in - doorstroom_uit - afgevallen - uitstroom = eind, met
-- begin en eind los geteld, en tellen de delen van instroom en uitstroom op tot hun geheel.
WITH fout AS (
    SELECT *
    FROM mart.stroom_maand
    WHERE begin + instroom + bijkomend + doorstroom_in - doorstroom_uit - afgevallen - uitstroom <> eind
        OR instroom <> instroom_nieuw + instroom_herinstroom
        OR uitstroom <> uitstroom_overleden + uitstroom_verhuisd + uitstroom_volgens_plan + uitstroom_voortijdig
            + uitstroom_overig
        OR uitstroom_ander_domein > uitstroom_overig
)
SELECT * FROM fout
