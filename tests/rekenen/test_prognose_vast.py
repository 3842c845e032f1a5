"""What the ledger alone holds, forecast by hand: who books once a year, each quarter, or each month."""

import numpy as np
import polars as pl
import pytest

from warehouse.rekenen.prognose_vast import complete_year, fixed_amounts, fixed_years, lay_out_fixed

Booked = dict[int, float]
MONTHLY: Booked = dict.fromkeys(range(1, 13), 100.0)
QUARTERLY: Booked = dict.fromkeys((3, 6, 9, 12), 300.0)


def year(booked: Booked) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Twelve months with these amounts, by month number."""
    return np.array([booked.get(month, 0.0) for month in range(1, 13)])


@pytest.mark.parametrize(
    ("this_year", "last_year", "expected"),
    [
        # once a year: last year's amount until it is booked, then what is booked, in whichever month
        ({}, {3: 1200}, 1200),
        ({3: 1300}, {3: 1200}, 1300),
        ({1: 1300}, {3: 1200}, 1300),
        ({5: 1300}, {3: 1200}, 1300),
        # each quarter: 330 against 300 so far is a tenth more, so 4 x 330
        ({}, QUARTERLY, 1200),
        ({3: 330}, QUARTERLY, 1320),
        ({3: 330, 6: 330}, QUARTERLY, 1320),
        (dict.fromkeys((3, 6, 9, 12), 330.0), QUARTERLY, 1320),
        # each month: the same
        ({}, MONTHLY, 1200),
        ({1: 110}, MONTHLY, 1320),
        (dict.fromkeys(range(1, 7), 110.0), MONTHLY, 1320),
        # by season: 220 against 200 in January, and of the other eleven months 110 each
        ({1: 220}, {**MONTHLY, 1: 200}, 1430),
        # other months than last year: 20 in January is a correction; the three quarters after February remain
        ({1: 20, 2: 330}, {2: 300, 5: 300, 8: 300, 11: 300}, 1250),
        # taken back more than was booked: no proportion to be had
        ({1: -50}, MONTHLY, 1050),
    ],
)
def test_months_to_come_are_those_of_last_year(this_year: Booked, last_year: Booked, expected: float) -> None:
    assert complete_year(year(this_year), year(last_year), True) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("this_year", "last_year", "expected"),
    [
        ({1: 100, 2: 100, 3: 100}, {}, 1200),
        ({4: 100, 5: 100}, {}, 900),  # from April on
        ({3: 300, 6: 300}, {}, 1200),
        ({2: 1200}, {}, 1200),  # one booking shows no rhythm
        ({}, {}, 0),
        # began in July, October or December last year: January to June then say nothing
        ({1: 110, 2: 110, 3: 110}, dict.fromkeys(range(7, 13), 100.0), 1320),
        ({}, dict.fromkeys(range(7, 13), 100.0), 1200),
        ({3: 330}, {9: 300, 12: 300}, 1320),
        ({1: 100, 2: 100}, {12: 100}, 1200),
        ({}, {9: 1200}, 1200),  # once, in September: expected again
    ],
)
def test_without_a_last_year_the_rhythm_goes_on(
    this_year: Booked, last_year: Booked, expected: float
) -> None:
    assert complete_year(year(this_year), year(last_year), False) == pytest.approx(expected)


def ledger(soort: str, months: Booked, wet: str = "Wmo", known: int | None = None) -> list[dict[str, object]]:
    """Bookings by month counted from January of the first year, known in that month or in `known`."""
    place = {"wet": wet, "hoofdproduct": "H", "taakveld": None, "soort": soort}
    return [
        {**place, "maand_nr": month - 1, "bekend_nr": (known or month) - 1, "bedrag_cent": amount}
        for month, amount in months.items()
    ]


def test_each_booker_keeps_its_rhythm_and_a_year_that_is_over_is_what_was_booked() -> None:
    # two years and four months; in one hoofdproduct 100 a month and 1.200 each February, at the other wet
    # 300 a quarter that stops after June of the second year
    rows = [
        *ledger("pgb", dict.fromkeys(range(1, 29), 100.0)),
        *ledger("subsidie", {2: 1200, 14: 1200, 26: 1260}),
        *ledger("vast", dict.fromkeys((3, 6, 9, 12, 15, 18), 300.0), "Jeugdwet"),
    ]
    fixed = lay_out_fixed(pl.DataFrame(rows), 28, 8)
    laws = ["totaal", "Wmo", "Jeugdwet"]
    wmo = 12 * 100 + 1260
    # the last year of the quarterly booker is its half: January to April nothing came, so nothing is lost
    assert fixed_years(fixed, laws, 24, 36, 27).tolist() == [wmo + 600, wmo, 600]
    # in January of the second year the subsidie of February is still to come
    assert fixed_years(fixed, laws, 12, 24, 12).tolist() == [1200 + 1200 + 1200, 2400, 1200]
    assert fixed_years(fixed, laws, 12, 24, 27).tolist() == [2400 + 600, 2400, 600]
    # of the first year nothing lies before it: a rhythm from the second booking on
    assert fixed_years(fixed, laws, 0, 12, 5).tolist() == [1200 + 1200 + 1200, 2400, 1200]


def test_what_is_booked_ahead_counts_as_booked() -> None:
    # the whole year of 12 x 50 was booked in January
    rows = ledger("vast", dict.fromkeys(range(13, 25), 50.0), known=13)
    rows += ledger("vast", dict.fromkeys(range(1, 13), 40.0))
    fixed = lay_out_fixed(pl.DataFrame(rows), 14, 10)
    assert fixed_amounts(fixed, 12, 24, 13).tolist() == [600]
    assert fixed.geboekt(12, 13).tolist() == [100]
