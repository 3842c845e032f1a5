"""Two periods of one's own choice to compare, in the address like every filter."""

from datetime import date

import streamlit as st

from dashboard.access.reader import Lezer
from dashboard.filters import Filters, Periode
from dashboard.numbers import add_months, month, month_range
from dashboard.reading.ontleding import Vergelijking, make_vergelijking
from dashboard.ui.filterbar import show_empty

EIGEN = "eigen perioden"


def _select(sleutel: str, naam: str, maanden: dict[str, date], begin: date) -> date:
    """One month out of those that are known; what is not among them counts as not asked."""
    if st.session_state.get(sleutel) not in (None, *maanden):
        del st.session_state[sleutel]
    opties = list(maanden)
    gekozen = st.selectbox(
        naam, opties, index=list(maanden.values()).index(begin), key=sleutel, bind="query-params"
    )
    return maanden.get(gekozen or "", begin)


def choose_perioden(lezer: Lezer, f: Filters) -> Vergelijking | None:
    """Draw four months to choose, two a period; None where they make no periods, which is then said."""
    eerste, laatste = lezer.meta.eerste_levermaand, lezer.meta.laatste_levermaand
    if eerste is None or laatste is None:
        return None
    maanden = {month(m): m for m in reversed(month_range(eerste, add_months(laatste, 1)))}
    nu_van, nu_tm = f.periode.van, add_months(f.periode.tot, -1)
    toen_van, toen_tm = max(eerste, add_months(nu_van, -12)), max(eerste, add_months(nu_tm, -12))
    with st.grid(4, min_column_width=140, key="eigen-perioden"):
        van_0 = _select("eerst_van", "Eerste periode van", maanden, toen_van)
        tm_0 = _select("eerst_tm", "tot en met", maanden, toen_tm)
        van_1 = _select("daarna_van", "Tweede periode van", maanden, nu_van)
        tm_1 = _select("daarna_tm", "tot en met ", maanden, nu_tm)
    if van_0 > tm_0 or van_1 > tm_1:
        welke = "eerste" if van_0 > tm_0 else "tweede"
        show_empty(f"De {welke} periode eindigt voor zij begint. Kies een latere maand bij 'tot en met'.")
        return None
    eerst = Periode("eerst", van_0, add_months(tm_0, 1))
    daarna = Periode("daarna", van_1, add_months(tm_1, 1))
    st.caption(
        "De periode in de filterbalk telt hier niet mee." + (_warn(eerst, daarna) if eerst != daarna else "")
    )
    return make_vergelijking(lezer, eerst, daarna)


def _warn(eerst: Periode, daarna: Periode) -> str:
    """What makes the two less alike than they look."""
    if eerst.van < daarna.tot and daarna.van < eerst.tot:
        return " Let op: de perioden overlappen elkaar."
    if eerst.maanden != daarna.maanden:
        return " Let op: de perioden zijn niet even lang; dat alleen al verandert cliënten, duur en uitgaven."
    if eerst.van.month != daarna.van.month:
        return " Let op: de perioden vallen in een ander deel van het jaar; seizoen telt dan mee."
    return ""
