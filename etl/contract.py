"""Contracts of extracts: one YAML per table, with its columns, their types, and how it is delivered.

Ours are in etl/extracten; a municipality lays its own beside them, or one of the same name in the place of
ours, in the folder that setting `extracten_map` names. What a contract may say is checked in
`contract_check`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.contract_check import OPZOEK, check_contract, check_together, plain
from etl.errors import UsageError
from etl.fields import Veld
from etl.mapping import version_of

__all__ = ["OPZOEK", "Contract", "Kolom", "contracts_for", "plain", "read_contract", "read_contracts"]

MAP = Path(__file__).parent / "extracten"
EIGEN = "eigen"
"""Constant that stands for the one gemeentecode of the settings."""

_VAN_KOLOM = ("kolom", "mag_missen", "vertaal", "alleen", "uit", "opzoek", "nodig_bij")


@dataclass(frozen=True)
class Opzoeking:
    """A value that another extract of the same load knows: its contract, its key and the field to take."""

    contract: str
    sleutel: str
    neem: str


@dataclass(frozen=True)
class Kolom:
    """A column of an extract: its names there, the field it becomes, and what is done to its text first.

    `kolom`: the first of `namen`, '' where the value comes from elsewhere. `vertaal`: code in the file ->
    value of the field, keys in small letters, '' for an empty cell. `alleen`: texts that count, others say
    that the source itself does not count the line. `uit`: the field whose text is taken. `nodig_bij`: table
    of a split contract in which the field may not be absent.
    """

    kolom: str
    veld: Veld
    mag_missen: bool = False
    namen: tuple[str, ...] = ()
    vertaal: Mapping[str, str] = field(default_factory=dict)
    alleen: tuple[str, ...] = ()
    uit: str = ""
    opzoek: Opzoeking | None = None
    nodig_bij: str = ""

    def find(self, gevonden: Mapping[str, int]) -> int | None:
        """Place of this column in a file, by its plain names; the first name of the contract goes first."""
        return next((gevonden[plain(n)] for n in self.namen if plain(n) in gevonden), None)


@dataclass(frozen=True)
class Contract:
    """What an extract promises.

    `levering`: volledig (the newest replaces) or aanvullend (every line adds). `ontvangen`: the columns that
    say when a line was known, first one filled counts; `sleutel`: the business key. `splits`: the field that
    tells which table a line is for, and the table of each of its values.
    """

    naam: str
    tabel: str
    levering: str
    ontvangen: tuple[str, ...]
    sleutel: tuple[str, ...]
    kolommen: tuple[Kolom, ...]
    vast: dict[str, str]
    versie: str
    omschrijving: str
    splits: tuple[str, Mapping[str, str]] = ("", {})
    eigen: bool = False

    @property
    def velden(self) -> tuple[Veld, ...]:
        """The fields, in the order of the contract."""
        return tuple(k.veld for k in self.kolommen)

    @property
    def nodig(self) -> list[str]:
        """Names of the columns that may not be absent."""
        return [k.kolom for k in self.kolommen if k.kolom and not k.mag_missen]

    @property
    def bedrag(self) -> str:
        """The signed amount whose cents are counted; '' for a table without declared money."""
        return "bedrag_cent" if self.tabel == "declaratieregel" else ""

    def missing(self, gevonden: Mapping[str, int]) -> list[str]:
        """Names of the columns that the file should have and has not."""
        return [k.kolom for k in self.kolommen if k.kolom and not k.mag_missen and k.find(gevonden) is None]

    def likeness(self, gevonden: Mapping[str, int]) -> float:
        """Share of columns in common, of all that either has: 1.0 is the same set."""
        eigen = [k for k in self.kolommen if k.kolom]
        samen = len({p for k in eigen if (p := k.find(gevonden)) is not None})
        return samen / (len(eigen) + len(gevonden) - samen)

    def filled(self, gemeentecodes: frozenset[str]) -> "Contract | None":
        """The contract with the own gemeentecode where it says `eigen`; None where there is not one code.

        The code is part of what was read, so it is part of the version.
        """
        if EIGEN not in self.vast.values():
            return self
        if len(gemeentecodes) != 1:
            return None
        (code,) = gemeentecodes
        vast = {k: code if w == EIGEN else w for k, w in self.vast.items()}
        return replace(self, vast=vast, versie=version_of([self.versie, vast]))


def _read_column(naam: str, bron: str | dict[str, Any]) -> Kolom:
    k: dict[str, Any] = {"type": bron} if isinstance(bron, str) else dict(bron)
    eigen: dict[str, Any] = {s: k.pop(s) for s in _VAN_KOLOM if s in k}
    uit = str(eigen.get("uit", ""))
    gezegd = eigen.get("kolom", "" if uit else naam)
    namen = tuple(gezegd) if isinstance(gezegd, list) else (gezegd,) if gezegd else ()
    opzoek = eigen.get("opzoek")
    return Kolom(
        kolom=namen[0] if namen else "",
        veld=Veld(naam=naam, pad=namen[0] if namen else uit, **k),
        mag_missen=bool(eigen.get("mag_missen", False)),
        namen=namen,
        vertaal={str(w).strip().lower(): v for w, v in eigen.get("vertaal", {}).items()},
        alleen=tuple(str(w).strip().lower() for w in eigen.get("alleen", ())),
        uit=uit,
        opzoek=Opzoeking(**opzoek) if opzoek else None,
        nodig_bij=str(eigen.get("nodig_bij", "")),
    )


def read_contract(pad: Path, eigen: bool = False) -> Contract:
    """One contract from its YAML file; UsageError, with file and key, where it says what cannot be."""
    try:
        d = yaml.safe_load(pad.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fout:
        raise UsageError(f"Contract {pad} is niet te lezen als YAML.") from fout
    check_contract(d, str(pad))
    ontvangen = d.get("ontvangen_op", [])
    splits = d.get("splits")
    return Contract(
        naam=pad.stem,
        tabel=d["tabel"],
        levering=d["levering"],
        ontvangen=tuple([ontvangen] if isinstance(ontvangen, str) else ontvangen),
        sleutel=tuple(d["sleutel"]),
        kolommen=tuple(_read_column(naam, bron) for naam, bron in d["kolommen"].items()),
        vast=d.get("vast", {}),
        versie=version_of(d),
        omschrijving=d["omschrijving"],
        splits=(splits["veld"], splits["tabellen"]) if splits else ("", {}),
        eigen=eigen,
    )


@cache
def read_contracts() -> tuple[Contract, ...]:
    """All contracts of etl/extracten."""
    uit = tuple(read_contract(pad) for pad in sorted(MAP.glob("*.yaml")))
    check_together(uit)
    return uit


def contracts_for(map_: Path | None) -> tuple[Contract, ...]:
    """Our contracts with those of a municipality's own folder: beside them, or instead of one of that name.

    Raises UsageError for a contract that is wrong.
    """
    onze = read_contracts()
    if map_ is None:
        return onze
    # Keyed on what the files are now: a contract may be mended while a server keeps running.
    eigen = _read_own(tuple((p, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(map_.glob("*.y*ml"))))
    namen = {c.naam for c in eigen}
    uit = (*eigen, *(c for c in onze if c.naam not in namen))
    check_together(uit)
    return uit


@cache
def _read_own(bestanden: tuple[tuple[Path, int, int], ...]) -> tuple[Contract, ...]:
    return tuple(read_contract(pad, eigen=True) for pad, _, _ in bestanden)
