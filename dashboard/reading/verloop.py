"""Euros, volumes and clients by month or over a period: the reads that most pages share."""

from datetime import date

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Geen
from dashboard.filters import Filters, Periode
from dashboard.numbers import add_months, month_range

BOEKHOUDING = Geen("grootboek en begroting: boekhouding zonder personen")

MAAND = """
WITH geld AS (
    SELECT levermaand, sum(realisatie_cent)::BIGINT AS realisatie_cent FROM bron.pq_maand
    WHERE @maanden AND @filter GROUP BY levermaand),
mensen AS (
    SELECT levermaand, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE @maanden AND @filter GROUP BY levermaand)
SELECT levermaand, coalesce(realisatie_cent, 0) AS realisatie_cent, coalesce(clienten, 0) AS clienten
FROM geld FULL JOIN mensen USING (levermaand) ORDER BY levermaand
"""
TOTAAL = """
WITH geld AS (
    SELECT sum(realisatie_cent)::BIGINT AS realisatie_cent FROM bron.pq_maand
    WHERE @maanden AND @filter),
mensen AS (
    SELECT count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE @maanden AND @filter)
SELECT coalesce(realisatie_cent, 0) AS realisatie_cent, clienten FROM geld, mensen
"""
GROOTBOEK_MAAND = """
SELECT levermaand, onderdeel, sum(realisatie_cent)::BIGINT AS realisatie_cent,
       sum(realisatie_toen_cent)::BIGINT AS realisatie_toen_cent
FROM vrij.grootboek_maand
WHERE @maanden
  AND @wet AND @hoofdproduct
GROUP BY levermaand, onderdeel ORDER BY levermaand, onderdeel
"""
BEGROTING = """
SELECT jaar, wet, hoofdproduct, soort, sum(bedrag_cent)::BIGINT AS bedrag_cent FROM vrij.begroting_jaar
WHERE soort IN ('product', 'taakstelling')
  AND @wet AND @hoofdproduct
GROUP BY jaar, wet, hoofdproduct, soort ORDER BY jaar, wet, hoofdproduct
"""


def rule(f: Filters, *hangt_af: str, telt_op: tuple[str, ...] | None = None) -> Clienten:
    """Small cells by the column clienten; within one aanbieder the role's own smallest cell holds."""
    return Clienten("clienten", hangt_af, eigen=f.aanbieder is not None, telt_op=telt_op)


def _toen(sql: str) -> str:
    return sql.replace("bron.pq_maand", "bron.pq_maand_toen").replace(
        "bron.client_maand", "bron.client_maand_toen"
    )


def fill_months(df: pl.DataFrame, periode: Periode, kolom: str = "levermaand") -> pl.DataFrame:
    """Give every month of the period a row: zero where there was none; a suppressed one stays empty."""
    maanden = pl.DataFrame({kolom: month_range(periode.van, periode.tot)}, schema={kolom: pl.Date})
    getallen = [k for k, t in df.schema.items() if t.is_numeric()]
    df = df.with_columns(pl.lit(True).alias("_er"))
    uit = maanden.join(df, on=kolom, how="left").sort(kolom)
    nul = [pl.when(pl.col("_er").is_null()).then(0).otherwise(pl.col(k)).alias(k) for k in getallen]
    return uit.with_columns(*nul, pl.col("niet_getoond").fill_null(False)).drop("_er")


def read_maanden(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per levermaand: realisatie_cent by messages and clienten (counted in that month)."""
    # Of one aanbieder a month can be small; the whole period stands beside the months.
    telt_op = () if f.aanbieder is not None else None
    regel = rule(f, "realisatie_cent", telt_op=telt_op)
    return fill_months(lezer.read(MAAND, regel, f.params), f.periode)


def read_totaal(lezer: Lezer, f: Filters, *, toen: bool = False) -> dict[str, int | None]:
    """Over the period: realisatie_cent by messages and clienten (each counted once); None where suppressed.

    toen: as it was known twelve months before the snapshot's date.
    """
    df = lezer.read(_toen(TOTAAL) if toen else TOTAAL, rule(f, "realisatie_cent"), f.params)
    rij = df.row(0, named=True)
    return {"realisatie_cent": rij["realisatie_cent"], "clienten": rij["clienten"]}


def knows_then(lezer: Lezer, periode: Periode) -> bool:
    """Say whether the months of `periode` are kept as they were known twelve months ago."""
    meta = lezer.meta
    if meta.laatste_levermaand is None:
        return False
    # The snapshot keeps the months from 24 to 12 before the last complete one.
    begin, eind = add_months(meta.laatste_levermaand, -24), add_months(meta.laatste_levermaand, -11)
    return periode.van >= begin and periode.tot <= eind


def read_grootboek(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per levermaand and onderdeel (vast, subsidie, pgb, overig): what only the ledger knows."""
    df = lezer.read(GROOTBOEK_MAAND, BOEKHOUDING, f.params)
    return df.clear() if f.has_deel else df


def read_begroting(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per jaar, wet, hoofdproduct and soort (product, taakstelling): bedrag_cent of the whole year."""
    return lezer.read(BEGROTING, BOEKHOUDING, f.params)


def share_of_year(periode: Periode) -> dict[int, int]:
    """Months of the period in each year."""
    uit: dict[int, int] = {}
    for m in month_range(periode.van, periode.tot):
        uit[m.year] = uit.get(m.year, 0) + 1
    return uit


def prorate(begroting: pl.DataFrame, periode: Periode) -> int | None:
    """Budget for the months of the period: a twelfth of each year's budget per month, in whole cents.

    None when a year of the period has no budget at all.
    """
    totaal = 0
    for jaar, maanden in share_of_year(periode).items():
        rijen = begroting.filter(pl.col("jaar") == jaar)
        if rijen.height == 0:
            return None
        totaal += round(int(rijen["bedrag_cent"].sum()) * maanden / 12)
    return totaal


def is_voorlopig(lezer: Lezer, maand: date) -> bool:
    """Say whether declarations for this month are still coming in."""
    vanaf = lezer.meta.voorlopig_vanaf
    return vanaf is not None and maand >= vanaf
