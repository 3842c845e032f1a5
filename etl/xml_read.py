"""Reading one message: what is not exactly one whole message is refused, whatever the parser makes of it.

xml2arrow takes a file that was cut right after a tag, two documents glued together, and UTF-16 bytes without
a word (STACK 3.5). So here the text is made UTF-8, it must begin and end as one root, and roots and repeating
units are counted a second time without the parser.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

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
_WORTELS = re.compile(rb"</(?:[\w.-]+:)?Bericht\s*>|<(?:[\w.-]+:)?Bericht(?:\s[^<>]*)?/>")
_MAX_WORTEL = 4096
SAMEN_TOT = 1024 * 1024
"""Messages are parsed together up to this size; a larger one costs more to copy than to parse alone."""
CODERINGEN = {"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252", "utf-16", "utf-16-le", "utf-16-be"}


@dataclass(frozen=True)
class Wortel:
    """The root of a document: local name, prefix as written, namespace, and where its tag begins."""

    naam: str
    voorvoegsel: bytes
    namespace: str
    begin: int = 0


@dataclass(frozen=True)
class Tekst:
    """A document in UTF-8 without byte order mark, and its root."""

    data: bytes
    wortel: Wortel

    @property
    def kern(self) -> memoryview:
        """The document from its root on, without declaration."""
        return memoryview(self.data)[self.wortel.begin :]


@dataclass(frozen=True)
class Bundel:
    """Parsed messages: per level a frame with column `f` (which message), and why some could not be read."""

    tabellen: dict[str, pl.DataFrame]
    fouten: dict[int, RefusedError]

    def digests(self) -> dict[int, str]:
        """Per message a short hash of all that was read of it, in its order; the same in any wrapping.

        Made by Polars' own hash, so two are only comparable within one version of it, which it begins with.
        """
        aantal = 1 + max((int(t["f"].max()) for t in self.tabellen.values() if t.height), default=-1)  # type: ignore[arg-type]
        som = np.zeros(aantal, dtype=np.uint64)
        for plaats, tabel in enumerate(self.tabellen.values()):
            if tabel.height:
                f = tabel.get_column("f").to_numpy().astype(np.int64)
                begin = np.flatnonzero(np.diff(f, prepend=-1))
                rijen = tabel.drop("f").hash_rows(seed=plaats).to_numpy()
                som[f[begin]] += np.add.reduceat(rijen, begin)
        return {n: f"{pl.__version__}:{int(s):016x}" for n, s in enumerate(som)}


def to_utf8(data: bytes) -> bytes:
    """The document as UTF-8 without byte order mark; the same bytes where they are that already.

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
            if kop is None and data[:200].lstrip().startswith(b"<?xml"):
                raise RefusedError("xml")
            gezegd = _CODERING.search(kop.group(0)) if kop else None
            data = _decode(data, gezegd.group(1).decode("ascii") if gezegd else "utf-8")
    if b"\0" in data:
        raise RefusedError("codering")
    return data


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


def root_of(data: bytes) -> Wortel | None:
    """Root element of a UTF-8 document; None where none follows what XML allows before it."""
    plek = 0
    while True:
        while data[plek : plek + 1].isspace():
            plek += 1
        for open_, sluit in _TERZIJDE:
            if data.startswith(open_, plek):
                einde = data.find(sluit, plek)
                if einde < 0:
                    return None
                plek = einde + len(sluit)
                break
        else:
            break
    einde = data.find(b">", plek, plek + _MAX_WORTEL) + 1
    wortel = _read_root(data[plek:einde]) if einde else None
    return replace(wortel, begin=plek) if wortel else None


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


def _bare(data: bytes) -> bytes:
    """The document without comments, CDATA and processing instructions, in which a tag is no tag.

    One pass from left to right, so that a file full of unclosed comments costs no more than any other.
    """
    if b"<!" not in data and b"<?" not in data:
        return data
    delen: list[bytes] = []
    plek = 0
    for treffer in re.finditer(rb"<!--|<!\[CDATA\[|<\?", data):
        if treffer.start() < plek:
            continue
        sluit = dict(_TERZIJDE)[treffer.group(0)]
        einde = data.find(sluit, treffer.end())
        if einde < 0:
            raise RefusedError("afgekapt")
        delen.append(data[plek : treffer.start()])
        plek = einde + len(sluit)
    return b"".join([*delen, data[plek:]])


