"""Euros per year, one small panel per hoofdproduct on one scale, with budget and breaks."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, bar_style, base_layout, empty_figure
from dashboard.numbers import day, decimals, euro_mln
from dashboard.style import Palet

KOLOMMEN = 2
PANEEL = 126
ONBEKEND = "onbekend"


def label_mln(cent: float) -> str:
    """An amount above a bar: millions without their unit."""
    return decimals(cent / 100_000_000, 1 if cent >= 5_000_000 else 2)


def _panel_name(naam: str) -> str:
    if len(naam) <= 20:
        return naam
    return naam.replace(" en ", "<br>en ", 1) if " en " in naam else naam.replace(" ", "<br>", 1)


def _axes(n: int, i: int, kolommen: int) -> tuple[list[float], list[float]]:
    rijen = -(-n // kolommen)
    rij, kolom = divmod(i, kolommen)
    breed, hoog = 1 / kolommen, 1 / rijen
    x = [kolom * breed + (0.03 if kolom else 0), (kolom + 1) * breed - (0.03 if kolom + 1 < kolommen else 0)]
    top = 1 - rij * hoog
    return x, [top - hoog + hoog * 0.17, top - hoog * 0.36]


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
    rijen = -(-len(panelen) // KOLOMMEN)
    layout: dict[str, Any] = base_layout(palet, PANEEL * rijen + 16, barmode="overlay")
    traces: list[Any] = []
    noten: list[dict[str, Any]] = []
    lijnen: list[dict[str, Any]] = []
    for i, (wet, naam) in enumerate(panelen):
        nr = "" if i == 0 else str(i + 1)
        x, y = _axes(len(panelen), i, KOLOMMEN)
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
        traces.append(_bars(rij, naam, nr, palet, maat, write))
        noten += _labels(rij.rename({maat: "waarde"}), _panel_name(naam), i, x, y, nr, palet, label)
        breuk = breuken.filter(
            (pl.col("wet").is_null() | (pl.col("wet") == wet))
            & (pl.col("hoofdproduct").is_null() | (pl.col("hoofdproduct") == naam))
        )
        for datum, _, eigen, tekst in breuk.iter_rows():
            plek = datum.year - 0.5 + (datum.month - 1) / 12
            # A break of the whole wet is drawn quieter than one of this hoofdproduct alone.
            kleur = palet.vorig if eigen is None else palet.accent
            lijnen.append(_break_line(plek, nr, kleur))
            traces.append(_break_hover(plek, hoogste, nr, f"{day(datum)}: {tekst}", kleur))
    layout |= {"annotations": noten, "shapes": lijnen}
    return Figuur(data=traces, layout=layout)


def _bars(
    rij: pl.DataFrame, naam: str, nr: str, palet: Palet, maat: str, write: Callable[[float | None], str]
) -> dict[str, Any]:
    waarden = rij[maat].to_list()
    staat = [
        "niet getoond" if klein else write(w) + ("" if klaar else " tot nu toe")
        for w, klein, klaar in zip(waarden, rij["niet_getoond"], rij["compleet"], strict=True)
    ]
    return {
        "type": "bar",
        "x": rij["jaar"].to_list(),
        "y": waarden,
        "width": 0.56,
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


def _labels(
    rij: pl.DataFrame,
    titel: str,
    i: int,
    x: list[float],
    y: list[float],
    nr: str,
    palet: Palet,
    label: Callable[[float], str],
) -> list[dict[str, Any]]:
    kop = {
        "text": f"<b>{titel}</b>",
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
    noten = [kop]
    klaar = rij.filter(pl.col("compleet") & pl.col("waarde").is_not_null())
    for deel in (klaar.head(1), klaar.tail(1)) if klaar.height > 1 else (klaar,):
        for jaar, waarde in deel.select("jaar", "waarde").iter_rows():
            noten.append(
                {
                    "text": label(waarde),
                    "x": jaar,
                    "y": waarde,
                    "xref": f"x{nr}",
                    "yref": f"y{nr}",
                    "yanchor": "bottom",
                    "showarrow": False,
                    "font": {"size": 12, "color": palet.stil},
                }
            )
    return noten


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


def _break_hover(plek: float, hoogste: float, nr: str, tekst: str, kleur: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [plek],
        "y": [hoogste],
        "marker": {"symbol": "triangle-down", "size": 8, "color": kleur},
        "hovertemplate": f"breuk {tekst}<extra></extra>",
        "xaxis": f"x{nr}",
        "yaxis": f"y{nr}",
    }
