"""Datakwaliteit, Peildata and Begrippen as pages: figures, small counts, and nothing to show."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik, Regels
from dashboard.access.snapshot import Momentopname, Snapshot
from dashboard.filters import Filters, Periode
from dashboard.notities.opslag import save
from dashboard.reading import begrippen, datakwaliteit, peildata
from dashboard.words_beheer import (
    title_onbekend,
    title_oorzaken,
    title_quarantaine,
    title_te_laat,
    title_verschil,
    title_volledigheid,
)
from tests.dashboard.bezoek import Opener, read_html
from tests.dashboard.proefstad import DAG, HO, write_snapshot

WORTEL = Path(__file__).resolve().parents[2]
ROLLEN = ("wethouder", "directie", "budgethouder", "contractmanager", "beheer")
Open = Callable[..., AppTest]
STANDEN = [
    # month, aanbieder, regels, gebruikelijk, stand, voorlopig
    (date(2026, 5, 1), "A1", 40, 40, "geleverd", False),
    (date(2026, 6, 1), "A1", 0, 40, "ontbreekt", False),
    (date(2026, 8, 1), "A1", 0, 40, "ontbreekt", True),
    (date(2026, 5, 1), "A2", 12, 30, "weinig", False),
    (date(2026, 5, 1), "A3", 7, 30, "weinig", False),
    (date(2026, 5, 1), "A4", 20, 20, "geleverd", False),
    (date(2026, 6, 1), "A1", 15, 15, "geleverd", False),  # of the Jeugdwet
]
HERKOMST = [
    ("mart.uitgaven_maand", "kern.declaratieregel", "kern"),
    ("mart.uitgaven_maand", "mart.pq_maand", "mart"),
    ("mart.pq_maand", "kern.declaratieregel", "kern"),
    ("mart.pq_maand", "lake.start", "lake"),
    ("kern.declaratieregel", "lake.declaratieregel", "lake"),
    ("lake.declaratieregel", "wmo323", "bericht"),
    ("lake.declaratieregel", "declaratieregels", "extract"),
    ("lake.start", "wmo305", "bericht"),
    ("mart.breuk", "lake.breuk", "lake"),
]


def _guard(bestand: Path) -> Path:
    """Fill what beheer reads."""
    with duckdb.connect(str(bestand)) as con:
        for rij in STANDEN:
            con.execute(
                """INSERT INTO mart.volledigheid BY NAME SELECT $1 AS levermaand, $2 AS aanbieder_agb,
                   $3 AS regels, $4 AS gebruikelijk, $5 AS stand, $6 AS voorlopig, '0392' AS gemeentecode,
                   CASE WHEN $3 = 15 THEN 'Jeugdwet' ELSE 'Wmo' END AS wet""",
                list(rij),
            )
        con.execute("""INSERT INTO mart.onbekende_code BY NAME SELECT '0392' AS gemeentecode,
            'product' AS soort, 'Wmo' AS wet, code, regels, DATE '2025-01-01' AS eerste_maand,
            tot AS laatste_maand
            FROM (VALUES ('01 X', 25, DATE '2026-05-01'), ('01 Y', 3, DATE '2026-05-01'),
                         ('01 OUD', 99, DATE '2025-03-01')) t(code, regels, tot)""")
        con.execute("""INSERT INTO mart.declaratiecontrole BY NAME SELECT '0392' AS gemeentecode,
            'Wmo' AS wet, 'l' || n AS bericht_id, n AS regel_nr,
            CASE WHEN n < 14 THEN 'A1' ELSE 'A2' END AS aanbieder_agb,
            CASE WHEN n % 2 = 0 THEN 'OP271' ELSE 'declaratie_te_laat' END AS regel,
            TIMESTAMP '2026-03-05' AS ontvangen_op FROM range(18) r(n)""")
        con.executemany("INSERT INTO meta.herkomst VALUES (?, ?, ?)", [list(r) for r in HERKOMST])
        con.execute("DELETE FROM mart.verschil")
        con.execute(
            """INSERT INTO mart.verschil BY NAME SELECT '0392' AS gemeentecode, 'realisatie' AS cijfer,
               DATE '2026-09-01' AS periode, 'Wmo' AS wet, h AS hoofdproduct, 'cent' AS eenheid, 0 AS vorig,
               v AS nu, v AS verschil, n AS nieuwe_maanden, v - n AS nagekomen, 0 AS correcties,
               0 AS gegevens, 0 AS indeling
               FROM (VALUES (?, 120000000, 100000000), (?, 30000000, 40000000)) t(h, v, n)""",
            [HO, DAG],
        )
    return bestand


@pytest.fixture(scope="module")
def bewaakt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations: the older has € 1.000 less for HO in 2025 and no Dagbesteding in 2024."""
    map_ = tmp_path_factory.mktemp("bewaakt")
    oud = _guard(write_snapshot(map_ / "s.20261001T060000000000.duckdb", generatie="20261001T060000000000"))
    with duckdb.connect(str(oud)) as con:
        con.execute("UPDATE meta.snapshot SET bekend_op = DATE '2026-09-30'")
        con.execute(
            """UPDATE mart.uitgaven_jaar SET realisatie_cent = realisatie_cent - 100000
               WHERE hoofdproduct = ? AND jaar = 2025""",
            [HO],
        )
        con.execute("DELETE FROM mart.uitgaven_jaar WHERE hoofdproduct = ? AND jaar = 2024", [DAG])
    nieuw = _guard(write_snapshot(map_ / "s.20261101T060000000000.duckdb", generatie="20261101T060000000000"))
    (map_ / "s.duckdb").symlink_to(nieuw.name)
    return map_ / "s.duckdb"


