"""P and Q: what a row of the product table needs, at the level that is asked, and the months of one node."""

from dataclasses import replace

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.filters import Filters, Periode
from dashboard.numbers import add_months
from dashboard.reading.verloop import BOEKHOUDING, fill_months, rule

NIVEAUS = ("hoofdproduct", "productgroep", "product", "zwaarte")

# What is 'onbekend' tells no product about anybody: a small row of it takes no known product down with it.
# `deel` is the level asked. Clients are counted anew per row; volume and price only exist per unit.
TABEL = """
WITH geld AS (
    SELECT wet, {deel} AS deel, max(zwaarte_rang) AS rang, sum(realisatie_cent)::BIGINT AS realisatie_cent
    FROM bron.pq_maand WHERE @maanden AND @filter GROUP BY wet, {deel}),
mensen AS (
    SELECT wet, {deel} AS deel, count(DISTINCT client_id) AS clienten
    FROM bron.client_maand WHERE @maanden AND @filter GROUP BY wet, {deel})
SELECT wet, deel, rang, coalesce(realisatie_cent, 0) AS realisatie_cent, coalesce(clienten, 0) AS clienten,
       coalesce(deel = 'onbekend', true) AS is_onbekend
FROM geld FULL JOIN mensen USING (wet, deel)
"""
EENHEDEN = """
WITH geld AS (
    SELECT wet, {deel} AS deel, eenheid, sum(realisatie_cent)::BIGINT AS realisatie_cent,
           sum(volume)::DOUBLE AS volume
    FROM bron.pq_maand WHERE @maanden AND @filter GROUP BY wet, {deel}, eenheid),
mensen AS (
    SELECT wet, {deel} AS deel, eenheid, count(DISTINCT client_id) AS clienten
    FROM bron.client_maand WHERE @maanden AND @filter
    GROUP BY wet, {deel}, eenheid)
SELECT wet, deel, eenheid, coalesce(realisatie_cent, 0) AS realisatie_cent, coalesce(volume, 0) AS volume,
       coalesce(clienten, 0) AS clienten
FROM geld FULL JOIN mensen USING (wet, deel, eenheid)
WHERE realisatie_cent <> 0 OR volume <> 0 ORDER BY wet, deel, realisatie_cent DESC
"""
VERLOOP = """
WITH geld AS (
    SELECT wet, {deel} AS deel, levermaand, sum(realisatie_cent)::BIGINT AS realisatie_cent
    FROM bron.pq_maand WHERE @maanden AND @filter
    GROUP BY wet, {deel}, levermaand),
mensen AS (
    SELECT wet, {deel} AS deel, levermaand, count(DISTINCT client_id) AS clienten
    FROM bron.client_maand WHERE @maanden AND @filter
    GROUP BY wet, {deel}, levermaand)
SELECT wet, deel, levermaand, coalesce(realisatie_cent, 0) AS realisatie_cent, coalesce(clienten,
    0) AS clienten
FROM geld FULL JOIN mensen USING (wet, deel, levermaand) ORDER BY wet, deel, levermaand
"""
REEKS = """
WITH geld AS (
    SELECT levermaand, sum(realisatie_cent)::BIGINT AS realisatie_cent, sum(volume)::DOUBLE AS volume
    FROM bron.pq_maand WHERE @maanden AND eenheid = $eenheid AND @filter
    GROUP BY levermaand),
mensen AS (
    SELECT levermaand, count(DISTINCT client_id) AS clienten
    FROM bron.client_maand WHERE @maanden AND eenheid = $eenheid AND @filter
    GROUP BY levermaand)
SELECT levermaand, coalesce(realisatie_cent, 0) AS realisatie_cent, coalesce(volume, 0) AS volume,
       coalesce(clienten, 0) AS clienten
FROM geld FULL JOIN mensen USING (levermaand) ORDER BY levermaand
"""
GROOTBOEK = """
SELECT wet, hoofdproduct AS deel, sum(realisatie_cent)::BIGINT AS grootboek_cent FROM vrij.grootboek_maand
WHERE @maanden AND @wet
GROUP BY wet, hoofdproduct
"""


def find_niveau(f: Filters) -> str:
    """The level below what was chosen: hoofdproduct, productgroep, product or zwaarte."""
    if f.product:
        return "zwaarte"
    return "product" if f.productgroep else "productgroep" if f.hoofdproduct else "hoofdproduct"


def _at(sql: str, niveau: str) -> str:
    if niveau not in NIVEAUS:
        raise ValueError(f"geen niveau: {niveau}")
    return sql.replace("{deel}", niveau)


def read_tabel(lezer: Lezer, f: Filters, niveau: str) -> pl.DataFrame:
    """A row per wet and part at `niveau`: realisatie_cent by messages, clienten (each once), rang."""
    return lezer.read(
        _at(TABEL, niveau), rule(f, "realisatie_cent", telt_op=("wet", "is_onbekend")), f.params
    )


def read_eenheden(lezer: Lezer, f: Filters, niveau: str) -> pl.DataFrame:
    """A row per wet, part and unit: volume and realisatie_cent; P is one by the other, never over units."""
    return lezer.read(_at(EENHEDEN, niveau), rule(f, "realisatie_cent", "volume"), f.params)


def read_verloop(lezer: Lezer, f: Filters, niveau: str, maanden: int = 12) -> pl.DataFrame:
    """Euros per part and month over the last `maanden` months up to the end of the period."""
    p = f.periode
    breed = f.at(Periode(p.sleutel, add_months(p.tot, -maanden), p.tot))
    return lezer.read(_at(VERLOOP, niveau), rule(f, "realisatie_cent"), breed.params)


def read_grootboek_per_deel(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Euros that only the ledger knows, per hoofdproduct; empty where it does not know the part asked."""
    df = lezer.read(GROOTBOEK, BOEKHOUDING, f.params)
    return df.clear() if f.has_deel else df


def read_reeks(lezer: Lezer, f: Filters, eenheid: str, maanden: int = 36) -> pl.DataFrame:
    """Months of one node in one unit: realisatie_cent, volume and clienten, `maanden` back."""
    meta = lezer.meta
    if meta.eerste_levermaand is None:
        return pl.DataFrame()
    van = max(meta.eerste_levermaand, add_months(f.periode.tot, -maanden))
    breed = replace(f, periode=Periode(f.periode.sleutel, van, f.periode.tot))
    df = lezer.read(REEKS, rule(f, "realisatie_cent", "volume"), breed.params | {"eenheid": eenheid})
    return fill_months(df, breed.periode)
