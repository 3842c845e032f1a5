"""The page Signalen: what changed, by rule, the page that explains it, and room for a reason."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_signalen as words
from dashboard.access.door import Toegang, notes_path
from dashboard.notities import eigen
from dashboard.notities.opslag import Aantekening
from dashboard.numbers import plural
from dashboard.reading.signalen import REGELS, make_kenmerk, read_signalen
from dashboard.ui import navigatie
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty, switch_to
from dashboard.ui.opmaak import hold, keep_mark
from dashboard.ui.schrijven import keep, read_own, writer

REGEL = {r.sleutel: r for r in REGELS}
WAT, EERST = ("Nieuw", "Alle", "Gezien"), 10
GEMEENTE = ("gemeente",)
PAGINA = {"instroom": "stroom", "netto stroom": "stroom", "uitnutting": "uitnutting"}
"""Which page explains a measure of the city; others are explained where their rule says."""


def subject_of(r: Mapping[str, Any]) -> str:
    """What a note about this signal belongs to: the aanbieder, or the gemeente."""
    return eigen.GEMEENTE if r["regel"] in GEMEENTE else str(r["onderwerp"])


def page_of(r: Mapping[str, Any]) -> str:
    """Address of the page that explains a signal."""
    return PAGINA.get(r["deel"], REGEL[r["regel"]].pad)


def show_signalen(toegang: Toegang, namen: Mapping[str, str]) -> None:
    """Card: the signals, newest first."""
    gezien = read_own(toegang, eigen.GEZIEN)
    alle = read_signalen(toegang.lezer)
    kenmerken = [make_kenmerk(r) for r in alle.iter_rows(named=True)]
    alle = alle.with_columns(pl.Series("kenmerk", kenmerken, dtype=pl.String))
    ongezien = alle.filter(~pl.col("kenmerk").is_in(list(gezien)))
    with st.container(border=True, key="kaart-signalen"):
        show_title(
            words.title_signalen(ongezien, alle.height - ongezien.height),
            "de nieuwste boven; een regel beslist, zie onderaan wanneer; voorlopige maanden tellen niet mee",
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            nieuw = ongezien.filter("nieuw").height
            keuze = st.segmented_control(
                "Welke signalen",
                WAT,
                default=WAT[0] if nieuw else WAT[1],
                required=True,
                key="signalen_welke",
                label_visibility="collapsed",
            )
            soort = st.selectbox(
                "Regel",
                list(REGEL),
                index=None,
                placeholder="alle regels",
                key="signalen_regel",
                format_func=lambda s: REGEL[s].naam,
                label_visibility="collapsed",
                width=280,
            )
            show_downloads(
                toegang,
                alle.drop("kenmerk"),
                "signalen",
                explain(toegang, "signalen") | {r.naam: r.uitleg for r in REGELS},
                "signalen",
            )
        df = {"Nieuw": ongezien.filter("nieuw"), "Alle": ongezien}.get(
            str(keuze), alle.filter(pl.col("kenmerk").is_in(list(gezien)))
        )
        if soort in REGEL:
            df = df.filter(pl.col("regel") == soort)
        if df.height == 0:
            niets = "Geen enkele regel geeft nu een signaal. Hieronder staat wanneer een regel dat doet."
            show_empty(niets if alle.height == 0 else "Hier staat niets. Kies 'Alle' of een andere regel.")
            return
        _show_rows(toegang, df, namen, gezien)


def _show_rows(
    toegang: Toegang, df: pl.DataFrame, namen: Mapping[str, str], gezien: Mapping[str, Aantekening]
) -> None:
    hoeveel = st.session_state.get("signalen_hoeveel", EERST)
    for i, r in enumerate(df.head(hoeveel).iter_rows(named=True)):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"signaal-{i}", border=False
        ):
            _show_row(toegang, r, namen, gezien.get(r["kenmerk"]))
    if df.height > hoeveel:
        rest = df.height - hoeveel
        st.button(
            f"Toon nog {plural(min(rest, 20), 'signaal', 'signalen')} (van {rest})",
            type="tertiary",
            on_click=_more,
            args=(hoeveel + 20,),
        )


def _more(hoeveel: int) -> None:
    st.session_state["signalen_hoeveel"] = hoeveel


def _show_row(toegang: Toegang, r: dict[str, Any], namen: Mapping[str, str], a: Aantekening | None) -> None:
    regel = REGEL[r["regel"]]
    zin = words.describe(r, namen)
    onder = f"{words.word_sinds(r['sinds'], r['nieuw'])} · {regel.naam}"
    if a is not None:
        onder += f" · gezien: {a.inhoud['reden']} ({eigen.describe_writer(a)})"
    uitleg = (
        f'<span class="si-begrip" tabindex="0" role="note" aria-label="{escape(regel.uitleg)}"><b>i</b>'
        f'<span class="si-uitleg"><b>{escape(regel.naam)}</b><br>{escape(regel.uitleg)}</span></span>'
    )
    merk = "●" if r["nieuw"] else "○"
    kop = keep_mark(f"{merk} {hold(zin)}", uitleg)
    st.html(
        f'<div class="si-signaal"><p>{kop}</p><p class="si-onder">{hold(onder)}</p></div>', width="stretch"
    )
    doel = navigatie.link(toegang, page_of(r))
    naam = r["kenmerk"]
    if doel is not None and st.button(
        next(p.naam for p in navigatie.PAGINAS if p.bestand == doel),
        icon=":material/arrow_forward:",
        key=f"kijk-{naam}",
        help=f"Open de pagina die dit uitlegt: {zin}",
        type="tertiary",
    ):
        _go(doel, r, namen)
    with st.popover("Gezien", help=f"Zet op gezien, met een reden: {zin}"):
        with st.form(f"gezien-{naam}", border=False, clear_on_submit=True):
            reden = st.text_input("Waarom is dit goed zo?", max_chars=400)
            klik = st.form_submit_button("Bewaren")
        if klik and keep(
            lambda: eigen.save_gezien(
                notes_path(), subject_of(r), naam, reden, writer(toegang), toegang.lezer.may_see_aanbieder
            ),
        ):
            st.rerun()


def _go(doel: str, r: Mapping[str, Any], namen: Mapping[str, str]) -> None:
    """Open the page that explains a signal, on the aanbieder or the productgroep that it is about."""
    if r["regel"] in GEMEENTE:
        wet, _, groep = str(r["onderwerp"]).partition("|")
        vraag = {k: v for k, v in (("wet", wet), ("productgroep", groep)) if v and v != "totaal"}
    else:
        vraag = {"aanbieder": namen.get(r["onderwerp"], r["onderwerp"])}
    for sleutel in ("wet", "hoofdproduct", "productgroep", "product", "aanbieder"):
        # left over from another page it would win from the address
        st.session_state.pop(sleutel, None)
    switch_to(doel, vraag)


def show_regels(toegang: Toegang) -> None:
    """The rules with their definition and how many signals each gives now."""
    aantal = dict(read_signalen(toegang.lezer).group_by("regel").len().rows())
    with st.expander("Welke regels zijn er?"):
        rijen = [[r.naam, r.uitleg, str(aantal.get(r.sleutel, 0))] for r in REGELS]
        show_table({"Regel": "tekst", "Wanneer": "zin", "Nu": "getal"}, rijen, "Regels van de signalen")
