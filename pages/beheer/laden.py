"""Beheer: what was loaded when, what was rejected and why, and whether both sides agree."""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import laden
from dashboard.ui.trust import show_trust

toegang = require_access("beheer")

laden.show_status(toegang)
laden.show_laadlog(toegang)
links, rechts = st.columns(2, gap="small")
with links:
    laden.show_quarantaine(toegang)
with rechts:
    laden.show_controles(toegang)
laden.show_aansluiting(toegang)
show_trust(toegang)
