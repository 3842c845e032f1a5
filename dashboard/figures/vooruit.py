"""The years ahead: the complete years, the forecast of the running one, and a line per projection."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure, value_axis
from dashboard.figures.bullet import write_mln
from dashboard.figures.hek import MLN, make_label, make_year_axis, to_mln
from dashboard.numbers import euro_mln
from dashboard.style import Palet

STREPEN = ("dash", "dot", "dashdot", "longdash")


def make_vooruit(
    hek: pl.DataFrame, lopend: dict[str, int] | None, lijnen: pl.DataFrame, palet: Palet
) -> go.Figure:
    """Lines of the complete years, the band of the running one, and a line per projection, named at its end.

    hek: jaar, realisatie_cent, volledig; lopend: jaar, p10_cent, p50_cent, p90_cent; lijnen: jaar, lijn,
    cent. Lines need no zero: the axis shows the part in which they differ.
    """
    klaar = hek.filter(pl.col("volledig").fill_null(False) & pl.col("realisatie_cent").is_not_null()).tail(4)
    if lijnen.height == 0:
        return empty_figure(palet, "Er is geen uitgangspunt om vooruit te rekenen.", 300)
    traces: list[dict[str, Any]] = []
    noten: list[dict[str, Any]] = []
    if klaar.height:
        traces.append(_line(klaar["jaar"], klaar["realisatie_cent"], "uitgaven", "solid", palet.realisatie))
    if lopend is not None:
        traces.append(_band(lopend, palet))
        noten.append(
            make_label("prognose", lopend["jaar"], lopend["p50_cent"] / MLN, palet.tekst)
            | {"xanchor": "right", "xshift": -9}
        )
    laatste = int(lijnen["jaar"].max())  # type: ignore[arg-type]
    plekken: list[tuple[float, str, str, bool]] = []
    for n, (naam,) in enumerate(lijnen.select("lijn").unique(maintain_order=True).rows()):
        lijn = lijnen.filter(pl.col("lijn") == naam)
        kleur = palet.begroting if naam == "" else palet.accent
        label = naam or "ongewijzigd"
        streep = "dot" if naam == "" else STREPEN[(n - 1) % 4]
        traces.append(_line(lijn["jaar"], lijn["cent"], label, streep, kleur))
        eerst, laatst = lijn["cent"][0], lijn["cent"][-1]
        plekken.append((laatst / MLN, label, kleur, laatst < eerst))
    alle = [v for t in traces for v in t["y"] if v is not None]
    laag, hoog = min(alle), max(alle)
    hoogte = max(hoog - laag, 1.0)
    noten += _spread(plekken, laatste, hoogte)
    eerste = int(klaar["jaar"][0]) if klaar.height else laatste - 4
    layout = base_layout(
        palet,
        300,
        margin={"l": 8, "r": 12, "t": 8, "b": 24},
        annotations=noten,
        xaxis=make_year_axis(palet, eerste, laatste, list(range(eerste, laatste + 1))),
        yaxis=value_axis(
            palet,
            ticksuffix=" mln",
            tickprefix="€ ",
            rangemode="normal",
            range=[laag - 0.25 * hoogte, hoog + 0.3 * hoogte],
            zeroline=False,
        ),
    )
    return Figuur(data=traces, layout=layout)


def _line(jaren: pl.Series, cent: pl.Series, naam: str, streep: str, kleur: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": jaren.to_list(),
        "y": to_mln(cent),
        "line": {"color": kleur, "width": 2.2, "dash": streep},
        "marker": {"size": 6, "color": kleur},
        "customdata": [euro_mln(v) for v in cent],
        "hovertemplate": f"{naam} %{{x}}: %{{customdata}}<extra></extra>",
    }


def _band(lopend: dict[str, int], palet: Palet) -> dict[str, Any]:
    p10, p50, p90 = (lopend[f"p{n}_cent"] for n in (10, 50, 90))
    tekst = f"prognose {lopend['jaar']}: {euro_mln(p50)}, 80 % kans tussen {euro_mln(p10)} en {euro_mln(p90)}"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [lopend["jaar"]],
        "y": [p50 / MLN],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [(p90 - p50) / MLN],
            "arrayminus": [(p50 - p10) / MLN],
            "color": palet.realisatie,
            "thickness": 2,
            "width": 7,
        },
        "marker": {
            "size": 10,
            "color": palet.achtergrond,
            "line": {"color": palet.realisatie, "width": 2},
        },
        "hovertemplate": f"{tekst}<extra></extra>",
    }


def _spread(plekken: list[tuple[float, str, str, bool]], x: int, hoogte: float) -> list[dict[str, Any]]:
    """Labels at the ends of the lines, above those that rise and below those that fall, moved apart."""
    uit: list[dict[str, Any]] = []
    for daalt in (False, True):
        kant = -1 if daalt else 1
        vorige: float | None = None
        for waarde, naam, kleur, _ in sorted((p for p in plekken if p[3] == daalt), reverse=daalt):
            y = waarde if vorige is None else kant * max(kant * waarde, kant * vorige + 0.13 * hoogte)
            kort = naam if len(naam) <= 20 else f"{naam[:19]}…"
            plek = {
                "xanchor": "right",
                "yanchor": "top" if daalt else "bottom",
                "xshift": 0,
                "yshift": 5 * kant,
            }
            uit.append(make_label(f"{kort} {write_mln(waarde * MLN)}", x + 0.4, y, kleur) | plek)
            vorige = y
    return uit
