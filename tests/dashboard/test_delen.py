"""A click that filters, and the link that is shared."""

from datetime import date

import pytest

from dashboard.filters import Filters, Periode
from dashboard.ui.card import Kies
from dashboard.ui.delen import make_vraag

F = Filters(Periode("2026", date(2026, 1, 1), date(2026, 10, 1)), wijk="WK039201")


@pytest.mark.parametrize(
    ("punten", "bedoeld"),
    [
        ([{"curve_number": 0, "point_index": 1}], "b"),
        ([{"curve_number": 1, "point_index": 0}], "c"),
        ([{"curve_number": 0, "point_number": 0}], "a"),
        ([{"curve_number": 0, "point_index": 2}], None),
        ([], None),
        ([{"curve_number": 0, "point_index": 9}], None),
        ([{"curve_number": -1, "point_index": 0}], None),
        ([{"curve_number": 0, "point_index": -1}], None),
        ([{"curve_number": 1, "point_index": -1}], None),
        ([{"curve_number": "0", "point_index": "0"}], None),
        ([{}], None),
    ],
)
def test_a_click_names_what_was_drawn_there(punten: list[dict[str, object]], bedoeld: str | None) -> None:
    """The last seven are what a client may make up."""
    assert Kies("wijk", (("a", "b", None), ("c",))).find(punten) == bedoeld


def test_a_shared_link_says_the_period_that_is_shown() -> None:
    assert make_vraag({}, F, demo=False) == {"periode": "2026", "wijk": "WK039201"}


def test_a_shared_link_keeps_the_words_of_the_address() -> None:
    adres = {"wijk": "Oude Stad", "vergelijking": "x", "leeg": ""}
    assert make_vraag(adres, F, demo=False) == {"periode": "2026", "wijk": "Oude Stad", "vergelijking": "x"}


def test_a_role_goes_along_in_the_demo_only() -> None:
    assert make_vraag({"rol": "directie"}, None, demo=False) == {}
    assert make_vraag({"rol": "directie"}, None, demo=True) == {"rol": "directie"}
