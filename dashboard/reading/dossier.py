"""What else the dossier of one aanbieder needs: room under the plafond, tariffs, speed, start, trajecten."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Geen
from dashboard.filters import Filters
from dashboard.reading.aanbieders import year_of

KENGETALLEN = Geen("kengetallen en bedragen van percelen met een vast bedrag: geen personen")
# The whole months of the year that are no longer provisional, carried on over twelve months.
RUIMTE = """
WITH grens AS (SELECT least(coalesce(voorlopig_vanaf, laatste_levermaand + INTERVAL 1 MONTH),
                            make_date($jaar + 1, 1, 1))::date AS tot FROM vrij.snapshot),
contract AS (
    SELECT sum(budgetplafond_cent)::BIGINT AS plafond_cent FROM eigen.aanbieder_jaar
    WHERE aanbieder_agb = $aanbieder AND jaar = $jaar AND @wet),
geld AS (
    SELECT sum(realisatie_cent)::BIGINT AS realisatie_cent,
           sum(realisatie_cent) FILTER (WHERE levermaand < (SELECT tot FROM grens))::BIGINT AS vast_cent
    FROM eigen.pq_maand WHERE aanbieder_agb = $aanbieder AND @jaar AND @wet),
rest AS (
    SELECT sum(verplichting_cent)::BIGINT AS verplichting_cent FROM eigen.verplichting
    WHERE aanbieder_agb = $aanbieder AND jaar = $jaar AND @wet),
mensen AS (
    SELECT count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    WHERE aanbieder_agb = $aanbieder AND @jaar AND @wet)
SELECT plafond_cent, realisatie_cent, verplichting_cent, clienten,
       greatest(0, date_diff('month', make_date($jaar, 1, 1), (SELECT tot FROM grens))) AS maanden,
       vast_cent * 12.0 / nullif(greatest(0, date_diff('month', make_date($jaar, 1, 1),
           (SELECT tot FROM grens))), 0) AS doorgetrokken_cent
FROM contract, geld, rest, mensen
"""
# geleverd_cent is the same volume against the price of the contract (without one: the median that is billed).
TARIEF = """
WITH geld AS (
    SELECT wet, product, zwaarte, eenheid, sum(geleverd_volume)::DOUBLE AS volume,
           sum(geleverd_cent)::BIGINT AS contract_cent, sum(realisatie_cent)::BIGINT AS gedeclareerd_cent
    FROM eigen.uitnutting_maand WHERE aanbieder_agb = $aanbieder AND @maanden AND @wet AND geleverd_volume > 0
    GROUP BY ALL),
mensen AS (
    SELECT wet, product, zwaarte, eenheid, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    WHERE aanbieder_agb = $aanbieder AND @maanden AND @wet GROUP BY ALL)
SELECT wet, product, zwaarte, eenheid, volume, contract_cent, gedeclareerd_cent,
       gedeclareerd_cent - contract_cent AS verschil_cent, coalesce(clienten, 0) AS clienten
FROM geld LEFT JOIN mensen USING (wet, product, zwaarte, eenheid)
WHERE coalesce(eenheid, '83') <> '83' ORDER BY abs(gedeclareerd_cent - contract_cent) DESC, product, zwaarte
"""
# Euros add up over productgroepen, fractions do not: the fraction is of the sums.
NAGEKOMEN = """
WITH geld AS (
    SELECT levermaand, sum(gerapporteerd_cent)::BIGINT AS gerapporteerd_cent,
           sum(ultimate_cent)::BIGINT AS ultimate_cent, sum(nagekomen_cent)::BIGINT AS nagekomen_cent
    FROM eigen.nagekomen WHERE aanbieder_agb = $aanbieder AND @wet AND @maanden
    GROUP BY levermaand),
mensen AS (
    SELECT levermaand, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    WHERE aanbieder_agb = $aanbieder AND @wet GROUP BY levermaand)
SELECT levermaand, gerapporteerd_cent, ultimate_cent, nagekomen_cent,
       gerapporteerd_cent::DOUBLE / nullif(ultimate_cent, 0) AS fractie, coalesce(clienten, 0) AS clienten
FROM geld LEFT JOIN mensen USING (levermaand) ORDER BY levermaand
"""
NAGEKOMEN_STAD = """
WITH mensen AS (
    SELECT levermaand, count(DISTINCT client_id) AS clienten FROM stad.client_maand WHERE @wet
    GROUP BY levermaand)
SELECT levermaand, sum(gerapporteerd_cent)::DOUBLE / nullif(sum(ultimate_cent), 0) AS fractie_stad,
       coalesce(any_value(clienten), 0) AS clienten
