"""The dossier as PDF: read by anyone, equal to the snapshot, and with what people wrote as text alone."""

import dataclasses
import io
import itertools
import json
import os
import random
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import fastexcel
import polars as pl
import pytest
import typst

from dashboard.access.door import Identiteit, Toegang
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik, Regels
from dashboard.access.snapshot import Snapshot
from dashboard.dossier import read_dossier
from dashboard.dossier_rapport import Colofon, make_rapport
from dashboard.filters import Filters, check_filters
from dashboard.gesprek import Gesprek, read_gesprek
from dashboard.notities import eigen
from dashboard.notities.eigen import Wie
from dashboard.rapport import pdf, zetter
from dashboard.rapport.inhoud import Alinea, Hoofdstuk, Lijst, Rapport, Staaf, Staven, Tabel, make_ticks
from dashboard.rapport.tekens import REEKSEN, VERVANGER, can_show, make_showable
from dashboard.reading.keuzes import read_keuzes
from dashboard.ui.dossier import make_dossier
from tests.dashboard.pdfje import Pdf

OP = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
IK = Wie("demo", "contractmanager")
VIJANDIG = [
    '#read("/etc/passwd")', "*vet* en _schuin_", "= kop", "$x^2$", "@ref <label>", "\\", "#panic[x]", "`ruw`",
    '"; #import "@preview/cetz:0.3.0"', "// weg", "/* ook weg", "[haak", "{acc}", "~ -- ... 'a'", "- punt",
    "+ een", "null", "None", "/ term: uitleg", "#sys.inputs", "www.voorbeeld.nl", "fi ffl",
]  # fmt: skip


@pytest.fixture(scope="module")
def maak(werkstad: Path) -> Callable[..., Lezer]:
    snapshot = Snapshot(werkstad)
    return lambda aanbieders=None, eigen_cel=1: Lezer(snapshot, Bereik("p", 10, aanbieders, eigen_cel))


def _kijk(lezer: Lezer, **vraag: str) -> Filters:
    return check_filters(vraag, read_keuzes(lezer))


def _rapport(lezer: Lezer, f: Filters, naam: str = "", g: Gesprek | None = None) -> Rapport:
    d = read_dossier(lezer, f, naam or f"Aanbieder {f.aanbieder}")
    colofon = Colofon("Haarlem", "contractmanager", ("18 van 18 controles goed",), OP)
    return make_rapport(lezer, f, d, g or Gesprek(), colofon)


def _pdf(lezer: Lezer, f: Filters, naam: str = "", g: Gesprek | None = None) -> Pdf:
    return Pdf(pdf.make_pdf(_rapport(lezer, f, naam, g), OP))


def _bare(*delen: Alinea | Lijst | Staven | Tabel, titel: str = "Proef") -> Rapport:
    return Rapport(titel, "Proef", "voet", [("Wat", titel)], [Hoofdstuk("Proef", delen)])


def _tabel(rijen: list[list[str]], kolommen: dict[str, str], titel: str = "Tabel") -> Tabel:
    return Tabel("t", titel, "onder", pl.DataFrame({"n": range(len(rijen))}), kolommen, rijen)


def _euro(cent: int) -> str:
    """Whole euros by Python's own formatting."""
    return f"€ {round(cent / 100):,}".replace(",", ".")


@pytest.fixture(scope="module")
def a1(maak: Callable[..., Lezer]) -> Pdf:
    lezer = maak(("A1", "A2"))
    return _pdf(lezer, _kijk(lezer, aanbieder="A1"))