def require_whole(tekst: Tekst) -> None:
    """RefusedError where the document does not end with its root, and only there, or holds a DTD.

    That every tag is closed by its own, and that nothing was missed, is seen when it is parsed.
    """
    data, begin = tekst.data, tekst.wortel.begin
    if data.find(b"!", begin) >= 0 or data.find(b"?", begin) >= 0:
        # Comments, CDATA and instructions can hide or imitate an end; most messages have none.
        data, begin = _bare(data[begin:]), 0
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise RefusedError("dtd")
    sluit = b"</" + tekst.wortel.voorvoegsel + tekst.wortel.naam.encode()
    slot = re.compile(re.escape(sluit) + rb"\s*>\s*")
    plek = data.rfind(b"</")
    if plek < 0 or not slot.fullmatch(data, plek):
        raise RefusedError("geplakt" if slot.search(data) else "afgekapt")
    eerder = data.find(sluit, begin, plek)
    while eerder >= 0:
        # Also the end of an element whose name begins as the root's does, such as BerichtCode.
        if slot.match(data, eerder):
            raise RefusedError("geplakt")
        eerder = data.find(sluit, eerder + 1, plek)


def parse_bundle(teksten: Sequence[Tekst], mapping: Mapping) -> Bundel:
    """Parses many messages of one mapping; each must have passed `require_whole`.

    Small ones are parsed together: one by one would take ten times as long. Where a bundle as a whole cannot
    be read, or a count without the parser sees other numbers, its messages are parsed one by one, so that
    one bad message costs only itself.
    """
    delen: list[dict[str, pl.DataFrame]] = []
    fouten: dict[int, RefusedError] = {}
    begin = 0
    while begin < len(teksten):
        eind, grootte = begin, 0
        while eind < len(teksten) and (eind == begin or grootte + len(teksten[eind].data) <= SAMEN_TOT):
            grootte += len(teksten[eind].data)
            eind += 1
        deel = _parse_together(teksten[begin:eind], mapping) if eind > begin + 1 else None
        if deel is not None:
            delen.append(_shift(deel, begin))
        else:
            for f in range(begin, eind):
                try:
                    delen.append(_shift(_parse_alone(teksten[f], mapping), f))
                except RefusedError as fout:
                    fouten[f] = fout
        begin = eind
    delen = delen or [_parse_bundled((), mapping)[1]]
    return Bundel({naam: pl.concat([d[naam] for d in delen]) for naam in delen[0]}, fouten)


def _parse_bundled(teksten: Sequence[Tekst], mapping: Mapping) -> tuple[bytes, dict[str, pl.DataFrame]]:
    naam = BUNDEL.encode()
    bundel = b"".join([b"<" + naam + b">", *(t.kern for t in teksten), b"</" + naam + b">"])
    return bundel, _parse(bundel, mapping.parser)


def _parse_together(teksten: Sequence[Tekst], mapping: Mapping) -> dict[str, pl.DataFrame] | None:
    """Tables of a bundle; None where it cannot be read, or where another count disagrees."""
    try:
        bundel, deel = _parse_bundled(teksten, mapping)
    except RefusedError:
        return None
    wortels = bundel.count(b"Bericht>")
    whole = deel["kop"].height == wortels == len(teksten) and _tags_agree(bundel, deel, mapping)
    return deel if whole else None


def _tags_agree(data: bytes, deel: dict[str, pl.DataFrame], mapping: Mapping) -> bool:
    """Whether the names of the units stand in the text as often as what was read explains.

    Cheap, and it misses nothing: a unit by another prefix, at another place or with another tag adds to the
    count. It may see too much (a name in a comment, an optional element), then the exact count decides.
    """
    hoogtes = {naam: frame.height for naam, frame in deel.items()}
    return all(
        data.count(naam.encode()) == sum(2 * hoogtes[n] for n in vindplaatsen)
        for naam, vindplaatsen in mapping.tag_places.items()
    )


def _parse_alone(tekst: Tekst, mapping: Mapping) -> dict[str, pl.DataFrame]:
    """Tables of one message; RefusedError says what is wrong with it."""
    deel = _parse(tekst.data, mapping.parser_alone)
    nul = pl.lit(0, dtype=pl.UInt32).alias("f")
    deel = {naam: frame.select(nul, pl.all()) for naam, frame in deel.items()}
    if _tags_agree(tekst.data, deel, mapping) and any(
        mapping.rows_of(n, deel).height for n in mapping.eenheden
    ):
        return deel
    kaal = _bare(tekst.data)
    if len(_WORTELS.findall(kaal)) != 1:
        raise RefusedError("geplakt")
    for naam in mapping.eenheden:
        if mapping.rows_of(naam, deel).height != len(mapping.niveaus[naam].telpatroon.findall(kaal)):
            raise RefusedError("telling")
    return deel


def _parse(data: bytes, parser: xml2arrow.XmlToArrowParser) -> dict[str, pl.DataFrame]:
    """Tables of a document; the parser's own error text quotes values, so none of it is passed on."""
    try:
        tabellen = parser.parse(data)
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
