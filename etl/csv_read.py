"""Reading an extract in blocks, all columns as text; lines of the wrong width are set apart, not guessed
at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from etl.containers import Bron
from etl.errors import RefusedError

BLOK = 24 * 1024 * 1024
"""Bytes read at a time: some 150.000 lines. Bounds the memory of an extract of any size."""

_LANGSTE_REGEL = 1024 * 1024
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Blok:
    """A part of an extract: readable lines as text columns with `regel_nr`, and the ordinals of ragged
    lines.
    """

    frame: pl.DataFrame
    gerafeld: list[int]
    windows: bool


def read_header(regel: bytes) -> list[str]:
    """Column names of the first line."""
    return [
        k.strip().strip('"') for k in regel.removeprefix(_BOM).decode("utf-8", "replace").strip().split(";")
    ]


def read_blocks(herkomst: Bron, grootte: int = BLOK) -> Iterator[Blok]:
    """Blocks of an extract from its start; ordinals count the lines after the header from 1, empty ones
    aside.

    Raises RefusedError('csv') for a line without end, or where the parts do not add up.
    """
    with herkomst.open() as bron:
        yield from _read_stream(bron, grootte)


def _read_stream(bron: BinaryIO, grootte: int) -> Iterator[Blok]:
    kop = bron.readline(_LANGSTE_REGEL)
    namen = read_header(kop)
    rest, eerste = b"", 1
    while True:
        stuk = bron.read(grootte)
        data = rest + stuk
        if not data:
            return
        if stuk:
            knip = data.rfind(b"\n") + 1
            if not knip:
                if len(data) > grootte + _LANGSTE_REGEL:
                    raise RefusedError("csv")
                rest = data
                continue
            data, rest = data[:knip], data[knip:]
        else:
            rest = b""
        blok = _read_block(data, namen, eerste)
        eerste += blok.frame.height + len(blok.gerafeld)
        yield blok
        if not stuk:
            return


def _read_block(data: bytes, namen: list[str], eerste: int) -> Blok:
    windows = False
    if b"\0" in data:
        raise RefusedError("csv")
    try:
        tekst = data.decode("utf-8")
    except UnicodeDecodeError:
        tekst, windows = data.decode("cp1252", "replace"), True
    # Text lines are compared in width first: Polars fills short lines up without a word.
    regels = pl.Series("r", tekst.replace("\r\n", "\n").replace("\r", "\n").split("\n"), dtype=pl.Utf8)
    regels = regels.filter(regels.str.strip_chars() != "")
    kaal = regels
    if '"' in tekst:
        kaal = regels.str.replace_all('"[^"]*"', "")
    heel = (kaal.str.count_matches(";", literal=True) == len(namen) - 1) & ~kaal.str.contains(
        '"', literal=True
    )
    nummers = pl.int_range(eerste, eerste + regels.len(), eager=True, dtype=pl.Int64)
    goed = regels.filter(heel)
    if goed.is_empty():
        frame = pl.DataFrame(schema=dict.fromkeys(namen, pl.Utf8))
    else:
        try:
            frame = pl.read_csv(
                "\n".join(goed.to_list()).encode(),
                separator=";",
                has_header=False,
                new_columns=namen,
                schema=dict.fromkeys(namen, pl.Utf8),
                quote_char='"',
                truncate_ragged_lines=False,
            )
        except pl.exceptions.PolarsError as fout:
            raise RefusedError("csv") from fout
    if frame.height != goed.len():
        raise RefusedError("csv")
    return Blok(
        frame.with_columns(nummers.filter(heel).alias("regel_nr")), nummers.filter(~heel).to_list(), windows
    )
