"""Forecasts of the past, made again with what was known then, and what they teach (METHODEN §6)."""

from dataclasses import dataclass

import numpy as np

from warehouse.rekenen.afloop import Array
from warehouse.rekenen.prognose import METHODEN, Kennis, Terugkijk, Voorspelling, forecast
from warehouse.rekenen.prognose_simulatie import Index, Schokken, Vooraf, estimate_shocks, simulate
from warehouse.rekenen.terugblik import BF, LADDER, Vensters, estimate

NEAR = 2
"""A forecast learns from those of earlier years at most this many months earlier or later in the year."""
HISTORY = 12
SEED = 20_180_101


@dataclass(frozen=True)
class Keuzes:
    """Settings of the forecast, as in ``warehouse.settings``."""

    vensters: Vensters
    terugkijk: Terugkijk
    vooraf: Vooraf
    paden: int
    terugblik_paden: int


@dataclass(frozen=True)
class Moment:
    """One month-end: the forecast made then, and what each year was thought to be (segments x years)."""

    maand: int
    jaar: int
    vooruit: int
    """Months of the year that were still to be delivered, its own month among them."""
    voorspelling: Voorspelling
    jaren: Array


def ultimates(known: Kennis, increments: Array, moment: int, windows: Vensters, observed: int) -> Array:
    """What each month before `moment` will be, as estimated then: segments x months.

    Bornhuetter-Ferguson where something was toegewezen, else the chain ladder; what is older than the pattern
    is what was known.
    """
    first = max(0, moment + 1 - windows.patroon - increments.shape[-1])
    part = estimate(
        increments[:, first : moment + 1],
        known.toegewezen[:, first : moment + 1, moment],
        moment - first,
        windows,
        observed - first,
    ).ultimate
    declared = known.realisatie[:, :moment, moment]
    best = np.where(np.isfinite(part[BF]), part[BF], part[LADDER])[:, :-1]
    result = declared.copy()
    result[:, first:] = np.where(np.isfinite(best), best, declared[:, first:])
    return result


def look_back(known: Kennis, increments: Array, observed: int, choices: Keuzes) -> list[Moment]:
    """Make the forecast of every month-end with twelve months of history behind it, the last one included."""
    months = known.realisatie.shape[2]
    found = []
    for moment in range(observed + HISTORY, months):
        settled = ultimates(known, increments, moment, choices.vensters, observed)
        told = forecast(known, settled, moment, choices.terugkijk)
        start, end = known.months_of_year(moment)
        found.append(
            Moment(moment, _year(known, moment), end - moment, told, _per_year(known, settled, start))
        )
    return found


def _year(known: Kennis, month: int) -> int:
    """Number of the calendar year of a month; month 0 lies in year 0."""
    return (month + known.eerste_kalendermaand) // 12


def _per_year(known: Kennis, settled: Array, start: int) -> Array:
    """Sums per finished calendar year; the first may be a part of a year."""
    years = _year(known, max(start, 0) - 1) + 1 if start > 0 else 0
    result = np.zeros((settled.shape[0], years))
    numbers = (np.arange(max(start, 0)) + known.eerste_kalendermaand) // 12
    for year in range(years):
        result[:, year] = settled[:, : max(start, 0)][:, numbers == year].sum(axis=1)
    return result


def shocks_of(moments: list[Moment], now: Moment, method: int, wet: Index, prior: Vooraf) -> Schokken:
    """Sizes of the shocks for `now`, out of forecasts of years that were over by then, near in the year.

    What drifts away from a forecast drifts further in more months: errors, and what is believed of a whole
    year beforehand, count in proportion to the months ahead.
    """
    usable = [
        each
        for each in moments
        if each.jaar < now.jaar and _apart(each.maand, now.maand) <= NEAR and each.jaar < now.jaren.shape[1]
    ]
    uncertain = np.array([each.voorspelling.nagekomen + each.voorspelling.rest[method] for each in usable])
    missed = np.array(
        [
            (now.jaren[:, each.jaar] - each.voorspelling.gerealiseerd - unsure) * now.vooruit / each.vooruit
            for each, unsure in zip(usable, uncertain, strict=True)
        ]
    )
    shape = (len(usable), wet.size)
    years = np.array([each.jaar for each in usable], dtype=np.int64)
    today = now.voorspelling.nagekomen + now.voorspelling.rest[method]
    believed = Vooraf(prior.fractie * now.vooruit / 12, prior.jaren)
    return estimate_shocks(uncertain.reshape(shape), missed.reshape(shape), years, wet, today, believed)


def _apart(one: int, other: int) -> int:
    """Distance of two months in the circle of the year."""
    gap = abs(one - other) % 12
    return min(gap, 12 - gap)


def paths_of(moments: list[Moment], now: Moment, wet: Index, paths: int, prior: Vooraf) -> Array:
    """Simulated years: methods x paths x segments, all methods under the same draws."""
    told = now.voorspelling
    return np.stack(
        [
            simulate(
                told.gerealiseerd,
                told.nagekomen + told.rest[method],
                wet,
                shocks_of(moments, now, method, wet, prior),
                paths,
                SEED + now.maand,
            )
            for method in range(len(METHODEN))
        ]
    )
