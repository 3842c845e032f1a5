"""Clients per 1.000 inhabitants by wijk: a tile map of our own, or the user's GeoJSON."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.figures.basis import Figuur, base_layout, empty_figure
from dashboard.numbers import count, decimals
from dashboard.style import Palet

MAX_BYTES = 5_000_000
SLEUTELS = ("wijkcode", "statcode", "WK_CODE", "wk_code")


def cut_quantiles(waarden: list[float], klassen: int = 5) -> list[float]:
    """Upper bounds of at most `klassen` classes of about as many wijken each; the last is the maximum."""
    rij = sorted(waarden)
    if not rij:
        return []
    grenzen = [rij[min(len(rij) - 1, -(-len(rij) * k // klassen) - 1)] for k in range(1, klassen + 1)]
    return sorted(set(grenzen))


def find_class(waarde: float, grenzen: list[float]) -> int:
    """Index of the class a value falls in."""
    return next((i for i, g in enumerate(grenzen) if waarde <= g), len(grenzen) - 1)


def spread_colours(n: int, palet: Palet) -> list[tuple[str, str]]:
    """Fill and text colour for `n` classes, spread over the five steps of the palette."""
    plekken = [round(i * 4 / max(1, n - 1)) for i in range(n)] if n > 1 else [2]
    return [(palet.reeks[p], palet.tekst_op_reeks[p]) for p in plekken]


def describe_classes(waarden: list[float], grenzen: list[float]) -> list[str]:
    """Name each class by its lowest and highest value."""
    uit: list[str] = []
    for i, _ in enumerate(grenzen):
        leden = [w for w in waarden if find_class(w, grenzen) == i]
        laag, hoog = decimals(min(leden), 0), decimals(max(leden), 0)
        uit.append(laag if laag == hoog else f"{laag} – {hoog}")
    return uit


def _hover(df: pl.DataFrame, tekst_klein: str) -> list[str]:
    uit: list[str] = []
    for naam, clienten, inwoners, per, klein in df.select(
        "wijknaam", "clienten", "inwoners", "per_1000", "niet_getoond"
    ).iter_rows():
        if klein:
            uit.append(f"{naam}<br>{tekst_klein}")
        elif per is None:
            uit.append(f"{naam}<br>geen inwonertal")
        else:
            regel = f"{count(clienten)} cliënten op {count(inwoners)} inwoners"
            uit.append(f"{naam}<br>{decimals(per, 0)} per 1.000 inwoners<br>{regel}")
    return uit


def wrap_name(naam: str, breed: int = 9) -> str:
    """Break the name of a wijk over two lines where it is too long for its square."""
    naam = naam.replace("kwartier", "kw.").replace("- en ", "-/ ")
    if " " in naam:
        return naam.replace(" ", "<br>", 1)
    if len(naam) <= breed:
        return naam
    knip = len(naam) - 4 if naam.endswith("wijk") else len(naam) - 3 if naam.endswith("kw.") else 10
    knip = knip if knip <= 11 else 10
    return f"{naam[:knip]}-<br>{naam[knip:]}"


def hyphenate(regel: str, breed: int = 9) -> str:
    """Break a line longer than a tile on a phone at the syllable nearest its middle."""
    kern = regel.removesuffix("-")
    if len(regel) <= breed:
        return regel
    klinkers = "aeiouy"
    plekken = [
        i
        for i in range(3, len(kern) - 2)
        if kern[i].isalpha() and kern[i].lower() not in klinkers and kern[i + 1] in klinkers
    ]
    if not plekken:
        return regel
    plek = min(plekken, key=lambda i: abs(i - len(kern) / 2))
    return f"{kern[:plek]}-<br>{regel[plek:]}"


def make_tegelkaart(
    df: pl.DataFrame, palet: Palet, tekst_klein: str, gekozen: str | None = None, *, smal: bool = False
) -> go.Figure:
    """Tile map: a square a wijk at its rij and kolom, shaded by quantile; suppressed squares are hatched.

    df: wijkcode, wijknaam, rij, kolom, clienten, inwoners, per_1000, niet_getoond. `gekozen` is marked.
    smal: for a phone, with names over more lines.
    """
    if df.height == 0:
        return empty_figure(palet, "Geen wijken geladen.")
    waarden = [float(w) for w in df["per_1000"].drop_nulls()]
    grenzen = cut_quantiles(waarden)
    kleuren = spread_colours(len(grenzen), palet)
    vul, inkt, patroon, tekst = [], [], [], []
    for naam, per, klein in df.select("wijknaam", "per_1000", "niet_getoond").iter_rows():
        kleur, op = (
            (palet.achtergrond, palet.tekst) if per is None else kleuren[find_class(float(per), grenzen)]
        )
        vul.append(palet.vorig if klein else kleur)  # a hatch is drawn in the colour of its tile
        inkt.append(op)
        patroon.append("/" if klein else "")
        kop = wrap_name(naam)
        kop = "<br>".join(hyphenate(r) for r in kop.split("<br>")) if smal else kop
        tekst.append(f"{kop}<br><b>{'·' if per is None else decimals(per, 0)}</b>")
    rijen = int(df["rij"].max())  # type: ignore[arg-type]
    trace: dict[str, Any] = {
        "type": "bar",
        "x": df["kolom"].to_list(),
        "base": [rijen - r for r in df["rij"]],
        "y": [0.94] * df.height,
        "width": 0.95,
        "marker": {
            "color": vul,
            "line": {
                "color": [palet.nadeel if w == gekozen else palet.begroting for w in df["wijkcode"]],
                "width": [3 if w == gekozen else 0.8 for w in df["wijkcode"]],
            },
            "pattern": {"shape": patroon, "bgcolor": palet.achtergrond, "size": 8, "solidity": 0.15},
        },
        "text": tekst,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": inkt, "size": 12},
        "constraintext": "none",
        "customdata": _hover(df, tekst_klein),
        "hovertemplate": "%{customdata}<extra></extra>",
        "ids": df["wijkcode"].to_list(),
    }
    as_ = {"visible": False, "fixedrange": True}
    rand = {"l": 0, "r": 0, "t": 4, "b": 4}
    layout = base_layout(palet, 74 * rijen + 8, xaxis=as_, yaxis=as_, barmode="overlay", margin=rand)
    return Figuur(data=[trace], layout=layout)


@lru_cache(maxsize=4)
def _read_geojson(pad: str, mtime: int) -> dict[str, Any] | None:
    bestand = Path(pad)
    if bestand.stat().st_size > MAX_BYTES:
        return None
    inhoud = json.loads(bestand.read_text(encoding="utf-8"))
    if not isinstance(inhoud, dict) or not inhoud.get("features"):
        return None
    for vlak in inhoud["features"]:
        eigen = vlak.get("properties") or {}
        vlak["id"] = next((str(eigen[k]) for k in SLEUTELS if k in eigen), str(vlak.get("id", "")))
    return inhoud


def load_geojson(pad: str | None) -> dict[str, Any] | None:
    """Read the user's map; None when there is none or it cannot be used (the tile map is drawn then)."""
    if not pad:
        return None
    try:
        return _read_geojson(pad, Path(pad).stat().st_mtime_ns)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def make_vlakkenkaart(df: pl.DataFrame, geojson: dict[str, Any], palet: Palet, tekst_klein: str) -> go.Figure:
    """Choropleth over the user's GeoJSON; wijken without a figure keep the background and an outline."""
    waarden = [float(w) for w in df["per_1000"].drop_nulls()]
    grenzen = cut_quantiles(waarden)
    kleuren = [k for k, _ in spread_colours(len(grenzen), palet)]
    met = df.filter(pl.col("per_1000").is_not_null())
    zonder = df.filter(pl.col("per_1000").is_null())
    n = max(1, len(kleuren))
    schaal = [[(i + e) / n, k] for i, k in enumerate(kleuren) for e in (0, 1)] or [
        [0, palet.vlak],
        [1, palet.vlak],
    ]
    traces = [
        {
            "type": "choropleth",
            "geojson": geojson,
            "locations": met["wijkcode"].to_list(),
            "z": [find_class(float(w), grenzen) + 0.5 for w in met["per_1000"]],
            "zmin": 0,
            "zmax": n,
            "colorscale": schaal,
            "showscale": False,
            "marker": {"line": {"color": palet.achtergrond, "width": 1.2}},
            "customdata": _hover(met, tekst_klein),
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    ]
    if zonder.height:
        traces.append(
            {
                "type": "choropleth",
                "geojson": geojson,
                "locations": zonder["wijkcode"].to_list(),
                "z": [0] * zonder.height,
                "colorscale": [[0, palet.achtergrond], [1, palet.achtergrond]],
                "showscale": False,
                "marker": {"line": {"color": palet.vorig, "width": 1.2}},
                "customdata": _hover(zonder, tekst_klein),
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    geo = {
        "fitbounds": "locations",
        "visible": False,
        "bgcolor": "rgba(0,0,0,0)",
        "projection": {"type": "mercator"},
    }
    return Figuur(data=traces, layout=base_layout(palet, 460, geo=geo))
