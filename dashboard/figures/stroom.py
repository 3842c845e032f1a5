"""Figures of stock and flow: in and out by tijdvak, and which cell grew or shrank."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, bar_style, base_layout, break_name, empty_figure, value_axis
from dashboard.numbers import count
from dashboard.style import Palet

LEEG = "Niets om te tonen."


def make_balans(df: pl.DataFrame, palet: Palet, hoogte: int = 270) -> go.Figure:
    """Per tijdvak what came (up) and went (down): from outside dark, from other care light, and the balance.

    df: naam, kort (on the axis), instroom, binnen_in, uitstroom, binnen_uit (None: not shown) and voorlopig.
    """
    if df.height == 0 or df["instroom"].is_null().all():
        return empty_figure(palet, "Geen stromen om te tonen.", hoogte)
    x = list(range(df.height))
    voorlopig = df["voorlopig"].to_list()
    tekst = [_balance_words(r) for r in df.iter_rows(named=True)]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "x": x,
            "y": [None if w is None else teken * w for w in df[kolom]],
            "marker": bar_style(palet, voorlopig, kleur),
            "customdata": tekst,
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for kolom, teken, kleur in (
            ("instroom", 1, palet.realisatie),
            ("binnen_in", 1, palet.vorig),
            ("uitstroom", -1, palet.realisatie),
            ("binnen_uit", -1, palet.vorig),
        )
        if df[kolom].fill_null(0).sum()
    ]
    saldo = df.select(
        pl.col("instroom") + pl.col("binnen_in") - pl.col("uitstroom") - pl.col("binnen_uit")
    ).to_series()
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": x,
            "y": saldo.to_list(),
            "marker": {
                "size": 9,
                "color": palet.achtergrond,
                "line": {"color": palet.accent, "width": 2.5},
            },
            "customdata": tekst,
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    )
    stap = 1 if df.height <= 13 else 2 if df.height <= 24 else 4
    layout = base_layout(
        palet,
        hoogte,
        barmode="relative",
        xaxis={
            "tickvals": x[::stap],
            "ticktext": df["kort"].to_list()[::stap],
            "tickangle": 0,
            "tickfont": {"size": 12, "color": palet.stil},
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis=value_axis(palet),
    )
    return Figuur(data=traces, layout=layout)


def _balance_words(r: dict[str, Any]) -> str:
    if r["instroom"] is None:
        return f"{r['naam']}: niet getoond"
    delen = [f"<b>{r['naam']}</b>", f"instroom {count(r['instroom'])}"]
    if r["binnen_in"]:
        delen.append(f"van andere zorg {count(r['binnen_in'])}")
    delen.append(f"uitstroom {count(r['uitstroom'])}")
    if r["binnen_uit"]:
        delen.append(f"naar andere zorg {count(r['binnen_uit'])}")
    return "<br>".join(delen)


def make_saldo(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """A bar per cell to the right where it grew and to the left where it shrank.

    df: naam, saldo (None: not shown), label.
    """
    if df.height == 0:
        return empty_figure(palet, LEEG)
    plek = list(range(df.height))
    waarden = [float(s or 0) for s in df["saldo"]]
    grens = max((abs(w) for w in waarden), default=0.0) or 1.0
    balken: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": plek,
        "x": waarden,
        "width": 0.6,
        "marker": {"color": palet.realisatie},
        "text": df["label"].to_list(),
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": palet.tekst},
        "customdata": [f"{n}: {t}" for n, t in df.select("naam", "label").rows()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    layout = base_layout(
        palet,
        30 * df.height + 24,
        yaxis={
            "tickvals": plek,
            "ticktext": [break_name(n) for n in df["naam"]],
            "range": [df.height - 0.4, -0.6],
            "tickfont": {"size": 12, "color": palet.tekst},
            "ticklabelstandoff": 6,
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
        },
        xaxis={
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": palet.begroting,
            "fixedrange": True,
            "range": [-grens * 1.9, grens * 1.9],
        },
    )
    return Figuur(data=[balken], layout=layout)
