"""Tactisch: which figures are there, what do they mean, and what are their rows?"""

from dashboard.access.door import require_access
from dashboard.ui import tabellen
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

naam = tabellen.choose_tabel(toegang)
if naam is not None:
    toegang.log("inzage", {"pagina": "cijfers", "tabel": naam})
    tabellen.show_rijen(toegang, tabellen.show_uitleg(toegang, naam))

show_trust(toegang)
