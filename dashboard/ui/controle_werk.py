"""The work list of the declaratiecontrole: the lines themselves, where each stands, who has it and why."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_operationeel as words
from dashboard.access.door import Toegang, notes_path
from dashboard.filters import Filters
from dashboard.notities import eigen
from dashboard.notities.opslag import Aantekening
from dashboard.numbers import GEEN, count, euro_cent, month, plural
from dashboard.reading import controle
from dashboard.reading.keuzes import read_aanbieders
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty
from dashboard.ui.schrijven import keep, read_own, writer

REGEL, STATUS = "controle_regel", "werk_status"
NIEUW = eigen.WERK_STATUS[0]


def add_werk(df: pl.DataFrame, werk: Mapping[str, Aantekening]) -> pl.DataFrame:
    """Findings with status, eigenaar and toelichting beside them; what nobody touched is new."""
    inhoud = [werk[k].inhoud if k in werk else {} for k in df["kenmerk"]]
    return df.with_columns(
        pl.Series("status", [i.get("status", NIEUW) for i in inhoud], dtype=pl.String),
        pl.Series("eigenaar", [i.get("eigenaar", "") for i in inhoud], dtype=pl.String),
        pl.Series("toelichting", [i.get("toelichting", "") for i in inhoud], dtype=pl.String),
    )


def show_lijst(toegang: Toegang, f: Filters, regels: pl.DataFrame) -> None:
    """Card: the lines, to be told to the aanbieder by their own numbers, and the work on them."""
    if regels.height == 0:
        return
    with st.container(border=True, key="kaart-lijst"):
        namen = dict(regels.select("regel", "omschrijving").rows())
        werk = read_own(toegang, eigen.WERK)
        titel = st.container()
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            gekozen = st.selectbox(
                "Regel",
                list(namen),
                index=None,
                placeholder="alle regels",
                key=REGEL,
                format_func=lambda r: f"{r}: {namen.get(r, '')}",
                width=420,
            )
            status = st.segmented_control("Status", eigen.WERK_STATUS, key=STATUS, default=None, wrap=True)
            alle = add_werk(controle.read_lijst(toegang.lezer, f, gekozen), werk)
            show_downloads(
                toegang,
                alle.drop("kenmerk"),
                "bevindingen",
                explain(toegang, "bevindingen", f, "op_het_spel"),
                "bevindingen",
            )
        df = alle.filter(pl.col("status") == status) if status in eigen.WERK_STATUS else alle
        meest = f"de {count(alle.height)} grootste" if alle.height == controle.HOOGSTENS else "alle regels"
        with titel:
            show_title(
                words.title_werk(alle),
                f"{meest}, het grootste bedrag eerst; noem de aanbieder het referentienummer",
            )
        if df.height == 0:
            show_empty("Geen regels met deze status. Kies een andere status of regel.")
            return
        rijen = _draw(toegang, df)
        _show_form(toegang, df, rijen, werk)


def _draw(toegang: Toegang, df: pl.DataFrame) -> list[int]:
    """Draw the list; returns the rows that are ticked."""
    wie = read_aanbieders(toegang.lezer)
    beeld = pl.DataFrame(
        {
            "Status": df["status"],
            "Aanbieder": [wie.get(a or "", a or GEEN) for a in df["aanbieder_agb"]],
            "Regel": df["regel"],
            "Verwacht": [v or o for v, o in df.select("verwacht", "omschrijving").iter_rows()],
            "Gevonden": df["gevonden"].fill_null(GEEN),
            "Maand": [month(m) for m in df["levermaand"]],
            "Referentie": df["referentienummer"].fill_null(GEEN),
            "Op het spel": [
                "al afgekeurd" if a else euro_cent(c)
                for a, c in df.select("afgekeurd", "op_het_spel_cent").iter_rows()
            ],
            "Eigenaar": df["eigenaar"],
        }
    ).to_pandas()
    stand: Any = st.dataframe(
        beeld,
        hide_index=True,
        column_config={
            "Op het spel": st.column_config.TextColumn(alignment="right"),
            "Verwacht": st.column_config.TextColumn(width="medium"),
            "Gevonden": st.column_config.TextColumn(width="medium"),
        },
        row_height=34,
        height=min(420, 38 + 34 * df.height),
        placeholder=GEEN,
        key="werk_tabel",
        on_select="rerun",
        selection_mode="multi-row",
        alt="Werklijst van bevindingen met status, aanbieder, regel, bedrag en eigenaar",
    )
    return [i for i in (stand["selection"]["rows"] if stand else []) if i < df.height]


def _show_form(toegang: Toegang, df: pl.DataFrame, rijen: list[int], werk: Mapping[str, Aantekening]) -> None:
    if not rijen:
        st.caption("Vink regels aan om de stand van het werk vast te leggen.")
        return
    gekozen = df[rijen]
    if len(rijen) == 1:
        _show_versies(toegang, gekozen.row(0, named=True), werk)
    zonder = gekozen.filter(pl.col("aanbieder_agb").is_null()).height
    with st.form("werk", border=False):
        links, midden, rechts = st.columns([1, 1, 2])
        oud = gekozen["status"][0]
        status = links.selectbox("Zet op", eigen.WERK_STATUS, index=eigen.WERK_STATUS.index(oud))
        eigenaar = midden.text_input("Eigenaar", gekozen["eigenaar"][0], max_chars=60)
        uitleg = rechts.text_input("Toelichting", gekozen["toelichting"][0], max_chars=400)
        klik = st.form_submit_button(
            f"Bewaren voor {plural(len(rijen), 'regel', 'regels')}", disabled=zonder > 0
        )
    if zonder:
        st.caption("Een bericht zonder aanbieder kan niet op de werklijst: haal het vinkje weg.")
    if not klik or zonder:
        return
    inhoud = {"status": str(status), "eigenaar": eigenaar, "toelichting": uitleg}
    for agb, kenmerk in gekozen.select("aanbieder_agb", "kenmerk").iter_rows():
        if not keep(
            lambda a=agb, k=kenmerk: eigen.save_werk(  # type: ignore[misc]
                notes_path(), a, k, inhoud, writer(toegang), toegang.lezer.may_see_aanbieder
            ),
        ):
            return
    st.rerun()


def _show_versies(toegang: Toegang, r: Mapping[str, Any], werk: Mapping[str, Aantekening]) -> None:
    """One finding in full, and what was written about it, the newest version first."""
    st.html(
        f'<p class="si-onder"><b>{escape(r["regel"])}</b>: {escape(r["omschrijving"] or "")} '
        f"Verwacht: {escape(r['verwacht'] or GEEN)}. Gevonden: {escape(r['gevonden'] or GEEN)}. "
        f"Declaratie {escape(r['declaratienummer'] or GEEN)}.</p>"
    )
    if r["kenmerk"] not in werk:
        return
    versies = eigen.read_versies(
        notes_path(), eigen.WERK, toegang.lezer.may_see_aanbieder, str(r["aanbieder_agb"]), r["kenmerk"]
    )
    regels = [
        [
            str(v.inhoud["status"]),
            str(v.inhoud["eigenaar"]),
            str(v.inhoud["toelichting"]) or GEEN,
            eigen.describe_writer(v),
        ]
        for v in versies
    ]
    kolommen = {"Status": "kort", "Eigenaar": "tekst", "Toelichting": "zin", "Vastgelegd": "tekst"}
    show_table(kolommen, regels, "Wat eerder is vastgelegd over deze regel")
