"""Tactisch: why did the euros change: more clients, longer, heavier, wider indications or higher prices?"""

from dashboard.access.door import require_access
from dashboard.ui import balken, filterbar, ontleding, producten
from dashboard.ui.boom import show_boom
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.PRODUCTEN)

keuze = producten.show_path(f)
vergelijking = ontleding.choose_vergelijking(toegang.lezer, f)
perioden = {} if vergelijking is None else {"vergelijking": ontleding.describe(vergelijking)}
toegang.log("inzage", {"pagina": "ontleding", **f.query, **perioden})
if vergelijking is not None and f.wijk is not None and f.aanbieder is not None:
    filterbar.show_empty(
        "De ontleding bestaat per wijk of per aanbieder, niet voor beide tegelijk. Haal een van de twee"
        " filters weg."
    )
elif vergelijking is not None:
    ontleding.show_waterfall(toegang, f, vergelijking)
    show_boom(toegang, f, vergelijking, ontleding.describe(vergelijking), ontleding.name_methode(f))
    ontleding.show_parts(toegang, f, vergelijking, keuze)

show_trust(toegang)
