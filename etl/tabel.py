"""A table as it comes in, whatever file it stands in: delimited text, a sheet of a workbook, or Parquet.

All give the same blocks: text columns with the ordinals of their lines, which one set of contracts and checks
then reads. What a cell of a workbook or Parquet file is, is told beside it (`soorten`).
"""

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

import polars as pl

from etl.csv_read import Blok
from etl.vorm import GETYPEERD


class Tabel(Protocol):
    """One table of a source: its column names in their order, and its lines in blocks."""

    kolommen: tuple[str, ...]

    def soorten(self) -> dict[str, str]:
        """Per text column ('k0', …) of the blocks whether its cells are GETYPEERD or GEMENGD."""

    def vorm(self) -> dict[str, str]:
        """What the file looks like, in Dutch words for the report; complete after the last block."""

    def blocks(self, nodig: list[int]) -> Iterator[Blok]:
        """The lines, in which at least the columns at these places are."""


def as_text(kolom: pl.Series) -> pl.Series:
    """A column as text: dates as jjjj-mm-dd, numbers with a decimal point and without '.0'.

    Raises ValueError for lists, structs and other things that are no cell.
    """
    soort = kolom.dtype
    if soort in (pl.Utf8, pl.Categorical, pl.Enum):
        return kolom.cast(pl.Utf8)
    if soort == pl.Null:
        return kolom.cast(pl.Utf8)
    if soort.is_float():
        afgerond = kolom.cast(pl.Float64).round(6)
        heel = (afgerond == afgerond.round(0)) & (afgerond.abs() < 1e15)
        geheel = pl.when(heel).then(afgerond).cast(pl.Int64, strict=False).cast(pl.Utf8)
        # A binary fraction is rounded before it is written out: 37.050000000000004 is 37.05.
        breuk = afgerond.cast(pl.Utf8)
        return pl.select(pl.coalesce(geheel, breuk)).to_series().alias(kolom.name)
    if soort.is_decimal():
        tekst = kolom.cast(pl.Utf8)
        met_punt = tekst.str.contains(".", literal=True)
        kaal = tekst.str.strip_chars_end("0").str.strip_chars_end(".")
        return pl.select(pl.when(met_punt).then(kaal).otherwise(tekst)).to_series().alias(kolom.name)
    if soort.is_integer() or soort == pl.Boolean:
        return kolom.cast(pl.Utf8)
    if soort == pl.Date:
        return kolom.dt.strftime("%Y-%m-%d")
    if isinstance(soort, pl.Datetime):
        if soort.time_zone is not None:
            # What the clock says in the Netherlands, because that is what every other source says.
            kolom = kolom.dt.convert_time_zone("Europe/Amsterdam").dt.replace_time_zone(None)
        met_tijd = kolom.dt.time() != dt.time(0)
        tekst = kolom.dt.strftime("%Y-%m-%d %H:%M:%S")
        dag = kolom.dt.strftime("%Y-%m-%d")
        return pl.select(pl.when(met_tijd).then(tekst).otherwise(dag)).to_series().alias(kolom.name)
    if soort == pl.Time:
        return kolom.dt.strftime("%H:%M:%S")
    raise ValueError(str(soort))


def is_typed(soort: pl.DataType) -> str:
    """GETYPEERD for a column that holds dates or numbers, '' for one of text."""
    return "" if soort in (pl.Utf8, pl.Categorical, pl.Enum, pl.Null, pl.Boolean) else GETYPEERD
