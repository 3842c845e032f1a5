"""Figures of the Hek: spent beside budget per year, surplus and reserve, and the years ahead."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, bar_style, base_layout, empty_figure, value_axis
from dashboard.figures.bullet import write_mln
from dashboard.numbers import day, euro_mln, signed
from dashboard.style import Palet

MLN = 100_000_000


def to_mln(reeks: pl.Series) -> list[float | None]:
    """Cents as millions of euros."""
    return [None if v is None else v / MLN for v in reeks]


def make_year_axis(palet: Palet, eerste: float, laatste: float, jaren: Sequence[int]) -> dict[str, Any]:
    """A horizontal axis of years, every second one named where there are many."""
    stap = 1 if len(jaren) <= 7 else 2
    return {
        "tickvals": [j for j in jaren if (jaren[-1] - j) % stap == 0],
        "range": [eerste - 0.6, laatste + 0.6],
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 12, "color": palet.stil},
        "linecolor": palet.begroting,
        "tickformat": "d",
        "fixedrange": True,
        "automargin": True,
    }


def make_hek(hek: pl.DataFrame, prognose_cent: int | None, palet: Palet) -> go.Figure:
    """Spent (solid; hatched for the running year up to its forecast) in the open bar of the budget.

    hek: jaar, begroting_cent, realisatie_cent, volledig, rijksbijdrage_cent (a diamond: of the whole Hek).
    """
    rijen = hek.filter(pl.any_horizontal(pl.col("begroting_cent", "realisatie_cent").is_not_null()))
    if rijen.height == 0:
        return empty_figure(palet, "Geen begroting en geen uitgaven geladen.")
    jaren = rijen["jaar"].to_list()
    lopend = [not (v or False) for v in rijen["volledig"]]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "x": jaren,
            "y": to_mln(rijen["begroting_cent"]),
            "width": 0.86,
            "marker": {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.4}},
            "customdata": [euro_mln(v) for v in rijen["begroting_cent"]],
            "hovertemplate": "begroting %{x}: %{customdata}<extra></extra>",
        }
    ]
    if prognose_cent is not None and any(lopend):
        traces.append(
            {
                "type": "bar",
                "x": [jaren[-1]],
                "y": [prognose_cent / MLN],
                "width": 0.56,
                "marker": bar_style(palet, [True]),
                "customdata": [euro_mln(prognose_cent)],
                "hovertemplate": "prognose %{x}: %{customdata}<extra></extra>",
            }
        )
    traces.append(
        {
            "type": "bar",
            "x": jaren,
            "y": to_mln(rijen["realisatie_cent"]),
            "width": 0.56,
            "marker": {"color": palet.realisatie},
            "customdata": [
                euro_mln(v) + (" tot nu toe" if op else "")
                for v, op in zip(rijen["realisatie_cent"], lopend, strict=True)
            ],
            "hovertemplate": "uitgaven %{x}: %{customdata}<extra></extra>",
        }
    )
    noten: list[dict[str, Any]] = []
    rijk = rijen.filter(pl.col("rijksbijdrage_cent").is_not_null())
    if rijk.height:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": rijk["jaar"].to_list(),
                "y": to_mln(rijk["rijksbijdrage_cent"]),
                "marker": {"symbol": "diamond", "size": 10, "color": palet.accent},
                "customdata": [euro_mln(v) for v in rijk["rijksbijdrage_cent"]],
                "hovertemplate": "rijksbijdrage hele Hek %{x}: %{customdata}<extra></extra>",
            }
        )
        noten.append(
            {
                "text": "◆ rijksbijdrage, hele Hek",
                "x": rijk["jaar"].to_list()[0] - 0.4,
                "y": max(v / MLN for v in rijk["rijksbijdrage_cent"]),
                "xanchor": "left",
                "yanchor": "bottom",
                "yshift": 8,
                "showarrow": False,
                "font": {"size": 12, "color": palet.accent},
            }
        )
    noten += _name_last(rijen, lopend, prognose_cent, palet)
    layout = base_layout(
        palet,
        300,
        barmode="overlay",
        annotations=noten,
        xaxis=make_year_axis(palet, jaren[0], jaren[-1], jaren),
        yaxis=value_axis(palet, ticksuffix=" mln", tickprefix="€ "),
        margin={"l": 8, "r": 12, "t": 24, "b": 24},
    )
    return Figuur(data=traces, layout=layout)


def _name_last(
    rijen: pl.DataFrame, lopend: list[bool], prognose_cent: int | None, palet: Palet
) -> list[dict[str, Any]]:
    """Values above the first and the last complete year, and above the forecast."""
    klaar = [
        (j, r)
        for j, r, op in zip(rijen["jaar"], rijen["realisatie_cent"], lopend, strict=True)
        if r is not None and not op
    ]
    punten = [klaar[0], klaar[-1]] if len(klaar) > 1 else klaar
    if prognose_cent is not None and any(lopend):
        punten = [*punten, (rijen["jaar"][-1], prognose_cent)]
    return [
        {
            "text": write_mln(cent),
            "x": jaar,
            "y": cent / MLN,
            "yanchor": "bottom",
            # the forecast beside it has its own: the two may not touch on a phone
            "xanchor": "right" if len(punten) == 3 and jaar == punten[1][0] else "center",
            "xshift": 9 if len(punten) == 3 and jaar == punten[1][0] else 0,
            "showarrow": False,
            "font": {"size": 12, "color": palet.tekst},
        }
        for jaar, cent in punten
    ]


def make_label(tekst: str, x: float, y: float, kleur: str) -> dict[str, Any]:
    """A name beside a point, in the colour of what it names."""
    return {
        "text": tekst,
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": 8,
        "showarrow": False,
        "font": {"size": 12, "color": kleur},
    }


def make_saldo(hek: pl.DataFrame, reserve: Sequence[tuple[date, int]], palet: Palet) -> go.Figure:
    """Surplus (up) and shortage (down) of the Hek per year, an estimate hatched; the reserve as dots.

    hek: jaar, saldo_hek_cent, saldo_soort; reserve: day and cents, joined by a dashed thread
    because no document says what it was in between.
    """
    rijen = hek.filter(pl.col("saldo_hek_cent").is_not_null()).sort("jaar")
    if rijen.height == 0 and not reserve:
        return empty_figure(palet, "Geen stuk noemt een saldo of een stand van de reserve.")
    traces: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    waarden = rijen["saldo_hek_cent"].to_list()
    traces.append(
        {
            "type": "bar",
            "x": rijen["jaar"].to_list(),
            "y": [v / MLN for v in waarden],
            "width": 0.56,
            "marker": bar_style(palet, [s != "jaarrekening" for s in rijen["saldo_soort"]]),
            "text": [signed(write_mln(v)) for v in waarden],
            "textposition": "outside",
            "constraintext": "none",
            "textfont": {"size": 12, "color": palet.tekst},
            "cliponaxis": False,
            "customdata": [
                f"{'over' if v > 0 else 'tekort'} {euro_mln(abs(v))} ({s})"
                for v, s in rijen.select("saldo_hek_cent", "saldo_soort").rows()
            ],
            "hovertemplate": "%{x}: %{customdata}<extra></extra>",
        }
    )
    x = [d.year + d.timetuple().tm_yday / 366 - 0.5 for d, _ in reserve]
    y = [c / MLN for _, c in reserve]
    if reserve:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": x,
                "y": y,
                "line": {"color": palet.accent, "width": 1.6, "dash": "dash"},
                "marker": {"symbol": "diamond", "size": 11, "color": palet.accent},
                "customdata": [f"reserve op {day(d)}: {euro_mln(c)}" for d, c in reserve],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    jaren = [*rijen["jaar"].to_list(), *[int(px) for px in x]]
    alle = [*(v / MLN for v in waarden), *y, 0.0]
    marge = 0.22 * max(max(alle) - min(alle), 1.0)
    for px, py, (d, c) in zip(x, y, reserve, strict=True):
        # below all bars where the reserve is short, so that no label lies on a bar
        plek = (
            {"yanchor": "bottom", "yshift": 8} if c >= 0 else {"y": min(alle) - 0.4 * marge, "yanchor": "top"}
        )
        noot = make_label(f"reserve {day(d)}: {write_mln(c)}", px, py, palet.accent)
        noten.append(noot | {"xshift": 0, "xanchor": "left" if px <= x[0] else "right"} | plek)
    layout = base_layout(
        palet,
        300,
        margin={"l": 8, "r": 12, "t": 8, "b": 24},
        annotations=noten,
        xaxis=make_year_axis(palet, min(jaren), max(jaren) + 0.4, list(range(min(jaren), max(jaren) + 1))),
        # every bar and stand bears its own amount
        yaxis=value_axis(
            palet,
            showticklabels=False,
            range=[min(alle) - marge, max(alle) + marge],
            rangemode="normal",
        ),
    )
    return Figuur(data=traces, layout=layout)
