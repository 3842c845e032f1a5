"""The page Wijk: who is compared with whom, and that a small cell stays unknown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard import words_wijk as words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.reading import wijk as lezen
from dashboard.reading.wijk import Gelijken, compare, find_gelijken
from tests.dashboard.bezoek import Opener, read_html

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_page(bezoek: Opener, werkstad: Path) -> Opener:
    return partial(bezoek, "tactisch/wijk", werkstad, rol="directie")


def _wijken(*rijen: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        rijen, schema={"wijkcode": pl.String, "stadsdeel": pl.String, "inwoners": pl.Int64}, orient="row"
    )


def test_like_is_of_the_same_stadsdeel_and_about_as_large_or_else_nearest_in_size() -> None:
    noord = [("a", "Noord", 8000), ("b", "Noord", 9000), ("c", "Noord", 7000), ("d", "Noord", 16_000)]
    ander = [("e", "Oost", 8100), ("f", "Oost", 7900), ("g", "Oost", 2000), ("h", "Oost", 8050)]
    alle = _wijken(*noord, *ander)
    zelf = find_gelijken(alle, "a")
    assert set(zelf.codes) == {"b", "c", "d"} and "Noord" in zelf.waarom
    # of the others in Oost g is too small: two are left, so size decides
    oost = find_gelijken(alle, "e")
    assert oost.codes == ("h", "a", "f", "b", "c") and "inwonertal" in oost.waarom
    assert find_gelijken(alle, "onbekend") == Gelijken((), "")
    assert find_gelijken(_wijken(("a", "Noord", 8000), ("b", "Noord", 9000)), "a") == Gelijken((), "")


def test_the_middle_rests_only_on_what_is_shown_and_on_three_or_more() -> None:
    rijen = [("w", 50.0), ("a", 10.0), ("b", 20.0), ("c", 60.0), ("d", None), ("e", 999.0)]
    df = pl.DataFrame(
        [
            {"wet": "Wmo", "hoofdproduct": "H", "wijkcode": w, "clienten": 10, "realisatie_cent": 1,
             "per_1000": p, "niet_getoond": p is None}
            for w, p in rijen
        ]
    )  # fmt: skip
    (rij,) = compare(df, "w", Gelijken(("a", "b", "c", "d"), "")).iter_rows(named=True)
    assert [rij[k] for k in ("per_1000", "aantal", "laagste", "midden", "hoogste")] == [
        50.0,
        3,
        10.0,
        20.0,
        60.0,
    ]
    (rij,) = compare(df, "w", Gelijken(("a", "b", "d"), "")).iter_rows(named=True)
    assert rij["midden"] is None


def test_use_is_counted_per_wijk_and_a_small_one_takes_a_second_along(
    lezer: Callable[..., Lezer], kijk: Callable[..., Filters], stad: Path
) -> None:
    df = lezen.read_gebruik(lezer(10), kijk(wijk="WK039201"))
    with duckdb.connect(str(stad), read_only=True) as con:
        bedoeld = con.execute(
            """SELECT count(DISTINCT client_id) FROM mart.client_maand WHERE wijkcode = 'WK039203'
               AND hoofdproduct = 'Jeugdhulp ambulant' AND year(levermaand) = 2026"""
        ).fetchone()
    jeugd = df.filter(pl.col("hoofdproduct") == "Jeugdhulp ambulant").row(0, named=True)
    assert bedoeld == (jeugd["clienten"],) == (25,) and jeugd["per_1000"] == 25.0
    # h35..h39 live in WK039202: five; with the total of the hoofdproduct known the other must go too
    ho = df.filter(pl.col("hoofdproduct") == "Huishoudelijke ondersteuning")
    assert (
        ho["niet_getoond"].all() and ho["per_1000"].is_null().all() and ho["realisatie_cent"].is_null().all()
    )


def test_the_page_says_what_there_is_to_compare(open_page: Opener) -> None:
    tekst = read_html(open_page(wijk="Meerwijk"))
    # Houtvaart has five: with the total of the city known, the next smallest total goes too
    assert "Cliënten in Meerwijk worden niet getoond" in tekst
    assert "51 van de 1.000 inwoners van Oude Stad hebben zorg" in read_html(open_page(wijk="Oude Stad"))
    assert "Meerwijk: met te weinig wijken te vergelijken" in tekst
    assert "De sociale basis in Centrum bereikte 90 cliënten in 2026, 10 minder dan in 2025" in tekst
    assert "Aanbieder A6 levert hier het meest" in tekst
    klein = read_html(open_page(wijk="Houtvaart"))
    assert "Cliënten in Houtvaart worden niet getoond" in klein and "Aanbieder A3" not in klein


def test_a_contractmanager_sees_own_aanbieders_only(open_page: Opener) -> None:
    tekst = read_html(open_page(rol="contractmanager", wijk="Meerwijk"))
    assert "levert hier het meest van de eigen aanbieders" in tekst


def test_nothing_loaded_is_said(open_page: Opener, lege_stad: Path) -> None:
    assert "Er zijn nog geen declaraties geladen" in read_html(open_page(lege_stad))


def test_sentences_in_their_cases() -> None:
    df = pl.DataFrame(
        {
            "hoofdproduct": ["H", "J"],
            "per_1000": [30.0, 5.0],
            "laagste": [10.0, 6.0],
            "midden": [20.0, 10.0],
            "hoogste": [25.0, 12.0],
        }
    )
    # half against one and a half: the lower one differs most
    assert words.title_gebruik("W", df) == "W gebruikt naar verhouding 50 % minder J"
    assert words.title_gebruik("W", df.head(1)) == "W gebruikt naar verhouding 50 % meer H"
    binnen = df.head(1).with_columns(pl.lit(22.0).alias("per_1000"))
    assert words.title_gebruik("W", binnen) == "W valt bij elk product binnen de vergelijkbare wijken"
    assert words.title_gebruik("W", df.clear()) == "W: met te weinig wijken te vergelijken"
    assert words.title_totaal("W", 66.6, None) == "67 van de 1.000 inwoners van W hebben zorg"
    assert words.title_totaal("W", 66.6, 70.0).endswith("; in vergelijkbare wijken 70")
    een = pl.DataFrame({"productgroep": ["a", "b"], "aanbieders": [1, 3]})
    assert words.title_aanbod(een) == "Alleen voor a is er één aanbieder"
    assert words.title_aanbod(een.tail(1)) == "Voor elk product is er keuze uit meer aanbieders"
    twee = een.with_columns(pl.lit(1).alias("aanbieders"))
    assert words.title_aanbod(twee) == "Voor 2 van de 2 productgroepen is er één aanbieder"
    assert words.title_aanbod(een.clear()) == "Het aanbod in deze wijk is niet te tonen"
    basis = pl.DataFrame({"jaar": [2025, 2026], "waarde": [90.0, 90.0], "eenheid": ["cliënten"] * 2})
    assert words.title_basis("N", basis).endswith("in 2026, evenveel als in 2025")
    assert words.title_basis("N", basis.tail(1)) == "De sociale basis in N bereikte 90 cliënten in 2026"
    assert words.title_basis(None, basis.clear()) == "Geen cijfers over de sociale basis"
