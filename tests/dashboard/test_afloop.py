"""The run-off triangle on the page Prognose: what is known, usual, slower, kept back."""

import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard.access.reader import Lezer
from dashboard.access.tables import TABELLEN, read_tabel
from dashboard.access.tables_prognose import AFLOOP, AFLOOP_REGEL
from dashboard.filters import Filters, check_filters
from dashboard.reading.afloop import LEEFTIJD, LEVERMAANDEN, find_usual, read_afloop
from dashboard.reading.keuzes import read_keuzes
from dashboard.words_tactisch import title_afloop
from tests.dashboard.bezoek import Opener, as_table, make_lezer, read_html
from tests.dashboard.proefstad import BEG, DAG, HO, JEUGD

Maak = Callable[..., Lezer]
SEP, APR, MRT = date(2026, 9, 1), date(2026, 4, 1), date(2026, 3, 1)


@pytest.fixture(scope="module")
def maak(afloopstad: Path) -> Maak:
    return make_lezer(afloopstad)


@pytest.fixture
def open_page(bezoek: Opener, afloopstad: Path) -> Opener:
    return partial(bezoek, "tactisch/prognose", afloopstad)


def kijk(lezer: Lezer, **gevraagd: str) -> Filters:
    return check_filters(gevraagd, read_keuzes(lezer))


def cel(df: pl.DataFrame, maand: date, leeftijd: int) -> dict[str, object]:
    return df.filter((pl.col("levermaand") == maand) & (pl.col("leeftijd_maanden") == leeftijd)).row(
        0, named=True
    )


def test_two_years_of_months_each_followed_for_twelve(maak: Maak) -> None:
    df = read_afloop(maak(1), kijk(maak(1)))
    assert df["levermaand"].n_unique() == LEVERMAANDEN == 24
    assert (df["levermaand"].min(), df["levermaand"].max()) == (date(2024, 10, 1), SEP)
    assert df["leeftijd_maanden"].unique().sort().to_list() == list(range(LEEFTIJD + 1))
    # September is known after 0 and 1 months, the rest of its row is expected
    assert (df.filter(levermaand=SEP)["soort"] == "bekend").sum() == 2
    assert (df.filter(levermaand=date(2025, 10, 1))["soort"] == "bekend").all()


def test_a_month_of_knowledge_that_still_runs_is_not_shown_as_known(maak: Maak) -> None:
    c = cel(read_afloop(maak(1), kijk(maak(1), wet="Jeugdwet")), SEP, 2)
    assert (c["soort"], c["cumulatief_cent"]) == ("verwacht", None)


def test_parts_are_of_what_a_month_comes_to(maak: Maak) -> None:
    df = read_afloop(maak(1), kijk(maak(1)))
    # March: (30 + 3 · 60) of 400; April after two months: (3 · 90 + 120) of 400, and then all
    assert cel(df, MRT, 1)["fractie"] == pytest.approx(0.525)
    assert cel(df, APR, 2)["fractie"] == pytest.approx(0.975)
    assert (cel(df, APR, 3)["fractie"], cel(df, APR, 3)["bij_cent"]) == (1.0, 3 * 10_000 - 20_000)
    dag = read_afloop(maak(1), kijk(maak(1), productgroep="Dagbesteding"))
    assert (cel(dag, APR, 2)["fractie"], cel(dag, APR, 3)["bij_cent"]) == (1.2, -20_000)


def test_usual_is_what_old_months_showed_weighted_by_euros(maak: Maak) -> None:
    df = read_afloop(maak(1), kijk(maak(1)))
    # 22 months from January 2024 to October 2025; of December 2024 all of Huishouden came after one month
    assert cel(df, SEP, 1)["gewoonlijk"] == pytest.approx((22 * 240 + 40) / (22 * 400))
    assert cel(df, SEP, 2)["gewoonlijk"] == pytest.approx((22 * 360 + 10) / (22 * 400))
    assert cel(df, SEP, 3)["gewoonlijk"] == 1.0


def test_what_is_expected_starts_where_the_month_stands_and_ends_complete(maak: Maak) -> None:
    df = read_afloop(maak(1), kijk(maak(1), productgroep="Begeleiding"))
    # 600 of 1.200 known where 60 % is usual: f(2) = 0,9 + (0,5 - 0,6) (1 - 0,9) / (1 - 0,6)
    assert cel(df, SEP, 1)["fractie"] == 0.5
    assert cel(df, SEP, 2)["fractie"] == pytest.approx(0.875)
    assert [cel(df, SEP, j)["fractie"] for j in range(3, 12)] == [1.0] * 9
    # August stands where it usually does, and so goes on as usual
    assert cel(df, date(2026, 8, 1), 3)["fractie"] == 1.0


