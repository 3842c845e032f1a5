"""The page Cijfers: every table a role may have opens, in words and rows, and no other."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.access.tables import TABELLEN

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stad: Path) -> Callable[..., AppTest]:
    def make(bestand: Path = stad, vooraf: str | None = None, **vraag: str) -> AppTest:
        monkeypatch.setattr(type(st.context), "ip_address", property(lambda _: None))
        for naam, waarde in (("DEMO", "1"), ("SNAPSHOT", bestand), ("LOG", tmp_path)):
            monkeypatch.setenv(f"STUURINFO_{naam}", str(waarde))
        at = AppTest.from_file(str(WORTEL / "app.py"), default_timeout=30)
        for k, v in ({"rol": "budgethouder"} | vraag).items():
            at.query_params[k] = v
        if vooraf is not None:
            at.session_state["tabel"] = vooraf
        at.run()
        at.switch_page("pages/tactisch/cijfers.py").run()
        assert not at.exception, at.exception
        return at

    return make


def _html(at: AppTest) -> str:
    return "\n".join(str(e.proto.body) for e in at.get("html")).replace("&nbsp;", " ")


def _mag(*niveaus: str) -> list[str]:
    return sorted(n for n, t in TABELLEN.items() if set(t.niveaus) & set(niveaus))


def test_every_table_of_the_role_opens(open_page: Callable[..., AppTest]) -> None:
    at = open_page()
    keuze = at.selectbox(key="tabel")
    assert len(keuze.options) == len(_mag("strategisch", "tactisch"))
    for naam in _mag("strategisch", "tactisch"):
        at.selectbox(key="tabel").set_value(naam).run()
        assert not at.exception, (naam, at.exception)
        assert naam.replace("_", " ").capitalize() in _html(at)


def test_rows_are_those_the_role_may_see(open_page: Callable[..., AppTest]) -> None:
    at = open_page()
    at.selectbox(key="tabel").set_value("knop_basis").run()
    tabel = at.dataframe[0].value
    # four clients of Begeleiding zwaar: not for a smallest cell of five
    klein = tabel[tabel["zwaarte"] == "zwaar"]
    assert klein["realisatie_cent"].isna().all() and tabel["realisatie_cent"].sum() == 12 * 2_853_000


def test_a_table_of_another_level_is_not_on_the_list(open_page: Callable[..., AppTest]) -> None:
    at = open_page(vooraf="aanbieder_vergelijking")
    assert at.selectbox(key="tabel").value != "aanbieder_vergelijking"
    assert at.selectbox(key="tabel").value in _mag("strategisch", "tactisch")
    assert "Aanbieder vergelijking" not in _html(at)
