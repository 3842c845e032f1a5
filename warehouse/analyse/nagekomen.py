"""Nagekomen declaraties: what is still to come of each levermaand, and how well that was told in the past.

Reads what became known when (tussen.ontwikkeling, tussen.toezegging), lays it out as triangles and has
``warehouse.rekenen`` estimate and look back. Which method counts at which age follows from the look back.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.rekenen.afloop import Array, Mask
from warehouse.rekenen.terugblik import METHODEN, Oordeel, Vensters, choose, estimate, judge, pick, replay

READS = ("tussen.ontwikkeling", "tussen.toezegging", "peil.bekend", "peil.instelling")
WRITES = ("tussen.nagekomen", "tussen.nagekomen_toets")

Z_80 = 1.2815515594
"""Standard normal quantile of 90 %: the half-width of an 80 % band."""
LONGEST = 240
"""Months of levermaanden that are laid out; older ones are fully known whatever the setting."""
GROEP = ["gemeentecode", "wet", "productgroep"]
SEGMENT = [*GROEP, "aanbieder_agb"]
NAGEKOMEN = {
    **dict.fromkeys(SEGMENT, pl.String),
    "levermaand": pl.Date,
    "leeftijd_maanden": pl.Int64,
    "gerapporteerd_cent": pl.Int64,
    "ultimate_cent": pl.Int64,
    "standaardfout_cent": pl.Int64,
    "methode": pl.String,
}
TOETS = {
    **dict.fromkeys(GROEP, pl.String),
    "leeftijd_maanden": pl.Int64,
    "methode": pl.String,
    "aantal": pl.Int64,
    "afwijking_fractie": pl.Float64,
    "fout_fractie": pl.Float64,
    "dekking_fractie": pl.Float64,
    "gekozen": pl.Boolean,
}


@dataclass(frozen=True)
class Keuzes:
    """Settings of the estimate, as in ``warehouse.settings``."""

    ontwikkeling: int
    vensters: Vensters
    rijp: int
    minimaal: int
    groot_procent: int


@dataclass(frozen=True)
class Blok:
    """Triangles of segments: increments, exposure as known at each moment, and what is known now."""

    bij: Array
    toegewezen: Array
    bekend: Array


def month_index(column: str, first: date) -> pl.Expr:
    """Number of months from `first` to a month column."""
    month = pl.col(column)
    return (month.dt.year().cast(pl.Int64) - first.year) * 12 + month.dt.month().cast(pl.Int64) - first.month


def large_providers(development: pl.DataFrame, percent: int) -> pl.DataFrame:
    """Aanbieders with at least `percent` of their productgroep's euros: rows with the columns of SEGMENT."""
    euros = development.group_by(SEGMENT).agg(pl.col("delta_cent").sum())
    share = pl.col("delta_cent") * 100 >= percent * pl.col("delta_cent").sum().over(GROEP)
    return euros.filter((pl.col("delta_cent") > 0) & share).select(SEGMENT).sort(SEGMENT)


def lay_out(
    development: pl.DataFrame,
    promised: pl.DataFrame,
    segments: pl.DataFrame,
    keys: list[str],
    shape: tuple[int, int],
) -> Blok:
    """Lay rows (keys, maand_nr, bekend_nr, delta_cent) out as arrays; `shape` = (months, developments)."""
    months, width = shape
    numbered = segments.with_row_index("segment_nr")
    count = segments.height
    moved = development.join(numbered, on=keys, how="inner", nulls_equal=True)
    segment, origin, moment, delta = _columns(moved)
    known = np.zeros((count, months))
    np.add.at(known, (segment, origin), delta)
    increments = np.zeros((count, months, width))
    step = np.maximum(moment - origin, 0)
    told = (moment < months) & (step < width)
    np.add.at(increments, (segment[told], origin[told], step[told]), delta[told])
    exposure = np.zeros((count, months, months))
    segment, origin, moment, delta = _columns(promised.join(numbered, on=keys, how="inner", nulls_equal=True))
    told = (origin < months) & (moment < months)
    np.add.at(exposure, (segment[told], origin[told], np.maximum(moment[told], 0)), delta[told])
    return Blok(increments, exposure.cumsum(axis=2), known)


