"""Tactisch: what does turning a knob cost or bring, this year and the years after?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.knoppen import read_basis
from dashboard.ui import balken, filterbar, knoppen
from dashboard.ui.trust import show_trust
from warehouse.rekenen.knoppen import KnopError

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.KNOPPEN)
toegang.log("inzage", {"pagina": "knoppen", **f.query})

basis = read_basis(toegang.lezer, f)
links, rechts = st.columns([1, 2], gap="small")
with links:
    try:
        gedraaid = knoppen.show_sliders(toegang, f)
    except KnopError as fout:
        st.warning(str(fout))
        gedraaid = []
with rechts:
    knoppen.show_effect(toegang, f, basis, gedraaid)
knoppen.show_saved(toegang, f, gedraaid)

show_trust(toegang)
