"""Figures of stock and flow: in and out by tijdvak, of one cell or of more, and which grew or shrank."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, bar_style, base_layout, break_name, empty_figure, value_axis
from dashboard.numbers import count
from dashboard.style import Palet

LEEG = "Niets om te tonen."
PANEEL, KOP, VOET = 176, 26, 38
"""Heights of a small figure: the whole of it, its name, and its axis."""


def make_balans(df: pl.DataFrame, palet: Palet, hoogte: int = 270) -> go.Figure:
    """Per tijdvak what came (up) and went (down): from outside dark, from other care light, and the balance.

    df: naam, kort (on the axis), instroom, binnen_in, uitstroom, binnen_uit (None: not shown) and voorlopig.
    """
    if df.height == 0 or df["instroom"].is_null().all():
        return empty_figure(palet, "Geen stromen om te tonen.", hoogte)
    layout = base_layout(
        palet, hoogte, barmode="relative", bargap=0.4, xaxis=_time_axis(df, palet), yaxis=value_axis(palet)
    )
    return Figuur(data=_draw_balance(df, palet), layout=layout)


def make_balansen(delen: dict[str, pl.DataFrame], palet: Palet, kolommen: int = 3) -> go.Figure:
    """The same per part, small and on one scale; delen: name to frame of make_balans."""
    gevuld = {n: d for n, d in delen.items() if d.height and not d["instroom"].is_null().all()}
    if not gevuld:
        return empty_figure(palet, "Geen stromen om te tonen.")
    kolommen = min(kolommen, len(gevuld))
    rijen = -(-len(gevuld) // kolommen)
    hoogte = PANEEL * rijen
    layout = base_layout(palet, hoogte + 16, barmode="relative")
    traces: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    grens = max(_reach(d) for d in gevuld.values()) * 1.1 or 1.0
    for i, (naam, df) in enumerate(gevuld.items()):
        nr = "" if i == 0 else str(i + 1)
        rij, kolom = divmod(i, kolommen)
        links, boven = kolom / kolommen, 1 - rij / rijen
        x = [links + (0.035 if kolom else 0), links + 1 / kolommen - 0.01]
        y = [boven - (PANEEL - VOET) / hoogte, boven - KOP / hoogte]
        layout[f"xaxis{nr}"] = _time_axis(df, palet, jaren=True) | {"domain": x, "anchor": f"y{nr}"}
        layout[f"yaxis{nr}"] = value_axis(palet, nticks=4) | {
            "domain": y,
            "anchor": f"x{nr}",
            "range": [-grens, grens],
            "rangemode": "normal",
        }
        traces += [t | {"xaxis": f"x{nr}", "yaxis": f"y{nr}"} for t in _draw_balance(df, palet)]
        noten.append(
            {
                "text": f"<b>{naam}</b>",
                "xref": "paper",
                "yref": "paper",
                "x": x[0],
                "y": y[1],
                "xanchor": "left",
                "yanchor": "bottom",
                "yshift": 6,
                "showarrow": False,
                "font": {"size": 12, "color": palet.tekst},
            }
        )
    return Figuur(data=traces, layout=layout | {"annotations": noten})


def _reach(df: pl.DataFrame) -> float:
    """How far the highest or lowest bar goes."""
    op = df.select((pl.col("instroom") + pl.col("binnen_in")).max()).item()
    neer = df.select((pl.col("uitstroom") + pl.col("binnen_uit")).max()).item()
    return float(max(op or 0, neer or 0))


def _time_axis(df: pl.DataFrame, palet: Palet, *, jaren: bool = False) -> dict[str, Any]:
    """An axis of tijdvakken, at most about a dozen named; jaren: only where a year begins."""
    kort = df["kort"].to_list()
    stap = 1 if df.height <= 13 else 2 if df.height <= 24 else 4
    plek = list(range(0, df.height, stap))
    if jaren:
        plek = [i for i, k in enumerate(kort) if "<br>" in k] or [0]
    return {
        "tickvals": plek,
        "ticktext": [kort[i] for i in plek],
        "tickangle": 0,
        "tickfont": {"size": 12, "color": palet.stil},
        "showgrid": False,
        "fixedrange": True,
        "automargin": True,
    }


def _draw_balance(df: pl.DataFrame, palet: Palet) -> list[dict[str, Any]]:
    """Bars of what came and went, and a dot for the balance."""
    x = list(range(df.height))
    voorlopig = df["voorlopig"].to_list()
    tekst = [_balance_words(r) for r in df.iter_rows(named=True)]
    saldo = df.select(
        pl.col("instroom") + pl.col("binnen_in") - pl.col("uitstroom") - pl.col("binnen_uit")
    ).to_series()
    hover = {"customdata": tekst, "hovertemplate": "%{customdata}<extra></extra>"}
    staven: list[dict[str, Any]] = [
        {
            "type": "bar",
            "x": x,
            "y": [None if w is None else teken * w for w in df[kolom]],
            "marker": bar_style(palet, voorlopig, kleur),
        }
        | hover
        for kolom, teken, kleur in (
            ("instroom", 1, palet.realisatie),
            ("binnen_in", 1, palet.vorig),
            ("uitstroom", -1, palet.realisatie),
            ("binnen_uit", -1, palet.vorig),
        )
        if df[kolom].fill_null(0).sum()
    ]
    stip = {"size": 9, "color": palet.achtergrond, "line": {"color": palet.accent, "width": 2.5}}
    punten = {"type": "scatter", "mode": "markers", "x": x, "y": saldo.to_list(), "marker": stip}
    return [*staven, punten | hover]


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


def make_saldo(df: pl.DataFrame, palet: Palet, *, smal: bool = False) -> go.Figure:
    """A bar per cell to the right where it grew and to the left where it shrank.

    df: naam, saldo (None: not shown), label. smal: for a phone, with long names over two lines.
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
        (36 if smal else 26) * df.height + 24,
        yaxis={
            "tickvals": plek,
            "ticktext": [break_name(n) if smal else n for n in df["naam"]],
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
            "range": [-grens * (1.9 if smal else 1.3), grens * (1.9 if smal else 1.3)],
        },
    )
    return Figuur(data=[balken], layout=layout)