def _columns(frame: pl.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], Array]:
    """Segment, origin, moment and euros of a frame as arrays."""
    return (
        frame["segment_nr"].to_numpy().astype(np.int64),
        frame["maand_nr"].to_numpy().astype(np.int64),
        frame["bekend_nr"].to_numpy().astype(np.int64),
        frame["delta_cent"].to_numpy().astype(np.float64),
    )


def estimate_rows(
    segments: pl.DataFrame, block: Blok, take_bf: Mask, first: date, observed: int, choices: Keuzes
) -> pl.DataFrame:
    """One row a segment and levermaand up to the last full one, with the columns of NAGEKOMEN.

    Args:
        segments: columns of SEGMENT, one row a segment.
        block: their triangles; the last month is the last that has passed.
        take_bf: segments x ages: where the look back prefers Bornhuetter-Ferguson.
        first: first levermaand of the layout.
        observed: first levermaand that was followed from its start.
        choices: the settings.

    """
    months = block.bekend.shape[1]
    ages = months - 1 - np.arange(months)
    now = estimate(block.bij, block.toegewezen[:, :, -1], months - 1, choices.vensters, observed)
    taken = take_bf[:, np.minimum(ages, take_bf.shape[1] - 1)]
    ultimate, error, bf = pick(now, taken)
    full = ages >= choices.ontwikkeling
    answered = np.isfinite(ultimate) & ~full
    rounded = np.where(answered, np.rint(np.nan_to_num(ultimate)), block.bekend).astype(np.int64)
    word = np.where(full, "bekend", np.where(bf, METHODEN[1], METHODEN[0]))
    segment, origin = np.indices(block.bekend.shape)
    grid = pl.DataFrame(
        {
            "segment_nr": segment.ravel().astype(np.uint32),
            "maand_nr": origin.ravel(),
            "leeftijd_maanden": np.broadcast_to(ages, block.bekend.shape).ravel(),
            "gerapporteerd_cent": block.bekend.astype(np.int64).ravel(),
            "ultimate_cent": rounded.ravel(),
            "fout": np.where(full, 0.0, error).ravel(),
            "methode": word.ravel(),
        }
    )
    some = (pl.col("gerapporteerd_cent") != 0) | (pl.col("ultimate_cent") != 0)
    begin = pl.date(first.year, first.month, 1)
    return (
        grid.filter((pl.col("leeftijd_maanden") >= 0) & some)
        .join(segments.with_row_index("segment_nr"), on="segment_nr")
        .with_columns(
            levermaand=begin.dt.offset_by(pl.format("{}mo", pl.col("maand_nr"))),
            standaardfout_cent=pl.col("fout").fill_nan(None).round().cast(pl.Int64),
        )
        .select(pl.col(name).cast(kind) for name, kind in NAGEKOMEN.items())
    )


