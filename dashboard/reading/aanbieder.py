"""One aanbieder next to the average of comparable ones: at least three with the same largest hoofdproduct."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Gemiddelde
from dashboard.filters import Filters
from dashboard.reading.verloop import fill_months

EIGEN = "clienten"

HOOFD = """
SELECT hoofdproduct, 0 AS clienten
FROM eigen.pq_maand WHERE aanbieder_agb = $aanbieder AND @maanden GROUP BY hoofdproduct
HAVING sum(realisatie_cent) > 0 ORDER BY sum(realisatie_cent) DESC, hoofdproduct LIMIT 1
"""
CONTRACT = """
SELECT wet, any_value(naam) AS naam, any_value(concern) AS concern,
       string_agg(DISTINCT perceel, ', ' ORDER BY perceel) AS perceel,
       string_agg(DISTINCT bekostiging, ', ' ORDER BY bekostiging) AS bekostiging,
       sum(budgetplafond_cent)::BIGINT AS budgetplafond_cent, sum(realisatie_cent)::BIGINT AS realisatie_cent,
       (SELECT count(DISTINCT client_id) FROM eigen.client_maand c
        WHERE c.aanbieder_agb = $aanbieder AND @jaar AND c.wet = j.wet) AS clienten
FROM eigen.aanbieder_jaar j WHERE aanbieder_agb = $aanbieder AND jaar = $jaar GROUP BY wet ORDER BY wet DESC
"""
GROEP = """
WITH per AS (
    SELECT aanbieder_agb, hoofdproduct, sum(realisatie_cent) AS cent FROM ander.pq_maand WHERE @maanden
    GROUP BY aanbieder_agb, hoofdproduct),
groep AS (
    SELECT aanbieder_agb FROM per WHERE cent > 0
    QUALIFY row_number() OVER (PARTITION BY aanbieder_agb ORDER BY cent DESC, hoofdproduct) = 1
        AND hoofdproduct = $hoofd AND aanbieder_agb <> $zelf),
"""
ANDEREN_TOTAAL = """@groep
geld AS (SELECT sum(cent)::DOUBLE AS cent FROM per SEMI JOIN groep USING (aanbieder_agb)),
paren AS (SELECT DISTINCT aanbieder_agb, client_id
          FROM ander.client_maand SEMI JOIN groep USING (aanbieder_agb) WHERE @maanden),
mensen AS (SELECT count(*) AS n, count(DISTINCT client_id) AS samen FROM paren),
stroom AS (SELECT sum(instroom)::DOUBLE AS instroom, sum(uitstroom)::DOUBLE AS uitstroom
    FROM ander.stroom_maand
           WHERE cel IN (SELECT aanbieder_agb FROM groep) AND maand >= $van AND maand < $tot),
aantal AS (SELECT count(*) AS anderen FROM groep)
SELECT anderen, samen AS clienten_samen, cent / anderen AS realisatie_cent,
       nullif(n, 0)::DOUBLE / anderen AS clienten, cent / nullif(n, 0) AS cent_per_client,
       instroom / anderen AS instroom, uitstroom / anderen AS uitstroom
FROM aantal, geld, mensen, stroom WHERE anderen > 0
""".replace("@groep", GROEP)
ANDEREN_MAAND = """@groep
aantal AS (SELECT count(*) AS anderen FROM groep),
geld AS (SELECT levermaand, sum(realisatie_cent)::DOUBLE AS cent
         FROM ander.pq_maand SEMI JOIN groep USING (aanbieder_agb) WHERE @maanden GROUP BY levermaand),
samen AS (SELECT levermaand, count(DISTINCT client_id) AS n, count(DISTINCT aanbieder_agb) AS actief
          FROM ander.client_maand SEMI JOIN groep USING (aanbieder_agb) WHERE @maanden GROUP BY levermaand)
SELECT levermaand, actief AS anderen, n AS clienten_samen, cent / (SELECT anderen
    FROM aantal) AS realisatie_cent
FROM geld JOIN samen USING (levermaand) ORDER BY levermaand
""".replace("@groep", GROEP)
ANDEREN_PRIJS = """@groep
geld AS (SELECT wet, product, zwaarte, eenheid, sum(realisatie_cent) AS cent, sum(volume)::DOUBLE AS volume,
                count(DISTINCT aanbieder_agb) AS anderen
         FROM ander.pq_maand SEMI JOIN groep USING (aanbieder_agb) WHERE @maanden GROUP BY ALL),
samen AS (SELECT wet, product, zwaarte, eenheid, count(DISTINCT client_id) AS n
          FROM ander.client_maand SEMI JOIN groep USING (aanbieder_agb) WHERE @maanden GROUP BY ALL)
SELECT wet, product, zwaarte, eenheid, anderen, n AS clienten_samen, cent / volume AS prijs_cent
FROM geld JOIN samen USING (wet, product, zwaarte, eenheid) WHERE volume > 0
""".replace("@groep", GROEP)
PRODUCTEN = """
WITH geld AS (
    SELECT wet, product, zwaarte, eenheid, sum(realisatie_cent)::BIGINT AS realisatie_cent,
           sum(volume)::DOUBLE AS volume
    FROM eigen.pq_maand WHERE aanbieder_agb = $aanbieder AND @maanden AND @wet GROUP BY ALL),
