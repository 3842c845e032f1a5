"""The page Declaratiecontrole: what it adds up, and whose findings a role sees."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.notities import eigen
from dashboard.notities.eigen import Wie
from dashboard.reading import controle
from dashboard.ui.controle_werk import add_werk
from tests.dashboard.bezoek import Opener, read_html

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_page(bezoek: Opener, stad: Path) -> Opener:
    return partial(bezoek, "operationeel/controle", stad)


def test_a_line_against_two_rules_is_at_stake_once(open_page: Opener) -> None:
    at = open_page()
    tekst = read_html(at)
    # four findings on three lines: 500 once, 120, and one that is rejected already
    assert "4 bevindingen; € 620 staat op het spel, het meest door volume" in tekst
    assert "4 regels geven bevindingen" in tekst
    lijst = at.dataframe[0].value
    assert lijst["Referentie"].tolist()[:2] == ["R10", "R10"] and "hoogstens 20" in lijst["Verwacht"].tolist()
    assert lijst["Op het spel"].tolist() == ["€ 500,00", "€ 500,00", "€ 120,00", "al afgekeurd"]
    assert "4 regels moeten nog worden nagegaan" in tekst


def test_the_list_is_of_one_rule_when_asked(open_page: Opener) -> None:
    at = open_page()
    at.selectbox(key="controle_regel").set_value("TR418").run()
    assert at.dataframe[0].value["Referentie"].tolist() == ["R11"]


def test_only_the_own_aanbieders(lezer: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    f = kijk()
    assert controle.read_samen(lezer(5, ("A2",)), f) == {
        "bevindingen": 1,
        "regels": 1,
        "op_het_spel_cent": 12_000,
    }
    assert controle.read_samen(lezer(5, ()), f)["bevindingen"] == 0
    assert controle.read_samen(lezer(5), kijk(aanbieder="A1"))["bevindingen"] == 3
    assert set(controle.read_lijst(lezer(5, ("A2",)), f, None)["aanbieder_agb"]) == {"A2"}


def test_nothing_found_is_said_with_a_way_out(open_page: Opener, lege_stad: Path) -> None:
    at = open_page(periode="2024", aanbieder="Aanbieder A1")
    tekst = read_html(at)
    assert "Geen bevindingen over jan t/m dec 2024" in tekst and "Op het spel" not in tekst
    assert "In een ander jaar is voor deze selectie wel iets gevonden." in tekst
    # three of the four findings of 2026 are of A1
    (knop,) = [b for b in at.button if b.key == "niets_2026"]
    assert knop.label == "Bekijk 2026: 3 bevindingen"
    knop.click().run()
    assert not at.exception and at.selectbox(key="periode").value == "2026"
    assert "3 bevindingen; € 500 staat op het spel" in read_html(at)
    assert "Er zijn nog geen declaraties geladen" in read_html(
        open_page(lege_stad)
    ) or "nog geen eigen" in read_html(open_page(lege_stad))


def test_where_no_year_has_findings_the_filters_can_go(open_page: Opener) -> None:
    at = open_page(wet="Jeugdwet", aanbieder="Aanbieder A1")
    assert "Ook in andere jaren is voor deze selectie niets gevonden. Wis de filters" in read_html(at)
    at.button(key="niets_wis").click().run()
    assert "4 bevindingen" in read_html(at)


def test_what_nobody_touched_is_new_and_work_stands_beside_its_finding(
    lezer: Callable[..., Lezer], kijk: Callable[..., Filters], tmp_path: Path
) -> None:
    df = controle.read_lijst(lezer(5), kijk(), None)
    assert df["kenmerk"].n_unique() == df.height == 4
    eerste = df["kenmerk"][0]
    werk = {"status": "akkoord", "eigenaar": "Ina", "toelichting": "klopt"}
    a = eigen.save_werk(
        tmp_path / "n.sqlite", "A1", eerste, werk, Wie("x", "contractmanager"), lambda _: True
    )
    uit = add_werk(df, {a.kenmerk: a})
    assert uit["status"].to_list() == ["akkoord", "nieuw", "nieuw", "nieuw"]
    assert uit.select("eigenaar", "toelichting").row(0) == ("Ina", "klopt")


def test_the_list_is_of_one_status_when_asked(open_page: Opener) -> None:
    at = open_page()
    at.segmented_control(key="werk_status").set_value("akkoord").run()
    assert "Geen regels met deze status" in read_html(at) and not at.dataframe
