"""XmR chart by hand calculation, the four rules one by one, and laws."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.analyse.regelkaart import cuts
from warehouse.rekenen.regelkaart import BIJNA, BUITEN, KANT, TREND, Limits, find_signals, make_chart
from warehouse.rekenen.regelkaart import natural_limits as limits_of

AROUND_TEN = [9.0, 11.0] * 6
"""Mean 10, every moving range 2: limits 10 ± 2,66 x 2 = 4,68 and 15,32."""


def high(values: list[float], rule: str, limits: Limits) -> list[int]:
    """Indices of the points that the rule calls high."""
    return np.flatnonzero(find_signals(np.array(values), limits)[rule][0]).tolist()


def low(values: list[float], rule: str, limits: Limits) -> list[int]:
    """Indices of the points that the rule calls low."""
    return np.flatnonzero(find_signals(np.array(values), limits)[rule][1]).tolist()


def test_limits_by_hand() -> None:
    limits = limits_of(np.array(AROUND_TEN))
    assert (limits.mean, limits.lower, limits.upper) == pytest.approx((10.0, 4.68, 15.32))


def test_one_odd_month_does_not_widen_the_limits() -> None:
    # 20 months of 9 and 11, and one of 51 at the end: moving ranges 19 x 2 and one of 40; their mean is 3,9,
    # and 40 > 3,267 x 3,9 = 12,7 is left out; the mean keeps the odd month: (200 + 51)/21
    limits = limits_of(np.array([9.0, 11.0] * 10 + [51.0]))
    assert limits.mean == pytest.approx(251 / 21)
    assert limits.upper - limits.mean == pytest.approx(5.32)
    assert limits.mean - limits.lower == pytest.approx(5.32)


def test_screening_is_done_once() -> None:
    # ranges 10 x 1, 9 and 40: mean 59/12 = 4,92, so 40 goes (> 16,06) and 9 stays, though 9 is more than
    # 3,267 x the mean of what is left (19/11 = 1,73)
    values = np.cumsum([0.0, *[1.0, -1.0] * 5, 9.0, 40.0])
    limits = limits_of(values)
    assert limits.upper - limits.mean == pytest.approx(2.66 * 19 / 11)


def test_rule_outside() -> None:
    limits = Limits(10.0, 4.0, 16.0)
    values = [10.0, 16.0, 16.1, 4.0, 3.9]
    assert high(values, BUITEN, limits) == [2]
    assert low(values, BUITEN, limits) == [4]


def test_rule_seven_on_one_side() -> None:
    limits = Limits(10.0, 4.0, 16.0)
    assert high([11.0] * 8, KANT, limits) == [6, 7]
    assert high([11.0] * 6, KANT, limits) == []
    assert high([11.0] * 6 + [10.0] + [11.0] * 6, KANT, limits) == []  # on the mean is on no side
    assert low([9.0] * 7, KANT, limits) == [6]


def test_rule_trend_of_seven_points() -> None:
    limits = Limits(10.0, 4.0, 16.0)
    assert high([7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0], TREND, limits) == [6]
    assert high([8.0, 9.0, 10.0, 11.0, 12.0, 13.0], TREND, limits) == []
    assert high([7.0, 8.0, 9.0, 9.0, 10.0, 11.0, 12.0], TREND, limits) == []  # equal is not rising
    assert low([13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0], TREND, limits) == [6]


def test_rule_two_of_three_beyond_two_thirds() -> None:
    # two thirds of the way from 10 to 16 is 14
    limits = Limits(10.0, 4.0, 16.0)
    assert high([14.1, 10.0, 14.1], BIJNA, limits) == [2]
    assert high([14.1, 14.1, 10.0], BIJNA, limits) == [1]
    assert high([14.1, 10.0, 10.0, 14.1], BIJNA, limits) == []
    assert high([14.0, 14.0, 14.0], BIJNA, limits) == []
    assert high([14.1, 5.9, 10.0], BIJNA, limits) == []  # not on the same side
    assert low([5.9, 5.9], BIJNA, limits) == [1]


def test_fewer_than_twelve_months_have_no_limits() -> None:
    chart = make_chart(np.array([1.0, 100.0] * 5 + [1.0]), 20)
    assert chart.limits is None
    assert chart.signals == [None] * 11
    assert make_chart(np.array([1.0, 100.0] * 6), 20).limits is not None


def test_new_months_never_move_the_baseline() -> None:
    before = make_chart(np.array(AROUND_TEN), 12)
    after = make_chart(np.array([*AROUND_TEN, *[30.0] * 24]), 12)
    assert after.limits == before.limits
    assert after.baseline_points == 12
    assert after.signals[12:] == [BUITEN] * 24
    assert after.sides[12:] == ["hoog"] * 24


def test_a_flat_baseline_calls_any_other_value_outside_and_itself_nothing() -> None:
    chart = make_chart(np.array([5.0] * 12 + [5.0, 6.0]), 12)
    assert chart.signals == [None] * 13 + [BUITEN]


@given(st.lists(st.integers(-1000, 1000), min_size=12, max_size=60), st.integers(12, 20), st.data())
def test_a_signal_depends_on_the_past_only(values: list[int], baseline: int, data: st.DataObject) -> None:
    series = np.array(values, dtype=np.float64)
    cut = data.draw(st.integers(min(baseline, len(values)), len(values)))
    whole, part = make_chart(series, baseline), make_chart(series[:cut], baseline)
    assert part.signals == whole.signals[:cut]
    assert part.sides == whole.sides[:cut]


@given(st.lists(st.integers(-1000, 1000), min_size=12, max_size=40), st.integers(2, 9), st.integers(-50, 50))
def test_a_chart_in_other_units_and_upside_down_says_the_same(values: list[int], k: int, shift: int) -> None:
    series = np.array(values, dtype=np.float64)
    chart = make_chart(series, 20)
    assert chart.limits is not None
    assert chart.limits.lower <= chart.limits.mean <= chart.limits.upper
    mirrored = make_chart(-series, 20)
    # a value within rounding of a limit or of the mean may fall on either side
    edge = np.array([chart.limits.lower, chart.limits.mean, chart.limits.upper])
    third = (chart.limits.upper - chart.limits.mean) * 2 / 3
    edges = np.concatenate([edge, [chart.limits.mean - third, chart.limits.mean + third]])
    if np.abs(series[:, None] - edges).min() > 1e-6:
        scaled = make_chart(series * k + shift, 20)
        assert scaled.signals == chart.signals
        assert [
            None if s is None else {"hoog": "laag", "laag": "hoog"}[s] for s in mirrored.sides
        ] == chart.sides


def test_only_a_person_moves_a_baseline() -> None:
    months = [date(2025, m, 1) for m in range(1, 13)]
    key = ("0392", "instroom", "Wmo")
    assert cuts(key, months, []) == {}
    decisions = [
        ("0392", "instroom", None, date(2025, 5, 1), "alle cellen"),
        ("0392", "instroom", "Wmo", date(2025, 5, 1), "deze cel"),
        ("0392", "instroom", "Jeugdwet", date(2025, 6, 1), "andere cel"),
        ("0392", "realisatie", None, date(2025, 7, 1), "andere maat"),
        ("0344", "instroom", None, date(2025, 8, 1), "andere gemeente"),
        ("0392", "instroom", "Wmo", date(2026, 1, 1), "later"),
    ]
    assert cuts(key, months, decisions) == {4: "deze cel"}
    assert cuts(("0392", "instroom", "totaal"), months, decisions) == {4: "alle cellen"}
