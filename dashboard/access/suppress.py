"""Small cells: what is taken out of a frame before anyone sees it."""

from dataclasses import dataclass
from itertools import pairwise

import polars as pl

NIET_GETOOND = "niet_getoond"


@dataclass(frozen=True)
class Clienten:
    """The read counts clients at its own grain; `hangt_af` are the measures that would tell about them.

    `eigen` says that it reads the own aanbieders only (schema `eigen`), where a role may have a smaller cell.
    `telt_op` says that the rows add up to a total that is shown too, within the columns named (none: all of
    them): a single hole could be filled in by subtraction, so the next smallest row is emptied as well.
    `ook_op` are further ways in which the same rows add up to totals that are shown (the rows of a table and
    its columns): no total of any of them is left with a single hole.
    `lagen` says that the totals are rows as well: the column `niveau` names the layer of a row, and each
    layer but the first (all together) has a column of its name, empty in the layers above it. Then not all
    rows of `telt_op` are one sum, but within them each row with the rows right beneath it.
    """

    kolom: str = "clienten"
    hangt_af: tuple[str, ...] = ()
    eigen: bool = False
    telt_op: tuple[str, ...] | None = None
    ook_op: tuple[tuple[str, ...], ...] = ()
    lagen: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Say whether a second row may have to go: the first of the smallest, so the rows need an order."""
        return self.telt_op is not None or bool(self.ook_op)


@dataclass(frozen=True)
class Stromen:
    """Each of `kolommen` counts clients, and together they balance: one small flow empties them all.

    `samen` says that rows with the same value in these columns add up to a row that is shown too: they stand
    or fall together, as any hole would follow from the sum and the others. `sluit` says that `standen` are
    the ends of that balance: a small one would follow from the flows, so it empties them.
    """

    kolommen: tuple[str, ...]
    standen: tuple[str, ...] = ()
    eigen: bool = False
    samen: tuple[str, ...] = ()
    sluit: bool = False


@dataclass(frozen=True)
class Gemiddelde:
    """The read averages over other aanbieders; `aantal` says over how many, `clienten` counts theirs
    together.
    """

    aantal: str = "anderen"
    clienten: str = "clienten_samen"
    hangt_af: tuple[str, ...] = ()
    minimum: int = 3


@dataclass(frozen=True)
class Geen:
    """The read tells nothing about persons; `reden` says why, so that a reviewer can disagree."""

    reden: str


Bescherming = Clienten | Stromen | Gemiddelde | Geen


def tekst_niet_getoond(kleinste_cel: int) -> str:
    """Return the words that stand in the place of a suppressed figure."""
    return f"minder dan {kleinste_cel} cliënten: niet getoond"


def suppress_small(
    df: pl.DataFrame,
    kolom: str,
    hangt_af: tuple[str, ...],
    kleinste_cel: int,
    telt_op: tuple[str, ...] | None = None,
    ook_op: tuple[tuple[str, ...], ...] = (),
    lagen: tuple[str, ...] = (),
) -> pl.DataFrame:
    """Empty the cells of fewer than `kleinste_cel` clients and flag them in the column `niet_getoond`.

    df: rows with a client count `kolom` and measures `hangt_af`; the result has the same rows and columns
    plus the flag. A true zero stays zero. A count of zero beside a measure that is not zero (a correction on
    an earlier bill) tells about somebody too, and is emptied as well. An unknown count is treated as zero:
    what is not known is not shown. `telt_op`, `ook_op`, `lagen`: see Clienten.
    """
    n = pl.col(kolom).fill_null(0)
    iets = pl.any_horizontal([pl.col(m).fill_null(0) != 0 for m in hangt_af]) if hangt_af else pl.lit(False)
    klein = (n < kleinste_cel) & ((n > 0) | iets)
    df = df.with_columns(klein.alias(NIET_GETOOND))
    rang = n
    sommen = [[pl.col(k) for k in t] for t in ook_op]
    if lagen:
        sommen = _sums_of_layers(lagen, telt_op or ()) + sommen
        # of a total and a part with as many clients the part goes: its total is itself a part of more
        rang = n * len(lagen) + pl.col("niveau").replace_strict(lagen[::-1], range(len(lagen)))
    elif telt_op is not None:
        sommen.insert(0, [pl.col(k) for k in telt_op])
    gaten = -1
    # In this order, the first as if it were the only one; then again, for a second may be a single elsewhere.
    while sommen and gaten != (gaten := int(df[NIET_GETOOND].sum())):
        for som in sommen:
            df = df.with_columns(pl.col(NIET_GETOOND) | _second(som or [pl.lit(0)], n > 0, rang))
    return df.with_columns(
        pl.when(pl.col(NIET_GETOOND)).then(None).otherwise(pl.col(k)).alias(k) for k in (kolom, *hangt_af)
    )


def _second(som: list[pl.Expr], mag: pl.Expr, rang: pl.Expr) -> pl.Expr:
    """The first row by `rang` that is left (and has clients: `mag`) where a sum has a single hole."""
    rest = pl.when(~pl.col(NIET_GETOOND) & mag).then(rang)
    een_gat = pl.col(NIET_GETOOND).sum().over(som) == 1
    return een_gat & (rest.rank("ordinal").over(som) == 1).fill_null(False)


def _sums_of_layers(lagen: tuple[str, ...], binnen: tuple[str, ...]) -> list[list[pl.Expr]]:
    """Per layer and the one beneath it what tells their sums apart; a row of neither stands alone.

    What is 'onbekend' tells no product about anybody: a small row of it takes no known product down with it.
    """
    onbekend = pl.any_horizontal(pl.col(k) == "onbekend" for k in lagen[1:]).fill_null(False)
    sommen: list[list[pl.Expr]] = []
    for diepte, paar in enumerate(pairwise(lagen)):
        telt_mee = pl.col("niveau").is_in(paar) & ~onbekend
        alleen = pl.when(~telt_mee).then(pl.int_range(pl.len()))
        boven = [pl.when(telt_mee).then(pl.col(k)) for k in lagen[1 : diepte + 1]]
        sommen.append([*(pl.col(k) for k in binnen), alleen, *boven])
    return sommen


def protect(df: pl.DataFrame, regel: Bescherming, kleinste_cel: int, cel_eigen: int) -> pl.DataFrame:
    """Apply one rule of protection to a frame that comes straight from the snapshot."""
    if isinstance(regel, Clienten):
        cel = cel_eigen if regel.eigen else kleinste_cel
        return suppress_small(df, regel.kolom, regel.hangt_af, cel, regel.telt_op, regel.ook_op, regel.lagen)
    if isinstance(regel, Stromen):
        cel = cel_eigen if regel.eigen else kleinste_cel
        telt = (*regel.kolommen, *(regel.standen if regel.sluit else ()))
        small = [(pl.col(k) > 0) & (pl.col(k) < cel) for k in telt]
        df = df.with_columns(pl.any_horizontal(small).fill_null(True).alias(NIET_GETOOND))
        if regel.samen:
            df = df.with_columns(pl.col(NIET_GETOOND).any().over(*regel.samen))
        weg = [pl.when(pl.col(NIET_GETOOND)).then(None).otherwise(pl.col(k)).alias(k) for k in regel.kolommen]
        stand = [
            pl.when((pl.col(k) > 0) & (pl.col(k) < cel)).then(None).otherwise(pl.col(k)).alias(k)
            for k in regel.standen
        ]
        return df.with_columns(*weg, *stand)
    if isinstance(regel, Gemiddelde):
        te_weinig = pl.col(regel.aantal).fill_null(0) < regel.minimum
        te_klein = pl.col(regel.clienten).fill_null(0) < kleinste_cel
        df = df.with_columns((te_weinig | te_klein).alias(NIET_GETOOND))
        weg = [pl.when(pl.col(NIET_GETOOND)).then(None).otherwise(pl.col(k)).alias(k) for k in regel.hangt_af]
        return df.with_columns(weg).drop(regel.clienten)
    return df
