"""Writing something down from a page: checked, logged, and only then kept."""

from collections.abc import Callable

import streamlit as st

from dashboard.access.door import Toegang
from dashboard.notities.eigen import Wie
from dashboard.notities.opslag import Aantekening, NotitieError
from dashboard.numbers import moment


def writer(toegang: Toegang) -> Wie:
    """Who writes here."""
    return Wie(toegang.identiteit.kenmerk, toegang.rol.naam)


def keep(toegang: Toegang, handeling: str, onderwerp: str, bewaar: Callable[[], Aantekening]) -> bool:
    """Log what is done (not what was written) and keep it; says in Dutch why it could not be."""
    try:
        toegang.record(handeling, {"onderwerp": onderwerp})
        bewaar()
    except NotitieError as fout:
        st.warning(str(fout))
        return False
    return True


def describe_writer(a: Aantekening) -> str:
    """Who wrote this version, and when."""
    return f"{a.inhoud.get('rol', '')} {a.wie[:8]}, {moment(a.vastgelegd_op.astimezone())}".strip()
