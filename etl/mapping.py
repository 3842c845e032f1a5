"""Mappings of messages: one YAML per family and shape, from which the parser, columns and checks are made."""

import hashlib
import json
import tempfile
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import xml2arrow
import yaml

from etl.fields import Veld, read_fields, read_types

MAP = Path(__file__).parent / "berichten"

LEZER_VERSIE = 2
"""Raised when the code reads the same mapping differently, so that files may be loaded again."""

BUNDEL = "Bundel"

WETTEN = {"iwmo": "Wmo", "ijw": "Jeugdwet"}


@dataclass(frozen=True)
class Niveau:
    """An element of a message with fields of its own: its path from the root, and its fields."""

    naam: str
    pad: str
    velden: tuple[Veld, ...]
    enkel: bool = False
    """True for an element that the standard allows once: read with the header, twice is refused."""

    @property
    def element(self) -> str:
        """Local name of the element."""
        return self.pad.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Uitvoer:
    """Which lake table the rows of a level go to."""

    tabel: str
    niveau: str
    als: str = ""
    codes: str = ""
    adres: str = ""
    vast: dict[str, str] = field(default_factory=dict)
    neem: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """How the messages of one family and shape are read.

    `kop_ook`: header columns that repeat another one (the 303's invoice number is its identity as well).
    """

    naam: str
    leest: tuple[dict[str, Any], ...]
    aanbieder: str
    gemeente: str
    eenheid: str
    leeg_mag: bool
    geld: dict[str, str]
    kop: tuple[Veld, ...]
    kop_ook: dict[str, str]
    niveaus: dict[str, Niveau]
    tabellen: tuple[Uitvoer, ...]
    versie: str

    def ancestors(self, naam: str) -> list[Niveau]:
        """The levels around a level, outermost first, without itself."""
        pad = self.niveaus[naam].pad
        ouders = [n for n in self.niveaus.values() if pad.startswith(n.pad + "/")]
        return sorted(ouders, key=lambda n: len(n.pad))

    @property
    def eenheden(self) -> tuple[str, ...]:
        """The levels that are counted as lines."""
        return (self.eenheid,)

    @property
    def eenheid_elementen(self) -> tuple[str, ...]:
        """Local names of the elements that are counted as lines."""
        return tuple(self.niveaus[n].element for n in self.eenheden)

    @property
    def repeating(self) -> list[Niveau]:
        """The levels that repeat within a message, each with a table of its own from the parser."""
        return [n for n in self.niveaus.values() if not n.enkel]

    def keys_of(self, naam: str) -> list[str]:
        """The levels whose ordinals together identify a row of this level within its message."""
        return [n.naam for n in [*self.ancestors(naam), self.niveaus[naam]] if not n.enkel]

    def fields_of(self, naam: str) -> tuple[Veld, ...]:
        """Fields of a row of this level: its own after those of the levels around it."""
        return tuple(v for n in [*self.ancestors(naam), self.niveaus[naam]] for v in n.velden)

    @cached_property
    def tag_places(self) -> dict[str, tuple[str, ...]]:
        """Per unit's element name: the levels that its name in a message goes with, one element a row each.

        A name can be part of another ('Prestaties' holds 'Prestatie'), so every mapped element counts in
        which it occurs; 'kop' stands for once a message.
        """
        paden = {f"{n.pad}/{v.pad}" for n in self.niveaus.values() for v in n.velden if v.pad != "."}
        paden |= {n.pad for n in self.niveaus.values()} | {v.pad for v in self.kop}
        elementen = {
            "/".join(delen[: i + 1]) for p in paden for delen in [p.split("/")] for i in range(len(delen))
        }
        uit: dict[str, tuple[str, ...]] = {}
        for naam in dict.fromkeys(self.eenheid_elementen):
            plekken = sorted(e for e in elementen if naam in e.rsplit("/", 1)[-1])
            uit[naam] = tuple(self._level_of(p) for p in plekken)
        return uit

    def _level_of(self, pad: str) -> str:
        """The repeating level that an element stands in, or is; 'kop' outside of all."""
        rond = [n for n in self.repeating if f"{pad}/".startswith(f"{n.pad}/")]
        return max(rond, key=lambda n: len(n.pad)).naam if rond else "kop"

    @cached_property
    def parser_alone(self) -> xml2arrow.XmlToArrowParser:
        """Parser of one message as it is; its tables lack `f`."""
        return self._make_parser("")

    @cached_property
    def parser(self) -> xml2arrow.XmlToArrowParser:
        """Parser of a bundle: many whole messages under one element (`xml_read.parse_bundle`).

        Per message one by one it would take ten times as long, and every small table keeps a large buffer.
        """
        return self._make_parser(f"/{BUNDEL}")

    def _make_parser(self, om: str) -> xml2arrow.XmlToArrowParser:
        """Parser whose message lies in `om` ('' for none). Namespaces are matched on local name."""
        bericht, f = f"{om}/Bericht", ["f"] if om else []
        los = [n for n in self.niveaus.values() if n.enkel]
        kop = [_parser_field(v, bericht) for v in self.kop]
        kop += [_parser_field(v, f"{bericht}/{n.pad}") for n in los for v in n.velden]
        tabellen: list[dict[str, Any]] = [{"name": "kop", "xml_path": om or "/", "levels": f, "fields": kop}]
        for niveau in self.repeating:
            heel = f"{bericht}/{niveau.pad}"
            tabellen.append(
                {
                    "name": niveau.naam,
                    "xml_path": heel.rsplit("/", 1)[0],
                    "levels": [*f, *self.keys_of(niveau.naam)],
                    "fields": [_parser_field(v, heel) for v in niveau.velden],
                }
            )
        # The configuration holds no data; the library takes a path only.
        with tempfile.TemporaryDirectory() as tijdelijk:
            pad = Path(tijdelijk) / "mapping.yaml"
            pad.write_text(
                yaml.safe_dump({"parser_options": {"trim_text": True}, "tables": tabellen}), encoding="utf-8"
            )
            return xml2arrow.XmlToArrowParser(pad)


