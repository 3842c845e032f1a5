"""A workbook as tables: read in memory, told from a zip of messages, refused where it would not fit.

Only cells are read: macros, links, formulas and pictures are left where they are.
"""

import contextlib
import hashlib
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import fastexcel
import polars as pl

from etl.containers import LEESFOUTEN, Bron
from etl.csv_read import MAX_KOLOMMEN, Blok
from etl.errors import RefusedError
from etl.tabel import as_text, is_typed
from etl.vorm import GEMENGD

MAX_GEPAKT = 64 * 1024 * 1024
MAX_UITGEPAKT = 256 * 1024 * 1024
"""Bytes of all parts together; a sheet takes some three times this in memory while it is read."""
MAX_VERHOUDING = 200
MAX_CELLEN = 20_000_000
"""Cells between the first and the last one of a sheet: the parser keeps a place for each, filled or not."""
MAX_BLADEN = 20
RIJEN = 100_000
_KLEIN = 4 * 1024 * 1024
_OVERLAP = 256
_EERSTE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"customXml/")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOUTEN: tuple[type[Exception], ...] = (
    fastexcel.FastExcelError,
    pl.exceptions.PolarsError,
    *LEESFOUTEN,
)
_ZIPFOUTEN: tuple[type[Exception], ...] = (*LEESFOUTEN, RefusedError)
# A row of seven digits, or a place that is written as an entity, is beyond what a sheet may have.
_PLEK = re.compile(rb"""\sr\s*=\s*["'](?:(&|[A-Za-z]{0,3}\d{7,})|([A-Za-z]{2,3})(\d{1,6}))""")
_RIJ = re.compile(rb"""row\s(?:[^>]{0,200}?\s)?r\s*=\s*["'](\d{1,6})""")
_koppen: dict[bytes, list[tuple[str, ...]]] = {}
"""Headers per workbook by the hash of its bytes, because a source is looked at before it is read."""
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
    som = hashlib.sha256(data).digest()
    if som not in _koppen:
        _require_small(data)
        with _refusing():
            boek = fastexcel.read_excel(data)
            koppen = [_header(boek, naam) for naam in boek.sheet_names[:MAX_BLADEN]]
        if len(_koppen) > 100:
            _koppen.clear()
        _koppen[som] = koppen
    return [BladTabel(data, n, namen) for n, namen in enumerate(_koppen[som]) if namen]


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Turns what the parser runs into into a RefusedError."""
    try:
        yield
    except _FOUTEN as fout:
        raise RefusedError("xlsx") from fout
    except BaseException as fout:
        # The parser is Rust: what it did not foresee comes as a panic, which is no Exception.
        if type(fout).__name__ != "PanicException":
            raise
        raise RefusedError("xlsx") from None


def _require_small(data: bytes) -> None:
    """Unpacks every part once, counting and keeping nothing: what a zip says of its sizes may be a lie."""
    totaal = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as boek:
            for lid in boek.infolist():
                if lid.flag_bits & 0x1:
                    raise RefusedError("xlsx_wachtwoord")
                totaal += _measure(boek, lid, MAX_UITGEPAKT - totaal)
    except LEESFOUTEN as fout:
        raise RefusedError("xlsx") from fout


def _measure(boek: zipfile.ZipFile, lid: zipfile.ZipInfo, hoogstens: int) -> int:
    """Bytes of one part; RefusedError where these are too many, or its cells lie too far apart."""
    gelezen = rijen = breed = 0
    staart = b""
    with boek.open(lid) as stroom:
        while stuk := stroom.read(1 << 20):
            gelezen += len(stuk)
            if gelezen > hoogstens:
                raise RefusedError("xlsx_groot")
            if gelezen > _KLEIN and gelezen > MAX_VERHOUDING * max(lid.compress_size, 1):
                raise RefusedError("xlsx_bom")
            tekst = staart + stuk
            staart = tekst[-_OVERLAP:]
            rijen = max(rijen, *map(int, _RIJ.findall(tekst)), 0)
            for ver, kolom, rij in _PLEK.findall(tekst):
                if ver:
                    raise RefusedError("xlsx_groot")
                breed, rijen = max(breed, _column_number(kolom)), max(rijen, int(rij))
    if breed > MAX_KOLOMMEN or rijen * max(breed, 26) > MAX_CELLEN:
        raise RefusedError("xlsx_groot")
    return gelezen


def _column_number(letters: bytes) -> int:
    """'A' is 1, 'AA' is 27."""
    n = 0
    for teken in letters.upper():
        n = n * 26 + teken - 64
    return n


def _header(boek: Any, naam: str) -> tuple[str, ...]:
    """Texts of the first row of a sheet that has anything; empty for a sheet that is no table."""
    kop = boek.load_sheet(naam, header_row=None, n_rows=1, dtypes="string").to_polars()
    if not kop.height or kop.width > MAX_KOLOMMEN:
        return ()
    return tuple("" if w is None else str(w).strip() for w in kop.row(0))


class BladTabel:
    """One sheet of a workbook; its cells are read when they are asked for."""

    def __init__(self, data: bytes, plek: int, kolommen: tuple[str, ...]) -> None:
        self._data, self.plek, self.kolommen = data, plek, kolommen

    @cached_property
    def _frame(self) -> pl.DataFrame:
        with _refusing():
            boek = fastexcel.read_excel(self._data)
            blad = boek.load_sheet(self.plek, header_row=0, schema_sample_rows=None).to_polars()
        if blad.width != len(self.kolommen):
            raise RefusedError("xlsx")
        return blad.filter(~pl.all_horizontal(pl.all().is_null()))

    def soorten(self) -> dict[str, str]:
        """Which columns hold dates or numbers; in one of text, single cells may hold them too."""
        return {f"k{n}": is_typed(t) or GEMENGD for n, t in enumerate(self._frame.dtypes)}

    def vorm(self) -> dict[str, str]:
        """What the report says of it: the place of the sheet, whose name may be anything."""
        return {"bestand": f"Excel, werkblad {self.plek + 1}"}

    def blocks(self, nodig: list[int]) -> Iterator[Blok]:
        """The lines that have anything in them."""
        for begin in range(0, max(self._frame.height, 1), RIJEN):
            deel = self._frame.slice(begin, RIJEN)
            frame = pl.DataFrame([as_text(deel.to_series(n)).alias(f"k{n}") for n in nodig])
            nummers = pl.int_range(begin + 1, begin + 1 + deel.height, eager=True, dtype=pl.Int64)
            yield Blok(frame.with_columns(nummers.alias("regel_nr")))
