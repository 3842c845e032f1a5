"""The product table: budget, realisation, difference, P, Q, clients and history of each part."""

from dataclasses import dataclass

import polars as pl

from dashboard import words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.numbers import add_months, month_range
from dashboard.reading import pq, verloop

TAAKSTELLING = "taakstelling (nog in te vullen)"


@dataclass(frozen=True)
class Producttabel:
    """Rows at one level, and what holds for all of them together."""

    niveau: str
    rijen: pl.DataFrame
    heeft_begroting: bool


def _budget(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Budget for the months of the period per wet and hoofdproduct; the taakstelling is a row of its own."""
    jaren = verloop.share_of_year(f.periode)
    df = verloop.read_begroting(lezer, f).filter(pl.col("jaar").is_in(list(jaren)))
    if df["jaar"].n_unique() < len(jaren):
        return df.clear().select(
            "wet", pl.col("hoofdproduct").alias("deel"), pl.col("bedrag_cent").alias("begroting_cent")
        )
    deel = (
        pl.when(pl.col("soort") == "taakstelling")
        .then(pl.lit(TAAKSTELLING))
        .otherwise(pl.col("hoofdproduct"))
    )
    aandeel = pl.col("bedrag_cent") * pl.col("jaar").replace_strict(jaren, return_dtype=pl.Int64) / 12
    return (
        df.with_columns(deel.alias("deel"), aandeel.alias("begroting_cent"))
        .group_by("wet", "deel")
        .agg(pl.col("begroting_cent").sum().round(0).cast(pl.Int64))
    )


def _units(lezer: Lezer, f: Filters, niveau: str) -> pl.DataFrame:
    """Per part: P and Q in words, and as figures where there is one unit."""
    df = pq.read_eenheden(lezer, f, niveau)
    rijen = []
    for (wet, deel), groep in df.group_by(["wet", "deel"], maintain_order=True):
        eenheden = groep["eenheid"].to_list()
        cent, volume = (groep[k][0] if groep.height == 1 else None for k in ("realisatie_cent", "volume"))
        verborgen = groep.height == 1 and bool(groep["niet_getoond"][0])
        een = groep.height == 1 and eenheden[0] != "83" and not verborgen
        rijen.append(
            {
                "wet": wet,
                "deel": deel,
                "p": "niet getoond" if verborgen else words.word_p(cent, volume, eenheden),
                "q": "niet getoond" if verborgen else words.word_q(volume, eenheden),
                "prijs_cent": cent / volume if een and volume else None,
                "volume": volume if een else None,
                "eenheid": eenheden[0] if een else None,
            }
        )
    tekst = {k: pl.String() for k in ("wet", "deel", "p", "q", "eenheid")}
    return pl.DataFrame(rijen, schema=tekst | {k: pl.Float64() for k in ("prijs_cent", "volume")})


def _history(lezer: Lezer, f: Filters, niveau: str) -> pl.DataFrame:
    """Per part the euros of the last twelve months as a list; a month that is not shown is a gap."""
    van = add_months(f.periode.tot, -12)
    maanden = month_range(van, f.periode.tot)
    df = pq.read_verloop(lezer, f, niveau)
    rijen = []
    for (wet, deel), groep in df.group_by(["wet", "deel"], maintain_order=True):
        per = dict(groep.select("levermaand", "realisatie_cent").iter_rows())
        euros = [None if (c := per.get(m, 0)) is None else c / 100 for m in maanden]
        rijen.append({"wet": wet, "deel": deel, "verloop": euros})
    return pl.DataFrame(
        rijen, schema={"wet": pl.String(), "deel": pl.String(), "verloop": pl.List(pl.Float64)}
    )


def make_producttabel(lezer: Lezer, f: Filters) -> Producttabel:
    """Put the table of the level below the chosen part together.

    At hoofdproduct the realisation holds messages and ledger, so that it meets the budget; below that there
    is no budget and only messages. Suppressed rows keep their name and lose every figure.
    """
    niveau = pq.find_niveau(f)
    sleutel = ["wet", "deel"]
    df = pq.read_tabel(lezer, f, niveau).rename({"realisatie_cent": "berichten_cent"})
    begroting = _budget(lezer, f) if niveau == "hoofdproduct" and not f.has_deel else None
    df = df.join(_units(lezer, f, niveau), on=sleutel, how="left").join(
        _history(lezer, f, niveau), on=sleutel, how="left"
    )
    if niveau == "hoofdproduct":
        boeken = pq.read_grootboek_per_deel(lezer, f)
        df = df.join(boeken, on=sleutel, how="full", coalesce=True)
    else:
        df = df.with_columns(pl.lit(0, dtype=pl.Int64).alias("grootboek_cent"))
    heeft = begroting is not None and begroting.height > 0
    if begroting is not None:
        df = df.join(begroting, on=sleutel, how="full", coalesce=True)
    else:
        df = df.with_columns(pl.lit(None, dtype=pl.Int64).alias("begroting_cent"))
    klein = pl.col("niet_getoond").fill_null(False)
    som = pl.col("berichten_cent").fill_null(0) + pl.col("grootboek_cent").fill_null(0)
    df = df.with_columns(klein.alias("niet_getoond"), pl.when(~klein).then(som).alias("realisatie_cent"))
    df = df.with_columns((pl.col("realisatie_cent") - pl.col("begroting_cent")).alias("verschil_cent"))
    basis = pl.col("begroting_cent").abs()
    deel = pl.when(basis > 0).then(pl.col("verschil_cent") / basis)
    df = df.with_columns(
        deel.alias("verschil_deel"),
        *(pl.when(~klein).then(pl.col(k)).alias(k) for k in ("prijs_cent", "volume", "verloop")),
        *(pl.when(klein).then(pl.lit("niet getoond")).otherwise(pl.col(k)).alias(k) for k in ("p", "q")),
    )
    volgorde = (
        ["rang"] if niveau == "zwaarte" else [pl.col("deel") == TAAKSTELLING, pl.col("realisatie_cent")]
    )
    aflopend = [False] if niveau == "zwaarte" else [False, True]
    return Producttabel(niveau, df.sort(volgorde, descending=aflopend, nulls_last=True), heeft)
