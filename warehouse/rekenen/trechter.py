"""Funnel: how far may an aanbieder be from what is expected before it is more than chance (METHODEN §10).

A funnel works on a transformed scale with a standard error per aanbieder: ln(O/E) for a ratio, arcsin of the
root for a proportion. Real aanbieders differ more than chance alone allows, so the spread between them
(tau²) is estimated from winsorised z-scores and added to each standard error (Spiegelhalter 2005; the
formulas of FunnelPlotR 0.6). Costs are skewed, so their standard error is drawn by bootstrap over clients.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Z_95 = 1.96
Z_998 = 3.09
WINSOR = 0.1
SEED = 20190101
"""Any constant will do; a fixed one makes the same data give the same limits in every build."""
LARGE = 500
"""From this many clients on the bootstrap is replaced by its large-sample limit (the delta method)."""


@dataclass(frozen=True)
class Spread:
    """Overdispersion of one group of aanbieders: phi (1 = chance alone) and tau² on the transformed scale."""

    phi: float
    tau2: float


def winsorise(z: Floats, share: float = WINSOR) -> Floats:
    """Pull z-scores below the `share` quantile and above the 1 - `share` quantile back onto it.

    Winsorising keeps every aanbieder in the count; trimming would drop them (FunnelPlotR #13).
    """
    if z.size == 0:
        return z
    low, high = np.quantile(z, [share, 1 - share])
    return np.clip(z, low, high)


def estimate_spread(y: Floats, s: Floats, share: float = WINSOR) -> Spread:
    """Estimate phi = Σz²/n and tau² = max(0, (nφ − (n−1)) / (Σw − Σw²/Σw)) with w = s⁻².

    `y` is the distance from the target on the transformed scale, `s` its standard error (above 0). With fewer
    than two aanbieders there is nothing to compare and phi = 1, tau² = 0.
    """
    n = y.size
    if n < 2:
        return Spread(1.0, 0.0)
    z = winsorise(y / s, share)
    phi = float(np.sum(z**2) / n)
    weight = s**-2.0
    total = float(np.sum(weight))
    scale = total - float(np.sum(weight**2)) / total
    return Spread(phi, max(0.0, (n * phi - (n - 1)) / scale))


def limits_ratio(s: Floats, tau2: float, z: float) -> tuple[Floats, Floats]:
    """Lower and upper limit of a ratio O/E around 1: exp(∓ z√(s² + τ²))."""
    width = z * np.sqrt(s**2 + tau2)
    with np.errstate(over="ignore"):
        return np.exp(-width), np.exp(width)


def limits_proportion(target: float, n: Floats, tau2: float, z: float) -> tuple[Floats, Floats]:
    """Lower and upper limit of a proportion: sin²(arcsin√θ ∓ z√(s² + τ²)) with s = 1/(2√n), in [0, 1]."""
    width = z * np.sqrt(error_proportion(n) ** 2 + tau2)
    middle = np.arcsin(np.sqrt(target))
    low = np.sin(np.clip(middle - width, 0.0, np.pi / 2)) ** 2
    high = np.sin(np.clip(middle + width, 0.0, np.pi / 2)) ** 2
    return low, high


def error_count_ratio(expected: Floats) -> Floats:
    """Standard error of ln(O/E) where O is a count: 1/√E."""
    return 1 / np.sqrt(expected)


def error_proportion(n: Floats) -> Floats:
    """Standard error of arcsin√(r/n): 1/(2√n)."""
    return 1 / (2 * np.sqrt(n))


def distance_proportion(r: Floats, n: Floats, target: float) -> Floats:
    """Distance of r/n from the target on the arcsin scale."""
    distance: Floats = np.arcsin(np.sqrt(r / n)) - np.arcsin(np.sqrt(target))
    return distance


@lru_cache(maxsize=LARGE)
def _draws(n: int, rounds: int) -> NDArray[np.float64]:
    """How often each of `n` clients is drawn in each round; the same n gives the same draws."""
    drawn = np.random.default_rng([SEED, n]).integers(0, n, size=(rounds, n))
    cell = (drawn + np.arange(rounds)[:, None] * n).ravel()
    return np.bincount(cell, minlength=rounds * n).reshape(rounds, n).astype(np.float64)


def error_bootstrap(observed: Floats, expected: Floats, rounds: int = 200) -> float:
    """Standard error of ln(ΣO/ΣE) of one aanbieder, by drawing its clients again with replacement.

    `observed` and `expected` are per client, in the same order, and must be sorted by something unique, so
    that the same data gives the same figure. Rounds in which a sum is not above 0 are left out; without two
    usable rounds the result is not a number. Above LARGE clients the delta method gives the same number for
    less work: √Σ(o/ΣO − e/ΣE)².
    """
    n = observed.size
    if n > LARGE:
        return float(np.sqrt(np.sum((observed / observed.sum() - expected / expected.sum()) ** 2)))
    sums = _draws(n, rounds) @ np.column_stack([observed, expected])
    usable = sums[(sums > 0).all(axis=1)]
    if usable.shape[0] < 2:
        return float("nan")
    return float(np.std(np.log(usable[:, 0] / usable[:, 1]), ddof=1))