@pytest.fixture
def lees(bewaakt: Path) -> Lezer:
    return Lezer(Snapshot(bewaakt.resolve()), Bereik("beheer", 10))


@pytest.fixture
def open_page(bezoek: Opener, bewaakt: Path) -> Opener:
    def make(pagina: str, rol: str = "beheer", bestand: Path | None = None, **rest: Any) -> AppTest:
        return bezoek(pagina, bewaakt, bestand, rol=rol, **rest)

    return make


def _text(at: AppTest) -> str:
    return "\n".join([*(e.value for e in (*at.markdown, *at.title, *at.caption)), read_html(at)])


def _jaar() -> Filters:
    return Filters(Periode("2026", date(2026, 1, 1), date(2026, 10, 1)))


# -- Datakwaliteit -------------------------------------------------------------------------------------------


def test_missing_months_are_named_and_few_lines_are_not_counted(open_page: Open) -> None:
    at = open_page("beheer/datakwaliteit")
    tekst = _text(at)
    # of A1 June is missed; August is provisional and so no finding yet
    assert "1 aanbieder mist 1 verwachte maand" in tekst and "3 aanbieders van de 4 met een gat" in tekst
    at.get_by_key("volledigheid_vorm").set_value("Tabel").run()
    tabel = _text(at)
    assert "ontbreekt (voorlopig)" in tabel and ">12</td>" in tabel
    assert ">7</td>" not in tabel and "weinig, niet getoond" in tabel
    assert "Aanbieder A4" not in tabel


def test_late_and_unknown_follow_the_period_and_the_smallest_cell(open_page: Open, lees: Lezer) -> None:
    tekst = _text(open_page("beheer/datakwaliteit"))
    assert "18 keer kwam iets te laat binnen" in tekst
    df = datakwaliteit.read_te_laat(lees, _jaar())
    assert df.select("aanbieder_agb", "samen", "starts").rows() == [("A1", 14, 7)], "four of A2 are too few"
    assert "2 productcodes in declaraties staan niet in de eigen tabel" in tekst
    assert "01 OUD" not in tekst and ">25</td>" in tekst and ">3</td>" not in tekst
    assert "1 regel kwam in quarantaine (25,0 % van wat is aangeboden)" in tekst
    assert "1 van 1 controles goed" in tekst and "centen in lake = kern" in tekst


