"""The page Cijfers en begrippen: what each figure means, and its rows to look at and take along."""

import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.access.tables import TABELLEN
from dashboard.export import to_euros
from dashboard.numbers import count, plural
from dashboard.reading.tabellen import Uitleg, list_tabellen, read_rijen, read_uitleg
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty

SLEUTEL = "tabel"
EERSTE = 200


def choose_tabel(toegang: Toegang) -> str | None:
    """Let the visitor choose a table that the role may have; None when there is none."""
    namen = list_tabellen(toegang.lezer, toegang.rol)
    if not namen:
        show_empty("Voor deze rol zijn er geen tabellen.")
        return None
    if st.session_state.get(SLEUTEL) not in (None, *namen):
        st.session_state[SLEUTEL] = next(iter(namen))
    gekozen = st.selectbox(
        "Cijfers",
        list(namen),
        format_func=lambda n: n.replace("_", " ").capitalize(),
        key=SLEUTEL,
        bind="query-params",
        help="Alle tabellen waarop dit dashboard rust, voor zover uw rol ze mag zien.",
    )
    return gekozen if gekozen in namen else next(iter(namen))


def show_uitleg(toegang: Toegang, naam: str) -> Uitleg:
    """Card: what a row is, what each column means, and the definitions that are tested on this table."""
    uitleg = read_uitleg(toegang.lezer, naam)
    with st.container(border=True, key="kaart-uitleg", height="stretch"):
        show_title(naam.replace("_", " ").capitalize(), uitleg.omschrijving)
        if uitleg.begrippen.height:
            for titel, definitie, formule, _, bron in uitleg.begrippen.iter_rows():
                st.markdown(f"**{titel}.** {definitie}")
                st.caption(f"Formule: {formule} · Bron: {bron}")
        with st.expander(plural(len(uitleg.kolommen), "kolom", "kolommen")):
            show_table(
                {"Kolom": "kort", "Betekenis": "zin"}, list(uitleg.kolommen.items()), f"Kolommen van {naam}"
            )
    return uitleg


def show_rijen(toegang: Toegang, uitleg: Uitleg) -> None:
    """Card: the rows, small cells empty; all of them in the download."""
    naam = uitleg.naam
    df = read_rijen(toegang.lezer, naam)
    with st.container(border=True, key="kaart-rijen"):
        toont = (
            f"de eerste {count(EERSTE)} van {count(df.height)} rijen"
            if df.height > EERSTE
            else plural(df.height, "rij", "rijen")
        )
        show_title("De cijfers zelf", f"{toont}; alles staat in de download")
        if df.height == 0:
            show_empty("Deze tabel heeft in deze momentopname geen rijen voor uw rol.")
            return
        with st.container(horizontal=True, horizontal_alignment="right"):
            wat = explain(toegang, f"{naam}: {uitleg.omschrijving}")
            show_downloads(toegang, df, naam, wat, "tabel")
        _draw(df.head(EERSTE), naam)
        if TABELLEN[naam].per_aanbieder:
            st.caption("Alleen aanbieders die uw rol mag zien.")


def _draw(df: pl.DataFrame, naam: str) -> None:
    """Amounts in euros and dates in Dutch form; the rest as it is."""
    beeld = to_euros(df)
    instelling = {}
    for kolom, soort in beeld.schema.items():
        kop = kolom.replace("_", " ")
        if kolom.endswith("_euro"):
            instelling[kolom] = st.column_config.NumberColumn(
                f"{kop.removesuffix(' euro')} (€)", format="localized"
            )
        elif soort.is_temporal():
            instelling[kolom] = st.column_config.DateColumn(kop, format="DD-MM-YYYY")
        elif soort.is_numeric() and kolom != "jaar":
            instelling[kolom] = st.column_config.NumberColumn(kop, format="localized")
        else:
            instelling[kolom] = st.column_config.Column(kop)
    st.dataframe(
        beeld,
        hide_index=True,
        column_config=instelling,
        placeholder="–",
        key=f"rijen_{naam}",
        alt=f"Rijen van {naam}",
    )
