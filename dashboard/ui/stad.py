"""Cards of the city: euros and clients since 2015, and the map of wijken."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import words
from dashboard.access.door import Toegang
from dashboard.figures import wijkkaart
from dashboard.figures.jaren import fold_jaren, label_mln, make_jaren
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, day, decimals, euro_mln, plural
from dashboard.reading import reeks, stad, verloop
from dashboard.style import Palet
from dashboard.ui.card import Kies, explain, show_card
from dashboard.ui.chrome import theme_palette

NOMINAAL, CLIENTEN, SLEUTEL = "nominaal", "cliënten", "jaren_maat"


@dataclass(frozen=True)
class Maat:
    """What the bars of a year show: the column, how it is written, and what it is called."""

    kolom: str
    write: Callable[[float | None], str]
    label: Callable[[float], str]
    wat: str
    begrip: str


def _measures(prijspeil: int | None) -> dict[str, Maat]:
    """The measures to choose from, by what the switch calls them; real euros only where there is an index."""
    uit = {
        NOMINAAL: Maat(
            "nominaal_cent", euro_mln, label_mln, "uitgaven, € mln per jaar in euro van toen", "realisatie"
        )
    }
    if prijspeil is not None:
        wat = f"uitgaven, € mln per jaar in prijzen van {prijspeil}"
        uit[f"prijzen {prijspeil}"] = Maat("reeel_cent", euro_mln, label_mln, wat, "reele_uitgaven")
    uit[CLIENTEN] = Maat(
        "clienten",
        count,
        count,
        "cliënten per jaar, per hoofdproduct geteld; vanaf het eerste bericht",
        "clienten",
    )
    return uit


def show_jaren(toegang: Toegang, f: Filters) -> None:
    """Card: euros (nominal or real) or clients per year and hoofdproduct, with budget and breaks."""
    lezer, palet = toegang.lezer, theme_palette()
    jaren = reeks.read_reeks(lezer, f)
    peil = jaren["prijspeil_jaar"].drop_nulls() if jaren.height else pl.Series([])
    maten = _measures(int(peil[0]) if len(peil) else None)
    naam = st.session_state.get(SLEUTEL)
    naam = naam if naam in maten else NOMINAAL
    maat = maten[naam]
    begroting = verloop.read_begroting(lezer, f).filter(pl.col("soort") == "product")
    if naam != NOMINAAL:
        begroting = begroting.clear()
    breuken = stad.read_breuken(lezer, f)
    alle = sorted(jaren["jaar"].unique()) if jaren.height else []
    laatste = lezer.meta.laatste_levermaand
    deel = "; voor de hele stad en alle aanbieders" if f.has_deel else ""
    plan = "; open: begroting" if naam == NOMINAAL else ""
    lopend = "; gearceerd: loopt nog" if alle and laatste is not None and laatste.month < 12 else ""

    def choose() -> None:
        st.segmented_control(
            "Maat", list(maten), default=naam, required=True, key=SLEUTEL, label_visibility="collapsed"
        )

    def rows() -> list[list[str]]:
        uit = []
        for (wet, deel), rij in jaren.group_by(["wet", "hoofdproduct"], maintain_order=True):
            per = dict(rij.select("jaar", maat.kolom).iter_rows())
            klein = set(rij.filter(pl.col("niet_getoond"))["jaar"])
            cellen = ["niet getoond" if j in klein else maat.write(per.get(j)) for j in alle]
            uit.append([str(wet), str(deel), *cellen])
        return uit

    uitleg = explain(toegang, f"{maat.wat}, per hoofdproduct in de indeling van nu", f, "doorlopende_reeks")
    uitleg |= {f"breuk {day(d)}": f"{h or w or 'alles'}: {t}" for d, w, h, t in breuken.iter_rows()}

    getekend: list[go.Figure] = []

    def draw() -> go.Figure:
        getekend.append(
            make_jaren(
                jaren.with_columns(pl.col("nominaal_cent").alias("realisatie_cent")),
                begroting,
                breuken,
                palet,
                maat=maat.kolom,
                write=maat.write,
                label=maat.label,
            )
        )
        return getekend[0]

    show_card(
        toegang,
        "uitgaven_per_jaar",
        words.title_jaren(jaren, maat.kolom, maat.write),
        f"{maat.wat}, één schaal{plan}; stippellijn: breuk{lopend}{deel}",
        draw,
        "Per jaar een klein staafdiagram per hoofdproduct. De tabel geeft dezelfde cijfers.",
        jaren.drop("is_onbekend", "volledig"),
        {"Wet": "tekst", "Hoofdproduct": "tekst"} | {str(j): "getal" for j in alle},
        rows,
        uitleg,
        begrip=maat.begrip,
        leeg="" if jaren.height else "Geen uitgaven in deze selectie. Kies een andere wet of wis de filters.",
        keuze=choose,
        onder_figuur=_fold_breaks(breuken),
        # laid out anew and not made twice: that would take as long as the rest of the card
        smal=lambda: fold_jaren(getekend[0]),
    )


def _fold_breaks(breuken: pl.DataFrame) -> str:
    """What the dotted lines mean, folded; empty where there is none."""
    if breuken.height == 0:
        return ""
    punten = "".join(
        f"<li><b>{day(datum)}</b> · {escape(deel or wet or 'alles')}: {escape(tekst)}</li>"
        for datum, wet, deel, tekst in breuken.iter_rows()
    )
    kop = plural(breuken.height, "breuk", "breuken")
    return f'<details class="si-uitklap"><summary>{kop} in de reeks</summary><ul>{punten}</ul></details>'


def _legend(df: pl.DataFrame, palet: Palet, klein: str) -> str:
    waarden = [float(w) for w in df["per_1000"].drop_nulls()]
    grenzen = wijkkaart.cut_quantiles(waarden)
    namen = wijkkaart.describe_classes(waarden, grenzen)
    kleuren = wijkkaart.spread_colours(len(grenzen), palet)
    stukken = [
        f'<span><i style="background:{k}"></i>{escape(n)}</span>'
        for (k, _), n in zip(kleuren, namen, strict=True)
    ]
    if df["niet_getoond"].any():
        stukken.append(f'<span><i class="si-arceer"></i>{escape(klein)}</span>')
    return f'<div class="si-legenda">{"".join(stukken)}</div>'


def show_wijken(toegang: Toegang, f: Filters) -> None:
    """Card: clients per 1.000 inhabitants by wijk."""
    lezer, palet = toegang.lezer, theme_palette()
    df = stad.read_wijken(lezer, replace(f, wijk=None))  # all wijken, the chosen one marked
    geojson = wijkkaart.load_geojson(os.environ.get("STUURINFO_GEOJSON"))
    klein = f"niet getoond: {lezer.reden_niet_getoond}"

    def rows() -> list[list[str]]:
        return [
            [
                naam,
                stadsdeel or GEEN,
                "niet getoond" if verborgen else count(n),
                count(inwoners),
                "niet getoond" if verborgen else GEEN if per is None else decimals(per, 1),
            ]
            for naam, stadsdeel, n, inwoners, per, verborgen in df.sort(
                "per_1000", descending=True, nulls_last=True
            )
            .select("wijknaam", "stadsdeel", "clienten", "inwoners", "per_1000", "niet_getoond")
            .iter_rows()
        ]

    leeg = "" if df.height else "Er is geen wijkindeling geladen."

    def draw(*, smal: bool = False) -> go.Figure:
        if geojson is not None:
            return wijkkaart.make_vlakkenkaart(df, geojson, palet, klein)
        return wijkkaart.make_tegelkaart(df, palet, klein, f.wijk, smal=smal)

    with st.container(key="wijken", height="stretch"):
        show_card(
            toegang,
            "clienten_per_wijk",
            words.title_wijken(df) if df.height else "Cliënten per wijk",
            f"cliënten per 1.000 inwoners, {f.periode.label}; klassen met evenveel wijken",
            draw,
            "Kaart van de wijken met cliënten per 1.000 inwoners. De tabel geeft dezelfde cijfers.",
            df.drop("rij", "kolom", "op_kaart"),
            {
                "Wijk": "tekst",
                "Stadsdeel": "tekst",
                "Cliënten": "getal",
                "Inwoners": "getal",
                "Per 1.000": "getal",
            },
            rows,
            explain(toegang, "cliënten per wijk; wie verhuisde telt in elke wijk mee", f, "wijk"),
            leeg=leeg,
            begrip="wijk",
            # the tiles follow the rows of the frame; on a map of the user's own the filter bar does it
            kies=Kies("wijk", [df["wijkcode"].to_list()]) if geojson is None else None,
            onder_figuur="" if leeg else _legend(df, palet, klein),
            meer=("wijk", "Bekijk een wijk"),
            smal=None if geojson is not None else lambda: draw(smal=True),
        )