def test_a_gap_is_of_one_wet(open_page: Open, lees: Lezer) -> None:
    df = datakwaliteit.read_maanden(lees, _jaar())
    rang = datakwaliteit.rank_gaten(df).select("sleutel", "mist", "weinig").rows()
    assert rang == [("A1|Wmo", 2, 0), ("A2|Wmo", 0, 1), ("A3|Wmo", 0, 1)]
    at = open_page("beheer/datakwaliteit")
    at.get_by_key("volledigheid_vorm").set_value("Tabel").run()
    assert "Aanbieder A1 (Wmo)" in _text(at) and "Aanbieder A1 (Jeugdwet)" not in _text(at)
    assert "Aanbieder A2 (Wmo)" not in _text(at), "works under one wet"


def test_own_aanbieders_only(bewaakt: Path) -> None:
    eigen = Lezer(Snapshot(bewaakt.resolve()), Bereik("contractmanager", 10, ("A2",), 1))
    assert set(datakwaliteit.read_maanden(eigen, _jaar())["aanbieder_agb"]) == {"A2"}


def test_empty_city_says_so(open_page: Open, lege_stad: Path) -> None:
    assert "Er zijn nog geen declaraties geladen." in _text(
        open_page("beheer/datakwaliteit", bestand=lege_stad)
    )


# -- Peildata ------------------------------------------------------------------------------------------------


def test_two_snapshots_differ_by_what_was_changed(open_page: Open, lees: Lezer, bewaakt: Path) -> None:
    at = open_page("beheer/peildata")
    tekst = _text(at)
    assert "2 momentopnamen bewaard, terug tot wat op 30-09-2026 bekend was" in tekst
    # € 1.000 of HO, and a year of Dagbesteding: 12 months of 10 clients, 6 dagdelen at € 40
    samen = 1_000 + 12 * 10 * 6 * 40
    assert samen == 29_800 and "De uitgaven werden € 29.800 hoger tussen 30-09-2026 en 31-10-2026" in tekst
    at.get_by_key("verschillen_vorm").set_value("Tabel").run()
    assert "+ € 1.000" in _text(at) and "+ € 28.800" in _text(at)
    at.selectbox(key="peil_daarna").set_value("20261001T060000000000").run()
    assert "Beide momentopnamen geven dezelfde uitgaven" in _text(at)


def test_what_one_may_not_show_has_no_difference() -> None:
    eerst = pl.DataFrame({"wet": ["Wmo"] * 2, "hoofdproduct": ["a", "b"], "jaar": [2025, 2025]})
    daarna = eerst.with_columns(pl.Series("realisatie_cent", [500, 700]))
    df = peildata.compare(eerst.with_columns(pl.Series("realisatie_cent", [None, 700])), daarna)
    assert df.select("hoofdproduct", "verschil_cent", "niet_getoond").rows() == [("a", None, True)]
    leeg = eerst.clear().with_columns(pl.Series("realisatie_cent", [], dtype=pl.Int64))
    assert peildata.compare(leeg, daarna)["verschil_cent"].to_list() == [500, 700]


def test_the_last_step_is_told_by_its_causes(open_page: Open) -> None:
    at = open_page("beheer/peildata")
    # 1,2 + 0,3 = 1,5 mln, of which 1,4 by new months
    assert "Laatste stap: realisatie + € 1,5 mln, het meest door nieuwe maanden + € 1,4 mln" in _text(at)
    at.get_by_key("oorzaken_stap_vorm").set_value("Tabel").run()
    assert "− € 100.000" in _text(at), "Dagbesteding, what came in later"


