"""Where the year ends against its budget: the whole on top on its own scale, the parts below on one scale."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, beside, break_name, empty_figure
from dashboard.figures.prognose import tell_prognose
from dashboard.numbers import decimals, euro_mln, signed
from dashboard.style import Palet


@dataclass(frozen=True)
class Maat:
    """Measures of a figure: height of a part (the whole gets more), letters of a name before it is broken,
    and how far the axis runs on past the longest bar for the label beside it.
    """

    rij: int
    naam: int
    ruimte: float


BREED, SMAL = Maat(19, 40, 1.3), Maat(29, 18, 1.85)
"""For a card of half a screen, with each name on one line, and for a phone."""


def write_mln(cent: float) -> str:
    """An amount in millions without its unit: one decimal, two where one would say next to nothing."""
    if cent == 0:
        return "0"
    return decimals(cent / 100_000_000, 1 if abs(cent) >= 50_000_000 else 2)


def describe_gap(p50: int | None, begroting: int | None) -> str:
    """Forecast and its distance to the budget, with an arrow: 24,0 (+ 1,6 ▲); empty where not shown."""
    if p50 is None:
        return "niet getoond"
    if begroting is None:
        return write_mln(p50)
    verschil = p50 - begroting
    tekst = signed(write_mln(verschil))
    if not any(c in "123456789" for c in tekst):
        return f"{write_mln(p50)} (gelijk)"
    return f"{write_mln(p50)} ({tekst} {'▲' if verschil > 0 else '▼'})"


def make_bullet(geheel: pl.DataFrame, delen: pl.DataFrame, palet: Palet, maat: Maat = BREED) -> go.Figure:
    """Bullets: budget as an open bar, P10-P90 hatched, known so far solid, the forecast a dot.

    Both frames: deel, gerealiseerd_cent, p10_cent, p50_cent, p90_cent, begroting_cent, kans (in words),
    niet_getoond. geheel has one row; delen may be empty. The two scales are apart and each begins at zero.
    """
    if geheel.height == 0:
        return empty_figure(palet, "Er is geen prognose voor deze selectie.")
    traces = _draw(geheel, "", palet)
    hoog = 2.3 * maat.rij
    layout = base_layout(
        palet,
        int(hoog + maat.rij * delen.height + (14 if delen.height else 0) + 12),
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 2, "b": 2},
    )
    totaal = hoog + maat.rij * delen.height
    grens = 1 - hoog / totaal
    layout["xaxis"] = _value_axis(geheel, maat)
    layout["yaxis"] = _name_axis(geheel, palet, maat, [grens + (0.03 if delen.height else 0), 1], vet=True)
    if delen.height:
        traces += _draw(delen, "2", palet)
        layout["xaxis2"] = _value_axis(delen, maat) | {"anchor": "y2"}
        layout["yaxis2"] = _name_axis(delen, palet, maat, [0, grens]) | {"anchor": "x2"}
        layout["shapes"] = [
            {
                "type": "line",
                "xref": "paper",
                "yref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": grens + 0.015,
                "y1": grens + 0.015,
                "line": {"color": palet.lijn, "width": 1},
            }
        ]
    return Figuur(data=traces, layout=layout)


def _value_axis(df: pl.DataFrame, maat: Maat) -> dict[str, Any]:
    hoogste = df.select(pl.max_horizontal("p90_cent", "begroting_cent", "gerealiseerd_cent").max()).item()
    return {"visible": False, "fixedrange": True, "range": [0, max(float(hoogste or 0), 1.0) * maat.ruimte]}


def _name_axis(
    df: pl.DataFrame, palet: Palet, maat: Maat, domein: list[float], *, vet: bool = False
) -> dict[str, Any]:
    namen = [break_name(n, maat.naam).replace("<br>", "  <br>") for n in df["deel"]]
    return {
        "domain": domein,
        "tickvals": list(range(df.height)),
        "ticktext": [f"<b>{n}</b>  " if vet else f"{n}  " for n in namen],
        "range": [df.height - 0.42, -0.58],
        "tickfont": {"size": 12, "color": palet.tekst},
        "fixedrange": True,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def _draw(df: pl.DataFrame, nr: str, palet: Palet) -> list[dict[str, Any]]:
    plek = list(range(df.height))
    hover = [tell_prognose(r, euro_mln) for r in df.iter_rows(named=True)]
    as_ = {"xaxis": f"x{nr}", "yaxis": f"y{nr}"}

    def bars(x: pl.Series, dik: float, merk: dict[str, Any], base: pl.Series | None = None) -> dict[str, Any]:
        return as_ | {
            "type": "bar",
            "orientation": "h",
            "y": plek,
            "x": x.to_list(),
            "base": None if base is None else base.to_list(),
            "width": dik,
            "marker": merk,
            "customdata": hover,
            "hovertemplate": "%{customdata}<extra></extra>",
        }

    vol = {"color": palet.realisatie, "line": {"color": palet.realisatie, "width": 1}}
    arceer = {"shape": "/", "bgcolor": palet.achtergrond, "size": 5, "solidity": 0.4}
    stip = {"color": palet.achtergrond, "size": 9, "line": {"color": palet.realisatie, "width": 2}}
    rand = {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.5}}
    return [
        bars(df["begroting_cent"], 0.74, rand),
        bars(df["p90_cent"] - df["p10_cent"], 0.46, vol | {"pattern": arceer}, df["p10_cent"]),
        bars(df["gerealiseerd_cent"], 0.28, vol),
        as_
        | {
            "type": "scatter",
            "mode": "markers",
            "x": df["p50_cent"].to_list(),
            "y": plek,
            "marker": stip,
            "customdata": hover,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        as_
        | beside(
            df.select(pl.max_horizontal("p90_cent", "begroting_cent").fill_null(0)).to_series().to_list(),
            plek,
            [f"   {describe_gap(p, b)}" for p, b in df.select("p50_cent", "begroting_cent").rows()],
            [_ink(r, palet) for r in df.iter_rows(named=True)],
        ),
    ]


def _ink(r: dict[str, Any], palet: Palet) -> str:
    if r["p50_cent"] is None or r["begroting_cent"] is None or r["p50_cent"] == r["begroting_cent"]:
        return palet.tekst
    return palet.nadeel if r["p50_cent"] > r["begroting_cent"] else palet.voordeel
