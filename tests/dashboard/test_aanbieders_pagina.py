"""The page Aanbieders: its figures against the snapshot, whose they are, and what is not to be compared."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard.aanbiedertabel import judge, make_tabel
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.figures.trechter import order_dots
from dashboard.filters import Filters, check_filters
from dashboard.reading import aanbieders as lezen
from dashboard.reading.keuzes import read_aanbieders, read_keuzes
from tests.dashboard.bezoek import Opener, read_html

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maak(werkstad: Path) -> Callable[..., Lezer]:
    snapshot = Snapshot(werkstad)

    def make(aanbieders: tuple[str, ...] | None = None, eigen: int = 1) -> Lezer:
        return Lezer(snapshot, Bereik("proef", 10, aanbieders, eigen))

    return make


def _kijk(lezer: Lezer, **vraag: str) -> Filters:
    return check_filters(vraag, read_keuzes(lezer))


@pytest.fixture
def open_page(bezoek: Opener, werkstad: Path) -> Opener:
    return partial(bezoek, "operationeel/aanbieders", werkstad)


def test_figures_are_those_of_the_snapshot(werkstad: Path, maak: Callable[..., Lezer]) -> None:
    lezer = maak()
    f = _kijk(lezer)
    tabel = make_tabel(lezer, f, read_aanbieders(lezer))
    with duckdb.connect(str(werkstad), read_only=True) as con:
        bedoeld = con.execute(
            """SELECT aanbieder_agb, sum(realisatie_cent), count(DISTINCT client_id) FROM mart.client_maand
               WHERE levermaand BETWEEN DATE '2026-01-01' AND DATE '2026-09-01' GROUP BY 1"""
        ).fetchall()
    gevonden = {r[0]: r[1:] for r in tabel.select("aanbieder_agb", "realisatie_cent", "clienten").rows()}
    for agb, cent, n in bedoeld:
        assert gevonden[agb] == (cent, n), agb
    a1 = tabel.filter(pl.col("aanbieder_agb") == "A1").row(0, named=True)
    assert (a1["uitnutting"], a1["aandeel"], a1["productgroep"]) == (0.78, 0.5, "Huishouden")
    # 500 once although two rules found it; the line that is rejected already adds nothing
    assert (a1["bevindingen"], a1["op_het_spel_cent"]) == (3, 50_000)
    assert (a1["kosten"], a1["duur"]) == ("hoger: Huishouden", "zoals verwacht")
    # the same months a year before, as known then: September, then young, had half its euros
    per_maand = a1["realisatie_cent"] / 9
    assert a1["vorig_cent"] == pytest.approx(per_maand * 8.5) and a1["groei"] == pytest.approx(9 / 8.5 - 1)
    a7 = tabel.filter(pl.col("aanbieder_agb") == "A7").row(0, named=True)
    assert a7["is_vast"] and a7["realisatie_cent"] is None and a7["plafond_cent"] == 190_000_000


def test_only_the_own_aanbieders(maak: Callable[..., Lezer]) -> None:
    lezer = maak(("A2",))
    f = _kijk(lezer)
    assert make_tabel(lezer, f, read_aanbieders(lezer))["aanbieder_agb"].to_list() == ["A2"]
    assert set(lezen.read_vergelijking(lezer, f)["aanbieder_agb"]) == {"A2"}
    assert set(lezen.read_regelkaart(lezer, f, date(2025, 1, 1))["aanbieder_agb"]) == {"A2"}
    assert make_tabel(maak(()), f, {}).height == 0


def test_a_small_aanbieder_is_not_shown_to_a_role_with_a_smallest_cell(
    maak: Callable[..., Lezer],
) -> None:
    lezer = maak(None, eigen=10)
    df = lezen.read_omzet(lezer, _kijk(lezer))
    klein = df.filter(pl.col("niet_getoond"))
    assert set(klein["aanbieder_agb"]) == {"A3", "A4"} and klein["realisatie_cent"].is_null().all()


def test_without_three_others_nothing_is_compared(maak: Callable[..., Lezer]) -> None:
    lezer = maak()
    df = lezen.read_vergelijking(lezer, _kijk(lezer))
    a5 = df.filter(pl.col("aanbieder_agb") == "A5").row(0, named=True)
    assert a5["oordeel"] == "te weinig andere aanbieders"
    assert [a5[k] for k in lezen.GRENZEN] == [None] * len(lezen.GRENZEN)
    assert sorted(judge(df, "kosten per client").rows()) == [
        ("A1", "hoger: Huishouden"),
        ("A2", "zoals verwacht"),
        ("A5", "te weinig anderen"),
    ]


def test_the_point_that_is_clicked_is_the_aanbieder_that_was_drawn_there(maak: Callable[..., Lezer]) -> None:
    lezer = maak()
    df = lezen.read_vergelijking(lezer, _kijk(lezer)).filter(pl.col("maat") == "kosten per client")
    # two traces of limits, then who is within them, then who is outside; A5 is not drawn
    assert order_dots(df.with_columns(pl.col("aanbieder_agb").alias("naam"))) == [[], [], ["A2"], ["A1"]]


def test_the_page_says_what_stands_out(open_page: Opener) -> None:
    at = open_page()
    tekst = read_html(at)
    assert "7 aanbieders; de omzet van Aanbieder A1 groeide het meest: + € 5.720 (6 %)" in tekst
    assert "Kosten per cliënt: Aanbieder A1, Huishouden is hoger dan verwacht mag worden" in tekst
    assert "In jun 2026 begon bij 1 van de 3 aanbieders een signaal; bij 1 liep er al een" in tekst
    at.segmented_control(key="vergelijk_maat").set_value("duur").run()
    assert "Duur: overal zoals verwacht mag worden" in read_html(at)
    at.segmented_control(key="vergelijking_vorm").set_value("Tabel").run()
    assert "zoals verwacht (1,05 ×)" in read_html(at)


def test_a_click_opens_the_dossier(open_page: Opener) -> None:
    at = open_page()
    at.session_state["open_dossier"] = "A2"
    at.run()
    assert not at.exception
    assert [t.value for t in at.title] == ["Hoe staat deze aanbieder ervoor?"]
    assert at.selectbox(key="aanbieder").value == "A2"


def test_nothing_loaded_is_said(open_page: Opener, lege_stad: Path) -> None:
    assert "U heeft nog geen eigen aanbieders" in read_html(open_page(lege_stad))


def test_in_the_demo_one_with_a_fixed_sum_is_among_the_own(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    toegang = tmp_path / "toegang.toml"
    tekst = (WORTEL / "toegang.toml").read_text()
    toegang.write_text(tekst.replace("eigen_aanbieders = 15", "eigen_aanbieders = 2"))
    monkeypatch.setenv("STUURINFO_TOEGANG", str(toegang))
    namen = open_page().dataframe[0].value["Aanbieder"].tolist()
    assert namen == ["Aanbieder A1", "Aanbieder A7 (vast bedrag)"]
