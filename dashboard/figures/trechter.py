"""A funnel: observed against expected, the larger the group the narrower the limits; never a league table."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure, value_axis
from dashboard.numbers import count, decimals
from dashboard.style import Palet

LEEG = "Geen aanbieder is hier met genoeg anderen te vergelijken."
HOOGTE = 430


def make_trechter(df: pl.DataFrame, palet: Palet, waarvan: str, hoogte: int = HOOGTE) -> go.Figure:
    """A dot a comparison: across how many, upwards the ratio; its own limits as a thick and a thin line.

    df: naam, aantal, verhouding, grens_95_onder, grens_95_boven, grens_998_onder, grens_998_boven;
    rows without a ratio or limits are left out. waarvan: what `aantal` counts. Outside the limits of
    99,8 % the dot is a filled diamond with its name.
    """
    binnen, buiten = _split(df)
    df = pl.concat([binnen, buiten])
    if df.height == 0:
        return empty_figure(palet, LEEG, hoogte)
    top = max(2.0, min(4.0, float(max(df["verhouding"].max(), df["grens_95_boven"].max()))) * 1.06)  # type: ignore[type-var, arg-type]
    traces = [
        _limits(df, "grens_998_onder", "grens_998_boven", palet.lijn, 2, top),
        _limits(df, "grens_95_onder", "grens_95_boven", palet.vorig, 5, top),
        _dots(binnen, palet, palet.achtergrond, "circle", 9),
        _dots(buiten, palet, palet.accent, "diamond", 12),
    ]
    aantallen = df["aantal"].to_list()
    laag, hoog = max(1, min(aantallen)), max(aantallen)
    stappen = [t for t in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000) if laag <= t <= hoog]
    layout = base_layout(
        palet,
        hoogte,
        margin={"l": 8, "r": 12, "t": 16, "b": 8},
        xaxis={
            "type": "log",
            "tickvals": stappen,
            "ticktext": [count(t) for t in stappen],
            "title": {"text": waarvan, "font": {"size": 12, "color": palet.stil}},
            "tickfont": {"size": 12, "color": palet.stil},
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
            "linecolor": palet.begroting,
        },
        yaxis=value_axis(palet, range=[0, top], tickvals=[0, 0.5, 1, 1.5, 2, 3, 4])
        | {"ticktext": ["0", "half", "zoals<br>verwacht", "1,5 ×", "2 ×", "3 ×", "4 ×"]},
    )
    layout["shapes"] = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": 1,
            "y1": 1,
            "line": {"color": palet.realisatie, "width": 1},
            "layer": "below",
        }
    ]
    return Figuur(data=traces, layout=layout)


def _split(df: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that can be drawn, within the limits of 99,8 % and outside them, in the order of their dots."""
    df = df.drop_nulls(["verhouding", "grens_95_onder", "grens_998_boven"]).sort("aantal", "naam")
    buiten = (pl.col("verhouding") > pl.col("grens_998_boven")) | (
        pl.col("verhouding") < pl.col("grens_998_onder")
    )
    return df.filter(~buiten), df.filter(buiten)


def order_dots(df: pl.DataFrame) -> list[list[str]]:
    """Whose dot each point is, per trace of the funnel: the limits cannot be clicked."""
    return [[], [], *(deel["aanbieder_agb"].to_list() for deel in _split(df))]


def _limits(df: pl.DataFrame, onder: str, boven: str, kleur: str, dik: int, top: float) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for n, laag, hoog in df.select("aantal", onder, boven).iter_rows():
        x += [n, n, None]
        y += [laag, min(hoog, top), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": kleur, "width": dik},
        "hoverinfo": "skip",
    }


def _dots(df: pl.DataFrame, palet: Palet, vulling: str, vorm: str, groot: int) -> dict[str, Any]:
    tekst = [
        f"<b>{naam}</b><br>{decimals(v, 2)} keer wat verwacht mag worden"
        f"<br>95 % valt tussen {decimals(laag, 2)} en {decimals(hoog, 2)}<br>op {count(n)}"
        for naam, n, v, laag, hoog in df.select(
            "naam", "aantal", "verhouding", "grens_95_onder", "grens_95_boven"
        ).iter_rows()
    ]
    return {
        "type": "scatter",
        "mode": "markers+text" if vorm == "diamond" else "markers",
        "x": df["aantal"].to_list(),
        "y": df["verhouding"].to_list(),
        "text": df["naam"].to_list(),
        "textposition": "top center",
        "textfont": {"size": 12, "color": palet.accent},
        "cliponaxis": False,
        "marker": {
            "symbol": vorm,
            "size": groot,
            "color": vulling,
            "line": {"color": palet.accent if vorm == "diamond" else palet.realisatie, "width": 2},
        },
        "customdata": tekst,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
