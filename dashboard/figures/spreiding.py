"""One against others alike: per row the range of the others, their middle, and the one itself."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, beside, break_name, empty_figure
from dashboard.numbers import decimals
from dashboard.style import Palet

RIJ = 34


def make_spreiding(df: pl.DataFrame, palet: Palet, zelf: str, anderen: str) -> go.Figure:
    """A row a part: a bar from lowest to highest of the others, a tick at their middle, and a dot.

    df: deel, per_1000 (None: not shown), laagste, midden, hoogste (None: too few others), niet_getoond.
    """
    df = df.filter(pl.col("per_1000").is_not_null() | pl.col("hoogste").is_not_null())
    if df.height == 0:
        return empty_figure(palet, "Geen gebruik om te tonen.")
    plek = list(range(df.height))
    tekst = [_hover(r, zelf, anderen) for r in df.iter_rows(named=True)]
    grenzen_x: list[float | None] = []
    grenzen_y: list[float | None] = []
    for y, laag, hoog in zip(plek, df["laagste"], df["hoogste"], strict=True):
        grenzen_x += [laag, hoog, None]
        grenzen_y += [y, y, None]
    basis: dict[str, Any] = {
        "type": "scatter",
        "customdata": tekst,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": grenzen_x,
            "y": grenzen_y,
            "line": {"color": palet.lijn, "width": 12},
            "hoverinfo": "skip",
        },
        basis
        | {
            "mode": "markers",
            "x": df["midden"].to_list(),
            "y": plek,
            "marker": {"symbol": "line-ns", "size": 14, "line": {"color": palet.begroting, "width": 2}},
        },
        basis
        | {
            "mode": "markers",
            "x": df["per_1000"].to_list(),
            "y": plek,
            "marker": {"color": palet.accent, "size": 11, "line": {"color": palet.achtergrond, "width": 1}},
        },
        beside(
            df.select(pl.max_horizontal("hoogste", "per_1000")).to_series().to_list(),
            plek,
            ["  niet getoond" if v is None else f"   {decimals(v, 1)}" for v in df["per_1000"]],
            palet.tekst,
        ),
    ]
    hoogste = float(df.select(pl.max_horizontal("hoogste", "per_1000").max()).item() or 1)
    layout = base_layout(
        palet,
        RIJ * df.height + 56,
        margin={"l": 8, "r": 12, "t": 8, "b": 28},
        yaxis={
            "tickvals": plek,
            "ticktext": [break_name(d) for d in df["deel"]],
            "range": [df.height - 0.4, -0.6],
            "tickfont": {"size": 12, "color": palet.tekst},
            "ticklabelstandoff": 6,
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
        xaxis={
            "range": [0, hoogste * 1.22],
            "tickfont": {"size": 12, "color": palet.stil},
            "gridcolor": palet.lijn,
            "nticks": 5,
            "fixedrange": True,
            "zerolinecolor": palet.begroting,
        },
    )
    return Figuur(data=traces, layout=layout)


def _hover(r: dict[str, Any], zelf: str, anderen: str) -> str:
    eigen = "niet getoond" if r["per_1000"] is None else f"{decimals(r['per_1000'], 1)} per 1.000"
    regels = [f"<b>{r['deel']}</b>", f"{zelf}: {eigen}"]
    if r["midden"] is not None:
        laag, midden, hoog = (decimals(r[k], 1) for k in ("laagste", "midden", "hoogste"))
        regels.append(f"{anderen}: {laag} tot {hoog}, midden {midden}")
    return "<br>".join(regels)
