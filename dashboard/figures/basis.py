"""What every figure shares: font, margins, quiet axes, Dutch separators, the hatch of provisional months."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.numbers import MAANDEN
from dashboard.style import LETTER, Palet

# No tool bar (it is English; table and download do its work), and nothing fetched from elsewhere.
CONFIG: dict[str, Any] = {"displayModeBar": False, "topojsonURL": "/app/static/topo/", "responsive": True}


def base_layout(palet: Palet, hoogte: int, **extra: Any) -> dict[str, Any]:
    """Return the layout that all figures start from."""
    lay: dict[str, Any] = {
        "height": hoogte,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": LETTER, "size": 13, "color": palet.tekst},
        "separators": ",.",
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": palet.achtergrond,
            "bordercolor": palet.begroting,
            "font": {"family": LETTER, "size": 13, "color": palet.tekst},
        },
        "bargap": 0.25,
        "dragmode": False,
    }
    return lay | extra


def value_axis(palet: Palet, **extra: Any) -> dict[str, Any]:
    """A vertical axis from zero with faint lines."""
    as_: dict[str, Any] = {
        "rangemode": "tozero",
        "gridcolor": palet.lijn,
        "zeroline": True,
        "zerolinecolor": palet.begroting,
        "tickfont": {"size": 12, "color": palet.stil},
        "fixedrange": True,
        "automargin": True,
        "nticks": 5,
        "tickformat": ",~f",
    }
    return as_ | extra


def month_axis(palet: Palet, maanden: Sequence[date], **extra: Any) -> dict[str, Any]:
    """A horizontal axis of months with Dutch labels: at most about nine, a year named where it begins."""
    stap = 1 if len(maanden) <= 9 else 3 if len(maanden) <= 26 else 6 if len(maanden) <= 48 else 12
    punten = [m for m in maanden if (m.month - 1) % stap == 0] or list(maanden[:1])
    labels = [
        f"{MAANDEN[m.month - 1]}<br>{m.year}" if i == 0 or m.month == 1 else MAANDEN[m.month - 1]
        for i, m in enumerate(punten)
    ]
    as_: dict[str, Any] = {
        "tickvals": [p.isoformat() for p in punten],
        "ticktext": labels,
        "type": "date",
        "showgrid": False,
        "tickfont": {"size": 12, "color": palet.stil},
        "linecolor": palet.begroting,
        "fixedrange": True,
        "automargin": True,
    }
    return as_ | extra


def break_name(naam: str, breed: int = 20) -> str:
    """A long name over two lines, broken after a word near its middle, so that a phone keeps room to draw."""
    if len(naam) <= breed or " " not in naam:
        return naam
    plekken = [i for i, teken in enumerate(naam) if teken == " "]
    plek = min(plekken, key=lambda i: abs(i - len(naam) / 2))
    return f"{naam[:plek]}<br>{naam[plek + 1 :]}"


def bar_style(palet: Palet, voorlopig: Sequence[bool], kleur: str | None = None) -> dict[str, Any]:
    """Solid bars, hatched where provisional (the hatch takes the colour of the bar)."""
    vol = kleur or palet.realisatie
    return {
        "color": vol,
        "line": {"color": vol, "width": 1},
        "pattern": {
            "shape": ["/" if v else "" for v in voorlopig],
            "bgcolor": palet.achtergrond,
            "size": 6,
            "solidity": 0.35,
        },
    }


def beside(
    x: Sequence[Any], y: Sequence[Any], tekst: Sequence[str], kleur: str | list[str]
) -> dict[str, Any]:
    """Labels right of what is drawn in a row; x: where the drawing ends."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(x),
        "y": list(y),
        "text": list(tekst),
        "textposition": "middle right",
        "textfont": {"size": 12, "color": kleur},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def empty_figure(palet: Palet, tekst: str, hoogte: int = 160) -> go.Figure:
    """A figure that only says why there is nothing to draw."""
    noot = {"text": tekst, "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    as_ = {"visible": False, "fixedrange": True}
    return go.Figure(layout=base_layout(palet, hoogte, annotations=[noot], xaxis=as_, yaxis=as_))
