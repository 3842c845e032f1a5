"""Euros and clients per year since 2015, in the products of today: one series out of `mart.reeks_jaar`."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters
from dashboard.reading.verloop import BOEKHOUDING

MATEN = ("nominaal_cent", "reeel_cent")
# What is 'onbekend' tells no product about anybody: a small row of it takes no known product down with it.
REGEL = Clienten("clienten", MATEN, telt_op=("jaar", "wet", "is_onbekend"))
KOLOMMEN = """jaar, wet, hoofdproduct, nominaal_cent, reeel_cent, prijspeil_jaar, clienten,
    coalesce(hoofdproduct = 'onbekend', true) AS is_onbekend, volledig"""
REEKS = f"""
SELECT {KOLOMMEN} FROM stad.reeks_jaar
WHERE niveau = 'hoofdproduct' AND clienten IS NOT NULL AND @wet AND @hoofdproduct
ORDER BY wet DESC, hoofdproduct, jaar
"""  # noqa: S608 - only the constant columns above
STUKKEN = f"""
SELECT {KOLOMMEN} FROM vrij.reeks_jaar_stukken
WHERE niveau = 'hoofdproduct' AND @wet AND @hoofdproduct ORDER BY wet DESC, hoofdproduct, jaar
"""  # noqa: S608 - only the constant columns above


def read_reeks(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per jaar, wet and hoofdproduct: nominaal_cent, reeel_cent, clienten, compleet, niet_getoond.

    Years before the first message come out of the books and know no clients; the running year is not
    complete. reeel_cent is in prices of prijspeil_jaar.
    """
    berichten = lezer.read(REEKS, REGEL, f.params)
    stukken = lezer.read(STUKKEN, BOEKHOUDING, f.params).with_columns(pl.lit(False).alias("niet_getoond"))
    laatste = lezer.meta.laatste_levermaand
    compleet = pl.lit(False)
    if laatste is not None:
        compleet = (pl.col("jaar") < laatste.year) | pl.lit(laatste.month == 12)
    df = pl.concat([berichten, stukken], how="vertical_relaxed").with_columns(compleet.alias("compleet"))
    return df.sort(["wet", "hoofdproduct", "jaar"], descending=[True, False, False])
