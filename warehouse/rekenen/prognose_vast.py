"""Amounts that messages do not hold (lump sums, subsidies, pgb, other): known or spread, never simulated."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.rekenen.afloop import Array

NAMEN = ["wet", "hoofdproduct", "productgroep", "product"]


@dataclass(frozen=True)
class Vast:
    """Ledger amounts: one row a wet x hoofdproduct, months x moments of what was booked, cumulative."""

    namen: pl.DataFrame
    bedrag: Array

    def geboekt(self, start: int, moment: int) -> Array:
        """Booked up to and with `moment` for the months of the year that starts at `start`."""
        return np.asarray(self.bedrag[:, max(start, 0) : moment + 1, moment].sum(axis=1))


def lay_out_fixed(booked: pl.DataFrame, months: int) -> Vast:
    """Lay out rows (wet, hoofdproduct, maand_nr, bekend_nr, bedrag_cent)."""
    names = booked.select("wet", "hoofdproduct").unique().sort("wet", "hoofdproduct")
    amounts = np.zeros((names.height, months, months))
    found = booked.join(names.with_row_index("nr"), on=["wet", "hoofdproduct"]).filter(
        (pl.col("maand_nr") >= 0) & (pl.col("maand_nr") < months)
    )
    where = (
        found["nr"].to_numpy().astype(np.int64),
        found["maand_nr"].to_numpy().astype(np.int64),
        np.clip(found["bekend_nr"].to_numpy().astype(np.int64), 0, months - 1),
    )
    np.add.at(amounts, where, found["bedrag_cent"].to_numpy().astype(np.float64))
    empty = [pl.lit(None, pl.String).alias(name) for name in NAMEN[2:]]
    return Vast(names.with_columns(empty).select(NAMEN), amounts.cumsum(axis=2))


def fixed_amounts(fixed: Vast, start: int, end: int, moment: int) -> Array:
    """The year's amount per row as expected at `moment`: booked so far, and the same each month to come.

    Where nothing is booked yet this year, the twelve months before it count.
    """
    if fixed.namen.is_empty():
        return np.zeros(0)
    booked = (
        fixed.geboekt(start, min(moment, end - 1))
        if moment < end
        else fixed.bedrag[:, max(start, 0) : end, moment].sum(axis=1)
    )
    passed = min(moment + 1, end) - max(start, 0)
    last_year = fixed.bedrag[:, max(start - 12, 0) : max(start, 0), moment].sum(axis=1)
    return np.asarray(np.where(booked != 0, booked * (end - max(start, 0)) / passed, last_year))


def fixed_year(fixed: Vast, wet: str, start: int, end: int, moment: int) -> float:
    """The same for all rows of a wet, or of all wetten ('totaal')."""
    amounts = fixed_amounts(fixed, start, end, moment)
    mine = np.array([wet in ("totaal", name) for name in fixed.namen["wet"]], dtype=bool)
    return float(amounts[mine].sum()) if mine.size else 0.0
