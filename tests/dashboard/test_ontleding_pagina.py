"""The page Ontleding: what it says about the rows of proefstad.ONTLEED, for whom, and what it keeps back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dashboard import words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.reading.ontleding import find_vergelijking, read_delen, read_totaal
from tests.dashboard.bezoek import Opener, read_html

WORTEL = Path(__file__).resolve().parents[2]
Kijk = Callable[..., Filters]
MaakLezer = Callable[..., Lezer]


@pytest.fixture
def open_page(bezoek: Opener, stad: Path) -> Opener:
    return partial(bezoek, "tactisch/ontleding", stad)


def test_the_whole_change_and_its_largest_cause(open_page: Opener) -> None:
    at = open_page()
    tekst = read_html(at)
    # 105.000 + 9.000 + 26.000 + 20.500 against 150.000
    assert (
        "De uitgaven stegen € 10.500, vooral door meer cliënten (+ € 12.000);"
        " daartegenover staat kortere zorg (− € 5.000)" in tekst
    )
    assert "jan t/m sep 2026 tegenover jan t/m sep 2025; even jong" in tekst
    at.segmented_control(key="waterval_vorm").set_value("Tabel").run()
    tabel = read_html(at)
    for stap in ("€ 150.000", "+ € 12.000", "+ € 3.000", "− € 1.000", "− € 5.000", "+ € 400", "€ 160.500"):
        assert stap in tabel, stap


def test_parts_add_up_and_name_the_one_that_changed_most(open_page: Opener) -> None:
    at = open_page()
    assert (
        f"{'Huishoudelijke ondersteuning'} veranderde het meest: + € 14.000, vooral door meer cliënten"
        in read_html(at)
    )
    tabel = at.dataframe[0].value
    assert tabel["Verschil"].sum() == 1_050_000
    assert tabel.set_index("Hoofdproduct").loc["Ambulante begeleiding", "Duur"] == -500_000
    at = open_page(hoofdproduct="Dagbesteding")
    assert "De uitgaven stegen € 500, vooral door zwaardere of duurdere zorg (+ € 400)" in read_html(at)


def test_per_wijk_and_per_aanbieder_are_two_views_of_the_same(open_page: Opener) -> None:
    at = open_page()
    at.segmented_control(key="oorzaak_per").set_value("per wijk").run()
    assert "Oude Stad veranderde het meest: + € 11.500" in read_html(at)
    assert "+ € 11.000" in read_html(open_page(aanbieder="Aanbieder A1")) or "€ 11.000" in read_html(
        open_page(aanbieder="A1")
    )
    beide = read_html(open_page(aanbieder="A1", wijk="WK039201"))
    assert "per wijk of per aanbieder, niet voor beide tegelijk" in beide


def test_a_period_without_a_fair_comparison_says_so(open_page: Opener, lege_stad: Path) -> None:
    assert "geen eerlijke vergelijking" in read_html(open_page(periode="2024"))
    assert "Er zijn nog geen declaraties geladen" in read_html(open_page(lege_stad))


def test_declared_and_estimated_are_two_accounts(open_page: Opener) -> None:
    at = open_page()
    assert "even jong" in read_html(at) and "op geschat eindbedrag" not in read_html(at)
    at.segmented_control(key="ontleding_basis").set_value("op schatting").run()
    assert "op geschat eindbedrag" in read_html(at) and "De uitgaven stegen € 10.500" in read_html(at)


def test_few_clients_in_either_year_are_not_told(lezer: MaakLezer, kijk: Kijk) -> None:
    f = kijk(wijk="WK039202")
    v = find_vergelijking(lezer(), f)
    assert v is not None and v.peil_0 == "toen"
    # five clients live there
    assert read_totaal(lezer(10), f, v)["effect_uitnutting_cent"] is None
    assert read_totaal(lezer(5), f, v)["effect_uitnutting_cent"] == -100_000
    # one hole in a list that adds up takes the next smallest along
    delen = read_delen(lezer(6), kijk(), v, "wijkcode")
    assert delen["verschil_cent"].null_count() == 2


def test_another_role_sees_its_own_aanbieders_only(lezer: MaakLezer, kijk: Kijk) -> None:
    f = kijk(aanbieder="A1")
    v = find_vergelijking(lezer(), f)
    assert v is not None
    assert read_totaal(lezer(1, ("A2",)), f, v) == {}
    assert read_totaal(lezer(1, ("A1",)), f, v)["verschil_cent"] == 1_100_000


@pytest.mark.parametrize(
    ("verschil", "effecten", "zin"),
    [
        (None, {}, "Waarom de uitgaven veranderden is hier niet te tonen"),
        (0, {"prijs": 5, "duur": -5}, "De uitgaven bleven gelijk"),
        (
            -300_000,
            {"duur": -400_000, "prijs": 100_000},
            "De uitgaven daalden € 3.000, vooral door kortere zorg (− € 4.000);"
            " daartegenover staat een hogere prijs dan de index (+ € 1.000)",
        ),
        (
            300_000,
            {"mix": 310_000, "duur": -10_000},
            "De uitgaven stegen € 3.000, vooral door zwaardere of duurdere zorg (+ € 3.100)",
        ),
    ],
)
def test_the_sentence_is_true(verschil: int | None, effecten: dict[str, int | None], zin: str) -> None:
    assert words.title_ontleding(verschil, effecten) == zin
