-- Een rij is een product met zwaarte en eenheid zoals het er nu voor staat: het uitgangspunt waarop een knop (scenario) draait.
-- De cijfers zijn gemiddelden over de laatste twaalf levermaanden die niet meer voorlopig zijn; de prijs is die van de
-- laatste drie daarvan. In- en uitstroom zijn het gemiddelde van de laatste twaalf maanden waarvan de stromen niet meer voorlopig
-- zijn. Wat geen volume heeft (alleen een bedrag) doet niet mee.
-- Volgorde: wet, hoofdproduct, productgroep, product, zwaarte_rang, eenheid
-- Kolommen:
--   gemeentecode: CBS-code van de gemeente
--   wet: Wmo of Jeugdwet
--   hoofdproduct: regel van de begroting
--   productgroep: productgroep
--   product: product
--   zwaarte: zwaarte van het product
--   zwaarte_rang: rang van de zwaarte, 0 als zwaarte niet van toepassing is
--   eenheid: eenheid van het volume
--   van: eerste maand waarover is gemiddeld
--   tot: maand na de laatste maand waarover is gemiddeld
--   clienten: verschillende cliënten over deze maanden
--   clienten_maand: gemiddeld aantal cliënten per maand
--   clienten_laatste: aantal cliënten in de laatste maand
--   instroom_maand: gemiddeld aantal cliënten per maand dat er in deze cel bij kwam
--   uitstroom_maand: gemiddeld aantal cliënten per maand dat deze cel verliet
--   volume_per_clientmaand: geleverd volume per cliënt per maand [eenheid]
--   toegewezen_per_clientmaand: toegewezen volume per cliënt per maand, leeg waar niets specifiek is toegewezen [eenheid]
--   prijs_cent: euro per eenheid, in centen, kan een deel van een cent zijn [cent]
--   realisatie_cent: realisatie over deze maanden [cent]
WITH venster AS (
    SELECT
        greatest(CAST(k.voorlopig_vanaf - INTERVAL 12 MONTH AS DATE), b.eerste_levermaand) AS van,
        CAST(k.voorlopig_vanaf - INTERVAL 3 MONTH AS DATE) AS prijs_van,
        k.voorlopig_vanaf AS tot
    FROM peil.bekend k
    JOIN tussen.bereik b ON true
),
lengte AS (
    SELECT v.van, v.prijs_van, v.tot, count(*) AS maanden, CAST(v.tot - INTERVAL 1 MONTH AS DATE) AS laatste
    FROM venster v
    JOIN peil.maand m ON m.maand >= v.van AND m.maand < v.tot
    GROUP BY v.van, v.prijs_van, v.tot
),
per_maand AS (
    SELECT c.gemeentecode, c.wet, c.indeling_nr, c.eenheid, c.levermaand, count(DISTINCT c.client_nr) AS clienten
    FROM tussen.client_maand c
    JOIN lengte l ON c.levermaand >= l.van AND c.levermaand < l.tot
    WHERE c.peil = 'nu' AND c.volume_6000 > 0
    GROUP BY c.gemeentecode, c.wet, c.indeling_nr, c.eenheid, c.levermaand
),
mensen AS (
    SELECT c.gemeentecode, c.wet, c.indeling_nr, c.eenheid, count(DISTINCT c.client_nr) AS clienten
    FROM tussen.client_maand c
    JOIN lengte l ON c.levermaand >= l.van AND c.levermaand < l.tot
    WHERE c.peil = 'nu' AND c.volume_6000 > 0
    GROUP BY c.gemeentecode, c.wet, c.indeling_nr, c.eenheid
),
geteld AS (
    SELECT
        p.gemeentecode, p.wet, p.indeling_nr, p.eenheid, sum(p.clienten) AS clientmaanden,
        sum(CASE WHEN p.levermaand = l.laatste THEN p.clienten ELSE 0 END) AS clienten_laatste
    FROM per_maand p
    JOIN lengte l ON true
    GROUP BY p.gemeentecode, p.wet, p.indeling_nr, p.eenheid
),
standen AS (
    SELECT
        *,
        CAST(clientmaanden AS DOUBLE) / sum(clientmaanden) OVER (PARTITION BY gemeentecode, wet, indeling_nr) AS deel
    FROM geteld
),
geld AS (
    SELECT
        q.gemeentecode, q.wet, q.hoofdproduct, q.productgroep, q.product, q.zwaarte, q.zwaarte_rang, q.eenheid,
        sum(q.volume) AS volume, sum(q.toegewezen_volume) AS toegewezen, sum(q.realisatie_cent) AS realisatie_cent,
        sum(CASE WHEN q.levermaand >= l.prijs_van AND q.volume > 0 THEN q.volume END) AS volume_prijs,
        sum(CASE WHEN q.levermaand >= l.prijs_van AND q.volume > 0 THEN q.realisatie_cent END) AS cent_prijs
    FROM tussen.pq_cel q
    JOIN lengte l ON q.levermaand >= l.van AND q.levermaand < l.tot
    WHERE q.peil = 'nu'
    GROUP BY q.gemeentecode, q.wet, q.hoofdproduct, q.productgroep, q.product, q.zwaarte, q.zwaarte_rang, q.eenheid
),
stroom_venster AS (
    SELECT
        v.van, v.tot, date_diff('month', v.van, v.tot) AS maanden
    FROM (
        SELECT
            greatest(CAST(k.stroom_voorlopig_vanaf - INTERVAL 12 MONTH AS DATE), b.eerste_levermaand) AS van,
            k.stroom_voorlopig_vanaf AS tot
        FROM peil.bekend k
        JOIN tussen.bereik b ON true
    ) v
),
stromen AS (
    SELECT
        s.gemeentecode, s.cel,
        sum(CASE WHEN s.dag_in >= v.van AND s.dag_in < v.tot THEN 1 ELSE 0 END)
            / CAST(nullif(greatest(v.maanden, 0), 0) AS DOUBLE) AS erbij,
        sum(CASE WHEN s.dag_uit >= v.van AND s.dag_uit < v.tot THEN 1 ELSE 0 END)
            / CAST(nullif(greatest(v.maanden, 0), 0) AS DOUBLE) AS eraf
    FROM tussen.stroom_cel s
    JOIN stroom_venster v ON true
    WHERE s.niveau = 'zwaarte'
    GROUP BY s.gemeentecode, s.cel, v.maanden
),
samen AS (
    SELECT
        g.gemeentecode, g.wet, g.hoofdproduct, g.productgroep, g.product, g.zwaarte, g.zwaarte_rang, g.eenheid,
        l.van, l.tot,
        CAST(m.clienten AS BIGINT) AS clienten,
        s.clientmaanden / CAST(l.maanden AS DOUBLE) AS clienten_maand,
        CAST(s.clienten_laatste AS BIGINT) AS clienten_laatste,
        -- flows know no unit: a cell in more units shares them by its clients
        coalesce(f.erbij, 0) * s.deel AS instroom_maand,
        coalesce(f.eraf, 0) * s.deel AS uitstroom_maand,
        CAST(g.volume AS DOUBLE) / s.clientmaanden AS volume_per_clientmaand,
        CAST(g.toegewezen AS DOUBLE) / s.clientmaanden AS toegewezen_per_clientmaand,
        coalesce(g.cent_prijs / CAST(g.volume_prijs AS DOUBLE), g.realisatie_cent / CAST(g.volume AS DOUBLE)) AS prijs_cent,
        CAST(g.realisatie_cent AS BIGINT) AS realisatie_cent
    FROM geld g
    JOIN lengte l ON true
    JOIN tussen.indeling i
        ON i.hoofdproduct = g.hoofdproduct AND i.productgroep = g.productgroep AND i.product = g.product
        AND i.zwaarte = g.zwaarte AND i.zwaarte_rang = g.zwaarte_rang
    JOIN standen s
        ON s.gemeentecode = g.gemeentecode AND s.wet = g.wet AND s.indeling_nr = i.indeling_nr AND s.eenheid = g.eenheid
    JOIN mensen m
        ON m.gemeentecode = g.gemeentecode AND m.wet = g.wet AND m.indeling_nr = i.indeling_nr AND m.eenheid = g.eenheid
    LEFT JOIN stromen f
        ON f.gemeentecode = g.gemeentecode AND f.cel = g.wet || '|' || g.product || '|' || g.zwaarte
    WHERE g.volume > 0
)
SELECT * FROM samen
