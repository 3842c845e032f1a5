"""What a year will cost, told at the end of one of its months: four methods side by side (METHODEN §6).

Axes: segment (product), month (levermaand, oldest first) and moment (end of the month of that number). A
moment tells the year it is in: months before it are realised (with what is still to be declared), its own
month and those after it are still to be delivered. Every method uses only what was known at the moment.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.rekenen.afloop import Array

Index = NDArray[np.int64]

METHODEN = ("lineair", "seizoen", "verplichtingen", "voorraad")
LINEAIR, SEIZOEN, VERPLICHTINGEN, VOORRAAD = range(4)
MOST_GROWTH = 3.0
"""A product that more than tripled in a year has no comparable last year: then the run rate tells."""
RUN_MONTHS = 3


@dataclass(frozen=True)
class Kennis:
    """What became known when, as cumulative arrays with the moment as last axis.

    realisatie: segments x months x moments, euros. toegewezen: the same with the months of the last year that
    are still to come. begonnen, beeindigd: the same, numbers of deliveries; month 0 holds all before it too.
    """

    realisatie: Array
    toegewezen: Array
    begonnen: Array
    beeindigd: Array
    eerste_kalendermaand: int
    """Calendar month (0 = January) of month 0."""

    def months_of_year(self, moment: int) -> tuple[int, int]:
        """First month of the year of `moment`, and the month after its last."""
        start = moment - (moment + self.eerste_kalendermaand) % 12
        return start, start + 12


@dataclass(frozen=True)
class Terugkijk:
    """How far the methods look back: months of growth, months of flows, years of promises."""

    groei_maanden: int
    stroom_maanden: int
    verplichting_jaren: int


@dataclass(frozen=True)
class Voorspelling:
    """A year as told at one moment, per segment.

    gerealiseerd: euros known of the year. nagekomen: what of its full months is still to be declared.
    rest: methods x segments, what is still to be delivered: the three add up to the year.
    """

    gerealiseerd: Array
    nagekomen: Array
    rest: Array


def forecast(known: Kennis, ultimate: Array, moment: int, windows: Terugkijk) -> Voorspelling:
    """Tell the year of `moment` by all methods.

    Args:
        known: what became known when.
        ultimate: segments x months up to and without `moment`, what each month will be as estimated then.
        moment: at the end of this month; at least 12 months of history lie before it.
        windows: how far the methods look back.

    """
    start, end = known.months_of_year(moment)
    declared = known.realisatie[:, :, moment]
    realised = declared[:, max(start, 0) : moment + 1].sum(axis=1)
    late = (ultimate[:, max(start, 0) : moment] - declared[:, max(start, 0) : moment]).sum(axis=1)
    ahead = np.arange(moment, end, dtype=np.int64)
    own = declared[:, moment]
    season = _season(ultimate, ahead, moment, windows.groei_maanden)
    promised = _promised(known, ultimate, ahead, moment, windows.verplichting_jaren)
    stock = _stock(known, ultimate, ahead, moment, windows)
    rest = np.stack(
        [_linear(declared, moment, start) - realised - late, *(x - own for x in (season, promised, stock))]
    )
    return Voorspelling(realised, late, rest)


def _linear(declared: Array, moment: int, start: int) -> Array:
    """The year as if each month were like the mean of its full months; in January that of last year."""
    first = start if moment > start else max(0, moment - 12)
    return np.asarray(declared[:, first:moment].sum(axis=1) * 12 / max(1, moment - first))


def grow(ultimate: Array, ahead: Index, moment: int, factor: Array) -> Array:
    """Last year's months times `factor`; the run rate with the whole's season where that cannot be used.

    That is where last year has nothing, or where the factor is unknown, negative or above MOST_GROWTH.
    """
    last_year = ultimate[:, ahead - 12].sum(axis=1)
    usable = np.isfinite(factor) & (factor >= 0) & (factor <= MOST_GROWTH) & (last_year > 0)
    whole = ultimate.sum(axis=0)
    recent = np.arange(max(0, moment - RUN_MONTHS), moment)
    before = whole[recent - 12].sum() if moment >= 12 + RUN_MONTHS else 0.0
    season = whole[ahead - 12].sum() / before if before > 0 else len(ahead) / len(recent)
    run = np.maximum(ultimate[:, recent].sum(axis=1), 0.0) * season
    return np.asarray(np.where(usable, last_year * np.where(usable, factor, 0.0), run))


def _growth(values: Array, recent: Index) -> Array:
    """Sum of the recent months against a year before; 1 where no month has one a year before it."""
    if not recent.size:
        return np.ones(values.shape[0])
    return _ratio(values[:, recent].sum(axis=1), values[:, recent - 12].sum(axis=1))


def _ratio(above: Array, below: Array) -> Array:
    """above / below; NaN where below is not above zero."""
    return np.asarray(np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan))


def _window(moment: int, months: int) -> Index:
    """The full months before `moment` that have a month a year before them, at most `months`."""
    return np.arange(max(12, moment - months), moment, dtype=np.int64)


def _season(ultimate: Array, ahead: Index, moment: int, months: int) -> Array:
    """Last year's same months, times the growth of the latest full months against a year before."""
    return grow(ultimate, ahead, moment, _growth(ultimate, _window(moment, months)))


def _promised(known: Kennis, ultimate: Array, ahead: Index, moment: int, years: int) -> Array:
    """Verplichtingen x uitnutting.

    Toegewezen now for the coming months, times what was realised in earlier years per euro that had been
    toegewezen then for the same months at the same distance. That takes in the care that nobody has been
    toegewezen yet.
    """
    now = known.toegewezen[:, ahead, moment].sum(axis=1)
    realised, promised = np.zeros_like(now), np.zeros_like(now)
    for back in range(12, 12 * years + 1, 12):
        if moment - back >= 0:
            realised += ultimate[:, ahead - back].sum(axis=1)
            promised += known.toegewezen[:, ahead - back, moment - back].sum(axis=1)
    expected = np.where(now > 0, now * _ratio(realised, promised), np.nan)
    return grow(ultimate, ahead, moment, _ratio(expected, ultimate[:, ahead - 12].sum(axis=1)))


def _stock(known: Kennis, ultimate: Array, ahead: Index, moment: int, windows: Terugkijk) -> Array:
    """Stock and flow.

    Deliveries that run, plus instroom, minus the share that ends each month; times the euros per running
    delivery of last year's same months, and how much those grew since.
    """
    begun = known.begonnen[:, : moment + 1, moment]
    ended = known.beeindigd[:, : moment + 1, moment]
    level = np.cumsum(begun - ended, axis=1)
    mean = (np.concatenate([level[:, :1], level[:, :-1]], axis=1) + level) / 2
    flow = slice(max(1, moment + 1 - windows.stroom_maanden), moment + 1)
    count = flow.stop - flow.start
    inflow = begun[:, flow].sum(axis=1) / count
    hazard = np.clip(np.nan_to_num(_ratio(ended[:, flow].sum(axis=1), mean[:, flow].sum(axis=1))), 0, 1)
    running = level[:, moment]
    total = mean[:, moment].copy()
    for _ in ahead[1:]:
        following = running + inflow - hazard * running
        total += (running + following) / 2
        running = following
    recent = _window(moment, windows.groei_maanden)
    # euros per running delivery, against a year before
    price = _ratio(_growth(ultimate, recent), _growth(mean, recent))
    return grow(ultimate, ahead, moment, _ratio(total, mean[:, ahead - 12].sum(axis=1)) * price)
