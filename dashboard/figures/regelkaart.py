"""Control charts (XmR): a value by month between its natural limits, signals marked by shape and colour."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure, month_axis, value_axis
from dashboard.numbers import decimals, month
from dashboard.style import Palet

PANEEL, PER_RIJ = 84, 2
LEEG = "Van deze aanbieder is er geen regelkaart: die is er van de grootste aanbieders."


def make_regelkaart(
    df: pl.DataFrame,
    palet: Palet,
    write: Callable[[float], str],
    *,
    schaal: float = 1.0,
    hoogte: int = 240,
) -> go.Figure:
    """One chart: the months as a line, mean and limits named at their end, a signal as a diamond.

    df: maand, waarde, gemiddelde, ondergrens, bovengrens, signaal. Values are divided by `schaal` for
    the axis.
    """
    if df.height == 0 or df["waarde"].is_null().all():
        return empty_figure(palet, LEEG, hoogte)
    df = df.sort("maand")
    maanden = df["maand"].to_list()
    traces = _traces(df, palet, write, schaal)
    layout = base_layout(
        palet,
        hoogte,
        margin={"l": 8, "r": 78, "t": 8, "b": 8},
        xaxis=month_axis(palet, maanden),
        yaxis=value_axis(palet),
    )
    laatste = df.row(-1, named=True)
    layout["annotations"] = [
        {
            "text": naam,
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "y": laatste[kolom] / schaal,
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 12, "color": palet.stil},
        }
        for naam, kolom in (("gemiddelde", "gemiddelde"), ("grens", "bovengrens"), ("grens", "ondergrens"))
        if laatste[kolom] is not None and (kolom == "gemiddelde" or laatste[kolom] > 0)
    ]
    return Figuur(data=traces, layout=layout)


def _traces(
    df: pl.DataFrame,
    palet: Palet,
    write: Callable[[float], str],
    schaal: float,
    assen: str = "",
    groot: int = 9,
) -> list[dict[str, Any]]:
    x = [m.isoformat() for m in df["maand"]]
    as_ = {"xaxis": f"x{assen}", "yaxis": f"y{assen}"}

    def scaled(kolom: str) -> list[float | None]:
        return [None if v is None else v / schaal for v in df[kolom]]

    lijn = {"type": "scatter", "mode": "lines", "x": x, "hoverinfo": "skip"} | as_
    uit: list[dict[str, Any]] = [
        lijn | {"y": scaled("gemiddelde"), "line": {"color": palet.begroting, "width": 1}},
        lijn | {"y": scaled("bovengrens"), "line": {"color": palet.begroting, "width": 1, "dash": "dash"}},
        lijn | {"y": scaled("ondergrens"), "line": {"color": palet.begroting, "width": 1, "dash": "dash"}},
    ]
    is_signaal = [s is not None for s in df["signaal"]]
    uit.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": x,
            "y": scaled("waarde"),
            "line": {"color": palet.realisatie, "width": 2},
            "marker": {
                "symbol": ["diamond" if s else "circle" for s in is_signaal],
                "size": [groot if s else 3 for s in is_signaal],
                "color": [palet.accent if s else palet.realisatie for s in is_signaal],
            },
            "customdata": [
                f"{month(m)}: {'niet getoond' if w is None else write(w)}"
                + (f"<br>signaal: {s}" if s else "")
                for m, w, s in df.select("maand", "waarde", "signaal").iter_rows()
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        | as_
    )
    return uit


def make_veelvouden(
    df: pl.DataFrame, namen: Sequence[tuple[str, str]], palet: Palet, langste: int = 40
) -> go.Figure:
    """Small charts on one scale, each in percent of its own mean, in the order of `namen` (code, name).

    df: aanbieder_agb, maand, waarde, gemiddelde, ondergrens, bovengrens, signaal. Who has no mean yet is
    left out. langste: letters of a name that fit above a chart.
    """
    df = df.filter(pl.col("gemiddelde") > 0)
    delen = [(n, df.filter(pl.col("aanbieder_agb") == a).sort("maand")) for a, n in namen]
    delen = [(n, d) for n, d in delen if d.height]
    if not delen:
        return empty_figure(palet, "Er is nog geen regelkaart: die begint na twaalf volle maanden.")
    rijen = -(-len(delen) // PER_RIJ)
    hoogte = PANEEL * rijen + 12
    alle = pl.concat([_as_percent(d) for _, d in delen])
    hoog = max(150.0, float(alle.select(pl.max_horizontal("waarde", "bovengrens").max()).item() or 0)) * 1.05
    traces: list[dict[str, Any]] = []
    layout = base_layout(palet, hoogte, margin={"l": 8, "r": 8, "t": 8, "b": 4})
    annotaties: list[dict[str, Any]] = []
    breed, hoog_vak = 1 / PER_RIJ, 1 / rijen
    for i, (naam, deel) in enumerate(delen):
        k, r = i % PER_RIJ, i // PER_RIJ
        nr = "" if i == 0 else str(i + 1)
        boven = 1 - r * hoog_vak - 20 / hoogte
        vlak_x = [k * breed + 0.03, (k + 1) * breed - 0.02]
        vlak_y = [1 - (r + 1) * hoog_vak + 8 / hoogte, boven]
        traces += _traces(
            _as_percent(deel),
            palet,
            lambda v, n=naam: f"{decimals(v, 0)} % van het gemiddelde van {n}",  # type: ignore[misc]
            1.0,
            nr,
            6,
        )
        layout[f"xaxis{nr}"] = _quiet_axis(palet) | {
            "domain": vlak_x,
            "anchor": f"y{nr}",
        }
        layout[f"yaxis{nr}"] = {
            "domain": vlak_y,
            "anchor": f"x{nr}",
            "range": [0, hoog],
            "visible": False,
            "fixedrange": True,
        }
        annotaties.append(
            {
                "text": naam if len(naam) <= langste else f"{naam[: langste - 1]}…",
                "xref": "paper",
                "yref": "paper",
                "x": vlak_x[0],
                "y": boven,
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 12, "color": palet.tekst},
            }
        )
    layout["annotations"] = annotaties
    return Figuur(data=traces, layout=layout)


def _as_percent(df: pl.DataFrame) -> pl.DataFrame:
    """Each value in percent of the mean of its own months, so that all charts can have one scale."""
    return df.with_columns(
        (pl.col(k) / pl.col("gemiddelde") * 100).alias(k) for k in ("waarde", "ondergrens", "bovengrens")
    ).with_columns(pl.lit(100.0).alias("gemiddelde"))


def _quiet_axis(palet: Palet) -> dict[str, Any]:
    """Months from left to right without labels: the line above the charts names the first and the last."""
    return {
        "showticklabels": False,
        "type": "date",
        "showgrid": False,
        "linecolor": palet.begroting,
        "fixedrange": True,
    }
