"""Strategisch overzicht: is it going well, since when, and where in the city."""

import streamlit as st

from dashboard import tegels
from dashboard.access.door import require_access
from dashboard.tegel_prognose import make_prognose
from dashboard.ui import balken, filterbar, stad, tiles
from dashboard.ui.trust import show_trust

toegang = require_access("strategisch")

f = filterbar.require_filters(toegang.lezer, balken.OVERZICHT)
toegang.log("inzage", {"pagina": "overzicht", **f.query})

mag = toegang.rol.may_open("tactisch")
doel = "pages/tactisch/pq.py" if mag else None
with st.grid(3, min_column_width=235, gap="small", key="tegels"):
    eind = make_prognose(toegang.lezer, f)
    tiles.show_tile(toegang.lezer, eind, "pages/tactisch/prognose.py" if mag else None, "Bekijk de prognose")
    for maak in (
        tegels.make_uitgaven,
        tegels.make_clienten,
        tegels.make_stroom,
        tegels.make_kosten,
        tegels.make_uitnutting,
    ):
        tiles.show_tile(toegang.lezer, maak(toegang.lezer, f), doel, "Bekijk per product")

stad.show_waarom(toegang, f, "pages/tactisch/ontleding.py" if mag else None)

links, rechts = st.columns([1.25, 1], gap="small")
with links:
    stad.show_jaren(toegang, f)
with rechts:
    stad.show_wijken(toegang, f)

show_trust(toegang)
