"""The run-off triangle: how much of each levermaand was known after how many months, and what is usual."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import NIET_GETOOND
from dashboard.access.tables_prognose import AFLOOP, AFLOOP_REGEL
from dashboard.filters import Filters
from dashboard.reading.keuzes import read_productboom
from warehouse.rekenen.regelkaart import MINIMUM, natural_limits

LEVERMAANDEN, LEEFTIJD = 24, 11
"""Rows of the triangle, and its last column: two years, twelve months of each; a phone fits no more."""
MERKBAAR = 0.01
"""Smallest difference from what is usual that is called one: one percent point. What hardly varies has
limits so narrow that any cent would break them."""
MAANDEN = ["levermaand", "leeftijd_maanden"]
CENT = ["bij_cent", "cumulatief_cent", "ultimate_cent"]


@dataclass(frozen=True)
class Gewoonlijk:
    """What older months showed at one age.

    fractie: the part that was known then. marge: how far that varies by chance. per_maand: of each calendar
    month the least and the most, for what the turn of the year does to a December it does to every December.
    """

    fractie: float
    marge: float
    per_maand: dict[int, tuple[float, float]]

    def compare(self, fractie: float, maand: int) -> str | None:
        """Say 'trager' or 'sneller' where a part differs more than chance and season explain, else None."""
        marge = max(self.marge, MERKBAAR)
        minste, meeste = self.per_maand.get(maand, (self.fractie, self.fractie))
        if fractie < min(self.fractie - marge, minste):
            return "trager"
        return "sneller" if fractie > max(self.fractie + marge, meeste) else None


def find_niveau(f: Filters) -> str:
    """The layer of the selection; a product has no run-off of its own, its productgroep has."""
    if f.productgroep:
        return "productgroep"
    return "hoofdproduct" if f.hoofdproduct else "wet" if f.wet else "totaal"


def list_verdeeld(lezer: Lezer, f: Filters) -> list[str]:
    """Productgroepen of the chosen hoofdproduct that lie in others too: their part of it is not known."""
    boom = read_productboom(lezer)
    breed = boom.group_by("wet", "productgroep").agg(pl.col("hoofdproduct").n_unique() > 1)
    namen = boom.filter(pl.col("hoofdproduct") == f.hoofdproduct).select("wet", "productgroep").unique()
    if f.wet is not None:
        namen = namen.filter(pl.col("wet") == f.wet)
    return (
        namen.join(breed.filter("hoofdproduct"), on=["wet", "productgroep"])["productgroep"].sort().to_list()
    )


def read_afloop(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """The triangle of the selection, a row per levermaand and age, of the newest levermaanden.

    Columns: levermaand, leeftijd_maanden, soort ('bekend' or 'verwacht'), fractie (of what the month comes
    to: part known, or part expected to be known at that age; above 1 where more is taken back later),
    gewoonlijk (what older months showed), loop ('trager', 'sneller', None), bij_cent (what came in that
    month; below zero when taken back), cumulatief_cent, ultimate_cent and niet_getoond. `fractie` is None
    where it is not shown, or where the month comes to nothing.
    """
    df = _select(lezer.read(AFLOOP, AFLOOP_REGEL), f)
    if df.height == 0:
        return _as_cells(df.with_columns(fractie=None, gewoonlijk=None, soort=None, loop=None))
    # What a month comes to is estimated while it is young (mart.nagekomen), and what is known once it is old.
    df = df.with_columns(
        fractie=pl.when(pl.col("ultimate_cent") > 0).then(pl.col("cumulatief_cent") / pl.col("ultimate_cent"))
    )
    usual = find_usual(df)
    eerste = df.select(pl.col("levermaand").max().dt.offset_by(f"-{LEVERMAANDEN - 1}mo")).item()
    return _as_cells(_judge(_expect(df.filter(pl.col("levermaand") >= eerste), usual), usual))


def _select(df: pl.DataFrame, f: Filters) -> pl.DataFrame:
    """Known cells of the layer asked. A month of knowledge that still runs is no whole month of age yet."""
    niveau = find_niveau(f)
    df = df.filter(
        (pl.col("niveau") == niveau) & ~pl.col("lopend") & (pl.col("leeftijd_maanden") <= LEEFTIJD)
    )
    for kolom in ("wet", niveau):
        if kolom != "totaal" and getattr(f, kolom) is not None:
            df = df.filter(pl.col(kolom) == getattr(f, kolom))
    # one name may stand in both wetten ('onbekend'): together they are shown only when each may be
    weg = pl.col(NIET_GETOOND).any()
    return (
        df.group_by([*MAANDEN, "rijp"])
        .agg(weg, *(pl.when(~weg).then(pl.col(k).sum()).alias(k) for k in CENT))
        .sort(MAANDEN)
    )


def find_usual(df: pl.DataFrame) -> dict[int, Gewoonlijk]:
    """Per age what the months that are old enough showed; nothing where they are too few to say.

    df: leeftijd_maanden, levermaand (in order), rijp, fractie, cumulatief_cent, ultimate_cent; what is not
    shown does not count either. The part is weighted by euros, as a chain ladder is; the margin is that of a
    control chart (2,66 times the mean moving range).
    """
    uit: dict[int, Gewoonlijk] = {}
    oud = df.filter(pl.col("rijp") & pl.col("fractie").is_not_null())
    for (leeftijd,), deel in oud.group_by("leeftijd_maanden", maintain_order=True):
        if deel.height >= MINIMUM:
            grenzen = natural_limits(deel["fractie"].to_numpy().astype(np.float64))
            fractie = float(deel["cumulatief_cent"].sum()) / float(deel["ultimate_cent"].sum())
            maand = deel.group_by(pl.col("levermaand").dt.month().alias("maand")).agg(
                pl.col("fractie").min().alias("minste"), pl.col("fractie").max().alias("meeste")
            )
            per_maand = {m: (minste, meeste) for m, minste, meeste in maand.iter_rows()}
            uit[int(str(leeftijd))] = Gewoonlijk(fractie, grenzen.upper - grenzen.mean, per_maand)
    return uit


def _expect(df: pl.DataFrame, usual: dict[int, Gewoonlijk]) -> pl.DataFrame:
    """Add the cells that are still to come.

    Drawing the plain pattern there would let a row jump where what is known meets what is expected.
    Instead each row starts from its own last known part f(a) and closes the distance to the pattern G as
    the pattern itself does: f(j) = G(j) + (f(a) - G(a)) (1 - G(j)) / (1 - G(a)). That is what the ultimate
    already says: with a chain ladder f(a) = G(a) and the row is the pattern, with Bornhuetter-Ferguson what
    is still out comes in by the pattern. Every row ends where its month is complete.
    """
    patroon = pl.DataFrame(
        {"leeftijd_maanden": list(usual), "gewoonlijk": [g.fractie for g in usual.values()]},
        schema={"leeftijd_maanden": pl.Int64, "gewoonlijk": pl.Float64},
    )
    df = df.join(patroon, on="leeftijd_maanden", how="left", maintain_order="left")
    laatste = df.group_by("levermaand", maintain_order=True).last()
    komt = (
        laatste.rename({"gewoonlijk": "nu_gewoonlijk", "fractie": "nu", "leeftijd_maanden": "nu_leeftijd"})
        .join(patroon, how="cross")
        .filter(pl.col("leeftijd_maanden") > pl.col("nu_leeftijd"))
    )
    # a pattern that passes 1 and comes back would send it anywhere: what is out is between all and nothing
    uit = ((1 - pl.col("gewoonlijk")) / (1 - pl.col("nu_gewoonlijk"))).clip(0, 1).fill_nan(0)
    komt = komt.with_columns(
        fractie=pl.col("gewoonlijk") + (pl.col("nu") - pl.col("nu_gewoonlijk")) * uit,
        bij_cent=pl.lit(None, pl.Int64),
        cumulatief_cent=pl.lit(None, pl.Int64),
        soort=pl.lit("verwacht"),
    )
    return pl.concat([df.with_columns(soort=pl.lit("bekend")), komt.select(*df.columns, "soort")]).sort(
        MAANDEN
    )


def _judge(df: pl.DataFrame, usual: dict[int, Gewoonlijk]) -> pl.DataFrame:
    """Add `loop`: where a young month ran slower or faster than chance explains.

    The last known cell of a row is never judged: what the month comes to was estimated out of that very
    cell, so it fits by construction. The cells before it do tell how it got there.
    """
    eerder = (pl.col("soort") == "bekend").cast(pl.Int8).shift(-1).over("levermaand") == 1
    te_zien = (pl.col("soort") == "bekend") & eerder & ~pl.col("rijp") & pl.col("fractie").is_not_null()
    loop = [
        usual[leeftijd].compare(fractie, maand.month) if mag and leeftijd in usual else None
        for maand, leeftijd, fractie, mag in df.select(*MAANDEN, "fractie", te_zien.alias("mag")).iter_rows()
    ]
    return df.with_columns(pl.Series("loop", loop, pl.String))


def _as_cells(df: pl.DataFrame) -> pl.DataFrame:
    soorten = {"soort": pl.String, "fractie": pl.Float64, "gewoonlijk": pl.Float64, "loop": pl.String}
    return df.select(*MAANDEN, *(pl.col(k).cast(s) for k, s in soorten.items()), *CENT, NIET_GETOOND)
