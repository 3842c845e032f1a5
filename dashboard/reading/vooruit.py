"""The years ahead when nothing changes, and with what people turned: never a forecast of policy."""

from collections.abc import Mapping

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.filters import Filters, Periode
from dashboard.numbers import add_months
from dashboard.reading import knoppen, prognose, verloop
from warehouse.rekenen.knoppen import Knop, KnopError

JAREN = 5
"""The running year and the four after it: as far as the page Knoppen looks."""


def read_basis(lezer: Lezer) -> tuple[pl.DataFrame, int] | None:
    """Where every product stands now, and the ledger's own part over twelve months; None if empty."""
    laatste = lezer.meta.laatste_levermaand
    if laatste is None:
        return None
    tot = add_months(laatste, 1)
    f = Filters(Periode("twaalf", add_months(tot, -12), tot))
    basis = knoppen.read_basis(lezer, f)
    if basis.filter(~pl.col("niet_getoond")).height == 0:
        return None
    return basis, int(verloop.read_grootboek(lezer, f)["realisatie_cent"].sum() or 0)


def project(basis: pl.DataFrame, grootboek: int, scenarios: Mapping[str, list[Knop]]) -> pl.DataFrame:
    """Per coming year and line its cents: jaar, lijn, cent, effect_cent. The line '' is without any knob.

    A scenario that cannot be priced any more (a product that is gone) is left out.
    """
    rust = [Knop("tarief", 0.0, basis["tot"][0])]
    delen: list[pl.DataFrame] = []
    for naam, knopjes in {"": rust, **scenarios}.items():
        try:
            uit = knoppen.price(basis, knopjes, JAREN)
        except KnopError:
            continue
        per = uit.group_by("jaar").agg(
            pl.col("effect_cent").sum(), (pl.col("basis_cent").first() + grootboek).alias("rust_cent")
        )
        delen.append(
            per.select(
                "jaar",
                pl.lit(naam).alias("lijn"),
                (pl.col("rust_cent") + pl.col("effect_cent")).alias("cent"),
                "effect_cent",
            )
        )
    # the first year is only its months ahead: the forecast tells that one
    eerste = min(int(d["jaar"].min()) for d in delen)  # type: ignore[arg-type]
    return pl.concat(delen).filter(pl.col("jaar") > eerste).sort("lijn", "jaar")


def read_lopend(lezer: Lezer) -> dict[str, int] | None:
    """The forecast of the running year for the whole city: jaar, p10_cent, p50_cent, p90_cent."""
    laatste = lezer.meta.laatste_levermaand
    if laatste is None:
        return None
    f = Filters(Periode("jaar", laatste.replace(month=1), add_months(laatste, 1)))
    df = prognose.find_geheel(prognose.read_prognose(lezer, f), f).filter(pl.col("standaard"))
    if df.height == 0 or df["p50_cent"][0] is None:
        return None
    return df.select("jaar", "p10_cent", "p50_cent", "p90_cent").row(0, named=True)
