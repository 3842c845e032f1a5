"""Figures of who went from where to where: bands and a matrix."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, break_name, empty_figure
from dashboard.style import Palet

LEEG = "Niets om te tonen."


def mix(kleur: str, dekking: float) -> str:
    """A colour of the palette, transparent."""
    r, g, b = (int(kleur[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{dekking})"


def direction_colours(palet: Palet) -> dict[str, str]:
    """Which colour a transition has: up, down or level; transparent, as bands cross."""
    vol = {"opschalen": palet.realisatie, "afschalen": palet.accent, "gelijk": palet.vorig}
    return {richting: mix(kleur, 0.5) for richting, kleur in vol.items()}


def make_sankey(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """Bands from where people came to where they went, as thick as the number of transitions.

    df: van, naar, paren, richting; only what may be shown.
    """
    if df.height == 0:
        return empty_figure(palet, LEEG)
    links = df["van"].unique(maintain_order=True).to_list()
    rechts = df["naar"].unique(maintain_order=True).to_list()
    som_l = {n: int(df.filter(pl.col("van") == n)["paren"].sum()) for n in links}
    som_r = {n: int(df.filter(pl.col("naar") == n)["paren"].sum()) for n in rechts}
    kleur = direction_colours(palet)
    sankey: dict[str, Any] = {
        "type": "sankey",
        "arrangement": "fixed",
        "textfont": {"size": 12, "color": palet.tekst, "shadow": "none"},
        "node": {
            "label": [f"{break_name(n, 24)} ({som_l[n]})" for n in links]
            + [f"{break_name(n, 24)} ({som_r[n]})" for n in rechts],
            "color": palet.begroting,
            "line": {"width": 0},
            "pad": 26,
            "thickness": 10,
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [links.index(n) for n in df["van"]],
            "target": [len(links) + rechts.index(n) for n in df["naar"]],
            "value": df["paren"].to_list(),
            "color": [kleur.get(r, kleur["gelijk"]) for r in df["richting"]],
            "customdata": [f"{v} → {n}: {p} keer, {r}" for v, n, p, r in _rows(df)],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    rand = {"l": 8, "r": 12, "t": 16, "b": 20}  # the names of the outer nodes stick out
    layout = base_layout(palet, max(260, 50 * max(len(links), len(rechts))), margin=rand)
    return Figuur(data=[sankey], layout=layout)


def _rows(df: pl.DataFrame) -> list[tuple[Any, ...]]:
    return df.select("van", "naar", "paren", "richting").rows()


def make_matrix(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """From (rows) to (columns), the number in the cell and darker where it is larger; df as make_sankey."""
    if df.height == 0:
        return empty_figure(palet, LEEG)
    rijen = sorted(df["van"].unique().to_list())
    kolommen = sorted(df["naar"].unique().to_list())
    cel = {(v, n): p for v, n, p, _ in _rows(df)}
    z = [[cel.get((r, k)) for k in kolommen] for r in rijen]
    hoog = max(cel.values())
    stap = len(palet.reeks) - 1
    noten = [
        {
            "text": str(p),
            "x": kolommen.index(n),
            "y": rijen.index(v),
            "showarrow": False,
            "font": {"size": 13, "color": palet.tekst_op_reeks[round(stap * p / hoog)]},
        }
        for (v, n), p in cel.items()
    ]
    heat: dict[str, Any] = {
        "type": "heatmap",
        "z": z,
        "x": list(range(len(kolommen))),
        "y": list(range(len(rijen))),
        "zmin": 0,
        "zmax": hoog,
        # Steps, so that the ink of a number always fits its ground.
        "colorscale": _steps(palet.reeks),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
        "customdata": [[f"{r} → {k}" for k in kolommen] for r in rijen],
        "hovertemplate": "%{customdata}: %{z} keer<extra></extra>",
    }
    as_ = {
        "fixedrange": True,
        "automargin": True,
        "gridcolor": palet.lijn,
        "zeroline": False,
        "tickfont": {"size": 12, "color": palet.tekst},
    }
    layout = base_layout(
        palet,
        40 * len(rijen) + 190,
        xaxis=as_
        | {
            "side": "top",
            "tickangle": -55,
            "tickvals": list(range(len(kolommen))),
            "ticktext": [break_name(k, 22) for k in kolommen],
        },
        yaxis=as_
        | {
            "tickvals": list(range(len(rijen))),
            "ticktext": [break_name(r, 22) for r in rijen],
            "range": [len(rijen) - 0.5, -0.5],
        },
        annotations=noten,
    )
    return Figuur(data=[heat], layout=layout)


def _steps(kleuren: Sequence[str]) -> list[list[Any]]:
    """Each colour around its own value, so that rounding to it is what is drawn."""
    n = len(kleuren) - 1
    uit: list[list[Any]] = []
    for i, kleur in enumerate(kleuren):
        uit += [[max(0.0, (i - 0.5) / n), kleur], [min(1.0, (i + 0.5) / n), kleur]]
    return uit
