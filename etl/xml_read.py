"""Reading one message: what is not exactly one whole message is refused before the parser sees it.

xml2arrow takes a file that was cut right after a tag, two documents glued together, and UTF-16 bytes without
a word (STACK 3.5). So here the text is made UTF-8, one closed root is required with nothing after it, and the
repeating unit is counted a second time without the parser.
"""

import codecs
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
import xml2arrow

from etl.errors import RefusedError
from etl.fields import raw
from etl.mapping import BUNDEL, Mapping

_VOORLOOP = re.compile(rb"\A\s*<\?xml[^>]*?\?>", re.DOTALL)
_CODERING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_TERZIJDE = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
_WORTEL = re.compile(rb"<((?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*))((?:\s[^<>]*)?)/?>")
_RUIMTE = re.compile(rb">\s+<")
BUNDEL_BYTES = 4 * 1024 * 1024
"""Messages are parsed together up to this size."""
CODERINGEN = {"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252", "utf-16", "utf-16-le", "utf-16-be"}


@dataclass(frozen=True)
class Wortel:
    """The root of a document: local name, prefix as written, and namespace."""

    naam: str
    voorvoegsel: bytes
    namespace: str


@dataclass(frozen=True)
class Bundel:
    """Parsed messages: per level a frame with column `f` (which message), and why some could not be read."""

    tabellen: dict[str, pl.DataFrame]
    fouten: dict[int, RefusedError]


def to_utf8(data: bytes) -> bytes:
    """The document as UTF-8 without byte order mark and without XML declaration.

    The encoding is that of the byte order mark, else the declared one, else UTF-8. RefusedError('codering')
    where the bytes are not of that encoding or hold a NUL.
    """
    for merk, codering in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(merk):
            data = _decode(data[len(merk) :], codering)
            break
    else:
        if data.startswith((b"<\0", b"\0<")):
            data = _decode(data, "utf-16-le" if data.startswith(b"<\0") else "utf-16-be")
        else:
            kop = _VOORLOOP.match(data)
            gezegd = _CODERING.search(kop.group(0)) if kop else None
            data = _decode(data, gezegd.group(1).decode("ascii") if gezegd else "utf-8")
    if b"\0" in data:
        raise RefusedError("codering")
    kop = _VOORLOOP.match(data)
    return data[kop.end() :].strip() if kop else data.strip()


def _decode(data: bytes, codering: str) -> bytes:
    try:
        naam = codecs.lookup(codering).name
        if naam not in CODERINGEN:
            raise RefusedError("codering")
        return data.decode(naam).encode("utf-8")
    except (LookupError, UnicodeError) as fout:
        raise RefusedError("codering") from fout


def root_of(tekst: bytes) -> Wortel | None:
    """Root element at the start of a UTF-8 document; None where it does not begin with one."""
    plek = 0
    while True:
        while tekst[plek : plek + 1].isspace():
            plek += 1
        for open_, sluit in _TERZIJDE:
            if tekst.startswith(open_, plek):
                einde = tekst.find(sluit, plek)
                if einde < 0:
                    return None
                plek = einde + len(sluit)
                break
        else:
            break
    treffer = _WORTEL.match(tekst, plek)
    if treffer is None:
        return None
    voor = treffer.group(2) or b""
    verklaring = b"xmlns:" + re.escape(voor) if voor else b"xmlns"
    ruimte = re.search(rb"(?:\A|\s)" + verklaring + rb"""\s*=\s*["']([^"']*)["']""", treffer.group(4))
    return Wortel(
        naam=treffer.group(3).decode("utf-8", "replace"),
        voorvoegsel=voor + b":" if voor else b"",
        namespace=ruimte.group(1).decode("utf-8", "replace") if ruimte else "",
    )


def content_hash(tekst: bytes) -> str:
    """Hash of the content, encoding, declaration and white space between elements aside."""
    return hashlib.sha256(_RUIMTE.sub(b"><", tekst)).hexdigest()


def _bare(tekst: bytes) -> bytes:
    """The document without comments, CDATA and processing instructions, in which a tag is no tag.

    One pass from left to right, so that a file full of unclosed comments costs no more than any other.
    """
    if b"<!" not in tekst and b"<?" not in tekst:
        return tekst
    delen: list[bytes] = []
    plek = 0
    for treffer in re.finditer(rb"<!--|<!\[CDATA\[|<\?", tekst):
        if treffer.start() < plek:
            continue
        sluit = dict(_TERZIJDE)[treffer.group(0)]
        einde = tekst.find(sluit, treffer.end())
        if einde < 0:
            raise RefusedError("afgekapt")
        delen.append(tekst[plek : treffer.start()])
        plek = einde + len(sluit)
    return b"".join([*delen, tekst[plek:]])


