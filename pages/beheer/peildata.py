"""Beheer: which snapshots are kept, what changed between two, and why in the last step?"""

from dashboard.access.door import require_access
from dashboard.ui import peildata
from dashboard.ui.trust import show_trust

toegang = require_access("beheer")

peildata.show_vergelijking(toegang, peildata.show_bewaard(toegang))
peildata.show_oorzaken(toegang)
peildata.show_notities(toegang)
show_trust(toegang)
