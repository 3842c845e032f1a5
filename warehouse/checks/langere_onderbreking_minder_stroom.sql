-- Hoe langer een onderbreking mag duren, hoe minder in- en uitstroom en hoe meer cliënten tegelijk, in elke maand.
WITH fout AS (
    SELECT k.maand, k.cel, k.onderbreking_dagen AS korter, l.onderbreking_dagen AS langer
    FROM mart.stroom_gevoeligheid k
    JOIN mart.stroom_gevoeligheid l
        ON l.maand = k.maand AND l.gemeentecode = k.gemeentecode AND l.cel = k.cel
        AND l.onderbreking_dagen > k.onderbreking_dagen
    WHERE l.instroom > k.instroom OR l.uitstroom > k.uitstroom OR l.eind < k.eind
)
SELECT * FROM fout