def require_one_document(tekst: bytes, wortel: Wortel) -> bytes:
    """The bare document, when it is exactly one closed root with nothing after it; RefusedError otherwise.

    Together with the parser's own check that every end tag closes the element it should, this means that the
    document is whole.
    """
    kaal = _bare(tekst).strip()
    if b"<!DOCTYPE" in kaal or b"<!ENTITY" in kaal:
        raise RefusedError("dtd")
    naam = wortel.voorvoegsel + wortel.naam.encode()
    sluit = list(re.finditer(rb"</" + re.escape(naam) + rb"\s*>", kaal))
    if not sluit:
        raise RefusedError("afgekapt")
    opent = len(re.findall(rb"<" + re.escape(naam) + rb"[\s>/]", kaal))
    if opent > 1 or sluit[0].end() != len(kaal) or not kaal.startswith(b"<" + naam):
        raise RefusedError("geplakt")
    return kaal


def count_units(kaal: bytes, mapping: Mapping) -> int:
    """How many lines a bare document holds, counted without the parser; by any prefix."""
    return sum(len(mapping.niveaus[naam].telpatroon.findall(kaal)) for naam in mapping.eenheden)


def parse_bundle(teksten: Sequence[bytes], geteld: Sequence[int], mapping: Mapping) -> Bundel:
    """Parses many messages of one mapping at once; each must have passed `require_one_document`.

    `geteld`: per message the repeating unit as `count_units` saw it. Where the bundle as a whole cannot be
    read, or a count differs, its messages are parsed one by one, so that one bad message costs only itself.
    """
    delen: list[dict[str, pl.DataFrame]] = [_parse((), mapping)]
    fouten: dict[int, RefusedError] = {}
    begin = 0
    while begin < len(teksten):
        eind, grootte = begin, 0
        while eind < len(teksten) and (eind == begin or grootte < BUNDEL_BYTES):
            grootte += len(teksten[eind])
            eind += 1
        try:
            deel = _parse(teksten[begin:eind], mapping)
            _require_counts(deel, geteld[begin:eind], mapping)
            delen.append(_shift(deel, begin))
        except RefusedError:
            for f in range(begin, eind):
                try:
                    deel = _parse(teksten[f : f + 1], mapping)
                    _require_counts(deel, geteld[f : f + 1], mapping)
                    delen.append(_shift(deel, f))
                except RefusedError as fout:
                    fouten[f] = fout
        begin = eind
    return Bundel({naam: pl.concat([d[naam] for d in delen]) for naam in delen[0]}, fouten)


def _parse(teksten: Sequence[bytes], mapping: Mapping) -> dict[str, pl.DataFrame]:
    """Tables of a bundle; the parser's own error text quotes values, so none of it is passed on."""
    naam = BUNDEL.encode()
    try:
        tabellen = mapping.parser.parse(b"<" + naam + b">" + b"".join(teksten) + b"</" + naam + b">")
    except xml2arrow.exceptions.ParseError as fout:
        raise RefusedError("vorm") from fout
    except (xml2arrow.exceptions.Xml2ArrowError, ValueError, OSError) as fout:
        raise RefusedError("xml") from fout
    return {
        naam: pl.DataFrame(pa.Table.from_batches([tabel])).rename(
            lambda k: k.strip("<>") if k[0] == "<" else raw(k)
        )
        for naam, tabel in tabellen.items()
    }


def _require_counts(deel: dict[str, pl.DataFrame], geteld: Sequence[int], mapping: Mapping) -> None:
    """RefusedError where messages or their lines are not as many as were counted without the parser."""
    if deel["kop"].get_column("f").to_list() != list(range(len(geteld))):
        raise RefusedError("telling")
    gelezen = np.bincount(mapping.messages_of_lines(deel), minlength=len(geteld))
    if gelezen.tolist() != list(geteld):
        raise RefusedError("telling")


def _shift(deel: dict[str, pl.DataFrame], begin: int) -> dict[str, pl.DataFrame]:
    return {naam: tabel.with_columns(pl.col("f") + begin) for naam, tabel in deel.items()}
