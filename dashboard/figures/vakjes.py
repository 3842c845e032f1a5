"""Boxes per row and month: what came, what was little, what is missing; told by sign as well as by colour."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure
from dashboard.numbers import MAANDEN
from dashboard.style import Palet

RIJ = 26
TEKENS = {"ontbreekt": "✕", "weinig": "½", "geleverd": "", "niet verwacht": ""}


def make_vakjes(
    df: pl.DataFrame, rijen: Sequence[tuple[str, str]], palet: Palet, *, smal: bool = False
) -> go.Figure:
    """A row a name in the order of `rijen` (key, name), a column a month, hatched where provisional.

    df: sleutel, maand, stand (a key of TEKENS), voorlopig and uitleg (hover), one row a box; a month without
    a row stays empty. smal: for a phone, with the first letter of a month.
    """
    if df.height == 0 or not rijen:
        return empty_figure(palet, "Niets om te tonen.")
    maanden: list[date] = sorted(df["maand"].unique())
    plek = {sleutel: len(rijen) - 1 - i for i, (sleutel, _) in enumerate(rijen)}
    df = df.filter(pl.col("sleutel").is_in(list(plek)) & (pl.col("stand") != "niet verwacht"))
    kleur = {"ontbreekt": palet.nadeel, "weinig": palet.reeks[3], "geleverd": palet.reeks[1]}
    inkt = {"ontbreekt": palet.achtergrond, "weinig": palet.tekst_op_reeks[3], "geleverd": palet.tekst}
    standen, jong = df["stand"].to_list(), df["voorlopig"].to_list()
    vakken: dict[str, Any] = {
        "type": "bar",
        "x": [maanden.index(m) for m in df["maand"]],
        "base": [plek[s] - 0.43 for s in df["sleutel"]],
        "y": [0.86] * df.height,
        "width": 0.92,
        "marker": {
            "color": [kleur[s] for s in standen],
            "line": {"color": [kleur[s] for s in standen], "width": 1},
            "pattern": {
                "shape": ["/" if v else "" for v in jong],
                "bgcolor": palet.achtergrond,
                "size": 6,
                "solidity": 0.2,
            },
        },
        "text": [f"<b>{TEKENS[s]}</b>" if TEKENS[s] else "" for s in standen],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {
            "size": 12,
            "color": [palet.tekst if v else inkt[s] for s, v in zip(standen, jong, strict=True)],
        },
        "customdata": df["uitleg"].to_list(),
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    layout = base_layout(
        palet,
        RIJ * len(rijen) + 56,
        barmode="overlay",
        xaxis={
            "side": "top",
            "tickvals": list(range(len(maanden))),
            "ticktext": [
                _month(m, smal=smal) + (f"<br>{m.year}" if not smal and (i == 0 or m.month == 1) else "")
                for i, m in enumerate(maanden)
            ],
            "tickangle": 0,
            "range": [-0.6, len(maanden) - 0.4],
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 12, "color": palet.stil},
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={
            "tickvals": [plek[s] for s, _ in rijen],
            "ticktext": [naam for _, naam in rijen],
            "range": [-0.6, len(rijen) - 0.4],
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 12, "color": palet.tekst},
            "fixedrange": True,
            "automargin": True,
        },
    )
    return Figuur(data=[vakken], layout=layout)


def _month(maand: date, *, smal: bool) -> str:
    naam = MAANDEN[maand.month - 1]
    return naam[0] if smal else naam
