"""Operationeel: which declarations do not fit the rules, why, and how much is at stake?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.controle import read_samen
from dashboard.ui import balken, controle, controle_werk, filterbar
from dashboard.ui.trust import show_trust

toegang = require_access("operationeel")

f = filterbar.require_filters(toegang.lezer, balken.CONTROLE)
toegang.log("inzage", {"pagina": "controle", **f.query})

if read_samen(toegang.lezer, f)["bevindingen"] == 0:
    controle.show_niets(toegang, f)
else:
    links, rechts = st.columns([1, 1.6], gap="small")
    with links:
        controle.show_oorzaken(toegang, f, controle.make_alle_oorzaken(toegang.lezer, f))
    with rechts:
        regels = controle.show_regels(toegang, f)
    controle_werk.show_lijst(toegang, f, regels)

show_trust(toegang)
