"""Tactisch: what did turning light dagbesteding into a general service do to volume, price and euros?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.focus import read_dagbesteding, read_kanteling
from dashboard.ui import dagbesteding
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")
toegang.log("inzage", {"pagina": "dagbesteding"})

df = read_dagbesteding(toegang.lezer)
breuk = read_kanteling(toegang.lezer)
dagbesteding.show_prijs(toegang, df, breuk)
links, rechts = st.columns(2, gap="small")
with links:
    dagbesteding.show_volume(toegang, df, breuk)
with rechts:
    dagbesteding.show_euro(toegang, df, breuk)
dagbesteding.show_kanteling(breuk)

show_trust(toegang)
