"""Euros per year, one small panel per hoofdproduct on one scale, with budget and breaks."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, bar_style, base_layout, empty_figure
from dashboard.numbers import day, decimals, euro_mln
from dashboard.style import Palet

ONBEKEND = "onbekend"
KOP, VOET, BALKEN = 50, 22, 62
"""Heights in a panel: its name with the years' amounts, the axis, the bars."""
BREED, SMAL = 3, 2
"""Panels beside each other on a card of half a screen, and on a phone."""


def label_mln(cent: float) -> str:
    """An amount above a bar: millions without their unit."""
    return decimals(cent / 100_000_000, 1 if cent >= 5_000_000 else 2)


def _panel_name(naam: str, breed: int) -> str:
    if len(naam) <= breed:
        return naam
    return naam.replace(" en ", "<br>en ", 1) if " en " in naam else naam.replace(" ", "<br>", 1)


def _height(n: int, kolommen: int) -> int:
    return (KOP + BALKEN + VOET) * -(-n // kolommen) + 16


def _axes(n: int, i: int, kolommen: int) -> tuple[list[float], list[float]]:
    rijen = -(-n // kolommen)
    rij, kolom = divmod(i, kolommen)
    breed, hoog, paneel = 1 / kolommen, 1 / rijen, KOP + BALKEN + VOET
    goot = 0.02 if kolommen > 2 else 0.045
    x = [kolom * breed + (goot if kolom else 0), (kolom + 1) * breed - (goot if kolom + 1 < kolommen else 0)]
    top = 1 - rij * hoog
    return x, [top - hoog * (1 - VOET / paneel), top - hoog * KOP / paneel]


def order_panels(jaren: pl.DataFrame) -> list[tuple[str, str]]:
    """Wet and hoofdproduct of the panels, largest first within a wet; 'onbekend' is left to the table."""
    if jaren.height == 0:
        return []
    groot = (
        jaren.filter(pl.col("hoofdproduct").is_not_null() & (pl.col("hoofdproduct") != ONBEKEND))
        .group_by("wet", "hoofdproduct")
        .agg(pl.col("realisatie_cent").max().fill_null(0))
        .sort(["wet", "realisatie_cent", "hoofdproduct"], descending=[True, True, False])
    )
    return groot.select("wet", "hoofdproduct").rows()


def make_jaren(
    jaren: pl.DataFrame,
    begroting: pl.DataFrame,
    breuken: pl.DataFrame,
    palet: Palet,
    *,
    maat: str = "realisatie_cent",
    write: Callable[[float | None], str] = euro_mln,
    label: Callable[[float], str] = label_mln,
) -> go.Figure:
    """Small multiples: a bar a year (the running one hatched), the budget hollow behind it, breaks as dots.

    jaren: jaar, wet, hoofdproduct, realisatie_cent, `maat`, compleet, niet_getoond; begroting: jaar, wet,
    hoofdproduct, bedrag_cent; breuken: datum, wet, hoofdproduct (NULL: all), omschrijving. `maat` is what the
    bars show, written by `write` on hover and by `label` above a bar.
    """
    panelen = order_panels(jaren)
    if not panelen:
        return empty_figure(palet, "Geen uitgaven in deze selectie.")
    hoogste = max(
        float(jaren[maat].max() or 0),  # type: ignore[arg-type]
        float(begroting["bedrag_cent"].max() or 0),  # type: ignore[arg-type]
    )
    eerste, laatste = int(jaren["jaar"].min()), int(jaren["jaar"].max())  # type: ignore[arg-type]
    layout: dict[str, Any] = base_layout(palet, _height(len(panelen), BREED), barmode="overlay")
    traces: list[Any] = []
    noten: list[dict[str, Any]] = []
    lijnen: list[dict[str, Any]] = []
    for i, (wet, naam) in enumerate(panelen):
        nr = "" if i == 0 else str(i + 1)
        x, y = _axes(len(panelen), i, BREED)
        layout[f"xaxis{nr}"] = {
            "domain": x,
            "anchor": f"y{nr}",
            "range": [eerste - 0.6, laatste + 0.6],
            "tickvals": [eerste, 2018, laatste] if eerste < 2018 < laatste else [eerste, laatste],
            "tickfont": {"size": 12, "color": palet.stil},
            "showgrid": False,
            "linecolor": palet.begroting,
            "fixedrange": True,
        }
        layout[f"yaxis{nr}"] = {
            "domain": y,
            "anchor": f"x{nr}",
            "range": [0, hoogste * 1.08 or 1],
            "visible": False,
            "fixedrange": True,
        }
        rij = jaren.filter((pl.col("wet") == wet) & (pl.col("hoofdproduct") == naam)).sort("jaar")
        plan = begroting.filter((pl.col("wet") == wet) & (pl.col("hoofdproduct") == naam)).sort("jaar")
        if plan.height:
            traces.append(_budget(plan, naam, nr, palet))
        traces.append(_bars(rij, naam, nr, palet, maat, write, label))
        noten.append(_head(naam, x, y, palet))
        breuk = breuken.filter(
            (pl.col("wet").is_null() | (pl.col("wet") == wet))
            & (pl.col("hoofdproduct").is_null() | (pl.col("hoofdproduct") == naam))
        )
        # A break of the whole wet is drawn quieter than one of this hoofdproduct alone.
        plekken = [
            (
                d.year - 0.5 + (d.month - 1) / 12,
                f"{day(d)}: {t}",
                palet.vorig if eigen is None else palet.accent,
            )
            for d, _, eigen, t in breuk.iter_rows()
        ]
        lijnen += [_break_line(plek, nr, kleur) for plek, _, kleur in plekken]
        if plekken:
            traces.append(_break_marks(plekken, hoogste, nr))
    layout |= {"annotations": noten, "shapes": lijnen}
    return Figuur(data=traces, layout=layout)


def fold_jaren(fig: go.Figure) -> go.Figure:
    """The same figure for a phone, changed in place: fewer panels beside each other, names over two lines."""
    koppen = [a for a in fig.layout.annotations if a.name]
    fig.layout.height = _height(len(koppen), SMAL) if koppen else fig.layout.height
    for i, kop in enumerate(koppen):
        nr = "" if i == 0 else str(i + 1)
        x, y = _axes(len(koppen), i, SMAL)
        fig.layout[f"xaxis{nr}"].domain = x
        fig.layout[f"yaxis{nr}"].domain = y
        kop.update(x=x[0], y=y[1], text=f"<b>{_panel_name(kop.name, 20)}</b>")
    return fig


def _bars(
    rij: pl.DataFrame,
    naam: str,
    nr: str,
    palet: Palet,
    maat: str,
    write: Callable[[float | None], str],
    label: Callable[[float], str],
) -> dict[str, Any]:
    waarden = rij[maat].to_list()
    klaar = [i for i, (w, c) in enumerate(zip(waarden, rij["compleet"], strict=True)) if c and w is not None]
    benoemd = {klaar[0], klaar[-1]} if klaar else set()
    staat = [
        "niet getoond" if klein else write(w) + ("" if klaar else " tot nu toe")
        for w, klein, klaar in zip(waarden, rij["niet_getoond"], rij["compleet"], strict=True)
    ]
    return {
        "type": "bar",
        "x": rij["jaar"].to_list(),
        "y": waarden,
        "width": 0.56,
        "text": [label(w) if i in benoemd else "" for i, w in enumerate(waarden)],
        "textposition": "outside",
        "textfont": {"size": 12, "color": palet.stil},
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "customdata": staat,
        "hovertemplate": f"{naam}<br>%{{x}}: %{{customdata}}<extra></extra>",
        "marker": bar_style(palet, [not c for c in rij["compleet"]]),
        "xaxis": f"x{nr}",
        "yaxis": f"y{nr}",
    }


def _budget(plan: pl.DataFrame, naam: str, nr: str, palet: Palet) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": plan["jaar"].to_list(),
        "y": plan["bedrag_cent"].to_list(),
        "width": 0.86,
        "customdata": [euro_mln(b) for b in plan["bedrag_cent"]],
        "hovertemplate": f"{naam}<br>begroting %{{x}}: %{{customdata}}<extra></extra>",
        "marker": {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.2}},
        "xaxis": f"x{nr}",
        "yaxis": f"y{nr}",
    }


def _head(naam: str, x: list[float], y: list[float], palet: Palet) -> dict[str, Any]:
    """The name of a panel; `name` keeps it whole."""
    return {
        "name": naam,
        "text": f"<b>{_panel_name(naam, 30)}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": x[0],
        "y": y[1],
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "yshift": 14,
        "font": {"size": 12, "color": palet.tekst},
    }


def _break_line(plek: float, nr: str, kleur: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": f"x{nr}",
        "yref": f"y{nr} domain",
        "x0": plek,
        "x1": plek,
        "y0": 0,
        "y1": 1,
        "line": {"color": kleur, "width": 1.5, "dash": "dot"},
    }


def _break_marks(plekken: list[tuple[float, str, str]], hoogste: float, nr: str) -> dict[str, Any]:
    """A mark on top of each line, that tells what broke; plekken: x, words and colour."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [plek for plek, _, _ in plekken],
        "y": [hoogste] * len(plekken),
        "marker": {"symbol": "triangle-down", "size": 8, "color": [kleur for _, _, kleur in plekken]},
        "customdata": [tekst for _, tekst, _ in plekken],
        "hovertemplate": "breuk %{customdata}<extra></extra>",
        "xaxis": f"x{nr}",
        "yaxis": f"y{nr}",
    }
