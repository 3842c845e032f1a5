"""Two verdicts on the city: is the flow of clients out of the ordinary, how uneven are the costs."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters

# A net flow may be small while many came and went: the smaller of the two flows is the group it is about.
REGELKAART = """
SELECT r.maand, r.waarde, r.gemiddelde, r.signaal, r.richting, least(s.instroom, s.uitstroom) AS clienten
FROM stad.regelkaart r JOIN stad.stroom_maand s ON s.maand = r.maand AND s.niveau = 'totaal'
WHERE r.maat = 'netto stroom' AND r.cel = 'totaal' AND r.gemiddelde IS NOT NULL ORDER BY r.maand
"""
CONCENTRATIE = """
SELECT jaar, n, aandeel_top10, persistentie_top10 FROM stad.concentratie
WHERE wet = $onder AND eenheid = 'client' AND basis = 'jaar' AND jaar_volledig ORDER BY jaar
"""


def read_regelkaart(lezer: Lezer) -> pl.DataFrame:
    """The control chart of the net flow of the city: maand, waarde, gemiddelde, signaal, richting."""
    df = lezer.read(REGELKAART, Clienten("clienten", ("waarde", "gemiddelde")))
    return df.filter(~pl.col("niet_getoond"))


def read_concentratie(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per complete year the share of the costs that the most expensive tenth of the clients took."""
    regel = Clienten("n", ("aandeel_top10", "persistentie_top10"))
    return lezer.read(CONCENTRATIE, regel, {"onder": f.wet or "totaal"})
