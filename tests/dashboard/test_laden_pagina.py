"""Beheer > Laden as a page: what must be set up, what it says of an outcome, and who may do what."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest
import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.testing.v1 import AppTest

from dashboard.access.door import Identiteit, Toegang
from dashboard.access.reader import Lezer
from dashboard.access.roles import Regels
from dashboard.reading.lake import find_files, read_lake_log, read_lake_quarantine
from dashboard.server.uploads import keep_in_memory
from dashboard.server.werk import WERKPLAATS, Werk
from dashboard.ui.laden_bestanden import GeenBeheerError, begin, describe_outcome, describe_progress
from dashboard.ui.laden_verslag import describe_counts
from tests.dashboard.bezoek import read_html
from tests.etl.maken import BSN_1, client, declaratie, prestatie, start

WORTEL = Path(__file__).resolve().parents[2]
SLEUTEL = "voorbeeldsleutel-van-de-proeven"
Open = Callable[..., AppTest]


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A lake in which a file was read whole, one in part (a line of € 7,00 set apart), and one not at all."""
    (tmp_path / "goed.xml").write_text(start(BSN_1, 1))
    (tmp_path / "deels.xml").write_text(
        declaratie(client(BSN_1, prestatie("R1"), prestatie("R2", 700, begin="x")), totaal=5700, nummer="K1")
    )
    (tmp_path / "kapot.xml").write_text(start(BSN_1, 2, nummer="S2")[:-9])
    subprocess.run(
        [sys.executable, "-m", "etl", "load", "--lake", str(tmp_path / "lake"), "--"]
        + [str(p) for p in sorted(tmp_path.glob("*.xml"))],
        cwd=WORTEL,
        env=os.environ | {"STUURINFO_KEY": SLEUTEL},
        capture_output=True,
        check=False,
    )
    return tmp_path / "lake"


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stad: Path) -> Iterator[Open]:
    """Opens the page in the demo as a role, on a server that keeps uploads in memory."""
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MultiPartParser.spool_max_size)

    def make(
        rol: str = "beheer", lake: Path | None = None, sleutel: str = SLEUTEL, memory: bool = True
    ) -> AppTest:
        monkeypatch.setattr(type(st.context), "ip_address", property(lambda _: None))
        monkeypatch.setenv("STUURINFO_DEMO", "1")
        monkeypatch.setenv("STUURINFO_SNAPSHOT", str(stad))
        monkeypatch.setenv("STUURINFO_LOG", str(tmp_path / "log"))
        monkeypatch.setenv("STUURINFO_LAKE", str(lake or ""))
        monkeypatch.setenv("STUURINFO_KEY", sleutel)
        monkeypatch.delenv("STUURINFO_KEY_FILE", raising=False)
        if memory:
            keep_in_memory()
        at = AppTest.from_file(str(WORTEL / "app.py"), default_timeout=60)
        at.query_params["rol"] = rol
        at.run()
        return at.switch_page("pages/beheer/laden.py").run()

    yield make
    WERKPLAATS.stop_all()
    WERKPLAATS.clear()


def _text(at: AppTest) -> str:
    assert not at.exception, at.exception
    return "\n".join([*(e.value for e in at.markdown), read_html(at)])


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"lake": None}, "STUURINFO_LAKE"),
        ({"sleutel": ""}, "STUURINFO_KEY_FILE"),
        ({"memory": False}, "server.py"),
    ],
)
def test_what_is_not_set_up_is_told_and_the_rest_is_shown(
    open_page: Open, lake: Path, anders: dict[str, Any], zin: str
) -> None:
    at = open_page(**({"lake": lake} | anders))
    tekst = _text(at)
    assert "Laden via deze pagina staat uit" in tekst and zin in tekst
    assert not at.get("file_uploader") and "Wat is geladen" in tekst and "controles goed" in tekst


def test_lake_is_shown_as_it_is_now(open_page: Open, lake: Path) -> None:
    at = open_page(lake=lake)
    tekst = _text(at)
    assert len(at.get("file_uploader")) == 1
    assert "3 bestanden geladen, 1 deels en 1 geweigerd" in tekst
    assert "1 heel bestand en 1 regel, € 7,00" in tekst
    assert "1 × Het bericht is niet compleet" in tekst, "the log has reasons in words"
    at.selectbox(key="herstel_bestand").set_value("kapot.xml").run()
    assert "1 heel bestand en 0 regels" in _text(at)


@pytest.mark.parametrize("rol", ["wethouder", "directie", "budgethouder", "contractmanager"])
def test_other_roles_get_no_button_at_all(open_page: Open, lake: Path, rol: str) -> None:
    at = open_page(rol, lake=lake)
    assert [t.value for t in at.title] == ["Geen toegang tot deze pagina"]
    assert not at.get("file_uploader") and not [b for b in at.button if "laden" in str(b.key)]


