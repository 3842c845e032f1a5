"""Beheer: did everything come that was expected, on time and readable, and does the derivation hold?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import balken, datakwaliteit, filterbar, laden
from dashboard.ui.trust import show_trust

toegang = require_access("beheer")

f = filterbar.require_filters(toegang.lezer, balken.DATAKWALITEIT)
datakwaliteit.show_volledigheid(toegang, f)
links, rechts = st.columns(2, gap="small")
with links:
    datakwaliteit.show_te_laat(toegang, f)
with rechts:
    datakwaliteit.show_onbekend(toegang, f)
links, rechts = st.columns(2, gap="small")
with links:
    laden.show_quarantaine(toegang)
with rechts:
    datakwaliteit.show_quarantaine(toegang)
laden.show_controles(toegang)
show_trust(toegang)
