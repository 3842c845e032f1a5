"""Run-off of declarations: how much of a levermaand is still to come (METHODEN §5).

All arrays have any number of leading axes (segments: wet x productgroep, large aanbieders) and then origin
(levermaand, oldest first) and development (months from levermaand to knowledge). NaN is what cannot be known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Ontwikkeling:
    """Development of a set of triangles, per segment.

    factor: f_j from development j to j + 1 (1 where nothing was seen; inf where all came after zero).
    sigma2: Mack's variance parameter per factor. basis: the sum of euros that the factor rests on.
    fractie: G(j), the part that is reported after j months, one longer than factor; the last is 1.
    """

    factor: Array
    sigma2: Array
    basis: Array
    fractie: Array


def cumulative_triangle(increments: Array, ages: NDArray[np.int64]) -> Array:
    """Cumulative euros per origin and development; NaN where development is beyond the origin's age.

    Args:
        increments: (..., origins, developments) euros that became known in each development month.
        ages: whole months from each origin to the moment of knowledge.

    """
    total = np.cumsum(increments, axis=-1)
    seen = np.arange(increments.shape[-1]) <= ages[:, None]
    return np.where(seen, total, np.nan)


def latest_origins(cumulative: Array, window: int | None) -> Mask:
    """Which pairs (origin, j -> j + 1) count: the newest `window` origins of which both are seen."""
    seen: Mask = ~np.isnan(cumulative[..., 1:]) & ~np.isnan(cumulative[..., :-1])
    if window is None:
        return seen
    newer = np.flip(np.cumsum(np.flip(seen, axis=-2), axis=-2), axis=-2)
    return seen & (newer <= window)


def development(cumulative: Array, window: int | None = None) -> Ontwikkeling:
    """Chain-ladder factors, Mack's sigma and the reported fraction per development (METHODEN §5).

    The last sigma has one observation only and follows Mack: min(s4/s2, s2, s2') of the two before it. A
    factor that is not above zero (more taken back than there was) is no pattern and counts as 1.
    """
    pairs = latest_origins(cumulative, window)
    before = np.where(pairs, np.nan_to_num(cumulative[..., :-1]), 0.0)
    after = np.where(pairs, np.nan_to_num(cumulative[..., 1:]), 0.0)
    basis = before.sum(axis=-2)
    later = after.sum(axis=-2)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(basis > 0, later / basis, np.where(later > 0, np.inf, 1.0))
        factor = np.where(factor > 0, factor, 1.0)
        finite = np.where(np.isfinite(factor), factor, 1.0)
        link = np.where(before > 0, after / before, 0.0)
        square = np.where(pairs & (before > 0), before * (link - finite[..., None, :]) ** 2, 0.0)
        count = (pairs & (before > 0)).sum(axis=-2)
        sigma2 = np.where(count > 1, square.sum(axis=-2) / np.maximum(count - 1, 1), np.nan)
    sigma2 = _extend_sigma(sigma2)
    inverse = np.where(np.isfinite(factor), 1.0 / np.where(np.isfinite(factor), factor, 1.0), 0.0)
    fractie = np.flip(np.cumprod(np.flip(inverse, axis=-1), axis=-1), axis=-1)
    ones = np.ones_like(fractie[..., :1])
    return Ontwikkeling(factor, sigma2, basis, np.concatenate([fractie, ones], axis=-1))


def _extend_sigma(sigma2: Array) -> Array:
    """Fill variances with fewer than two observations from the two before them (Mack's rule)."""
    filled = sigma2.copy()
    for j in range(filled.shape[-1]):
        one = filled[..., j - 1] if j >= 1 else np.zeros(filled.shape[:-1])
        two = filled[..., j - 2] if j >= 2 else one
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(two > 0, one**2 / two, 0.0)
        guess = np.minimum(ratio, np.minimum(one, two))
        filled[..., j] = np.where(np.isnan(filled[..., j]), guess, filled[..., j])
    return filled


def chain_ladder(latest: Array, ages: NDArray[np.int64], pattern: Ontwikkeling) -> Array:
    """Ultimate euros per origin: latest / G(age); NaN where nothing of that age can be reported yet."""
    reported = _at(pattern.fractie, ages)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(reported > 0, latest / reported, np.nan)


def cape_cod(latest: Array, exposure: Array, ages: NDArray[np.int64], pattern: Ontwikkeling) -> Array:
    """q per segment: euros reported per euro of exposure that can have been reported; NaN without any."""
    used = (exposure * _at(pattern.fractie, ages)).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(used > 0, latest.sum(axis=-1) / used, np.nan)


def bornhuetter_ferguson(
    latest: Array, exposure: Array, q: Array, ages: NDArray[np.int64], pattern: Ontwikkeling
) -> Array:
    """Ultimate per origin: latest + exposure x q x (1 - G(age)); NaN where there is no exposure or q."""
    expected = exposure * q[..., None] * (1.0 - _at(pattern.fractie, ages))
    return np.where(exposure > 0, latest + expected, np.nan)


def mack_mse(ultimate: Array, ages: NDArray[np.int64], pattern: Ontwikkeling) -> Array:
    """Mean squared error of the ultimate per origin (Mack 1993), from ages on to the last development.

    The cumulative euros that Mack's formula needs are ultimate x G(k), so it serves for the ultimate of
    Bornhuetter-Ferguson too.
    """
    terms = _variance_terms(pattern)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(pattern.basis > 0, 1.0 / pattern.basis, 0.0)
    process = _tail_sum(terms * _safe_inverse(pattern.fractie[..., :-1]))
    estimation = _tail_sum(terms * inverse)
    size = np.maximum(ultimate, 0.0)
    return np.asarray(size * _at(process, ages) + size**2 * _at(estimation, ages))


def mack_total_mse(ultimate: Array, ages: NDArray[np.int64], pattern: Ontwikkeling) -> Array:
    """Mean squared error of the sum over origins: Mack's covariance through the shared factors included."""
    terms = _variance_terms(pattern)
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = _tail_sum(terms * np.where(pattern.basis > 0, 1.0 / pattern.basis, 0.0))
    own = mack_mse(ultimate, ages, pattern).sum(axis=-1)
    size = np.maximum(ultimate, 0.0)
    # of two origins the older one decides which factors they share
    older = np.maximum(ages[:, None], ages[None, :])
    pairs = (
        size[..., :, None]
        * size[..., None, :]
        * _at(shared, older.ravel()).reshape((*size.shape[:-1], *older.shape))
    )
    return np.asarray(own + pairs.sum(axis=(-2, -1)) - np.diagonal(pairs, axis1=-2, axis2=-1).sum(axis=-1))


def _variance_terms(pattern: Ontwikkeling) -> Array:
    """sigma2 / f2 per development; 0 where the factor is infinite (the euros then come from the exposure)."""
    finite = np.isfinite(pattern.factor)
    safe = np.where(finite, pattern.factor, 1.0)
    return np.asarray(np.where(finite, pattern.sigma2 / safe**2, 0.0))


def _safe_inverse(values: Array) -> Array:
    """1 / value, 0 where it is not above zero."""
    return np.asarray(np.where(values > 0, 1.0 / np.where(values > 0, values, 1.0), 0.0))


def _tail_sum(values: Array) -> Array:
    """Sum from each development to the last, with a zero behind it."""
    tail = np.flip(np.cumsum(np.flip(values, axis=-1), axis=-1), axis=-1)
    return np.concatenate([tail, np.zeros_like(tail[..., :1])], axis=-1)


def _at(per_development: Array, ages: NDArray[np.int64]) -> Array:
    """The value of each origin's age; beyond the last development the last one counts."""
    return np.asarray(per_development[..., np.minimum(ages, per_development.shape[-1] - 1)])
