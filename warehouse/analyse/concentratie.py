"""Concentration of costs over clients and households, per year (METHODEN §7)."""

from datetime import date
from typing import Any

import duckdb
import numpy as np
import polars as pl

from warehouse.rekenen.concentratie import Floats, gini, lorenz, persistence, top_group, top_share

READS = ("tussen.kosten_jaar", "tussen.bereik", "peil.bekend")
WRITES = ("tussen.concentratie", "tussen.lorenz")

SMALLEST_GROUP = 10
"""METHODEN §7: a group of which something is told has at least ten members."""
TOPS = (1, 5, 10, 20)
YEAR, YEARLY = "jaar", "op jaarbasis"
SCHEMA = {
    "jaar": pl.Int64,
    "gemeentecode": pl.String,
    "wet": pl.String,
    "eenheid": pl.String,
    "basis": pl.String,
    "n": pl.Int64,
    "totaal_cent": pl.Int64,
    "gini": pl.Float64,
    **{f"aandeel_top{top}": pl.Float64 for top in TOPS},
    "persistentie_top10": pl.Float64,
    "jaar_volledig": pl.Boolean,
    "reden": pl.String,
}
CURVE = {
    "jaar": pl.Int64,
    "gemeentecode": pl.String,
    "wet": pl.String,
    "eenheid": pl.String,
    "percentiel": pl.Int64,
    "n": pl.Int64,
    "cumulatief_aandeel": pl.Float64,
}
Key = tuple[int, str, str, str]


def figures(costs: Floats) -> dict[str, Any]:
    """n, totaal_cent, gini, shares of the top and reden; what is about fewer than ten is None."""
    n = costs.size
    row: dict[str, Any] = {"n": n, "totaal_cent": round(float(costs.sum())), "reden": None}
    row["gini"] = round(gini(costs), 9) if n >= SMALLEST_GROUP else None
    hidden = []
    for top in TOPS:
        large = n * top / 100 >= SMALLEST_GROUP
        row[f"aandeel_top{top}"] = round(top_share(costs, top / 100), 9) if large else None
        if not large:
            hidden.append(f"{top} %")
    if n < SMALLEST_GROUP:
        row["reden"] = f"minder dan {SMALLEST_GROUP} in de groep"
        row["n"] = row["totaal_cent"] = None
    elif hidden:
        row["reden"] = f"minder dan {SMALLEST_GROUP} in de top " + ", ".join(hidden)
    return row


def curve(costs: Floats) -> list[float | None]:
    """L(p) at 0 to 100 per cent; None where a point would set apart a group of fewer than ten.

    Neither from an end of the curve nor from the point before it: the step between two points is a group too.
    """
    shares = np.linspace(0, 1, 101)
    values = lorenz(costs, shares)
    told = (shares == 0) | (shares == 1)
    shown = 0.0
    for nr in range(1, shares.size - 1):
        far = (shares[nr] - shown) * costs.size + 1e-9 >= SMALLEST_GROUP
        if far and (1 - shares[nr]) * costs.size + 1e-9 >= SMALLEST_GROUP:
            told[nr], shown = True, shares[nr]
    return [round(float(v), 9) if seen else None for v, seen in zip(values, told, strict=True)]


def measure(costs: pl.DataFrame, first: date, last: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Concentration and curve out of the rows of tussen.kosten_jaar.

    `first` and `last` are the first and last full levermaand: a year is complete when both lie outside it or
    on its edge. Persistence needs a next year that is complete.
    """
    keys = ["jaar", "gemeentecode", "wet", "eenheid"]
    parts: dict[Key, tuple[Any, Floats, Floats]] = {}
    # a list per key: sorting half a million rows by four texts takes longer than all the rest
    cells = costs.group_by(keys).agg(
        pl.col("eenheid_nr", "realisatie_cent", "maanden").sort_by("eenheid_nr"), pl.len().alias("aantal")
    )
    cells = cells.sort(keys)
    names, cents, months = (
        cells[naam].explode().to_numpy() for naam in ("eenheid_nr", "realisatie_cent", "maanden")
    )
    ends = np.cumsum(cells["aantal"].to_numpy())
    for (*cell, size), end in zip(cells.select([*keys, "aantal"]).iter_rows(), ends, strict=True):
        part = slice(end - size, end)
        cost = cents[part].astype(np.float64)
        parts[cell[0], cell[1], cell[2], cell[3]] = (names[part], cost, cost * 12 / months[part])
    rows: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    for key, (units, *bases) in parts.items():
        common = dict(zip(keys, key, strict=True))
        later = parts.get((key[0] + 1, *key[1:]))
        for index, (basis, values) in enumerate(zip((YEAR, YEARLY), bases, strict=True)):
            row = {**common, "basis": basis, **figures(values), "persistentie_top10": None}
            row["jaar_volledig"] = _complete(key[0], first, last)
            if later is not None and _complete(key[0] + 1, first, last) and row["aandeel_top10"] is not None:
                now, then = (
                    top_group(v, who, 0.1) for v, who in ((values, units), (later[index + 1], later[0]))
                )
                row["persistentie_top10"] = round(persistence(now, then), 9)
            rows.append(row)
        if units.size >= SMALLEST_GROUP:
            points += [
                {**common, "percentiel": p, "n": units.size, "cumulatief_aandeel": value}
                for p, value in enumerate(curve(bases[0]))
            ]
    return pl.DataFrame(rows, schema=SCHEMA), pl.DataFrame(points, schema=CURVE)


def _complete(year: int, first: date, last: date) -> bool:
    """Are all months of the year within the first and the last full levermaand?"""
    return first <= date(year, 1, 1) and last >= date(year, 12, 1)


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Read the costs and write ``tussen.concentratie`` and ``tussen.lorenz``."""
    first, last = con.sql(
        "SELECT b.eerste_levermaand, k.laatste_levermaand FROM tussen.bereik b JOIN peil.bekend k ON true"
    ).fetchall()[0]
    frames = measure(con.sql("SELECT * FROM tussen.kosten_jaar").pl(), first, last)
    for table, frame in zip(WRITES, frames, strict=True):
        con.register("uitkomst_concentratie", frame)
        con.execute(f"CREATE TABLE {table} AS SELECT * FROM uitkomst_concentratie")  # noqa: S608
        con.unregister("uitkomst_concentratie")
