"""Taakstelling and what the measures were to save, per year."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, bar_style, base_layout, empty_figure
from dashboard.figures.bullet import write_mln
from dashboard.numbers import euro_mln
from dashboard.style import Palet


def make_plan(plan: pl.DataFrame, palet: Palet) -> go.Figure:
    """Per year the taakstelling as an open bar, with what was expected of the measures hatched within it.

    plan: jaar, taak_cent (None: the budget names none), verwacht_cent; a saving is below zero and drawn up.
    """
    if plan.height == 0:
        return empty_figure(palet, "Er is geen taakstelling en geen maatregel ingegaan.")
    jaren = plan["jaar"].to_list()
    taak = [None if t is None else -t for t in plan["taak_cent"]]
    verwacht = [-v for v in plan["verwacht_cent"]]
    hoogste = max([*(t for t in taak if t is not None), *verwacht, 1])
    laagste = min([0, *(t for t in taak if t is not None), *verwacht])
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "x": jaren,
            "y": taak,
            "width": 0.82,
            "marker": {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.5}},
            "customdata": ["" if t is None else euro_mln(t) for t in taak],
            "hovertemplate": "taakstelling %{x}: %{customdata}<extra></extra>",
        },
        {
            "type": "bar",
            "x": jaren,
            "y": verwacht,
            "width": 0.52,
            "marker": bar_style(palet, [True] * len(jaren)),
            "customdata": [euro_mln(v) for v in verwacht],
            "hovertemplate": "verwacht van maatregelen %{x}: %{customdata}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "text",
            "x": jaren,
            "y": [max(t or 0, v) for t, v in zip(taak, verwacht, strict=True)],
            "text": [
                write_mln(v) if not t else f"{write_mln(v)}<br>van {write_mln(t)}"
                for t, v in zip(taak, verwacht, strict=True)
            ],
            "textposition": "top center",
            "textfont": {"size": 12, "color": palet.tekst},
            "cliponaxis": False,
            "hoverinfo": "skip",
        },
    ]
    layout = base_layout(
        palet,
        280,
        margin={"l": 8, "r": 8, "t": 8, "b": 24},
        barmode="overlay",
        xaxis={
            "tickvals": jaren,
            "tickformat": "d",
            "tickfont": {"size": 12, "color": palet.stil},
            "showgrid": False,
            "linecolor": palet.begroting,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={
            "visible": False,
            "fixedrange": True,
            "range": [laagste * 1.2, hoogste * 1.4],
        },
    )
    return Figuur(data=traces, layout=layout)
