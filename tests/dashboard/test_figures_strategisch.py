"""What the figures of the strategic pages draw: scales from zero, hatches, outlines and labels."""

from datetime import date

import polars as pl
import pytest

from dashboard.figures.bullet import describe_gap, make_bullet, write_mln
from dashboard.figures.hek import make_hek, make_saldo
from dashboard.figures.plan import make_plan
from dashboard.figures.tijdlijn import make_tijdlijn
from dashboard.figures.vooruit import make_vooruit
from dashboard.style import LICHT

MLN = 100_000_000


def _bullets(*rijen: tuple[str, int | None, int | None, int | None, int | None, int | None]) -> pl.DataFrame:
    namen = ("deel", "gerealiseerd_cent", "p10_cent", "p50_cent", "p90_cent", "begroting_cent")
    schema = {n: pl.String if n == "deel" else pl.Int64 for n in namen}
    df = pl.DataFrame(rijen, schema=schema, orient="row")
    return df.with_columns(
        pl.lit("waarschijnlijk").alias("kans"), pl.col("p50_cent").is_null().alias("niet_getoond")
    )


@pytest.mark.parametrize(
    ("p50", "begroting", "tekst"),
    [
        (10 * MLN, 8 * MLN, "10,0 (+ 2,0 ▲)"),
        (8 * MLN, 10 * MLN, "8,0 (− 2,0 ▼)"),
        (8 * MLN, 8 * MLN, "8,0 (gelijk)"),
        (8 * MLN, None, "8,0"),
        (None, 8 * MLN, "niet getoond"),
        (MLN // 10, MLN // 5, "0,10 (− 0,10 ▼)"),
    ],
)
def test_the_label_says_forecast_and_distance(p50: int | None, begroting: int | None, tekst: str) -> None:
    assert describe_gap(p50, begroting) == tekst
    assert write_mln(0) == "0"


def test_the_whole_and_its_parts_have_a_scale_each_and_both_begin_at_zero() -> None:
    geheel = _bullets(("Alles", 6 * MLN, 9 * MLN, 10 * MLN, 11 * MLN, 8 * MLN))
    delen = _bullets(
        ("A", 4 * MLN, 5 * MLN, 6 * MLN, 7 * MLN, 5 * MLN),
        ("B", 2 * MLN, 3 * MLN, 4 * MLN, 5 * MLN, 6 * MLN),
        ("C", None, None, None, None, None),
    )
    fig = make_bullet(geheel, delen, LICHT)
    assert fig.layout.xaxis.range[0] == fig.layout.xaxis2.range[0] == 0
    heel, deel = fig.layout.xaxis.range[1], fig.layout.xaxis2.range[1]
    assert heel > 11 * MLN and deel > 7 * MLN and heel / deel == pytest.approx(11 / 7)
    begroting, band, bekend = (t for t in fig.data if t.type == "bar" and t.xaxis == "x2")
    assert list(begroting.x) == [5 * MLN, 6 * MLN, None] and begroting.marker.color == "rgba(0,0,0,0)"
    assert list(band.base) == [5 * MLN, 3 * MLN, None] and list(band.x) == [2 * MLN, 2 * MLN, None]
    assert band.marker.pattern.shape == "/" and list(bekend.x) == [4 * MLN, 2 * MLN, None]
    labels = next(t for t in fig.data if t.type == "scatter" and t.mode == "text" and t.xaxis == "x2")
    assert [t.strip() for t in labels.text] == ["6,0 (+ 1,0 ▲)", "4,0 (− 2,0 ▼)", "niet getoond"]
    assert list(labels.textfont.color) == [LICHT.nadeel, LICHT.voordeel, LICHT.tekst]
    assert "waarschijnlijk" in begroting.customdata[0]


def test_a_running_year_is_hatched_up_to_its_forecast_and_names_both() -> None:
    hek = pl.DataFrame(
        {
            "jaar": [2024, 2025, 2026],
            "begroting_cent": [None, 9 * MLN, 10 * MLN],
            "realisatie_cent": [8 * MLN, 9 * MLN, 6 * MLN],
            "volledig": [True, True, False],
            "rijksbijdrage_cent": [20 * MLN, None, None],
        }
    )
    fig = make_hek(hek, 12 * MLN, LICHT)
    begroting, prognose, uitgaven = (t for t in fig.data if t.type == "bar")
    assert list(begroting.y) == [None, 9, 10] and list(uitgaven.y) == [8, 9, 6]
    assert list(prognose.y) == [12] and list(prognose.marker.pattern.shape) == ["/"]
    assert uitgaven.customdata[2].endswith("tot nu toe")
    teksten = [a.text for a in fig.layout.annotations]
    assert teksten == ["◆ rijksbijdrage, hele Hek", "8,0", "9,0", "12,0"]
    assert fig.layout.yaxis.rangemode == "tozero"


def test_an_estimate_of_the_balance_is_hatched_and_the_reserve_is_two_moments() -> None:
    hek = pl.DataFrame(
        {"jaar": [2023, 2024], "saldo_hek_cent": [5 * MLN, -MLN], "saldo_soort": ["jaarrekening", "raming"]}
    )
    fig = make_saldo(hek, [(date(2023, 1, 1), 9 * MLN), (date(2024, 12, 31), -2 * MLN)], LICHT)
    assert list(fig.data[0].marker.pattern.shape) == ["", "/"]
    assert list(fig.data[0].text) == ["+ 5,0", "− 1,0"]
    assert list(fig.data[1].y) == [9, -2] and fig.data[1].line.dash == "dash"
    assert [round(x, 1) for x in fig.data[1].x] == [2022.5, 2024.5], "at the turns of the year"
    assert fig.layout.yaxis.range[0] < -2 and fig.layout.yaxis.range[1] > 9


def test_a_taakstelling_is_open_and_what_was_expected_hatched() -> None:
    plan = pl.DataFrame(
        {"jaar": [2025, 2026], "taak_cent": [-5 * MLN, None], "verwacht_cent": [-2 * MLN, -3 * MLN]}
    )
    taak, verwacht, tekst = make_plan(plan, LICHT).data
    assert list(taak.y) == [5 * MLN, None] and taak.marker.color == "rgba(0,0,0,0)"
    assert list(verwacht.y) == [2 * MLN, 3 * MLN] and set(verwacht.marker.pattern.shape) == {"/"}
    assert list(tekst.text) == ["2,0<br>van 5,0", "3,0"]


def test_every_line_ahead_bears_its_name() -> None:
    hek = pl.DataFrame({"jaar": [2025], "realisatie_cent": [9 * MLN], "volledig": [True]})
    lijnen = pl.DataFrame(
        {
            "jaar": [2027, 2028] * 3,
            "lijn": ["", "", "Op", "Op", "Neer", "Neer"],
            "cent": [10 * MLN, 11 * MLN, 10 * MLN, 11 * MLN, 9 * MLN, 8 * MLN],
        }
    )
    lopend = {"jaar": 2026, "p10_cent": 9 * MLN, "p50_cent": 10 * MLN, "p90_cent": 12 * MLN}
    fig = make_vooruit(hek, lopend, lijnen, LICHT)
    noten = {a.text: a for a in fig.layout.annotations}
    assert set(noten) == {"prognose", "ongewijzigd 11,0", "Op 11,0", "Neer 8,0"}
    assert noten["ongewijzigd 11,0"].y != noten["Op 11,0"].y, "two that end alike do not lie over each other"
    assert noten["Neer 8,0"].yanchor == "top"
    assert list(fig.data[1].error_y.array) == [2] and list(fig.data[1].error_y.arrayminus) == [1]


def test_what_is_ahead_is_hollow_and_no_name_is_cut_off() -> None:
    df = pl.DataFrame(
        {
            "datum": [date(2020, 1, 1), date(2024, 1, 1), date(2027, 1, 1)],
            "naam": ["Een besluit over contracten en tarieven", "Maatregel", "Straks"],
            "soort": ["besluit", "maatregel", "maatregel"],
            "ingegaan": [True, True, False],
            "effect_per_jaar_cent": [None, -45_000_000, 10_000_000],
        }
    )
    fig = make_tijdlijn(df, date(2026, 10, 31), LICHT)
    assert [t.marker.symbol for t in fig.data] == ["diamond", "circle", "circle"]
    assert [t.marker.color == LICHT.achtergrond for t in fig.data] == [False, False, True]
    teksten = [a.text for a in fig.layout.annotations]
    assert teksten[0] == "nu" and teksten[1] == "Een besluit over<br>contracten en tarieven"
    assert teksten[2].endswith("<b>− € 450.000</b> per jaar") and "+ € 100.000" in teksten[3]
    lopend, komt = fig.layout.shapes[1], fig.layout.shapes[2]
    assert (lopend.x1, lopend.line.dash) == ("2026-10-31", "solid") and komt.line.dash == "dot"
    ys = [t.y[0] for t in fig.data]
    assert ys == sorted(ys) and len(set(ys)) == 3
