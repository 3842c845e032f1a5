"""Saved views: a page with its filters under a name, for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.notities import opslag

SOORT = "weergave"
MEESTE = 30


@dataclass(frozen=True)
class Weergave:
    """A page (its path) and what the address asks of it."""

    naam: str
    pad: str
    vraag: dict[str, str]


def save_weergave(bestand: Path, naam: str, pad: str, vraag: Mapping[str, str], wie: str) -> Weergave:
    """Keep a view under a name; an earlier one of that name lapses. Raises NotitieError."""
    schoon = opslag.check_text(naam, "een naam")
    bestaand = {w.naam for w in read_weergaven(bestand, wie)}
    if schoon not in bestaand and len(bestaand) >= MEESTE:
        raise opslag.NotitieError(f"U heeft al {MEESTE} weergaven. Haal er eerst een weg.")
    a = opslag.save(bestand, SOORT, wie, schoon, {"pad": pad, "vraag": dict(vraag)}, wie)
    return Weergave(a.kenmerk, pad, dict(vraag))


def read_weergaven(bestand: Path, wie: str) -> list[Weergave]:
    """The views of one person, by name."""
    return [
        Weergave(a.kenmerk, str(a.inhoud["pad"]), {str(k): str(v) for k, v in a.inhoud["vraag"].items()})
        for a in opslag.read(bestand, SOORT, wie)
    ]


def remove_weergave(bestand: Path, naam: str, wie: str) -> None:
    """Let a view lapse; nothing happens when there is none."""
    opslag.lapse(bestand, SOORT, wie, naam, wie)