def test_slower_and_faster_are_told_but_not_what_every_december_does(maak: Maak) -> None:
    def loop(**gevraagd: str) -> list[tuple[date, int, str]]:
        df = read_afloop(maak(1), kijk(maak(1), **gevraagd)).filter(pl.col("loop").is_not_null())
        return df.select("levermaand", "leeftijd_maanden", "loop").rows()

    assert loop(productgroep="Huishouden") == [(MRT, 1, "trager")]
    assert loop(productgroep="Dagbesteding") == [(APR, 2, "sneller")]
    # its last known cell is half of what was estimated out of it, so that says nothing
    assert loop(productgroep="Begeleiding") == []
    assert loop() == [(MRT, 1, "trager"), (APR, 2, "sneller")]


def test_too_few_old_months_say_nothing_about_what_is_usual() -> None:
    rijen = {
        "levermaand": pl.date_range(date(2025, 1, 1), date(2025, 12, 1), "1mo", eager=True),
        "leeftijd_maanden": [1] * 12,
        "rijp": [True] * 12,
        "fractie": [0.5] * 12,
        "cumulatief_cent": [50] * 12,
        "ultimate_cent": [100] * 12,
    }
    df = pl.DataFrame(rijen)
    assert find_usual(df)[1].fractie == 0.5
    assert find_usual(df.head(11)) == {}
    assert find_usual(df.with_columns(rijp=pl.lit(False))) == {}
    assert find_usual(df.with_columns(fractie=pl.lit(None, pl.Float64))) == {}, (
        "what is hidden does not count"
    )


WOORDEN = [
    ({}, "Na 2 maanden is 90 % bekend; mrt 2026 kwam trager binnen, apr 2026 kwam sneller binnen"),
    ({"wet": "Jeugdwet"}, "Na 2 maanden is 90 % bekend; jonge maanden komen even snel binnen"),
    ({"hoofdproduct": HO}, "Na 2 maanden is 90 % bekend; mrt 2026 kwam trager binnen"),
]


@pytest.mark.parametrize(("gevraagd", "zin"), WOORDEN)
def test_the_title_says_what_the_triangle_shows(maak: Maak, gevraagd: dict[str, str], zin: str) -> None:
    assert title_afloop(read_afloop(maak(1), kijk(maak(1), **gevraagd))) == zin


def test_the_title_names_three_months_and_counts_more(maak: Maak) -> None:
    df = read_afloop(maak(1), kijk(maak(1), wet="Jeugdwet"))

    def zin(*maanden: date) -> str:
        traag = pl.when(pl.col("levermaand").is_in(maanden) & (pl.col("leeftijd_maanden") == 1)).then(
            pl.lit("trager")
        )
        return title_afloop(df.with_columns(loop=traag)).partition("; ")[2]

    nov, dec, jan = date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)
    assert zin(nov, dec, jan) == "nov, dec 2025 en jan 2026 kwamen trager binnen"
    assert zin(nov, dec, jan, MRT) == "4 jonge maanden kwamen trager binnen"
    assert title_afloop(df.with_columns(gewoonlijk=None)) == "Hoe snel levermaanden bekend worden"
    assert title_afloop(df.filter(pl.col("soort") == "bekend")) == "Na 2 maanden is 90 % bekend"


def _holes(df: pl.DataFrame) -> set[tuple[str, str | None, str | None]]:
    return {(r[0], r[1], r[2]) for r in df.select("wet", "hoofdproduct", "productgroep").unique().rows()}


