"""The page Prognose on the rows of proefstad.VOORSPELD: what it says, and what it keeps back."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from dashboard import words
from dashboard.access.reader import Lezer
from dashboard.access.tables import TABELLEN, read_tabel
from dashboard.access.tables_prognose import PROGNOSE, PROGNOSE_REGEL
from dashboard.filters import Filters
from dashboard.reading.prognose import find_delen, find_geheel, read_prognose
from dashboard.tegel_prognose import make_prognose
from tests.dashboard.bezoek import Opener, as_table, read_html
from tests.dashboard.proefstad import DAG, HO

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_page(bezoek: Opener, stad: Path) -> Opener:
    return partial(bezoek, "tactisch/prognose", stad)


def test_where_the_year_ends_and_whether_that_is_over_budget(open_page: Opener) -> None:
    at = open_page()
    tekst = read_html(at)
    assert "Het jaar eindigt naar verwachting op € 0,4 mln, € 8.000 boven de begroting" in tekst
    assert "overschrijding kan net zo goed wel als niet" in tekst
    assert "Voorraad zat er gemiddeld 1,2 % naast, lineair doortrekken 4,8 %" in tekst
    at.segmented_control(key="prognose_vorm").set_value("Tabel").run()
    tabel = read_html(at)
    for cel in ("€ 144.000", "− € 6.000", "10 %", "€ 65.000", "+ € 5.000", "95 %"):
        assert cel in tabel, cel
    at.segmented_control(key="methoden_vorm").set_value("Tabel").run()
    assert "79 %" in read_html(at) and "★ voorraad" in read_html(at)


def test_one_law_and_one_product_have_their_own(open_page: Opener) -> None:
    wmo = read_html(open_page(wet="Wmo"))
    assert "€ 0,2 mln, € 12.000 onder de begroting; overschrijding vrijwel zeker niet" in wmo
    dag = read_html(open_page(hoofdproduct="Dagbesteding"))
    assert "Het jaar eindigt naar verwachting op € 29.000" in dag and "begroting;" not in dag


def test_small_groups_have_no_forecast(lezer: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    # Dagbesteding has ten clients
    for cel, verborgen in ((10, False), (11, True)):
        df = find_delen(read_prognose(lezer(cel), kijk()), kijk())
        (rij,) = df.filter(pl.col("deel") == "Dagbesteding").iter_rows(named=True)
        assert (rij["p50_cent"] is None) is verborgen


def test_a_hidden_part_says_why(bezoek: Opener, stad: Path, tmp_path: Path) -> None:
    # three clients left in Dagbesteding, for a role that sees cells of five; Begeleiding goes along
    klein = tmp_path / "klein.duckdb"
    shutil.copy(stad, klein)
    with duckdb.connect(str(klein)) as con:
        con.execute("DELETE FROM mart.client_maand WHERE hoofdproduct = ? AND client_id > 'b02'", [DAG])
    at = bezoek("tactisch/prognose", klein)
    assert "Niet getoond: minder dan 5 cliënten, of anders tot zo'n groep te herleiden." in read_html(at)
    tabel = as_table(at, "prognose")
    assert tabel.count('<td class="getal">niet getoond</td>') == 2 and "€ 65.000" not in tabel


def test_a_hidden_part_does_not_follow_from_the_whole(lezer: Callable[..., Lezer]) -> None:
    """What is realised adds up: 238 of the Wmo is 144 + 65 + 29, so one hole of three would be no hole."""
    maat = "gerealiseerd_cent"
    pagina = lezer(11).read(PROGNOSE, PROGNOSE_REGEL)
    bestand = read_tabel(lezer(11), TABELLEN["prognose"])
    for df in (pagina, bestand):
        for methode in ("voorraad", "lineair"):
            wmo = df.filter((pl.col("wet") == "Wmo") & (pl.col("methode") == methode))
            geheel = wmo.filter(pl.col("niveau") == "wet")[maat].item()
            delen = wmo.filter(pl.col("niveau") == "hoofdproduct")
            # Dagbesteding (10 clients) is too small, Begeleiding (16) goes along; then comes Huishouden (40)
            assert delen.filter(pl.col(maat).is_not_null())["hoofdproduct"].to_list() == [HO]
            over = geheel - delen[maat].sum()
            assert over == (65 + 29) * 70_000 != 29 * 70_000
            assert delen.filter(pl.col("hoofdproduct") != HO)["p50_cent"].null_count() == 2
    # with one hole it was: the whole less what is shown would be Dagbesteding itself
    los = lezer(11).read(PROGNOSE, replace(PROGNOSE_REGEL, lagen=(), telt_op=None))
    los = los.filter((pl.col("wet") == "Wmo") & (pl.col("methode") == "voorraad"))
    som = los.group_by("niveau").agg(pl.col(maat).sum())
    stand = dict(som.iter_rows())
    assert stand["wet"] - stand["hoofdproduct"] == 29 * 70_000


def test_the_whole_is_the_layer_that_was_chosen(
    lezer: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    for gevraagd, niveau in (
        ({}, "totaal"),
        ({"wet": "Wmo"}, "wet"),
        ({"hoofdproduct": "Dagbesteding"}, "hoofdproduct"),
    ):
        f = kijk(**gevraagd)
        assert set(find_geheel(read_prognose(lezer(1), f), f)["niveau"]) == {niveau}


def test_no_forecast_is_said(open_page: Opener, lege_stad: Path) -> None:
    assert "Er zijn nog geen declaraties geladen" in read_html(open_page(lege_stad))


@pytest.mark.parametrize(
    ("kans", "woord"),
    [
        (0.0, "vrijwel zeker niet"),
        (0.05, "waarschijnlijk niet"),
        (0.5, "kan net zo goed wel als niet"),
        (0.65, "waarschijnlijk"),
        (0.95, "vrijwel zeker"),
    ],
)
def test_a_chance_in_words(kans: float, woord: str) -> None:
    assert words.word_kans(kans) == woord


def test_nothing_is_certain() -> None:
    assert [words.percent_kans(k) for k in (None, 0.0, 0.004, 0.62, 0.995, 1.0)] == [
        "–",
        "< 1 %",
        "< 1 %",
        "62 %",
        "> 99 %",
        "> 99 %",
    ]


def test_the_title_claims_no_more_than_is_known() -> None:
    rij: dict[str, Any] = {"p50_cent": None, "begroting_cent": 1, "kans_overschrijding": 0.5}
    assert words.title_prognose(None) == words.title_prognose(rij) == "Waar het jaar eindigt"
    leeg = pl.DataFrame(
        schema={
            "methode": pl.String,
            "peilmaand": pl.Int64,
            "fout_fractie": pl.Float64,
            "standaard": pl.Boolean,
        }
    )
    assert words.title_methoden(leeg) == "Vier methoden naast elkaar"


def test_the_tile_says_end_band_budget_and_record(
    lezer: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    tegel = make_prognose(lezer(), kijk(wet="Jeugdwet"))
    assert (tegel.titel, tegel.waarde) == ("Prognose 2026", "€ 0,1 mln")
    assert tegel.zekerheid == "80 % kans: € 0,1 mln tot € 0,2 mln"
    begroting, kans = tegel.regels
    assert (begroting.verschil, begroting.oordeel) == ("+ € 20.000", "nadeel")
    assert (kans.waarde, kans.verschil) == ("97 %", "vrijwel zeker")
    assert tegel.delen == (
        ("methode: voorraad", "gem. 1,2 % ernaast"),
        ("uitkomst viel in de band", "79 % van de keren"),
    )
    dieper = make_prognose(lezer(), kijk(hoofdproduct="Dagbesteding"))
    assert dieper.delen[0][1] == "gem. 1,2 % ernaast (alles samen)"
    assert make_prognose(lezer(), kijk(wijk="WK039201")).zekerheid == "bestaat niet per wijk of aanbieder"
    assert (
        make_prognose(lezer(26), kijk(hoofdproduct="Jeugdhulp ambulant")).waarde
        == "minder dan 26 cliënten: niet getoond"
    )
