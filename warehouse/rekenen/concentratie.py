"""Concentration: how unevenly costs are spread, and do the same people stay the heaviest (METHODEN §7)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def gini(costs: Floats) -> float:
    """Gini coefficient 2Σ i·x₍ᵢ₎/(nΣx) − (n+1)/n: 0 when all cost the same, (n−1)/n when one has everything.

    `costs` must not be negative; not a number when they add up to nothing.
    """
    n = costs.size
    total = float(costs.sum())
    if n == 0 or total <= 0:
        return float("nan")
    rank = np.arange(1, n + 1)
    return float(2 * np.sum(rank * np.sort(costs)) / (n * total) - (n + 1) / n)


def lorenz(costs: Floats, shares: Floats) -> Floats:
    """Share of the costs of the cheapest `shares` (0 to 1) of the people: L(p), between points a line."""
    ordered = np.sort(costs)
    cumulative = np.concatenate([[0.0], np.cumsum(ordered)])
    result: Floats = np.interp(shares * costs.size, np.arange(costs.size + 1), cumulative) / cumulative[-1]
    return result


def top_share(costs: Floats, share: float) -> float:
    """Share of the costs of the dearest `share` of the people: 1 − L(1 − share)."""
    return float(1 - lorenz(costs, np.array([1 - share]))[0])


def top_group(costs: Floats, names: NDArray[Any], share: float) -> NDArray[Any]:
    """Names of the dearest `share` of the people, rounded up; equal costs are ordered by name.

    Rounded up and ordered by something unique, so that the group is one and the same in every build.
    """
    order = np.lexsort((names, -costs))
    return names[order[: int(np.ceil(round(share * costs.size, 9)))]]


def persistence(now: NDArray[Any], later: NDArray[Any]) -> float:
    """Share of the group `now` that is in the group `later` too; not a number for an empty group."""
    if now.size == 0:
        return float("nan")
    return float(np.isin(now, later).mean())
