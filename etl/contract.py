"""Contracts of extracts: one YAML per table, with its columns, their types, and how it is delivered."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.fields import Veld
from etl.mapping import version_of

MAP = Path(__file__).parent / "extracten"


@dataclass(frozen=True)
class Kolom:
    """A column of an extract: its name there, the field it becomes, and whether it may be absent."""

    kolom: str
    veld: Veld
    mag_missen: bool = False


@dataclass(frozen=True)
class Contract:
    """What an extract promises.

    `levering`: volledig (the newest replaces) or aanvullend (every line adds). `ontvangen`: the columns that
    say when a line was known, first one filled counts; `sleutel`: the business key.
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

    @property
    def velden(self) -> tuple[Veld, ...]:
        """The fields, in the order of the contract."""
        return tuple(k.veld for k in self.kolommen)

    @property
    def nodig(self) -> list[str]:
        """Names of the columns that may not be absent."""
        return [k.kolom for k in self.kolommen if not k.mag_missen]

    def likeness(self, gevonden: list[str]) -> float:
        """Share of columns in common, of all that either has: 1.0 is the same set."""
        eigen, ander = {k.kolom for k in self.kolommen}, set(gevonden)
        return len(eigen & ander) / len(eigen | ander)


def read_contract(pad: Path) -> Contract:
    """One contract from its YAML file."""
    d: dict[str, Any] = yaml.safe_load(pad.read_text(encoding="utf-8"))
    kolommen = []
    for naam, bron in d["kolommen"].items():
        k = {"type": bron} if isinstance(bron, str) else dict(bron)
        mag_missen = bool(k.pop("mag_missen", False))
        kolom = k.pop("kolom", naam)
        kolommen.append(Kolom(kolom, Veld(naam=naam, pad=kolom, **k), mag_missen))
    ontvangen = d["ontvangen_op"]
    return Contract(
        naam=pad.stem,
        tabel=d["tabel"],
        levering=d["levering"],
        ontvangen=tuple([ontvangen] if isinstance(ontvangen, str) else ontvangen),
        sleutel=tuple(d["sleutel"]),
        kolommen=tuple(kolommen),
        vast=d.get("vast", {}),
        versie=version_of(d),
        omschrijving=d["omschrijving"],
    )


@cache
def read_contracts() -> tuple[Contract, ...]:
    """All contracts of etl/extracten."""
    return tuple(read_contract(pad) for pad in sorted(MAP.glob("*.yaml")))
