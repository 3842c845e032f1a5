-- In mart.client_maand staat alleen wie netto volume boven 0 heeft, met niet meer dagen dan de maand lang is.
WITH fout AS (
    SELECT levermaand, wet, product, aanbieder_agb, volume, clientdagen
    FROM mart.client_maand
    WHERE volume <= 0 OR clientdagen < 0
        OR clientdagen > date_diff('day', levermaand, CAST(levermaand + INTERVAL 1 MONTH AS DATE))
)
SELECT * FROM fout
