"""Writing something down from a page: checked, logged, and only then kept."""

from collections.abc import Callable

import streamlit as st

from dashboard.access.door import Toegang, notes_path
from dashboard.notities import eigen
from dashboard.notities.eigen import Wie
from dashboard.notities.opslag import Aantekening, NotitieError


def writer(toegang: Toegang) -> Wie:
    """Who writes here; the log says what was done and about whom, never what was written."""
    return Wie(
        toegang.identiteit.kenmerk,
        toegang.rol.naam,
        lambda soort, onderwerp: toegang.record(f"{soort} bewaard", {"onderwerp": onderwerp}),
    )


def read_own(toegang: Toegang, soort: str) -> dict[str, Aantekening]:
    """What was written of one kind about the own aanbieders, by name; an unreadable file is said."""
    try:
        alle = eigen.read_eigen(notes_path(), soort, toegang.lezer.may_see_aanbieder)
    except NotitieError as fout:
        st.warning(str(fout))
        return {}
    return {a.kenmerk: a for a in alle}


def keep(bewaar: Callable[[], Aantekening]) -> bool:
    """Keep it, or say in Dutch why it could not be."""
    try:
        bewaar()
    except NotitieError as fout:
        st.warning(str(fout))
        return False
    return True
