"""Tactisch: how long does the way to care take, where does it stay within its term, and who refers?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.toegang import read_reeks
from dashboard.ui import balken, filterbar
from dashboard.ui import toegang as kaarten
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.WET)
toegang.log("inzage", {"pagina": "toegang", **f.query})

reeks = read_reeks(toegang.lezer, f)
links, rechts = st.columns([1, 1.5], gap="small")
with links:
    kaarten.show_trechter(toegang, f)
    kaarten.show_contacten(toegang, f)
with rechts:
    kaarten.show_tijden(toegang, f, reeks)
kaarten.show_wijkteams(toegang, f, reeks)
kaarten.show_verwijzers(toegang, f)

show_trust(toegang)
