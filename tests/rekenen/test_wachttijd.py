"""Kaplan–Meier against the published leukaemia data of Freireich (1963), by hand, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.rekenen.wachttijd import median_wait, share_within, survival

DAYS = np.array(
    [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], dtype=np.float64
)
DONE = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], dtype=np.bool_)
"""Weeks of remission of 21 patients on 6-MP; the example of every textbook."""


def test_published_survival_and_median() -> None:
    moments, share = survival(DAYS, DONE)
    assert moments.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert share.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert median_wait(DAYS, DONE) == 23


def test_within_a_term_counts_its_last_day() -> None:
    assert share_within(DAYS, DONE, 10) == pytest.approx(1 - 0.753, abs=5e-4)
    assert share_within(DAYS, DONE, 9.9) == pytest.approx(1 - 0.807, abs=5e-4)
    assert share_within(DAYS, DONE, 5) == 0.0


def test_without_open_cases_it_is_plain_counting() -> None:
    days = np.array([10.0, 20.0, 43.0, 42.0])
    done = np.ones(4, dtype=np.bool_)
    assert share_within(days, done, 42) == 0.75
    assert median_wait(days, done) == 20


def test_what_is_not_known_yet_is_not_told() -> None:
    # three cases open for 20 days, one done: half is not reached, and six weeks are not known
    days, done = np.array([20.0, 20.0, 20.0, 5.0]), np.array([False, False, False, True])
    assert np.isnan(median_wait(days, done))
    assert np.isnan(share_within(days, done, 42))
    assert share_within(days, done, 20) == 0.25
    # all done within 20 days: then all were done within six weeks too
    assert share_within(np.array([5.0, 20.0]), np.array([True, True]), 42) == 1.0
    assert np.isnan(share_within(np.array([]), np.array([], dtype=np.bool_), 42))


CASES = st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=60)


@given(CASES)
def test_laws(cases: list[tuple[int, bool]]) -> None:
    days = np.array([d for d, _ in cases], dtype=np.float64)
    done = np.array([f for _, f in cases], dtype=np.bool_)
    _, share = survival(days, done)
    assert (np.diff(share) <= 1e-12).all()
    assert ((share >= -1e-12) & (share <= 1)).all()
    # the product limit by its definition, one event at a time
    left = 1.0
    for moment in sorted({d for d, f in cases if f}):
        left *= 1 - sum(1 for d, f in cases if f and d == moment) / sum(1 for d, _ in cases if d >= moment)
    assert (share[-1] if share.size else 1.0) == pytest.approx(left)
    everything = np.ones(days.size, dtype=np.bool_)
    assert median_wait(days, everything) == sorted(days)[(days.size - 1) // 2]
    # calling open cases done makes the wait look shorter, never longer
    if not np.isnan(median_wait(days, done)):
        assert median_wait(days, everything) <= median_wait(days, done)
