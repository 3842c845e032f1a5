"""Control charts: cuts each series where a person moved the baseline, and judges the parts (METHODEN §10)."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
import polars as pl

from warehouse.rekenen.regelkaart import make_chart

READS = ("tussen.regelkaart_reeks", "kern.regelkaart_basis", "peil.instelling")
WRITES = ("tussen.regelkaart",)

SERIES = ["gemeentecode", "maat", "cel"]
SCHEMA = {
    "maat": pl.String,
    "cel": pl.String,
    "gemeentecode": pl.String,
    "maand": pl.Date,
    "waarde": pl.Float64,
    "eenheid": pl.String,
    "gemiddelde": pl.Float64,
    "ondergrens": pl.Float64,
    "bovengrens": pl.Float64,
    "signaal": pl.String,
    "richting": pl.String,
    "basis_van": pl.Date,
    "basis_tot": pl.Date,
    "basis_reden": pl.String,
    "aanbieder_agb": pl.String,
}
Rebase = tuple[str, str, str | None, date, str]
"""gemeentecode, maat, cel (None: every cell), first month, reason."""


def _next_month(month: date) -> date:
    """First day of the month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def cuts(keys: tuple[str, str, str], months: Sequence[date], decisions: Sequence[Rebase]) -> dict[int, str]:
    """Index in `months` at which a new baseline begins, with the reason.

    A decision for this very cell goes before one for all cells in the same month; one after the last month
    does nothing yet, and one before the first month begins where the series does.
    """
    own = [d for d in decisions if d[:2] == keys[:2] and d[2] in (None, keys[2])]
    found: dict[int, str] = {}
    for _, _, _, since, reason in sorted(own, key=lambda d: (d[3], d[2] is not None)):
        later = [index for index, month in enumerate(months) if month >= since]
        if later:
            found[later[0]] = reason
    return found


def judge_series(series: pl.DataFrame, decisions: Sequence[Rebase], baseline: int) -> pl.DataFrame:
    """Judge all series (columns of tussen.regelkaart_reeks); returns the columns of SCHEMA."""
    rows: list[dict[str, Any]] = []
    for part in series.sort([*SERIES, "maand"]).partition_by(SERIES, maintain_order=True):
        keys = part.row(0, named=True)
        months = part["maand"].to_list()
        values = part["waarde"].to_numpy()
        begins = {0: None} | cuts((keys["gemeentecode"], keys["maat"], keys["cel"]), months, decisions)
        edges = [*sorted(begins), len(months)]
        for begin, end in pairwise(edges):
            chart = make_chart(np.asarray(values[begin:end], dtype=np.float64), baseline)
            limits = chart.limits
            shared = {
                **{naam: keys[naam] for naam in ("maat", "cel", "gemeentecode", "eenheid", "aanbieder_agb")},
                "gemiddelde": limits.mean if limits else None,
                "ondergrens": limits.lower if limits else None,
                "bovengrens": limits.upper if limits else None,
                "basis_van": months[begin],
                "basis_tot": _next_month(months[begin + chart.baseline_points - 1]),
                "basis_reden": begins[begin],
            }
            if limits and keys["niet_negatief"]:
                shared["ondergrens"] = max(0.0, limits.lower)
            rows += [
                {**shared, "maand": month, "waarde": float(value), "signaal": signal, "richting": side}
                for month, value, signal, side in zip(
                    months[begin:end], values[begin:end], chart.signals, chart.sides, strict=True
                )
            ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Read the series and the decisions, judge them and write ``tussen.regelkaart``."""
    series = con.sql("SELECT * FROM tussen.regelkaart_reeks").pl()
    decisions = con.sql(
        "SELECT gemeentecode, maat, cel, basis_van, basis_reden FROM kern.regelkaart_basis ORDER BY ALL"
    ).fetchall()
    baseline = int(con.sql("SELECT regelkaart_basis_maanden FROM peil.instelling").fetchall()[0][0])
    con.register("beoordeelde_reeksen", judge_series(series, decisions, baseline))
    con.execute("CREATE TABLE tussen.regelkaart AS SELECT * FROM beoordeelde_reeksen")
    con.unregister("beoordeelde_reeksen")
