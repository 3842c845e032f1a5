"""The page Toegang on the meldingen of proefsturing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from dashboard import words_toegang as words
from dashboard.access.reader import Lezer
from dashboard.figures.toegang import make_panelen
from dashboard.filters import Filters
from dashboard.reading import toegang
from dashboard.style import LICHT
from tests.dashboard.bezoek import Opener, make_lezer, read_html


@pytest.fixture(scope="module")
def lees(sturing: Path) -> Callable[..., Lezer]:
    return make_lezer(sturing)


@pytest.fixture
def open_(bezoek: Opener, sturing: Path) -> Opener:
    return partial(bezoek, "tactisch/toegang", sturing)


def test_meldingen_and_what_became_of_them(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    t = toegang.read_trechter(lees(10), kijk())
    assert (t["meldingen"], t["toegekend"], t["gestart"]) == (130, 90, 60)
    assert (t["eerste"], t["laatste"]) == (date(2026, 1, 1), date(2026, 7, 1))
    # forty were not granted: with a cell of 41 that is a small group, and every step would tell it
    dicht = toegang.read_trechter(lees(41), kijk())
    assert (dicht["meldingen"], dicht["toegekend"], dicht["gestart"]) == (None, None, None)
    # thirty wait for care: that number alone is kept back
    wacht = toegang.read_trechter(lees(31), kijk())
    assert (wacht["meldingen"], wacht["gestart"]) == (130, None)
    assert toegang.read_trechter(lees(10), kijk(wet="Jeugdwet")) == {}


def test_a_quarter_needs_thirteen_weeks(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    reeks = toegang.read_reeks(lees(10), kijk())
    assert reeks.select("kwartaal", "voorlopig").rows() == [
        (date(2026, 1, 1), False),
        (date(2026, 4, 1), False),
        (date(2026, 7, 1), True),
    ]
    assert toegang.find_kwartaal(reeks, "Wmo") == date(2026, 4, 1)
    assert toegang.find_kwartaal(reeks, "Jeugdwet") is None
    klein = toegang.read_reeks(lees(21), kijk())
    assert klein["onderzoek_mediaan_dagen"].to_list() == [40.0, 35.0, None]


def test_few_meldingen_of_a_wijkteam_are_not_shown(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = toegang.read_wijkteams(lees(10), kijk(), "Wmo", date(2026, 4, 1))
    per = dict(df.select("wijkteam", "onderzoek_binnen_termijn").iter_rows())
    # Klein has four, and Zuid with twelve would tell them when taken from the whole
    assert per == {"Klein": None, "Noord": 0.7, "Oost": 0.8, "Zuid": None}


def test_referrals_per_100_contacts(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    per = dict(toegang.read_contacten(lees(10), kijk()).select("wijkteam", "per_100").iter_rows())
    assert per == {"Noord": 30.0, "Zuid": 10.0, "Klein": None}
    # in September alone Zuid has five referrals
    sep = kijk()
    sep = sep.at(type(sep.periode)("x", date(2026, 9, 1), date(2026, 10, 1)))
    per = dict(toegang.read_contacten(lees(10), sep).select("wijkteam", "doorverwijzingen").iter_rows())
    assert per == {"Noord": 30, "Zuid": None}
    stad = toegang.read_contacten(lees(10), kijk(), stad=True)
    assert stad["per_100"][0] == pytest.approx(100 * (9 * 35 + 1) / (9 * 150 + 20))


def test_verwijzers_hide_the_few_and_their_neighbour(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = toegang.read_verwijzers(lees(10), kijk())
    jeugd = dict(df.filter(pl.col("wet") == "Jeugdwet").select("verwijzer", "clienten").iter_rows())
    assert jeugd == {"huisarts": 14, "jeugdarts": None, "gemeente": None}
    # three ended: a mean over them is not shown, however many clients there are
    assert df["duur_dagen"].is_null().all()
    assert toegang.read_verwijzers(lees(10), kijk(periode="2025")).height == 0


def test_the_page_in_words(open_: Opener) -> None:
    at = open_()
    tekst = read_html(at)
    for zin in (
        "69 % van 130 meldingen leidde tot een toekenning",
        "meldingen van kw 1 t/m kw 3 2026",
        "Onderzoek binnen zes weken klaar: Wmo 60 %",
        "Van 100 klantcontacten worden er 23 doorverwezen; het meest in Noord (30)",
        "Wmo, deel van de onderzoeken dat binnen zes weken klaar is; meldingen van kw 2 2026",
        "De meeste cliënten komen via: gemeente (Wmo) en huisarts (Jeugdwet)",
    ):
        assert zin in tekst, zin
    at.segmented_control(key="toegang_maat").set_value("wachttijd").run()
    assert "Wachttijd: in alle wijkteams 14 dagen" in read_html(at)
    at.segmented_control(key="tijden_vorm").set_value("Tabel").run()
    assert "kw 3 2026 (voorlopig)" in read_html(at)


def test_nothing_to_tell_is_said(open_: Opener, lege_stad: Path) -> None:
    assert "Geen meldingen in deze maanden" in read_html(open_(wet="Jeugdwet"))
    assert "Er zijn nog geen declaraties geladen" in read_html(open_(lege_stad))


def test_panels_share_a_scale_and_show_the_term(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    reeks = toegang.read_reeks(lees(10), kijk())
    panelen = [("onderzoek_mediaan_dagen", "a"), ("wachttijd_mediaan_dagen", "b")]
    fig = make_panelen(reeks, panelen, {"onderzoek_mediaan_dagen": 42}, LICHT)
    assert fig.layout.yaxis.range == fig.layout.yaxis2.range and fig.layout.yaxis.range[1] > 42
    assert [s.y0 for s in fig.layout.shapes] == [42]
    # the quarter that still runs is an open point
    assert list(fig.data[0].marker.color)[-1] == LICHT.achtergrond
    leeg = make_panelen(reeks.clear(), panelen, {}, LICHT)
    assert leeg.layout.annotations[0].text == "Geen meldingen in deze maanden."


def test_sentences_in_their_cases() -> None:
    q1, q3 = date(2026, 1, 1), date(2026, 7, 1)
    assert words.word_kwartalen(q1, q1) == "kw 1 2026"
    assert words.word_kwartalen(date(2025, 10, 1), q3) == "kw 4 2025 t/m kw 3 2026"
    assert words.word_kwartalen(None, None) == "geen kwartaal"
    assert words.title_trechter({}) == "Van melding naar zorg"
    assert words.title_tijden({"Wmo": None}) == "Hoe lang elke stap duurt"
    leeg = pl.DataFrame(schema={"wijkteam": pl.String(), "per_100": pl.Float64(), "x": pl.Float64()})
    assert words.title_per_100(leeg, None) == "Doorverwijzingen per 100 klantcontacten"
    assert words.title_wijkteams("wachttijd", leeg, "x", str) == "Wachttijd per wijkteam"
    twee = pl.DataFrame({"wijkteam": ["A", "B"], "x": [3.0, 1.0]})
    assert words.title_wijkteams("wachttijd", twee, "x", str) == "Wachttijd: van 1.0 (B) tot 3.0 (A)"
    rijen = {"wet": ["Wmo", "Jeugdwet"], "verwijzer": ["gemeente", "gemeente"], "clienten": [5, 6]}
    assert words.title_verwijzers(pl.DataFrame(rijen)) == "De meeste cliënten komen via: gemeente"
    assert words.title_verwijzers(pl.DataFrame(rijen).clear()) == "Zorg per verwijzer"
