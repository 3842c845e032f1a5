"""Beheer: load files, see what came of it, repair and take back, and whether both sides agree."""

from dashboard.access.door import require_access
from dashboard.ui import laden, laden_bestanden, laden_herstel
from dashboard.ui.trust import show_trust

toegang = require_access("beheer")

laden_bestanden.show_loading(toegang)
lake, log, regels = laden.read_lake(toegang)
laden.show_status(log)
if lake is not None and regels is not None:
    laden_herstel.show_lines(toegang, regels)
laden.show_laadlog(toegang, log)
laden.show_findings(toegang)
if lake is not None:
    laden_herstel.show_withdraw(toegang, lake, log)
if regels is None:
    laden.show_quarantaine(toegang)
laden.show_aansluiting(toegang)
show_trust(toegang)
