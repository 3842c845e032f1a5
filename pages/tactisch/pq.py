"""Tactisch: which product, which driver; begroting, realisatie, P and Q, from hoofdproduct down to zwaarte."""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import filterbar, producten
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

st.title("Prijs en volume per product")
keuze = producten.read_path(toegang)
f = filterbar.show_filters(toegang.lezer, ("wet", "wijk", "aanbieder"), keuze)
if f is None:
    st.stop()
toegang.log("inzage", {"pagina": "pq", **f.query})

producten.show_path(toegang, keuze)
links, rechts = st.columns([2.9, 1], gap="small")
with links:
    tabel = producten.show_table(toegang, f, keuze)
with rechts:
    producten.show_series(toegang, f, tabel)

show_trust(toegang)
