"""The page Cliëntgroepen on the rows of proefvolume: groups only, whole years, and which group stays away."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from dashboard import words_concentratie as words
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.figures.concentratie import make_lorenz, make_toppen
from dashboard.filters import Filters
from dashboard.reading import concentratie
from dashboard.style import LICHT
from tests.dashboard.bezoek import Opener, as_table, read_html


@pytest.fixture
def lees(volumestad: Path) -> Callable[..., Lezer]:
    return lambda cel=10: Lezer(Snapshot(volumestad), Bereik("proef", cel))


@pytest.fixture
def open_(bezoek: Opener, volumestad: Path) -> Opener:
    return partial(bezoek, "strategisch/clientgroepen", volumestad, rol="directie")


def test_a_running_year_gives_way_to_the_last_whole_one(open_: Opener) -> None:
    tekst = read_html(open_())
    # 2026 has half, but its year is not over
    assert "De duurste 10 % van de cliënten heeft 45 % van de kosten" in tekst
    assert "2025, het laatste volledige jaar; 5.000 cliënten" in tekst
    assert "Gini 0,55 in 2025, 0,50 in 2024" in tekst
    assert "Het aandeel van de top 10 % groeide sinds 2024 met 5,0 procentpunt" in tekst
    assert "60 % van de top 10 % van 2024 hoorde er een jaar later weer bij" in tekst
    assert "heeft 40 % van de kosten" in read_html(open_(periode="2024"))


def test_households_and_the_table_of_points(open_: Opener) -> None:
    at = open_()
    at.segmented_control(key="verdeling_over").set_value("huishoudens").run()
    assert "De duurste 10 % van de huishoudens heeft 45 % van de kosten" in read_html(at)
    tabel = as_table(at, "lorenz")
    assert "90 %" in tabel and "55,0 %" in tabel
    # the last percent would set too few apart
    assert "99 %" not in tabel
    assert "47,0 %" in as_table(open_(), "toppen")


def test_the_heaviest_households_are_a_group_for_who_may_act(open_: Opener) -> None:
    assert "De 20 huishoudens met de hoogste kosten hadden 5,0 % van de kosten van 2024" in read_html(open_())
    assert "huishoudens met de hoogste kosten" not in read_html(open_(rol="wethouder"))


def test_a_group_that_differs_by_few_from_the_top_is_kept_back(lees: Callable[..., Lezer]) -> None:
    df = concentratie.read_zwaarste(lees())
    # in 2025 the top 1 % are fifteen: the other five of the twenty would follow
    assert df.select("jaar", "aandeel").rows() == [(2024, 0.05), (2025, None), (2026, 0.05)]
    assert set(df.filter(pl.col("jaar") == 2025).select("totaal_cent", "clienten").row(0)) == {None}


def test_one_law_without_rows_is_empty(open_: Opener, lege_stad: Path) -> None:
    assert "Geen kosten in deze selectie" in read_html(open_(wet="Wmo"))
    assert "Er zijn nog geen declaraties geladen" in read_html(open_(lege_stad))


def test_few_people_have_no_distribution(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    assert concentratie.read_lorenz(lees(5001), kijk(), "client", 2025).height == 0
    assert concentratie.read_concentratie(lees(5001), kijk(), "client")["gini"].null_count() == 3


def test_sentences_in_their_cases() -> None:
    assert words.title_lorenz(None, "cliënten") == "Hoe de kosten over cliënten zijn verdeeld"
    jaren = pl.DataFrame({"jaar": [2024, 2025], "jaar_volledig": [True, True], "aandeel_top10": [0.5, 0.48]})
    assert words.title_toppen(jaren) == "Het aandeel van de top 10 % kromp sinds 2024 met 2,0 procentpunt"
    gelijk = jaren.with_columns(aandeel_top10=0.5)
    assert words.title_toppen(gelijk) == "Het aandeel van de top 10 % is even groot als in 2024"
    assert words.title_toppen(jaren.head(1)) == "Het aandeel van de top door de jaren"
    leeg = pl.DataFrame(
        schema={
            "jaar": pl.Int64,
            "persistentie_top10": pl.Float64,
            "aandeel": pl.Float64,
            "jaar_volledig": pl.Boolean,
        }
    )
    assert words.title_persistentie(leeg) == "Wie een jaar later weer bij de top hoort"
    assert words.title_zwaarste(leeg) == "De huishoudens met de hoogste kosten"
    assert words.word_gini(None, None) == ""
    assert words.word_gini({"gini": 0.5, "jaar": 2025}, None) == "Gini 0,50 (0: ieder evenveel, 1: één alles)"


def test_figures_of_concentration() -> None:
    df = pl.DataFrame({"percentiel": [0, 50, 90, 100], "cumulatief_aandeel": [0.0, 0.1, 0.55, 1.0]})
    teksten = [n.text for n in make_lorenz(df, LICHT, "cliënten").layout.annotations]
    assert teksten == ["gelijk verdeeld", "goedkoopste helft: 10 %", "duurste 10 %: 45 %"]
    assert not make_lorenz(df.head(2), LICHT, "cliënten").data
    jaren = pl.DataFrame({"jaar": [2024, 2025], "jaar_volledig": [True, False], "a": [0.4, 0.5]})
    fig = make_toppen(jaren, LICHT, {"a": "1 %"})
    assert [t.line.dash for t in fig.data] == ["solid", "dot"]
