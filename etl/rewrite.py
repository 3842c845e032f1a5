"""Changes of all tables at once: another key, or the columns of a newer version. Streamed, all or nothing.

The new tables are written beside the old ones and take their place in one decision (`Lake.change_to`): killed
before it, the lake is as it was; after it, the next command finishes the change.
"""

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pyarrow.parquet as pq
from deltalake import DeltaTable

from etl.errors import UsageError
from etl.gate import HIDDEN, add_toewijzing_key, hidden_form
from etl.key import Sleutel
from etl.lake import SCHEMA_VERSIE, Lake, describe_lake
from etl.pseudonym import lay_key
from etl.tables import TABELLEN

BLOK_RIJEN = 250_000
MIN_LENGTE = 16
PSEUDONIEMEN = {
    "client_id": "client",
    "huishouden_id": "huishouden",
    "postcode_sleutel": "postcode",
    "referentie_sleutel": "verzoek",
}
"""Columns with pseudonyms and their purpose."""
VERBORGEN = ("referentienummer", "vorig_referentienummer")
"""Columns in which a reference that held a BSN was replaced by its hash."""


def rekey(lake: Lake, oud: Sleutel, nieuw: Sleutel) -> int:
    """Lays a new key over every pseudonym of the lake; returns the number of rows that were written.

    The caller holds the lock. Raises UsageError for a key that is no other, too short, or of the other kind
    (a lake of the sample stays one).
    """
    lake.recover()
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {lake.pad}")
    oud = lake.check_key(oud)
    if nieuw.waarde in (oud.waarde, *oud.vorige):
        raise UsageError("De nieuwe sleutel is er een die dit lake al heeft of had. Kies een andere.")
    if len(nieuw.waarde) < MIN_LENGTE:
        raise UsageError(
            f"De nieuwe sleutel is korter dan {MIN_LENGTE} tekens. Kies een lange, willekeurige."
        )
    if nieuw.voorbeeld != oud.voorbeeld:
        raise UsageError("Een lake met voorbeeldgegevens en een echt lake kunnen niet van sleutel wisselen.")
    heel = Sleutel(nieuw.waarde, (*oud.vorige, oud.waarde))
    rijen = _write_all(lake, lambda frame, tabel: _lay_over(frame, heel))
    lake.change_to(describe_lake(heel))
    return rijen


def upgrade(lake: Lake) -> int:
    """Gives an older lake the columns of this version; returns the rows written, 0 where nothing was needed.

    The caller holds the lock. Files keep the mapping version that read them, so loading them again fills in
    what this version reads more. Raises UsageError for a newer lake.
    """
    lake.recover()
    over = lake.about()
    if not over:
        raise UsageError(f"Hier is geen lake: {lake.pad}")
    if over.get("schema_versie") == SCHEMA_VERSIE:
        return 0
    if not isinstance(over.get("schema_versie"), int) or over["schema_versie"] > SCHEMA_VERSIE:
        lake.check_schema()
    rijen = _write_all(lake, lambda frame, tabel: frame)
    lake.change_to(over | {"schema_versie": SCHEMA_VERSIE})
    return rijen


def _write_all(lake: Lake, change: Callable[[pl.DataFrame, str], pl.DataFrame]) -> int:
    rijen = 0

    def blocks(tabel: str) -> Iterator[pl.DataFrame]:
        nonlocal rijen
        for frame in _read_blocks(lake, tabel):
            rijen += frame.height
            yield change(frame, tabel)

    for tabel in TABELLEN:
        if lake.exists(tabel):
            lake.write_anew(tabel, blocks(tabel))
    return rijen


def _read_blocks(lake: Lake, tabel: str) -> Iterator[pl.DataFrame]:
    """Rows of a table in blocks of bounded size, at least one block, with the columns of this version."""
    leeg = pl.DataFrame(schema=TABELLEN[tabel])
    yield leeg
    for bestand in DeltaTable(str(lake.pad / tabel)).file_uris():
        with pq.ParquetFile(bestand) as bron:
            for blok in bron.iter_batches(BLOK_RIJEN):
                frame = pl.DataFrame(blok)
                yield pl.concat(
                    [leeg, frame.select(k for k in leeg.columns if k in frame.columns)], how="diagonal"
                )


def _lay_over(frame: pl.DataFrame, heel: Sleutel) -> pl.DataFrame:
    """The rows under the last key of the chain, made of rows under the one before."""
    stappen: dict[str, Any] = {
        kolom: lay_key(kolom, heel.for_purpose(doel))
        for kolom, doel in PSEUDONIEMEN.items()
        if kolom in frame.columns
    }
    for kolom in VERBORGEN:
        if kolom in frame.columns:
            gelegd = lay_key(kolom, heel.for_purpose("referentie"), hidden_form)
            stappen[kolom] = pl.when(pl.col(kolom).str.contains(HIDDEN)).then(gelegd).otherwise(pl.col(kolom))
    frame = frame.with_columns(**stappen)
    if {"toewijzing_nummer", "client_id", "ingangsdatum"} <= set(frame.columns):
        return add_toewijzing_key(frame.drop("toewijzing_sleutel"), heel)
    return frame
