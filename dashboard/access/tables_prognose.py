"""Forecast and run-off at every layer that is shown: a page and its files read the same rows by one rule.

Layers add up, and a total of one page is a row of another: were holes chosen per page or per file, the one
would tell what the other keeps back.
"""

from dashboard.access.suppress import Clienten

# Of each layer the clients of the year so far are counted at that layer.
PROGNOSE = """
WITH mens AS (
    SELECT DISTINCT client_id, wet, hoofdproduct, productgroep, product FROM stad.client_maand
    WHERE year(levermaand) = (SELECT max(jaar) FROM stad.prognose)),
mensen AS (
    SELECT 'totaal' AS niveau, 'totaal' AS wet, NULL AS hoofdproduct, NULL AS productgroep, NULL AS product,
           count(DISTINCT client_id) AS clienten FROM mens
    UNION ALL SELECT 'wet', wet, NULL, NULL, NULL, count(DISTINCT client_id) FROM mens GROUP BY wet
    UNION ALL SELECT 'hoofdproduct', wet, hoofdproduct, NULL, NULL, count(DISTINCT client_id)
        FROM mens GROUP BY wet, hoofdproduct
    UNION ALL SELECT 'productgroep', wet, hoofdproduct, productgroep, NULL, count(DISTINCT client_id)
        FROM mens GROUP BY wet, hoofdproduct, productgroep
    UNION ALL SELECT 'product', wet, hoofdproduct, productgroep, product, count(DISTINCT client_id)
        FROM mens GROUP BY wet, hoofdproduct, productgroep, product)
SELECT p.* EXCLUDE (gemeentecode), coalesce(m.clienten, 0) AS clienten
FROM stad.prognose p
LEFT JOIN mensen m ON m.niveau = p.niveau AND m.wet = p.wet
    AND m.hoofdproduct IS NOT DISTINCT FROM p.hoofdproduct
    AND m.productgroep IS NOT DISTINCT FROM p.productgroep AND m.product IS NOT DISTINCT FROM p.product
ORDER BY ALL
"""
PROGNOSE_REGEL = Clienten(
    "clienten",
    (
        "p10_cent",
        "p50_cent",
        "p90_cent",
        "kans_overschrijding",
        "gerealiseerd_cent",
        "nagekomen_cent",
        "nog_te_leveren_cent",
    ),
    telt_op=("methode",),
    lagen=("totaal", "wet", "hoofdproduct", "productgroep", "product"),
)
VERDEELD = "meer hoofdproducten"
"""What stands for the hoofdproduct of a productgroep that lies in several: its parts are not known apart."""
# Marts of levermaand, wet and productgroep, with their totals: clients are those of the levermaand, for who
# had care then is who a row tells about, however late it came in.
MENSEN = f"""
WITH boom AS (
    SELECT wet, productgroep, CASE WHEN count(DISTINCT hoofdproduct) = 1 THEN min(hoofdproduct)
                                   ELSE '{VERDEELD}' END AS hoofdproduct
    FROM vrij.productboom GROUP BY wet, productgroep),
mens AS (
    SELECT client_id, levermaand, wet, coalesce(b.hoofdproduct, 'onbekend') AS hoofdproduct, productgroep
    FROM stad.client_maand LEFT JOIN boom b USING (wet, productgroep)
    WHERE levermaand >= (SELECT min(levermaand) FROM stad.@mart)),
mensen AS (
    SELECT wet, hoofdproduct, productgroep, levermaand, count(DISTINCT client_id) AS clienten
    FROM mens GROUP BY GROUPING SETS (
        (levermaand), (levermaand, wet), (levermaand, wet, hoofdproduct),
        (levermaand, wet, hoofdproduct, productgroep))),"""  # noqa: S608 - only the constant above
