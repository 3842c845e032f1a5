-- De grenzen van een trechter liggen om 1, die van 99,8 % om die van 95 %; zonder grenzen is het oordeel 'te weinig clienten'.
WITH fout AS (
    SELECT jaar, wet, productgroep, maat, aanbieder_agb, oordeel
    FROM mart.aanbieder_vergelijking
    WHERE NOT (
        (
            oordeel = 'te weinig clienten' AND grens_95_onder IS NULL AND grens_998_boven IS NULL
        )
        OR (
            oordeel <> 'te weinig clienten' AND grens_998_onder <= grens_95_onder AND grens_95_onder <= 1
            AND grens_95_boven >= 1 AND grens_998_boven >= grens_95_boven
            AND (oordeel = 'boven') = (verhouding > grens_998_boven)
            AND (oordeel = 'onder') = (verhouding < grens_998_onder)
        )
    )
)
SELECT * FROM fout