def test_one_snapshot_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    eerste = write_snapshot(tmp_path / "eerste.duckdb")
    with duckdb.connect(str(eerste)) as con:
        con.execute("DELETE FROM meta.vergelijking")
        con.execute("DELETE FROM mart.verschil")
    tekst = _text(open_page("beheer/peildata", bestand=eerste))
    assert "1 momentopname bewaard" in tekst and "--generaties" in tekst
    assert "Na de volgende afleiding staat hier waardoor" in tekst


def test_a_snapshot_of_another_make_is_shown_but_not_opened(
    open_page: Open, bewaakt: Path, tmp_path: Path
) -> None:
    for p in bewaakt.parent.glob("s.2*.duckdb"):
        shutil.copy(p, tmp_path / p.name)
    with duckdb.connect(str(tmp_path / "s.20260101T060000000000.duckdb")) as con:
        con.execute("CREATE SCHEMA meta")
    (tmp_path / "s.duckdb").symlink_to("s.20261101T060000000000.duckdb")
    at = open_page("beheer/peildata", bestand=tmp_path / "s.duckdb")
    assert "oudere opbouw, niet te openen" in _text(at)
    assert len(at.selectbox(key="peil_eerst").options) == 2


def test_a_made_up_snapshot_is_not_opened(open_page: Open) -> None:
    at = open_page("beheer/peildata", vooraf={"peil_eerst": "../../etc/passwd"})
    assert "passwd" not in _text(at)
    assert at.selectbox(key="peil_eerst").value == "20261001T060000000000"


def test_notes_can_be_kept_and_that_is_written_down(open_page: Open, tmp_path: Path) -> None:
    assert "Er is nog niets geschreven" in _text(open_page("beheer/peildata"))
    save(tmp_path / "n.sqlite", "notitie", "A1", "gesprek", {"tekst": "bellen"}, "proef")
    at = open_page("beheer/peildata")
    assert "1 aantekening van mensen" in _text(at) and "notities restore" in _text(at)
    assert "bellen" not in _text(at)


# -- Begrippen -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rol", ROLLEN)
def test_every_role_reads_what_words_mean_and_no_figure(open_page: Open, regels: Regels, rol: str) -> None:
    at = open_page("algemeen/begrippen", rol)
    tekst = _text(at)
    assert "Wat zorg in deze maanden kostte." in tekst and at.title[0].value.startswith("Wat betekent")
    assert "€" not in tekst and not at.get("plotly_chart") and not at.dataframe
    assert "algemeen" not in regels.rollen[rol].niveaus


def test_lineage_leads_to_the_messages_each_once(lees: Lezer) -> None:
    spoor = begrippen.read_spoor(lees, "mart.uitgaven_maand")
    assert spoor.berichten == ("wmo305", "wmo323") and spoor.extracten == ("declaratieregels",)
    assert spoor.lake == ("lake.declaratieregel", "lake.start") and spoor.mart == ("mart.pq_maand",)
    assert spoor.direct == {"kern.declaratieregel", "mart.pq_maand"}
    assert begrippen.trace([("a.x", "mart.y", "mart"), ("mart.y", "a.x", "mart")], "a.x").mart == (
        "a.x",
        "mart.y",
    )


def test_search_finds_every_word_in_names_and_meanings(open_page: Open, lees: Lezer) -> None:
    assert [w.naam for w in begrippen.find_words(lees, "MAANDEN kostte")] == ["Realisatie"]
    assert begrippen.find_words(lees, "kostte xyz") == []
    assert {"tabel", "kolom"} == {w.soort for w in begrippen.find_words(lees, "pq maand")}
    at = open_page("algemeen/begrippen", "wethouder", begrip="Tabel pq maand")
    assert at.selectbox(key="begrip").value == "Tabel pq maand" and "Gemaakt uit 3 soorten" in _text(at)
    at.text_input(key="begrip_zoek").set_value("<b>niets</b>").run()
    assert "Niets gevonden" in _text(at) and "<b>niets" not in _text(at)


