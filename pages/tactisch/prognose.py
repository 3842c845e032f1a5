"""Tactisch: where will the year end, how sure is that, which method earned trust, and what is still out?"""

from dashboard.access.door import require_access
from dashboard.reading.prognose import read_prognose
from dashboard.ui import afloop, balken, filterbar, prognose
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.KNOPPEN)
toegang.log("inzage", {"pagina": "prognose", **f.query})

df = read_prognose(toegang.lezer, f)
prognose.show_delen(toegang, f, df)
prognose.show_methoden(toegang, f, df)
afloop.show_afloop(toegang, f)

show_trust(toegang)
