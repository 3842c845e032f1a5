"""Tactisch: does the year go as planned, in euros and in clients, and what has no plan?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.programmering import find_jaar, read_regels
from dashboard.ui import balken, filterbar, programmering, programmering_q
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.KNOPPEN)
toegang.log("inzage", {"pagina": "programmering", **f.query})

niveau = programmering.choose_niveau(toegang, f)
regels = read_regels(toegang.lezer, f, niveau) if niveau is not None else None
if regels is None or niveau is None or not (regels["bron"] == "programmering").any():
    filterbar.show_empty(
        f"Voor {find_jaar(f)} is in deze selectie geen jaarprogrammering geladen."
        " Kies een ander jaar of product, of maak een plan:"
    )
    programmering.show_template()
else:
    links, rechts = st.columns([1.7, 1], gap="small")
    with links:
        programmering.show_waterfall(toegang, f, regels, niveau)
    with rechts:
        programmering.show_contacten(toegang, f, regels)
        programmering.show_zonder(toegang, f, regels, niveau)
    programmering_q.show_q(toegang, f, regels)
    programmering.show_template()

show_trust(toegang)
