"""The filters of every page: in the address, checked, and shown as what is on."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.access.door import ROL_SLEUTEL
from dashboard.access.reader import Lezer
from dashboard.filters import Filters, Keuzes, check_filters
from dashboard.reading.keuzes import read_keuzes

ALLES = {
    "wet": "alle wetten",
    "hoofdproduct": "alle hoofdproducten",
    "productgroep": "alle productgroepen",
    "product": "alle producten",
    "wijk": "alle wijken",
    "aanbieder": "alle aanbieders",
}
MET_NAAM = ("wijk", "aanbieder")  # filters with a code beside their name
PAGINA = "_pagina"
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


def show_filters(
    lezer: Lezer,
    sleutels: Sequence[str],
    pad: Mapping[str, str | None] | None = None,
    verplicht: str | None = None,
) -> Filters | None:
    """Draw the filter bar and return the checked view; None when the snapshot holds no months.

    pad: part of the view that the page itself lets choose (the path through the products); verplicht: a filter
    that always has a value, the first choice when none was asked.
    """
    keuzes = read_keuzes(lezer, wet=asked("wet"))
    if not keuzes.periode:
        show_empty("Er zijn nog geen declaraties geladen. Zodra de eerste er zijn, staan ze hier.")
        return None
    gevraagd: dict[str, str | None] = dict(pad or {})
    _translate_address(keuzes)
    if verplicht is not None and not getattr(keuzes, verplicht):
        return None
    with st.grid(len(sleutels) + 1 + (verplicht is not None), min_column_width=150, key="filters"):
        if verplicht is not None:
            opties = getattr(keuzes, verplicht)
            gekozen = select(verplicht, opties)
            gevraagd[verplicht] = gekozen if gekozen in opties else next(iter(opties))
        gevraagd["periode"] = select("periode", {k: k for k in keuzes.periode})
        for s in sleutels:
            gevraagd[s] = select(s, getattr(keuzes, s), alles=ALLES[s])
    f = check_filters(gevraagd, keuzes)
    show_chips(f, keuzes, sleutels)
    return f


def show_chips(f: Filters, keuzes: Keuzes, sleutels: Sequence[str]) -> None:
    """Show what is filtered on, each with a way back, and one button to clear all."""
    aan = [s for s in sleutels if getattr(f, s) is not None]
    if not aan:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for s in aan:
            naam = getattr(keuzes, s).get(getattr(f, s), getattr(f, s))
            st.button(
                f"{NAMEN[s].lower()}: {naam}",
                icon=":material/close:",
                icon_position="right",
                key=f"chip_{s}",
                help="Filter weghalen",
                on_click=_clear,
                args=([s],),
            )
        st.button("Wis filters", type="tertiary", key="wis", on_click=_clear, args=(aan,))


def make_address(lezer: Lezer, f: Filters) -> dict[str, str]:
    """The view as parameters of an address: widgets write labels there, so links do too. The demo's role goes along."""
    keuzes = read_keuzes(lezer)
    uit = {k: getattr(keuzes, k).get(v, v) if k in MET_NAAM else v for k, v in f.query.items()}
    rol = st.query_params.get(ROL_SLEUTEL)
    return uit | ({ROL_SLEUTEL: rol} if rol else {})


def switch_to(pagina: Any, nieuw: Mapping[str, str]) -> None:
    """Open a page with what the address asks for now, some of it replaced; the run ends here.

    What a widget has bound already goes along by itself and may not be set again.
    """
    adres = {k: v for k, v in st.query_params.to_dict().items() if k not in st.session_state} | dict(nieuw)
    st.switch_page(pagina, query_params=adres)


def _translate_address(keuzes: Keuzes) -> None:
    """Accept a code where the address has names: open the same page again under its names."""
    nieuw = {
        s: getattr(keuzes, s)[q] for s in MET_NAAM if (q := st.query_params.get(s)) in getattr(keuzes, s)
    }
    pagina = st.session_state.get(PAGINA)
    if pagina is not None and any(naam != st.query_params[s] for s, naam in nieuw.items()):
        switch_to(pagina, nieuw)


def warn_unknown(sleutel: str, opties: Mapping[str, str], tekst: str) -> None:
    """Say it when the address asks for something that is not among the choices, instead of silently showing another."""
    gevraagd = asked(sleutel)
    if gevraagd is not None and gevraagd not in opties and gevraagd not in opties.values():
        st.warning(tekst)


def show_empty(tekst: str) -> None:
    """Say why there is nothing to see, and what to do about it."""
    st.html(f'<div class="si-leeg" role="status">{tekst}</div>')