def test_what_is_small_cannot_be_found_by_subtraction(maak: Maak) -> None:
    """Dagbesteding has ten clients: with a smallest cell of eleven it goes, and Begeleiding (16) with it."""
    lezer = maak(11)
    weg = {("Wmo", DAG, None), ("Wmo", DAG, "Dagbesteding"), ("Wmo", BEG, None), ("Wmo", BEG, "Begeleiding")}
    pagina = lezer.read(AFLOOP, AFLOOP_REGEL)
    assert _holes(pagina.filter("niet_getoond")) == weg
    bestand = read_tabel(lezer, TABELLEN["afloop"])
    assert _holes(bestand.filter(pl.col("niet_getoond") != "")) == {w for w in weg if w[2]}
    assert bestand.filter(pl.col("niet_getoond") != "").select(
        "bij_cent", "cumulatief_cent", "ultimate_cent"
    ).sum().row(0) == (0, 0, 0)
    # and nagekomen holds the same months: had it other holes, the two files would fill each other
    ander = read_tabel(lezer, TABELLEN["nagekomen"])
    assert _holes(ander.filter(pl.col("niet_getoond") != "")) == {w for w in weg if w[2]}
    # what is left of Wmo without Huishouden is of two productgroepen, whatever the month and the age
    open_ = pagina.filter(
        (pl.col("niveau") == "productgroep") & (pl.col("wet") == "Wmo") & ~pl.col("niet_getoond")
    )
    assert open_["productgroep"].unique().to_list() == ["Huishouden"]
    df = read_afloop(lezer, kijk(lezer, productgroep="Dagbesteding"))
    assert (
        df["niet_getoond"].all()
        and df.select("fractie", "ultimate_cent", "bij_cent").null_count().row(0) == (df.height,) * 3
    )


def test_the_card_tells_it_in_words_table_and_alternative(open_page: Opener) -> None:
    at = open_page()
    tekst = read_html(at)
    assert WOORDEN[0][1].replace(" %", " %") in tekst
    assert "alles samen: procent van de uitgaven" in tekst and "levermaanden okt 2024 t/m sep 2026" in tekst
    assert "verwacht" in tekst and "dikke rand: ▼ trager of ▲ sneller" in tekst
    assert any("mrt 2026 kwam trager binnen" in g.proto.alt for g in at.get("plotly_chart"))
    tabel = as_table(at, "afloop")
    assert "▼ trager dan anders" in tabel and "▲ sneller dan anders" in tabel
    # September: 240 of 420 known; 0,901 + (0,571 - 0,605) (1 - 0,901) / (1 - 0,605) expected a month later
    assert "52,5 %" in tabel and "≈ 89,3 %" in tabel and "€ 4.200" in tabel


def test_a_correction_is_marked(open_page: Opener) -> None:
    at = open_page(hoofdproduct=DAG)
    assert "er is teruggenomen" in read_html(at)
    tabel = as_table(at, "afloop")
    assert "120,0 %" in tabel and "↓ 100,0 %" in tabel


def test_a_small_group_says_why_it_is_not_there(bezoek: Opener, afloopstad: Path, tmp_path: Path) -> None:
    # three clients left in Dagbesteding, for a role that sees cells of five
    klein = tmp_path / "klein.duckdb"
    shutil.copy(afloopstad, klein)
    with duckdb.connect(str(klein)) as con:
        con.execute("DELETE FROM mart.client_maand WHERE hoofdproduct = ? AND client_id > 'b02'", [DAG])
    tekst = read_html(bezoek("tactisch/prognose", klein, hoofdproduct=DAG))
    assert "Niet getoond: minder dan 5 cliënten, of anders tot zo'n groep te herleiden." in tekst.replace(
        "&#x27;", "'"
    )
    assert "120" not in tekst


def test_a_product_and_a_spread_productgroep_say_what_they_cannot(
    bezoek: Opener, afloopstad: Path, tmp_path: Path
) -> None:
    tekst = read_html(bezoek("tactisch/prognose", afloopstad, product="Hulp bij het huishouden"))
    assert "Huishouden (van een product apart is de afloop niet bekend)" in tekst
    breed = tmp_path / "breed.duckdb"
    shutil.copy(afloopstad, breed)
    with duckdb.connect(str(breed)) as con:
        con.execute("""INSERT INTO mart.pq_maand BY NAME SELECT * REPLACE ('Verblijf' AS hoofdproduct)
                       FROM mart.pq_maand WHERE productgroep = 'Ambulant' LIMIT 1""")
    deel = read_html(bezoek("tactisch/prognose", breed, hoofdproduct=JEUGD))
    assert "zonder Ambulant: dat valt ook onder een ander hoofdproduct" in deel
    heel = read_html(bezoek("tactisch/prognose", breed, hoofdproduct=JEUGD, productgroep="Ambulant"))
    assert "Ambulant van alle hoofdproducten samen" in heel and "Na 2 maanden is 90 % bekend" in heel


def test_without_a_triangle_the_card_says_so(bezoek: Opener, stad: Path) -> None:
    assert "Van deze selectie is nog niet te zien hoe declaraties binnenkomen" in read_html(
        bezoek("tactisch/prognose", stad)
    )
