"""The filters of every page: in the address, checked, and shown as what is on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import streamlit as st

from dashboard.access.reader import Lezer
from dashboard.filters import SLEUTELS, Filters, Keuzes, check_filters
from dashboard.reading.keuzes import read_aanbieders, read_keuzes, read_takken

ALLES = {
    "wet": "alle wetten",
    "hoofdproduct": "alle hoofdproducten",
    "productgroep": "alle productgroepen",
    "product": "alle producten",
    "wijk": "alle wijken",
    "aanbieder": "alle aanbieders",
}
MET_NAAM = ("wijk", "aanbieder")  # filters with a code beside their name
GEVRAAGD = "_gevraagd"
PAD = ("hoofdproduct", "productgroep", "product")
NAMEN = {"periode": "Periode", **{k: k.capitalize() for k in ALLES}}


def asked(sleutel: str) -> str | None:
    """What the session or the address asks for, unchecked."""
    if sleutel in st.session_state:
        waarde: Any = st.session_state[sleutel]
    else:
        waarde = st.query_params.get(sleutel)
    return waarde if isinstance(waarde, str) else None


def _clear(sleutels: Sequence[str]) -> None:
    for s in sleutels:
        st.session_state[s] = None


def select(
    sleutel: str, opties: Mapping[str, str], *, alles: str | None = None, help_: str | None = None
) -> str | None:
    """One filter, bound to the address; what is not among the choices counts as not asked."""
    if st.session_state.get(sleutel) is not None and st.session_state[sleutel] not in opties:
        # Left over from another choice or snapshot, or sent by a client that made it up.
        st.session_state[sleutel] = None if alles else next(iter(opties))
    st.selectbox(
        NAMEN[sleutel],
        list(opties),
        index=None if alles else 0,
        placeholder=alles or "Kies",
        format_func=lambda k: opties.get(k, k),
        key=sleutel,
        bind="query-params",
        help=help_,
    )
    return asked(sleutel)


@dataclass(frozen=True)
class Balk:
    """The filters of one page; `verplicht` always has a value (the first choice when none was asked)."""

    sleutels: tuple[str, ...] = ()
    verplicht: str | None = None


def read_choices(lezer: Lezer, balk: Balk) -> tuple[Keuzes, dict[str, str | None]]:
    """Read what may be chosen and what was asked; the parents of a product are filled in."""
    gevraagd = {s: asked(s) for s in ("periode", *balk.sleutels)}
    if "product" in balk.sleutels:
        complete_path(lezer, gevraagd)
    smal = {k: gevraagd.get(k) for k in ("wet", "hoofdproduct", "productgroep")}
    keuzes = read_keuzes(lezer, wet=smal["wet"])
    if "product" in balk.sleutels:
        groepen = read_keuzes(lezer, wet=smal["wet"], hoofdproduct=smal["hoofdproduct"]).productgroep
        producten = read_keuzes(lezer, **smal).product
        keuzes = replace(keuzes, productgroep=groepen, product=producten)
    return keuzes, gevraagd


def complete_path(lezer: Lezer, gevraagd: dict[str, str | None]) -> None:
    """Fill in the parents of a chosen product, so that a link may name it alone; drop what does not exist."""
    takken = read_takken(lezer)
    wet = gevraagd.get("wet")
    takken = [t for t in takken if wet is not None and t.wet == wet] or takken
    for sleutel in PAD:
        if gevraagd[sleutel] is not None:
            smal = [t for t in takken if getattr(t, sleutel) == gevraagd[sleutel]]
            gevraagd[sleutel] = gevraagd[sleutel] if smal else None
            takken = smal or takken
    for sleutel, kind in (("productgroep", "product"), ("hoofdproduct", "productgroep")):
        if gevraagd[sleutel] is None and gevraagd[kind] is not None:
            gevraagd[sleutel] = getattr(takken[0], sleutel)


def show_filters(lezer: Lezer, balk: Balk) -> None:
    """Draw the filters of a page; outside the page itself, so that they stay on the way to another."""
    keuzes, gevraagd = read_choices(lezer, balk)
    if not keuzes.periode:
        return
    if "product" in balk.sleutels:
        for s in PAD:
            if st.session_state.get(s) != gevraagd[s]:
                st.session_state[s] = gevraagd[s]
    zichtbaar = [s for s in SLEUTELS if s in balk.sleutels and _is_reached(s, gevraagd, balk)]
    with st.grid(max(5, len(zichtbaar) + 1), min_column_width=150, key="filters"):
        select("periode", {k: k for k in keuzes.periode})
        for s in zichtbaar:
            opties = getattr(keuzes, s)
            # The first is shown without being written down as a choice: other pages would be filtered by it.
            select(s, opties, alles=next(iter(opties.values()), "geen") if s == balk.verplicht else ALLES[s])
    f = read_filters(lezer, balk)
    if f is not None:
        show_chips(f, keuzes, [s for s in balk.sleutels if s != balk.verplicht])


def _is_reached(sleutel: str, gevraagd: Mapping[str, str | None], balk: Balk) -> bool:
    """On a page that drills, a list appears once the one above it is chosen."""
    if "product" not in balk.sleutels or sleutel not in PAD[1:]:
        return True
    return gevraagd[PAD[PAD.index(sleutel) - 1]] is not None


def read_filters(lezer: Lezer, balk: Balk) -> Filters | None:
    """Return the checked view; None when there are no months, or nothing to choose where one must."""
    keuzes, gevraagd = read_choices(lezer, balk)
    if not keuzes.periode:
        return None
    if balk.verplicht is not None:
        opties = getattr(keuzes, balk.verplicht)
        if not opties:
            return None
        if gevraagd[balk.verplicht] not in opties:
            gevraagd[balk.verplicht] = next(iter(opties))
    return check_filters(gevraagd, keuzes)


def require_filters(lezer: Lezer, balk: Balk) -> Filters:
    """Return the view of a page, or say that there is nothing to show yet and end the run."""
    f = read_filters(lezer, balk)
    if f is None:
        show_empty("Er zijn nog geen declaraties geladen. Zodra de eerste er zijn, staan ze hier.")
        st.stop()
    return f


def require_own(lezer: Lezer) -> dict[str, str]:
    """Return the own aanbieders, code to name, or say that there are none yet and end the run."""
    namen = read_aanbieders(lezer)
    if not namen:
        show_empty("U heeft nog geen eigen aanbieders. Vraag functioneel beheer om ze bij uw rol te zetten.")
        st.stop()
    return namen


def show_chips(f: Filters, keuzes: Keuzes, sleutels: Sequence[str]) -> None:
    """Show what is filtered on, each with a way back, and one button to clear all; on paper in words."""
    aan = [s for s in sleutels if getattr(f, s) is not None]
    namen = [f"{NAMEN[s].lower()}: {getattr(keuzes, s).get(getattr(f, s), getattr(f, s))}" for s in aan]
    # buttons are not printed
    st.html(f'<p class="si-selectie">{escape("; ".join([f.periode.label, *namen]))}</p>')
    if not aan:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for s, naam in zip(aan, namen, strict=True):
            st.button(
                naam,
                icon=":material/close:",
                icon_position="right",
                key=f"chip_{s}",
                help="Filter weghalen",
                on_click=_clear,
                args=([s],),
            )
        st.button("Wis filters", type="tertiary", key="wis", on_click=_clear, args=(aan,))


def switch_to(pagina: Any, nieuw: Mapping[str, str]) -> None:
    """Open a page with what the address asks for now, some of it replaced; the run ends here.

    What a widget has bound already goes along by itself and may not be set again.
    """
    adres = {k: v for k, v in st.query_params.to_dict().items() if k not in st.session_state} | dict(nieuw)
    st.switch_page(pagina, query_params=adres)


def translate_address(lezer: Lezer, pagina: Any) -> None:
    """Accept a code where the address has names: open the same page again under its names."""
    keuzes = read_keuzes(lezer)
    nieuw = {
        s: getattr(keuzes, s)[q] for s in MET_NAAM if (q := st.query_params.get(s)) in getattr(keuzes, s)
    }
    if any(naam != st.query_params[s] and s not in st.session_state for s, naam in nieuw.items()):
        switch_to(pagina, nieuw)


def warn_unknown(sleutel: str, opties: Mapping[str, str], tekst: str) -> None:
    """Say it when the address asks for what is not among the choices, instead of silently showing another."""
    if st.session_state.get(GEVRAAGD, {}).get(sleutel) not in (None, *opties, *opties.values()):
        st.warning(tekst)


def remember_address() -> None:
    """Keep what the address asked for before the filters put in order what does not exist."""
    nieuw = {s: st.query_params.get(s) for s in MET_NAAM}
    if any(s not in st.session_state for s in MET_NAAM):
        st.session_state[GEVRAAGD] = nieuw


def show_empty(tekst: str) -> None:
    """Say why there is nothing to see, and what to do about it."""
    st.html(f'<div class="si-leeg" role="status">{tekst}</div>')
