"""The page Producten: year end, signal, and splitting by wijk, aanbieder and zwaarte."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from dashboard import words, words_tactisch
from dashboard.access.reader import Lezer
from dashboard.access.suppress import suppress_small
from dashboard.filters import Filters
from dashboard.producttabel import TAAKSTELLING, make_producttabel
from dashboard.reading import pq, producten
from tests.dashboard.bezoek import Opener, make_lezer, read_html

BEG = "Ambulante begeleiding"


@pytest.fixture(scope="module")
def lees(sturing: Path) -> Callable[..., Lezer]:
    return make_lezer(sturing)


@pytest.fixture
def open_(bezoek: Opener, sturing: Path) -> Opener:
    return partial(bezoek, "tactisch/pq", sturing)


def _rows(lezer: Lezer, f: Filters, **kw: str) -> dict[str, dict[str, object]]:
    return {r["deel"]: r for r in make_producttabel(lezer, f, **kw).rijen.iter_rows(named=True)}


def test_the_running_year_looks_at_its_end(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    t = make_producttabel(lees(10), kijk())
    rij = {r["deel"]: r for r in t.rijen.iter_rows(named=True)}
    assert t.jaar == 2026
    # proefstad.VOORSPELD and its budget, in cents: the whole year, not nine months of it
    assert rij[BEG]["prognose_cent"] == 6_500_000 and rij[BEG]["begroting_cent"] == 15_000_000
    assert rij[BEG]["verschil_cent"] == 6_500_000 - 15_000_000
    assert rij[BEG]["nagekomen_cent"] == 65_000
    assert rij[TAAKSTELLING]["begroting_cent"] == -1_200_000 and rij[TAAKSTELLING]["verschil_cent"] is None


def test_a_past_year_and_a_wijk_look_at_their_months(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    t = make_producttabel(lees(10), kijk(periode="2025"))
    rij = {r["deel"]: r for r in t.rijen.iter_rows(named=True)}[BEG]
    assert t.jaar is None and rij["prognose_cent"] is None
    assert rij["verschil_cent"] == rij["realisatie_cent"] - 15_000_000
    wijk = make_producttabel(lees(10), kijk(wijk="WK039201"))
    assert (wijk.jaar, wijk.heeft_begroting, wijk.signaal_maand) == (None, False, None)


def test_what_is_still_to_come_per_productgroep(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    f = kijk(periode="laatste 12 maanden")
    df = producten.read_nagekomen(lees(10), f, "productgroep")
    assert dict(df.select("deel", "nagekomen_cent").iter_rows()) == {"Huishouden": 1_700, "Ambulant": 170}
    assert producten.read_nagekomen(lees(26), f, "productgroep").filter(deel="Ambulant")[
        "nagekomen_cent"
    ].to_list() == [None]
    assert producten.read_nagekomen(lees(10), f, "product").height == 0


def test_signals_count_per_hoofdproduct(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    rij = _rows(lees(10), kijk())
    assert rij["Huishoudelijke ondersteuning"]["signaal"] == "▲ 1 van 1"
    assert rij[BEG]["signaal"] == "▼ 1 van 1"
    assert rij["Jeugdhulp ambulant"]["signaal"] == "geen van 1"
    assert rij["Dagbesteding"]["signaal"] is None
    assert _rows(lees(10), kijk(hoofdproduct=BEG))["Begeleiding"]["signaal"] == "▼ laag"
    # a chart of months that are too few people is left out (16 clients)
    assert _rows(lees(17), kijk())[BEG]["signaal"] is None


def test_split_by_wijk(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    t = make_producttabel(lees(1), kijk(), per="wijk")
    rij = {r["deel"]: r for r in t.rijen.iter_rows(named=True)}
    # h00..h34 of Huishouden, b00..b15 and their dagbesteding live in the Oude Stad
    assert rij["Oude Stad"]["realisatie_cent"] == 9 * 100 * (35 * 300 + 12 * 240 + 4 * 640 + 10 * 240)
    assert rij["Oude Stad"]["clienten"] == 35 + 16 and rij["Oude Stad"]["code"] == "WK039201"
    assert set(rij) == {"Oude Stad", "Houtvaart", "Meerwijk"}
    # five people in Houtvaart: gone, and with them the smallest of the others
    dicht = make_producttabel(lees(10), kijk(), per="wijk")
    assert (dicht.rijen["deel"].to_list(), dicht.verborgen) == (["Oude Stad"], 2)


def test_split_by_aanbieder_knows_own_ones_only(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    alle = _rows(lees(1), kijk(), per="aanbieder")
    assert alle["Aanbieder A1"]["realisatie_cent"] == 9 * 100 * (20 * 300 + 12 * 240 + 4 * 640)
    assert set(_rows(lees(1, ("A2",)), kijk(), per="aanbieder")) == {"Aanbieder A2"}
    assert _rows(lees(1, ()), kijk(), per="aanbieder") == {}


def test_a_zwaarte_per_wijk_gives_no_other_zwaarte_away(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    f = kijk(product="Begeleiding")
    open_ = _rows(lees(1), f, per="wijk", zwaarte="licht")
    assert open_["Oude Stad"]["realisatie_cent"] == 9 * 12 * 24_000
    assert open_["Oude Stad"]["q"] == "432 uur"
    # zwaar has four clients there: licht with twelve goes too, as it does in the table of zwaarten
    assert _rows(lees(10), f, per="wijk", zwaarte="licht") == {}
    assert pq.read_tabel(lees(10), f, "wijk", "licht")["realisatie_cent"].to_list() == [None]


def test_no_line_of_a_table_is_left_with_one_hole() -> None:
    df = pl.DataFrame(
        {"wijk": [*"aaabbbccc"], "zwaarte": [*"lmzlmzlmz"], "clienten": [5, 20, 30, 40, 50, 60, 70, 80, 90]}
    )
    uit = suppress_small(df, "clienten", (), 10, ("wijk",), (("zwaarte",),))
    for naam in ("wijk", "zwaarte"):
        gaten = uit.group_by(naam).agg(pl.col("niet_getoond").sum())["niet_getoond"]
        assert 1 not in gaten.to_list(), naam
    rij = uit.filter(pl.col("wijk") == "a")["niet_getoond"].to_list()
    assert rij == suppress_small(df.head(3), "clienten", (), 10, ())["niet_getoond"].to_list()


def test_the_page_goes_down_to_wijk_and_back(open_: Opener) -> None:
    at = open_()
    assert "eindigt 2026 naar verwachting" in read_html(at)
    at.segmented_control(key="per").set_value("wijk").run()
    assert not at.exception
    assert "Het meeste gaat naar Oude Stad" in read_html(at)
    at.segmented_control(key="per").set_value("aanbieder").run()
    assert "Het meeste gaat naar Aanbieder A" in read_html(at)
    gekozen = open_(wijk="Oude Stad", aanbieder="Aanbieder A1")
    assert not [s for s in gekozen.segmented_control if s.key == "per"]


def test_nothing_is_said_when_there_is_nothing(open_: Opener, lege_stad: Path) -> None:
    assert "Er zijn nog geen declaraties geladen" in read_html(open_(lege_stad))


def test_signal_in_words() -> None:
    assert words.word_signaal(1, 0, 1, los=True) == "▲ hoog"
    assert words.word_signaal(0, 1, 1, los=True) == "▼ laag"
    assert words.word_signaal(0, 0, 1, los=True) == "geen"
    assert words.word_signaal(2, 1, 4, los=False) == "▲ 2 ▼ 1 van 4"
    assert words.word_signaal(0, 0, 4, los=False) == "geen van 4"


def test_title_of_products_in_its_cases(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    title = words_tactisch.title_producten
    assert title(make_producttabel(lees(10), kijk())) == (
        "Ambulante begeleiding eindigt 2026 naar verwachting € 85.000 onder de begroting"
    )
    assert title(make_producttabel(lees(10), kijk(periode="2025"))).endswith("de begroting")
    assert title(make_producttabel(lees(1), kijk(product="Begeleiding"))) == (
        "Het meeste gaat naar zwaarte licht: € 25.920"
    )
    assert title(make_producttabel(lees(99), kijk(product="Begeleiding"))) == "Geen uitgaven om te tonen"
    eigen = make_producttabel(lees(1, ("A2",)), kijk(), per="aanbieder")
    assert title(eigen, eigen=True) == "Van de eigen aanbieders gaat het meeste naar Aanbieder A2: € 27.000"
