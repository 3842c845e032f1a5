"""Tactisch: which product, which driver: budget, realisation, P and Q, down to zwaarte."""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import balken, filterbar, producten
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.PRODUCTEN)
toegang.log("inzage", {"pagina": "pq", **f.query})

keuze = producten.show_path(f)
links, rechts = st.columns([3.2, 1], gap="small")
with links:
    tabel = producten.show_table(toegang, f, keuze)
with rechts:
    producten.show_series(toegang, f, tabel)

show_trust(toegang)
