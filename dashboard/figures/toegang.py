"""Figures of the way to care: how many come through, and how long each step takes."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure
from dashboard.numbers import decimals, quarter
from dashboard.style import Palet

PANEEL = 190
STREPEN = ("solid", "dash")


def make_panelen(
    df: pl.DataFrame, panelen: Sequence[tuple[str, str]], termijnen: Mapping[str, int], palet: Palet
) -> go.Figure:
    """A panel per step under each other on one scale: the median per quarter and wet, the term dotted.

    df: kwartaal, wet, voorlopig and the columns of `panelen` (column, heading); termijnen: column to days.
    Quarters that still run are drawn open.
    """
    if df.height == 0 or all(df[k].is_null().all() for k, _ in panelen):
        return empty_figure(palet, "Geen meldingen in deze maanden.")
    hoogste = max(*termijnen.values(), *(float(df[k].max() or 0) for k, _ in panelen))  # type: ignore[arg-type]
    kwartalen = sorted(df["kwartaal"].unique())
    plek = {k: i for i, k in enumerate(kwartalen)}
    hoog = 1 / len(panelen)
    traces: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    layout: dict[str, Any] = base_layout(palet, PANEEL * len(panelen) + 30)
    lijnen: list[dict[str, Any]] = []
    for i, (kolom, kop) in enumerate(panelen):
        nr = "" if i == 0 else str(i + 1)
        top = 1 - i * hoog
        layout[f"yaxis{nr}"] = {
            "domain": [top - hoog + hoog * 0.08, top - hoog * 0.24],
            "range": [0, hoogste * 1.12],
            "gridcolor": palet.lijn,
            "zerolinecolor": palet.begroting,
            "tickfont": {"size": 12, "color": palet.stil},
            "nticks": 4,
            "fixedrange": True,
            "automargin": True,
            "anchor": "x",
        }
        noten.append(_head(kop, top - hoog * 0.2, palet))
        if kolom in termijnen:
            dagen = termijnen[kolom]
            lijnen.append(_term(dagen, nr, len(kwartalen), palet))
            noten.append(_term_name(dagen, nr, palet))
        for n, (wet,) in enumerate(df.select("wet").unique(maintain_order=True).rows()):
            traces.append(_line(df.filter(pl.col("wet") == wet), kolom, wet, nr, plek, n, palet))
            eind = df.filter((pl.col("wet") == wet) & pl.col(kolom).is_not_null())
            if eind.height and df["wet"].n_unique() > 1:
                noten.append(_name(wet, plek[eind["kwartaal"][-1]], eind[kolom][-1], nr, n, palet))
    jaren = [k for k in kwartalen if k.month == 1] or kwartalen[:1]
    layout["xaxis"] = {
        "tickvals": [plek[k] for k in jaren],
        "ticktext": [quarter(k) for k in jaren],
        "range": [-0.4, len(kwartalen) + (1.8 if df["wet"].n_unique() > 1 else -0.6)],
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 12, "color": palet.stil},
        "linecolor": palet.begroting,
        "fixedrange": True,
        "anchor": f"y{len(panelen)}" if len(panelen) > 1 else "y",
    }
    layout |= {"annotations": noten, "shapes": lijnen}
    return Figuur(data=traces, layout=layout)


def _head(kop: str, y: float, palet: Palet) -> dict[str, Any]:
    return {
        "text": f"<b>{kop}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": palet.tekst},
    }


def _term(dagen: int, nr: str, breed: int, palet: Palet) -> dict[str, Any]:
    lijn = {"color": palet.begroting, "width": 1.4, "dash": "dot"}
    return {
        "type": "line",
        "xref": "x",
        "yref": f"y{nr}",
        "x0": -0.4,
        "x1": breed - 0.9,
        "y0": dagen,
        "y1": dagen,
        "line": lijn,
    }


def _term_name(dagen: int, nr: str, palet: Palet) -> dict[str, Any]:
    return {
        "text": f"termijn {dagen}",
        "xref": "x",
        "yref": f"y{nr}",
        "x": -0.3,
        "y": dagen,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": palet.stil},
    }


def _name(wet: str, x: int, y: float, nr: str, n: int, palet: Palet) -> dict[str, Any]:
    return {
        "text": wet,
        "xref": "x",
        "yref": f"y{nr}",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom" if n == 0 else "top",
        "xshift": 6,
        "showarrow": False,
        "font": {"size": 12, "color": palet.realisatie if n == 0 else palet.accent},
    }


def _line(
    df: pl.DataFrame, kolom: str, wet: str, nr: str, plek: Mapping[Any, int], n: int, palet: Palet
) -> dict[str, Any]:
    kleur = palet.realisatie if n == 0 else palet.accent
    open_ = df["voorlopig"].to_list()
    tekst = [
        f"{wet}, {quarter(k)}: {'niet bekend' if v is None else f'{decimals(v, 0)} dagen'}"
        f"{', voorlopig' if o else ''}"
        for k, v, o in df.select("kwartaal", kolom, "voorlopig").iter_rows()
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [plek[k] for k in df["kwartaal"]],
        "y": df[kolom].to_list(),
        "yaxis": f"y{nr}",
        "line": {"color": kleur, "width": 2, "dash": STREPEN[n % 2]},
        "marker": {
            "size": 7,
            "color": [palet.achtergrond if o else kleur for o in open_],
            "line": {"color": kleur, "width": 1.6},
        },
        "customdata": tekst,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
