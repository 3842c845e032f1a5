"""A few upright bars, each with its value above it: years, choices."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.basis import Figuur, bar_style, base_layout, empty_figure
from dashboard.style import Palet


def make_staven(
    namen: Sequence[str],
    waarden: Sequence[float | None],
    voorlopig: Sequence[bool],
    palet: Palet,
    write: Callable[[float], str],
    hoogte: int = 200,
    hover: Sequence[str] | None = None,
) -> go.Figure:
    """Bars from zero, hatched where provisional; None has no bar and says that it is not shown."""
    if not namen or all(w is None for w in waarden):
        return empty_figure(palet, "Niets om te tonen.", hoogte)
    labels = ["niet<br>getoond" if w is None else write(w) for w in waarden]
    balken: dict[str, Any] = {
        "type": "bar",
        "x": list(range(len(namen))),
        "y": [w or 0 for w in waarden],
        "marker": bar_style(palet, voorlopig),
        "text": labels,
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": palet.tekst},
        "customdata": hover or [f"{n}: {t.replace('<br>', ' ')}" for n, t in zip(namen, labels, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
        "width": 0.62,
    }
    hoogste = max((w for w in waarden if w is not None), default=0) or 1
    layout = base_layout(
        palet,
        hoogte,
        xaxis={
            "tickvals": list(range(len(namen))),
            "ticktext": list(namen),
            "tickangle": 0,
            "tickfont": {"size": 12, "color": palet.tekst},
            "linecolor": palet.begroting,
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={"visible": False, "fixedrange": True, "range": [0, hoogste * 1.25]},
    )
    return Figuur(data=[balken], layout=layout)