def verdict_rows(groups: pl.DataFrame, verdict: Oordeel, take_bf: Mask) -> pl.DataFrame:
    """One row a productgroep, age and method that could be looked back on, with the columns of TOETS."""
    method, group, age = np.nonzero(verdict.aantal)
    chosen = np.where(method == 1, take_bf[group, age], ~take_bf[group, age])
    place = (method, group, age)
    rows = pl.DataFrame(
        {
            "leeftijd_maanden": age.astype(np.int64),
            "methode": np.array(METHODEN)[method],
            "aantal": verdict.aantal[place].astype(np.int64),
            "afwijking_fractie": verdict.afwijking[place],
            "fout_fractie": verdict.fout[place],
            "dekking_fractie": verdict.dekking[place],
            "gekozen": chosen,
        }
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
    return pl.concat([groups[group], rows], how="horizontal").select(list(TOETS)).cast(TOETS)  # type: ignore[arg-type]


def estimate_all(
    development: pl.DataFrame, promised: pl.DataFrame, last_month: date, choices: Keuzes
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Estimates per productgroep and large aanbieder, and the look back per productgroep.

    Args:
        development: SEGMENT, levermaand, bekend_maand, delta_cent (realisation that became known).
        promised: the same for toegewezen euros.
        last_month: last month that has passed at bekend_op.
        choices: the settings.

    """
    development = development.filter(pl.col("levermaand") <= last_month)
    if development.is_empty():
        return pl.DataFrame(schema=NAGEKOMEN), pl.DataFrame(schema=TOETS)
    earliest = development["levermaand"].min()
    assert isinstance(earliest, date)
    first = max(earliest, _months_before(last_month, LONGEST))
    months = _between(first, last_month) + 1
    numbers = [
        month_index("levermaand", first).alias("maand_nr"),
        month_index("bekend_maand", first).alias("bekend_nr"),
    ]
    old = development.filter(pl.col("levermaand") < first)
    development = development.with_columns(numbers).filter(pl.col("maand_nr") >= 0)
    promised = promised.with_columns(numbers).filter(pl.col("maand_nr") >= 0)
    lowest = development["bekend_nr"].min()
    assert isinstance(lowest, int)
    observed = max(0, lowest - 1)
    shape = (months, choices.ontwikkeling + 1)
    groups = development.select(GROEP).unique().sort(GROEP)
    block = lay_out(development, promised, groups, GROEP, shape)
    looked_at = choices.rijp + 1
    seen = replay(
        block.bij, block.toegewezen, block.bekend, choices.rijp, looked_at, choices.vensters, observed
    )
    verdict = judge(seen, Z_80)
    take_bf, _ = choose(verdict, choices.minimaal)
    whole = groups.with_columns(aanbieder_agb=pl.lit(None, pl.String))
    rows = [estimate_rows(whole, block, take_bf, first, observed, choices)]
    recent = development.filter(pl.col("maand_nr") >= months - choices.vensters.patroon)
    large = large_providers(recent, choices.groot_procent)
    if large.height:
        of_group = large.join(groups.with_row_index("nr"), on=GROEP, how="left", maintain_order="left")
        block = lay_out(development, promised, large, SEGMENT, shape)
        chosen = take_bf[of_group["nr"].to_numpy()]
        rows.append(estimate_rows(large, block, chosen, first, observed, choices))
    rows.append(_older(old, last_month))
    return pl.concat(rows), verdict_rows(groups, verdict, take_bf)


def _older(old: pl.DataFrame, last_month: date) -> pl.DataFrame:
    """Rows of levermaanden before the layout: what is known is all there is."""
    return (
        old.group_by([*GROEP, "levermaand"])
        .agg(gerapporteerd_cent=pl.col("delta_cent").sum())
        .filter(pl.col("gerapporteerd_cent") != 0)
        .with_columns(
            aanbieder_agb=pl.lit(None, pl.String),
            leeftijd_maanden=-month_index("levermaand", last_month),
            ultimate_cent=pl.col("gerapporteerd_cent"),
            standaardfout_cent=pl.lit(0),
            methode=pl.lit("bekend"),
        )
        .select(pl.col(name).cast(kind) for name, kind in NAGEKOMEN.items())
    )


def _between(first: date, last: date) -> int:
    """Months from the one to the other."""
    return (last.year - first.year) * 12 + last.month - first.month


def _months_before(month: date, count: int) -> date:
    """First day of the month `count` months earlier."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Estimate, look back, and write ``tussen.nagekomen`` and ``tussen.nagekomen_toets``."""
    columns = "gemeentecode, wet, productgroep, aanbieder_agb, levermaand, bekend_maand"
    summed = f"SELECT {columns}, CAST(sum(delta_cent) AS BIGINT) AS delta_cent FROM"
    development = con.sql(f"{summed} tussen.ontwikkeling GROUP BY {columns}").pl()
    promised = con.sql(f"{summed} tussen.toezegging GROUP BY {columns}").pl()
    last_month = con.sql("SELECT laatste_maand FROM peil.bekend").fetchall()[0][0]
    row = con.sql(
        "SELECT ontwikkeling_maanden, patroon_maanden, uitnutting_maanden, rijp_maanden, terugblik_minimaal,"
        " grote_aanbieder_procent FROM peil.instelling"
    ).fetchall()[0]
    choices = Keuzes(row[0], Vensters(row[1], row[2]), row[3], row[4], row[5])
    estimates, verdict = estimate_all(development, promised, last_month, choices)
    for naam, frame in (("nagekomen", estimates), ("nagekomen_toets", verdict)):
        con.register("uitkomst_nagekomen", frame)
        con.execute(f"CREATE TABLE tussen.{naam} AS SELECT * FROM uitkomst_nagekomen")  # noqa: S608
        con.unregister("uitkomst_nagekomen")
