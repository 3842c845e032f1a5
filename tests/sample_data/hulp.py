"""Reading of extracts as numbers and dates.

Written apart from the generator, so that it can disagree with it.
"""

import polars as pl


def cent(kolom: str) -> pl.Expr:
    """Euro text with decimal comma to cents."""
    return pl.col(kolom).str.replace(",", "", literal=True).cast(pl.Int64)


def datum(kolom: str) -> pl.Expr:
    """dd-mm-jjjj to a Date."""
    return pl.col(kolom).str.to_date("%d-%m-%Y")


def maand(kolom: str) -> pl.Expr:
    """Months since the year 0 of a Date."""
    return pl.col(kolom).dt.year().cast(pl.Int64) * 12 + pl.col(kolom).dt.month()


def lees_regels(df: pl.DataFrame) -> pl.DataFrame:
    """Declared lines with numbers, dates, a sign and month numbers."""
    return df.with_columns(
        datum("begindatum"),
        datum("einddatum"),
        datum("ontvangen_op"),
        datum("beantwoord_op"),
        cent("tarief"),
        cent("bedrag"),
        cent("toegekend_bedrag"),
        pl.col("volume").cast(pl.Int64),
        pl.col("toewijzingnummer").cast(pl.Int64),
        teken=pl.col("debet_credit").replace_strict({"D": 1, "C": -1}, return_dtype=pl.Int64),
    ).with_columns(levermaand=maand("begindatum"), ontvangstmaand=maand("ontvangen_op"))


def laatste_versies(df: pl.DataFrame) -> pl.DataFrame:
    """Newest version per toewijzing: the greatest moment of toewijzen."""
    return (
        df.with_columns(
            pl.col("toegewezen_op").str.to_datetime("%d-%m-%Y %H:%M:%S"),
            datum("ingangsdatum"),
            datum("einddatum"),
            pl.col("toewijzingnummer").cast(pl.Int64),
            pl.col("volume").cast(pl.Int64),
            cent("budget"),
        )
        .sort("toegewezen_op")
        .group_by("wet", "toewijzingnummer", maintain_order=True)
        .last()
    )
