"""Operationeel: what changed since last month, and what was said about it."""

from dashboard.access.door import require_access
from dashboard.reading.keuzes import read_aanbieders
from dashboard.ui import signalen
from dashboard.ui.trust import show_trust

toegang = require_access("operationeel")

toegang.log("inzage", {"pagina": "signalen"})
signalen.show_signalen(toegang, read_aanbieders(toegang.lezer))
signalen.show_regels(toegang)

show_trust(toegang)