def test_the_mark_of_a_tile_leads_to_its_begrip(open_page: Open) -> None:
    tekst = _text(open_page("strategisch/overzicht", "directie"))
    assert 'href="begrippen?begrip=Realisatie&amp;rol=directie"' in tekst and "Meer over dit begrip" in tekst


def test_pages_of_beheer_stay_closed_to_others(open_page: Open) -> None:
    for pagina in ("beheer/datakwaliteit", "beheer/peildata"):
        assert open_page(pagina, "directie").title[0].value == "Geen toegang tot deze pagina"


# -- words ---------------------------------------------------------------------------------------------------


def _months(*standen: str, jong: bool = False) -> pl.DataFrame:
    rijen = [{"aanbieder_agb": f"A{i}", "stand": s, "voorlopig": jong} for i, s in enumerate(standen)]
    return pl.DataFrame(rijen, schema={"aanbieder_agb": pl.Utf8, "stand": pl.Utf8, "voorlopig": pl.Boolean})


@pytest.mark.parametrize(
    ("df", "zin"),
    [
        (_months("ontbreekt", "ontbreekt"), "2 aanbieders missen samen 2 verwachte maanden"),
        (_months("weinig", "geleverd"), "Geen verwachte maand ontbreekt; 1 maand heeft weinig regels"),
        (_months("geleverd"), "Elke verwachte maand is gedeclareerd"),
        (_months("ontbreekt", jong=True), "Nog geen maand is compleet te noemen"),
    ],
)
def test_title_of_completeness(df: pl.DataFrame, zin: str) -> None:
    assert title_volledigheid(df) == zin


def test_titles_of_late_unknown_and_set_apart() -> None:
    nul = {"declaratieregels": 0, "starts": 0, "stops": 0}
    assert title_te_laat(nul) == "Niets kwam te laat binnen"
    assert title_te_laat(nul | {"stops": 4}) == "4 keer kwam iets te laat binnen (stops)"
    meest = "3 keer kwam iets te laat binnen, het meest starts (2)"
    assert title_te_laat(nul | {"starts": 2, "stops": 1}) == meest
    soort = pl.DataFrame({"soort": ["product", "aanbieder"]})
    assert title_onbekend(soort) == (
        "1 productcode en 1 aanbieder in declaraties staan niet in de eigen tabel"
    )
    assert title_onbekend(soort.head(1)) == "1 productcode in declaraties staat niet in de eigen tabel"
    assert title_onbekend(soort.clear()) == "Elke code in de declaraties is bekend"
    goed = pl.DataFrame({"regels": [100], "quarantaine": [0]})
    assert title_quarantaine(goed) == title_quarantaine(goed.clear()) == "Geen regel kwam in quarantaine"


def test_titles_of_change() -> None:
    a, b = (
        Momentopname(date(2026, m, 30), "g", datetime(2026, 11, 1), None, None, None, True) for m in (9, 11)
    )
    assert title_verschil(0, a, b) == "Het totaal bleef gelijk tussen 30-09-2026 en 30-11-2026"
    assert title_verschil(0, a, a) == "Het totaal bleef gelijk tussen twee versies van 30-09-2026"
    assert title_verschil(-250_000_000, a, b).startswith("De uitgaven werden € 2,5 mln lager tussen")
    schema = {"oorzaak": pl.Utf8, "cent": pl.Int64}
    op = pl.DataFrame([("nagekomen", 20_000_000), ("correcties", -30_000_000)], schema=schema, orient="row")
    assert title_oorzaken(op) == "Laatste stap: realisatie − € 0,1 mln, het meest door correcties − € 0,3 mln"
    nul = pl.DataFrame([("nagekomen", 100), ("correcties", -100)], schema=schema, orient="row")
    assert "bleef per saldo gelijk" in title_oorzaken(nul)
    assert title_oorzaken(op.clear()) == "De realisatie is gelijk aan die van de vorige momentopname"
