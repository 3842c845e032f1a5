"""Tactisch: why did the euros change: more clients, longer, heavier, wider indications or higher prices?"""

from dashboard.access.door import require_access
from dashboard.reading.ontleding import find_vergelijkingen
from dashboard.ui import balken, filterbar, ontleding, producten
from dashboard.ui.trust import show_trust

toegang = require_access("tactisch")

f = filterbar.require_filters(toegang.lezer, balken.PRODUCTEN)
toegang.log("inzage", {"pagina": "ontleding", **f.query})

keuze = producten.show_path(f)
vergelijking = ontleding.choose_vergelijking(find_vergelijkingen(toegang.lezer, f))
if vergelijking is None:
    filterbar.show_empty(
        f"Over {f.periode.label} is geen eerlijke vergelijking te maken: er is geen jaar ervoor dat even"
        " compleet is."
    )
elif f.wijk is not None and f.aanbieder is not None:
    filterbar.show_empty(
        "De ontleding bestaat per wijk of per aanbieder, niet voor beide tegelijk. Haal een van de twee"
        " filters weg."
    )
else:
    ontleding.show_waterfall(toegang, f, vergelijking)
    ontleding.show_parts(toegang, f, vergelijking, keuze)

show_trust(toegang)
