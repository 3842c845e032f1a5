"""Figures of the Hek: spent beside budget per year, surplus and reserve, and the years ahead."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import bar_style, base_layout, empty_figure, value_axis
from dashboard.figures.bullet import write_mln
from dashboard.numbers import day, euro_mln, signed
from dashboard.style import Palet

MLN = 100_000_000
STREPEN = ("dash", "dot", "dashdot", "longdash")


def _mln(reeks: pl.Series) -> list[float | None]:
    return [None if v is None else v / MLN for v in reeks]


def _year_axis(palet: Palet, eerste: float, laatste: float, jaren: Sequence[int]) -> dict[str, Any]:
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
            "y": _mln(rijen["begroting_cent"]),
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
            "y": _mln(rijen["realisatie_cent"]),
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
                "y": _mln(rijk["rijksbijdrage_cent"]),
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
        xaxis=_year_axis(palet, jaren[0], jaren[-1], jaren),
        yaxis=value_axis(palet, ticksuffix=" mln", tickprefix="€ "),
        margin={"l": 8, "r": 12, "t": 24, "b": 24},
    )
    return go.Figure(data=traces, layout=layout)


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
            "showarrow": False,
            "font": {"size": 12, "color": palet.tekst},
        }
        for jaar, cent in punten
    ]


def make_vooruit(hek: pl.DataFrame, lopend: dict[str, int] | None, lijnen: pl.DataFrame, palet: Palet) -> Any:
    """Lines of the complete years, the band of the running one, and a line per projection, named at its end.

    hek: jaar, realisatie_cent, volledig; lopend: jaar, p10_cent, p50_cent, p90_cent; lijnen: jaar, lijn,
    cent. Lines need no zero: the axis shows the part in which they differ.
    """
    klaar = hek.filter(pl.col("volledig").fill_null(False) & pl.col("realisatie_cent").is_not_null()).tail(4)
    if lijnen.height == 0:
        return empty_figure(palet, "Er is geen uitgangspunt om vooruit te rekenen.", 300)
    traces: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    if klaar.height:
        traces.append(_line(klaar["jaar"], klaar["realisatie_cent"], "uitgaven", "solid", palet.realisatie))
    if lopend is not None:
        traces.append(_band(lopend, palet))
        noten.append(
            _label("prognose", lopend["jaar"], lopend["p90_cent"] / MLN, palet.tekst)
            | {"xanchor": "center", "yanchor": "bottom", "xshift": 0, "yshift": 6}
        )
    laatste = int(lijnen["jaar"].max())  # type: ignore[arg-type]
    plekken: list[tuple[float, str, str]] = []
    for n, (naam,) in enumerate(lijnen.select("lijn").unique(maintain_order=True).rows()):
        lijn = lijnen.filter(pl.col("lijn") == naam)
        kleur = palet.begroting if naam == "" else palet.accent
        label = naam or "ongewijzigd"
        streep = "dot" if naam == "" else STREPEN[(n - 1) % 4]
        traces.append(_line(lijn["jaar"], lijn["cent"], label, streep, kleur))
        plekken.append((lijn["cent"].to_list()[-1] / MLN, label, kleur))
    alle = [v for t in traces for v in t["y"] if v is not None]
    laag, hoog = min(alle), max(alle)
    hoogte = max(hoog - laag, 1.0)
    noten += _spread(plekken, laatste, hoogte, palet)
    eerste = int(klaar["jaar"][0]) if klaar.height else laatste - 4
    layout = base_layout(
        palet,
        300,
        margin={"l": 8, "r": 12, "t": 8, "b": 24},
        annotations=noten,
        xaxis=_year_axis(palet, eerste, laatste + 1.6, list(range(eerste, laatste + 1))),
        yaxis=value_axis(
            palet,
            ticksuffix=" mln",
            tickprefix="€ ",
            rangemode="normal",
            range=[laag - 0.25 * hoogte, hoog + 0.3 * hoogte],
            zeroline=False,
        ),
    )
    return go.Figure(data=traces, layout=layout)


def _line(jaren: pl.Series, cent: pl.Series, naam: str, streep: str, kleur: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": jaren.to_list(),
        "y": _mln(cent),
        "line": {"color": kleur, "width": 2.2, "dash": streep},
        "marker": {"size": 6, "color": kleur},
        "customdata": [euro_mln(v) for v in cent],
        "hovertemplate": f"{naam} %{{x}}: %{{customdata}}<extra></extra>",
    }


def _band(lopend: dict[str, int], palet: Palet) -> dict[str, Any]:
    p10, p50, p90 = (lopend[f"p{n}_cent"] for n in (10, 50, 90))
    tekst = f"prognose {lopend['jaar']}: {euro_mln(p50)}, 80 % kans tussen {euro_mln(p10)} en {euro_mln(p90)}"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [lopend["jaar"]],
        "y": [p50 / MLN],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [(p90 - p50) / MLN],
            "arrayminus": [(p50 - p10) / MLN],
            "color": palet.realisatie,
            "thickness": 2,
            "width": 7,
        },
        "marker": {
            "size": 10,
            "color": palet.achtergrond,
            "line": {"color": palet.realisatie, "width": 2},
        },
        "hovertemplate": f"{tekst}<extra></extra>",
    }


def _label(tekst: str, x: float, y: float, kleur: str) -> dict[str, Any]:
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


def _spread(plekken: list[tuple[float, str, str]], x: int, hoogte: float, palet: Palet) -> list[Any]:
    """Labels at the ends of the lines, moved apart where two would lie over each other."""
    uit, vorige = [], None
    for waarde, naam, kleur in sorted(plekken):
        y = waarde if vorige is None else max(waarde, vorige + 0.13 * hoogte)
        kort = naam if len(naam) <= 18 else f"{naam[:17]}…"
        uit.append(_label(f"{kort} {write_mln(waarde * MLN)}", x, y, kleur))
        vorige = y
    return uit


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
        for px, py, (d, c) in zip(x, y, reserve, strict=True):
            noten.append(
                _label(f"reserve {day(d)}: {write_mln(c)}", px, py, palet.accent)
                | {"yanchor": "bottom" if c >= 0 else "top", "yshift": 8 if c >= 0 else -8, "xshift": 0}
                | {"xanchor": "left" if px <= x[0] else "right"}
            )
    jaren = [*rijen["jaar"].to_list(), *[int(px) for px in x]]
    alle = [*(v / MLN for v in waarden), *y, 0.0]
    marge = 0.22 * max(max(alle) - min(alle), 1.0)
    layout = base_layout(
        palet,
        300,
        margin={"l": 8, "r": 12, "t": 8, "b": 24},
        annotations=noten,
        xaxis=_year_axis(palet, min(jaren), max(jaren) + 0.4, list(range(min(jaren), max(jaren) + 1))),
        # every bar and stand bears its own amount
        yaxis=value_axis(
            palet,
            showticklabels=False,
            range=[min(alle) - marge, max(alle) + marge],
            rangemode="normal",
        ),
    )
    return go.Figure(data=traces, layout=layout)
