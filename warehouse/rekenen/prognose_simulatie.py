"""How uncertain a year's forecast is: errors of earlier forecasts, drawn together (METHODEN §6).

An error is a fraction of what was not declared yet. Errors of products move together, so each path draws
one shock for all, one for each wet and one for each product. Their sizes follow from the forecasts of earlier
years at about the same month, and from a set size that weighs as much as a set number of years.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.rekenen.afloop import Array

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Vooraf:
    """What counts before any forecast could be checked: the error as a fraction, its weight in years."""

    fractie: float
    jaren: float


@dataclass(frozen=True)
class Schokken:
    """Standard deviations of the shocks: of all together, per wet, per segment."""

    samen: float
    per_wet: Array
    per_segment: Array


def estimate_shocks(
    uncertain: Array, missed: Array, years: Index, wet: Index, now: Array, prior: Vooraf
) -> Schokken:
    """Sizes of the shocks out of earlier forecasts.

    Args:
        uncertain: forecasts x segments, euros that were not declared yet when the forecast was made.
        missed: the same, outcome minus forecast in euros.
        years: the year each forecast was about; forecasts of one year count as one year together.
        wet: number of the wet of each segment.
        now: segments, the uncertain euros of today's forecast: how much each segment weighs.
        prior: what is believed beforehand.

    """
    laws = np.arange(int(wet.max()) + 1) if wet.size else np.arange(0)
    sums = (wet == laws[:, None]).astype(float)
    of_segment = _error(missed, uncertain)
    of_law = _error(missed @ sums.T, uncertain @ sums.T)
    of_all = _error(missed.sum(axis=1), uncertain.sum(axis=1))
    segment = _size(of_segment - of_law[:, wet], years, Vooraf(2 * prior.fractie, prior.jaren))
    law = _size(of_law - of_all[:, None], years, Vooraf(prior.fractie / 2, prior.jaren))
    together = _size(of_all[:, None], years, prior)
    weights = np.maximum(now, 0.0)
    # what the smaller shocks already add to the larger sum is not drawn twice
    with np.errstate(divide="ignore", invalid="ignore"):
        within = np.nan_to_num((sums @ (weights * segment) ** 2) / (sums @ weights) ** 2)
        share = np.nan_to_num((sums @ weights) / weights.sum())
    law2 = np.maximum(law**2 - within, 0.0)
    together2 = max(float(together[0]) ** 2 - float((share**2 * (law2 + within)).sum()), 0.0)
    return Schokken(float(np.sqrt(together2)), np.sqrt(law2), segment)


def _error(missed: Array, uncertain: Array) -> Array:
    """Error as a fraction; NaN where nothing was uncertain. No single forecast counts for more than 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.clip(np.where(uncertain > 0, missed / uncertain, np.nan), -1.0, 1.0))


def _size(errors: Array, years: Index, prior: Vooraf) -> Array:
    """Root mean square per column: each year one mean, and the prior as so many years more."""
    total = np.full(errors.shape[1], prior.jaren * prior.fractie**2)
    count = np.full(errors.shape[1], prior.jaren)
    for year in np.unique(years):
        square = errors[years == year] ** 2
        seen = ~np.isnan(square)
        number = seen.sum(axis=0)
        total += np.where(number > 0, np.where(seen, square, 0.0).sum(axis=0) / np.maximum(number, 1), 0.0)
        count += number > 0
    return np.asarray(np.sqrt(total / np.maximum(count, 1e-9)))


def simulate(certain: Array, uncertain: Array, wet: Index, shocks: Schokken, paths: int, seed: int) -> Array:
    """Draw paths x segments: certain + uncertain x (1 + shocks), never below certain where more is to come.

    The shocks come in pairs of opposite sign, so the middle path is the forecast itself.
    """
    draw = np.random.default_rng(seed)
    half = (paths + 1) // 2
    laws = shocks.per_wet.size
    common = draw.standard_normal((half, 1)) * shocks.samen
    law = draw.standard_normal((half, laws)) * shocks.per_wet
    own = draw.standard_normal((half, certain.size)) * shocks.per_segment
    shock = common + (law[:, wet] if laws else 0.0) + own
    both = np.concatenate([shock, -shock])[:paths]
    return np.asarray(certain + uncertain * np.maximum(1.0 + both, 0.0))


@dataclass(frozen=True)
class Plafonds:
    """Contracts with a ceiling: per aanbieder the ceiling, and euros and shares per segment x aanbieder.

    gerealiseerd: euros of the year that are declared. aandeel: share of the segment's coming euros.
    """

    plafond: Array
    gerealiseerd: Array
    aandeel: Array


def cap(year: Array, certain: Array, ceilings: Plafonds) -> Array:
    """Lower paths x segments so that no aanbieder gets more than max(ceiling, what is declared already).

    What is above the ceiling is taken from the aanbieder's segments in proportion to what is to come there.
    """
    coming = np.maximum(year - certain, 0.0)
    to_come = coming @ ceilings.aandeel
    room = np.maximum(ceilings.plafond - ceilings.gerealiseerd.sum(axis=0), 0.0)
    over = to_come > room
    cut = np.where(over, 1.0 - room / np.where(over, to_come, 1.0), 0.0)
    return np.asarray(year - coming * (cut @ ceilings.aandeel.T))
