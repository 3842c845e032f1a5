"""A card: a title that says the finding, what was measured, the chart or its table, and the downloads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.export import make_csv, make_xlsx, to_euros
from dashboard.figures.basis import CONFIG
from dashboard.filters import Filters
from dashboard.numbers import day
from dashboard.rapport.inhoud import Tabel
from dashboard.reading.keuzes import read_begrip
from dashboard.ui.navigatie import link
from dashboard.ui.opmaak import hold, keep_mark
from dashboard.ui.tiles import draw_begrip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Kies:
    """Cross-filter: which filter a click sets, and to what, per trace and point; None does nothing.

    A second click on the same takes the filter away; the filter bar does the same by keyboard.
    """

    sleutel: str
    waarden: Sequence[Sequence[str | None]]

    def find(self, punten: Sequence[Mapping[str, Any]]) -> str | None:
        """Value of the first point that was clicked; what does not exist (a client can send anything) is
        None.
        """
        if not punten:
            return None
        spoor, punt = (
            punten[0].get("curve_number"),
            punten[0].get("point_index", punten[0].get("point_number")),
        )
        if type(spoor) is not int or type(punt) is not int or not 0 <= spoor < len(self.waarden):
            return None
        rij = self.waarden[spoor]
        return rij[punt] if 0 <= punt < len(rij) else None


def show_title(titel: str, onder: str, niveau: int = 2, begrip: str = "") -> None:
    """Heading with the finding, and under it what is measured and for which months.

    begrip: HTML of the mark that tells the definition.
    """
    kop = keep_mark(hold(titel), begrip)
    st.html(f'<h{niveau} class="si-titel">{kop}</h{niveau}><p class="si-onder">{hold(onder)}</p>')


def show_table(kolommen: Mapping[str, str], rijen: Sequence[Sequence[str]], bijschrift: str) -> None:
    """A table as HTML, numbers right-aligned; kolommen: heading to 'tekst', 'kort' (never broken off), 'zin'
    (needs some width) or 'getal'.
    """
    klassen = ["" if s == "tekst" else s for s in kolommen.values()]
    kop = "".join(
        f'<th scope="col" class="{c}">{escape(k)}</th>' for k, c in zip(kolommen, klassen, strict=True)
    )
    lijf = "".join(
        "<tr>"
        + "".join(f'<td class="{c}">{escape(w)}</td>' for w, c in zip(r, klassen, strict=True))
        + "</tr>"
        for r in rijen
    )
    st.html(
        f'<div class="si-tabel" tabindex="0" role="region" aria-label="{escape(bijschrift)}">'
        f"<table><thead><tr>{kop}</tr></thead><tbody>{lijf}</tbody></table></div>"
    )


def explain(toegang: Toegang, wat: str, f: Filters | None = None, begrip: str = "") -> dict[str, str]:
    """What goes along with a download: what it is, filters, peildatum, version, role and definition."""
    meta = toegang.lezer.meta
    uit = {"inhoud": wat, "bekend op": day(meta.bekend_op), "versie": meta.generatie, "rol": toegang.rol.naam}
    if f is not None:
        uit["maanden"] = f.periode.label
        uit |= {k: v for k, v in f.query.items() if k != "periode"}
    definitie = read_begrip(toegang.lezer, begrip) if begrip else None
    if definitie is not None:
        uit["definitie"] = f"{definitie['titel']}: {definitie['definitie']}"
    uit["kleine aantallen"] = toegang.lezer.niet_getoond
    return uit


def show_downloads(
    toegang: Toegang, df: pl.DataFrame, naam: str, uitleg: Mapping[str, str], sleutel: str
) -> None:
    """CSV and XLSX of a frame that the door has been over; made when clicked, and logged where due."""
    uit = to_euros(df)

    def as_csv() -> bytes:
        toegang.log("download", {"bestand": f"{naam}.csv", "rijen": df.height, "sleutel": sleutel})
        return make_csv(uit, uitleg)

    def as_xlsx() -> bytes:
        toegang.log("download", {"bestand": f"{naam}.xlsx", "rijen": df.height, "sleutel": sleutel})
        return make_xlsx(uit, uitleg)

    for label, maak, soort in (("CSV", as_csv, "text/csv"), ("XLSX", as_xlsx, XLSX)):
        st.download_button(
            f"↓ {label}",
            maak,
            f"{naam}.{label.lower()}",
            soort,
            key=f"{sleutel}_{label}",
            on_click="ignore",
            type="tertiary",
            help=f"Download deze tabel als {label}",
            disabled=df.height == 0,
        )


def show_table_card(toegang: Toegang, f: Filters, t: Tabel) -> None:
    """A card that is a table by itself: title, downloads, rows, or why there are none."""
    with st.container(border=True, key=f"kaart-{t.sleutel}", height="stretch"):
        show_title(t.titel, t.onder, begrip=draw_begrip(toegang.lezer, t.begrip))
        if t.df.height == 0:
            st.html(f'<div class="si-leeg" role="status">{escape(t.leeg)}</div>')
            return
        with st.container(horizontal=True):
            show_downloads(toegang, t.df, t.sleutel, explain(toegang, t.wat, f, t.begrip), t.sleutel)
        show_table(t.kolommen, t.rijen, t.titel)
        if t.noot:
            st.caption(t.noot)


def show_card(
    toegang: Toegang,
    sleutel: str,
    titel: str,
    onder: str,
    figuur: Callable[[], go.Figure | str],
    alt: str,
    tabel: pl.DataFrame,
    kolommen: Mapping[str, str],
    rijen: Callable[[], Sequence[Sequence[str]]],
    uitleg: Mapping[str, str],
    leeg: str = "",
    onder_figuur: str = "",
    begrip: str = "",
    kies: Kies | None = None,
    meer: tuple[str, str] | None = None,
    keuze: Callable[[], None] | None = None,
    smal: Callable[[], go.Figure] | None = None,
) -> None:
    """A chart card. The table is one click away and holds the same figures; `leeg` replaces both when set.

    figuur: makes the chart, or HTML of our own that reads by itself and needs no `alt`.
    kies: a click in the figure sets a filter. meer: address of the page that explains more, and the words of
    the link; left out where the role may not go there. keuze: draws a control of this card alone, beside
    the choice between chart and table; the caller knows its state beforehand. smal: the same figure for a
    card as narrow as a phone, asked for after the first is drawn; the style sheet shows the one that fits.
    """
    with st.container(border=True, key=f"kaart-{sleutel}", height="stretch", gap="xsmall"):
        show_title(titel, onder, begrip=draw_begrip(toegang.lezer, begrip))
        if leeg:
            if keuze is not None:
                keuze()  # another choice may have something to show
            st.html(f'<div class="si-leeg" role="status">{escape(leeg)}</div>')
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"werk-{sleutel}"):
            vorm = st.segmented_control(
                "Weergave",
                ["Grafiek", "Tabel"],
                default="Grafiek",
                required=True,
                key=f"{sleutel}_vorm",
                label_visibility="collapsed",
            )
            show_downloads(toegang, tabel, sleutel, uitleg, sleutel)
            if keuze is not None:
                keuze()
            doel = link(toegang, meer[0]) if meer is not None else None
            if meer is not None and doel is not None:
                st.page_link(doel, label=meer[1], icon=":material/arrow_forward:")
        if vorm == "Tabel":
            show_table(kolommen, rijen(), titel)
            return
        if smal is None:
            _draw(sleutel, figuur(), alt, kies)
        else:
            with st.container(key=f"maten-{sleutel}", gap=None):
                with st.container(key=f"breed-{sleutel}"):
                    _draw(sleutel, figuur(), alt, kies)
                with st.container(key=f"smal-{sleutel}"):
                    _draw(f"{sleutel}_smal", smal(), alt, kies)
        if onder_figuur:
            st.html(onder_figuur)


def _draw(sleutel: str, figuur: go.Figure | str, alt: str, kies: Kies | None) -> None:
    if isinstance(figuur, str):
        st.html(figuur)
        return
    if kies is None:
        st.plotly_chart(figuur, theme=None, config=CONFIG, alt=alt, key=f"{sleutel}_figuur")
        return
    # A chart remembers what was clicked; under a new name it forgets, so that it can be clicked again.
    keer = st.session_state.setdefault(f"{sleutel}_keer", 0)
    naam = f"{sleutel}_figuur_{keer}"
    figuur.allow_clicks()
    st.plotly_chart(
        figuur,
        theme=None,
        config=CONFIG,
        alt=alt,
        key=naam,
        on_select=lambda: _on_click(sleutel, naam, kies),
        selection_mode="points",
    )


def _on_click(sleutel: str, naam: str, kies: Kies) -> None:
    st.session_state[f"{sleutel}_keer"] += 1
    stand = st.session_state.get(naam)
    waarde = kies.find(stand["selection"]["points"] if stand else [])
    if waarde is not None:
        st.session_state[kies.sleutel] = None if st.session_state.get(kies.sleutel) == waarde else waarde
