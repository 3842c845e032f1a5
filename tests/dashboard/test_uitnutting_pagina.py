"""The page Uitnutting on the rows of proefvolume: what it says, for whom, and what it keeps back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from dashboard import words_uitnutting as words
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.figures.uitnutting import make_klassen, make_toegewezen
from dashboard.filters import Filters
from dashboard.numbers import euro_mln
from dashboard.reading import uitnutting
from dashboard.style import LICHT
from tests.dashboard.bezoek import Opener, as_table, read_html
from tests.dashboard.proefstad import BEG, DAG, HO


@pytest.fixture(scope="module")
def snap(volumestad: Path) -> Snapshot:
    return Snapshot(volumestad)


@pytest.fixture
def lees(snap: Snapshot) -> Callable[..., Lezer]:
    def make(cel: int = 10, aanbieders: tuple[str, ...] | None = None, eigen: int | None = None) -> Lezer:
        return Lezer(snap, Bereik("proef", cel, aanbieders, eigen))

    return make


@pytest.fixture
def open_(bezoek: Opener, volumestad: Path) -> Opener:
    return partial(bezoek, "tactisch/uitnutting", volumestad, rol="directie")


def _row(df: pl.DataFrame, deel: str) -> dict[str, object]:
    return df.filter(pl.col("deel") == deel).row(0, named=True)


def test_the_headline_is_what_was_delivered_in_complete_months(open_: Opener) -> None:
    at = open_()
    # everything was toegewezen at a quarter more than what was delivered
    assert "Van wat is toegewezen is 80 % geleverd (jan t/m jun 2026)" in read_html(at)
    assert "Uitnutting naar schatting 80 % als alles is gedeclareerd, een jaar eerder 80 %" in read_html(at)
    tabel = as_table(at, "toegewezen_geleverd")
    # a month is € 31.090, of September four fifths is in
    assert "€ 38.863" in tabel and "€ 31.090" in tabel
    assert "sep 2026 (voorlopig)" in tabel and '>€ 38.863</td><td class="getal">80,0 %' in tabel.replace(
        "\n", ""
    )


def test_expected_is_delivered_divided_by_what_is_in(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = uitnutting.read_maanden(lees(), kijk())
    assert df["verwacht_cent"][-1] == round(3_109_000 / 0.8)
    assert df["verwacht_cent"][0] == df["geleverd_cent"][0] == 3_109_000
    assert df["voorlopig"].to_list() == [False] * 6 + [True] * 3


def test_volumes_only_in_one_unit(open_: Opener) -> None:
    assert not [c for c in open_().segmented_control if c.key == "uitnutting_in"]
    at = open_(hoofdproduct=HO)
    at.segmented_control(key="uitnutting_in").set_value("in uur").run()
    # 40 clients, 10 hours a month, 500 toegewezen
    assert "500 uur" in as_table(at, "toegewezen_geleverd") and "400 uur" in read_html(at)


def test_a_class_of_few_takes_its_row_and_the_next_smallest(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = uitnutting.read_verdeling(lees(10), kijk())
    assert _row(df, HO)["onder_50"] == 40
    # of Dagbesteding three got less than half; alone it would follow from the sum
    assert _row(df, DAG)["boven_100"] is None and _row(df, BEG)["onder_50"] is None
    assert uitnutting.read_verdeling(lees(3), kijk())["onder_50"].null_count() == 0


def test_sleepers_add_up_over_aanbieders_and_small_ones_stay_away(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = uitnutting.read_slapers(lees(10), kijk())
    rij = _row(df, HO)
    assert (rij["slapers"], rij["lopend"], rij["nooit_geleverd"]) == (28, 280, 11)
    assert _row(df, DAG)["slapers"] is None and _row(df, BEG)["slapers"] is None
    # one who sees A2 alone sees only its own, to the last client
    eigen = uitnutting.read_slapers(lees(10, ("A2",), 1), kijk())
    assert eigen.select("deel", "slapers").rows() == [(HO, 16)]
    assert uitnutting.read_slapers(lees(10, ()), kijk()).height == 0


def test_what_is_still_to_come(
    open_: Opener, lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    assert "Tot eind 2026 komt naar verwachting nog € 0,8 mln van € 1,0 mln toegewezen" in read_html(open_())
    # a total over a hole would tell the hole
    df = uitnutting.read_verplichting(lees(20), kijk())
    assert uitnutting.add_up(df, "verplichting_cent") == {"verplichting_cent": None}


def test_the_few_that_did_not_start_are_protected(
    open_: Opener, lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = uitnutting.read_verzilvering(lees(10), kijk())
    assert df.select("jaar", "oud_genoeg", "niet_verzilverd").rows() == [(2025, 100, 12), (2026, None, None)]
    assert uitnutting.read_verzilvering(lees(5), kijk())["niet_verzilverd"].to_list() == [12, 5]
    # own aanbieders: their rows, not those of the city
    eigen = uitnutting.read_verzilvering(lees(10, ("A1",), 1), kijk())
    assert eigen.select("oud_genoeg", "niet_verzilverd").rows() == [(50, 11)]
    assert "12,0 % van de toewijzingen van 2025 begon niet op tijd" in read_html(open_())


def test_own_aanbieders_are_named_as_such(open_: Opener) -> None:
    assert "alleen uw eigen aanbieders" in read_html(open_(rol="contractmanager"))
    assert "alleen uw eigen aanbieders" not in read_html(open_())


def test_without_data_it_says_so(open_: Opener, lege_stad: Path) -> None:
    assert "Er zijn nog geen declaraties geladen" in read_html(open_(lege_stad))


def test_a_city_without_toewijzingen_has_empty_cards(open_: Opener, stad: Path) -> None:
    tekst = read_html(open_(stad))
    assert "Geen lopende toewijzingen in deze selectie" in tekst
    assert "nog niet genoeg gedeclareerd" in tekst


@pytest.mark.parametrize(
    ("toegewezen", "geleverd", "geschat", "zin"),
    [
        (None, None, False, "Toegewezen en geleverd per maand"),
        (0.0, 0.0, False, "Toegewezen en geleverd per maand"),
        (200.0, 150.0, False, "Van wat is toegewezen is 75 % geleverd"),
        (200.0, 150.0, True, "Naar schatting wordt 75 % geleverd van wat is toegewezen"),
    ],
)
def test_title_of_uitnutting(
    toegewezen: float | None, geleverd: float | None, geschat: bool, zin: str
) -> None:
    assert words.title_uitnutting(toegewezen, geleverd, geschat=geschat) == zin


def test_other_titles_in_their_cases() -> None:
    delen = pl.DataFrame(
        {"deel": ["a", "b"], "toegewezen_cent": [100_00, 500_00], "geleverd_cent": [90_00, 300_00]}
    )
    assert words.title_delen(delen) == "Bij b bleef het meeste liggen: € 200 (60 % geleverd)"
    assert words.title_delen(delen.head(1)) == "a: 90 % geleverd, € 10 niet"
    meer = delen.with_columns(pl.col("toegewezen_cent").alias("geleverd_cent"))
    assert words.title_delen(meer) == "Overal is ten minste geleverd wat is toegewezen"
    assert words.title_delen(delen.clear()) == "Uitnutting per onderdeel"
    slapers = pl.DataFrame({"deel": ["a", "b"], "slapers": [0, 12], "lopend": [10, None]})
    assert words.title_slapers(slapers) == "Bij b wordt op 12 lopende toewijzingen niets geleverd"
    assert words.title_slapers(slapers.head(1)) == "Op elke lopende toewijzing wordt geleverd"
    assert words.title_slapers(slapers.clear()) == "Toewijzingen waarop niets meer wordt geleverd"
    assert words.title_verplichting(None, None, None) == "Wat dit jaar nog openstaat"
    assert words.title_verplichting(0, 0, 2026) == "Er staat in 2026 niets meer open"
    assert words.word_rijping(None, 5.0, 0.8) == ""
    assert words.word_rijping(4.0, 5.0, None) == "naar schatting 80 % als alles is gedeclareerd"
    jaren = pl.DataFrame(
        {"jaar": [2025, 2026], "oud_genoeg": [50, 20], "niet_verzilverd": [0, 3], "voorlopig": [False, True]}
    )
    assert words.title_verzilvering(jaren) == "Alle toewijzingen van 2025 begonnen op tijd"
    assert words.title_verzilvering(jaren.tail(1)) == "Toewijzingen die op tijd begonnen"


def test_only_provisional_months_get_an_estimate_on_top(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    fig = make_toegewezen(
        uitnutting.read_maanden(lees(), kijk()), uitnutting_kolommen(), LICHT, euro_mln, 1e8
    )
    rest = list(fig.data[2].y)
    assert rest[:6] == [None] * 6 and rest[-1] == pytest.approx((3_886_250 - 3_109_000) / 1e8)
    assert fig.data[2].marker.pattern.shape == "/"


def uitnutting_kolommen() -> tuple[str, str, str]:
    """The columns in cents."""
    return ("toegewezen_cent", "geleverd_cent", "verwacht_cent")


def test_a_hidden_row_of_classes_is_said_not_drawn() -> None:
    df = pl.DataFrame({"naam": ["a", "b"], "x": [30, None], "y": [70, None]})
    fig = make_klassen(df, ("x", "y"), ("weinig", "veel"), LICHT, "stuks")
    assert list(fig.data[0].x) == [0.3, None] and [n.text for n in fig.layout.annotations] == ["niet getoond"]
