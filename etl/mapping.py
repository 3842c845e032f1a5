"""Mappings of messages: one YAML per family and shape, from which the parser, columns and checks are made."""

import hashlib
import json
import re
import tempfile
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import polars as pl
import xml2arrow
import yaml

from etl.fields import Veld, raw_names, read_fields, read_types

MAP = Path(__file__).parent / "berichten"
RELEASES = Path(__file__).parent / "standaard" / "releases.yaml"

LEZER_VERSIE = 2
"""Raised when the code reads the same mapping differently or checks another rule (`regels`), so that files
may be loaded again.
"""

BUNDEL = "Bundel"

_LADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe loader in C where PyYAML has it: fifty small files at every start."""

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

    @property
    def is_there(self) -> pl.Expr:
        """Whether a message holds this element, of one that is read with the header: a field is filled."""
        return pl.any_horizontal(pl.col(naam).is_not_null() for v in self.velden for naam in raw_names(v))

    @cached_property
    def telpatroon(self) -> re.Pattern[bytes]:
        """Finds every end of this element in a document without comments: the second, cheaper count.

        Where an element of the same name stands inside it (the 315 of 2.0: Product in Product), only an end
        counts that is followed by a next one or by the end of the list.
        """
        naam, lijst = (re.escape(n.encode()) for n in (self.element, f"Bericht/{self.pad}".split("/")[-2]))
        binnen = any(v.pad.split("/")[0] == self.element for v in self.velden)
        einde = rb"</(?:[\w.-]+:)?" + naam + rb"\s*>"
        leeg = rb"<(?:[\w.-]+:)?" + naam + rb"(?:\s[^<>]*)?/>"
        if binnen:
            return re.compile(
                einde + rb"(?=\s*<(?:/(?:[\w.-]+:)?" + lijst + rb"\s*>|(?:[\w.-]+:)?" + naam + rb"[\s/>]))"
            )
        return re.compile(einde + rb"|" + leeg)


@dataclass(frozen=True)
class Uitvoer:
    """Which lake table the rows of a level go to.

    `als`: only rows in which this column is filled. `codes`: the level with their return codes. `adres`: the
    levels with addresses. `vast`, `neem`: columns that are fixed, and that are named otherwise.
    """

    tabel: str
    niveau: str
    als: str = ""
    codes: str = ""
    adres: tuple[str, ...] = ()
    vast: dict[str, str] = field(default_factory=dict)
    neem: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """How the messages of one family and shape are read.

    `eenheden`: the levels that are counted as lines. `kenmerk`: an element that tells this shape from another
    of the same release; without one it is the shape that is taken where no other fits.
    `kop_ook`: header columns that repeat another one (the 303's invoice number is its identity as well).
    """

    naam: str
    leest: tuple[dict[str, Any], ...]
    aanbieder: str
    gemeente: str
    eenheden: tuple[str, ...]
    kenmerk: str
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

    def rows_of(self, naam: str, tabellen: dict[str, pl.DataFrame]) -> pl.DataFrame:
        """The rows of a level in the parsed tables.

        An element that a message holds once has no table: it is there where one of its fields is.
        """
        niveau = self.niveaus[naam]
        return tabellen["kop"].filter(niveau.is_there) if niveau.enkel else tabellen[naam]

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
        kop = [v for k in self.kop for v in _parser_fields(k, bericht)]
        kop += [v for n in los for k in n.velden for v in _parser_fields(k, f"{bericht}/{n.pad}")]
        tabellen: list[dict[str, Any]] = [{"name": "kop", "xml_path": om or "/", "levels": f, "fields": kop}]
        for niveau in self.repeating:
            heel = f"{bericht}/{niveau.pad}"
            tabellen.append(
                {
                    "name": niveau.naam,
                    "xml_path": heel.rsplit("/", 1)[0],
                    "levels": [*f, *self.keys_of(niveau.naam)],
                    "fields": [v for k in niveau.velden for v in _parser_fields(k, heel)],
                }
            )
        # The configuration holds no data; the library takes a path only.
        with tempfile.TemporaryDirectory() as tijdelijk:
            pad = Path(tijdelijk) / "mapping.yaml"
            pad.write_text(
                yaml.safe_dump({"parser_options": {"trim_text": True}, "tables": tabellen}), encoding="utf-8"
            )
            return xml2arrow.XmlToArrowParser(pad)


def _parser_fields(veld: Veld, basis: str) -> list[dict[str, Any]]:
    """The columns of one field: one a path, named as `fields.raw_names` expects them."""
    paden = [basis if pad == "." else f"{basis}/{pad}" for pad in (veld.pad, *veld.ook)]
    namen = [veld.naam, *(f"{veld.naam}#{n}" for n in range(len(veld.ook)))]
    return [
        {"name": naam, "xml_path": pad, "data_type": "Utf8", "nullable": True}
        for naam, pad in zip(namen, paden, strict=True)
    ]


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


@cache
def _read_yaml(pad: Path) -> dict[str, Any]:
    """One YAML file; many mappings inherit from the same one, so it is read once and never changed."""
    inhoud: dict[str, Any] = yaml.load(pad.read_text(encoding="utf-8"), Loader=_LADER)
    return inhoud


def definition(naam: str) -> dict[str, Any]:
    """The YAML of a mapping, with what it inherits filled in; of several parents the last one goes on top."""
    bron = dict(_read_yaml(MAP / f"{naam}.yaml"))
    ouders = bron.pop("erft", [])
    onder: dict[str, Any] = {}
    for ouder in [ouders] if isinstance(ouders, str) else ouders:
        onder = merge(onder, definition(ouder))
    return merge(onder, bron)


def version_of(bron: object) -> str:
    """Version of a mapping or contract: the reader's own version and a hash of what was declared.

    Comments and layout do not count; a changed path, type or column does.
    """
    kern = json.dumps([bron, read_types()], sort_keys=True, default=str)
    return f"{LEZER_VERSIE}-{hashlib.sha256(kern.encode()).hexdigest()[:8]}"


def read_releases() -> dict[str, list[str]]:
    """The releases that share a shape of message, by the name of that shape."""
    return _read_yaml(RELEASES)


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
        eenheden=_names(d["eenheid"]),
        kenmerk=d.get("kenmerk", ""),
        leeg_mag=bool(d.get("leeg_mag", False)),
        geld=d.get("geld", {}),
        kop=read_fields(d["kop"]),
        kop_ook=d.get("kop_ook", {}),
        niveaus=niveaus,
        tabellen=tuple(Uitvoer(**t | {"adres": _names(t.get("adres", []))}) for t in d["tabellen"]),
        # Which releases it reads as well says nothing of how it reads one.
        versie=version_of({k: v for k, v in d.items() if k != "leest"}),
    )


def _names(gezegd: str | list[str]) -> tuple[str, ...]:
    return (gezegd,) if isinstance(gezegd, str) else tuple(gezegd)


Sleutel = tuple[str, str, str]
"""(standaard, release, berichttype)."""


@cache
def read_shapes() -> dict[Sleutel, tuple[Mapping, ...]]:
    """All mappings by what they read; those with a `kenmerk` first, the general one last."""
    uit: dict[Sleutel, list[Mapping]] = {}
    for bestand in sorted(MAP.glob("*.yaml")):
        mapping = read_mapping(bestand.stem)
        for leest in mapping.leest:
            gezegd = leest["releases"]
            for release in read_releases()[gezegd] if isinstance(gezegd, str) else gezegd:
                uit.setdefault((leest["standaard"], release, leest["bericht"]), []).append(mapping)
    return {sleutel: tuple(sorted(m, key=lambda m: not m.kenmerk)) for sleutel, m in uit.items()}


def read_mappings() -> dict[Sleutel, Mapping]:
    """The general mapping of everything that is read: of old releases the shape of the newer ones."""
    return {sleutel: vormen[-1] for sleutel, vormen in read_shapes().items()}


def choose_mapping(sleutel: Sleutel, tekst: bytes) -> Mapping | None:
    """The mapping whose shape this text has; None where nobody reads this release or message."""
    for mapping in read_shapes().get(sleutel, ()):
        kenmerk = re.escape(mapping.kenmerk.encode())
        if not kenmerk or re.search(rb"<(?:[\w.-]+:)?" + kenmerk + rb"[\s/>]", tekst):
            return mapping
    return None
