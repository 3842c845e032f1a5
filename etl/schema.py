"""The verdict of the official schemas, where a folder with them is configured; nothing depends on it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from etl.xml_read import Tekst

GELDIG = "geldig"
_TARGET = "targetNamespace"


@dataclass(frozen=True)
class Schemas:
    """The schemas under a folder, by the namespace they describe."""

    paden: dict[str, Path]

    def judge(self, tekst: Tekst) -> str | None:
        """'geldig', or where the first fault is and of which kind; None without a schema of this namespace.

        lxml's own sentences quote values, so only its line, its kind of fault and the element are passed on.
        """
        pad = self.paden.get(tekst.wortel.namespace)
        if pad is None:
            return None
        schema = _compile(pad)
        try:
            boom = etree.fromstring(bytes(tekst.kern), _parser())
        except etree.XMLSyntaxError as fout:
            return f"niet te lezen: regel {fout.lineno or 1}"
        if schema.validate(boom):
            return GELDIG
        eerste = schema.error_log[0]
        plek = str(eerste.path or "").rsplit("/", 1)[-1].split(":")[-1]
        aantal = len(schema.error_log)
        return f"ongeldig: regel {eerste.line}, {plek}: {_kind(eerste.type_name)} ({aantal} in totaal)"


def _parser() -> etree.XMLParser:
    """A parser for strangers' text: no entities, no network, no huge trees."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@cache
def _compile(pad: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(pad)))


@cache
def find_schemas(map_: Path) -> Schemas:
    """The schemas under `map_`; one that is no XML is passed over."""
    paden: dict[str, Path] = {}
    for pad in sorted(map_.rglob("*.xsd")):
        try:
            ruimte = etree.parse(str(pad), _parser()).getroot().get(_TARGET)
        except (etree.XMLSyntaxError, OSError):
            continue
        if ruimte:
            paden.setdefault(ruimte, pad)
    return Schemas(paden)


_SOORTEN = {
    "PATTERN": "vorm van de waarde",
    "ENUMERATION": "waarde staat niet in de lijst",
    "LENGTH": "lengte van de waarde",
    "INCLUSIVE": "waarde te groot of te klein",
    "DATATYPE": "soort waarde",
    "ELEMENT_CONTENT": "onderdeel ontbreekt, staat verkeerd of hoort hier niet",
    "COMPLEX_TYPE": "onderdeel ontbreekt, staat verkeerd of hoort hier niet",
}


def _kind(type_name: str) -> str:
    return next((zin for stuk, zin in _SOORTEN.items() if stuk in type_name), "anders dan het schema")
