"""A Parquet file as a table, row group by row group."""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from etl.containers import LEESFOUTEN, Bron
from etl.csv_read import MAX_KOLOMMEN, Blok
from etl.errors import RefusedError
from etl.tabel import as_text, is_typed

MAX_IN_ZIP = 512 * 1024 * 1024
MAX_GROEP = 1024 * 1024 * 1024
"""Bytes that a row group unpacks to, by its own account; Parquet writers make groups of 128 MB."""
MAX_VERHOUDING = 1000
_VERHOUDING_VANAF = 64 * 1024 * 1024
RIJEN = 100_000
_FOUTEN: tuple[type[Exception], ...] = (pa.ArrowException, pl.exceptions.PolarsError, *LEESFOUTEN)


def is_parquet(begin: bytes) -> bool:
    """Whether the bytes begin as a Parquet file does."""
    return begin.startswith(b"PAR1")


class ParquetTabel:
    """One Parquet file; RefusedError where it cannot be read or would not fit in memory."""

    def __init__(self, bron: Bron) -> None:
        self._bron = bron
        try:
            stroom: Any = bron.pad if bron.pad is not None else pa.BufferReader(bron.read(MAX_IN_ZIP))
            self._bestand = pq.ParquetFile(stroom)
            self._arrow: pa.Schema = self._bestand.schema_arrow
        except _FOUTEN as fout:
            raise RefusedError("parquet") from fout
        if len(self._arrow.names) > MAX_KOLOMMEN:
            raise RefusedError("kolommen_veel")
        gegevens = self._bestand.metadata
        for n in range(gegevens.num_row_groups):
            groep = gegevens.row_group(n)
            gepakt = sum(groep.column(k).total_compressed_size for k in range(groep.num_columns))
            uitgepakt = groep.total_byte_size
            bom = uitgepakt > _VERHOUDING_VANAF and uitgepakt > MAX_VERHOUDING * max(gepakt, 1)
            if uitgepakt > MAX_GROEP or bom:
                raise RefusedError("parquet_groot")
        self.kolommen = tuple(self._arrow.names)

    def soorten(self) -> dict[str, str]:
        """Which columns hold dates or numbers."""
        leeg = pl.from_arrow(self._arrow.empty_table())
        assert isinstance(leeg, pl.DataFrame)
        return {f"k{n}": is_typed(t) for n, t in enumerate(leeg.dtypes)}

    def vorm(self) -> dict[str, str]:
        """What the report says of it."""
        return {"bestand": "Parquet"}

    def blocks(self, nodig: list[int]) -> Iterator[Blok]:
        """The lines with only the columns at these places, RIJEN at a time."""
        regel = 1
        namen = [self.kolommen[n] for n in nodig]
        try:
            if not namen:
                return
            for stapel in self._bestand.iter_batches(batch_size=RIJEN, columns=namen):
                deel = pl.from_arrow(stapel)
                assert isinstance(deel, pl.DataFrame)
                frame = pl.DataFrame([self._text(deel, n) for n in nodig])
                nummers = pl.int_range(regel, regel + frame.height, eager=True, dtype=pl.Int64)
                regel += frame.height
                yield Blok(frame.with_columns(nummers.alias("regel_nr")))
        except _FOUTEN as fout:
            raise RefusedError("parquet") from fout

    def _text(self, deel: pl.DataFrame, plek: int) -> pl.Series:
        naam = self.kolommen[plek]
        try:
            return as_text(deel.get_column(naam)).alias(f"k{plek}")
        except ValueError as fout:
            raise RefusedError("parquet_type", naam) from fout
