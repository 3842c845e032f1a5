"""Shapley decomposition of the change of a product, and rounding that keeps a sum (METHODEN §2)."""

from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def mean_of_others(begin: Floats, end: Floats, factor: int) -> Floats:
    """Shapley-weighted mean of the product of all factors but one, per cell.

    Args:
        begin: value of each factor at t=0, shape (factors, cells).
        end: the same at t=1.
        factor: row of the factor that is left out.

    Returns:
        Per cell sum over S of |S|!(n-|S|-1)!/n! x product with the factors in S at t=1 and the rest at t=0.
        The effect of the factor is this times its change.

    """
    n = begin.shape[0]
    # All subsets of one size carry one weight, and the sum of their products is a coefficient of
    # prod(begin + end z): so n^2 / 2 multiplications instead of 2^(n-1) products.
    coefficients = np.zeros((n, begin.shape[1]))
    coefficients[0] = 1.0
    size = 0
    for other in range(n):
        if other == factor:
            continue
        size += 1
        for power in range(size, 0, -1):
            coefficients[power] = coefficients[power] * begin[other] + coefficients[power - 1] * end[other]
        coefficients[0] = coefficients[0] * begin[other]
    total = np.zeros(begin.shape[1])
    for power in range(n):
        total += factorial(power) * factorial(n - power - 1) / factorial(n) * coefficients[power]
    return total


def shapley(begin: Floats, end: Floats) -> Floats:
    """Effect of each factor on the change of the product of all, per cell; the effects sum to the change.

    Args:
        begin: value of each factor at t=0, shape (factors, cells).
        end: the same at t=1.

    Returns:
        Effects, shape (factors, cells); exactly 0 for a factor that did not change.

    """
    effects = [(end[k] - begin[k]) * mean_of_others(begin, end, k) for k in range(begin.shape[0])]
    return np.asarray(effects, dtype=np.float64).reshape(begin.shape)


def round_to_sum(parts: Floats, total: Ints) -> Ints:
    """Whole numbers that differ less than one from `parts` and sum to `total`, per cell (largest remainder).

    Args:
        parts: shape (parts, cells); each cell sums to its total but for float error.
        total: whole number per cell.

    Returns:
        Whole parts, shape (parts, cells). Equal remainders are served in the order of the rows.

    """
    whole = np.floor(parts)
    short = total - whole.sum(axis=0).astype(np.int64)
    order = np.argsort(-(parts - whole), axis=0, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(parts.shape[0]).reshape(-1, 1), axis=0)
    # with float error alone `short` lies in 0..parts; the division spreads anything beyond evenly
    extra, left = np.divmod(short, parts.shape[0]) if parts.shape[0] else (short, short)
    return np.asarray(whole.astype(np.int64) + extra + (rank < left), dtype=np.int64)


def round_in_groups(values: Floats, group: Ints, totals: Ints) -> Ints:
    """Whole numbers near `values` that sum to the group's total (largest remainder inside each group).

    Args:
        values: one per row.
        group: number of the row's group, 0 and up.
        totals: whole number per group; each group sums to it but for float error.

    Returns:
        Whole value per row. Equal remainders are served in the order of the rows.

    """
    whole = np.floor(values)
    size = np.bincount(group, minlength=len(totals))
    short = totals - np.bincount(group, weights=whole, minlength=len(totals)).astype(np.int64)
    order = np.lexsort((np.arange(len(values)), -(values - whole), group))
    first = np.concatenate([[0], np.cumsum(size)[:-1]]) if len(size) else np.zeros(0, dtype=np.int64)
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values)) - np.repeat(first, size)
    extra, left = np.divmod(short, np.maximum(size, 1))
    return np.asarray(whole.astype(np.int64) + extra[group] + (rank < left[group]), dtype=np.int64)
