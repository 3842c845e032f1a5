# ruff: noqa: E501 - a sentence reads better on one line
"""Signals: each rule gives those it should and no other; what was seen is kept with its reason."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from dashboard import words_signalen as words
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.notities import eigen, opslag
from dashboard.reading.signalen import REGELS, read_signalen
from dashboard.ui.navigatie import PAGINAS
from dashboard.ui.signalen import PAGINA, page_of
from tests.dashboard.bezoek import Opener, read_html

WORTEL = Path(__file__).resolve().parents[2]
NAMEN = {f"A{i}": f"Aanbieder A{i}" for i in range(1, 8)}


@pytest.fixture(scope="module")
def maak(werkstad: Path) -> Callable[..., Lezer]:
    snapshot = Snapshot(werkstad)

    def make(aanbieders: tuple[str, ...] | None = None, eigen_cel: int = 1) -> Lezer:
        return Lezer(snapshot, Bereik("proef", 10, aanbieders, eigen_cel))

    return make


@pytest.fixture
def open_page(bezoek: Opener, werkstad: Path) -> Opener:
    return partial(bezoek, "operationeel/signalen", werkstad)


def _of(df: pl.DataFrame, regel: str) -> list[tuple[object, ...]]:
    return df.filter(pl.col("regel") == regel).sort("onderwerp").select("onderwerp", "sinds", "nieuw").rows()


@pytest.mark.parametrize(
    ("regel", "bedoeld"),
    [
        # A1 began in the last month, A2 in April, A3 never
        ("omzet", [("A1", date(2026, 6, 1), True), ("A2", date(2026, 4, 1), False)]),
        # instroom of four people gives none, however far outside the limits
        ("gemeente", [("Wmo|Huishouden", date(2026, 6, 1), True)]),
        # 97 % of the plafond from the third month on; A3 stays at 94 %
        ("plafond", [("A2", date(2026, 3, 1), False)]),
        # A5 has nobody to be compared with
        ("vergelijking", [("A1", date(2026, 1, 1), True)]),
        ("controle", [("A2", date(2026, 10, 1), True)]),
        # twelve of fifty; nine of a hundred is too few on both counts
        ("slapers", [("A1", date(2026, 9, 1), False)]),
        # twelve points lower; five is no signal
        ("uitnutting", [("A1", date(2026, 1, 1), True)]),
    ],
)
def test_each_rule_gives_its_signals_and_no_other(
    maak: Callable[..., Lezer], regel: str, bedoeld: list[tuple[object, ...]]
) -> None:
    assert _of(read_signalen(maak()), regel) == bedoeld


def test_signals_are_of_the_own_aanbieders_and_newest_first(maak: Callable[..., Lezer]) -> None:
    alle = read_signalen(maak(("A1",)))
    assert set(alle.filter(pl.col("regel") != "gemeente")["onderwerp"]) == {"A1"}
    sinds = read_signalen(maak())["sinds"].to_list()
    assert sinds == sorted(sinds, reverse=True)
    assert set(read_signalen(maak(), aanbieder="A2")["onderwerp"]) == {"A2"}


def test_a_small_cell_gives_no_signal(maak: Callable[..., Lezer]) -> None:
    assert _of(read_signalen(maak(None, eigen_cel=11)), "omzet") == [("A1", date(2026, 6, 1), True)]


def test_every_rule_has_its_definition_with_its_thresholds_and_a_page() -> None:
    paden = {p.pad for p in PAGINAS}
    assert set(PAGINA.values()) <= paden
    assert page_of({"regel": "gemeente", "deel": "uitnutting"}) == "uitnutting"
    assert page_of({"regel": "gemeente", "deel": "realisatie"}) == "pq"
    for r in REGELS:
        assert r.pad in paden and len(r.uitleg) > 60 and "{" not in r.uitleg, r.sleutel
        for naam, waarde in r.drempels:
            assert (f"{waarde}" if naam != "cent" else "€ 1.000") in r.uitleg, (r.sleutel, naam)


@pytest.mark.parametrize(
    ("deel", "richting", "zin"),
    [
        ("realisatie", "hoog", "Uitgaven van de gemeente zijn hoger dan gewoon: € 2, gemiddeld € 1"),
        ("realisatie", "laag", "Uitgaven van de gemeente zijn lager dan gewoon: € 2, gemiddeld € 1"),
        ("instroom", "hoog", "Instroom van de gemeente is hoger dan gewoon: 200, gemiddeld 100"),
    ],
)
def test_a_measure_of_the_city_has_a_verb_of_its_own_number(deel: str, richting: str, zin: str) -> None:
    rij = {"regel": "gemeente", "onderwerp": "totaal", "deel": deel, "richting": richting}
    assert words.describe(rij | {"waarde": 200, "basis": 100}, {}) == zin


def test_each_signal_is_a_sentence_with_its_number_and_its_base(maak: Callable[..., Lezer]) -> None:
    zinnen = {
        (r["regel"], r["onderwerp"]): words.describe(r, NAMEN)
        for r in read_signalen(maak()).iter_rows(named=True)
    }
    assert zinnen == {
        ("omzet", "A1"): "De omzet van Aanbieder A1 is hoger dan gewoon: € 2 in een maand, gemiddeld € 1",
        ("omzet", "A2"): "De omzet van Aanbieder A2 is hoger dan gewoon: € 2 in een maand, gemiddeld € 1",
        (
            "gemeente",
            "Wmo|Huishouden",
        ): "Uitnutting van Huishouden (Wmo) is hoger dan gewoon: 90 %, gemiddeld 10.000 %",
        (
            "plafond",
            "A2",
        ): "Aanbieder A2 komt doorgetrokken uit op 97 % van het plafond (€ 36.000 van € 37.000)",
        (
            "vergelijking",
            "A1",
        ): "Kosten per cliënt van Aanbieder A1 bij Huishouden zijn hoger dan verwacht: 1,20 keer, de grens is 1,15",
        (
            "controle",
            "A2",
        ): "Bij Aanbieder A2 kwam € 3.000 binnen met een bevinding; gemiddeld is dat € 10 per maand",
        ("slapers", "A1"): "Bij Aanbieder A1 slapen 12 van de 50 lopende toewijzingen (24 %)",
        ("uitnutting", "A1"): "De uitnutting van Aanbieder A1 is 78 %; vorig jaar 90 %",
    }


def test_the_page_shows_what_is_new_and_keeps_what_was_seen(open_page: Opener, tmp_path: Path) -> None:
    at = open_page()
    tekst = read_html(at)
    assert "5 nieuwe signalen; 3 signalen lopen al langer" in tekst
    assert "kwam € 3.000 binnen" in tekst and "97 % van het plafond" not in tekst
    naam = "controle|A2||2026-10-01"
    (veld,) = [t for t in at.text_input if t.proto.form_id == f"gezien-{naam}"]
    veld.input("besproken op 12 oktober")
    (knop,) = [b for b in at.button if b.proto.form_id == f"gezien-{naam}"]
    knop.click().run()
    assert not at.exception
    assert "4 nieuwe signalen" in read_html(at) and "kwam € 3.000 binnen" not in read_html(at)
    (a,) = opslag.read(tmp_path / "n.sqlite", eigen.GEZIEN)
    assert (a.onderwerp, a.kenmerk, a.inhoud["reden"]) == ("A2", naam, "besproken op 12 oktober")
    log = [json.loads(r) for r in (tmp_path / "inzage.jsonl").read_text().splitlines()]
    assert [(r["gebeurtenis"], r["onderwerp"]) for r in log if r["gebeurtenis"] == "gezien bewaard"] == [
        ("gezien bewaard", "A2")
    ]
    assert "besproken" not in (tmp_path / "inzage.jsonl").read_text(), "what was written stays out of the log"
    at.segmented_control(key="signalen_welke").set_value("Gezien").run()
    assert "gezien: besproken op 12 oktober (contractmanager demo" in read_html(at)


def test_a_bsn_is_refused(open_page: Opener, tmp_path: Path) -> None:
    at = open_page()
    veld = next(t for t in at.text_input if t.proto.form_id.startswith("gezien-"))
    veld.input("gaat over 123456782")
    next(b for b in at.button if b.proto.form_id == veld.proto.form_id).click().run()
    assert any("negen cijfers" in w.value for w in at.warning)
    assert opslag.read(tmp_path / "n.sqlite", eigen.GEZIEN) == []
    assert "gezien bewaard" not in (tmp_path / "inzage.jsonl").read_text(), "what was refused did not happen"


def test_a_signal_opens_the_page_that_explains_it(open_page: Opener) -> None:
    at = open_page()
    at.button(key="kijk-controle|A2||2026-10-01").click().run()
    assert not at.exception
    assert [t.value for t in at.title] == ["Welke declaraties kloppen niet?"]
    assert at.selectbox(key="aanbieder").value == "A2"


def test_no_signals_is_said(open_page: Opener, lege_stad: Path) -> None:
    assert "Geen signalen" in read_html(open_page(lege_stad))


def test_titles_in_their_cases() -> None:
    def frame(*nieuw: bool) -> pl.DataFrame:
        return pl.DataFrame({"nieuw": list(nieuw)}, schema={"nieuw": pl.Boolean})

    assert words.title_signalen(frame(), 0) == "Geen signalen"
    assert words.title_signalen(frame(), 3) == "Geen signalen die nog niet zijn gezien"
    assert words.title_signalen(frame(False), 0) == "Niets nieuws; 1 signaal loopt al langer"
    assert words.title_signalen(frame(True), 0) == "1 nieuw signaal"
    assert words.title_signalen(frame(True, True, False), 0) == "2 nieuwe signalen; 1 signaal loopt al langer"
    assert words.word_sinds(date(2026, 6, 1), True) == "nieuw, jun 2026"
    assert words.describe_cel("totaal") == "de gemeente" and words.describe_cel("Wmo") == "Wmo"
