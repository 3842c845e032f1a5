"""The tactical page: the product table that drills and splits, and its path."""

import math
from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_tactisch as words
from dashboard.access.door import Toegang
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, euro, month, percent, plural, signed
from dashboard.producttabel import TAAKSTELLING, Producttabel, make_producttabel
from dashboard.reading import pq
from dashboard.reading.keuzes import read_zwaarten
from dashboard.ui.card import explain, show_downloads, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import PAD, show_empty
from dashboard.ui.tiles import draw_begrip

MEERVOUD = {
    "hoofdproduct": "hoofdproducten",
    "productgroep": "productgroepen",
    "product": "producten",
    "zwaarte": "zwaarten",
    "wijk": "wijken",
    "aanbieder": "aanbieders",
}
BREEDTE = {
    "Begroting": 92,
    "Realisatie": 92,
    "Nagekomen": 92,
    "Prognose": 92,
    "Verschil": 118,
    "%": 66,
    "Cliënten": 62,
    "P": 122,
    "Q": 112,
    "Verloop": 68,
    "Signaal": 104,
}
PER, ZWAARTE, ONDERDEEL = "per", "zwaarte", "onderdeel"
GEEN_BEGROTING = "De begroting bestaat per hoofdproduct; daaronder is er geen."


def _go(doel: dict[str, str | None]) -> None:
    for sleutel in PAD:
        st.session_state[sleutel] = doel.get(sleutel)
    if doel.get("wet"):
        st.session_state["wet"] = doel["wet"]


def show_path(f: Filters) -> dict[str, str | None]:
    """The way back as a trail (the way down are the lists above); returns the chosen path."""
    keuze: dict[str, str | None] = {k: getattr(f, k) for k in PAD}
    stappen: list[tuple[str, dict[str, str | None]]] = [("Alle producten", {})]
    pad: dict[str, str | None] = {}
    for sleutel in PAD:
        if keuze[sleutel] is not None:
            pad = pad | {sleutel: keuze[sleutel]}
            stappen.append((str(keuze[sleutel]), pad))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="kruimels"):
        for i, (naam, doel) in enumerate(stappen):
            if i == len(stappen) - 1:
                st.markdown(f"{'› ' if i else ''}**{naam}**")
                continue
            st.button(
                naam,
                key=f"kruimel_{i}",
                type="tertiary",
                icon=None if i == 0 else ":material/chevron_right:",
                on_click=_go,
                args=(doel,),
                help=f"Terug naar {naam.lower()}",
            )
    return keuze


def choose_split(toegang: Toegang, f: Filters) -> tuple[str | None, str | None]:
    """What to split the chosen part into: the next level (None), wijken or aanbieders; of which zwaarte."""
    namen = {ONDERDEEL: MEERVOUD[pq.find_niveau(f)]} | {d: MEERVOUD[d] for d in pq.DELEN}
    opties = [k for k in namen if k == ONDERDEEL or getattr(f, k) is None]
    if len(opties) == 1:
        return None, None
    if st.session_state.get(PER, ONDERDEEL) not in opties:
        st.session_state[PER] = ONDERDEEL
    gekozen = st.segmented_control(
        "Uitsplitsen naar",
        opties,
        default=None if PER in st.session_state else ONDERDEEL,
        format_func=lambda k: namen[k],
        required=True,
        key=PER,
        bind="query-params",
    )
    per = None if gekozen in (None, ONDERDEEL) else gekozen
    zwaarten = [z for z in read_zwaarten(toegang.lezer, f) if z != "n.v.t."] if f.product and per else []
    if len(zwaarten) < 2:
        return per, None
    if st.session_state.get(ZWAARTE) not in (None, *zwaarten):
        st.session_state[ZWAARTE] = None
    zwaarte = st.segmented_control("Zwaarte", zwaarten, key=ZWAARTE, bind="query-params")
    return per, zwaarte if zwaarte in zwaarten else None


