"""For every role: what does a figure mean, and out of which messages does it come?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.ui import begrippen
from dashboard.ui.trust import show_trust

toegang = require_access("algemeen")

zoek, begrip, tabel = begrippen.choose(toegang)
if zoek.strip():
    begrippen.show_gevonden(toegang, zoek)
links, rechts = st.columns(2, gap="small")
with links:
    begrippen.show_begrip(toegang, begrip, tabel)
with rechts:
    begrippen.show_herkomst(toegang, tabel)
if not zoek.strip():
    begrippen.show_gevonden(toegang, "")
show_trust(toegang)
