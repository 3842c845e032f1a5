"""Gini, Lorenz and top shares against closed forms and an independent calculation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.rekenen.concentratie import gini, lorenz, persistence, top_group, top_share

COSTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=200).filter(lambda v: sum(v) > 0)


def mean_difference(costs: list[int]) -> float:
    """Gini as half the relative mean absolute difference of all pairs: the definition, not the formula."""
    x = np.array(costs, dtype=np.float64)
    return float(np.abs(x[:, None] - x[None, :]).sum() / (2 * x.size**2 * x.mean()))


@pytest.mark.parametrize("n", [1, 2, 10, 1000])
def test_closed_forms(n: int) -> None:
    assert gini(np.full(n, 7.0)) == pytest.approx(0.0, abs=1e-12)
    assert gini(np.array([*[0.0] * (n - 1), 5.0])) == pytest.approx((n - 1) / n)
    # 1, 2, …, n: (n² - 1)/(3n(n + 1)) x … = (n - 1)/(3n)
    assert gini(np.arange(1.0, n + 1)) == pytest.approx((n - 1) / (3 * n))


def test_nothing_spent_has_no_gini() -> None:
    assert np.isnan(gini(np.zeros(4)))
    assert np.isnan(gini(np.array([])))


def test_lorenz_and_top_by_hand() -> None:
    # 10, 20, 30 and 40: the cheapest half has 30 of 100, the dearest quarter 40
    costs = np.array([40.0, 10.0, 30.0, 20.0])
    assert lorenz(costs, np.array([0.0, 0.25, 0.5, 0.625, 1.0])).tolist() == pytest.approx(
        [0, 0.1, 0.3, 0.45, 1]
    )
    assert top_share(costs, 0.25) == pytest.approx(0.4)
    assert top_share(costs, 0.5) == pytest.approx(0.7)


def test_top_group_is_one_and_the_same_group() -> None:
    costs, names = np.array([5.0, 9.0, 5.0, 1.0, 5.0]), np.array([30, 10, 20, 40, 50])
    assert top_group(costs, names, 0.4).tolist() == [10, 20]  # of the three that cost 5 the first by name
    assert top_group(costs, names, 0.41).tolist() == [10, 20, 30]  # rounded up
    assert top_group(np.ones(1000), np.arange(1000), 0.1).size == 100  # not 101 by 0,1 x 1000 in floats
    assert persistence(np.array([1, 2, 3, 4]), np.array([4, 5, 1])) == 0.5
    assert np.isnan(persistence(np.array([]), np.array([1])))


@given(COSTS)
def test_gini_is_half_the_relative_mean_difference(costs: list[int]) -> None:
    assert gini(np.array(costs, dtype=np.float64)) == pytest.approx(mean_difference(costs), abs=1e-9)


@given(COSTS, st.integers(1, 1000), st.integers(2, 4), st.randoms())
def test_gini_knows_no_currency_no_order_and_no_size(
    costs: list[int], k: int, copies: int, draw: object
) -> None:
    x = np.array(costs, dtype=np.float64)
    value = gini(x)
    assert value + 1e-9 >= 0
    assert value <= (x.size - 1) / x.size + 1e-9
    shuffled = list(costs)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert gini(np.array(shuffled, dtype=np.float64) * k) == pytest.approx(value, abs=1e-9)
    assert gini(np.repeat(x, copies)) == pytest.approx(value, abs=1e-9)


@given(COSTS)
def test_lorenz_is_convex_below_the_diagonal_and_holds_the_gini(costs: list[int]) -> None:
    x = np.array(costs, dtype=np.float64)
    shares = np.linspace(0, 1, x.size + 1)
    curve = lorenz(x, shares)
    assert (curve <= shares + 1e-9).all()
    assert (np.diff(np.diff(curve)) >= -1e-9).all()
    # 1 - twice the area under the curve
    assert 1 - 2 * np.trapezoid(curve, shares) == pytest.approx(gini(x), abs=1e-9)
