"""Strategisch: how much of the costs goes to how few, and do they stay the same?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.concentratie import EENHEDEN, read_concentratie
from dashboard.ui import balken, clientgroepen, filterbar
from dashboard.ui.trust import show_trust

toegang = require_access("strategisch")

f = filterbar.require_filters(toegang.lezer, balken.WET)
toegang.log("inzage", {"pagina": "clientgroepen", **f.query})

wie = clientgroepen.choose_eenheid()
df = read_concentratie(toegang.lezer, f, EENHEDEN[wie])
links, rechts = st.columns(2, gap="small")
# Twenty households are few: their group is for those who may act on it.
zwaarste = toegang.rol.may_open("tactisch")
with links:
    clientgroepen.show_lorenz(toegang, f, wie, df)
with rechts:
    clientgroepen.show_toppen(toegang, f, wie, df)
    if zwaarste:
        clientgroepen.show_zwaarste(toegang, f)
with links if zwaarste else st.container():
    clientgroepen.show_persistentie(toegang, f, wie, df)

show_trust(toegang)
