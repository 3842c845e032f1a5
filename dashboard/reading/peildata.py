"""What differs between two snapshots: euros per hoofdproduct and year, and the last step by its causes."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Geen
from dashboard.access.tables import TABELLEN, read_tabel

OORZAKEN = {
    "nieuwe_maanden": "nieuwe maanden",
    "nagekomen": "nagekomen declaraties",
    "correcties": "correcties en afkeuringen",
    "gegevens": "andere of nieuwe bestanden",
    "indeling": "andere indeling van producten",
}
VERGELIJKING = "SELECT generatie, bekend_op, reden FROM vrij.vergelijking"
_SOMMEN = ", ".join(f"coalesce(sum(t.{k}), 0)::BIGINT AS {k}" for k in ("verschil", *OORZAKEN))
VERSCHIL = f"""
WITH mensen AS (
    SELECT wet, hoofdproduct, count(DISTINCT client_id) AS clienten FROM stad.client_maand GROUP BY ALL)
SELECT t.wet, t.hoofdproduct, {_SOMMEN}, coalesce(any_value(m.clienten), 0) AS clienten
FROM stad.verschil t LEFT JOIN mensen m ON m.wet = t.wet AND m.hoofdproduct = t.hoofdproduct
WHERE t.cijfer = 'realisatie' GROUP BY t.wet, t.hoofdproduct ORDER BY t.wet DESC, t.hoofdproduct
"""  # noqa: S608 - names of columns, constants of this file
SAMEN = f"""
SELECT {_SOMMEN}, (SELECT count(DISTINCT client_id) FROM stad.client_maand) AS clienten
FROM stad.verschil t WHERE t.cijfer = 'realisatie'
"""  # noqa: S608
REGEL = Clienten("clienten", ("verschil", *OORZAKEN))
WOORDEN = Geen("met welke momentopname is vergeleken: geen cijfers")


def read_jaren(lezer: Lezer) -> pl.DataFrame:
    """Per wet, hoofdproduct and jaar: realisatie_cent of all parts, empty where a part is not shown."""
    df = read_tabel(lezer, TABELLEN["uitgaven_jaar"])
    weg = pl.col("realisatie_cent").is_null().any()
    som = pl.when(weg).then(None).otherwise(pl.col("realisatie_cent").sum())
    return (
        df.group_by("wet", "hoofdproduct", "jaar")
        .agg(som.alias("realisatie_cent"))
        .sort("wet", "hoofdproduct", "jaar")
    )


def compare(eerst: pl.DataFrame, daarna: pl.DataFrame) -> pl.DataFrame:
    """Rows of `read_jaren` beside each other: eerst_cent, daarna_cent, verschil_cent and niet_getoond.

    What one of the two does not know is zero there; what one may not show has no difference. Only rows that
    differ or are not shown are left.
    """
    sleutel = ["wet", "hoofdproduct", "jaar"]
    links = eerst.rename({"realisatie_cent": "eerst_cent"}).with_columns(pl.lit(True).alias("links"))
    rechts = daarna.rename({"realisatie_cent": "daarna_cent"}).with_columns(pl.lit(True).alias("rechts"))
    samen = links.join(rechts, on=sleutel, how="full", coalesce=True, nulls_equal=True)
    nul = [
        pl.when(pl.col(er).is_null()).then(0).otherwise(pl.col(k)).alias(k)
        for er, k in (("links", "eerst_cent"), ("rechts", "daarna_cent"))
    ]
    verschil = (pl.col("daarna_cent") - pl.col("eerst_cent")).alias("verschil_cent")
    uit = samen.with_columns(nul).with_columns(verschil).drop("links", "rechts")
    uit = uit.with_columns(pl.col("verschil_cent").is_null().alias("niet_getoond"))
    return uit.filter(pl.col("niet_getoond") | (pl.col("verschil_cent") != 0)).sort(sleutel)


def sum_hoofdproduct(df: pl.DataFrame) -> pl.DataFrame:
    """Rows of `compare` per wet and hoofdproduct over all years, the largest change first."""
    return (
        df.filter(~pl.col("niet_getoond"))
        .group_by("wet", "hoofdproduct")
        .agg(pl.col("verschil_cent").sum())
        .filter(pl.col("verschil_cent") != 0)
        .sort(pl.col("verschil_cent").abs(), "hoofdproduct", descending=[True, False])
    )


def read_vergelijking(lezer: Lezer) -> dict[str, object]:
    """With which snapshot mart.verschil compares (generatie, bekend_op), or in `reden` why with none."""
    df = lezer.read(VERGELIJKING, WOORDEN)
    return df.row(0, named=True) if df.height else {"generatie": None, "bekend_op": None, "reden": None}


def read_verschil(lezer: Lezer) -> pl.DataFrame:
    """Per wet and hoofdproduct: verschil of the realisatie and each cause, in cents; no counts of clients."""
    return lezer.read(VERSCHIL, REGEL).drop("clienten")


def read_samen(lezer: Lezer) -> pl.DataFrame:
    """The causes of the whole city, one row each: oorzaak (in words) and cent; empty without a comparison."""
    df = lezer.read(SAMEN, REGEL)
    rij = df.row(0, named=True)
    rijen = [{"oorzaak": naam, "cent": rij[k]} for k, naam in OORZAKEN.items() if rij[k]]
    return pl.DataFrame(rijen, schema={"oorzaak": pl.Utf8, "cent": pl.Int64})
