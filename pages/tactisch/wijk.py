"""Tactisch: one wijk on one page, next to wijken that are like it."""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading import wijk as lezen
from dashboard.ui import balken, filterbar, wijk
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.WIJK)
toegang.log("inzage", {"pagina": "wijk", **f.query})

wijken = lezen.read_wijken(toegang.lezer, f)
rij = wijk.find_wijk(wijken, f)
gelijken = lezen.find_gelijken(wijken, str(f.wijk))
wijk.show_head(toegang, f, rij, gelijken)
links, rechts = st.columns([1.25, 1], gap="small")
with links:
    wijk.show_gebruik(toegang, f, rij["wijknaam"], gelijken)
with rechts:
    wijk.show_stroom(toegang, f, rij["wijknaam"])
    wijk.show_basis(toegang, f, rij["stadsdeel"])
links, rechts = st.columns(2, gap="small")
with links:
    wijk.show_aanbod(toegang, f, rij["wijknaam"])
with rechts:
    wijk.show_aanbieders(toegang, f, rij["wijknaam"])

show_trust(toegang)
