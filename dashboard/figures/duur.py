"""How long care lasts: the survival curve."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure, value_axis
from dashboard.numbers import duration, percent
from dashboard.style import Palet

DAGEN_PER_JAAR = 365.25


def make_overleving(
    df: pl.DataFrame, palet: Palet, mediaan: int | None, gemiddelde: float | None, hoogte: int = 270
) -> go.Figure:
    """Share that still has care by years since the start; the median and the mean of what ended are marked.

    df: dag, overleving; mediaan and gemiddelde in days.
    """
    if df.height == 0:
        return empty_figure(palet, "Te weinig gevolgd om een curve te tonen.", hoogte)
    x = [d / DAGEN_PER_JAAR for d in df["dag"]]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": [v * 100 for v in df["overleving"]],
            "line": {"color": palet.realisatie, "width": 2.4, "shape": "hv"},
            "customdata": [f"na {d} dagen heeft {percent(v, 0)} nog zorg" for d, v in _curve(df)],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    ]
    lijnen: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    punten = [(d, v * 100) for d, v in _curve(df)]
    for dagen, naam, onder, boven, kleur in (
        (mediaan, "de helft", 0.0, 50.0, palet.accent),
        (gemiddelde, "gemiddelde van wie stopte", None, 84.0, palet.stil),
    ):
        if dagen is None:
            continue
        jaren = dagen / DAGEN_PER_JAAR
        # The mean stands on the curve and the median under it, so that their words do not cross.
        begin = onder if onder is not None else next((v for d, v in reversed(punten) if d <= dagen), 0.0)
        lijnen.append(
            {
                "type": "line",
                "x0": jaren,
                "x1": jaren,
                "y0": begin,
                "y1": boven,
                "line": {"color": kleur, "width": 1.6, "dash": "dot"},
            }
        )
        noten.append(
            {
                "text": f" {naam}: {duration(dagen)}",
                "x": jaren,
                "y": 7 if onder is not None else boven,
                "xanchor": "left",
                "yanchor": "middle",
                "showarrow": False,
                "font": {"size": 12, "color": kleur},
            }
        )
    layout = base_layout(
        palet,
        hoogte,
        shapes=lijnen,
        annotations=noten,
        xaxis={
            "rangemode": "tozero",
            "ticksuffix": " jr",
            "nticks": 8,
            "tickformat": ",~f",
            "showgrid": False,
            "tickfont": {"size": 12, "color": palet.stil},
            "linecolor": palet.begroting,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis=value_axis(palet, ticksuffix=" %", range=[0, 102]),
    )
    return Figuur(data=traces, layout=layout)


def _curve(df: pl.DataFrame) -> list[tuple[Any, ...]]:
    return df.select("dag", "overleving").rows()