def _on_row(tabel: Producttabel, keuze: dict[str, str | None], sleutel: str) -> None:
    stand: Any = st.session_state.get(sleutel)
    rijen = stand["selection"]["rows"] if stand else []
    if not rijen or rijen[0] >= tabel.rijen.height:
        return
    rij = tabel.rijen.row(rijen[0], named=True)
    if rij["deel"] == TAAKSTELLING or rij["code"] is None:
        return
    if tabel.niveau in pq.DELEN:
        # one wijk or aanbieder: back to the products, within it
        st.session_state[tabel.niveau] = rij["code"]
        st.session_state[PER] = ONDERDEEL
        return
    if tabel.niveau == "zwaarte":
        st.session_state[ZWAARTE] = rij["deel"]
        st.session_state[PER] = "wijk"
        return
    dubbel = tabel.rijen.filter(pl.col("deel") == rij["deel"]).height > 1
    _go(keuze | {tabel.niveau: rij["deel"]} | ({"wet": rij["wet"]} if dubbel else {}))


def show_table(toegang: Toegang, f: Filters, keuze: dict[str, str | None]) -> None:
    """Card with the product table; a click on a row goes one level deeper."""
    lezer = toegang.lezer
    with st.container(border=True, key="kaart-producten"):
        kop = st.container()
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="uitsplitsen"):
            per, zwaarte = choose_split(toegang, f)
        tabel = make_producttabel(lezer, f, per, zwaarte)
        wat = MEERVOUD[tabel.niveau] + (f" (zwaarte {zwaarte})" if zwaarte else "")
        with kop:
            onder = (
                f"{wat}, {f.periode.label}; Q: geleverd volume, P: euro per eenheid (P × Q = via berichten)"
            )
            show_title(
                words.title_producten(tabel, eigen=lezer.bereik.aanbieders is not None),
                onder,
                begrip=draw_begrip(lezer, "realisatie"),
            )
        if tabel.rijen.height == 0:
            leeg = "Geen declaraties in deze selectie. Kies een andere periode of wis de filters."
            show_empty(f"Niet getoond: {lezer.reden_niet_getoond}." if tabel.verborgen else leeg)
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_hint(tabel))
            show_downloads(
                toegang,
                tabel.rijen.drop("verloop", "rang", "p", "q", "code", "is_onbekend"),
                f"producten_{tabel.niveau}",
                explain(toegang, f"P×Q per {tabel.niveau}", f, "realisatie"),
                "producten",
            )
        _draw(tabel, keuze)
        st.caption(" ".join(_notes(toegang, f, tabel)))


def _hint(tabel: Producttabel) -> str:
    if tabel.niveau == "zwaarte":
        return "Klik op een rij voor de wijken van die zwaarte."
    if tabel.niveau in pq.DELEN:
        return f"Klik op een rij om de producten van die {tabel.niveau} te zien."
    return "Klik op een rij om te verdiepen, of kies hierboven."


def _notes(toegang: Toegang, f: Filters, tabel: Producttabel) -> list[str]:
    """What a reader must know of the columns that are there, and of those that are not."""
    if tabel.jaar is not None:
        noten = [
            f"Prognose: waar {tabel.jaar} naar verwachting eindigt. Nagekomen: wat van de maanden tot nu toe"
        ]
        noten.append("nog wordt gedeclareerd (geschat).")
        if tabel.heeft_begroting:
            noten.append("Begroting: heel het jaar. Verschil: prognose min begroting.")
    elif tabel.heeft_begroting:
        noten = [f"Begroting: {f.periode.maanden}/12 van de jaarbegroting, gelijk verdeeld over de maanden."]
    else:
        noten = []
    if not tabel.heeft_begroting:
        top = tabel.niveau == "hoofdproduct" and not f.has_deel
        noten.append("Voor deze periode is geen begroting geladen." if top else GEEN_BEGROTING)
    if tabel.signaal_maand is not None:
        telt = "; van een hoofdproduct: hoeveel productgroepen" if tabel.niveau == "hoofdproduct" else ""
        noten.append(
            f"Signaal: realisatie in {month(tabel.signaal_maand)} boven (▲) of onder (▼) wat op de regelkaart"
            f" gewoon is{telt}."
        )
    reden = toegang.lezer.reden_niet_getoond
    if tabel.verborgen:
        wat = plural(tabel.verborgen, tabel.niveau, MEERVOUD[tabel.niveau])
        noten.append(f"Niet getoond: {wat} ({reden}).")
    elif tabel.rijen["niet_getoond"].any():
        noten.append(f"Niet getoond: {reden}.")
    return noten


