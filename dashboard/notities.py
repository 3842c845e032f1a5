"""What people write down themselves: a small SQLite file beside the snapshots, who and when on every row.

Nothing of it enters a figure: a snapshot can always be made again from the lake. A row is never changed; a
new version is a new row, and what is taken away keeps its row with the moment at which it lapsed.
"""

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LANGSTE_NAAM = 60
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_SLOT = threading.Lock()
_SCHEMA = """
CREATE TABLE IF NOT EXISTS scenario (
    nr INTEGER PRIMARY KEY, naam TEXT NOT NULL, inhoud TEXT NOT NULL, wie TEXT NOT NULL,
    vastgelegd_op TEXT NOT NULL, vervallen_op TEXT, vervallen_door TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS scenario_naam ON scenario (naam) WHERE vervallen_op IS NULL;
"""


class NotitieError(ValueError):
    """Something cannot be written down; the text is Dutch and fit to show."""


@dataclass(frozen=True)
class Scenario:
    """A saved scenario in its newest version."""

    naam: str
    inhoud: dict[str, Any]
    wie: str
    vastgelegd_op: datetime


def check_text(tekst: str, wat: str, langste: int = LANGSTE_NAAM) -> str:
    """Text that may be kept; raises NotitieError when empty, too long or with what looks like a BSN."""
    schoon = " ".join(tekst.split())
    if not schoon:
        raise NotitieError(f"Geef {wat}.")
    if len(schoon) > langste:
        raise NotitieError(f"Houd {wat} korter dan {langste} tekens.")
    if _NEGEN_CIJFERS.search(schoon):
        raise NotitieError(
            "Er staan negen cijfers achter elkaar in. Dat kan een BSN zijn en wordt niet bewaard."
        )
    return schoon


def _set_up(con: sqlite3.Connection) -> None:
    """Make the tables once; two that come first at the same moment wait for each other here."""
    with _SLOT:
        if con.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            con.execute("PRAGMA journal_mode = WAL")
        if con.execute("SELECT count(*) FROM sqlite_master WHERE name = 'scenario'").fetchone() == (0,):
            con.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")


@contextmanager
def _open(pad: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one action; writers wait for each other, readers for nobody."""
    try:
        pad.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(pad, timeout=10, isolation_level=None)) as con:
            _set_up(con)
            con.execute("BEGIN IMMEDIATE")
            yield con
            con.execute("COMMIT")
    except (sqlite3.Error, OSError) as fout:
        raise NotitieError(
            "De notities kunnen niet worden gelezen of bewaard. Meld dit aan functioneel beheer."
        ) from fout


def save_scenario(pad: Path, naam: str, inhoud: dict[str, Any], wie: str) -> Scenario:
    """Keep a scenario under its name; an earlier one of that name lapses. Raises NotitieError."""
    schoon = check_text(naam, "een naam")
    nu = datetime.now(UTC).replace(microsecond=0)
    with _open(pad) as con:
        _lapse(con, schoon, wie, nu)
        con.execute(
            "INSERT INTO scenario (naam, inhoud, wie, vastgelegd_op) VALUES (?, ?, ?, ?)",
            (schoon, json.dumps(inhoud, ensure_ascii=False, sort_keys=True), wie, nu.isoformat()),
        )
    return Scenario(schoon, inhoud, wie, nu)


def read_scenarios(pad: Path) -> list[Scenario]:
    """The scenarios that count, by name; empty where nothing was ever written down."""
    if not pad.is_file():
        return []
    with _open(pad) as con:
        rijen = con.execute(
            "SELECT naam, inhoud, wie, vastgelegd_op FROM scenario WHERE vervallen_op IS NULL"
            " ORDER BY naam COLLATE NOCASE, naam"
        ).fetchall()
    return [Scenario(n, json.loads(i), w, datetime.fromisoformat(op)) for n, i, w, op in rijen]


def remove_scenario(pad: Path, naam: str, wie: str) -> None:
    """Let the scenario of this name lapse; nothing happens when there is none."""
    with _open(pad) as con:
        _lapse(con, naam, wie, datetime.now(UTC).replace(microsecond=0))


def _lapse(con: sqlite3.Connection, naam: str, wie: str, nu: datetime) -> None:
    con.execute(
        "UPDATE scenario SET vervallen_op = ?, vervallen_door = ? WHERE naam = ? AND vervallen_op IS NULL",
        (nu.isoformat(), wie, naam),
    )
