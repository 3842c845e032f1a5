"""Operationeel: the own aanbieders side by side, and which of them asks for a talk."""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import aanbiederlijst, balken, filterbar
from dashboard.ui.trust import show_trust

toegang = require_access("operationeel")

namen = filterbar.require_own(toegang.lezer)
f = filterbar.require_filters(toegang.lezer, balken.WET)
toegang.log("inzage", {"pagina": "aanbieders", **f.query})
aanbiederlijst.open_chosen(namen)

aanbiederlijst.show_lijst(toegang, f, namen)
links, rechts = st.columns(2, gap="small")
with links:
    aanbiederlijst.show_trechter(toegang, f, namen)
with rechts:
    aanbiederlijst.show_regelkaarten(toegang, f, namen)

show_trust(toegang)
