"""Tactisch: who comes, who moves on to other care, who leaves and after how long?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.stroomgroepen import find_groepen
from dashboard.reading.stroomtabel import find_cel
from dashboard.ui import balken, doorstroom, filterbar, stroom, stroom_groepen, stroom_waarom
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.KNOPPEN)
toegang.log("inzage", {"pagina": "stroom", **f.query})

cel = find_cel(toegang.lezer, f)
groepen = find_groepen(toegang.lezer, f) if cel is None else None
if cel is not None:
    stroom.show_balans(toegang, f, cel, stroom.choose(toegang, f, cel))
elif groepen is not None:
    stroom_groepen.show_balansen(toegang, f, groepen)
links, rechts = st.columns(2, gap="small")
with links:
    stroom.show_cellen(toegang, f)
with rechts:
    if cel is not None:
        stroom_waarom.show_redenen(toegang, f, cel)
# Under the shorter of the two: within a productgroep few cells are left.
with rechts if f.productgroep is None else links:
    doorstroom.show_schalen(toegang, f)
doorstroom.show_paren(toegang, f)
links, rechts = st.columns(2, gap="small")
with links:
    if cel is not None:
        doorstroom.show_duur(toegang, f, cel)
    elif groepen is not None:
        stroom_groepen.show_duren(toegang, f, groepen)
with rechts:
    stroom_waarom.show_gevoeligheid(toegang, f)

show_trust(toegang)
