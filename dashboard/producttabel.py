"""The product table: budget, realisation, year end, P, Q, clients, history and signal of each part."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard import words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.numbers import add_months, month_range
from dashboard.reading import pq, producten, verloop
from dashboard.reading.keuzes import read_keuzes, read_productboom

TAAKSTELLING = "taakstelling (nog in te vullen)"


@dataclass(frozen=True)
class Producttabel:
    """Rows at one level, and what holds for all of them together.

    jaar: the running year when the table looks at its end (budget and prognose of the whole year); None when
    it looks back at the months of the period.
    """

    niveau: str
    rijen: pl.DataFrame
    heeft_begroting: bool
    jaar: int | None
    signaal_maand: date | None
    verborgen: int = 0
    """Wijken or aanbieders that are left out, because they are not shown."""


def _budget(lezer: Lezer, f: Filters, jaar: int | None) -> pl.DataFrame:
    """Budget per wet and hoofdproduct, of the whole year or else for the months of the period; the
    taakstelling is a row of its own.
    """
    jaren = verloop.share_of_year(f.periode) if jaar is None else {jaar: 12}
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


def _units(lezer: Lezer, f: Filters, niveau: str, zwaarte: str | None) -> pl.DataFrame:
    """Per part: P and Q in words, and as figures where there is one unit."""
    df = pq.read_eenheden(lezer, f, niveau, zwaarte)
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


def _history(lezer: Lezer, f: Filters, niveau: str, zwaarte: str | None) -> pl.DataFrame:
    """Per part the euros of the last twelve months as a list; a month that is not shown is a gap."""
    van = add_months(f.periode.tot, -12)
    maanden = month_range(van, f.periode.tot)
    df = pq.read_verloop(lezer, f, niveau, zwaarte=zwaarte)
    rijen = []
    for (wet, deel), groep in df.group_by(["wet", "deel"], maintain_order=True):
        per = dict(groep.select("levermaand", "realisatie_cent").iter_rows())
        euros = [None if (c := per.get(m, 0)) is None else c / 100 for m in maanden]
        rijen.append({"wet": wet, "deel": deel, "verloop": euros})
    return pl.DataFrame(
        rijen, schema={"wet": pl.String(), "deel": pl.String(), "verloop": pl.List(pl.Float64)}
    )


def _year_end(lezer: Lezer, f: Filters, niveau: str, jaar: int | None) -> pl.DataFrame:
    """What is still to come and where the year ends; the latter only of the year that runs."""
    if jaar is not None:
        return producten.read_jaareinde(lezer, f, niveau)
    df = producten.read_nagekomen(lezer, f, niveau)
    return df.with_columns(pl.lit(None, dtype=pl.Int64).alias("prognose_cent"))


def _signals(lezer: Lezer, f: Filters, niveau: str) -> tuple[pl.DataFrame, date | None]:
    """The signal per part in words; a hoofdproduct says how many of its productgroepen have one."""
    leeg = pl.DataFrame(schema={k: pl.String() for k in ("wet", "deel", "signaal")})
    if niveau not in ("hoofdproduct", "productgroep"):
        return leeg, None
    df = producten.read_signalen(lezer, f)
    if df.height == 0:
        return leeg, None
    boom = (
        read_productboom(lezer).select("wet", "hoofdproduct", pl.col("productgroep").alias("groep")).unique()
    )
    df = df.rename({"deel": "groep"}).join(boom, on=["wet", "groep"])
    deel = pl.col("groep" if niveau == "productgroep" else "hoofdproduct")
    som = df.group_by("wet", deel.alias("deel")).agg(
        (pl.col("richting") == "hoog").sum().alias("hoog"),
        (pl.col("richting") == "laag").sum().alias("laag"),
        pl.len().alias("van"),
    )
    tekst = [
        words.word_signaal(h, n, v, los=niveau == "productgroep")
        for h, n, v in som.select("hoog", "laag", "van").iter_rows()
    ]
    return som.select("wet", "deel", pl.Series("signaal", tekst, dtype=pl.String)), df["maand"][0]


def _name(lezer: Lezer, niveau: str, df: pl.DataFrame) -> pl.DataFrame:
    """Names beside codes: `code` is what a filter takes, `deel` what a person reads."""
    df = df.with_columns(pl.col("deel").alias("code"))
    if niveau not in pq.DELEN:
        return df
    namen = getattr(read_keuzes(lezer), niveau)
    return df.with_columns(pl.col("deel").replace(namen).fill_null("onbekend").alias("deel"))


def make_producttabel(
    lezer: Lezer, f: Filters, per: str | None = None, zwaarte: str | None = None
) -> Producttabel:
    """Put the table of the level below the chosen part together, or of its wijken or aanbieders (`per`).

    At hoofdproduct the realisation holds messages and ledger, so that it meets the budget; below that there
    is no budget and only messages. Of the running year budget and difference are those of the whole year,
    with the prognose; of other months those of the months. Suppressed rows keep their name and lose every
    figure.
    """
    niveau = per or pq.find_niveau(f)
    sleutel = ["wet", "deel"]
    top = niveau == "hoofdproduct" and not f.has_deel
    jaar = producten.find_jaar(lezer, f)
    einde = _year_end(lezer, f, niveau, jaar)
    if einde["prognose_cent"].is_null().all():
        # no forecast to set against the budget of the year: then the months of the period, as they are
        jaar = None
    df = pq.read_tabel(lezer, f, niveau, zwaarte).rename({"realisatie_cent": "berichten_cent"})
    begroting = _budget(lezer, f, jaar) if top else None
    signalen, maand = _signals(lezer, f, niveau)
    for erbij in (_units(lezer, f, niveau, zwaarte), _history(lezer, f, niveau, zwaarte), einde, signalen):
        df = df.join(erbij, on=sleutel, how="left")
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
    maten = ("prijs_cent", "volume", "verloop", "nagekomen_cent", "prognose_cent", "signaal")
    df = df.with_columns(
        klein.alias("niet_getoond"),
        pl.when(~klein).then(som).alias("realisatie_cent"),
        *(pl.when(~klein).then(pl.col(k)).alias(k) for k in maten),
        *(pl.when(klein).then(pl.lit("niet getoond")).otherwise(pl.col(k)).alias(k) for k in ("p", "q")),
    )
    waar = pl.col("realisatie_cent" if jaar is None else "prognose_cent")
    df = df.with_columns((waar - pl.col("begroting_cent")).alias("verschil_cent"))
    basis = pl.col("begroting_cent").abs()
    deel = pl.when(basis > 0).then(pl.col("verschil_cent") / basis)
    df = _name(lezer, niveau, df.with_columns(deel.alias("verschil_deel")))
    volgorde = (
        ["rang"] if niveau == "zwaarte" else [pl.col("deel") == TAAKSTELLING, pl.col("realisatie_cent")]
    )
    aflopend = [False] if niveau == "zwaarte" else [False, True]
    rijen = df.sort(volgorde, descending=aflopend, nulls_last=True)
    if niveau not in pq.DELEN:
        return Producttabel(niveau, rijen, heeft, jaar, maand)
    # A long list of names without a figure helps nobody: they are counted, and nothing was nothing.
    iets = ((pl.col("realisatie_cent") != 0) | (pl.col("clienten") > 0)).fill_null(False)
    getoond = rijen.filter(iets)
    return Producttabel(niveau, getoond, heeft, jaar, maand, int(rijen["niet_getoond"].sum()))
