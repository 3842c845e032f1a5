"""What a message is, by its content: the namespace of its root; never its name."""

import re
from dataclasses import dataclass

from etl.errors import RefusedError
from etl.mapping import WETTEN, Mapping, choose_mapping
from etl.xml_read import Tekst, root_of

_NAMESPACE = re.compile(
    r"http://www\.istandaarden\.nl/(iwmo|ijw|ieb)/(\d+)_(\d+)/([a-z]+\d{3})/schema(?:/\d+_\d+)?"
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
KOPGROOTTE = 65536


@dataclass(frozen=True)
class Bericht:
    """A message of a known standard; `mapping` is None where this release or message is not read."""

    standaard: str
    release: str
    berichttype: str
    wet: str
    tekst: Tekst
    mapping: Mapping | None


@dataclass(frozen=True)
class Onbekend:
    """Neither; `namespace` only where there is one, for the log. `stil`: the generator's own notes."""

    namespace: str = ""
    stil: bool = False
    niet_van_ons: bool = False


def is_zip(begin: bytes) -> bool:
    """Whether the bytes begin as a zip file does."""
    return begin.startswith(_ZIP)


def is_gzip(begin: bytes) -> bool:
    """Whether the bytes begin as a gzip does."""
    return begin.startswith(b"\x1f\x8b")


def is_xml(begin: bytes) -> bool:
    """Whether the bytes begin as XML in any encoding that messages use."""
    kop = begin[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return kop.startswith(b"<")


def recognise_message(data: bytes) -> Bericht | Onbekend:
    """The message that this UTF-8 document is; RefusedError where it is XML that cannot be read."""
    wortel = root_of(data)
    if wortel is None:
        if b"<!DOCTYPE" in data[:KOPGROOTTE]:
            raise RefusedError("dtd")
        if b"www.istandaarden.nl" in data[:KOPGROOTTE]:
            raise RefusedError("afgekapt")
        return Onbekend()
    ruimte = _NAMESPACE.fullmatch(wortel.namespace)
    if ruimte is None or wortel.naam != "Bericht":
        return Onbekend(namespace=f"{wortel.namespace} {wortel.naam}".strip()[:200])
    standaard, groot, klein, berichttype = ruimte.groups()
    if standaard == "ieb":
        return Onbekend(namespace=wortel.namespace, niet_van_ons=True)
    release = f"{groot}.{klein}"
    return Bericht(
        standaard=standaard,
        release=release,
        berichttype=berichttype,
        wet=WETTEN[standaard],
        tekst=Tekst(data, wortel),
        mapping=choose_mapping((standaard, release, berichttype), data),
    )
