"""Horizontal bars, the longest on top: which of a few things is largest."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, break_name, empty_figure
from dashboard.style import Palet

RIJ = 32


def make_rangorde(
    df: pl.DataFrame,
    naam: str,
    waarde: str,
    palet: Palet,
    write: Callable[[float], str],
    lijn: tuple[str, float] | None = None,
    *,
    smal: bool = False,
) -> go.Figure:
    """One bar a row in the order of the frame, with its value beside it.

    df: columns `naam` (text) and `waarde` (number; None is not shown and has no bar). lijn: name and value
    of a line to compare with. smal: for a phone, with long names over two lines and more room for the values.
    """
    if df.height == 0:
        return empty_figure(palet, "Niets om te tonen.")
    waarden = df[waarde].cast(pl.Float64).to_list()
    labels = ["niet getoond" if w is None else write(w) for w in waarden]
    hoogste = max((abs(w) for w in waarden if w is not None), default=0.0)
    # A line to compare with would run through the words beside the bars: then they stand in them.
    binnen = [lijn is not None and w is not None and w > 0.3 * hoogste for w in waarden]
    balken: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(df.height)),
        "x": [w or 0 for w in waarden],
        "marker": {"color": palet.realisatie},
        "text": labels,
        "textposition": ["inside" if b else "outside" for b in binnen],
        "insidetextanchor": "start",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": [palet.achtergrond if b else palet.tekst for b in binnen]},
        "customdata": list(zip(df[naam], labels, strict=True)),
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
        "width": 0.62,
    }
    gevuld = [w for w in waarden if w is not None]
    laagste, meest = min(0.0, *gevuld, 0.0), max(0.0, *gevuld, 0.0)
    # a label stands outside its bar, on the left of one below zero
    ruimte = (0.9 if smal else 0.3) * ((meest - laagste) or 1)
    links = laagste - ruimte if laagste < 0 else 0.0
    rechts = max(meest + ruimte, (hoogste or 1) * 1.45) if laagste == 0 else meest + ruimte
    layout = base_layout(
        palet,
        RIJ * df.height + 24,
        yaxis={
            "tickvals": list(range(df.height)),
            "ticktext": [break_name(n) if smal else n for n in df[naam]],
            "autorange": "reversed",
            "tickfont": {"size": 12, "color": palet.tekst},
            "ticklabelstandoff": 6,
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
        xaxis={
            "visible": False,
            "fixedrange": True,
            "range": [links, rechts if lijn is None else (hoogste or 1) * 1.08],
        },
    )
    if lijn is not None:
        layout |= _line(*lijn, palet)
        layout["margin"] = {"l": 8, "r": 12, "t": 26, "b": 8}
    return Figuur(data=[balken], layout=layout)


def _line(naam: str, waarde: float, palet: Palet) -> dict[str, Any]:
    streep = {"color": palet.accent, "width": 1.6, "dash": "dot"}
    tekst = {
        "text": naam,
        "x": waarde,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": palet.accent},
    }
    vorm = {"type": "line", "x0": waarde, "x1": waarde, "yref": "paper", "y0": 0, "y1": 1, "line": streep}
    return {"annotations": [tekst], "shapes": [vorm]}
