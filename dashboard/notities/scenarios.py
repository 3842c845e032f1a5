"""Scenarios of the knobs, kept by name for everyone."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.notities import opslag

SOORT = "scenario"


@dataclass(frozen=True)
class Scenario:
    """A saved scenario in its newest version."""

    naam: str
    inhoud: dict[str, Any]
    wie: str
    vastgelegd_op: datetime


def save_scenario(pad: Path, naam: str, inhoud: dict[str, Any], wie: str) -> Scenario:
    """Keep a scenario under its name; an earlier one of that name lapses. Raises NotitieError."""
    a = opslag.save(pad, SOORT, "", opslag.check_text(naam, "een naam"), inhoud, wie)
    return Scenario(a.kenmerk, a.inhoud, a.wie, a.vastgelegd_op)


def read_scenarios(pad: Path) -> list[Scenario]:
    """The scenarios that count, by name; empty where nothing was ever written down."""
    return [Scenario(a.kenmerk, a.inhoud, a.wie, a.vastgelegd_op) for a in opslag.read(pad, SOORT)]


def remove_scenario(pad: Path, naam: str, wie: str) -> None:
    """Let the scenario of this name lapse; nothing happens when there is none."""
    opslag.lapse(pad, SOORT, "", naam, wie)
