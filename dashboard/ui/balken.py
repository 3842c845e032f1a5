"""Which filters each page has."""

from dashboard.ui.filterbar import PAD, Balk

OVERZICHT = Balk(("wet", "productgroep", "wijk", "aanbieder"))
PRODUCTEN = Balk(("wet", "wijk", "aanbieder", *PAD))
CONTROLE = Balk(("wet", "aanbieder"))
PERIODE = Balk()
DATAKWALITEIT = Balk(("wet",))
KNOPPEN = Balk(("wet", *PAD))
WET = Balk(("wet",))
AANBIEDERS = Balk(("aanbieder", "wet"), verplicht="aanbieder")
WIJK = Balk(("wet", "wijk"), verplicht="wijk")
