-- Van elk gesplitst verschil met de vorige snapshot tellen de oorzaken op tot het verschil, op de cent.
WITH fout AS (
    SELECT cijfer, periode, wet, hoofdproduct, verschil, nieuwe_maanden, nagekomen, correcties, gegevens, indeling
    FROM mart.verschil
    WHERE verschil <> nieuwe_maanden + nagekomen + correcties + gegevens + indeling
        OR (cijfer = 'realisatie' AND nieuwe_maanden IS NULL)
)
SELECT * FROM fout
