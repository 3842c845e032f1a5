"""Figures of the operational pages: what is drawn, what is named, and nothing by colour alone."""

from datetime import date

import polars as pl
import pytest

from dashboard.figures.regelkaart import make_regelkaart, make_veelvouden
from dashboard.figures.spreiding import make_spreiding
from dashboard.figures.trechter import make_trechter
from dashboard.numbers import euro, month_range
from dashboard.style import DONKER, LICHT, Palet

THEMAS = pytest.mark.parametrize("palet", [LICHT, DONKER], ids=["licht", "donker"])
TRECHTER = pl.DataFrame(
    {
        "naam": ["groot", "klein", "zonder"],
        "aanbieder_agb": ["A", "B", "C"],
        "aantal": [500, 12, 30],
        "verhouding": [1.4, 1.3, None],
        "grens_95_onder": [0.95, 0.7, None],
        "grens_95_boven": [1.05, 1.5, None],
        "grens_998_onder": [0.9, 0.5, None],
        "grens_998_boven": [1.1, 2.0, None],
    }
)
MAANDEN = month_range(date(2025, 1, 1), date(2025, 7, 1))
KAART = pl.DataFrame(
    {
        "aanbieder_agb": ["A"] * 6,
        "maand": MAANDEN,
        "waarde": [100.0, 110, 90, 100, 100, 300],
        "gemiddelde": [100.0] * 6,
        "ondergrens": [50.0] * 6,
        "bovengrens": [150.0] * 6,
        "signaal": [None] * 5 + ["buiten de grenzen"],
    }
)


@THEMAS
def test_the_funnel_marks_outside_by_shape_and_name_and_leaves_out_what_has_no_limits(palet: Palet) -> None:
    binnen, buiten = make_trechter(TRECHTER, palet, "cliënten").data[2:]
    assert (list(binnen.x), binnen.marker.symbol, binnen.mode) == ([12], "circle", "markers")
    assert (list(buiten.text), buiten.marker.symbol) == (["groot"], "diamond")
    assert "1,40 keer wat verwacht mag worden" in buiten.customdata[0]
    assert "Geen aanbieder" in make_trechter(TRECHTER.clear(), palet, "x").layout.annotations[0].text


@THEMAS
def test_a_control_chart_names_its_limits_and_marks_a_signal_by_shape(palet: Palet) -> None:
    figuur = make_regelkaart(KAART, palet, euro, schaal=10.0)
    lijn = figuur.data[3]
    assert list(lijn.y) == [10, 11, 9, 10, 10, 30] and list(lijn.marker.symbol)[-2:] == ["circle", "diamond"]
    assert [a.text for a in figuur.layout.annotations] == ["gemiddelde", "grens", "grens"]
    assert "signaal: buiten de grenzen" in lijn.customdata[-1]
    assert figuur.layout.yaxis.rangemode == "tozero"


def test_small_charts_share_one_scale_in_percent_of_their_own_mean() -> None:
    groter = KAART.with_columns(
        pl.lit("B").alias("aanbieder_agb"), *(pl.col(k) * 1000 for k in ("waarde", "gemiddelde"))
    )
    figuur = make_veelvouden(pl.concat([KAART, groter]), [("A", "Een"), ("B", "Twee"), ("C", "Drie")], LICHT)
    assert [a.text for a in figuur.layout.annotations] == ["Een", "Twee"]
    assert figuur.layout.yaxis.range == figuur.layout.yaxis2.range
    assert list(figuur.data[3].y) == list(figuur.data[7].y) == pytest.approx([100, 110, 90, 100, 100, 300])
    assert "nog geen regelkaart" in make_veelvouden(KAART.clear(), [], LICHT).layout.annotations[0].text


def test_a_part_that_is_not_shown_says_so_beside_the_others() -> None:
    df = pl.DataFrame(
        {
            "deel": ["H", "J", "leeg"],
            "per_1000": [30.0, None, None],
            "laagste": [10.0, 1.0, None],
            "midden": [20.0, 2.0, None],
            "hoogste": [25.0, 3.0, None],
        }
    )
    figuur = make_spreiding(df, LICHT, "W", "anderen")
    assert list(figuur.layout.yaxis.ticktext) == ["H", "J"]
    assert [t.strip() for t in figuur.data[3].text] == ["30,0", "niet getoond"]
    assert figuur.layout.xaxis.range[0] == 0
