"""A time line: a row per measure or decision, what is ahead drawn hollow, today as a line."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure
from dashboard.numbers import day, euro, signed
from dashboard.style import Palet

REGEL, RIJ = 15, 20
"""Height of a line of a name, and of the marker under it."""
BREED = 26
"""Letters on a line: half a phone wide, so that a name fits on either side of its marker."""


def _fold(naam: str, breed: int = BREED) -> str:
    """A name over as many lines as it needs, so that it stands above its own bar and is never cut off."""
    regels, nu = [], ""
    for woord in naam.split():
        if nu and len(nu) + 1 + len(woord) > breed:
            regels.append(nu)
            nu = woord
        else:
            nu = f"{nu} {woord}".strip()
    return "<br>".join([*regels, nu])


def make_tijdlijn(df: pl.DataFrame, vandaag: date, palet: Palet) -> go.Figure:
    """Rows in order of time: a measure runs on from its first day, a decision is a moment.

    df: datum, naam, soort ('maatregel' or 'besluit'), ingegaan, effect_per_jaar_cent (None: not stated).
    """
    if df.height == 0:
        return empty_figure(palet, "Er zijn geen maatregelen en geen besluiten vastgelegd.")
    eerste, laatste = min(df["datum"]), max(*df["datum"], vandaag)
    eind = date(laatste.year + 1, 1, 1)
    traces: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    lijnen: list[dict[str, Any]] = [
        {
            "type": "line",
            "x0": vandaag.isoformat(),
            "x1": vandaag.isoformat(),
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": palet.accent, "width": 1.5, "dash": "dash"},
        }
    ]
    noten.append(
        {
            "text": "nu",
            "x": vandaag.isoformat(),
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 12, "color": palet.accent},
        }
    )
    n = 0
    for r in df.iter_rows(named=True):
        label = _label(r)
        n += RIJ + REGEL * (1 + label.count("<br>"))
        besluit = r["soort"] == "besluit"
        kleur = palet.begroting if besluit else palet.realisatie
        tekst = _tell(r)
        # over the middle a name runs to the left, so that it stays within the chart
        rechts = (r["datum"] - eerste).days > 0.5 * (eind - eerste).days
        if not besluit:
            tot = vandaag if r["ingegaan"] else eind
            lijnen.append(
                {
                    "type": "line",
                    "x0": r["datum"].isoformat(),
                    "x1": tot.isoformat(),
                    "y0": n,
                    "y1": n,
                    "line": {"color": kleur, "width": 5, "dash": "solid" if r["ingegaan"] else "dot"},
                }
            )
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [r["datum"].isoformat()],
                "y": [n],
                "marker": {
                    "symbol": "diamond" if besluit else "circle",
                    "size": 12,
                    "color": kleur if r["ingegaan"] else palet.achtergrond,
                    "line": {"color": kleur, "width": 2},
                },
                "customdata": [tekst],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
        noten.append(
            {
                "text": label,
                "x": r["datum"].isoformat(),
                "y": n,
                "xanchor": "right" if rechts else "left",
                "yanchor": "bottom",
                "align": "right" if rechts else "left",
                "yshift": 7,
                "showarrow": False,
                "font": {"size": 12, "color": palet.stil if besluit else palet.tekst},
                "bgcolor": palet.achtergrond,  # no line runs through the words
                "borderpad": 1,
            }
        )
    layout = base_layout(
        palet,
        n + RIJ + 60,
        shapes=lijnen,
        annotations=noten,
        margin={"l": 8, "r": 12, "t": 24, "b": 24},
        xaxis={
            "type": "date",
            "range": [date(eerste.year - 1, 10, 1).isoformat(), eind.isoformat()],
            "tickvals": [date(j, 1, 1).isoformat() for j in range(eerste.year, eind.year + 1)],
            "ticktext": [str(j) for j in range(eerste.year, eind.year + 1)],
            "tickfont": {"size": 12, "color": palet.stil},
            "gridcolor": palet.lijn,
            "automargin": True,
            "fixedrange": True,
        },
        yaxis={
            "range": [n + RIJ, 0],
            "visible": False,
            "fixedrange": True,
        },
    )
    return Figuur(data=traces, layout=layout)


def _label(r: dict[str, Any]) -> str:
    if r["effect_per_jaar_cent"] is None:
        return _fold(r["naam"])
    return f"{_fold(r['naam'])}<br><b>{signed(euro(r['effect_per_jaar_cent']))}</b> per jaar"


def _tell(r: dict[str, Any]) -> str:
    kop = f"<b>{_fold(r['naam'])}</b><br>{r['soort']}, {day(r['datum'])}"
    if r["effect_per_jaar_cent"] is None:
        return kop
    return f"{kop}<br>verwacht {signed(euro(r['effect_per_jaar_cent']))} per vol jaar"
