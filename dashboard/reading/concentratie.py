"""How unequally costs are spread over clients or households; groups only, never one of them."""

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import Clienten
from dashboard.access.tables_analyse import CONCENTRATIE_MATEN
from dashboard.filters import Filters

EENHEDEN = {"cliënten": "client", "huishoudens": "huishouden"}
TOPPEN = {"aandeel_top1": "1 %", "aandeel_top5": "5 %", "aandeel_top10": "10 %"}

# Cost of the year as it was: to twelve months somebody with one voorziening a year would look heavy.
CONCENTRATIE = """
SELECT jaar, n, totaal_cent, gini, aandeel_top1, aandeel_top5, aandeel_top10, aandeel_top20,
    persistentie_top10, jaar_volledig, reden
FROM stad.concentratie WHERE wet = $onder AND eenheid = $eenheid AND basis = $basis ORDER BY jaar
"""
LORENZ = """
SELECT percentiel, n, cumulatief_aandeel FROM stad.lorenz
WHERE wet = $onder AND eenheid = $eenheid AND jaar = $jaar ORDER BY percentiel
"""
# The heaviest households lie within the top 1 %. Were the rest of that top fewer than ten, the two shares
# together would tell about them, so that year stays away.
ZWAARSTE = """
SELECT z.jaar, z.aantal, z.totaal_cent, z.aandeel, z.gemiddeld_aanbieders, z.gemiddeld_producten,
    z.jaar_volledig, CASE WHEN z.clienten >= 10 THEN z.clienten END AS clienten,
    CASE WHEN abs(ceil(c.n * 0.01) - z.aantal) BETWEEN 1 AND 9 THEN 0 ELSE z.aantal END AS groep
FROM stad.zwaarste_huishoudens z
LEFT JOIN stad.concentratie c ON c.jaar = z.jaar AND c.wet = 'totaal' AND c.eenheid = 'huishouden'
    AND c.basis = 'jaar'
ORDER BY z.jaar
"""
ZWAARSTE_MATEN = (
    "aantal",
    "totaal_cent",
    "aandeel",
    "gemiddeld_aanbieders",
    "gemiddeld_producten",
    "clienten",
)


def read_concentratie(lezer: Lezer, f: Filters, eenheid: str, basis: str = "jaar") -> pl.DataFrame:
    """Per year the Gini, the shares of the top and their persistence, for one wet or all."""
    params = {"onder": f.wet or "totaal", "eenheid": eenheid, "basis": basis}
    return lezer.read(CONCENTRATIE, Clienten("n", CONCENTRATIE_MATEN), params)


def read_lorenz(lezer: Lezer, f: Filters, eenheid: str, jaar: int) -> pl.DataFrame:
    """Points of the Lorenz curve of a year; those that would set fewer than ten apart are left out."""
    params: dict[str, Waarde] = {"onder": f.wet or "totaal", "eenheid": eenheid, "jaar": jaar}
    df = lezer.read(LORENZ, Clienten("n", ("cumulatief_aandeel",)), params)
    return df.filter(pl.col("cumulatief_aandeel").is_not_null())


def read_zwaarste(lezer: Lezer) -> pl.DataFrame:
    """Per year the heaviest households as one group, over both laws."""
    return lezer.read(ZWAARSTE, Clienten("groep", ZWAARSTE_MATEN)).drop("groep")
