"""Tactisch: which product, which driver: budget, year end, P and Q, down to zwaarte, wijk and aanbieder."""

from dashboard.access.door import require_access
from dashboard.ui import balken, filterbar, producten, producten_reeks
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.PRODUCTEN)
toegang.log("inzage", {"pagina": "pq", **f.query})

keuze = producten.show_path(f)
producten.show_table(toegang, f, keuze)
producten_reeks.show_series(toegang, f)

show_trust(toegang)