mensen AS (
    SELECT wet, product, zwaarte, eenheid, count(DISTINCT client_id) AS clienten
    FROM eigen.client_maand WHERE aanbieder_agb = $aanbieder AND @maanden AND @wet GROUP BY ALL)
SELECT wet, product, zwaarte, eenheid, realisatie_cent, volume, coalesce(clienten, 0) AS clienten
FROM geld LEFT JOIN mensen USING (wet, product, zwaarte, eenheid)
WHERE realisatie_cent <> 0 OR volume <> 0 ORDER BY realisatie_cent DESC, product, zwaarte
"""
WIJKEN = """
WITH geld AS (
    SELECT wijkcode, product, eenheid, sum(realisatie_cent)::BIGINT AS realisatie_cent,
           sum(volume)::DOUBLE AS volume
    FROM eigen.pq_maand WHERE aanbieder_agb = $aanbieder AND @maanden AND @wet GROUP BY ALL),
mensen AS (
    SELECT wijkcode, product, eenheid, count(DISTINCT client_id) AS clienten
    FROM eigen.client_maand WHERE aanbieder_agb = $aanbieder AND @maanden AND @wet GROUP BY ALL)
SELECT wijkcode, product, eenheid, realisatie_cent, volume, coalesce(clienten, 0) AS clienten
FROM geld LEFT JOIN mensen USING (wijkcode, product, eenheid)
WHERE realisatie_cent <> 0 OR volume <> 0 ORDER BY wijkcode, realisatie_cent DESC
"""
BEREIK = """
SELECT maand AS levermaand, sum(eind)::BIGINT AS aantal FROM eigen.stroom_maand
WHERE cel = $aanbieder AND maand >= $van AND maand < $tot GROUP BY maand ORDER BY maand
"""


def read_hoofdproduct(lezer: Lezer, f: Filters) -> str | None:
    """The hoofdproduct in which the aanbieder earns most in the period; None without any."""
    df = lezer.read(HOOFD, Clienten(EIGEN, (), eigen=True), f.params)
    return str(df["hoofdproduct"][0]) if df.height else None


def read_contract(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per wet, of the year in which the period ends: perceel, bekostiging, plafond and realisation."""
    jaar = f.periode.tot.year if f.periode.tot.month > 1 else f.periode.tot.year - 1
    return lezer.read(CONTRACT, Clienten(EIGEN, ("realisatie_cent",), eigen=True), f.params | {"jaar": jaar})


def read_producten(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per product, zwaarte and unit of one aanbieder: euros, volume and clients."""
    # The rows add up to what is shown of the aanbieder, in all and per wet.
    maten, ook = ("realisatie_cent", "volume"), (("wet",),)
    return lezer.read(PRODUCTEN, Clienten(EIGEN, maten, eigen=True, telt_op=(), ook_op=ook), f.params)


def read_wijken(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per wijk, product and unit of one aanbieder: euros, volume and clients."""
    # The wijken of a product add up to what is shown of it.
    maten, telt_op = ("realisatie_cent", "volume"), ("product", "eenheid")
    return lezer.read(WIJKEN, Clienten(EIGEN, maten, eigen=True, telt_op=telt_op, ook_op=((),)), f.params)


def read_bereik(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per month the clients with a running levering at the end of it: what a lump sum reaches."""
    return fill_months(lezer.read(BEREIK, Clienten("aantal", eigen=True), f.params), f.periode)


def _others(f: Filters, hoofd: str) -> dict[str, str | None]:
    return {"hoofd": hoofd, "zelf": f.aanbieder}


def read_anderen(lezer: Lezer, f: Filters, hoofd: str) -> dict[str, float | None] | None:
    """Averages per comparable aanbieder over the period; None when there are fewer than three of them."""
    regel = Gemiddelde(hangt_af=("realisatie_cent", "clienten", "cent_per_client", "instroom", "uitstroom"))
    df = lezer.read(ANDEREN_TOTAAL, regel, f.params | _others(f, hoofd))
    return None if df.height == 0 or df["niet_getoond"][0] else df.row(0, named=True)


def read_anderen_maanden(lezer: Lezer, f: Filters, hoofd: str) -> pl.DataFrame:
    """Average euros per comparable aanbieder by month; months with fewer than three at work are empty."""
    return lezer.read(ANDEREN_MAAND, Gemiddelde(hangt_af=("realisatie_cent",)), f.params | _others(f, hoofd))


def read_anderen_prijs(lezer: Lezer, f: Filters, hoofd: str) -> pl.DataFrame:
    """Average price of comparable aanbieders per product, zwaarte and unit; empty with fewer than three."""
    return lezer.read(ANDEREN_PRIJS, Gemiddelde(hangt_af=("prijs_cent",)), f.params | _others(f, hoofd))
