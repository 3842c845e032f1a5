"""Plan against what became of it: open bars with the realisation inside, and how far off each is."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, break_name, empty_figure
from dashboard.numbers import percent, signed
from dashboard.style import Palet

RIJ = 34


def name_axis(palet: Palet, namen: Sequence[str]) -> dict[str, Any]:
    """A vertical axis of names, the first on top."""
    return {
        "tickvals": list(range(len(namen))),
        "ticktext": [break_name(n, 24) for n in namen],
        "range": [len(namen) - 0.4, -0.6],
        "tickfont": {"size": 12, "color": palet.tekst},
        "ticklabelstandoff": 6,
        "fixedrange": True,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def make_plan(df: pl.DataFrame, palet: Palet, write: Callable[[float], str], rij: int = 58) -> go.Figure:
    """A row per thing: the plan as an open bar, the realisation solid in it, both in words beside it.

    df: naam, doel, nu (None: not known or not shown).
    """
    if df.height == 0:
        return empty_figure(palet, "Er is geen plan voor deze selectie.")
    plek = list(range(df.height))
    hoogste = float(df.select(pl.max_horizontal("doel", "nu").max()).item() or 1)
    tekst = [_words(d, n, write) for d, n in df.select("doel", "nu").iter_rows()]
    basis = {
        "type": "bar",
        "orientation": "h",
        "y": plek,
        "customdata": list(zip(df["naam"], tekst, strict=True)),
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
    }
    leeg = {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.4}}
    traces = [
        basis | {"x": df["doel"].to_list(), "width": 0.5, "marker": leeg},
        basis | {"x": df["nu"].to_list(), "width": 0.24, "marker": {"color": palet.realisatie}},
    ]
    noten = [
        {
            "text": t,
            "x": 0,
            "y": i - 0.34,
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 12, "color": palet.stil},
        }
        for i, t in enumerate(tekst)
    ]
    layout = base_layout(
        palet,
        rij * df.height + 24,
        barmode="overlay",
        annotations=noten,
        yaxis=name_axis(palet, df["naam"].to_list()) | {"range": [df.height - 0.6, -0.75]},
        xaxis={"visible": False, "fixedrange": True, "range": [0, hoogste * 1.05]},
    )
    return Figuur(data=traces, layout=layout)


def _words(doel: float | None, nu: float | None, write: Callable[[float], str]) -> str:
    if nu is None:
        return f"plan {write(doel)}" if doel is not None else "niet bekend"
    if doel is None:
        return f"{write(nu)}, geen plan"
    deel = f", {signed(percent((nu - doel) / doel, 0))}" if doel else ""
    return f"{write(nu)} van {write(doel)}{deel}"


def make_afwijking(df: pl.DataFrame, palet: Palet, hoogte_rij: int = RIJ) -> go.Figure:
    """Bars from the plan (zero) to the left or right, in percents of the plan, with words beside them.

    df: naam, afwijking (fraction; None: not shown or no plan), tekst.
    """
    if df.height == 0:
        return empty_figure(palet, "Van deze grootheid is geen plan.")
    plek = list(range(df.height))
    waarden = [0.0 if v is None else v * 100 for v in df["afwijking"]]
    ver = max(5.0, *(abs(w) for w in waarden))
    balken = {
        "type": "bar",
        "orientation": "h",
        "y": plek,
        "x": waarden,
        "width": 0.56,
        "marker": {"color": palet.realisatie},
        "customdata": list(zip(df["naam"], df["tekst"], strict=True)),
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
    }
    # Words of a bar to the left stand right of the line, where there is room, and the other way around.
    noten = [
        {
            "text": t,
            "x": max(0.0, w),
            "y": i,
            "xanchor": "left",
            "xshift": 6,
            "showarrow": False,
            "font": {"size": 12, "color": palet.tekst},
        }
        for i, (w, t) in enumerate(zip(waarden, df["tekst"], strict=True))
    ]
    lijn = {"color": palet.begroting, "width": 1.4}
    layout = base_layout(
        palet,
        hoogte_rij * df.height + 40,
        annotations=noten,
        shapes=[{"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "line": lijn}],
        yaxis=name_axis(palet, df["naam"].to_list()),
        xaxis={
            "visible": False,
            "fixedrange": True,
            "range": [min(0.0, *waarden) * 1.08 - ver * 0.02, max(0.0, *waarden) + ver * 1.1],
        },
    )
    return Figuur(data=[balken], layout=layout)
