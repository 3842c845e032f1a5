"""A workbook as tables: read in memory, told from a zip of messages, refused where it would not fit.

Only cells are read: macros, links, formulas and pictures are left where they are.
"""

import io
import logging
import zipfile
from collections.abc import Iterator
from typing import Any

import fastexcel
import polars as pl

from etl.containers import LEESFOUTEN, Bron
from etl.csv_read import MAX_KOLOMMEN, Blok
from etl.errors import RefusedError
from etl.tabel import as_text, is_typed
from etl.vorm import GEMENGD

MAX_GEPAKT = 64 * 1024 * 1024
MAX_UITGEPAKT = 384 * 1024 * 1024
"""Bytes of all parts together. A sheet takes some three times this in memory while it is read."""
MAX_VERHOUDING = 200
MAX_BLADEN = 20
MAX_BREEDTE = 16_384
RIJEN = 100_000
_KLEIN = 4 * 1024 * 1024
_EERSTE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"customXml/")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOUTEN: tuple[type[Exception], ...] = (
    fastexcel.FastExcelError,
    pl.exceptions.PolarsError,
    *LEESFOUTEN,
)
_ZIPFOUTEN: tuple[type[Exception], ...] = (*LEESFOUTEN, RefusedError)
# The library tells the column of what it cannot type; that is not for the screen.
logging.getLogger("fastexcel").setLevel(logging.CRITICAL)


def is_old_office(begin: bytes) -> bool:
    """Whether the bytes are of an old or password-protected Office file, which cannot be looked into."""
    return begin.startswith(_OLE)


def is_workbook(bron: Bron, begin: bytes) -> bool:
    """Whether a zip is a workbook. Only one whose first member looks like it is opened to see."""
    lengte = int.from_bytes(begin[26:28], "little")
    if not begin[30 : 30 + lengte].startswith(_EERSTE):
        return False
    try:
        with zipfile.ZipFile(_stream(bron)) as boek:
            namen = set(boek.namelist())
    except _ZIPFOUTEN:
        return False
    return "[Content_Types].xml" in namen and "xl/workbook.xml" in namen


def _stream(bron: Bron) -> Any:
    return bron.open() if bron.archief is None else io.BytesIO(bron.read(MAX_GEPAKT))


def read_sheets(bron: Bron) -> list["BladTabel"]:
    """The sheets of a workbook that have a header; RefusedError where it is broken or too large."""
    data = bron.read(MAX_GEPAKT)
    _require_small(data)
    try:
        boek = fastexcel.read_excel(data)
        namen = boek.sheet_names[:MAX_BLADEN]
        bladen = [_read_sheet(boek, n, naam) for n, naam in enumerate(namen)]
    except _FOUTEN as fout:
        raise RefusedError("xlsx") from fout
    except BaseException as fout:
        # The parser is Rust: what it did not foresee comes as a panic, which is no Exception.
        if type(fout).__name__ != "PanicException":
            raise
        raise RefusedError("xlsx") from None
    return [b for b in bladen if b.kolommen]


def _require_small(data: bytes) -> None:
    """Unpacks every part once, counting and keeping nothing: what a zip says of its sizes may be a lie."""
    totaal = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as boek:
            for lid in boek.infolist():
                if lid.flag_bits & 0x1:
                    raise RefusedError("xlsx_wachtwoord")
                gelezen = 0
                with boek.open(lid) as stroom:
                    while stuk := stroom.read(1 << 20):
                        gelezen += len(stuk)
                        if totaal + gelezen > MAX_UITGEPAKT:
                            raise RefusedError("xlsx_groot")
                        if gelezen > _KLEIN and gelezen > MAX_VERHOUDING * max(lid.compress_size, 1):
                            raise RefusedError("xlsx_bom")
                totaal += gelezen
    except LEESFOUTEN as fout:
        raise RefusedError("xlsx") from fout


def _read_sheet(boek: Any, plek: int, naam: str) -> "BladTabel":
    """One sheet; the first row that has anything is its header."""
    kop = boek.load_sheet(naam, header_row=None, n_rows=1, dtypes="string").to_polars()
    if not kop.height or kop.width > min(MAX_KOLOMMEN, MAX_BREEDTE):
        return BladTabel(plek, (), pl.DataFrame())
    namen = tuple("" if w is None else str(w).strip() for w in kop.row(0))
    frame = boek.load_sheet(
        naam,
        header_row=0,
        column_names=None,
        schema_sample_rows=None,
    ).to_polars()
    return BladTabel(plek, namen, frame)


class BladTabel:
    """One sheet of a workbook."""

    def __init__(self, plek: int, kolommen: tuple[str, ...], frame: pl.DataFrame) -> None:
        self.plek, self.kolommen, self._frame = plek, kolommen, frame

    def soorten(self) -> dict[str, str]:
        """Which columns hold dates or numbers; in one of text, single cells may hold them too."""
        return {f"k{n}": is_typed(t) or GEMENGD for n, t in enumerate(self._frame.dtypes)}

    def vorm(self) -> dict[str, str]:
        """What the report says of it: the place of the sheet, whose name may be anything."""
        return {"bestand": f"Excel, werkblad {self.plek + 1}"}

    def blocks(self, nodig: list[int]) -> Iterator[Blok]:
        """The lines that have anything in them."""
        leeg = pl.all_horizontal(pl.all().is_null())
        gevuld = self._frame.filter(~leeg) if self._frame.width else self._frame
        for begin in range(0, max(gevuld.height, 1), RIJEN):
            deel = gevuld.slice(begin, RIJEN)
            frame = pl.DataFrame([as_text(deel.to_series(n)).alias(f"k{n}") for n in nodig])
            nummers = pl.int_range(begin + 1, begin + 1 + deel.height, eager=True, dtype=pl.Int64)
            yield Blok(frame.with_columns(nummers.alias("regel_nr")))
