"""The page Cijfers: every table a role may have opens, in words and rows, and no other."""

import json
from functools import partial
from pathlib import Path

import pytest

from dashboard.access.tables import TABELLEN
from tests.dashboard.bezoek import Opener, read_html

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_page(bezoek: Opener, stad: Path) -> Opener:
    return partial(bezoek, "tactisch/cijfers", stad)


def _mag(*niveaus: str) -> list[str]:
    return sorted(n for n, t in TABELLEN.items() if set(t.niveaus) & set(niveaus))


def test_every_table_of_the_role_opens(open_page: Opener) -> None:
    at = open_page()
    keuze = at.selectbox(key="tabel")
    assert len(keuze.options) == len(_mag("strategisch", "tactisch"))
    for naam in _mag("strategisch", "tactisch"):
        at.selectbox(key="tabel").set_value(naam).run()
        assert not at.exception, (naam, at.exception)
        assert naam.replace("_", " ").capitalize() in read_html(at)


def test_rows_are_those_the_role_may_see(open_page: Opener) -> None:
    at = open_page()
    at.selectbox(key="tabel").set_value("knop_basis").run()
    tabel = at.dataframe[0].value
    # four clients of Begeleiding zwaar: not for a smallest cell of five
    klein = tabel[tabel["zwaarte"] == "zwaar"]
    assert klein["realisatie_cent"].isna().all() and tabel["realisatie_cent"].sum() == 12 * 2_853_000


def test_a_table_of_another_level_is_not_on_the_list(open_page: Opener) -> None:
    at = open_page(vooraf={"tabel": "aanbieder_vergelijking"})
    assert at.selectbox(key="tabel").value != "aanbieder_vergelijking"
    assert at.selectbox(key="tabel").value in _mag("strategisch", "tactisch")
    assert "Aanbieder vergelijking" not in read_html(at)


def test_headings_are_dutch_words(open_page: Opener) -> None:
    at = open_page()
    at.selectbox(key="tabel").set_value("aanbieder_jaar").run()
    koppen = json.loads(at.dataframe[0].proto.columns)
    assert koppen["realisatie_cent"]["label"] == "realisatie (€)"
    assert koppen["clienten"]["label"] == "cliënten" and koppen["aanbieder_agb"]["label"] == "aanbieder AGB"
