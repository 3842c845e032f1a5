"""The dossier of one aanbieder: its figures, its notes and who may read them, and its workbook."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import words_operationeel as words
from dashboard.access.door import Identiteit, Toegang
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik, Regels
from dashboard.access.snapshot import Snapshot
from dashboard.export import make_workbook
from dashboard.filters import Filters, check_filters
from dashboard.notities import eigen, opslag
from dashboard.notities.eigen import Wie
from dashboard.notities.opslag import NotitieError
from dashboard.reading import dossier as lezen
from dashboard.reading.keuzes import read_keuzes
from dashboard.ui.schrijven import read_own
from tests.dashboard.bezoek import Opener, read_html

WORTEL = Path(__file__).resolve().parents[2]
IK = Wie("demo", "contractmanager")


@pytest.fixture(scope="module")
def maak(werkstad: Path) -> Callable[..., Lezer]:
    snapshot = Snapshot(werkstad)
    return lambda aanbieders=None, eigen_cel=1: Lezer(snapshot, Bereik("p", 10, aanbieders, eigen_cel))


def _kijk(lezer: Lezer, **vraag: str) -> Filters:
    return check_filters(vraag, read_keuzes(lezer))


@pytest.fixture
def open_page(bezoek: Opener, werkstad: Path) -> Opener:
    return partial(bezoek, "operationeel/dossier", werkstad, aanbieder="Aanbieder A1")


def _submit(at: AppTest, formulier: str) -> AppTest:
    next(b for b in at.button if b.proto.form_id == formulier).click().run()
    assert not at.exception, at.exception
    return at


def _field(at: AppTest, formulier: str, label: str) -> object:
    velden = [*at.text_input, *at.text_area]
    return next(t for t in velden if t.proto.form_id == formulier and t.label.startswith(label))


def test_the_year_is_carried_on_from_whole_months_alone(maak: Callable[..., Lezer]) -> None:
    lezer = maak()
    r = lezen.read_ruimte(lezer, _kijk(lezer, aanbieder="A1"))
    # 20·300 + 12·240 + 4·640 euro a month; January to June are no longer provisional
    assert (r["plafond_cent"], r["maanden"]) == (20_000_000, 6)
    assert (r["realisatie_cent"], r["doorgetrokken_cent"]) == (9 * 1_144_000, 12 * 1_144_000)
    vorig = lezen.read_ruimte(lezer, _kijk(lezer, aanbieder="A1", periode="2025"))
    assert (vorig["maanden"], vorig["doorgetrokken_cent"]) == (12, 12 * 1_144_000)


def test_billed_is_held_against_the_contract(maak: Callable[..., Lezer], werkstad: Path) -> None:
    lezer = maak()
    df = lezen.read_tarief(lezer, _kijk(lezer, aanbieder="A1"))
    # proefstad delivers against the price of the contract
    assert df["verschil_cent"].to_list() == [0, 0, 0]
    assert words.title_tarief(df) == "Gedeclareerd is tegen de tarieven van het contract"


def test_fractions_are_of_sums_and_start_counts_only_what_is_old_enough(maak: Callable[..., Lezer]) -> None:
    lezer = maak()
    f = _kijk(lezer, aanbieder="A1")
    (rij,) = lezen.read_nagekomen(lezer, f).iter_rows(named=True)
    assert (rij["gerapporteerd_cent"], rij["ultimate_cent"], rij["fractie"]) == (160, 200, 0.8)
    r = lezen.read_start(lezer, f)
    assert (r["gestart"], r["oud_genoeg"], r["verzilverd"]) == (20, 16, 12)
    assert words.title_start(20, 16, 12) == "75 % van de toewijzingen begon binnen 90 dagen"


@pytest.mark.parametrize(
    "read", [lezen.read_tarief, lezen.read_slapers, lezen.read_traject], ids=lambda f: f.__name__
)
def test_another_aanbieder_gives_no_rows(
    maak: Callable[..., Lezer], read: Callable[..., pl.DataFrame]
) -> None:
    assert read(maak(("A2",)), _kijk(maak(), aanbieder="A1")).height == 0


def test_all_parts_say_what_the_snapshot_holds(open_page: Opener) -> None:
    tekst = read_html(open_page(onderdeel="Alles"))
    for zin in (
        "69 % van het plafond",
        "rechte lijn, geen prognose",
        "Anders dan verwacht: kosten per cliënt hoger bij Huishouden",
        "▲ hoger dan verwacht (1,20 ×)",
        "Aanbieder A1 levert 50 % van Huishouden",
        "Een traject Hulp bij het huishouden kostte gemiddeld € 5.000",
        "De omzet van jun 2026 is een signaal: buiten de grenzen (hoog)",
        "Van sep 2026 is naar schatting 80 % gedeclareerd",
        "3 bevindingen; € 500 staat op het spel",
        "12 van 50",
        "4 signalen",
        # two come and one goes each month, nine months of this year; the figure goes back further
        "Er kwamen meer cliënten bij (18) dan er weggingen (9)",
    ):
        assert zin in tekst, zin


def test_a_fixed_sum_has_its_figures_instead(open_page: Opener) -> None:
    at = open_page(aanbieder="Aanbieder A7")
    tekst = read_html(at)
    assert "Afgesproken en bereikt in 1 perceel" in tekst and "90 cliënten" in tekst
    assert "Uitnutting" not in tekst and "P vergelijkbaar" not in tekst


def test_an_agreement_is_kept_changed_and_shown_with_who_and_when(open_page: Opener, tmp_path: Path) -> None:
    at = open_page(onderdeel="Gesprek")
    assert "Geen openstaande afspraken" in read_html(at)
    for label, waarde in (
        ("Wat", "Verklaar de tarieven"),
        ("Wie", "Aanbieder A1"),
        ("Uiterlijk", "01-01-2026"),
    ):
        _field(at, "afspraak-", label).input(waarde)  # type: ignore[attr-defined]
    _submit(at, "afspraak-")
    tekst = read_html(at)
    assert "1 openstaande afspraak, waarvan 1 over de datum" in tekst
    assert "Verklaar de tarieven" in tekst and "contractmanager demo" in tekst
    (a,) = opslag.read(tmp_path / "n.sqlite", eigen.AFSPRAAK)
    assert a.onderwerp == "A1" and a.inhoud["uiterlijk"] == "2026-01-01"
    log = [json.loads(r) for r in (tmp_path / "inzage.jsonl").read_text().splitlines()]
    assert ("afspraak bewaard", "A1") in [(r["gebeurtenis"], r.get("onderwerp")) for r in log]
    assert "tarieven" not in (tmp_path / "inzage.jsonl").read_text()

    at.selectbox(key="afspraak_welke").set_value(a.kenmerk).run()
    status = next(s for s in at.selectbox if s.proto.form_id == f"afspraak-{a.kenmerk}")
    status.set_value("nagekomen")
    _submit(at, f"afspraak-{a.kenmerk}")
    assert "Geen openstaande afspraken" in read_html(at)
    assert len(opslag.read_history(tmp_path / "n.sqlite", eigen.AFSPRAAK, "A1")) == 2


def test_after_a_talk_only_later_signals_count_as_new(open_page: Opener, tmp_path: Path) -> None:
    eigen.save_notitie(
        tmp_path / "n.sqlite", "A1", date(2026, 5, 20), "Besproken: tarieven.", IK, lambda _: True
    )
    tekst = read_html(open_page(onderdeel="Gesprek"))
    # omzet since June and sleepers since September; the yearly ones began in January
    assert "4 signalen, waarvan 2 van na het laatste gesprek" in tekst
    assert "laatste gesprek waarvan iets is genoteerd: 20-05-2026" in tekst
    assert "Besproken: tarieven." in tekst and "1 notitie" in tekst


def test_a_bad_day_or_a_bsn_is_refused_in_words(open_page: Opener, tmp_path: Path) -> None:
    at = open_page(onderdeel="Gesprek")
    _field(at, "notitie-", "Datum").input("31-02-2026")  # type: ignore[attr-defined]
    _field(at, "notitie-", "Notitie").input("tekst")  # type: ignore[attr-defined]
    assert any("dd-mm-jjjj" in w.value for w in _submit(at, "notitie-").warning)
    _field(at, "notitie-", "Datum").input("01-02-2026")  # type: ignore[attr-defined]
    _field(at, "notitie-", "Notitie").input("cliënt 123456782")  # type: ignore[attr-defined]
    assert any("negen cijfers" in w.value for w in _submit(at, "notitie-").warning)
    assert opslag.read(tmp_path / "n.sqlite", eigen.NOTITIE) == []


def test_notes_are_for_who_may_see_the_aanbieder(tmp_path: Path) -> None:
    pad = tmp_path / "n.sqlite"
    a = eigen.save_notitie(pad, "A1", date(2026, 5, 1), "eerste", IK, lambda _: True)
    eigen.save_notitie(pad, "A1", date(2026, 5, 1), "tweede", IK, lambda _: True, a.kenmerk)
    eigen.save_gezien(pad, eigen.GEMEENTE, "x", "bekend", IK, lambda _: False)

    def alleen_a2(agb: str) -> bool:
        return agb == "A2"

    assert eigen.read_eigen(pad, eigen.NOTITIE, alleen_a2) == []
    assert eigen.read_eigen(pad, eigen.NOTITIE, alleen_a2, "A1") == []
    assert eigen.read_versies(pad, eigen.NOTITIE, alleen_a2, "A1", a.kenmerk) == []
    assert [x.inhoud["reden"] for x in eigen.read_eigen(pad, eigen.GEZIEN, alleen_a2)] == ["bekend"]
    with pytest.raises(NotitieError, match="eigen aanbieders"):
        eigen.save_notitie(pad, "A1", date(2026, 5, 1), "vreemd", IK, alleen_a2)
    versies = eigen.read_versies(pad, eigen.NOTITIE, lambda _: True, "A1", a.kenmerk)
    assert [v.inhoud["tekst"] for v in versies] == ["tweede", "eerste"]


def test_a_page_reads_what_was_written_about_own_aanbieders_alone(
    maak: Callable[..., Lezer], regels: Regels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUURINFO_NOTITIES", str(tmp_path / "n.sqlite"))
    for agb in ("A1", "A2"):
        eigen.save_gezien(tmp_path / "n.sqlite", agb, f"signaal {agb}", "bekend", IK, lambda _: True)
    wie = Identiteit(("contractmanager",), "contractmanager", "demo", True, ("A2",))
    toegang = Toegang(regels.rollen["contractmanager"], maak(("A2",)), regels, wie)
    assert [a.onderwerp for a in read_own(toegang, eigen.GEZIEN).values()] == ["A2"]


def test_work_that_is_fine_says_why(tmp_path: Path) -> None:
    pad, werk = tmp_path / "n.sqlite", {"status": "akkoord", "eigenaar": "Ina", "toelichting": ""}
    with pytest.raises(NotitieError, match="waarom is dit akkoord"):
        eigen.save_werk(pad, "A1", "k", werk, IK, lambda _: True)
    with pytest.raises(NotitieError, match="Kies een status"):
        eigen.save_werk(pad, "A1", "k", werk | {"status": "weg"}, IK, lambda _: True)
    assert eigen.save_werk(pad, "A1", "k", werk | {"toelichting": "klopt"}, IK, lambda _: True).inhoud["rol"]


def test_the_workbook_has_a_sheet_a_table_and_no_formula() -> None:
    bladen = {"een": pl.DataFrame({"a": [1]}), "notities": pl.DataFrame({"tekst": ["=1+1"]})}
    boek = fastexcel.read_excel(make_workbook(bladen, {"inhoud": "proef"}))
    assert boek.sheet_names == ["een", "notities", "toelichting"]
    assert boek.load_sheet("notities").to_polars()["tekst"].to_list() == ["=1+1"]


def test_the_dossier_can_be_taken_along(open_page: Opener) -> None:
    at = open_page()
    knoppen = [k.proto.label for k in at.get("download_button") if "Dossier" in k.proto.label]
    assert knoppen == ["↓ Dossier (PDF)", "↓ Dossier (XLSX)"]


def test_sentences_in_their_cases() -> None:
    leeg = pl.DataFrame(
        schema={
            "aandeel": pl.Float64,
            "productgroep": pl.String,
            "fractie": pl.Float64,
            "levermaand": pl.Date,
        }
    )
    assert words.title_aandeel("X", leeg) == "Afhankelijkheid is hier niet te zeggen"
    assert words.title_nagekomen(leeg) == "Hoe snel er wordt gedeclareerd is hier niet te zeggen"
    assert words.title_start(None, None, None) == words.title_start(5, 0, 0)
    tarief = pl.DataFrame({"verschil_cent": [5000, -12_000]})
    assert words.title_tarief(tarief) == "Gedeclareerd is samen € 70 onder de tarieven van het contract"
    assert (
        words.title_tarief(tarief.head(1)) == "Gedeclareerd is samen € 50 boven de tarieven van het contract"
    )
    assert words.title_tarief(tarief.clear()) == "Geen tarieven om te vergelijken"
    assert words.title_bevindingen(0, 0) == "Geen bevindingen in deze maanden"
    assert words.title_bevindingen(2, 0) == "2 bevindingen; er staat geen geld op het spel"
    oordeel = pl.DataFrame(
        {"maat": ["prijs"] * 3, "oordeel": ["boven", "onder", "boven"], "productgroep": ["a", "b", "c"]}
    )
    assert words.title_vergelijking("X", oordeel) == (
        "Anders dan verwacht: prijs hoger bij a en prijs lager bij b (en nog 1)"
    )
    goed = oordeel.with_columns(pl.lit("binnen de grenzen").alias("oordeel"))
    assert "laat zien wat bij deze cliënten verwacht mag worden" in words.title_vergelijking("X", goed)
    assert words.title_vergelijking("X", oordeel.clear()).endswith(
        "te weinig cliënten om met anderen te vergelijken"
    )
    assert words.word_verhouding(0.5, "te weinig clienten") == "te weinig cliënten"
    assert words.word_verhouding(0.8, "onder") == "▼ lager dan verwacht (0,80 ×)"
    werk = pl.DataFrame({"status": ["nieuw", "in onderzoek", "akkoord"]})
    assert words.title_werk(werk) == "1 regel moet nog worden nagegaan; 1 in onderzoek"
    assert words.title_werk(werk.tail(2)) == "1 regel in onderzoek, de rest is nagegaan"
    assert words.title_werk(werk.tail(1)) == "Alle 1 regels zijn nagegaan"
    assert words.title_werk(werk.clear()) == "Geen regels om na te gaan"
    groei = pl.DataFrame({"naam": ["X"], "realisatie_cent": [50], "vorig_cent": [100]})
    assert words.title_lijst(groei) == "1 aanbieder; bij geen ervan groeide de omzet"
    assert words.title_lijst(groei.with_columns(pl.lit(None).alias("vorig_cent"))) == "1 aanbieder"
