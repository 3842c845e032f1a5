"""The layout of a delimited text, by its first bytes: encoding, separator, and the names of its columns."""

import codecs
import re
from dataclasses import dataclass

SCHEIDINGEN = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "streep"}
BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 met BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
EXCEL_SEP = re.compile(r"sep=(.)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Opmaak:
    """Encoding (and its name on screen) and separator of a delimited text, and its columns."""

    codering: str
    woord: str
    scheiding: str
    kolommen: tuple[str, ...]


def decode_begin(begin: bytes) -> tuple[str, str, str]:
    """Encoding of a text by its first bytes, that encoding in words, and the text of those bytes.

    Without a BOM it is UTF-16 where every other byte is NUL, and 'utf-8' as long as nothing speaks against it
    ('cp1252' else).
    """
    for bom, codering, woord in BOMS:
        if begin.startswith(bom):
            rest = begin[len(bom) :]
            return codering, woord, codecs.getincrementaldecoder(codering)("replace").decode(rest)
    if len(begin) >= 8 and begin[1:64:2].count(0) > 3 and not begin[0:64:2].count(0):
        return "utf-16-le", "UTF-16", codecs.getincrementaldecoder("utf-16-le")("replace").decode(begin)
    if len(begin) >= 8 and begin[0:64:2].count(0) > 3 and not begin[1:64:2].count(0):
        return "utf-16-be", "UTF-16", codecs.getincrementaldecoder("utf-16-be")("replace").decode(begin)
    try:
        return "utf-8", "UTF-8", codecs.getincrementaldecoder("utf-8")().decode(begin)
    except UnicodeDecodeError:
        return "cp1252", "Windows-1252", begin.decode("cp1252", "replace")


def read_layouts(begin: bytes) -> list[Opmaak]:
    """The layouts that the first bytes of a text allow: one per separator that parts its first line.

    Excel's line 'sep=;' says which one it is.
    """
    codering, woord, tekst = decode_begin(begin)
    regels = [r for r in re.split(r"\r\n|\n|\r", tekst) if r.strip()]
    if not regels:
        return []
    gezegd = EXCEL_SEP.fullmatch(regels[0])
    kop = regels[1] if gezegd and len(regels) > 1 else regels[0]
    uit = []
    for teken in [gezegd[1]] if gezegd and gezegd[1] in SCHEIDINGEN else SCHEIDINGEN:
        namen = split_header(kop, teken)
        if len(namen) > 1:
            uit.append(Opmaak(codering, woord, teken, namen))
    return uit


def split_header(kop: str, teken: str) -> tuple[str, ...]:
    """Column names of a header line."""
    if '"' not in kop:
        return tuple(n.strip() for n in kop.split(teken))
    t = re.escape(teken)
    delen = re.findall(rf'(?:^|{t})("(?:[^"]|"")*"|[^{t}]*)', kop)
    return tuple(d.strip().strip('"').replace('""', '"').strip() for d in delen)
