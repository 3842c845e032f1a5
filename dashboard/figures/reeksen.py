"""Series by month: euros, volume, price, clients in and out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, bar_style, base_layout, empty_figure, month_axis, value_axis
from dashboard.numbers import month
from dashboard.style import Palet

LEEG = "Geen declaraties in deze selectie."


def _hover(
    maanden: Sequence[date], waarden: Sequence[float | None], write: Callable[[float], str]
) -> list[str]:
    return [
        f"{month(m)}: {'niet getoond' if w is None else write(w)}"
        for m, w in zip(maanden, waarden, strict=True)
    ]


def make_bars(
    df: pl.DataFrame,
    kolom: str,
    palet: Palet,
    write: Callable[[float], str],
    *,
    schaal: float = 1.0,
    gemiddelde: str | None = None,
    naam_gemiddelde: str = "",
    hoogte: int = 240,
) -> go.Figure:
    """Bars by month, provisional months hatched, with an optional thin line to compare with.

    df: levermaand, `kolom`, voorlopig (Boolean), and the column `gemiddelde` where asked. Values are divided
    by `schaal` for the axis; `write` words the undivided value on hover.
    """
    if df.height == 0 or df[kolom].is_null().all():
        return empty_figure(palet, LEEG, hoogte)
    maanden = df["levermaand"].to_list()
    waarden = df[kolom].to_list()
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "x": [m.isoformat() for m in maanden],
            "y": [None if w is None else w / schaal for w in waarden],
            "marker": bar_style(palet, df["voorlopig"].to_list()),
            "customdata": _hover(maanden, waarden, write),
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    ]
    layout = base_layout(palet, hoogte, xaxis=month_axis(palet, maanden), yaxis=value_axis(palet))
    if gemiddelde is not None and not df[gemiddelde].is_null().all():
        lijn = df[gemiddelde].to_list()
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [m.isoformat() for m in maanden],
                "y": [None if w is None else w / schaal for w in lijn],
                "line": {"color": palet.accent, "width": 2, "shape": "hvh"},
                "customdata": [f"{naam_gemiddelde}, {t}" for t in _hover(maanden, lijn, write)],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
        laatste = next(i for i in range(len(lijn) - 1, -1, -1) if lijn[i] is not None)
        layout["annotations"] = [
            {
                "text": naam_gemiddelde,
                "x": maanden[laatste].isoformat(),
                "y": lijn[laatste] / schaal,
                "xanchor": "right",
                "yanchor": "bottom",
                "showarrow": False,
                "bgcolor": palet.achtergrond,
                "font": {"size": 12, "color": palet.accent},
            }
        ]
    return Figuur(data=traces, layout=layout)


def make_price_line(
    df: pl.DataFrame, palet: Palet, write: Callable[[float], str], hoogte: int = 200
) -> go.Figure:
    """Price per unit by month: a line of complete months, dotted on through the provisional ones.

    df: levermaand, prijs_cent, voorlopig. The axis starts at zero, so that a rise looks as large as it is.
    """
    if df.height == 0 or df["prijs_cent"].is_null().all():
        return empty_figure(palet, LEEG, hoogte)
    maanden = df["levermaand"].to_list()
    waarden = df["prijs_cent"].to_list()
    voorlopig = df["voorlopig"].to_list()
    eerste = next((i for i, v in enumerate(voorlopig) if v), len(voorlopig))

    def line(van: int, tot: int, streep: str) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "lines",
            "x": [m.isoformat() for m in maanden[van:tot]],
            "y": [None if w is None else w / 100 for w in waarden[van:tot]],
            "line": {"color": palet.realisatie, "width": 2.2, "dash": streep},
            "customdata": _hover(maanden[van:tot], waarden[van:tot], write),
            "hovertemplate": "%{customdata}<extra></extra>",
        }

    traces = [line(0, eerste, "solid")]
    if eerste < len(maanden):
        traces.append(line(max(0, eerste - 1), len(maanden), "dot"))
    layout = base_layout(
        palet, hoogte, xaxis=month_axis(palet, maanden), yaxis=value_axis(palet, tickprefix="€ ")
    )
    return Figuur(data=traces, layout=layout)


def make_in_out(df: pl.DataFrame, palet: Palet, hoogte: int = 220) -> go.Figure:
    """Instroom above and uitstroom below the line, by month, named at the bars rather than in a legend.

    df: levermaand, instroom, uitstroom, voorlopig.
    """
    if df.height == 0 or (df["instroom"].is_null().all() and df["uitstroom"].is_null().all()):
        return empty_figure(palet, "Geen in- of uitstroom om te tonen.", hoogte)
    maanden = df["levermaand"].to_list()
    voorlopig = df["voorlopig"].to_list()
    traces: list[dict[str, Any]] = []
    for kolom, teken, kleur in (("instroom", 1, palet.realisatie), ("uitstroom", -1, palet.vorig)):
        waarden = df[kolom].to_list()
        traces.append(
            {
                "type": "bar",
                "x": [m.isoformat() for m in maanden],
                "y": [None if w is None else teken * w for w in waarden],
                "marker": bar_style(palet, voorlopig, kleur),
                "customdata": [f"{kolom} {t}" for t in _hover(maanden, waarden, lambda w: str(int(w)))],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    layout = base_layout(
        palet, hoogte, xaxis=month_axis(palet, maanden), yaxis=value_axis(palet), barmode="relative"
    )
    basis = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "showarrow": False}
    inkt = {"size": 12, "color": palet.stil}
    layout["annotations"] = [
        basis | {"y": 1, "yanchor": "top", "text": "instroom ▲", "font": inkt, "bgcolor": palet.achtergrond},
        basis
        | {"y": 0, "yanchor": "bottom", "text": "uitstroom ▼", "font": inkt, "bgcolor": palet.achtergrond},
    ]
    return Figuur(data=traces, layout=layout)
