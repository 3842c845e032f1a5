"""Tactisch: who comes, who moves on to other care, who leaves and after how long?"""

import streamlit as st

from dashboard.access.door import require_access
from dashboard.reading.stroomtabel import find_cel
from dashboard.ui import balken, doorstroom, filterbar, stroom, stroom_waarom
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.KNOPPEN)
toegang.log("inzage", {"pagina": "stroom", **f.query})

cel = find_cel(toegang.lezer, f)
if cel is None:
    filterbar.show_empty("Van dit hoofdproduct als geheel zijn geen stromen bepaald. Kies een productgroep.")
else:
    stroom.show_balans(toegang, f, cel, stroom.choose(toegang, f, cel))
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
if cel is None:
    stroom_waarom.show_gevoeligheid(toegang, f)
else:
    links, rechts = st.columns(2, gap="small")
    with links:
        doorstroom.show_duur(toegang, f, cel)
    with rechts:
        stroom_waarom.show_gevoeligheid(toegang, f)

show_trust(toegang)
