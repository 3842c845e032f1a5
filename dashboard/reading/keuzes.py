"""What can be chosen in this snapshot by this role."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Geen
from dashboard.filters import Filters, Keuzes, make_periodes

NAMEN = Geen("namen van producten, wijken en aanbieders: geen personen")
WIJKEN = """SELECT wijkcode, any_value(wijknaam) AS wijknaam FROM vrij.wijk
            WHERE jaar = (SELECT max(jaar) FROM vrij.wijk) GROUP BY wijkcode
            ORDER BY wijkcode NOT LIKE 'WK%', 2"""
AANBIEDERS = (
    "SELECT aanbieder_agb, coalesce(any_value(naam), aanbieder_agb) AS naam FROM vrij.aanbieder GROUP BY 1"
)
BOOM = """SELECT DISTINCT wet, hoofdproduct, productgroep, product, zwaarte, zwaarte_rang
    FROM vrij.productboom
          ORDER BY wet DESC, hoofdproduct, productgroep, product, zwaarte_rang"""


class Tak(NamedTuple):
    """A way down the tree of products."""

    wet: str
    hoofdproduct: str
    productgroep: str
    product: str


def read_productboom(lezer: Lezer) -> pl.DataFrame:
    """Every wet, hoofdproduct, productgroep, product and zwaarte that has occurred."""
    return lezer.read(BOOM, NAMEN)


def read_zwaarten(lezer: Lezer, f: Filters) -> list[str]:
    """Zwaarten of the chosen product, lightest first."""
    boom = read_productboom(lezer).filter(pl.col("product") == f.product)
    if f.wet is not None:
        boom = boom.filter(pl.col("wet") == f.wet)
    return boom.sort("zwaarte_rang")["zwaarte"].drop_nulls().unique(maintain_order=True).to_list()


def read_aanbieders(lezer: Lezer) -> dict[str, str]:
    """Aanbieders that this role may look at by themselves: AGB code to a name that is unique."""

    def make() -> dict[str, str]:
        df = lezer.read(AANBIEDERS, NAMEN)
        dubbel = set(df.filter(pl.col("naam").is_duplicated())["naam"])
        rijen = [(a, n) for a, n in df.iter_rows() if a is not None and lezer.may_see_aanbieder(a)]
        return {
            a: f"{n} ({a})" if n in dubbel else n
            for a, n in sorted(rijen, key=lambda r: (r[1].lower(), r[0]))
        }

    return dict(lezer.keep("aanbieders", make))


def read_takken(lezer: Lezer) -> list[Tak]:
    """Every wet, hoofdproduct, productgroep and product that has occurred together, in the order to show."""

    def make() -> list[Tak]:
        return list(dict.fromkeys(Tak(*r) for r in read_productboom(lezer).select(Tak._fields).iter_rows()))

    return lezer.keep("takken", make)


def _names(takken: Sequence[Tak], plek: int) -> dict[str, str]:
    return {t[plek]: t[plek] for t in takken if t[plek] is not None}


def read_keuzes(
    lezer: Lezer, wet: str | None = None, hoofdproduct: str | None = None, productgroep: str | None = None
) -> Keuzes:
    """All choices; products only within the wet, hoofdproduct and productgroep that were chosen already."""
    takken = alle = read_takken(lezer)
    for plek, waarde in enumerate((wet, hoofdproduct, productgroep)):
        takken = [t for t in takken if waarde is not None and t[plek] == waarde] or takken
    return Keuzes(
        periode=make_periodes(lezer.meta),
        wet=_names(alle, 0),
        hoofdproduct=_names(takken, 1),
        productgroep=_names(takken, 2),
        product=_names(takken, 3),
        wijk=dict(lezer.read(WIJKEN, NAMEN).iter_rows()),
        aanbieder=read_aanbieders(lezer),
    )


def read_begrip(lezer: Lezer, begrip: str) -> dict[str, str] | None:
    """Definition of a begrip as it is tested: titel, definitie, formule, eenheid, bron; None when unknown."""
    df = lezer.read(
        "SELECT titel, definitie, formule, eenheid, bron FROM vrij.begrip WHERE begrip = $b",
        NAMEN,
        {"b": begrip},
    )
    return {k: str(v or "") for k, v in df.row(0, named=True).items()} if df.height else None
