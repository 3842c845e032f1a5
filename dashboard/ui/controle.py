"""The page Declaratiecontrole: what does not fit, why, and the lines to talk about."""

from collections.abc import Callable, Mapping

import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.figures.rangorde import make_rangorde
from dashboard.filters import Filters
from dashboard.numbers import count, euro, euro_mln, plural
from dashboard.reading import controle
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip

REGEL = "controle_regel"
UITWEGEN = 3
"""Other years that are offered where this one has no findings."""


def _title(samen: dict[str, int], df: pl.DataFrame) -> str:
    if df.height == 0:
        return "Geen bevindingen in deze selectie"
    kop = f"{plural(samen['bevindingen'], 'bevinding', 'bevindingen')}"
    if samen["op_het_spel_cent"] <= 0:
        return f"{kop}; er staat geen geld meer op het spel"
    return (
        f"{kop}; {euro_mln(samen['op_het_spel_cent'])} staat op het spel, het meest door {df['oorzaak'][0]}"
    )


def show_oorzaken(
    toegang: Toegang,
    f: Filters,
    sleutel: str = "oorzaken",
    title: Callable[[Mapping[str, int], pl.DataFrame], str] | None = None,
    wat: str = "bevindingen per oorzaak",
    leeg: str = "Niets gevonden. Kies een andere periode of aanbieder.",
    meer: tuple[str, str] | None = None,
) -> None:
    """Card: euros at stake per cause; a dossier gives it a title of its own and the way to the lines."""
    samen, df = controle.read_samen(toegang.lezer, f), controle.read_oorzaken(toegang.lezer, f)

    def rows() -> list[list[str]]:
        return [[o, count(b), count(r), euro(c)] for o, b, r, c in df.iter_rows()]

    show_card(
        toegang,
        sleutel,
        (title or _title)(samen, df),
        f"nog in de realisatie, per oorzaak, {f.periode.label}; een regel telt per oorzaak één keer",
        lambda: make_rangorde(df, "oorzaak", "op_het_spel_cent", theme_palette(), euro),
        "Bedrag op het spel per oorzaak. De tabel geeft ook het aantal bevindingen.",
        df,
        {"Oorzaak": "tekst", "Bevindingen": "getal", "Regels": "getal", "Op het spel": "getal"},
        rows,
        explain(toegang, wat, f, "op_het_spel"),
        begrip="op_het_spel",
        leeg="" if df.height else leeg,
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
