"""The dossier of one aanbieder: what it costs next to the contract, how it compares, how it declares."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard import words_operationeel as words
from dashboard.access.door import Toegang
from dashboard.dossier import Dossier
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, euro, plural
from dashboard.reading import aanbieders
from dashboard.reading import dossier as lezen
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty
from dashboard.ui.gesprek import show_export
from dashboard.ui.tiles import draw_begrip

KLEIN = "niet getoond"
DELEN = ("In het kort", "Zorg en prijs", "Declaraties", "Gesprek", "Alles")


@dataclass(frozen=True)
class Deel:
    """Which part of the dossier is shown; all of it to print."""

    naam: str

    def _shows(self, deel: str) -> bool:
        return self.naam in (deel, DELEN[-1])

    @property
    def kort(self) -> bool:
        """Say whether the part with the tiles is shown."""
        return self._shows(DELEN[0])

    @property
    def zorg(self) -> bool:
        """Say whether care and prices are shown."""
        return self._shows(DELEN[1])

    @property
    def declaraties(self) -> bool:
        """Say whether the declarations are shown."""
        return self._shows(DELEN[2])

    @property
    def gesprek(self) -> bool:
        """Say whether the talk is shown."""
        return self._shows(DELEN[3])


def choose_deel(toegang: Toegang, f: Filters, d: Dossier) -> Deel:
    """The parts of the dossier as a choice in the address, and the workbook beside it."""
    delen = DELEN if d.heeft_pq else (DELEN[0], DELEN[3], DELEN[4])
    if st.session_state.get("onderdeel") not in (None, *delen):
        st.session_state["onderdeel"] = delen[0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="onderdelen"):
        gekozen = st.segmented_control(
            "Onderdeel van het dossier",
            delen,
            default=None if "onderdeel" in st.session_state else delen[0],
            required=True,
            key="onderdeel",
            bind="query-params",
            label_visibility="collapsed",
            wrap=True,
        )
        show_export(toegang, f, d)
    return Deel(str(gekozen or delen[0]))


def show_table_card(
    toegang: Toegang,
    sleutel: str,
    titel: str,
    onder: str,
    df: pl.DataFrame,
    kolommen: dict[str, str],
    rijen: list[list[str]],
    uitleg: dict[str, str],
    leeg: str,
    begrip: str = "",
) -> None:
    """A card that is a table by itself: title, downloads, rows, or why there are none."""
    with st.container(border=True, key=f"kaart-{sleutel}", height="stretch"):
        show_title(titel, onder, begrip=draw_begrip(toegang.lezer, begrip))
        if df.height == 0:
            show_empty(leeg)
            return
        with st.container(horizontal=True):
            show_downloads(toegang, df, sleutel, uitleg, sleutel)
        show_table(kolommen, rijen, titel)


def show_vergelijking(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: observed against expected, a row a productgroep and a column a measure, in words."""
    df = aanbieders.read_vergelijking(toegang.lezer, f)
    cel = {(r["productgroep"], r["maat"]): r for r in df.iter_rows(named=True)}
    groepen = (
        df.filter(pl.col("maat") == aanbieders.MAATSTAVEN[0])["productgroep"].to_list()
        or df["productgroep"].unique(maintain_order=True).to_list()
    )

    def word(groep: str, maat: str) -> str:
        r = cel.get((groep, maat))
        return GEEN if r is None else words.word_verhouding(r["verhouding"], r["oordeel"])

    show_table_card(
        toegang,
        "dossier_vergelijking",
        words.title_vergelijking(d.naam, df),
        f"{aanbieders.year_of(f)}; keer wat bij deze cliënten verwacht mag worden (product, zwaarte, "
        "leeftijd); anders: buiten 99,8 %",
        df,
        {"Productgroep": "tekst"} | {words.MAAT[m]: "tekst" for m in aanbieders.MAATSTAVEN},
        [[g, *(word(g, m) for m in aanbieders.MAATSTAVEN)] for g in groepen],
        explain(toegang, f"waargenomen en verwacht, {d.naam}", f, "waargenomen_verwacht"),
        "Nog niets te vergelijken: daarvoor zijn maanden nodig die niet meer voorlopig zijn.",
        "waargenomen_verwacht",
    )


def show_vast(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card of a fixed sum: what was agreed and what its percelen reach, by year."""
    percelen = [p.strip() for t in d.contract["perceel"].drop_nulls() for p in t.split(",")]
    df = lezen.read_vast(toegang.lezer, f, percelen)
    jaren = sorted(df["jaar"].unique())[-4:]
    per = {(o, m, j): _amount(b, w, e) for o, j, _, m, b, w, e, *_ in df.iter_rows()}
    rijen = [
        [o, m, *(per.get((o, m, j), GEEN) for j in jaren)]
        for o, m in df.select("onderdeel", "maat").unique(maintain_order=True).rows()
    ]
    show_table_card(
        toegang,
        "dossier_vast",
        f"Afgesproken en bereikt in {plural(df['onderdeel'].n_unique(), 'perceel', 'percelen')}"
        if df.height
        else "Nog geen kengetallen",
        "per jaar, zoals aangeleverd; het bereik hiernaast komt uit de berichten en kan anders tellen",
        df,
        {"Perceel": "tekst", "Wat": "tekst"} | {str(j): "getal" for j in jaren},
        rijen,
        explain(toegang, f"vast bedrag van {d.naam}", f),
        "Lever de kengetallen van dit perceel aan; zij worden dan hier getoond.",
    )


def _amount(cent: int | None, waarde: float | None, eenheid: str | None) -> str:
    return euro(cent) if cent is not None else GEEN if waarde is None else f"{count(waarde)} {eenheid or ''}"
