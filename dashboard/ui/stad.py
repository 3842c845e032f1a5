"""Cards of the strategic page: euros since 2015 and the map of wijken."""

import os
from dataclasses import replace
from html import escape

import polars as pl
import streamlit as st

from dashboard import words
from dashboard.access.door import Toegang
from dashboard.figures import wijkkaart
from dashboard.figures.jaren import make_jaren
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, day, decimals, euro_mln
from dashboard.reading import ontleding, stad, verloop
from dashboard.style import Palet
from dashboard.ui.card import explain, show_card, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.tiles import draw_begrip


def show_jaren(toegang: Toegang, f: Filters) -> None:
    """Card: euros per year and hoofdproduct, with budget and breaks."""
    lezer, palet = toegang.lezer, theme_palette()
    jaren = stad.read_jaren(lezer, f)
    begroting = verloop.read_begroting(lezer, f).filter(pl.col("soort") == "product")
    breuken = stad.read_breuken(lezer, f)
    alle = sorted(jaren["jaar"].unique()) if jaren.height else []
    laatste = lezer.meta.laatste_levermaand
    deel = "; voor de hele stad en alle aanbieders" if f.has_deel else ""
    lopend = (
        f"; {alle[-1]} loopt nog (gearceerd)" if alle and laatste is not None and laatste.month < 12 else ""
    )

    def rows() -> list[list[str]]:
        uit = []
        for (wet, naam), deel in jaren.group_by(["wet", "hoofdproduct"], maintain_order=True):
            per = dict(deel.select("jaar", "realisatie_cent").iter_rows())
            klein = set(deel.filter(pl.col("niet_getoond"))["jaar"])
            cellen = ["niet getoond" if j in klein else euro_mln(per.get(j)) for j in alle]
            uit.append([str(wet), str(naam), *cellen])
        return uit

    uitleg = explain(
        toegang, "uitgaven per jaar en hoofdproduct, berichten en grootboek samen", f, "realisatie"
    )
    uitleg |= {f"breuk {day(d)}": f"{h or w or 'alles'}: {t}" for d, w, h, t in breuken.iter_rows()}
    show_card(
        toegang,
        "uitgaven_per_jaar",
        words.title_jaren(jaren) if jaren.height else "Uitgaven per hoofdproduct",
        f"€ mln per jaar, één schaal; open staaf: begroting; stippellijn: breuk{lopend}{deel}",
        lambda: make_jaren(jaren, begroting, breuken, palet),
        "Uitgaven per jaar, een klein staafdiagram per hoofdproduct. De tabel geeft dezelfde cijfers.",
        jaren,
        {"Wet": "tekst", "Hoofdproduct": "tekst"} | {str(j): "getal" for j in alle},
        rows,
        uitleg,
        begrip="realisatie",
        leeg="" if jaren.height else "Geen uitgaven in deze selectie. Kies een andere wet of wis de filters.",
    )
    if breuken.height:
        with st.expander("Breuken in de reeks"):
            for datum, wet, naam, tekst in breuken.iter_rows():
                st.markdown(f"- **{day(datum)}** · {naam or wet or 'alles'}: {tekst}")


def show_waarom(toegang: Toegang, f: Filters, pagina: str | None) -> None:
    """Card: one sentence that says why the euros changed, with the way to the whole waterfall."""
    v = ontleding.find_vergelijking(toegang.lezer, f)
    if v is None or (f.wijk is not None and f.aanbieder is not None):
        return
    totaal = ontleding.read_totaal(toegang.lezer, f, v)
    if not totaal:
        return
    effecten = {e: totaal.get(f"effect_{e}_cent") for e in ontleding.EFFECTEN}
    with st.container(border=True, key="kaart-waarom"):
        show_title(
            words.title_ontleding(totaal["verschil_cent"], effecten),
            f"via berichten, {v.daarna.label} tegenover {v.eerst.label}; {v.rijpheid}",
            begrip=draw_begrip(toegang.lezer, "pq_ontleding"),
        )
        if pagina is not None:
            st.page_link(pagina, label="Bekijk alle oorzaken", icon=":material/arrow_forward:")


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
    with st.container(key="wijken"):
        show_card(
            toegang,
            "clienten_per_wijk",
            words.title_wijken(df) if df.height else "Cliënten per wijk",
            f"cliënten per 1.000 inwoners, {f.periode.label}; klassen met evenveel wijken",
            lambda: (
                wijkkaart.make_tegelkaart(df, palet, klein, f.wijk)
                if geojson is None
                else wijkkaart.make_vlakkenkaart(df, geojson, palet, klein)
            ),
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
            onder_figuur="" if leeg else _legend(df, palet, klein),
        )
