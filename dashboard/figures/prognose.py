"""Figures of the forecast: a bullet per part with its band and budget, and the record of the methods."""

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, beside, break_name, empty_figure, value_axis
from dashboard.numbers import MAANDEN
from dashboard.style import Palet

RIJ = 38


def make_bullets(df: pl.DataFrame, palet: Palet, write: Callable[[float], str]) -> go.Figure:
    """A row per part: realised so far (solid), band P10-P90 (hatched), P50 (dot) and budget (open bar).

    df: deel, gerealiseerd_cent, p10_cent, p50_cent, p90_cent, begroting_cent (None: no budget), niet_getoond.
    """
    if df.height == 0:
        return empty_figure(palet, "Er is geen prognose voor deze selectie.")
    plek = list(range(df.height))
    hoogste = max(
        float(
            df.select(pl.max_horizontal("p90_cent", "begroting_cent", "gerealiseerd_cent").max()).item() or 0
        ),
        1.0,
    )
    tekst = [tell_prognose(r, write) for r in df.iter_rows(named=True)]
    traces: list[dict[str, Any]] = [
        _bars(plek, df["begroting_cent"], None, 0.78, tekst)
        | {"marker": {"color": "rgba(0,0,0,0)", "line": {"color": palet.begroting, "width": 1.4}}},
        _bars(plek, df["p90_cent"] - df["p10_cent"], df["p10_cent"], 0.46, tekst)
        | {
            "marker": {
                "color": palet.realisatie,
                "line": {"color": palet.realisatie, "width": 1},
                "pattern": {"shape": "/", "bgcolor": palet.achtergrond, "size": 6, "solidity": 0.35},
            }
        },
        _bars(plek, df["gerealiseerd_cent"], None, 0.3, tekst) | {"marker": {"color": palet.realisatie}},
        {
            "type": "scatter",
            "mode": "markers",
            "x": df["p50_cent"].to_list(),
            "y": plek,
            "marker": {
                "color": palet.achtergrond,
                "size": 10,
                "line": {"color": palet.realisatie, "width": 2},
            },
            "customdata": tekst,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        beside(
            df.select(pl.max_horizontal("p90_cent", "begroting_cent")).to_series().to_list(),
            plek,
            ["" if v is None else f"  {write(v)}" for v in df["p50_cent"]],
            palet.tekst,
        ),
    ]
    namen = [
        break_name(f"{d}{' · niet getoond' if k else ''}")
        for d, k in df.select("deel", "niet_getoond").rows()
    ]
    layout = base_layout(
        palet,
        RIJ * df.height + 46,
        barmode="overlay",
        yaxis={
            "tickvals": plek,
            "ticktext": namen,
            "range": [df.height - 0.4, -0.75],
            "tickfont": {"size": 12, "color": palet.tekst},
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
        xaxis={"visible": False, "fixedrange": True, "range": [0, hoogste * 1.42]},
    )
    return Figuur(data=traces, layout=layout)


def _bars(
    plek: list[int], x: pl.Series, base: pl.Series | None, dik: float, tekst: list[str]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": plek,
        "x": x.to_list(),
        "base": None if base is None else base.to_list(),
        "width": dik,
        "customdata": tekst,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def tell_prognose(r: Mapping[str, Any], write: Callable[[float], str]) -> str:
    """What a forecast says on hover: band, what is known, budget and the chance (`kans`, in words)."""
    if r["p50_cent"] is None:
        return f"{r['deel']}: niet getoond"
    regels = [
        f"<b>{r['deel']}</b>",
        f"prognose {write(r['p50_cent'])}",
        f"80 % kans tussen {write(r['p10_cent'])} en {write(r['p90_cent'])}",
        f"nu bekend {write(r['gerealiseerd_cent'])}",
    ]
    if r["begroting_cent"] is not None:
        kans = f"; overschrijding {r['kans']}" if r.get("kans") else ""
        regels.append(f"begroting {write(r['begroting_cent'])}{kans}")
    return "<br>".join(regels)


def make_record(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """A line per method: mean absolute error by the month at whose end the forecast was made.

    df: methode, peilmaand, fout_fractie, standaard.
    """
    rijen = df.filter(pl.col("peilmaand").is_not_null())
    if rijen.height == 0:
        return empty_figure(palet, "Er zijn nog geen voorbije jaren om op terug te kijken.")
    traces: list[dict[str, Any]] = []
    strepen = ("solid", "dash", "dot", "dashdot")
    for n, (methode,) in enumerate(rijen.select("methode").unique(maintain_order=True).rows()):
        lijn = rijen.filter(pl.col("methode") == methode).sort("peilmaand")
        standaard = bool(lijn["standaard"].any())
        kleur = palet.realisatie if standaard else palet.vorig
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": lijn["peilmaand"].to_list(),
                "y": [None if v is None else v * 100 for v in lijn["fout_fractie"]],
                "line": {
                    "color": kleur,
                    "width": 3 if standaard else 1.8,
                    "dash": "solid" if standaard else strepen[n % 4],
                },
                "name": methode,
                "hovertemplate": f"{methode}, eind %{{x}}: %{{y:.1f}} %<extra></extra>",
            }
        )
    layout = base_layout(
        palet,
        280,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.16, "font": {"size": 12, "color": palet.tekst}},
        xaxis={
            "tickvals": list(range(1, 13)),
            "ticktext": [MAANDEN[m] for m in range(12)],
            "range": [0.7, 12.6],
            "showgrid": False,
            "tickfont": {"size": 12, "color": palet.stil},
            "linecolor": palet.begroting,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis=value_axis(palet, ticksuffix=" %"),
    )
    return Figuur(data=traces, layout=layout)