def test_an_action_asked_for_by_another_role_is_refused(
    regels: Regels, lezer: Callable[..., Lezer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the page's own question too: nothing starts, nothing is written."""
    monkeypatch.setenv("STUURINFO_LOG", str(tmp_path / "log"))
    for naam in ("wethouder", "contractmanager"):
        wie = Identiteit((naam,), naam, "proef", False)
        with pytest.raises(GeenBeheerError):
            begin(Toegang(regels.rollen[naam], lezer(), regels, wie), "laden", ["etl", "load", "-"])
    assert WERKPLAATS.werk is None and not (tmp_path / "log").exists()


def test_withdrawing_asks_a_reason_and_a_second_thought_and_is_written_down(
    open_page: Open, lake: Path, tmp_path: Path
) -> None:
    at = open_page(lake=lake)
    at.text_input(key="intrekken_zoek").set_value("GOED").run()
    (som,) = find_files(read_lake_log(lake), "goed")["sha256"].to_list()
    at.selectbox(key="intrekken_bestand").set_value(som).run()
    knop = at.button(key="intrekken_start")
    assert knop.disabled
    at.checkbox(key=f"intrekken_zeker_{som[:8]}").check().run()
    assert at.button(key="intrekken_start").disabled, "no reason yet"
    at.text_input(key=f"intrekken_reden_{som[:8]}").set_value("verkeerde maand").run()
    at.button(key="intrekken_start").click().run()
    assert not at.exception
    assert "Ingetrokken" in at.success[0].value and "opnieuw af" in at.success[0].value
    laatste = read_lake_log(lake).row(0, named=True)
    assert (laatste["status"], laatste["toelichting"]) == ("ingetrokken", "verkeerde maand")
    assert find_files(read_lake_log(lake), "goed").is_empty()
    regel = json.loads((tmp_path / "log" / "inzage.jsonl").read_text().splitlines()[-1])
    assert (regel["gebeurtenis"], regel["rol"], regel["sleutel"]) == ("intrekken", "beheer", som[:12])


def test_a_lake_that_cannot_be_read_does_not_take_the_page_away(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "lake" / "bericht" / "_delta_log").mkdir(parents=True)
    (tmp_path / "lake" / "lake.json").write_text("geen json")
    at = open_page(lake=tmp_path / "lake")
    assert "Wat is geladen" in _text(at)
    assert [w.value for w in at.warning] == [
        "Het lake is niet te lezen; hieronder staat wat de cijfers ervan weten."
    ]


def test_lake_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    assert read_lake_log(tmp_path).is_empty() and read_lake_quarantine(tmp_path).is_empty()


# -- words ---------------------------------------------------------------------------------------------------


def test_files_that_can_be_taken_back_are_those_whose_last_word_is_not_that() -> None:
    rijen = [
        ("a", "dubbel", "wmo323"),
        ("a", "geladen", "wmo323"),
        ("b", "ingetrokken", "wmo323"),
        ("b", "geladen", "wmo323"),
        ("c", "geweigerd", None),
        ("d", "onbekend", None),
        ("e", "deels", "jw323"),
    ]
    log = pl.DataFrame(rijen, schema=["sha256", "status", "berichttype"], orient="row")
    log = log.with_columns(pl.col("sha256").alias("naam"))
    assert find_files(log, "")["sha256"].to_list() == ["a", "e"]
    assert find_files(log, "E")["sha256"].to_list() == ["e"]


def _werk(**wat: object) -> Werk:
    basis = {"soort": "laden", "gestopt": False, "regels": [], "uit": "", "klaar": 0, "totaal": 0, "naam": ""}
    return cast(Werk, SimpleNamespace(**(basis | {"uitgang": None} | wat)))


@pytest.mark.parametrize(
    ("wat", "titel", "zin", "soort"),
    [
        ({"uitgang": 143, "gestopt": True}, "Gestopt", "Er is niets geladen", "let op"),
        ({"uitgang": -9, "gestopt": True, "soort": "afleiden"}, "Gestopt", "blijven staan", "let op"),
        ({"uitgang": 2, "regels": ["Fout: Er is geen sleutel."]}, "Er is niets veranderd", "sleutel", "fout"),
        ({"uitgang": -9}, "Onverwacht afgebroken", "uitgang -9", "fout"),
        ({"uitgang": 0, "soort": "afleiden"}, "De cijfers zijn opnieuw afgeleid", "controles", "goed"),
        (
            {"uitgang": 1, "soort": "afleiden", "regels": ["Controle 'x' klopt niet: y", "  client_id=z"]},
            "De cijfers zijn niet vervangen",
            "Controle 'x' klopt niet: y De vorige cijfers blijven staan.",
            "let op",
        ),
    ],
)
def test_every_outcome_is_told(wat: dict[str, Any], titel: str, zin: str, soort: str) -> None:
    gezegd = describe_outcome(_werk(**wat))
    assert gezegd[0] == titel and zin in gezegd[1] and gezegd[2] == soort
    assert "client_id" not in gezegd[1]


def test_progress_is_told() -> None:
    assert describe_progress(_werk())[0] == "De bestanden worden overgedragen…"
    assert describe_progress(_werk(klaar=1500, totaal=6000, naam="a.xml")) == (
        "1.500 van 6.000 bestanden gelezen · a.xml",
        0.25,
    )
    assert describe_progress(_werk(klaar=3, totaal=3))[1] == 1.0
    assert describe_progress(_werk(gestopt=True, klaar=1, totaal=2))[0].startswith("Wordt gestopt")


def test_title_of_a_report_counts_by_hand() -> None:
    nul = dict.fromkeys(
        ("regels", "regels_geladen", "regels_quarantaine", "bedrag_geladen_cent", "bedrag_quarantaine_cent"),
        0,
    )
    goed = {"status": "geladen", "log": nul | {"regels_geladen": 1, "bedrag_geladen_cent": 123456}}
    deels = {"status": "deels", "log": nul | {"regels_quarantaine": 2, "bedrag_quarantaine_cent": -300}}
    assert describe_counts([goed]) == (
        "1 bestand gelezen, niets vraagt aandacht",
        "1 regel geladen (€ 1.234,56), 0 in quarantaine (€ 0,00)",
    )
    assert describe_counts([goed, deels]) == (
        "1 van 2 bestanden vraagt aandacht: 1 deels",
        "1 regel geladen (€ 1.234,56), 2 in quarantaine (− € 3,00)",
    )
    assert describe_counts([]) == (
        "Er was niets om te laden",
        "0 regels geladen (€ 0,00), 0 in quarantaine (€ 0,00)",
    )
