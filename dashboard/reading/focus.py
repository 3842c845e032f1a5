"""Two themes of the report: the shift of dagbesteding, and the hours of huishoudelijke ondersteuning."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.access.tabel import STUKKEN
from dashboard.access.tables_sturing import DAGBESTEDING_MATEN, UREN_MATEN

DAG_KOLOMMEN = f"""jaar, kant, zwaarte, clienten, {", ".join(DAGBESTEDING_MATEN)}, basisjaar, na_kanteling,
       jaar_volledig, bron, zwaarte IS NULL AS is_totaal"""
DAG = f"SELECT {DAG_KOLOMMEN} FROM stad.dagbesteding ORDER BY jaar, zwaarte"  # noqa: S608
DAG_STUKKEN = f"SELECT {DAG_KOLOMMEN} FROM vrij.dagbesteding_stukken ORDER BY jaar, zwaarte"  # noqa: S608
KANTELING = """
SELECT min(datum) AS datum, any_value(omschrijving ORDER BY datum) AS omschrijving FROM vrij.breuk
WHERE hoofdproduct = 'Dagbesteding' HAVING count(*) > 0
"""
UREN = f"""
SELECT jaar, wijkcode, wijkcode IS NULL AS is_stad, coalesce(wijkcode NOT LIKE 'WK%', false) AS is_onbekend,
       huishoudens, {", ".join(UREN_MATEN)}, maanden, jaar_volledig AS volledig
FROM stad.huishoudelijke_ondersteuning ORDER BY jaar, wijkcode
"""  # noqa: S608
ELDERS = """
SELECT jaar, gemeente, uren_per_huishouden, bron FROM vrij.huishoudelijke_ondersteuning_stukken
WHERE uren_per_huishouden IS NOT NULL ORDER BY jaar, gemeente
"""


def read_dagbesteding(lezer: Lezer) -> pl.DataFrame:
    """Per year, side (maatwerk, algemeen) and zwaarte (None: together): volume, euros, price and effects."""
    regel = Clienten("clienten", DAGBESTEDING_MATEN, telt_op=("jaar", "is_totaal"))
    df = lezer.read(DAG, regel)
    stukken = lezer.read(DAG_STUKKEN, STUKKEN).with_columns(pl.lit(False).alias("niet_getoond"))
    return pl.concat([df, stukken], how="vertical_relaxed").sort("jaar", "kant", "zwaarte", nulls_last=True)


def read_kanteling(lezer: Lezer) -> tuple[int, str] | None:
    """Year and words of the shift; None where none is recorded."""
    df = lezer.read(KANTELING, STUKKEN)
    return (df["datum"][0].year, df["omschrijving"][0]) if df.height else None


def read_uren(lezer: Lezer) -> pl.DataFrame:
    """Per year, for the stad and per wijk: huishoudens and hours per huishouden a year, small ones empty."""
    return lezer.read(UREN, Clienten("huishoudens", UREN_MATEN, telt_op=("jaar", "is_stad", "is_onbekend")))


def read_elders(lezer: Lezer) -> pl.DataFrame:
    """Published hours per huishouden of other municipalities: jaar, gemeente, uren_per_huishouden."""
    return lezer.read(ELDERS, STUKKEN)
