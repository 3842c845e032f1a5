"""The dates a snapshot stands on, reckoned by hand on the calendar."""

from datetime import date

import pytest

from warehouse.peil import derive_peil, first_of_month, months_back
from warehouse.settings import Settings


@pytest.mark.parametrize(
    ("bekend_op", "levermaand", "maand"),
    [
        ("2026-10-31", "2026-09-01", "2026-10-01"),  # the last day of October has passed
        ("2026-10-30", "2026-09-01", "2026-10-01"),  # Friday: only Saturday 31 October is left
        ("2026-10-29", "2026-08-01", "2026-09-01"),  # Thursday: Friday is still to come
        ("2026-11-22", "2026-09-01", "2026-10-01"),  # a Sunday amid the month closes nothing
        ("2026-02-27", "2026-01-01", "2026-02-01"),  # Friday before Saturday 28 February
        ("2026-12-31", "2026-11-01", "2026-12-01"),
        ("2027-01-01", "2026-11-01", "2026-12-01"),
    ],
)
def test_last_full_months(bekend_op: str, levermaand: str, maand: str) -> None:
    peil = derive_peil(date.fromisoformat(bekend_op), Settings())
    assert peil.laatste_levermaand == date.fromisoformat(levermaand)
    assert peil.laatste_maand == date.fromisoformat(maand)
    assert peil.voorlopig_vanaf == first_of_month(peil.laatste_levermaand, -2)


@pytest.mark.parametrize(
    ("bekend_op", "gap", "young", "month"),
    [
        # September is declared; 90 days before 1 October is 3 July, so who stopped on 30 June is gone
        ("2026-10-31", 90, 0, "2026-07-01"),
        # two levermaanden younger: known until 1 August, 90 days before is 3 May
        ("2026-10-31", 90, 2, "2026-05-01"),
        # known until 1 April: exactly 90 days after 31 December a return still goes on, so December counts
        ("2026-04-30", 90, 0, "2025-12-01"),
        ("2026-04-30", 89, 0, "2026-01-01"),
    ],
)
def test_first_month_whose_flows_may_change(bekend_op: str, gap: int, young: int, month: str) -> None:
    settings = Settings(onderbreking_dagen=gap, stroom_rijp_maanden=young, stilte_rijp_maanden=young)
    peil = derive_peil(date.fromisoformat(bekend_op), settings)
    assert peil.stroom_voorlopig_vanaf == peil.stilte_voorlopig_vanaf == date.fromisoformat(month)


@pytest.mark.parametrize(
    ("bekend_op", "toen_op"),
    [
        ("2026-10-31", "2025-10-31"),
        ("2025-02-28", "2024-02-29"),
        ("2024-02-28", "2023-02-28"),
        ("2026-10-30", "2025-10-30"),
    ],
)
def test_then_is_twelve_months_earlier_and_month_end_stays_month_end(bekend_op: str, toen_op: str) -> None:
    assert derive_peil(date.fromisoformat(bekend_op), Settings()).toen_op == date.fromisoformat(toen_op)


def test_months_back_stays_within_the_month() -> None:
    assert months_back(date(2026, 3, 31), 1) == date(2026, 2, 28)
