"""Amounts that messages do not hold (lump sums, subsidies, pgb, other): known or spread, never simulated."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.rekenen.afloop import Array

NAMEN = ["wet", "hoofdproduct", "productgroep", "product"]
BOEKER = ["wet", "hoofdproduct", "taakveld", "soort"]
"""What books in a rhythm of its own: a subsidy once a year must not be taken with the pgb of every month."""
JAAR = 12


@dataclass(frozen=True)
class Vast:
    """Ledger amounts: one row of BOEKER, months x moments of what was booked, cumulative.

    The months run on to the end of the year of the last moment: some amounts are booked ahead.
    """

    namen: pl.DataFrame
    bedrag: Array

    def geboekt(self, start: int, moment: int) -> Array:
        """Booked up to and with `moment` for the months of the year that starts at `start`."""
        return np.asarray(self.bedrag[:, max(start, 0) : moment + 1, moment].sum(axis=1))


def lay_out_fixed(booked: pl.DataFrame, months: int, ahead: int = 0) -> Vast:
    """Lay out rows (BOEKER, maand_nr, bekend_nr, bedrag_cent); `ahead` months lie after the last moment."""
    keys = booked.select(BOEKER).unique().sort(BOEKER, nulls_last=True)
    amounts = np.zeros((keys.height, months + ahead, months))
    found = booked.join(keys.with_row_index("nr"), on=BOEKER, nulls_equal=True).filter(
        (pl.col("maand_nr") >= 0) & (pl.col("maand_nr") < months + ahead)
    )
    where = (
        found["nr"].to_numpy().astype(np.int64),
        found["maand_nr"].to_numpy().astype(np.int64),
        np.clip(found["bekend_nr"].to_numpy().astype(np.int64), 0, months - 1),
    )
    np.add.at(amounts, where, found["bedrag_cent"].to_numpy().astype(np.float64))
    empty = [pl.lit(None, pl.String).alias(name) for name in NAMEN[2:]]
    return Vast(keys.with_columns(empty).select(NAMEN), amounts.cumsum(axis=2))


def complete_year(this_year: Array, last_year: Array, before: bool) -> float:
    """What one row books in a year of which `this_year` is known (METHODEN §6, vaste bedragen).

    The months after the last one that is booked take last year's amounts of those months. Where it booked in
    the same months as last year so far, they take them in proportion: a lump sum is indexed in January.
    Without a last year to go by (nothing then, or its first booking lies later in that year than a month
    that is still to come) the rhythm of its bookings goes on, see ``continue_rhythm``.

    Args:
        this_year: booked a month, zero where nothing is (yet).
        last_year: the same of those months a year earlier.
        before: whether anything was booked before last year, or last year from its first month on.

    """
    booked = np.flatnonzero(this_year)
    earlier = np.flatnonzero(last_year)
    done = int(booked[-1]) + 1 if booked.size else 0
    total, rest = float(this_year.sum()), float(last_year[done:].sum())
    if earlier.size == 1 and booked.size == 1:
        return total  # once a year, whatever the month
    started_late = not before and earlier.size > 0 and done < int(earlier[0])
    if earlier.size == 0 or (started_late and earlier.size + booked.size > 1):
        return total + continue_rhythm(this_year, last_year)
    past = float(last_year[:done].sum())
    alike = np.array_equal(this_year[:done] != 0, last_year[:done] != 0)
    if alike and total > 0 and past > 0:
        return total + rest * total / past
    return total + rest


def continue_rhythm(this_year: Array, last_year: Array) -> float:
    """What is still to come when the smallest step between bookings goes on, at their mean amount.

    One booking alone shows no rhythm: it counts as the only one.
    """
    both = np.concatenate([last_year, this_year])
    booked = np.flatnonzero(both)
    if booked.size < 2:
        return 0.0
    step = int(np.diff(booked).min())
    to_come = np.arange(booked[-1] + step, both.size, step)
    known = this_year[this_year != 0] if np.any(this_year) else last_year[last_year != 0]
    return float((to_come >= last_year.size).sum() * known.mean())


def fixed_amounts(fixed: Vast, start: int, end: int, moment: int) -> Array:
    """The year's amount per row as expected at `moment`; of a year that is over what was booked."""
    if fixed.namen.is_empty():
        return np.zeros(0)
    known = fixed.bedrag[:, :, moment]
    first = max(start, 0)
    if moment >= end:
        return np.asarray(known[:, first:end].sum(axis=1))
    whole = np.zeros((known.shape[0], end - start))
    whole[:, first - start :] = known[:, first:end]
    last = np.zeros_like(whole)
    if start > 0:
        from_month = max(start - JAAR, 0)
        last[:, from_month - (start - JAAR) :] = known[:, from_month:start]
    before = (
        np.any(known[:, : max(start - JAAR, 0)], axis=1)
        if start > JAAR
        else np.zeros(known.shape[0], dtype=bool)
    )
    before |= last[:, 0] != 0
    return np.array(
        [complete_year(now, then, bool(old)) for now, then, old in zip(whole, last, before, strict=True)]
    )


def fixed_years(fixed: Vast, wetten: list[str], start: int, end: int, moment: int) -> Array:
    """The same for all rows of each wet, or of all wetten ('totaal')."""
    amounts = fixed_amounts(fixed, start, end, moment)
    mine = np.array([[wet in ("totaal", name) for name in fixed.namen["wet"]] for wet in wetten], dtype=bool)
    return np.asarray(mine.reshape(len(wetten), amounts.size) @ amounts)
