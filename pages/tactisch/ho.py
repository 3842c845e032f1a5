"""Tactisch: how many hours does a huishouden have, against other municipalities, years and wijken?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.focus import read_uren
from dashboard.ui import balken, filterbar, ho
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.PERIODE)
toegang.log("inzage", {"pagina": "ho", **f.query})

uren = read_uren(toegang.lezer)
links, rechts = st.columns(2, gap="small")
with links:
    ho.show_uren(toegang, uren)
    ho.show_elders(toegang, uren)
with rechts:
    ho.show_wijken(toegang, f, uren)
    ho.show_knop(toegang, uren)

show_trust(toegang)
