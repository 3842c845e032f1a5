"""The page Cijfers en begrippen: what each figure means, and its rows to look at and take along."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.access.tables import TABELLEN
from dashboard.numbers import GEEN, count, decimals, euro_cent, plural
from dashboard.reading.tabellen import Uitleg, list_tabellen, read_rijen, read_uitleg
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty

SLEUTEL = "tabel"
EERSTE = 200
BREEDSTE = 260
SPELLING = {"client": "cliënt", "clienten": "cliënten", "agb": "AGB"}
"""Words of column names that are written otherwise."""


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
    """Numbers and dates in Dutch form; sorting stays on the number beneath."""
    stijl: dict[str, Callable[[Any], str]] = {}
    instelling: dict[str, Any] = {}
    delen: list[pl.Series] = []
    for kolom, soort in df.schema.items():
        kop = _head(kolom)
        if soort.is_numeric() and kolom != "jaar":
            delen.append(df[kolom].cast(pl.Float64))
            stijl[kolom] = _writer(kolom, soort)
            breed = _width(kop, [stijl[kolom](w) for w in delen[-1]])
            instelling[kolom] = st.column_config.NumberColumn(kop, alignment="right", width=breed)
        elif soort.is_temporal():
            delen.append(df[kolom])
            instelling[kolom] = st.column_config.DateColumn(kop, format="DD-MM-YYYY")
        else:
            woorden = [_word(w) for w in df[kolom]]
            delen.append(pl.Series(kolom, woorden, dtype=pl.String))
            instelling[kolom] = st.column_config.TextColumn(kop, width=_width(kop, woorden))
    beeld = pl.DataFrame(delen).to_pandas()
    st.dataframe(
        beeld.style.format(stijl),
        hide_index=True,
        column_config=instelling,
        placeholder=GEEN,
        key=f"rijen_{naam}",
        alt=f"Rijen van {naam}",
    )


def _head(kolom: str) -> str:
    """A column in words: cents are shown in euros, and names have their letters back."""
    woorden = [SPELLING.get(w, w) for w in kolom.removesuffix("_cent").split("_")]
    return " ".join(woorden) + (" (€)" if kolom.endswith("_cent") else "")


def _width(kop: str, cellen: Sequence[str]) -> int:
    """Pixels that the longest of a column needs: the grid itself measures what was not yet written out."""
    return min(BREEDSTE, 24 + 7 * max([len(kop), *(len(c) for c in cellen)]))


def _word(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return GEEN if waarde is None else str(waarde)


def _writer(kolom: str, soort: pl.DataType) -> Callable[[Any], str]:
    """How the numbers of a column are written; what is not shown is a dash."""
    if kolom.endswith("_cent"):
        schrijf: Callable[[float], str] = euro_cent
    elif soort.is_integer():
        schrijf = count
    else:

        def schrijf(w: float) -> str:
            return decimals(w, 4).rstrip("0").rstrip(",") or "0"

    return lambda w: GEEN if w is None or w != w else schrijf(w)
