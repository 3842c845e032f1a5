-- De geladen regels en centen die een bestand met declaraties noemt staan precies in het lake.
WITH geteld AS (
    SELECT bericht_id, sum(regels) AS regels, sum(bedrag_cent) AS bedrag_cent
    FROM lake.telling
    WHERE tabel = 'declaratieregel'
    GROUP BY bericht_id
),
verschil AS (
    SELECT
        b.bericht_id, b.berichttype, b.regels_geladen, t.regels AS regels_lake, b.bedrag_geladen_cent,
        t.bedrag_cent AS bedrag_lake_cent
    FROM kern.bericht b
    LEFT JOIN geteld t ON t.bericht_id = b.bericht_id
    WHERE b.status IN ('geladen', 'deels')
        AND (
            (t.bericht_id IS NOT NULL AND (b.regels_geladen <> t.regels OR b.bedrag_geladen_cent <> t.bedrag_cent))
            OR (t.bericht_id IS NULL AND b.bedrag_geladen_cent <> 0)
        )
)
SELECT * FROM verschil
