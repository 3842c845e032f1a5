"""Instroom and uitstroom by month."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters
from dashboard.reading.verloop import fill_months, is_voorlopig

# Each flow is a count of clients itself; a small one empties only itself, so each has a row to itself.
STROOM = """
WITH maanden AS (
    SELECT maand AS levermaand, sum(instroom)::BIGINT AS instroom, sum(uitstroom)::BIGINT AS uitstroom,
           bool_or(voorlopig) AS voorlopig
    FROM bron.stroom_maand WHERE maand >= $van AND maand < $tot AND niveau = $niveau AND cel = $cel
    GROUP BY maand)
SELECT 'instroom' AS stroom, levermaand, instroom AS aantal, voorlopig FROM maanden
UNION ALL SELECT 'uitstroom', levermaand, uitstroom, voorlopig FROM maanden ORDER BY stroom, levermaand
"""
TOTAAL = """
WITH som AS (
    SELECT coalesce(sum(instroom), 0)::BIGINT AS instroom, coalesce(sum(uitstroom), 0)::BIGINT AS uitstroom,
           count(*) AS maanden
    FROM bron.stroom_maand WHERE maand >= $van AND maand < $tot AND niveau = $niveau AND cel = $cel)
SELECT 'instroom' AS stroom, instroom AS aantal, maanden FROM som
UNION ALL SELECT 'uitstroom', uitstroom, maanden FROM som ORDER BY stroom
"""


def find_cel(f: Filters) -> tuple[str, str] | None:
    """Level and cell of the flow table for a view; None when it is not kept for these filters."""
    gekozen = {
        k: v
        for k, v in (
            ("hoofdproduct", f.hoofdproduct),
            ("productgroep", f.productgroep),
            ("product", f.product),
            ("wijk", f.wijk),
            ("aanbieder", f.aanbieder),
        )
        if v is not None
    }
    if not gekozen:
        return ("wet", f.wet) if f.wet else ("totaal", "totaal")
    if f.wet and "productgroep" in gekozen and set(gekozen) <= {"hoofdproduct", "productgroep"}:
        return "productgroep", f"{f.wet}|{f.productgroep}"
    if f.wet and f.product and set(gekozen) <= {"hoofdproduct", "productgroep", "product"}:
        return "product", f"{f.wet}|{f.product}"
    if f.wet is None and set(gekozen) == {"wijk"}:
        return "wijk", str(f.wijk)
    if f.wet is None and set(gekozen) == {"aanbieder"}:
        return "aanbieder", str(f.aanbieder)
    return None


def read_stroom(lezer: Lezer, f: Filters) -> pl.DataFrame | None:
    """Per month instroom and uitstroom, each empty where small, and voorlopig: they may still change.

    A flow changes longer than a bill: silence only later proves to have been an end. None when the flows are
    not kept for these filters.
    """
    cel = find_cel(f)
    if cel is None:
        return None
    params = f.params | {"niveau": cel[0], "cel": cel[1]}
    regel = Clienten("aantal", eigen=f.aanbieder is not None)
    beide = lezer.read(STROOM, regel, params)
    instroom, uitstroom = (
        fill_months(beide.filter(pl.col("stroom") == naam).drop("stroom"), f.periode).rename(
            {"aantal": naam, "niet_getoond": f"{naam}_klein"}
        )
        for naam in ("instroom", "uitstroom")
    )
    df = instroom.join(uitstroom.drop("voorlopig"), on="levermaand", how="left")
    jong = pl.Series([is_voorlopig(lezer, m) for m in df["levermaand"]], dtype=pl.Boolean)
    return df.with_columns(pl.col("voorlopig").fill_null(jong))


def read_stroom_totaal(lezer: Lezer, f: Filters) -> tuple[int | None, int | None] | None:
    """Instroom and uitstroom over the period; None when not kept for these filters or months."""
    cel = find_cel(f)
    if cel is None:
        return None
    params = f.params | {"niveau": cel[0], "cel": cel[1]}
    regel = Clienten("aantal", eigen=f.aanbieder is not None)
    instroom, uitstroom = lezer.read(TOTAAL, regel, params).iter_rows(named=True)
    return None if instroom["maanden"] == 0 else (instroom["aantal"], uitstroom["aantal"])
