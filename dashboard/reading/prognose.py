"""Where the year will end: the forecast of each method, and how well each did in the past."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Geen
from dashboard.access.tables_prognose import PROGNOSE, PROGNOSE_REGEL
from dashboard.filters import Filters

METHODEN = ("lineair", "seizoen", "verplichtingen", "voorraad")
NIVEAUS = ("hoofdproduct", "productgroep", "product")
TERUGBLIK = Geen("hoe goed een methode was voor een hele wet: geen personen")
METHODE = """
SELECT wet, methode, peilmaand, aantal, afwijking_fractie, fout_fractie, dekking_fractie, standaard
FROM vrij.prognose_methode WHERE wet = $onder ORDER BY methode, peilmaand
"""


def read_prognose(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """All rows of the year that runs within wet and path, every method and layer; small cells empty."""
    df = lezer.read(PROGNOSE, PROGNOSE_REGEL)
    if f.wet is not None:
        df = df.filter(pl.col("wet") == f.wet)
    for sleutel in NIVEAUS:
        gekozen = getattr(f, sleutel)
        if gekozen is not None:
            df = df.filter(pl.col(sleutel) == gekozen)
    return df


def find_geheel(df: pl.DataFrame, f: Filters) -> pl.DataFrame:
    """The rows of the selection as a whole, one a method."""
    niveau = next((n for n in reversed(NIVEAUS) if getattr(f, n) is not None), "wet" if f.wet else "totaal")
    return df.filter(pl.col("niveau") == niveau)


def find_delen(df: pl.DataFrame, f: Filters) -> pl.DataFrame:
    """The rows one layer down, of the method that earned it, the largest first; column `deel` is the name."""
    niveau = next((n for n in NIVEAUS if getattr(f, n) is None), "product")
    rijen = df.filter((pl.col("niveau") == niveau) & pl.col("standaard"))
    return rijen.with_columns(pl.col(niveau).alias("deel")).sort(
        pl.col("p50_cent").fill_null(-1), "wet", "deel", descending=[True, True, False]
    )


def read_terugblik(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """The record of each method for the wet (or all): per peilmaand, and peilmaand NULL for all together."""
    return lezer.read(METHODE, TERUGBLIK, {"onder": f.wet or "totaal"})