FROM stad.nagekomen LEFT JOIN mensen USING (levermaand)
WHERE levermaand >= $van AND levermaand < $tot AND @wet GROUP BY levermaand ORDER BY levermaand
"""
START = """
WITH alle AS (
    SELECT sum(gestart)::BIGINT AS gestart, sum(gestart - te_jong)::BIGINT AS oud_genoeg,
           sum(verzilverd)::BIGINT AS verzilverd, max(clienten) AS clienten
    FROM eigen.verzilvering WHERE aanbieder_agb = $aanbieder AND maand >= $van AND maand < $tot AND @wet)
SELECT * FROM alle WHERE gestart IS NOT NULL
"""
SLAPERS = """
SELECT productgroep, product, lopend, toewijzingen, nooit_geleverd, clienten, open_verplichting_cent
FROM eigen.slapers WHERE aanbieder_agb = $aanbieder AND @wet AND toewijzingen > 0
ORDER BY open_verplichting_cent DESC, product
"""
TRAJECT = """
SELECT productgroep, product, zwaarte, clienten, aantal, gemiddelde_cent, mediaan_cent, gemiddelde_dagen,
       langste_dagen
FROM eigen.trajectprijs WHERE aanbieder_agb = $aanbieder AND jaar = $jaar AND @wet
ORDER BY aantal DESC, product, zwaarte
"""
# A perceel with a fixed sum is known by its name, in the contract and among the figures of the social base.
VAST = """
SELECT s.onderdeel, s.jaar, s.soort, s.maat, s.bedrag_cent, s.waarde, s.eenheid, s.bron, s.volledig
FROM vrij.sociale_basis s
WHERE s.maand IS NULL AND s.soort <> 'grootboek' AND s.jaar <= $jaar
  AND list_contains(string_split($percelen, '|'), s.onderdeel)
ORDER BY s.onderdeel, s.maat, s.jaar
"""


def read_ruimte(lezer: Lezer, f: Filters) -> dict[str, float | None]:
    """Plafond of the year, spent so far, carried on in a straight line, and what is still open."""
    maten = ("realisatie_cent", "verplichting_cent", "doorgetrokken_cent")
    df = lezer.read(RUIMTE, Clienten("clienten", maten, eigen=True), f.params | {"jaar": year_of(f)})
    return df.row(0, named=True) if df.height else {}


def read_tarief(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per product, zwaarte and unit: what was billed beside the same volume at the price of the contract."""
    regel = Clienten(
        "clienten", ("volume", "contract_cent", "gedeclareerd_cent", "verschil_cent"), eigen=True
    )
    return lezer.read(TARIEF, regel, f.params)


def read_nagekomen(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per levermaand what came in and what is still to come, next to the fraction of the whole city.

    Only of a large aanbieder; empty for others.
    """
    maten = ("gerapporteerd_cent", "ultimate_cent", "nagekomen_cent", "fractie")
    df = lezer.read(NAGEKOMEN, Clienten("clienten", maten, eigen=True), f.params)
    stad = lezer.read(NAGEKOMEN_STAD, Clienten("clienten", ("fractie_stad",)), f.params)
    return df.join(stad.select("levermaand", "fractie_stad"), on="levermaand", how="left")


def read_start(lezer: Lezer, f: Filters) -> dict[str, int | None]:
    """Toewijzingen that began in the period, and how many of them were delivered in time."""
    regel = Clienten("clienten", ("gestart", "oud_genoeg", "verzilverd"), eigen=True)
    df = lezer.read(START, regel, f.params)
    return df.row(0, named=True) if df.height else {}


def read_slapers(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per product the running toewijzingen on which nothing is delivered."""
    maten = ("lopend", "toewijzingen", "nooit_geleverd", "open_verplichting_cent")
    return lezer.read(SLAPERS, Clienten("clienten", maten, eigen=True), f.params)


def read_traject(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per product and zwaarte the trajecten that ended in the year: what they cost and how long they took."""
    maten = ("aantal", "gemiddelde_cent", "mediaan_cent", "gemiddelde_dagen")
    return lezer.read(TRAJECT, Clienten("clienten", maten, eigen=True), f.params | {"jaar": year_of(f)})


def read_vast(lezer: Lezer, f: Filters, percelen: list[str]) -> pl.DataFrame:
    """Agreed amounts and figures of the percelen with a fixed sum, up to and including the year."""
    return lezer.read(VAST, KENGETALLEN, {"jaar": year_of(f), "percelen": "|".join(percelen)})
