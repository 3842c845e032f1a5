-- Voor totaal en wet bestaan alleen instroom en uitstroom.
WITH fout AS (
    SELECT niveau, cel, maand, bijkomend, doorstroom_in, doorstroom_uit, afgevallen
    FROM mart.stroom_maand
    WHERE niveau IN ('totaal', 'wet') AND (bijkomend <> 0 OR afgevallen <> 0 OR doorstroom_in <> 0 OR doorstroom_uit <> 0)
)
SELECT * FROM fout
