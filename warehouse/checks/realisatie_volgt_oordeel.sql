-- Afgekeurd is 0 gerealiseerd, in behandeling telt zoals ingediend, goedgekeurd zoals toegekend.
WITH fout AS (
    SELECT bericht_id, regel_nr, status, bedrag_cent, toegekend_cent, realisatie_cent
    FROM kern.declaratieregel
    WHERE (status = 'afgekeurd' AND (realisatie_cent <> 0 OR toegekend_cent <> 0))
        OR (status = 'in behandeling' AND (realisatie_cent <> bedrag_cent OR toegekend_cent IS NOT NULL))
        OR (status = 'goedgekeurd' AND (toegekend_cent IS NULL OR realisatie_cent <> toegekend_cent))
        OR status NOT IN ('goedgekeurd', 'afgekeurd', 'in behandeling')
)
SELECT * FROM fout
