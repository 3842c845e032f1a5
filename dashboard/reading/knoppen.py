"""Where it stands now, per product and zwaarte: what a knob turns on."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters
from dashboard.reading.verloop import BOEKHOUDING
from warehouse.rekenen.knoppen import Knop, price_scenario

MATEN = (
    "clienten_maand",
    "clienten_laatste",
    "instroom_maand",
    "uitstroom_maand",
    "volume_per_clientmaand",
    "toegewezen_per_clientmaand",
    "prijs_cent",
    "realisatie_cent",
)
BASIS = """
SELECT wet, hoofdproduct, productgroep, product, zwaarte, zwaarte_rang, eenheid, van, tot, clienten,
       clienten_maand,
       clienten_laatste, instroom_maand, uitstroom_maand, volume_per_clientmaand, toegewezen_per_clientmaand,
       prijs_cent, realisatie_cent
FROM stad.knop_basis
WHERE @wet AND @hoofdproduct AND ($productgroep::varchar IS NULL OR productgroep = $productgroep)
  AND ($product::varchar IS NULL OR product = $product)
ORDER BY wet, hoofdproduct, productgroep, product, zwaarte_rang, eenheid
"""
TAAKSTELLING = """
SELECT jaar, sum(bedrag_cent)::BIGINT AS bedrag_cent FROM vrij.begroting_jaar
WHERE soort = 'taakstelling' AND @wet GROUP BY jaar ORDER BY jaar
"""


def read_basis(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Rows of `mart.knop_basis` in the selection; rows of too few clients are flagged and empty."""
    return lezer.read(BASIS, Clienten("clienten", MATEN), f.params)


def read_taakstelling(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Taakstelling per jaar, where the budget names one: jaar, bedrag_cent (below zero: to be saved)."""
    return lezer.read(TAAKSTELLING, BOEKHOUDING, f.params)


def price(basis: pl.DataFrame, knoppen: list[Knop], jaren: int) -> pl.DataFrame:
    """Effect of each knob per year: jaar, knop, effect_cent, basis_cent, scenario_cent.

    basis: as read_basis gives it; what may not be shown does not count.
    """
    telt = basis.filter(~pl.col("niet_getoond"))
    return price_scenario(telt, knoppen, telt["tot"][0], jaren)
