"""A waterfall: from one amount to another, a step for each cause."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.basis import Figuur, base_layout, empty_figure
from dashboard.style import Palet

RIJ = 30
"""Height of a step; the chart lies on its side, so that names stay readable on a phone."""


def make_waterval(
    begin: tuple[str, int],
    stappen: Sequence[tuple[str, int | None]],
    eind: tuple[str, int],
    palet: Palet,
    write: Callable[[int], str],
    *,
    geschat: bool = False,
    plan: bool = False,
    breed: bool = False,
) -> go.Figure:
    """Steps from `begin` to `eind`, top to bottom: more is to the right and in the colour of a disadvantage.

    begin, stappen, eind: name and cents; a step of None is not shown and drawn as a gap. geschat: the end is
    an estimate and hatched. plan: the begin is a plan and outlined. breed: there is more room than on a
    phone, where the amount beside a bar takes a larger share of the width.
    """
    if not stappen:
        return empty_figure(palet, "Er is niets veranderd.")
    namen = [begin[0], *(n for n, _ in stappen), eind[0]]
    stand, van, tot, kleuren, labels = begin[1], [0], [begin[1]], [palet.vorig], [write(begin[1])]
    for _, cent in stappen:
        van.append(stand)
        stand += cent or 0
        tot.append(stand)
        kleuren.append(palet.nadeel if (cent or 0) > 0 else palet.voordeel)
        labels.append("niet getoond" if cent is None else _with_sign(cent, write))
    van.append(0)
    tot.append(eind[1])
    kleuren.append(palet.realisatie)
    labels.append(write(eind[1]))
    patroon = [""] * (len(namen) - 1) + ["/" if geschat else ""]
    if plan:
        kleuren[0] = "rgba(0,0,0,0)"
    randen = [1.4 if plan else 0] + [0] * (len(namen) - 1)
    balken: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(namen))),
        "base": [min(a, b) for a, b in zip(van, tot, strict=True)],
        "x": [abs(b - a) for a, b in zip(van, tot, strict=True)],
        "marker": {
            "color": kleuren,
            "line": {"width": randen, "color": palet.begroting},
            "pattern": {"shape": patroon, "bgcolor": palet.achtergrond, "size": 6, "solidity": 0.35},
        },
        "text": labels,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": palet.tekst},
        "customdata": list(zip(namen, labels, strict=True)),
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
        "width": 0.62,
    }
    layout = base_layout(
        palet,
        RIJ * len(namen) + 24,
        shapes=_threads(tot, palet),
        yaxis={
            "tickvals": list(range(len(namen))),
            "ticktext": namen,
            "autorange": "reversed",
            "tickfont": {"size": 12, "color": palet.tekst},
            "ticklabelstandoff": 6,
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
        xaxis={
            "visible": False,
            "fixedrange": True,
            "range": find_range(van, tot, 0.4 if breed else 1.1),
        },
    )
    return Figuur(data=[balken], layout=layout)


def find_range(van: Sequence[int], tot: Sequence[int], rechts: float = 1.1) -> list[float]:
    """The part of the axis to draw: the steps and some of the two ends, so that small steps can be seen.

    Bars that begin at zero are cut on the left when all that changes is far from zero; their length then says
    nothing, the label does. rechts: room for the labels, as a part of all that changes.
    """
    standen = [*van[1:-1], *tot[:-1], tot[-1]]
    laag, hoog = min(standen), max(standen)
    ruimte = max(hoog - laag, abs(hoog) * 0.02, 1)
    links = 0.0 if laag < 2.5 * ruimte else laag - 0.8 * ruimte
    if laag < 0:
        links = laag - 0.4 * ruimte
    return [links, hoog + rechts * ruimte]


def _with_sign(cent: int, write: Callable[[int], str]) -> str:
    teken = "+ " if cent > 0 else ""
    pijl = " ▲" if cent > 0 else " ▼" if cent < 0 else ""
    return f"{teken}{write(cent)}{pijl}"


def _threads(tot: Sequence[int], palet: Palet) -> list[dict[str, Any]]:
    """Thin lines that carry the level from one step to the next."""
    return [
        {
            "type": "line",
            "x0": waarde,
            "x1": waarde,
            "y0": n + 0.31,
            "y1": n + 0.69,
            "line": {"color": palet.begroting, "width": 1},
        }
        for n, waarde in enumerate(tot[:-1])
    ]