LAAG = """
SELECT CASE WHEN g.productgroep IS NOT NULL THEN 'productgroep'
            WHEN g.hoofdproduct IS NOT NULL THEN 'hoofdproduct'
            WHEN g.wet IS NOT NULL THEN 'wet' ELSE 'totaal' END AS niveau,
       coalesce(g.wet, 'totaal') AS wet, g.* EXCLUDE (wet), coalesce(m.clienten, 0) AS clienten
FROM geld g
LEFT JOIN mensen m ON m.levermaand = g.levermaand AND m.wet IS NOT DISTINCT FROM g.wet
    AND m.hoofdproduct IS NOT DISTINCT FROM g.hoofdproduct
    AND m.productgroep IS NOT DISTINCT FROM g.productgroep
ORDER BY wet, g.hoofdproduct, g.productgroep, g.levermaand, leeftijd_maanden
"""
LAGEN = ("totaal", "wet", "hoofdproduct", "productgroep")
AFLOOP = (
    MENSEN.replace("@mart", "afloop")  # noqa: S608 - only constants of this module
    + """
cellen AS (
    SELECT a.* EXCLUDE (gemeentecode), coalesce(b.hoofdproduct, 'onbekend') AS hoofdproduct, n.ultimate_cent
    FROM stad.afloop a
    JOIN stad.nagekomen n USING (gemeentecode, wet, productgroep, levermaand)
    LEFT JOIN boom b USING (wet, productgroep)),
geld AS (
    SELECT wet, hoofdproduct, productgroep, levermaand, leeftijd_maanden, lopend, rijp,
           sum(bij_cent)::BIGINT AS bij_cent, sum(cumulatief_cent)::BIGINT AS cumulatief_cent,
           sum(ultimate_cent)::BIGINT AS ultimate_cent
    FROM cellen GROUP BY GROUPING SETS (
        (levermaand, leeftijd_maanden, lopend, rijp), (levermaand, leeftijd_maanden, lopend, rijp, wet),
        (levermaand, leeftijd_maanden, lopend, rijp, wet, hoofdproduct),
        (levermaand, leeftijd_maanden, lopend, rijp, wet, hoofdproduct, productgroep)))"""
    + LAAG
)
AFLOOP_REGEL = Clienten(
    "clienten",
    ("bij_cent", "cumulatief_cent", "ultimate_cent"),
    telt_op=("levermaand", "leeftijd_maanden"),
    lagen=LAGEN,
)
# What does not add up is told of a productgroep alone.
NAGEKOMEN = (
    MENSEN.replace("@mart", "nagekomen")  # noqa: S608 - only constants of this module
    + """
rijen AS (
    SELECT n.* EXCLUDE (gemeentecode, aanbieder_agb), coalesce(b.hoofdproduct, 'onbekend') AS hoofdproduct
    FROM stad.nagekomen n LEFT JOIN boom b USING (wet, productgroep)),
geld AS (
    SELECT wet, hoofdproduct, productgroep, levermaand, leeftijd_maanden,
           sum(gerapporteerd_cent)::BIGINT AS gerapporteerd_cent, sum(ultimate_cent)::BIGINT AS ultimate_cent,
           sum(nagekomen_cent)::BIGINT AS nagekomen_cent,
           CASE WHEN grouping(productgroep) = 0 THEN any_value(standaardfout_cent) END AS standaardfout_cent,
           CASE WHEN grouping(productgroep) = 0 THEN any_value(fractie) END AS fractie,
           CASE WHEN grouping(productgroep) = 0 THEN any_value(methode) END AS methode
    FROM rijen GROUP BY GROUPING SETS (
        (levermaand, leeftijd_maanden), (levermaand, leeftijd_maanden, wet),
        (levermaand, leeftijd_maanden, wet, hoofdproduct),
        (levermaand, leeftijd_maanden, wet, hoofdproduct, productgroep)))"""
    + LAAG
)
NAGEKOMEN_REGEL = Clienten(
    "clienten",
    ("gerapporteerd_cent", "ultimate_cent", "nagekomen_cent", "standaardfout_cent", "fractie"),
    telt_op=("levermaand",),
    lagen=LAGEN,
)
