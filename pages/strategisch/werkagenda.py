"""Werkagenda: measures and decisions in time, what was expected of each and what can be seen since."""

from dashboard.access.door import require_access
from dashboard.ui import werkagenda
from dashboard.ui.trust import show_trust

toegang = require_access("strategisch")
toegang.log("inzage", {"pagina": "werkagenda"})

werkagenda.show_tijdlijn(toegang)
werkagenda.show_effecten(toegang)

show_trust(toegang)
