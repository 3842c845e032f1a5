"""Figures of who went from where to where: bands and a matrix."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, break_name, empty_figure
from dashboard.style import Palet

LEEG = "Niets om te tonen."
DIKSTE, NAAM, RUIMTE = 84, 34, 8
"""Pixels: the thickest end of the bands, the height of a name over two lines, and the room between two."""
RIJ = 62
"""Height of a transition in the list for a phone."""


def mix(kleur: str, dekking: float) -> str:
    """A colour of the palette, transparent."""
    r, g, b = (int(kleur[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{dekking})"


def direction_colours(palet: Palet) -> dict[str, str]:
    """Which colour a transition has: up, down or level; transparent, as bands cross."""
    vol = {"opschalen": palet.realisatie, "afschalen": palet.accent, "gelijk": palet.vorig}
    return {richting: mix(kleur, 0.5) for richting, kleur in vol.items()}


def make_banden(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """Bands from where people came to where they went, as thick as the number of transitions.

    df: van, naar, paren, richting; only what may be shown. Names and totals stand outside the bands, each in
    a row of its own.
    """
    if df.height == 0:
        return empty_figure(palet, LEEG)
    van, naar = (_stack(df, kant, namen) for kant, namen in zip(("van", "naar"), _order(df), strict=True))
    hoog = max(_end(van), _end(naar))
    for kant in (van, naar):
        _spread(kant, hoog)
    schaal = _scale(df)
    vol = direction_colours(palet)
    onder = {"van": {n: y for n, (y, _) in van.items()}, "naar": {n: y for n, (y, _) in naar.items()}}
    plek = {n: i for i, n in enumerate(naar)}
    traces: list[dict[str, Any]] = []
    for v, n, paren, richting in sorted(_rows(df), key=lambda r: (van[r[0]][0], plek[r[1]])):
        dik = paren * schaal
        links, rechts = onder["van"][v], onder["naar"][n]
        onder["van"][v] += dik
        onder["naar"][n] += dik
        kleur = vol.get(richting, vol["gelijk"])
        traces.append(_band(links, rechts, dik, kleur, f"{v} → {n}: {paren} keer, {richting}"))
    as_ = {
        "range": [hoog + RUIMTE, -2],
        "fixedrange": True,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "ticklabelstandoff": 6,
        "tickfont": {"size": 12, "color": palet.tekst},
    }
    # An axis without a trace is not drawn.
    traces.append({"type": "scatter", "x": [1], "y": [0], "yaxis": "y2", "mode": "markers", "opacity": 0})
    layout = base_layout(
        palet,
        int(hoog) + 24,
        shapes=[_node(0, y, h, palet) for y, h in van.values()]
        + [_node(1, y, h, palet) for y, h in naar.values()],
        xaxis={"visible": False, "fixedrange": True, "range": [-0.012, 1.012]},
        yaxis=as_ | _names(van, df, "van"),
        yaxis2=as_ | _names(naar, df, "naar") | {"side": "right", "overlaying": "y"},
    )
    return Figuur(data=traces, layout=layout)


def _order(df: pl.DataFrame) -> tuple[list[str], list[str]]:
    """Both sides from top to bottom, each beside the other end of its thickest band, so that few cross."""
    dikste = df.sort("paren", descending=True, maintain_order=True)
    van = dikste["van"].unique(maintain_order=True).to_list()
    naar = dikste["naar"].unique(maintain_order=True).to_list()
    bron = dict(reversed(dikste.select("naar", "van").rows()))
    doel = dict(reversed(dikste.select("van", "naar").rows()))
    for _ in range(3):
        # among those beside the same end the order stays that of thickness
        naar = sorted(naar, key=lambda n: van.index(bron[n]))
        van = sorted(van, key=lambda n: naar.index(doel[n]))
    return van, naar


def _scale(df: pl.DataFrame) -> float:
    """Pixels for one transition: the thickest end gets DIKSTE."""
    dikste = max(int(df.group_by(k).agg(pl.col("paren").sum())["paren"].max()) for k in ("van", "naar"))  # type: ignore[arg-type]
    return DIKSTE / dikste


def _stack(df: pl.DataFrame, kant: str, namen: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Top and height of each end, one under the other; an end takes at least the height of its name."""
    schaal, y = _scale(df), 0.0
    uit: dict[str, tuple[float, float]] = {}
    for naam in namen:
        hoog = schaal * int(df.filter(pl.col(kant) == naam)["paren"].sum())
        vak = max(hoog, NAAM)
        uit[naam] = (y + (vak - hoog) / 2, hoog)
        y += vak + RUIMTE
    return uit


