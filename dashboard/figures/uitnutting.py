"""Figures of what was toegewezen: against what was geleverd by month, parts of a whole, and classes."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import (
    Figuur,
    base_layout,
    beside,
    break_name,
    empty_figure,
    month_axis,
    value_axis,
)
from dashboard.numbers import month, percent
from dashboard.style import Palet

RIJ = 36
SMAL = 0.055
"""Share of a row below which a label no longer fits in its piece."""


def make_toegewezen(
    df: pl.DataFrame,
    kolommen: tuple[str, str, str],
    palet: Palet,
    write: Callable[[float], str],
    schaal: float = 1.0,
    hoogte: int = 270,
) -> go.Figure:
    """By month what was toegewezen (open), geleverd (solid) and what is still expected (hatched on top).

    df: levermaand, voorlopig and `kolommen` (toegewezen, geleverd, expected once all is declared). Values are
    divided by `schaal` for the axis; `write` words the undivided value on hover.
    """
    if df.height == 0 or df[kolommen[0]].is_null().all():
        return empty_figure(palet, "Geen toewijzingen om te tonen.", hoogte)
    maanden: list[date] = df["levermaand"].to_list()
    x = list(range(len(maanden)))  # by rank: months differ in length, their bars do not
    toe, gel, ver = (df[k].cast(pl.Float64).to_list() for k in kolommen)
    # What is complete gets no estimate on top, however small.
    rest = [
        max(0.0, v - g) if voorlopig and v is not None and g is not None else None
        for v, g, voorlopig in zip(ver, gel, df["voorlopig"], strict=True)
    ]
    tekst = [_month_words(*r, write) for r in zip(maanden, toe, gel, rest, strict=True)]

    def bars(
        waarden: Sequence[float | None], dik: float, onder: Sequence[float | None] | None
    ) -> dict[str, Any]:
        return {
            "type": "bar",
            "x": x,
            "y": [None if w is None else w / schaal for w in waarden],
            "base": None if onder is None else [None if w is None else w / schaal for w in onder],
            "width": dik,
            "customdata": tekst,
            "hovertemplate": "%{customdata}<extra></extra>",
        }

    traces = [
        bars(toe, 0.86, None)
        | {"marker": {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.5}}},
        bars(gel, 0.58, None) | {"marker": {"color": palet.realisatie}},
        bars(rest, 0.58, gel)
        | {
            "marker": {
                "color": palet.realisatie,
                "line": {"color": palet.realisatie, "width": 1},
                "pattern": {"shape": "/", "bgcolor": palet.achtergrond, "size": 6, "solidity": 0.35},
            }
        },
    ]
    layout = base_layout(
        palet, hoogte, barmode="overlay", xaxis=_rank_axis(palet, maanden), yaxis=value_axis(palet)
    )
    return Figuur(data=traces, layout=layout)


def _rank_axis(palet: Palet, maanden: list[date]) -> dict[str, Any]:
    as_ = month_axis(palet, maanden)
    plek = {m.isoformat(): i for i, m in enumerate(maanden)}
    return as_ | {"type": "linear", "tickvals": [plek[m] for m in as_["tickvals"]]}


def _month_words(
    maand: date, toe: float | None, gel: float | None, rest: float | None, write: Callable[[float], str]
) -> str:
    if toe is None or gel is None:
        return f"{month(maand)}: niet getoond"
    delen = [f"<b>{month(maand)}</b>", f"toegewezen {write(toe)}", f"geleverd {write(gel)}"]
    if toe > 0:
        delen.append(f"uitnutting {percent(gel / toe)}")
    if rest:
        delen.append(f"naar schatting komt nog {write(rest)}")
    return "<br>".join(delen)


def make_deel_van(
    df: pl.DataFrame,
    heel: str,
    deel: str,
    labels: Sequence[str],
    hover: Sequence[str],
    palet: Palet,
    *,
    geschat: bool = False,
) -> go.Figure:
    """One row a part: an open bar for the whole, in it a solid one (hatched where it is an estimate).

    df: column `naam` and the numbers `heel` and `deel`; labels stand beside the bar, hover behind it.
    """
    if df.height == 0:
        return empty_figure(palet, "Niets om te tonen.")
    plek = list(range(df.height))
    lang = df.select(pl.max_horizontal(heel, deel).fill_null(0)).to_series().cast(pl.Float64).to_list()
    hoogste = max(*lang, 1.0)
    langste = max(len(t) for t in labels)
    marker: dict[str, Any] = {"color": palet.realisatie, "line": {"color": palet.realisatie, "width": 1}}
    if geschat:
        marker["pattern"] = {"shape": "/", "bgcolor": palet.achtergrond, "size": 6, "solidity": 0.35}

    def bars(kolom: str, dik: float, stijl: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "y": plek,
            "x": df[kolom].cast(pl.Float64).fill_null(0).to_list(),
            "width": dik,
            "marker": stijl,
            "customdata": list(hover),
            "hovertemplate": "%{customdata}<extra></extra>",
        }

    traces = [
        bars(heel, 0.74, {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.4}}),
        bars(deel, 0.42, marker),
        beside(lang, plek, [f"  {t}" for t in labels], palet.tekst),
    ]
    layout = base_layout(
        palet,
        RIJ * df.height + 24,
        barmode="overlay",
        yaxis=name_axis(palet, df["naam"].to_list()),
        xaxis={"visible": False, "fixedrange": True, "range": [0, hoogste * (1.25 + 0.04 * langste)]},
    )
    return Figuur(data=traces, layout=layout)


def name_axis(palet: Palet, namen: Sequence[str]) -> dict[str, Any]:
    """A vertical axis of names, the first on top; long ones over two lines."""
    return {
        "tickvals": list(range(len(namen))),
        "ticktext": [break_name(n) for n in namen],
        "range": [len(namen) - 0.4, -0.6],
        "tickfont": {"size": 12, "color": palet.tekst},
        "ticklabelstandoff": 6,
        "fixedrange": True,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def make_klassen(
    df: pl.DataFrame, kolommen: Sequence[str], namen: Sequence[str], palet: Palet, wat: str
) -> go.Figure:
    """Rows of 100 %: which share of each part falls in which class, light to dark.

    df: column `naam` and a count per column of `kolommen` (None: the row is not shown); namen: what the
    classes are called; wat: what is counted.
    """
    if df.height == 0:
        return empty_figure(palet, "Niets om te tonen.")
    plek = list(range(df.height))
    som = df.select(pl.sum_horizontal(*kolommen)).to_series().to_list()
    traces: list[dict[str, Any]] = []
    vulling = list(zip(palet.reeks, palet.tekst_op_reeks, strict=True))[1:]
    for (kleur, inkt), kolom, naam in zip(vulling, kolommen, namen, strict=False):
        delen = [None if v is None or not s else v / s for v, s in zip(df[kolom], som, strict=True)]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": plek,
                "x": delen,
                "width": 0.7,
                "marker": {"color": kleur, "line": {"color": palet.achtergrond, "width": 1.5}},
                "text": [percent(d, 0) if d is not None and d >= SMAL else "" for d in delen],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"size": 12, "color": inkt},
                "constraintext": "inside",
                "customdata": [
                    f"{n}: {percent(d, 0)} {naam} ({v} {wat})" if d is not None else f"{n}: niet getoond"
                    for n, d, v in zip(df["naam"], delen, df[kolom], strict=True)
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    leeg = [i for i, v in enumerate(df[kolommen[0]]) if v is None]
    noten = [
        {
            "text": "niet getoond",
            "x": 0,
            "y": i,
            "xanchor": "left",
            "showarrow": False,
            "font": {"size": 12, "color": palet.stil},
        }
        for i in leeg
    ]
    layout = base_layout(
        palet,
        RIJ * df.height + 24,
        barmode="stack",
        yaxis=name_axis(palet, df["naam"].to_list()),
        xaxis={"visible": False, "fixedrange": True, "range": [0, 1.002]},
        annotations=noten,
        uniformtext={"minsize": 12, "mode": "hide"},
    )
    return Figuur(data=traces, layout=layout)
