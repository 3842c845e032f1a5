"""Reading delimited text in blocks, all columns as text; lines of the wrong width are set apart, not guessed
at.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl

from etl.containers import Bron
from etl.errors import RefusedError
from etl.opmaak import BOMS, EXCEL_SEP, Opmaak

BLOK = 16 * 1024 * 1024
"""Bytes read at a time: some 100.000 lines. Bounds the memory of an extract of any size."""
MAX_REGEL = 64 * 1024
"""Bytes of the longest line that is read; a longer one goes to quarantine."""
MAX_KOLOMMEN = 1024
_LANGSTE_REGEL = 1024 * 1024
_MEESTE_REGELS = 100
"""Lines that one quoted text may span."""

_IS_WIT, _IS_FORMULE = np.zeros(256, dtype=bool), np.zeros(256, dtype=bool)
# Of a space that takes more bytes than one, the first and the last.
_IS_WIT[[*b" \t", 0xC2, 0xA0, 0xE2, 0x8B, 0xEF, 0xBF]] = True
_IS_FORMULE[[*b"=+-@ \t"]] = True
Masker = npt.NDArray[np.bool_]
Nummers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Blok:
    """A part of an extract: readable lines as text columns 'k0', 'k1', … with `regel_nr`, and the ordinals of
    the lines that are none, each with the code of why.

    `schoon`: no text has space around it. `formules`: whether a text may begin as a formula does.
    """

    frame: pl.DataFrame
    gerafeld: list[tuple[int, str]] = field(default_factory=list)
    windows: bool = False
    schoon: bool = False
    formules: bool = True


class CsvLezer:
    """Reads one delimited text, block by block, in a layout."""

    def __init__(self, bron: Bron, opmaak: Opmaak, grootte: int = BLOK) -> None:
        self.bron, self.opmaak, self.grootte = bron, opmaak, grootte
        self.woord = opmaak.woord
        self._bewezen = opmaak.codering if opmaak.codering != "utf-8" or "BOM" in opmaak.woord else ""
        self._regel = 1
        t = re.escape(opmaak.scheiding)
        veld = rf'(?:[^"{t}]*|"(?:[^"]|"")*")'
        self._vorm = rf"{veld}(?:{t}{veld})*"

    def blocks(self) -> Iterator[Blok]:
        """Blocks from the start; ordinals count the lines after the header from 1, empty ones aside.

        Raises RefusedError for a line without end, bytes that are not of the encoding, or where the parts do
        not add up.
        """
        open_, kop = b"", True
        with self.bron.open() as stroom:
            for data, laatste in self._pieces(stroom):
                if kop:
                    data, kop = data[_header_end(data) or len(data) :], False
                blok, open_ = self._read_block(open_ + data, laatste)
                yield blok

    # -- bytes ---------------------------------------------------------------------------------------------

    def _pieces(self, stroom: BinaryIO) -> Iterator[tuple[bytes, bool]]:
        """The text as UTF-8, cut after a line; the first piece holds the header, the last one is marked."""
        rest, eerste, kop = b"", True, True
        codering = self.opmaak.codering
        decoder = codecs.getincrementaldecoder(codering)() if codering.startswith("utf-16") else None
        while True:
            stuk = stroom.read(self.grootte)
            einde = not stuk
            if eerste:
                while not einde and len(stuk) < 3 and (meer := stroom.read(3)):
                    stuk += meer
                stuk = next((stuk[len(b) :] for b, _, _ in BOMS if stuk.startswith(b)), stuk)
                eerste = False
            if decoder is not None:
                try:
                    stuk = decoder.decode(stuk, einde).encode()
                except (UnicodeDecodeError, UnicodeEncodeError) as fout:
                    raise RefusedError("codering") from fout
            if b"\0" in stuk:
                raise RefusedError("nul")
            data = rest + stuk
            if einde:
                yield self._to_utf8(_line_ends(data)), True
                return
            knip = data.rfind(b"\n") + 1
            if not knip or (kop and not _header_end(data[:knip])):
                if len(data) > self.grootte + _LANGSTE_REGEL:
                    raise RefusedError("regel_eindeloos")
                rest = data
                continue
            kop = False
            yield self._to_utf8(_line_ends(data[:knip])), False
            rest = data[knip:]

    def _to_utf8(self, data: bytes) -> bytes:
        """The piece in UTF-8. Texts without BOM are UTF-8 or Windows-1252, the same from begin to end."""
        if data.isascii():
            return data
        if self.opmaak.codering.startswith("utf-16"):
            return data
        try:
            data.decode()
            nu = "utf-8"
        except UnicodeDecodeError:
            nu = "cp1252"
        if nu == "cp1252" and _has_utf8_line(data):
            raise RefusedError("codering")
        if self._bewezen not in ("", nu):
            raise RefusedError("codering")
        self._bewezen = nu
        if nu == "utf-8":
            return data
        self.woord = "Windows-1252"
        try:
            return data.decode("cp1252").encode()
        except UnicodeDecodeError as fout:
            raise RefusedError("codering") from fout

    # -- lines ---------------------------------------------------------------------------------------------

    def _read_block(self, data: bytes, laatste: bool) -> tuple[Blok, bytes]:
        """The lines of a piece, and what must be read again with the next one."""
        breedte = len(self.opmaak.kolommen)
        if not data.endswith(b"\n"):
            data += b"\n"
        open_, schoon, formules = b"", False, True
        if b'"' in data:
            goed, nummers, fouten, open_ = self._records(data, laatste)
        else:
            goed, nummers, fouten, schoon, formules = self._lines(data, breedte)
        self._regel += len(nummers) + len(fouten)
        namen = [f"k{n}" for n in range(breedte)]
        aangehaald = b'"' in goed
        frame = pl.DataFrame(schema=dict.fromkeys(namen, pl.Utf8))
        if len(nummers):
            try:
                frame = pl.read_csv(
                    goed,
                    separator=self.opmaak.scheiding,
                    has_header=False,
                    new_columns=namen,
                    schema=dict.fromkeys(namen, pl.Utf8),
                    quote_char='"' if aangehaald else None,
                    truncate_ragged_lines=False,
                )
            except pl.exceptions.PolarsError as fout:
                raise RefusedError("csv") from fout
        if frame.height != len(nummers):
            raise RefusedError("csv")
        blok = Blok(
            frame.with_columns(pl.Series("regel_nr", nummers, dtype=pl.Int64)),
            fouten,
            windows=self.woord == "Windows-1252",
            schoon=schoon,
            formules=formules,
        )
        return blok, open_

    def _lines(self, data: bytes, breedte: int) -> tuple[bytes, Nummers, list[tuple[int, str]], bool, bool]:
        """Good lines, their ordinals and the faults of the others, in a text without quotes; whether all
        fields are without space around them, and whether one begins as a formula.
        """
        tekens = np.frombuffer(data, dtype=np.uint8)
        einden = np.flatnonzero(tekens == 10)
        begin = np.concatenate(([0], einden[:-1] + 1))
        scheidingen = np.flatnonzero(tekens == ord(self.opmaak.scheiding))
        tot = np.searchsorted(scheidingen, einden)
        aantal = np.diff(tot, prepend=0)
        lengte = einden - begin
        # Excel writes a row of nothing as nothing but separators.
        leeg = (aantal == lengte) & ((lengte == 0) | (lengte == breedte - 1))
        goed = (aantal == breedte - 1) & (lengte <= MAX_REGEL) & ~leeg
        eerste = np.concatenate((tekens[scheidingen + 1], tekens[begin]))
        rand = np.concatenate((eerste, tekens[scheidingen - 1], tekens[einden - 1]))
        schoon, formules = not _IS_WIT[rand].any(), bool(_IS_FORMULE[eerste].any())
        if goed.all():
            nummers = np.arange(self._regel, self._regel + len(einden))
            return data, nummers, [], schoon, formules
        for n in np.flatnonzero((aantal == 0) & ~leeg & ~goed):
            leeg[n] = not data[begin[n] : einden[n]].strip()
        telt = ~leeg
        nummers = self._regel + np.cumsum(telt) - 1
        fout = telt & ~goed
        codes = [
            (int(nummers[n]), "regel_lang" if lengte[n] > MAX_REGEL else "kolommen")
            for n in np.flatnonzero(fout)
        ]
        return tekens[np.repeat(goed, lengte + 1)].tobytes(), nummers[goed], codes, schoon, formules

    def _records(self, data: bytes, laatste: bool) -> tuple[bytes, Nummers, list[tuple[int, str]], bytes]:
        """As `_lines`, for a text with quotes: a quoted text may hold separators and line ends.

        A line with a quote that stays open belongs with the next such line if the two make one whole record;
        else it is set apart alone, so that a stray quote costs one line and not the rest of the file. What
        cannot be decided before the next piece is given back.
        """
        regels = pl.Series("r", data[:-1].decode().split("\n"), dtype=pl.Utf8)
        open_ = ((regels.str.count_matches('"', literal=True) % 2) == 1).to_numpy()
        terug = b""
        if open_.any():
            lijst, over = self._join_open(regels.to_list(), open_, laatste)
            regels = pl.Series("r", lijst, dtype=pl.Utf8)
            terug = "".join(f"{r}\n" for r in over).encode()
        niets = self.opmaak.scheiding * (len(self.opmaak.kolommen) - 1)
        regels = regels.filter((regels.str.strip_chars() != "") & (regels != niets))
        lang = (regels.str.len_bytes() > MAX_REGEL).to_numpy()
        goed = ~lang & self._are_whole(regels).to_numpy()
        nummers = np.arange(self._regel, self._regel + regels.len())
        codes = [(int(nummers[n]), "regel_lang" if lang[n] else "kolommen") for n in np.flatnonzero(~goed)]
        tekst = "\n".join(regels.filter(pl.Series(goed)).to_list())
        return tekst.encode(), nummers[goed], codes, terug

    def _are_whole(self, regels: pl.Series) -> pl.Series:
        """Which records have as many fields as the header, every quoted one closed at its end."""
        kaal = regels.str.replace_all('"[^"]*"', "")
        breedte = kaal.str.count_matches(self.opmaak.scheiding, literal=True) + 1
        return (breedte == len(self.opmaak.kolommen)) & regels.str.contains(f"^(?:{self._vorm})$")

    def _is_whole(self, record: str) -> bool:
        breedte = re.sub('"[^"]*"', "", record).count(self.opmaak.scheiding) + 1
        return breedte == len(self.opmaak.kolommen) and bool(re.fullmatch(self._vorm, record))

    def _join_open(self, regels: list[str], open_: Masker, laatste: bool) -> tuple[list[str], list[str]]:
        """The lines with those put together that a quoted text spans, and the lines that may go on."""
        uit: list[str] = []
        plekken = [*map(int, np.flatnonzero(open_)), len(regels)]
        n = k = 0
        while plekken[k] < len(regels):
            eerste, volgende = plekken[k], plekken[k + 1]
            uit += regels[n:eerste]
            n = eerste
            if volgende == len(regels) and not laatste and volgende - eerste <= _MEESTE_REGELS:
                return uit, regels[n:]
            record = regels[eerste : volgende + 1] if volgende - eerste <= _MEESTE_REGELS else []
            heel = volgende < len(regels) and sum(map(len, record)) <= MAX_REGEL
            if heel and record and self._is_whole("\n".join(record)):
                uit.append("\n".join(record))
                n, k = volgende + 1, k + 2
            else:
                k += 1
        return uit + regels[n:], []


def _line_ends(data: bytes) -> bytes:
    """Windows and old Macintosh line ends as '\\n'."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _header_end(data: bytes) -> int:
    """Where the first line after the header begins; 0 where the header is not whole in these bytes."""
    plek = 0
    while (einde := data.find(b"\n", plek)) >= 0:
        regel = data[plek:einde].strip()
        plek = einde + 1
        if regel and not EXCEL_SEP.fullmatch(regel[:8].decode("latin-1")):
            return plek
    return 0


def _has_utf8_line(data: bytes) -> bool:
    """Whether a line in text that is not UTF-8 as a whole would be it alone: then it is two encodings."""
    for regel in data.split(b"\n"):
        if not regel.isascii():
            try:
                regel.decode()
            except UnicodeDecodeError:
                continue
            return True
    return False
