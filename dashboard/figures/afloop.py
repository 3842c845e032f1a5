"""The run-off triangle as a heat map: a row a levermaand, a column a month since."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure
from dashboard.numbers import add_months, count, euro_mln, month, month_range, percent
from dashboard.style import Palet

RIJ = 25
GRENZEN = (50, 80, 95, 99)
"""Percents where the five shades part. Most runs off within three months, so equal steps would paint nearly
every cell alike; these are fixed, so that a shade says the same of every product."""
WOORD = {"trager": "▼", "sneller": "▲"}
TERUG = 0.001
"""Smallest fall from one month to the next that is marked: what the table shows as a tenth of a percent."""


def round_part(fractie: float) -> int:
    """A part in whole percents; 100 only when nothing is still to come."""
    heel = int(Decimal(str(fractie * 100)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return 99 if heel == 100 and fractie < 0.9995 else heel


def find_shade(fractie: float) -> int:
    """Which of the five shades a part has, as it is written: a number never stands in two of them.

    What is below nothing or above all takes the first and the last: a colour is bounded, the number is not.
    """
    return sum(round_part(fractie) >= g for g in GRENZEN)


def name_shades() -> list[str]:
    """The five shades in words, light to dark."""
    tussen = [f"{laag} – {hoog - 1} %" for laag, hoog in pairwise(GRENZEN)]
    return [f"minder dan {GRENZEN[0]} %", *tussen, f"{GRENZEN[-1]} % en meer"]


def make_afloop(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """A box per levermaand (oldest above) and months since, shaded by the part known; hatched: expected.

    df: the columns of reading.afloop.read_afloop and `terug` (fell against the month before). Above stands
    what is usual. A box with a thick edge and a triangle ran slower (▼) or faster (▲); a bar under the
    number: something was taken back. A row that is not shown is one open box that says so.
    """
    if df.height == 0:
        return empty_figure(palet, "Er is niets te tonen.")
    maanden = month_range(df["levermaand"].min(), add_months(df["levermaand"].max(), 1))  # type: ignore[arg-type]
    plek = {m: len(maanden) - 1 - i for i, m in enumerate(maanden)}
    gewoon = df.filter(pl.col("gewoonlijk").is_not_null()).unique("leeftijd_maanden").sort("leeftijd_maanden")
    boven = len(maanden) + 0.45
    leeftijden = sorted(df["leeftijd_maanden"].unique())
    dicht = df.filter("niet_getoond").unique("levermaand").with_columns(leeftijd_maanden=max(leeftijden) / 2)
    cellen = [
        *(_cell(r, plek[r["levermaand"]]) for r in df.filter(~pl.col("niet_getoond")).iter_rows(named=True)),
        *(_cell(r, plek[r["levermaand"]], max(leeftijden) + 1) for r in dicht.iter_rows(named=True)),
        *(_usual(j, f, boven) for j, f in gewoon.select("leeftijd_maanden", "gewoonlijk").iter_rows()),
    ]
    ticks = [(float(plek[m]), _name(m, df)) for m in maanden]
    if gewoon.height:
        ticks.append((boven, "<b>meestal</b>"))
    layout = base_layout(
        palet,
        RIJ * (len(maanden) + 2) + 60,
        barmode="overlay",
        margin={"l": 8, "r": 4, "t": 8, "b": 8},
        xaxis=_axis(palet)
        | {
            "side": "top",
            "title": {
                "text": "maanden na de levermaand",
                "font": {"size": 12, "color": palet.stil},
                "standoff": 6,
            },
            "tickvals": leeftijden,
            "ticktext": [str(j) for j in leeftijden],
            "range": [-0.52, max(leeftijden) + 0.52],
        },
        yaxis=_axis(palet)
        | {
            "tickvals": [y for y, _ in ticks],
            "ticktext": [t for _, t in ticks],
            "range": [-0.6, boven + 0.6],
        },
    )
    return Figuur(data=[_boxes(cellen, palet), *_signs(cellen, palet)], layout=layout)


def _cell(r: Mapping[str, Any], y: float, breed: int = 1) -> dict[str, Any]:
    """A box: where it stands, how many columns wide, and what is written in it."""
    tekst = "" if r["fractie"] is None else count(round_part(r["fractie"]))
    return {**r, "y": y, "breed": breed - 0.06, "tekst": "niet getoond" if r["niet_getoond"] else tekst}


def _usual(leeftijd: int, fractie: float, y: float) -> dict[str, Any]:
    uitleg = f"meestal is na {_after(leeftijd)} {percent(fractie)} bekend"
    niets = {"soort": "bekend", "loop": None, "niet_getoond": False, "terug": False, "uitleg": uitleg}
    return _cell({"leeftijd_maanden": leeftijd, "fractie": fractie, **niets}, y)


def _axis(palet: Palet) -> dict[str, Any]:
    return {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"size": 12, "color": palet.tekst},
    }


def _name(maand: date, df: pl.DataFrame) -> str:
    """The month, and whether anything in its row ran slower or faster."""
    loop = df.filter((pl.col("levermaand") == maand) & pl.col("loop").is_not_null())["loop"].unique().sort()
    tekens = "".join(WOORD[w] for w in reversed(loop.to_list()))
    return f"{tekens}{month(maand)}"


def _boxes(cellen: Sequence[Mapping[str, Any]], palet: Palet) -> dict[str, Any]:
    tinten = [None if c["fractie"] is None else find_shade(c["fractie"]) for c in cellen]
    komt = [c["soort"] == "verwacht" and c["fractie"] is not None for c in cellen]
    kleur = [palet.achtergrond if t is None else palet.reeks[t] for t in tinten]
    inkt = [
        palet.stil if t is None else palet.tekst if k else palet.tekst_op_reeks[t]
        for t, k in zip(tinten, komt, strict=True)
    ]
    rand = [
        palet.tekst if c["loop"] else palet.lijn if t is None or k else palet.reeks[t]
        for c, t, k in zip(cellen, tinten, komt, strict=True)
    ]
    return {
        "type": "bar",
        "x": [c["leeftijd_maanden"] for c in cellen],
        "base": [c["y"] - 0.44 for c in cellen],
        "y": [0.88] * len(cellen),
        "width": [c["breed"] for c in cellen],
        "marker": {
            # a hatch is drawn in the colour of its box: one colour for all, pale enough to read over
            "color": [palet.lijn if k else v for v, k in zip(kleur, komt, strict=True)],
            "line": {"color": rand, "width": [2.5 if c["loop"] else 1 for c in cellen]},
            "pattern": {
                "shape": ["/" if k else "" for k in komt],
                "bgcolor": palet.achtergrond,
                "size": 6,
                "solidity": 0.3,
            },
        },
        "text": [c["tekst"] for c in cellen],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"size": 12, "color": inkt},
        "customdata": [c["uitleg"] for c in cellen],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _signs(cellen: Sequence[Mapping[str, Any]], palet: Palet) -> list[dict[str, Any]]:
    """Triangles in the corner of what ran slower or faster, and a bar under what was taken back."""
    spoor: list[dict[str, Any]] = []
    for welke, teken, x, y in (
        ([c for c in cellen if c["loop"] == "trager"], "triangle-down", 0.38, 0.34),
        ([c for c in cellen if c["loop"] == "sneller"], "triangle-up", 0.38, 0.34),
        ([c for c in cellen if c["terug"]], "line-ew-open", 0.0, -0.34),
    ):
        inkt = [palet.tekst_op_reeks[find_shade(c["fractie"])] for c in welke]
        spoor.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [c["leeftijd_maanden"] + x for c in welke],
                "y": [c["y"] + y for c in welke],
                "marker": {"symbol": teken, "size": 6, "color": inkt, "line": {"width": 1.5, "color": inkt}},
                "hoverinfo": "skip",
            }
        )
    return spoor


def _after(leeftijd: int) -> str:
    return f"{leeftijd} maand" if leeftijd == 1 else f"{leeftijd} maanden"


def tell_cel(r: Mapping[str, Any], niet_getoond: str) -> str:
    """What a box says on hover; r: a row of the triangle."""
    kop = f"<b>{month(r['levermaand'])}</b>, na {_after(r['leeftijd_maanden'])}"
    if r["niet_getoond"]:
        return f"{kop}<br>{niet_getoond}"
    if r["fractie"] is None:
        return f"{kop}<br>niet te zeggen: per saldo worden er geen uitgaven verwacht"
    if r["soort"] == "verwacht":
        return f"{kop}<br>naar verwachting {percent(r['fractie'])} bekend"
    regels = [kop, f"{percent(r['fractie'])} bekend: {euro_mln(r['cumulatief_cent'])}"]
    regels.append(f"verwacht wordt in totaal {euro_mln(r['ultimate_cent'])}")
    if r["bij_cent"] < 0:
        regels.append(f"in deze maand is {euro_mln(-r['bij_cent'])} meer teruggenomen dan er bijkwam")
    if r["gewoonlijk"] is not None:
        loop = f": {r['loop']} dan anders" if r["loop"] else ""
        regels.append(f"meestal {percent(r['gewoonlijk'])}{loop}")
    return "<br>".join(regels)
