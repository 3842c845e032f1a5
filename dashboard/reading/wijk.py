"""One wijk next to like wijken: use per 1.000 inhabitants, its aanbieders, its social base."""

from dataclasses import dataclass, replace

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import Clienten, Geen
from dashboard.filters import Filters
from dashboard.reading.aanbieders import year_of
from dashboard.reading.stad import INWONERS, KAART, MINSTE_INWONERS, WIJKEN

MINSTE_GELIJKEN = 3
NABIJ = 5
BASIS = Geen("kengetallen van de sociale basis van een stadsdeel: geen personen")
# For all wijken at once, so that each is guarded in the same table; who moved counts in both.
GEBRUIK = """
WITH mensen AS (
    SELECT wet, hoofdproduct, wijkcode, count(DISTINCT client_id) AS clienten FROM stad.client_maand
    WHERE @maanden AND @wet AND hoofdproduct IS NOT NULL GROUP BY ALL),
geld AS (
    SELECT wet, hoofdproduct, wijkcode, sum(realisatie_cent)::BIGINT AS realisatie_cent FROM stad.pq_maand
    WHERE @maanden AND @wet AND hoofdproduct IS NOT NULL GROUP BY ALL)
SELECT wet, hoofdproduct, wijkcode, clienten, coalesce(realisatie_cent, 0) AS realisatie_cent,
       wijkcode LIKE 'WK%' AS op_kaart
FROM mensen LEFT JOIN geld USING (wet, hoofdproduct, wijkcode) ORDER BY wet DESC, hoofdproduct, wijkcode
"""
TOTAAL = """
SELECT wijkcode, count(DISTINCT client_id) AS clienten, wijkcode LIKE 'WK%' AS op_kaart FROM stad.client_maand
WHERE @maanden AND @wet GROUP BY wijkcode ORDER BY wijkcode
"""
AANBOD = """
SELECT wet, productgroep, aanbieders, clienten, grootste_aandeel FROM stad.aanbieder_wijk
WHERE wijkcode = $wijk AND jaar = $jaar AND @wet ORDER BY clienten DESC, productgroep
"""
EIGEN = """
WITH mensen AS (
    SELECT aanbieder_agb, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    WHERE wijkcode = $wijk AND @maanden AND @wet GROUP BY aanbieder_agb),
geld AS (
    SELECT aanbieder_agb, sum(realisatie_cent)::BIGINT AS realisatie_cent FROM eigen.pq_maand
    WHERE wijkcode = $wijk AND @maanden AND @wet GROUP BY aanbieder_agb)
SELECT aanbieder_agb, clienten, realisatie_cent FROM mensen LEFT JOIN geld USING (aanbieder_agb)
ORDER BY realisatie_cent DESC, aanbieder_agb
"""
# A perceel of the social base is named after its stadsdeel.
SOCIALE_BASIS = """
SELECT onderdeel, maat, jaar, waarde, eenheid, bron FROM vrij.sociale_basis
WHERE soort = 'kengetal' AND maand IS NULL AND jaar <= $jaar AND ends_with(onderdeel, ' ' || $stadsdeel)
ORDER BY onderdeel, maat, jaar
"""


@dataclass(frozen=True)
class Gelijken:
    """The wijken to compare with, and why these."""

    codes: tuple[str, ...]
    waarom: str


