"""Duration of care: published survival data, hand-made left truncation, and laws for any spells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.rekenen.overleving import kaplan_meier, onder_risico

FREIREICH = [
    (week, not censored)
    for week, censored in [
        *[(6, False)] * 3, (6, True), (7, False), (9, True), (10, False), (10, True), (11, True), (13, False),
        (16, False), (17, True), (19, True), (20, True), (22, False), (23, False), (25, True), (32, True),
        (32, True), (34, True), (35, True),
    ]
]  # fmt: skip
"""Weeks in remission of 21 patients on 6-MP (Freireich et al. 1963, Blood 21:699), as in every textbook."""


def ints(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_published_curve() -> None:
    # the published values, to three decimals; the numbers at risk are counted from the list
    weeks = ints([week for week, _ in FREIREICH])
    ended = np.array([end for _, end in FREIREICH])
    curve = kaplan_meier(np.zeros_like(weeks), weeks, ended)
    assert curve.dag.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.onder_risico.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert [round(float(share), 3) for share in curve.overleving] == [
        0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448,
    ]  # fmt: skip
    assert curve.mediaan() == 23
    assert [round(float(share), 3) for share in curve.op(ints([0, 5, 6, 8, 30]))] == [
        1,
        1,
        0.857,
        0.807,
        0.448,
    ]


def test_who_was_in_care_before_we_looked_counts_from_then() -> None:
    # A 0-10 ends, B enters at 5 and ends at 20, C enters at 15 and is open at 30, D 0-8 is open:
    # day 10: A and B at risk, one ends: 1/2; day 20: B and C at risk, one ends: 1/4
    curve = kaplan_meier(
        ints([0, 5, 15, 0]), ints([10, 20, 30, 8]), np.array([True, True, False, False]), ints([1, 1, 1, 1])
    )
    assert curve.onder_risico.tolist() == [2, 2]
    assert curve.overleving.tolist() == [0.5, 0.25]
    assert curve.mediaan() == 10
    # 10 days at 1, 10 days at a half, 5 days at a quarter
    assert curve.gemiddelde(25) == 10 + 5 + 1.25


def test_median_that_is_not_reached_and_nobody_who_ended() -> None:
    open_ = kaplan_meier(ints([0, 0]), ints([9, 9]), np.array([False, False]))
    assert open_.mediaan() is None
    assert open_.op(ints([0, 100])).tolist() == [1, 1]
    assert open_.gemiddelde(9) == 9
    assert kaplan_meier(ints([0, 0, 0]), ints([4, 9, 9]), np.array([True, False, False])).mediaan() is None


def test_a_duration_must_lie_after_its_entry() -> None:
    with pytest.raises(ValueError, match="ingang"):
        kaplan_meier(ints([4]), ints([4]), np.array([True]))
    with pytest.raises(ValueError, match="ingang"):
        kaplan_meier(ints([-1]), ints([4]), np.array([True]))


SPELL = st.tuples(st.integers(0, 20), st.integers(1, 20), st.booleans(), st.integers(1, 3))


@given(st.lists(SPELL, min_size=1, max_size=25))
@settings(max_examples=200, deadline=None)
def test_same_as_following_everyone_day_by_day(spells: list[tuple[int, int, bool, int]]) -> None:
    """Each day: who is followed, who ends; the share that lasts is multiplied by what stays."""
    start, length, ended, count = (list(column) for column in zip(*spells, strict=True))
    stop = [a + b for a, b in zip(start, length, strict=True)]
    curve = kaplan_meier(ints(start), ints(stop), np.array(ended), ints(count))
    lasting, days = 1.0, []
    for day in range(1, 45):
        followed = sum(n for a, b, n in zip(start, stop, count, strict=True) if a < day <= b)
        ends = sum(n for b, e, n in zip(stop, ended, count, strict=True) if e and b == day)
        assert onder_risico(ints(start), ints(stop), ints([day]), ints(count)).tolist() == [followed]
        if ends:
            lasting *= 1 - ends / followed
            days.append(day)
            assert curve.op(ints([day]))[0] == pytest.approx(lasting)
    assert curve.dag.tolist() == days
    if not any(start) and all(ended):
        # without truncation and with everyone ended the mean is the plain mean
        plain = np.average(stop, weights=count)
        assert curve.gemiddelde(max(stop)) == pytest.approx(plain)


def test_mean_without_open_spells_is_the_plain_mean() -> None:
    curve = kaplan_meier(ints([0] * 4), ints([2, 3, 3, 8]), np.array([True] * 4))
    assert curve.gemiddelde(8) == 4
