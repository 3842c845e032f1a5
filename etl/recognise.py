"""What a file is, by its content: the root's namespace for XML, the column names for an extract; never its
name.
"""

import re
from dataclasses import dataclass

from etl.contract import Contract, read_contracts
from etl.errors import RefusedError
from etl.mapping import WETTEN, Mapping, read_mappings
from etl.xml_read import Wortel, root_of, to_utf8

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
    tekst: bytes
    wortel: Wortel
    mapping: Mapping | None


@dataclass(frozen=True)
class Extract:
    """An extract whose columns fit a contract; `fout` says why it cannot be read all the same."""

    contract: Contract
    fout: RefusedError | None = None


@dataclass(frozen=True)
class Onbekend:
    """Neither; `namespace` only where there is one, for the log. `stil`: the generator's own notes."""

    namespace: str = ""
    stil: bool = False
    niet_van_ons: bool = False


def is_zip(begin: bytes) -> bool:
    """Whether the bytes begin as a zip file does."""
    return begin.startswith(_ZIP)


def is_xml(begin: bytes) -> bool:
    """Whether the bytes begin as XML in any encoding that messages use."""
    kop = begin[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return kop.startswith(b"<")


def recognise_message(data: bytes) -> Bericht | Onbekend:
    """The message that these bytes are; RefusedError where they are XML that cannot be read."""
    tekst = to_utf8(data)
    wortel = root_of(tekst)
    if wortel is None:
        if b"<!DOCTYPE" in tekst[:KOPGROOTTE]:
            raise RefusedError("dtd")
        if b"www.istandaarden.nl" in tekst[:KOPGROOTTE]:
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
        tekst=tekst,
        wortel=wortel,
        mapping=read_mappings().get((standaard, release, berichttype)),
    )


def recognise_table(begin: bytes) -> Extract | Onbekend:
    """The extract that begins like this: the contract whose columns are most alike.

    With most but not all columns it is refused rather than unknown, because it says what it is. With all of
    them among many others it is read, and the others are left out.
    """
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Onbekend()
    regels = begin.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()
    eerste = regels[0] if regels else ""
    if is_own_note(begin):
        return Onbekend(stil=True)
    gevonden = [k.strip().strip('"') for k in eerste.split(";")]
    if len(gevonden) < 2:
        return Onbekend()
    beste = max(read_contracts(), key=lambda c: c.likeness(gevonden))
    if beste.likeness(gevonden) < 0.6:
        heel = [c for c in read_contracts() if set(c.nodig) <= set(gevonden) and c.likeness(gevonden) > 0.3]
        if not heel:
            return Onbekend()
        beste = max(heel, key=lambda c: len(c.nodig))
    if len(set(gevonden)) != len(gevonden):
        return Extract(beste, RefusedError("kolom_dubbel"))
    mist = [k for k in beste.nodig if k not in gevonden]
    if mist:
        return Extract(beste, RefusedError("kolom_ontbreekt", mist[0]))
    return Extract(beste)


def is_own_note(begin: bytes) -> bool:
    """Whether this is one of the three notes that the generator lays beside its data: key, expectations,
    readme.
    """
    kop = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (
        (kop.startswith(b"voorbeeldsleutel-") and kop.strip().count(b"\n") == 0)
        or (kop.startswith(b"{") and b'"stuurinformatie_verwacht"' in kop)
        or kop.startswith(b"Synthetische gemeente")
    )
