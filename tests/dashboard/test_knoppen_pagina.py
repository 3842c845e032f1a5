"""The page Knoppen on the city of proefstad, where every figure can be checked in the head."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import scenario
from dashboard.filters import Filters
from dashboard.notities.scenarios import read_scenarios, save_scenario
from tests.dashboard.bezoek import Opener, read_html
from warehouse.rekenen.knoppen import KnopError

WORTEL = Path(__file__).resolve().parents[2]
Kijk = Callable[..., Filters]


@pytest.fixture
def open_page(bezoek: Opener, stad: Path) -> Opener:
    return partial(bezoek, "tactisch/knoppen", stad)


def _html(at: AppTest) -> str:
    return read_html(at).replace("&#x27;", "'")


def test_a_price_rise_costs_what_it_costs(open_page: Opener) -> None:
    at = open_page()
    assert "Draai aan een knop om te zien wat die kost" in _html(at)
    at.slider(key="knop_tarief").set_value(10.0).run()
    at.segmented_control(key="effect_vorm").set_value("Tabel").run()
    # 31.090 a month less the 2.560 of four clients, not shown to this role: 28.530; two months, then a year
    tabel = _html(at)
    assert "De uitgaven worden € 5.706 hoger in 2026 en € 34.236 hoger in 2027" in tabel
    assert "+ € 5.706" in tabel and "+ € 34.236" in tabel
    assert "1 product telt niet mee: minder dan 5 cliënten: niet getoond." in [c.value for c in at.caption]


def test_a_knob_turns_only_what_is_chosen(open_page: Opener) -> None:
    at = open_page(hoofdproduct="Dagbesteding")
    at.slider(key="knop_intensiteit").set_value(-50.0).run()
    # 10 clients × 6 dagdelen × 40 euros = 2.400 a month
    assert "De uitgaven worden € 2.400 lager in 2026 en € 14.400 lager in 2027" in _html(at)
    assert "Van 72,0 naar 36,0 dagdelen per cliënt per jaar." in [c.value for c in at.caption]
    at.button(key="knop_nul").click().run()
    assert at.slider(key="knop_intensiteit").value == 0.0


def test_scenarios_are_kept_compared_and_taken_away(open_page: Opener, tmp_path: Path) -> None:
    at = open_page(hoofdproduct="Dagbesteding")
    at.slider(key="knop_tarief").set_value(5.0).run()
    at.text_input(key="scenario_naam").set_value("Duurder")
    at.button(key="FormSubmitter:scenario-Bewaar deze stand").click().run()
    (bewaard,) = read_scenarios(tmp_path / "n.sqlite")
    assert bewaard.naam == "Duurder"
    assert "+ € 240" in _html(at) and "tarief + 5 %; Dagbesteding, vanaf nov 2026" in _html(at)
    # a number that may be a BSN is not kept
    at.text_input(key="scenario_naam").set_value("plan 999900006")
    at.button(key="FormSubmitter:scenario-Bewaar deze stand").click().run()
    assert "BSN" in at.warning[0].value and len(read_scenarios(tmp_path / "n.sqlite")) == 1
    at.selectbox(key="scenario_weg").set_value("Duurder").run()
    at.button(key="scenario_weg_knop").click().run()
    assert read_scenarios(tmp_path / "n.sqlite") == [] and "Nog niets bewaard" in _html(at)


def test_a_scenario_of_another_version_is_told_not_hidden(open_page: Opener, tmp_path: Path) -> None:
    save_scenario(tmp_path / "n.sqlite", "oud", {"anders": 1}, "a1")
    assert "Dit scenario is niet meer te lezen." in _html(open_page())


def test_without_figures_the_page_says_so(open_page: Opener, lege_stad: Path) -> None:
    assert "Er zijn nog geen declaraties geladen" in _html(open_page(lege_stad))


def test_a_year_without_effect_is_not_called_lower() -> None:
    assert scenario.title_effect({2026: 0, 2027: 120_000_000}) == "De uitgaven worden € 1,2 mln hoger in 2027"


def test_sliders_become_knobs_and_back(kijk: Kijk) -> None:
    f = kijk(wet="Wmo", hoofdproduct="Dagbesteding")
    knoppen = scenario.make_knoppen({"tarief": 2.5, "instroom": 0.0, "plafond": 0.0}, f.periode.tot, f)
    assert [(k.soort, k.waarde) for k in knoppen] == [("tarief", 0.025), ("plafond", 0.0)]
    assert scenario.load(scenario.dump(knoppen)) == [
        type(k)(k.soort, k.waarde, k.vanaf, tuple(sorted(k.waar))) for k in knoppen
    ]
    assert scenario.describe(knoppen) == (
        "tarief + 2,5 % en plafond € 0 per jaar; Dagbesteding, vanaf okt 2026"
    )
    with pytest.raises(KnopError, match="tussen -20 en 20"):
        scenario.make_knoppen({"tarief": 400.0}, f.periode.tot, f)
