"""Stock and flow of a hoofdproduct of several productgroepen: each by itself, never added up.

The flow table has no row for a hoofdproduct: who has two of its productgroepen is one client and two pairs.
"""

from dataclasses import dataclass

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.reading import doorstroom, stroomtabel
from dashboard.reading.keuzes import read_productboom
from dashboard.reading.stroomtabel import Cel, complete_wet


@dataclass(frozen=True)
class Groepen:
    """The cells of a hoofdproduct, and which of them count care of another hoofdproduct too."""

    hoofdproduct: str
    cellen: tuple[Cel, ...]
    gedeeld: tuple[str, ...]


def find_groepen(lezer: Lezer, f: Filters) -> Groepen:
    """The productgroepen of the chosen hoofdproduct, by wet and name.

    Raises ValueError where no hoofdproduct is chosen.
    """
    hoofdproduct, wet = f.hoofdproduct, complete_wet(lezer, f).wet
    if hoofdproduct is None:
        raise ValueError("geen hoofdproduct gekozen")
    boom = read_productboom(lezer).filter(pl.col("wet") == (wet or pl.col("wet")))
    paren = boom.select("wet", "productgroep", "hoofdproduct").unique().drop_nulls()
    eigen = paren.filter(pl.col("hoofdproduct") == hoofdproduct).sort("wet", "productgroep")
    wetten = eigen["wet"].n_unique()
    cellen = tuple(
        Cel("productgroep", f"{w}|{groep}", f"{groep} ({w})" if wetten > 1 else groep)
        for w, groep in eigen.select("wet", "productgroep").rows()
    )
    ook = paren.filter(pl.col("hoofdproduct") != hoofdproduct).select("wet", "productgroep").unique()
    gedeeld = eigen.join(ook, on=["wet", "productgroep"], how="semi")["productgroep"].to_list()
    return Groepen(hoofdproduct, cellen, tuple(gedeeld))


def read_balansen(lezer: Lezer, groepen: Groepen, korrel: str) -> dict[str, pl.DataFrame]:
    """Per productgroep with any flow the rows of `stroomtabel.read_balans`."""
    alle = {cel.naam: stroomtabel.read_balans(lezer, cel, korrel) for cel in groepen.cellen}
    return {naam: df for naam, df in alle.items() if df.height}


def read_duren(lezer: Lezer, groepen: Groepen) -> pl.DataFrame:
    """Per productgroep over all years: naam, clienten, mediaan_km_dagen and gevolgd_tot_dagen."""
    delen = [
        doorstroom.read_duur(lezer, c)
        .filter(pl.col("jaar").is_null())
        .select(pl.lit(c.naam).alias("naam"), "clienten", "mediaan_km_dagen", "gevolgd_tot_dagen")
        for c in groepen.cellen
    ]
    return pl.concat(delen).sort("mediaan_km_dagen", "naam", descending=[True, False], nulls_last=True)