def test_it_is_a_tagged_dutch_pdf_with_a_title(a1: Pdf) -> None:
    assert a1.wortel["/Lang"] == "nl-NL"
    assert a1.wortel["/MarkInfo"]["/Marked"].value is True
    assert a1.wortel["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    titel = "Aanbiederdossier Aanbieder A1 · jan t/m sep 2026 · bekend op 31-10-2026"
    assert a1.lezer.metadata is not None and a1.lezer.metadata.title == titel
    assert "<pdfuaid:part>1</pdfuaid:part>" in a1.xmp and titel in a1.xmp
    assert [round(float(x)) for x in a1.lezer.pages[0].mediabox] == [0, 0, 595, 842]
    assert 3 <= len(a1.lezer.pages) <= 8
    letters = [f.get_object() for p in a1.lezer.pages for f in p["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert letters
    for letter in letters:
        beschrijving = letter["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(beschrijving), "every letter is inside"


def test_a_screen_reader_finds_headings_headers_and_figures(a1: Pdf) -> None:
    tags = list(a1.tags())
    niveaus = [int(t.naam[2:]) for t in tags if re.fullmatch(r"/H\d", t.naam)]
    assert niveaus[0] == 1 and all(b - a <= 1 for a, b in itertools.pairwise(niveaus))
    koppen = [o.title for o in a1.lezer.outline if not isinstance(o, list)]
    assert koppen == [
        "In het kort", "Omzet en plafond", "Per product (P×Q)", "Per wijk", "Waargenomen en verwacht",
        "Tarieven, trajecten en aandeel", "Declaratiegedrag en bevindingen", "Signalen", "Gespreksagenda",
        "Begrippen", "Methode en privacy",
    ]  # fmt: skip
    tabellen = sum(t.naam == "/Table" for t in tags)
    assert tabellen >= 8
    assert sum(t.naam == "/THead" for t in tags) == tabellen
    assert {t.kenmerken.get("/Scope") for t in tags if t.naam == "/TH"} == {"/Column"}
    figuren = [t for t in tags if t.naam == "/Figure"]
    assert len(figuren) == 2 and all(len(t.alt) > 80 and "/BBox" in t.kenmerken for t in figuren)


def test_its_figures_are_those_of_the_snapshot(a1: Pdf, werkstad: Path) -> None:
    with duckdb.connect(str(werkstad), read_only=True) as con:
        bron = "FROM mart.client_maand WHERE aanbieder_agb = 'A1'"
        dit = f"{bron} AND levermaand BETWEEN DATE '2026-01-01' AND DATE '2026-09-01'"
        vragen = (
            f"SELECT concat(product, zwaarte), sum(realisatie_cent) {dit} GROUP BY 1",
            f"SELECT 'Oude Stad', sum(realisatie_cent) {dit} AND wijkcode = 'WK039201'",
            f"SELECT strftime(levermaand, '%Y-%m'), sum(realisatie_cent) {bron} GROUP BY 1",
            "SELECT 'plafond', 20000000",
        )
        bedragen = [(n, c) for v in vragen for n, c in con.execute(v).fetchall() if n]
        (clienten,) = con.execute(f"SELECT count(DISTINCT client_id) {dit}").fetchone() or (0,)
    assert len(bedragen) > 30
    for naam, cent in bedragen:
        assert _euro(cent) in a1.tekst, naam
    assert f"Cliënten {clienten} " in a1.tekst
    assert "Hulp bij het huishouden € 54.000 20 1.800 uur € 30,00 / uur" in a1.tekst
    assert "sep 2026, voorlopig € 11.440 € 11.440" in a1.tekst
    # 51 % of the plafond of € 200.000 in nine months; half a year of € 68.640 carried on to € 137.280: 69 %
    assert "Wmo Concern · perceel 1 · PxQ € 200.000 € 102.960 51 %" in a1.tekst
    assert "geven € 0,1 mln, 69 % van het plafond. Dat is een rechte lijn, geen prognose." in a1.tekst
    assert (
        "▲ hoger dan verwacht (1,20 ×)" in a1.tekst and "3 bevindingen; € 500 staat op het spel" in a1.tekst
    )
    for feit in ("Bekend op: 31-10-2026", "Rol: contractmanager", "Momentopname:", "Gemaakt op:", "(AGB A1)"):
        assert feit in a1.bladen[0]


def test_estimates_and_young_months_say_so_in_the_figure_too(a1: Pdf) -> None:
    assert "Gearceerd, want voorlopig: jul 2026, aug 2026, sep 2026." in a1.alts
    assert "een twaalfde van het jaarplafond: € 16.667" in a1.alts  # 200.000 / 12
    assert "Komt naar schatting nog" in a1.tekst and "voorlopig: hier komt nog bij" in a1.tekst


def test_a_small_cell_is_not_in_text_nor_figure(maak: Callable[..., Lezer]) -> None:
    ruim, krap = (maak(("A1",), cel) for cel in (1, 10))
    open_, dicht = (_pdf(lezer, _kijk(lezer, aanbieder="A1")) for lezer in (ruim, krap))
    # four clients, 8 hours of € 80 a month, nine months
    assert "Begeleiding, zwaar € 23.040 4 288 uur" in open_.tekst
    # and twelve, who would follow from the whole
    for zwaarte in ("zwaar", "licht"):
        assert f"Begeleiding, {zwaarte} niet getoond niet getoond niet getoond niet getoond" in dicht.tekst
    assert "tot op de laatste cliënt" in open_.tekst and "niet om te publiceren" in open_.bladen[0]
    assert "over minder dan 10 cliënten zijn weggelaten" in dicht.tekst and "publiceren" not in dicht.tekst
    assert "Niet getoond: minder dan 10 cliënten, of anders daartoe te herleiden." in dicht.tekst
    assert "Hulp bij het huishouden € 54.000 20" in dicht.tekst
    for cent in (2_304_000, 2_592_000):
        assert _euro(cent) in open_.tekst and _euro(cent) not in dicht.tekst + dicht.alts


def test_a_wijk_with_few_clients_has_no_bar(maak: Callable[..., Lezer]) -> None:
    ruim, krap = (maak(("A3",), cel) for cel in (1, 5))
    open_, dicht = (_pdf(lezer, _kijk(lezer, aanbieder="A3")) for lezer in (ruim, krap))
    # five clients in one wijk and one in the other: 10 hours of € 30, nine months
    assert "Houtvaart € 2.700" in open_.alts
    assert "Houtvaart Hulp bij het huishouden 1 90 uur € 2.700" in open_.tekst
    # one would follow from the other: the product as a whole is shown
    for wijk in ("Houtvaart", "Oude Stad"):
        assert f"{wijk} Hulp bij het huishouden niet getoond niet getoond niet getoond" in dicht.tekst
        assert wijk not in dicht.alts
    assert "Hulp bij het huishouden € 16.200 6" in dicht.tekst and "13.500" not in dicht.tekst


def test_of_another_aanbieder_there_is_nothing(maak: Callable[..., Lezer]) -> None:
    vreemd = _pdf(maak(("A2",)), _kijk(maak(), aanbieder="A1"), "Aanbieder A1")
    assert not re.search(r"€ [1-9]", vreemd.tekst + vreemd.alts)
    assert "/Figure" not in {t.naam for t in vreemd.tags()}
    assert "Geen contract" in vreemd.tekst or "geen contract geladen" in vreemd.tekst


def test_a_fixed_sum_has_its_reach_and_no_prices(maak: Callable[..., Lezer]) -> None:
    lezer = maak(("A7",))
    vast = _pdf(lezer, _kijk(lezer, aanbieder="A7"))
    for zin in ("betaald met een vast bedrag", "Wmo Concern · Wijk Noord · taakgericht € 1.900.000 – –"):
        assert zin in vast.tekst, zin
    assert (
        "100 cliënten 90 cliënten" in vast.tekst
        and "Cliënten in zorg aan het eind van de maand" in vast.tekst
    )
    assert "P vergelijkbaar" not in vast.tekst and "cliënten van Aanbieder A7 aan het eind" in vast.alts


def test_a_dossier_with_nothing_in_it_is_made_and_says_so(maak: Callable[..., Lezer]) -> None:
    lezer = maak()
    f = dataclasses.replace(_kijk(lezer), aanbieder="ZZ")
    leeg = _pdf(lezer, f, "Niemand")
    for zin in (
        "Geen plafond geladen",
        "Nog geen afspraken.",
        "Geen declaraties in deze selectie",
        "geen contract",
    ):
        assert zin in leeg.tekst, zin
    assert len(leeg.lezer.pages) <= 4
    assert "Begrippen" in Pdf(pdf.make_pdf(_bare(Lijst(()), titel="Begrippen"), OP)).tekst


def test_what_people_wrote_is_text_whatever_it_says(maak: Callable[..., Lezer], tmp_path: Path) -> None:
    notities = tmp_path / "n.sqlite"
    for tekst in VIJANDIG:
        eigen.save_notitie(notities, "A1", date(2026, 5, 1), f"n {tekst}", IK, lambda _: True)
        afspraak = {"wat": f"a {tekst}", "wie": tekst, "uiterlijk": "2026-12-31", "status": "open"}
        eigen.save_afspraak(notities, "A1", afspraak, IK, lambda _: True)
    lezer = maak(("A1",))
    rapport = _rapport(
        lezer, _kijk(lezer, aanbieder="A1"), "= *Naam* #x $y$", read_gesprek(notities, lezer, "A1")
    )
    uit = Pdf(pdf.make_pdf(rapport, OP))
    dicht = uit.tekst.replace(" ", "")
    for tekst in VIJANDIG:
        for soort in "na":
            assert f"{soort}{tekst}".replace(" ", "") in dicht, tekst
    assert "root:" not in uit.tekst and "= *Naam* #x $y$ declareerde" in uit.tekst
    assert "contractmanager demo," in uit.tekst and f"{len(VIJANDIG)} openstaande afspraken" in uit.tekst


def test_it_is_text_in_every_place_where_a_name_can_come() -> None:
    delen = []
    for t in VIJANDIG:
        tabel = dataclasses.replace(
            _tabel([[f"cel {t}"]], {f"kolom {t}": "tekst"}, f"tabel {t}"), noot=f"noot {t}"
        )
        staven = [Staaf(f"staaf {t}", 3.0, f"waarde {t}")]
        liggend = Staven(f"alt {t}", staven, f"naam {t}", liggend=True, noot=f"bij {t}")
        delen += [Alinea(f"alinea {t}"), Lijst([(f"punt {t}", f"uitleg {t}")]), tabel, liggend]
        delen.append(Staven(f"alt {t}", staven, f"naam {t}", lijn=(2.0, f"lijn {t}")))
    uit = Pdf(pdf.make_pdf(_bare(*delen, titel=" ".join(VIJANDIG)), OP))
    dicht = uit.tekst.replace(" ", "")
    plekken = ("cel", "kolom", "tabel", "noot", "staaf", "waarde", "naam", "bij", "alinea", "punt", "uitleg")
    for t in VIJANDIG:
        mist = [p for p in plekken if f"{p}{t}".replace(" ", "") not in dicht]
        assert mist == [], t
        assert f"alt {t}" in uit.alts


@pytest.mark.parametrize(
    ("tekst", "wordt"),
    [
        ("tevreden 😀👩‍👧 klant", f"tevreden {VERVANGER} klant"),
        ("漢字", VERVANGER),
        ("a\x00b\x07c\u202ed", "abcd"),
        ("Caf\u0065\u0301", "Café"),
        ("שלום مرحبا", "שלום مرحبا"),
        ("أَمۡ", "أم"),
        ("\ud800", VERVANGER),
        ("x" * 60, "x" * 24 + "\u200b" + "x" * 24 + "\u200b" + "x" * 12),
        ("een\ttab\nregel", "een tab\nregel"),
        ("− € 1,1 mln ▲ 12 %", "− € 1,1 mln ▲ 12 %"),
    ],
)
def test_what_has_no_shape_is_replaced(tekst: str, wordt: str) -> None:
    assert make_showable(tekst) == wordt


def test_the_report_says_that_characters_were_replaced() -> None:
    assert pdf.VERVANGEN in Pdf(pdf.make_pdf(_bare(Alinea("een 😀")), OP)).tekst
    assert pdf.VERVANGEN not in Pdf(pdf.make_pdf(_bare(Alinea("een")), OP)).tekst


def test_every_character_that_counts_as_shown_can_be_set() -> None:
    alle = [chr(c) for van, tot in REEKSEN for c in range(van, tot + 1) if can_show(chr(c))]
    assert len(alle) > 1500
    Pdf(pdf.make_pdf(_bare(*(Alinea(f"aap {t} noot {t}{t}") for t in alle)), OP))


def test_any_text_can_be_set() -> None:
    kans = random.Random(5)
    bereik = [*range(0x20, 0x700), *range(0x900, 0x980), *range(0x1E00, 0x2C00), *range(0x1F300, 0x1F700)]
    teksten = [
        "".join(
            chr(kans.choice(bereik)) if kans.random() > 0.15 else " " for _ in range(kans.randrange(1, 300))
        )
        for _ in range(150)
    ]
    rijen = [[t, t[:60], t[:10]] for t in teksten]
    kolommen = {"a": "zin", "b": "tekst", "c": "getal"}
    assert Pdf(pdf.make_pdf(_bare(_tabel(rijen, kolommen)), OP)).bladen


def test_a_note_as_long_as_allowed_and_one_endless_word_stay_on_the_paper() -> None:
    lang = ["x" * 2000, "woord " * 333, "W" * 2000]
    rijen = [["01-05-2026", t, "contractmanager"] for t in lang]
    uit = Pdf(pdf.make_pdf(_bare(_tabel(rijen, {"a": "kort", "b": "zin", "c": "tekst"})), OP))
    assert uit.tekst.replace(" ", "").count("W") >= 2000
    regels: list[tuple[str, float, float]] = []

    def note(tekst: str, cm: list[float], tm: list[float], *_: object) -> None:
        if tekst.strip():
            regels.append((tekst, tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    for pagina in uit.lezer.pages:
        pagina.extract_text(visitor_text=note)
    assert max(len(t) for t, _, _ in regels) < 140, "no line runs off the paper"
    assert all(0 < x < 595 and 0 < y < 842 for _, x, y in regels)


def test_a_table_over_more_pages_repeats_its_headers() -> None:
    rijen = [[f"rij {i}", f"€ {i}"] for i in range(150)]
    uit = Pdf(pdf.make_pdf(_bare(_tabel(rijen, {"Naam van de rij": "tekst", "Bedrag": "getal"})), OP))
    assert len(uit.bladen) >= 3
    assert all(
        "Naam van de rij" in b and f"{i} van {len(uit.bladen)}" in b for i, b in enumerate(uit.bladen, 1)
    )
    # read out once: the repetition is for the eye
    assert sum(t.naam == "/TH" for t in uit.tags()) == 2


def test_the_same_dossier_gives_the_same_bytes(maak: Callable[..., Lezer]) -> None:
    lezer = maak(("A1",))
    rapport = _rapport(lezer, _kijk(lezer, aanbieder="A1"))
    een, twee, later = (pdf.make_pdf(rapport, op) for op in (OP, OP, OP.replace(hour=11)))
    assert een == twee
    assert een != later and Pdf(een).tekst == Pdf(later).tekst


def test_the_template_asks_for_nothing_and_is_alone_in_its_folder() -> None:
    assert [p.name for p in zetter.SJABLOON.iterdir()] == ["rapport.typ"]
    sjabloon = (zetter.SJABLOON / "rapport.typ").read_text(encoding="utf-8")
    for woord in ("import ", "include ", "@preview", "read(", "image(", "plugin(", "eval(", "://"):
        assert woord not in sjabloon, woord


@pytest.mark.parametrize(
    "vraag", ['#read("../geheim.txt")', '#read("/etc/passwd")', '#image("/../geheim.svg")']
)
def test_the_typesetter_sees_one_folder(vraag: str, tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    map_ = tmp_path / "sjabloon"
    map_.mkdir()
    (map_ / "rapport.typ").write_text(f'#set document(title: "x")\n{vraag}')
    with pytest.raises(typst.TypstError, match=r"escape|not found|sandbox"):
        zetter.set_type("{}", OP, map_)


def test_no_package_comes_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rapport.typ").write_text('#import "@preview/cetz:0.3.0"')
    for naam in zetter.NERGENS:
        monkeypatch.setenv(naam, os.environ.get(naam, ""))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"inhoud": {}, "moment": 0}')))
    assert zetter.main(tmp_path) == 1
    fout = capfd.readouterr().err
    assert "failed to download package" in fout and "refused" in fout.lower()


def test_what_cannot_be_made_is_said_in_dutch_and_not_what_was_written(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf, "describe", lambda r: {"kleuren": {}, "titel": "Geheime notitie"})
    with pytest.raises(pdf.RapportError, match="kon niet worden gemaakt") as fout:
        pdf.make_pdf(_bare(Alinea("Geheime notitie")), OP)
    assert fout.value.__cause__ is None
    assert "zetter" in caplog.text and "Geheim" not in caplog.text
    monkeypatch.setattr(pdf, "GEDULD_SECONDEN", 0.001)
    with pytest.raises(pdf.RapportError, match="te lang"):
        pdf.make_pdf(_bare(Alinea("x")), OP)


def test_both_files_are_logged_and_hold_the_same_figures(
    maak: Callable[..., Lezer], regels: Regels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUURINFO_NOTITIES", str(tmp_path / "n.sqlite"))
    monkeypatch.setenv("STUURINFO_LOG", str(tmp_path))
    eigen.save_notitie(
        tmp_path / "n.sqlite", "A1", date(2026, 5, 20), "Tarieven besproken", IK, lambda _: True
    )
    lezer = maak(("A1",))
    wie = Identiteit(("contractmanager",), "contractmanager", "demo", True, ("A1",))
    toegang = Toegang(regels.rollen["contractmanager"], lezer, regels, wie)
    f = _kijk(lezer, aanbieder="A1")
    d = read_dossier(lezer, f, "Aanbieder A1")
    uit, boek = (
        Pdf(make_dossier(toegang, f, d, "pdf")),
        fastexcel.read_excel(make_dossier(toegang, f, d, "xlsx")),
    )
    log = [json.loads(r) for r in (tmp_path / "inzage.jsonl").read_text().splitlines()]
    assert [(r["gebeurtenis"], r["bestand"], r["aanbieder"]) for r in log] == [
        ("download", "dossier.pdf", "A1"),
        ("download", "dossier.xlsx", "A1"),
    ]
    assert set(boek.sheet_names) == {
        "contract", "maanden", "producten", "wijken", "tarieven", "vergelijking", "aandeel", "trajecten",
        "declaratiesnelheid", "bevindingen", "signalen", "afspraken", "notities", "toelichting",
    }  # fmt: skip
    for blad in ("maanden", "producten", "wijken"):
        for euro in boek.load_sheet(blad).to_polars()["realisatie_euro"]:
            assert _euro(round(euro * 100)) in uit.tekst, blad
    assert "Tarieven besproken" in uit.tekst and "van na het laatste gesprek" in uit.tekst
    assert "gemeente Haarlem" in uit.tekst and "controles goed" in uit.tekst
    assert "blad afspraken" in str(boek.load_sheet("toelichting", header_row=None).to_polars().rows())


def test_the_axis_has_round_steps_around_zero() -> None:
    assert make_ticks(0, 582) == [0, 200, 400, 600]
    assert make_ticks(-30, 90) == [-50, 0, 50, 100]
    assert make_ticks(0, 0) == [0, 1]
    assert make_ticks(3, 8) == [0, 2, 4, 6, 8]