def _end(kant: dict[str, tuple[float, float]]) -> float:
    y, hoog = list(kant.values())[-1]
    return y + hoog + max(0.0, NAAM - hoog) / 2


def _spread(kant: dict[str, tuple[float, float]], hoog: float) -> None:
    """Use the height that the other side needs."""
    over = (hoog - _end(kant)) / len(kant)
    for i, (naam, (y, h)) in enumerate(list(kant.items())):
        kant[naam] = (y + over * (i + 0.5), h)


def _band(links: float, rechts: float, dik: float, kleur: str, tekst: str) -> dict[str, Any]:
    stappen = [i / 24 for i in range(25)]
    boven = [links + (rechts - links) * t * t * (3 - 2 * t) for t in stappen]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": stappen + stappen[::-1],
        "y": boven + [y + dik for y in boven[::-1]],
        "fill": "toself",
        "fillcolor": kleur,
        "line": {"width": 0},
        "hoveron": "fills",
        "text": tekst,
        "hoverinfo": "text",
    }


def _node(x: float, y: float, hoog: float, palet: Palet) -> dict[str, Any]:
    vulling = {"fillcolor": palet.begroting, "line": {"width": 0}}
    return {"type": "rect", "x0": x - 0.004, "x1": x + 0.004, "y0": y, "y1": y + hoog} | vulling


def _names(kant: dict[str, tuple[float, float]], df: pl.DataFrame, kolom: str) -> dict[str, Any]:
    som = dict(df.group_by(kolom).agg(pl.col("paren").sum()).rows())
    return {
        "tickvals": [y + hoog / 2 for y, hoog in kant.values()],
        "ticktext": [_break_end(f"{n} ({som[n]})") for n in kant],
    }


def _break_end(naam: str) -> str:
    """The zwaarte on a line of its own, or the name broken where it is too long without one."""
    return naam.replace(" / ", "<br>", 1) if " / " in naam else break_name(naam, 26)


def make_overgangen(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """The same for a phone: a bar for each transition, the most frequent on top, with its name above it."""
    if df.height == 0:
        return empty_figure(palet, LEEG)
    kleuren = {"opschalen": palet.realisatie, "afschalen": palet.accent}
    pijl = {"opschalen": " ▲", "afschalen": " ▼"}
    rijen = _rows(df)
    balken: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": [RIJ * i + 44 for i in range(len(rijen))],
        "x": [p for _, _, p, _ in rijen],
        "width": 14,
        "marker": {"color": [kleuren.get(r, palet.vorig) for *_, r in rijen]},
        "text": [f"{p}{pijl.get(r, '')}" for _, _, p, r in rijen],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": palet.tekst},
        "customdata": [f"{v} → {n}: {p} keer, {r}" for v, n, p, r in rijen],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    namen = [
        {
            "text": f"{v} →<br>{n}",
            "xref": "paper",
            "x": 0,
            "y": RIJ * i + 34,
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "showarrow": False,
            "font": {"size": 12, "color": palet.tekst},
        }
        for i, (v, n, _, _) in enumerate(rijen)
    ]
    layout = base_layout(
        palet,
        RIJ * len(rijen) + 16,
        annotations=namen,
        xaxis={"visible": False, "fixedrange": True, "range": [0, max(p for _, _, p, _ in rijen) * 1.25]},
        yaxis={"visible": False, "fixedrange": True, "range": [RIJ * len(rijen), 0]},
    )
    return Figuur(data=[balken], layout=layout)


def _rows(df: pl.DataFrame) -> list[tuple[Any, ...]]:
    return df.select("van", "naar", "paren", "richting").rows()


def make_matrix(df: pl.DataFrame, palet: Palet) -> go.Figure:
    """From (rows) to (columns), the number in the cell and darker where it is larger; df as make_banden."""
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
