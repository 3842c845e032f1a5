"""P and Q: what a row of the product table needs, at the level that is asked, and the months of one node."""

from dataclasses import replace

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters, Periode
from dashboard.numbers import add_months
from dashboard.reading.verloop import BOEKHOUDING, fill_months, rule

NIVEAUS = ("hoofdproduct", "productgroep", "product", "zwaarte")
DELEN = {"wijk": "wijkcode", "aanbieder": "aanbieder_agb"}
"""What a part can be split into besides the product tree, with the column that says it."""
SAMEN = "samen"
"""What stands for the wet in a row that holds both."""

# What is 'onbekend' tells no product about anybody: a small row of it takes no known product down with it.
# `deel` is the level asked. Clients are counted anew per row; volume and price only exist per unit.
TABEL = """
WITH geld AS (
    SELECT {sleutel}, max(zwaarte_rang) AS rang, sum(realisatie_cent)::BIGINT AS realisatie_cent
    FROM bron.pq_maand WHERE @maanden AND @filter GROUP BY ALL),
mensen AS (
    SELECT {sleutel}, count(DISTINCT client_id) AS clienten
    FROM bron.client_maand WHERE @maanden AND @filter GROUP BY ALL)
SELECT {namen}, rang, coalesce(realisatie_cent, 0) AS realisatie_cent, coalesce(clienten, 0) AS clienten,
       {onbekend} AS is_onbekend
FROM geld FULL JOIN mensen USING ({namen}) ORDER BY {namen}
"""
EENHEDEN = """
WITH geld AS (
    SELECT {sleutel}, eenheid, sum(realisatie_cent)::BIGINT AS realisatie_cent,
           sum(volume)::DOUBLE AS volume
    FROM bron.pq_maand WHERE @maanden AND @filter AND @zwaarte GROUP BY ALL),
mensen AS (
    SELECT {sleutel}, eenheid, count(DISTINCT client_id) AS clienten
    FROM bron.client_maand WHERE @maanden AND @filter AND @zwaarte GROUP BY ALL)
SELECT wet, deel, eenheid, coalesce(realisatie_cent, 0) AS realisatie_cent, coalesce(volume, 0) AS volume,
       coalesce(clienten, 0) AS clienten
FROM geld FULL JOIN mensen USING (wet, deel, eenheid)
WHERE realisatie_cent <> 0 OR volume <> 0 ORDER BY wet, deel, realisatie_cent DESC
"""
VERLOOP = """
WITH geld AS (
    SELECT {sleutel}, levermaand, sum(realisatie_cent)::BIGINT AS realisatie_cent
    FROM bron.pq_maand WHERE @maanden AND @filter AND @zwaarte GROUP BY ALL),
mensen AS (
    SELECT {sleutel}, levermaand, count(DISTINCT client_id) AS clienten
    FROM bron.client_maand WHERE @maanden AND @filter AND @zwaarte GROUP BY ALL)
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


def _at(sql: str, niveau: str, *, kubus: bool = False) -> str:
    """Fill in the level; `kubus`: zwaarten apart, so that they can be protected together."""
    if niveau in NIVEAUS:
        sleutel, onbekend = f"wet, {niveau} AS deel", "coalesce(deel = 'onbekend', true)"
    elif niveau in DELEN:
        sleutel = f"'{SAMEN}' AS wet, {DELEN[niveau]} AS deel"
        onbekend = "deel NOT LIKE 'WK%'" if niveau == "wijk" else "false"
    else:
        raise ValueError(f"geen niveau: {niveau}")
    namen = "wet, deel, zwaarte" if kubus else "wet, deel"
    sql = sql.replace("{sleutel}", f"{sleutel}, zwaarte" if kubus else sleutel).replace("{namen}", namen)
    sql = sql.replace("@zwaarte", "($zwaarte::varchar IS NULL OR zwaarte = $zwaarte)")
    # of one aanbieder only what the role may see of it
    sql = sql.replace("bron.", "eigen.") if niveau == "aanbieder" else sql
    return sql.replace("{onbekend}", onbekend)


def _rule(f: Filters, niveau: str, *hangt_af: str, telt_op: tuple[str, ...] | None = None) -> Clienten:
    regel = rule(f, *hangt_af, telt_op=telt_op)
    return replace(regel, eigen=True) if niveau == "aanbieder" else regel


def read_tabel(lezer: Lezer, f: Filters, niveau: str, zwaarte: str | None = None) -> pl.DataFrame:
    """A row per wet and part at `niveau`: realisatie_cent by messages, clienten (each once), rang.

    niveau: one of NIVEAUS, or wijk or aanbieder (both wetten in one row then). zwaarte: of that zwaarte only;
    what would give away another zwaarte of the same wijk or aanbieder is emptied too.
    """
    if zwaarte is None:
        regel = _rule(f, niveau, "realisatie_cent", telt_op=("wet", "is_onbekend"))
        return lezer.read(_at(TABEL, niveau), regel, f.params)
    regel = replace(_rule(f, niveau, "realisatie_cent", telt_op=("deel",)), ook_op=(("zwaarte",),))
    df = lezer.read(_at(TABEL, niveau, kubus=True), regel, f.params)
    return df.filter(pl.col("zwaarte") == zwaarte).drop("zwaarte")


def read_eenheden(lezer: Lezer, f: Filters, niveau: str, zwaarte: str | None = None) -> pl.DataFrame:
    """A row per wet, part and unit: volume and realisatie_cent; P is one by the other, never over units."""
    regel = _rule(f, niveau, "realisatie_cent", "volume")
    return lezer.read(_at(EENHEDEN, niveau), regel, f.params | {"zwaarte": zwaarte})


def read_verloop(
    lezer: Lezer, f: Filters, niveau: str, maanden: int = 12, zwaarte: str | None = None
) -> pl.DataFrame:
    """Euros per part and month over the last `maanden` months up to the end of the period."""
    p = f.periode
    breed = f.at(Periode(p.sleutel, add_months(p.tot, -maanden), p.tot))
    regel = _rule(f, niveau, "realisatie_cent")
    return lezer.read(_at(VERLOOP, niveau), regel, breed.params | {"zwaarte": zwaarte})


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
