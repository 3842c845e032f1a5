"""The page Declaratiecontrole: what does not fit, why, and the lines to talk about."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.access.reader import Lezer
from dashboard.controletabel import make_oorzaken
from dashboard.figures.rangorde import make_rangorde
from dashboard.filters import Filters
from dashboard.numbers import count, euro, euro_mln, plural
from dashboard.rapport.inhoud import Tabel
from dashboard.reading import controle
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip

REGEL = "controle_regel"
UITWEGEN = 3
"""Other years that are offered where this one has no findings."""


def _title(samen: dict[str, int], oorzaak: str | None) -> str:
    if oorzaak is None:
        return "Geen bevindingen in deze selectie"
    kop = plural(samen["bevindingen"], "bevinding", "bevindingen")
    if samen["op_het_spel_cent"] <= 0:
        return f"{kop}; er staat geen geld meer op het spel"
    return f"{kop}; {euro_mln(samen['op_het_spel_cent'])} staat op het spel, het meest door {oorzaak}"


def make_alle_oorzaken(lezer: Lezer, f: Filters) -> Tabel:
    """All findings of the view by cause."""
    df = controle.read_oorzaken(lezer, f)
    titel = _title(controle.read_samen(lezer, f), df["oorzaak"][0] if df.height else None)
    leeg = "Niets gevonden. Kies een andere periode of aanbieder."
    return make_oorzaken(lezer, f, "oorzaken", titel, "bevindingen per oorzaak", leeg)


def show_oorzaken(toegang: Toegang, f: Filters, t: Tabel, meer: tuple[str, str] | None = None) -> None:
    """Card: euros at stake per cause; a dossier gives it a title of its own and the way to the lines."""
    show_card(
        toegang,
        t.sleutel,
        t.titel,
        t.onder,
        lambda: make_rangorde(t.df, "oorzaak", "op_het_spel_cent", theme_palette(), euro),
        "Bedrag op het spel per oorzaak. De tabel geeft ook het aantal bevindingen.",
        t.df,
        t.kolommen,
        lambda: t.rijen,
        explain(toegang, t.wat, f, t.begrip),
        begrip=t.begrip,
        leeg="" if t.df.height else t.leeg,
        meer=meer,
    )


def show_niets(toegang: Toegang, f: Filters) -> None:
    """Card in the place of all others: nothing does not fit here, and where something does."""
    jaren = controle.read_andere_jaren(toegang.lezer, f)
    aan = [s for s in ("wet", "aanbieder") if getattr(f, s) is not None]
    with st.container(border=True, key="kaart-niets", gap="small"):
        show_title(
            f"Geen bevindingen over {f.periode.label}",
            "geen geladen regel gaat in tegen de toewijzing, het contract of de standaard",
            begrip=draw_begrip(toegang.lezer, "declaratiecontrole"),
        )
        if jaren:
            show_empty("In een ander jaar is voor deze selectie wel iets gevonden.")
        elif aan:
            show_empty(
                "Ook in andere jaren is voor deze selectie niets gevonden. Wis de filters om alles te zien."
            )
        else:
            show_empty(
                "Er is in geen enkel jaar iets gevonden. Verwacht u dat wel? Vraag functioneel beheer of de"
                " declaraties en de toewijzingen zijn geladen."
            )
        with st.container(horizontal=True, gap="small"):
            for jaar, n in list(jaren.items())[:UITWEGEN]:
                st.button(
                    f"Bekijk {jaar}: {plural(n, 'bevinding', 'bevindingen')}",
                    key=f"niets_{jaar}",
                    on_click=_choose,
                    args=({"periode": jaar},),
                )
            if aan:
                st.button(
                    "Wis de filters",
                    key="niets_wis",
                    on_click=_choose,
                    args=(dict.fromkeys(aan),),
                )


def _choose(filters: Mapping[str, str | None]) -> None:
    for sleutel, waarde in filters.items():
        st.session_state[sleutel] = waarde


def show_regels(toegang: Toegang, f: Filters) -> pl.DataFrame:
    """Card: the same per rule of the standard; returns the rules for the list beneath."""
    df = controle.read_per_regel(toegang.lezer, f)
    with st.container(border=True, key="kaart-regels", height="stretch"):
        show_title(
            plural(df.height, "regel geeft bevindingen", "regels geven bevindingen"),
            "nummers en retourcodes van de standaard; een eigen signaal gaat niet over rechtmatigheid",
        )
        if df.height == 0:
            show_empty("Niets gevonden.")
            return df
        with st.container(horizontal=True, horizontal_alignment="right"):
            show_downloads(
                toegang, df, "controle_per_regel", explain(toegang, "bevindingen per regel", f), "regels"
            )
        kolommen = {
            "Regel": "kort",
            "Wat er aan de hand is": "zin",
            "Aantal": "getal",
            "Al afgekeurd": "getal",
        }
        rijen = [
            [r if c is None else f"{r} ({c})", o, count(n), count(a), euro(s)]
            for _, _, r, c, o, n, a, s in df.iter_rows()
        ]
        show_table(kolommen | {"Op het spel": "getal"}, rijen, "Bevindingen per regel van de standaard")
    return df