def read_wijken(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """All wijken with their stadsdeel and inhabitants of the year in which the period ends."""
    wijken = lezer.read(WIJKEN, KAART).filter(pl.col("kolom").is_not_null())
    inwoners = lezer.read(INWONERS, KAART, {"jaar": f.periode.tot.year})
    return wijken.join(inwoners, on="wijkcode", how="left")


def find_gelijken(wijken: pl.DataFrame, wijk: str) -> Gelijken:
    """Wijken of the same stadsdeel and about as large where there are three or more, else the five nearest in
    inhabitants.
    """
    zelf = wijken.filter(pl.col("wijkcode") == wijk)
    ander = wijken.filter((pl.col("wijkcode") != wijk) & (pl.col("inwoners") >= MINSTE_INWONERS))
    if zelf.height == 0:
        return Gelijken((), "")
    stadsdeel, inwoners = zelf["stadsdeel"][0], zelf["inwoners"][0]
    if inwoners is None:
        return Gelijken((), "")
    even_groot = pl.col("inwoners").is_between(inwoners // 2, inwoners * 2)
    buren = ander.filter((pl.col("stadsdeel") == stadsdeel) & even_groot)
    if buren.height >= MINSTE_GELIJKEN:
        return Gelijken(
            tuple(buren["wijkcode"]), f"{buren.height} wijken van {stadsdeel} (half tot dubbel zo groot)"
        )
    nabij = (
        ander.with_columns((pl.col("inwoners") - inwoners).abs().alias("d")).sort("d", "wijkcode").head(NABIJ)
    )
    if nabij.height < MINSTE_GELIJKEN:
        return Gelijken((), "")
    return Gelijken(tuple(nabij["wijkcode"]), f"de {nabij.height} wijken met het dichtstbijzijnde inwonertal")


def read_gebruik(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per hoofdproduct and wijk: clienten, euros and both per 1.000 inhabitants; small cells empty."""
    regel = Clienten("clienten", ("realisatie_cent",), telt_op=("wet", "hoofdproduct", "op_kaart"))
    return _per_1000(lezer, f, lezer.read(GEBRUIK, regel, _city(f)))


def read_totaal(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per wijk: all clients, and per 1.000 inhabitants."""
    regel = Clienten("clienten", (), telt_op=("op_kaart",))
    return _per_1000(lezer, f, lezer.read(TOTAAL, regel, _city(f)))


def _city(f: Filters) -> dict[str, Waarde]:
    return replace(f, wijk=None, aanbieder=None).params


def _per_1000(lezer: Lezer, f: Filters, df: pl.DataFrame) -> pl.DataFrame:
    df = df.join(read_wijken(lezer, f).select("wijkcode", "wijknaam", "stadsdeel", "inwoners"), on="wijkcode")
    genoeg = pl.when(pl.col("inwoners") >= MINSTE_INWONERS)
    return df.with_columns(genoeg.then(pl.col("clienten") / pl.col("inwoners") * 1000).alias("per_1000"))


def compare(gebruik: pl.DataFrame, wijk: str, gelijken: Gelijken) -> pl.DataFrame:
    """Per hoofdproduct: the wijk, and lowest, middle and highest of the like wijken that may be shown.

    Only what is shown by itself goes in, so that the middle never tells about a small cell.
    """
    zelf = gebruik.filter(pl.col("wijkcode") == wijk).select(
        "wet", "hoofdproduct", "clienten", "realisatie_cent", "per_1000", "niet_getoond"
    )
    ander = (
        gebruik.filter(pl.col("wijkcode").is_in(gelijken.codes) & pl.col("per_1000").is_not_null())
        .group_by("wet", "hoofdproduct")
        .agg(
            pl.len().alias("aantal"),
            pl.col("per_1000").min().alias("laagste"),
            pl.col("per_1000").median().alias("midden"),
            pl.col("per_1000").max().alias("hoogste"),
        )
        .filter(pl.col("aantal") >= MINSTE_GELIJKEN)
    )
    return zelf.join(ander, on=["wet", "hoofdproduct"], how="left").sort(
        pl.col("per_1000").fill_null(-1), "hoofdproduct", descending=[True, False]
    )


def read_aanbod(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per productgroep: how many aanbieders deliver in the wijk, and the share of the largest."""
    regel = Clienten("clienten", ("grootste_aandeel", "aanbieders"))
    return lezer.read(AANBOD, regel, replace(f, aanbieder=None).params | {"jaar": year_of(f)})


def read_aanbieders(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Aanbieders that this role may see by themselves, with clients and euros in the wijk."""
    return lezer.read(EIGEN, Clienten("clienten", ("realisatie_cent",), eigen=True), f.params)


def read_basis(lezer: Lezer, f: Filters, stadsdeel: str | None) -> pl.DataFrame:
    """Figures of the social base of the stadsdeel by year; empty where none are brought."""
    return lezer.read(SOCIALE_BASIS, BASIS, {"stadsdeel": stadsdeel or "", "jaar": year_of(f)})
