"""Which filters each page has."""

from dashboard.ui.filterbar import PAD, Balk

OVERZICHT = Balk(("wet", "productgroep", "wijk", "aanbieder"))
PRODUCTEN = Balk(("wet", "wijk", "aanbieder", *PAD))
CONTROLE = Balk(("wet", "aanbieder"))
TOEGANG = Balk(("wet",))
PERIODE = Balk()
KNOPPEN = Balk(("wet", *PAD))
AANBIEDERS = Balk(("aanbieder", "wet"), verplicht="aanbieder")
