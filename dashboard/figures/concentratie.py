"""Figures of concentration: the Lorenz curve and the shares of the top over the years."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure, value_axis
from dashboard.numbers import percent
from dashboard.style import Palet


def make_lorenz(df: pl.DataFrame, palet: Palet, wie: str, hoogte: int = 330) -> go.Figure:
    """The cheapest so many percent (across) have such a share of the costs (up), beside the line of equality.

    df: percentiel (0 to 100) and cumulatief_aandeel, only points that may be shown.
    """
    if df.height < 3:
        return empty_figure(palet, "Te weinig mensen om een verdeling te tonen.", hoogte)
    x = df["percentiel"].to_list()
    y = [a * 100 for a in df["cumulatief_aandeel"]]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [0, 100],
            "y": [0, 100],
            "line": {"color": palet.vorig, "width": 1.6, "dash": "dot"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": palet.realisatie, "width": 2.6},
            "customdata": [
                f"de goedkoopste {p} % van de {wie} heeft {percent(a / 100)} van de kosten"
                for p, a in zip(x, y, strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    ]
    noten: list[dict[str, Any]] = [
        {
            "text": "gelijk verdeeld",
            "x": 38,
            "y": 38,
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 12, "color": palet.stil},
        }
    ]
    punten = dict(zip(x, y, strict=True))
    for plek, tekst in ((50, "goedkoopste helft: {}"), (90, "duurste 10 %: {}")):
        if plek not in punten:
            continue
        deel = punten[plek] if plek == 50 else 100 - punten[plek]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [plek],
                "y": [punten[plek]],
                "marker": {"size": 9, "color": palet.accent},
                "hoverinfo": "skip",
            }
        )
        noten.append(
            {
                "text": tekst.format(percent(deel / 100, 0)),
                "x": plek - 2,
                "y": punten[plek] + 5,
                "xanchor": "right",
                "yanchor": "bottom",
                "showarrow": False,
                "bgcolor": palet.achtergrond,
                "font": {"size": 12, "color": palet.accent},
            }
        )
    layout = base_layout(
        palet,
        hoogte,
        annotations=noten,
        xaxis={
            "range": [0, 101],
            "ticksuffix": " %",
            "nticks": 6,
            "showgrid": False,
            "tickfont": {"size": 12, "color": palet.stil},
            "linecolor": palet.begroting,
            "fixedrange": True,
            "title": {"text": f"{wie}, van goedkoop naar duur", "font": {"size": 12, "color": palet.stil}},
            "automargin": True,
        },
        yaxis=value_axis(palet, ticksuffix=" %", range=[0, 102]),
    )
    return Figuur(data=traces, layout=layout)


def make_toppen(df: pl.DataFrame, palet: Palet, toppen: Mapping[str, str], hoogte: int = 330) -> go.Figure:
    """A line per top group over the years, dotted on to a year that is not complete; named at its end.

    df: jaar, jaar_volledig and a share (0 to 1, None: not shown) per column of `toppen`.
    """
    if df.height == 0 or all(df[k].is_null().all() for k in toppen):
        return empty_figure(palet, "Te weinig mensen om te tonen.", hoogte)
    jaren = df["jaar"].to_list()
    vol = df["jaar_volledig"].to_list()
    klaar = sum(1 for v in vol if v)
    traces: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    for kolom, naam in toppen.items():
        waarden = [None if v is None else v * 100 for v in df[kolom]]
        hover = [
            f"{j}: duurste {naam} heeft {percent(v)}{'' if c else ' (jaar loopt nog)'}"
            for j, v, c in zip(jaren, df[kolom], vol, strict=True)
        ]
        for van, tot, streep in ((0, klaar, "solid"), (max(0, klaar - 1), len(jaren), "dot")):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers" if streep == "solid" else "lines",
                    "x": jaren[van:tot],
                    "y": waarden[van:tot],
                    "line": {"color": palet.realisatie, "width": 2.2, "dash": streep},
                    "marker": {"size": 6},
                    "customdata": hover[van:tot],
                    "hovertemplate": "%{customdata}<extra></extra>",
                }
            )
        laatste = next((i for i in range(len(waarden) - 1, -1, -1) if waarden[i] is not None), None)
        if laatste is not None:
            noten.append(
                {
                    "text": f" top {naam}: {percent(df[kolom][laatste], 0)}",
                    "x": jaren[laatste],
                    "y": waarden[laatste],
                    "xanchor": "left",
                    "showarrow": False,
                    "font": {"size": 12, "color": palet.tekst},
                }
            )
    layout = base_layout(
        palet,
        hoogte,
        annotations=noten,
        margin={"l": 8, "r": 104, "t": 8, "b": 8},
        xaxis={
            "tickvals": jaren,
            "ticktext": [str(j) if (len(jaren) - 1 - i) % 3 == 0 else "" for i, j in enumerate(jaren)],
            "tickangle": 0,
            "showgrid": False,
            "tickfont": {"size": 12, "color": palet.stil},
            "linecolor": palet.begroting,
            "fixedrange": True,
        },
        yaxis=value_axis(palet, ticksuffix=" %"),
    )
    return Figuur(data=traces, layout=layout)
