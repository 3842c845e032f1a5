"""Meerjarenbeeld: what was budgeted, spent and left over the years, and where the same care goes to."""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import meerjaren
from dashboard.ui.trust import show_trust

toegang = require_access("strategisch")
toegang.log("inzage", {"pagina": "meerjarenbeeld"})

hek = meerjaren.require_hek(toegang)
links, rechts = st.columns(2, gap="small")
with links:
    meerjaren.show_hek(toegang, hek)
with rechts:
    meerjaren.show_vooruit(toegang, hek)
links, rechts = st.columns(2, gap="small")
with links:
    meerjaren.show_saldo(toegang, hek)
with rechts:
    meerjaren.show_stukken(toegang)

show_trust(toegang)