def _parser_field(veld: Veld, basis: str) -> dict[str, Any]:
    pad = basis if veld.pad == "." else f"{basis}/{veld.pad}"
    return {"name": veld.naam, "xml_path": pad, "data_type": "Utf8", "nullable": True}


def merge(onder: dict[str, Any], boven: dict[str, Any]) -> dict[str, Any]:
    """A mapping on top of the one it inherits from: dicts merge, the rest replaces, null removes."""
    uit = dict(onder)
    for sleutel, waarde in boven.items():
        if waarde is None:
            uit.pop(sleutel, None)
        elif isinstance(waarde, dict) and isinstance(uit.get(sleutel), dict):
            uit[sleutel] = merge(uit[sleutel], waarde)
        else:
            uit[sleutel] = waarde
    return uit


def definition(naam: str) -> dict[str, Any]:
    """The YAML of a mapping, with what it inherits filled in."""
    bron: dict[str, Any] = yaml.safe_load((MAP / f"{naam}.yaml").read_text(encoding="utf-8"))
    ouder = bron.pop("erft", None)
    return merge(definition(ouder), bron) if ouder else bron


def version_of(bron: object) -> str:
    """Version of a mapping or contract: the reader's own version and a hash of what was declared.

    Comments and layout do not count; a changed path, type or column does.
    """
    kern = json.dumps([bron, read_types()], sort_keys=True, default=str)
    return f"{LEZER_VERSIE}-{hashlib.sha256(kern.encode()).hexdigest()[:8]}"


def read_mapping(naam: str) -> Mapping:
    """One mapping from its YAML file; KeyError or TypeError when the file declares something unknown."""
    d = definition(naam)
    niveaus = {
        n: Niveau(naam=n, pad=i["pad"], velden=read_fields(i["velden"]), enkel=bool(i.get("enkel", False)))
        for n, i in d["niveaus"].items()
    }
    return Mapping(
        naam=naam,
        leest=tuple(d["leest"]),
        aanbieder=d["aanbieder"],
        gemeente=d["gemeente"],
        eenheid=d["eenheid"],
        leeg_mag=bool(d.get("leeg_mag", False)),
        geld=d.get("geld", {}),
        kop=read_fields(d["kop"]),
        kop_ook=d.get("kop_ook", {}),
        niveaus=niveaus,
        tabellen=tuple(Uitvoer(**t) for t in d["tabellen"]),
        versie=version_of(d),
    )


@cache
def read_mappings() -> dict[tuple[str, str, str], Mapping]:
    """All mappings, by (standaard, release, berichttype)."""
    uit: dict[tuple[str, str, str], Mapping] = {}
    for bestand in sorted(MAP.glob("*.yaml")):
        mapping = read_mapping(bestand.stem)
        for leest in mapping.leest:
            for release in leest["releases"]:
                uit[(leest["standaard"], release, leest["bericht"])] = mapping
    return uit
