"""Years beside each other: stacked bars and lines, the running year open, a line where the meaning breaks."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure, value_axis
from dashboard.style import Palet


def year_axis(palet: Palet, jaren: Sequence[int]) -> dict[str, Any]:
    """A horizontal axis of years, every year or every other one."""
    stap = 1 if len(jaren) <= 8 else 2
    return {
        "tickvals": [j for j in range(jaren[0], jaren[-1] + 1) if (jaren[-1] - j) % stap == 0],
        "tickformat": "d",
        "range": [jaren[0] - 0.6, jaren[-1] + 0.6],
        "showgrid": False,
        "tickfont": {"size": 12, "color": palet.stil},
        "linecolor": palet.begroting,
        "fixedrange": True,
    }


def _break(palet: Palet, breuk: tuple[int, str] | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    if breuk is None:
        return [], []
    jaar, _ = breuk
    plek = jaar - 0.5
    lijn = {"color": palet.accent, "width": 1.5, "dash": "dot"}
    vorm = {"type": "line", "x0": plek, "x1": plek, "yref": "paper", "y0": 0, "y1": 1, "line": lijn}
    noot = {
        "text": "kanteling",
        "x": plek,
        "yref": "paper",
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": palet.accent},
    }
    return [vorm], [noot]


def make_stapel(
    df: pl.DataFrame,
    delen: Sequence[str],
    palet: Palet,
    write: Callable[[float], str],
    breuk: tuple[int, str] | None = None,
    schaal: float = 1.0,
    as_: dict[str, Any] | None = None,
) -> go.Figure:
    """Stacked bars per year, each part named in the first bar where it is wide enough to be read.

    df: jaar, deel, waarde, volledig; delen: the parts from the bottom up (at most three).
    """
    df = df.filter(pl.col("waarde").is_not_null())
    if df.height == 0:
        return empty_figure(palet, "Geen cijfers om te tonen.")
    jaren = sorted(df["jaar"].unique())
    hoogste = float(df.group_by("jaar").agg(pl.col("waarde").sum())["waarde"].max() or 1)  # type: ignore[arg-type]
    kleuren = (palet.realisatie, palet.accent, palet.vorig)
    traces: list[dict[str, Any]] = []
    vormen, noten = _break(palet, breuk)
    for i, deel in enumerate(delen):
        rij = df.filter(pl.col("deel") == deel).sort("jaar")
        if rij.height == 0:
            continue
        kleur = kleuren[i % 3]
        traces.append(
            {
                "type": "bar",
                "x": rij["jaar"].to_list(),
                "y": [w / schaal for w in rij["waarde"]],
                "marker": {
                    "color": kleur,
                    "line": {"color": palet.achtergrond, "width": 1},
                    "pattern": {
                        "shape": ["" if v else "/" for v in rij["volledig"]],
                        "bgcolor": palet.achtergrond,
                        "fgcolor": kleur,
                        "size": 6,
                        "solidity": 0.4,
                    },
                },
                "customdata": [
                    f"{deel} {j}: {write(w)}{'' if v else ', tot nu toe'}"
                    for j, w, v in rij.select("jaar", "waarde", "volledig").iter_rows()
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
        noten += _part_name(df, delen[: i + 1], deel, hoogste, schaal, palet)
    layout = base_layout(
        palet,
        300,
        barmode="stack",
        xaxis=year_axis(palet, jaren),
        yaxis=value_axis(palet, **(as_ or {})),
        shapes=vormen,
        annotations=noten,
        margin={"l": 8, "r": 12, "t": 28, "b": 8},
    )
    return Figuur(data=traces, layout=layout)


def _part_name(
    df: pl.DataFrame, onder: Sequence[str], deel: str, hoogste: float, schaal: float, palet: Palet
) -> list[dict[str, Any]]:
    """The name of a part inside its first bar that is high enough."""
    hoog = df.filter((pl.col("deel") == deel) & (pl.col("waarde") > hoogste * 0.08)).sort("jaar")
    if hoog.height == 0:
        return []
    jaar, waarde = hoog["jaar"][0], float(hoog["waarde"][0])
    top = float(df.filter((pl.col("jaar") == jaar) & pl.col("deel").is_in(list(onder)))["waarde"].sum())
    return [
        {
            "text": deel,
            "x": jaar - 0.38,  # from the left of its bar: its words never lie over the axis
            "xanchor": "left",
            "y": (top - waarde / 2) / schaal,
            "showarrow": False,
            "bgcolor": palet.achtergrond,
            "borderpad": 1,
            "font": {"size": 12, "color": palet.tekst},
        }
    ]


def make_lijnen(
    df: pl.DataFrame,
    reeksen: Sequence[tuple[str, str]],
    palet: Palet,
    write: Callable[[float], str],
    breuk: tuple[int, str] | None = None,
    schaal: float = 1.0,
    as_: dict[str, Any] | None = None,
) -> go.Figure:
    """Lines per year from zero, the first solid, further ones dashed, each named at its end; open: running.

    df: jaar, volledig and the columns of `reeksen` (column, name).
    """
    df = df.filter(pl.any_horizontal(pl.col(k).is_not_null() for k, _ in reeksen)).sort("jaar")
    if df.height == 0:
        return empty_figure(palet, "Geen cijfers om te tonen.")
    jaren = df["jaar"].to_list()
    traces: list[dict[str, Any]] = []
    vormen, noten = _break(palet, breuk)
    for i, (kolom, naam) in enumerate(reeksen):
        kleur = palet.realisatie if i == 0 else palet.accent
        punten = [(j, v, k) for j, v, k in df.select("jaar", kolom, "volledig").iter_rows() if v is not None]
        if not punten:
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [j for j, *_ in punten],
                "y": [v / schaal for _, v, _ in punten],
                "line": {"color": kleur, "width": 2.2, "dash": "solid" if i == 0 else "dash"},
                "marker": {
                    "size": 7,
                    "color": [kleur if k else palet.achtergrond for *_, k in punten],
                    "line": {"color": kleur, "width": 1.6},
                },
                "customdata": [f"{naam} {j}: {write(v)}{'' if k else ', tot nu toe'}" for j, v, k in punten],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
        j, v, _ = punten[-1]
        noten.append(
            {
                "text": f"{naam} {write(v)}",
                "x": j,
                "y": v / schaal,
                "xanchor": "right",
                "yanchor": "bottom" if i == 0 else "top",
                "yshift": 8 if i == 0 else -30,
                "showarrow": False,
                "bgcolor": palet.achtergrond,
                "font": {"size": 12, "color": kleur},
            }
        )
    layout = base_layout(
        palet,
        300,
        xaxis=year_axis(palet, jaren),
        yaxis=value_axis(palet, **(as_ or {})),
        shapes=vormen,
        annotations=noten,
        margin={"l": 8, "r": 12, "t": 28, "b": 8},
    )
    return Figuur(data=traces, layout=layout)
