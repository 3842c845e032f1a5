"""Prognose of the year's end: four methods, their errors in the past, and the chance of exceeding the budget.

Reads what became known when, by month; makes the forecast of every past month-end again, learns from it how
uncertain forecasts are and which method errs least, and simulates the year that runs.
"""

from dataclasses import replace
from datetime import date

import duckdb
import polars as pl

from warehouse.rekenen.prognose import Terugkijk
from warehouse.rekenen.prognose_opmaak import lay_out
from warehouse.rekenen.prognose_rijen import (
    PROGNOSE,
    TOETS,
    align_late,
    choose_method,
    keep_linear,
    verdict_rows,
    year_rows,
)
from warehouse.rekenen.prognose_simulatie import Vooraf
from warehouse.rekenen.prognose_terugblik import Keuzes, look_back
from warehouse.rekenen.prognose_vast import lay_out_fixed
from warehouse.rekenen.terugblik import Vensters

READS = (
    "tussen.ontwikkeling",
    "tussen.toezegging",
    "tussen.instroom_kennis",
    "tussen.nagekomen",
    "tussen.prognose_aanbieder",
    "tussen.prognose_begroting",
    "tussen.prognose_plafond",
    "tussen.prognose_vast",
    "tussen.zonder_versie",
    "peil.bekend",
    "peil.instelling",
)
WRITES = ("tussen.prognose", "tussen.prognose_toets")

LONGEST = 144
"""Months that are laid out: twelve years tell enough."""


def _between(first: date, last: date) -> int:
    """Months from the one to the other."""
    return (last.year - first.year) * 12 + last.month - first.month


def numbered(frame: pl.DataFrame, month: str, first: date) -> pl.DataFrame:
    """The frame with maand_nr and bekend_nr: months from `first`."""

    def number(name: str) -> pl.Expr:
        column = pl.col(name)
        return (
            (column.dt.year().cast(pl.Int64) - first.year) * 12
            + column.dt.month().cast(pl.Int64)
            - first.month
        )

    return frame.with_columns(maand_nr=number(month), bekend_nr=number("bekend_maand"))


def tell(
    sources: dict[str, pl.DataFrame], last_month: date, rows: dict[str, int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Forecast and look back of one municipality.

    Args:
        sources: as ``read_sources`` gives them, of one municipality.
        last_month: last month that has passed.
        rows: the settings by name.

    Returns:
        Rows with the columns of PROGNOSE and of TOETS, without gemeentecode.

    """
    choices = Keuzes(
        Vensters(rows["patroon_maanden"], rows["uitnutting_maanden"]),
        Terugkijk(rows["groei_maanden"], rows["stroom_maanden"], rows["verplichting_jaren"]),
        Vooraf(rows["onzekerheid_procent"] / 100, float(rows["onzekerheid_jaren"])),
        rows["prognose_paden"],
        rows["terugblik_paden"],
    )
    realised = sources["realisatie"].filter(pl.col("levermaand") <= last_month)
    earliest = realised["levermaand"].min()
    empty = pl.DataFrame(schema=PROGNOSE), pl.DataFrame(schema=TOETS)
    if not isinstance(earliest, date):
        return empty
    start = date(last_month.year - LONGEST // 12, last_month.month, 1)
    first = max(earliest, start)
    months = _between(first, last_month) + 1
    blocks = lay_out(
        numbered(realised, "levermaand", first).filter(pl.col("maand_nr") >= 0),
        numbered(sources["toezegging"], "levermaand", first).filter(pl.col("maand_nr") >= 0),
        numbered(sources["stromen"], "maand", first),
        months,
        first.month - 1,
        rows["ontwikkeling_maanden"] + 1,
    )
    fixed = lay_out_fixed(numbered(sources["vast"], "maand", first), months, 12 - last_month.month)
    moments = look_back(blocks.kennis, blocks.bij, blocks.gezien, choices)
    if not moments or moments[-1].maand != months - 1:
        return empty
    verdict = verdict_rows(blocks, moments, fixed, first, rows["rijp_maanden"], choices)
    hindsight = sources["zonder_versie"]["jaar"].to_list()
    verdict = verdict.with_columns(
        achteraf=pl.col("jaar").is_in(hindsight) | (pl.col("jaar") - 1).is_in(hindsight)
    )
    method = choose_method(verdict, rows["terugblik_minimaal"])
    now = moments[-1]
    late = align_late(now, blocks.segmenten, sources["nagekomen"])
    told = replace(now.voorspelling, nagekomen=late)
    moments[-1] = replace(now, voorspelling=keep_linear(told, now.voorspelling.nagekomen))
    year = year_rows(
        blocks, moments, fixed, sources["begroting"], (sources["aanbieder"], sources["plafond"]), choices
    )
    return (
        year.with_columns(jaar=pl.lit(last_month.year), standaard=pl.col("methode") == method),
        verdict,
    )


def read_sources(con: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    """Read all that ``tell`` needs, for all municipalities."""
    known = (
        "SELECT gemeentecode, wet, hoofdproduct, productgroep, product, levermaand, bekend_maand,"
        " CAST(sum(delta_cent) AS BIGINT) AS delta_cent FROM {} GROUP BY ALL"
    )
    queries = {
        "realisatie": known.format("tussen.ontwikkeling"),
        "toezegging": known.format("tussen.toezegging"),
        "stromen": "SELECT * FROM tussen.instroom_kennis",
        "vast": "SELECT * FROM tussen.prognose_vast",
        "nagekomen": "SELECT n.gemeentecode, n.wet, n.productgroep,"
        " CAST(sum(n.ultimate_cent - n.gerapporteerd_cent) AS BIGINT) AS nagekomen_cent"
        " FROM tussen.nagekomen n JOIN peil.bekend k ON year(n.levermaand) = year(k.laatste_maand)"
        " WHERE n.aanbieder_agb IS NULL AND n.leeftijd_maanden >= 1 GROUP BY ALL",
        "begroting": "SELECT * FROM tussen.prognose_begroting",
        "aanbieder": "SELECT * FROM tussen.prognose_aanbieder",
        "plafond": "SELECT * FROM tussen.prognose_plafond",
        "zonder_versie": "SELECT * FROM tussen.zonder_versie",
    }
    return {naam: con.sql(query).pl() for naam, query in queries.items()}


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Forecast, look back, and write ``tussen.prognose`` and ``tussen.prognose_toets``."""
    last_month = con.sql("SELECT laatste_maand FROM peil.bekend").fetchall()[0][0]
    settings = con.sql("SELECT * FROM peil.instelling")
    rows = dict(zip(settings.columns, settings.fetchall()[0], strict=True))
    sources = read_sources(con)
    years, verdicts = [pl.DataFrame(schema=PROGNOSE)], [pl.DataFrame(schema=TOETS)]
    for code in sources["realisatie"]["gemeentecode"].unique().sort():
        own = {
            naam: frame.filter(pl.col("gemeentecode") == code).drop("gemeentecode")
            for naam, frame in sources.items()
        }
        for found, told in zip((years, verdicts), tell(own, last_month, rows), strict=True):
            schema = found[0].schema
            found.append(
                told.with_columns(gemeentecode=pl.lit(code)).select(
                    pl.col(naam).cast(kind) for naam, kind in schema.items()
                )
            )
    for naam, frames in (("prognose", years), ("prognose_toets", verdicts)):
        con.register("uitkomst_prognose", pl.concat(frames))
        con.execute(f"CREATE TABLE tussen.{naam} AS SELECT * FROM uitkomst_prognose")  # noqa: S608
        con.unregister("uitkomst_prognose")
