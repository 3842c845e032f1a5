"""The operational page: cards of one aanbieder."""

import streamlit as st

from dashboard.access.door import Toegang
from dashboard.dossier import GEEN_PQ, Dossier
from dashboard.dossier_verloop import make_omzet, make_stroom
from dashboard.figures import reeksen
from dashboard.filters import Filters
from dashboard.numbers import count, euro
from dashboard.tegels import last_months
from dashboard.ui.card import explain, show_card, show_title
from dashboard.ui.chrome import theme_palette


def show_head(d: Dossier) -> None:
    """Name, concern and contract in one line."""
    show_title(d.naam, d.kop)
    if d.is_lump_sum:
        st.info(GEEN_PQ)


def show_omzet(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: euros by month next to the average of comparable aanbieders."""
    palet, t = theme_palette(), make_omzet(toegang.lezer, last_months(toegang.lezer, f, 24), d)
    show_card(
        toegang,
        t.sleutel,
        t.titel,
        f"€ dzd per levermaand; lijn: {d.vergelijking}; gearceerd: voorlopig",
        lambda: reeksen.make_bars(
            t.df,
            "realisatie_cent",
            palet,
            euro,
            schaal=100_000.0,
            gemiddelde="gemiddeld_cent",
            naam_gemiddelde="gemiddelde vergelijkbare aanbieders",
        ),
        f"Gedeclareerd bedrag per maand van {d.naam}, met het gemiddelde van vergelijkbare aanbieders",
        t.df,
        t.kolommen,
        lambda: t.rijen,
        explain(toegang, t.wat, f, t.begrip),
        begrip=t.begrip,
        leeg="" if (t.df["realisatie_cent"].fill_null(1) != 0).any() else t.leeg,
    )


def show_stroom(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: clients coming and going by month; for a lump sum the reach."""
    palet, t = theme_palette(), make_stroom(toegang.lezer, f, d, last_months(toegang.lezer, f, 24))
    show_card(
        toegang,
        t.sleutel,
        t.titel,
        t.onder,
        lambda: (
            reeksen.make_bars(t.df, "bereik", palet, count, hoogte=220)
            if d.is_lump_sum
            else reeksen.make_in_out(t.df, palet)
        ),
        f"Instroom en uitstroom per maand van {d.naam}",
        t.df,
        t.kolommen,
        lambda: t.rijen,
        explain(toegang, t.wat, f, t.begrip),
        begrip=t.begrip,
    )
