"""Reading one message: what is not exactly one whole message is refused, whatever the parser makes of it.

xml2arrow takes a file that was cut right after a tag, two documents glued together, and UTF-16 bytes without
a word (STACK 3.5). So here the text is made UTF-8, it must begin and end as one root, and roots and repeating
units are counted a second time without the parser.
"""

import codecs
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
_WIT = b" \t\r\n"
_MAX_WORTEL = 4096
BUNDEL_BYTES = 32 * 1024 * 1024
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
        if naam == "utf-8":
            if not data.isascii():
                data.decode("utf-8")
            return data
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
    einde = tekst.find(b">", plek, plek + _MAX_WORTEL) + 1
    return _read_root(tekst[plek:einde]) if einde else None


@lru_cache(maxsize=256)
def _read_root(begin: bytes) -> Wortel | None:
    """The root of its opening tag; thousands of messages begin with the same one."""
    treffer = _WORTEL.fullmatch(begin)
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
    """Hash of the content: encoding, declaration and all white space aside.

    White space within a value counts neither: a sender that only re-wraps a message sends the same message.
    """
    return hashlib.sha256(tekst.translate(None, _WIT)).hexdigest()


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


def require_whole(tekst: bytes, wortel: Wortel) -> None:
    """RefusedError where the document does not end as its root does, or holds a DTD.

    That there is one root only, and that every tag is closed by its own, is seen when it is parsed.
    """
    if b"!" in tekst or b"?" in tekst:
        # Comments, CDATA and instructions can hide or imitate an end; most messages have none.
        tekst = _bare(tekst)
        if b"<!DOCTYPE" in tekst or b"<!ENTITY" in tekst:
            raise RefusedError("dtd")
        tekst = tekst.strip()
    naam = wortel.voorvoegsel + wortel.naam.encode()
    staart = tekst[tekst.rfind(b"</") :]
    if staart.startswith(b"</" + naam) and staart[len(naam) + 2 :].strip(_WIT) == b">":
        return
    ergens = re.search(rb"</" + re.escape(naam) + rb"\s*>", tekst)
    raise RefusedError("geplakt" if ergens else "afgekapt")


def count_elements(kaal: bytes, naam: str) -> int:
    """How often an element is closed in a bare document, by any prefix and however its tag is written."""
    kern = re.escape(naam)
    patroon = rf"</(?:[\w.-]+:)?{kern}\s*>|<(?:[\w.-]+:)?{kern}(?:\s[^<>]*)?/>"
    return int(pl.Series([kaal.decode("utf-8")]).str.count_matches(patroon)[0])


def parse_bundle(teksten: Sequence[bytes], mapping: Mapping) -> Bundel:
    """Parses many messages of one mapping at once; each must have passed `require_whole`.

    Where the bundle as a whole cannot be read, or roots or units are not as many as a count without the
    parser sees, its messages are parsed one by one, so that one bad message costs only itself.
    """
    delen: list[dict[str, pl.DataFrame]] = []
    fouten: dict[int, RefusedError] = {}
    begin = 0
    while begin < len(teksten):
        eind, grootte = begin, 0
        while eind < len(teksten) and (eind == begin or grootte < BUNDEL_BYTES):
            grootte += len(teksten[eind])
            eind += 1
        deel = _parse_together(teksten[begin:eind], mapping)
        if deel is not None:
            delen.append(_shift(deel, begin))
        else:
            for f in range(begin, eind):
                try:
                    delen.append(_shift(_parse_alone(teksten[f], mapping), f))
                except RefusedError as fout:
                    fouten[f] = fout
        begin = eind
    delen = delen or [_parse(_bundle(()), mapping)]
    return Bundel({naam: pl.concat([d[naam] for d in delen]) for naam in delen[0]}, fouten)


def _bundle(teksten: Sequence[bytes]) -> bytes:
    naam = BUNDEL.encode()
    return b"<" + naam + b">" + b"".join(teksten) + b"</" + naam + b">"


def _parse_together(teksten: Sequence[bytes], mapping: Mapping) -> dict[str, pl.DataFrame] | None:
    """Tables of a bundle; None where it cannot be read, or where another count disagrees.

    That count sees every tag of a root or unit twice, opening and closing, by any prefix and at any depth.
    """
    bundel = _bundle(teksten)
    try:
        deel = _parse(bundel, mapping)
    except RefusedError:
        return None
    namen = "|".join(re.escape(n) for n in ("Bericht", *mapping.eenheid_elementen))
    tekens = pl.Series([bundel.decode("utf-8")]).str.count_matches(rf"[:/<](?:{namen})[\s/>]")[0]
    rijen = sum(deel[n].height for n in mapping.eenheden)
    if deel["kop"].height != len(teksten) or tekens != 2 * (len(teksten) + rijen):
        return None
    return deel


def _parse_alone(tekst: bytes, mapping: Mapping) -> dict[str, pl.DataFrame]:
    """Tables of one message; RefusedError says what is wrong with it."""
    deel = _parse(_bundle([tekst]), mapping)
    kaal = _bare(tekst)
    if deel["kop"].height != 1 or count_elements(kaal, "Bericht") != 1:
        raise RefusedError("geplakt")
    for naam in mapping.eenheden:
        if deel[naam].height != count_elements(kaal, mapping.niveaus[naam].element):
            raise RefusedError("telling")
    return deel


def _parse(bundel: bytes, mapping: Mapping) -> dict[str, pl.DataFrame]:
    """Tables of a bundle; the parser's own error text quotes values, so none of it is passed on."""
    try:
        tabellen = mapping.parser.parse(bundel)
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


def _shift(deel: dict[str, pl.DataFrame], begin: int) -> dict[str, pl.DataFrame]:
    return {naam: tabel.with_columns(pl.col("f") + begin) for naam, tabel in deel.items()}
