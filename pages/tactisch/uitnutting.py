"""Tactisch: is what was toegewezen also delivered, for whom is it not, and what is still to come?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import balken, filterbar, uitnutting, uitnutting_open
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.KNOPPEN)
toegang.log("inzage", {"pagina": "uitnutting", **f.query})

uitnutting.show_maanden(toegang, f, uitnutting.choose_eenheid(toegang, f))
with st.grid(2, min_column_width=420, gap="small", key="uitnutting"):
    uitnutting.show_delen(toegang, f)
    uitnutting.show_verdeling(toegang, f)
    uitnutting_open.show_verplichting(toegang, f)
    uitnutting_open.show_slapers(toegang, f)
uitnutting_open.show_verzilvering(toegang, f)

show_trust(toegang)
