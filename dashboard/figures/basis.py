"""What every figure shares: font, margins, quiet axes, Dutch separators, the hatch of provisional months."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.numbers import MAANDEN
from dashboard.style import LETTER, Palet

# No tool bar (it is English; table and download do its work), and nothing fetched from elsewhere.
CONFIG: dict[str, Any] = {"displayModeBar": False, "topojsonURL": "/app/static/topo/", "responsive": True}


_SJABLOON = pio.templates[pio.templates.default].to_plotly_json()


class Figuur(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure that goes to the browser as it was written.

    Plotly takes milliseconds to go over every value and copy it twice. Here it does so once somebody asks for
    a part of the figure, as tests do; what only has to be shown is handed over as it is.
    """

    def __init__(self, data: Sequence[dict[str, Any]] = (), layout: dict[str, Any] | None = None) -> None:
        """Keep `data` and `layout` in the words of plotly.js; what is wrong in them shows when it is read."""
        self.__dict__["_geschreven"] = {"data": [*data], "layout": {"template": _SJABLOON} | (layout or {})}

    def __getattr__(self, naam: str) -> Any:
        """Build what plotly keeps of a figure, the first time that it is missed."""
        geschreven = self.__dict__.pop("_geschreven", None)
        if geschreven is None:
            raise AttributeError(naam)
        super().__init__(**geschreven)
        return getattr(self, naam)

    def to_dict(self) -> dict[str, Any]:
        """Data and layout as plotly.js reads them."""
        geschreven = self.__dict__.get("_geschreven")
        if geschreven is None:
            return dict(super().to_dict())
        return {"data": [dict(spoor) for spoor in geschreven["data"]], "layout": dict(geschreven["layout"])}

    def allow_clicks(self) -> None:
        """Let a click on a point select it."""
        geschreven = self.__dict__.get("_geschreven")
        if geschreven is None:
            self.update_layout(clickmode="event+select")
        else:
            geschreven["layout"]["clickmode"] = "event+select"


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
    return Figuur(layout=base_layout(palet, hoogte, annotations=[noot], xaxis=as_, yaxis=as_))