def _draw(tabel: Producttabel, keuze: dict[str, str | None]) -> None:
    df = tabel.rijen
    naam = tabel.niveau.capitalize()
    dubbel = set(df.filter(pl.col("deel").is_duplicated())["deel"])
    namen = [
        f"{d}{f' ({w})' if d in dubbel else ''}{' · niet getoond' if k else ''}"
        for w, d, k in df.select("wet", "deel", "niet_getoond").iter_rows()
    ]
    beeld = pl.DataFrame({naam: namen}).to_pandas()
    stijl: dict[str, Callable[[float], str]] = {}

    def add(kop: str, kolom: str, write: Callable[[float], str]) -> None:
        beeld[kop] = df[kolom].cast(pl.Float64).to_numpy()
        stijl[kop] = lambda v: GEEN if math.isnan(v) else write(v)

    if tabel.heeft_begroting:
        add("Begroting", "begroting_cent", euro)
    add("Realisatie", "realisatie_cent", euro)
    if df["nagekomen_cent"].is_not_null().any():
        add("Nagekomen", "nagekomen_cent", euro)
    if tabel.jaar is not None:
        add("Prognose", "prognose_cent", euro)
    if tabel.heeft_begroting:
        add("Verschil", "verschil_cent", _write_difference)
        add("%", "verschil_deel", lambda v: signed(percent(v)))
    add("Cliënten", "clienten", count)
    tekst = ["P", "Q"]
    for kop, kolom in (("P", "p"), ("Q", "q")):
        beeld[kop] = df[kolom].fill_null(GEEN).to_list()
    # A month that is not shown would look like a zero in a bar: then the whole history is left out.
    beeld["Verloop"] = [None if v is None or None in v else v for v in df["verloop"].to_list()]
    if tabel.signaal_maand is not None:
        beeld["Signaal"] = df["signaal"].fill_null(GEEN).to_list()
        tekst.append("Signaal")
    instelling: dict[str, Any] = {
        kop: st.column_config.NumberColumn(alignment="right", width=BREEDTE[kop]) for kop in stijl
    }
    instelling |= {kop: st.column_config.TextColumn(alignment="right", width=BREEDTE[kop]) for kop in tekst}
    instelling[naam] = st.column_config.TextColumn(width=258)
    instelling["Verloop"] = st.column_config.BarChartColumn(
        width=BREEDTE["Verloop"], y_min=0, color=theme_palette().realisatie
    )
    sleutel = f"tabel_{tabel.niveau}"
    st.dataframe(
        # The Styler shows Dutch text while sorting stays on the number beneath.
        beeld.style.format(stijl),
        hide_index=True,
        column_config=instelling,
        row_height=36,
        height="content",
        placeholder=GEEN,
        key=sleutel,
        on_select=lambda: _on_row(tabel, keuze, sleutel),
        selection_mode="single-row",
        alt=f"Producttabel per {tabel.niveau} met begroting, realisatie, prognose, prijs en volume",
    )


def _write_difference(cent: float) -> str:
    return f"{signed(euro(cent))} {'N' if cent > 0 else 'V' if cent < 0 else ''}".strip()
