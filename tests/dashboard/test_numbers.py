"""Dutch notation, against what the house style writes."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import numbers as n


@pytest.mark.parametrize(
    ("cent", "tekst"),
    [
        (3_640_000_000, "€ 36,4 mln"),
        (3_645_000_000, "€ 36,5 mln"),  # half goes away from zero
        (-110_000_000, "− € 1,1 mln"),
        (10_000_000, "€ 0,1 mln"),
        (9_999_999, "€ 100.000"),
        (0, "€ 0"),
        (None, "–"),
    ],
)
def test_millions_have_one_decimal_and_small_amounts_none(cent: int | None, tekst: str) -> None:
    assert n.euro_mln(cent) == tekst


def test_a_number_is_not_torn_from_its_sign_or_unit() -> None:
    assert (
        n.keep_whole("+ € 1,1 mln (3,1 %), 1,20 × de − 2")
        == "+\xa0€\xa01,1\xa0mln (3,1\xa0%), 1,20\xa0× de −\xa02"
    )
    assert n.keep_whole("niets aan de hand") == "niets aan de hand"


def test_amounts_counts_and_shares() -> None:
    assert n.euro(123_456_700) == "€ 1.234.567"
    assert n.euro_cent(6320) == "€ 63,20"
    assert n.euro_cent(-5) == "− € 0,05"
    assert n.count(9480) == "9.480"
    assert n.percent(0.124) == "12,4 %"
    assert n.percent(None) == "–"


def test_a_difference_has_its_sign_and_nothing_has_none() -> None:
    assert n.signed(n.euro_mln(110_000_000)) == "+ € 1,1 mln"
    assert n.signed(n.euro_mln(-110_000_000)) == "− € 1,1 mln"
    assert n.signed(n.percent(0.0)) == "0,0 %"
    assert n.signed(n.percent(-0.0001)) == "0,0 %"


def test_dates_and_months() -> None:
    assert n.month(date(2026, 3, 1)) == "mrt 2026"
    assert n.day(date(2025, 12, 31)) == "31-12-2025"
    assert n.moment(datetime(2025, 12, 31, 9, 5)) == "31-12-2025 09:05"
    assert n.months_between(date(2026, 1, 1), date(2026, 10, 1)) == "jan t/m sep 2026"
    assert n.months_between(date(2025, 10, 1), date(2026, 10, 1)) == "okt 2025 t/m sep 2026"
    assert n.months_between(date(2026, 5, 1), date(2026, 6, 1)) == "mei 2026"


def test_quarters() -> None:
    assert [n.quarter(date(2026, m, 15)) for m in (1, 3, 4, 12)] == [
        "kw 1 2026",
        "kw 1 2026",
        "kw 2 2026",
        "kw 4 2026",
    ]
    assert n.quarter(None) == "–"


def test_units_and_prices() -> None:
    assert n.volume(412_300, "04") == "412.300 uur"
    assert n.volume(1, "14") == "1 etmaal"
    assert n.volume(2, "16") == "2 dagdelen"
    assert n.price(6320, "04") == "€ 63,20 per uur"
    assert n.unit("77") == "eenheid 77"


def test_division_by_nothing_is_unknown() -> None:
    assert n.ratio(1, 0) is None
    assert n.ratio(None, 2) is None
    assert n.ratio(1, 4) == 0.25


@given(st.integers(-(10**14), 10**14))
def test_whole_euros_read_back(cent: int) -> None:
    tekst = n.euro(cent * 100)
    gelezen = int(tekst.replace("€ ", "").replace(".", "").replace("− ", "-"))
    assert gelezen == cent


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-400, 400))
def test_months_shift_there_and_back(dag: date, k: int) -> None:
    eerste = dag.replace(day=1)
    assert n.add_months(n.add_months(eerste, k), -k) == eerste


def test_amounts_beside_each_other_are_written_alike() -> None:
    groot, klein = n.euro_same(6_630_000_000), n.euro_same(40_000_000)
    assert [groot(c) for c in (6_630_000_000, 7_587_100, None)] == ["€ 66,30 mln", "€ 0,08 mln", "–"]
    assert klein(7_587_100) == "€ 75.871"
