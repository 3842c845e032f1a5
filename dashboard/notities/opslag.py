"""The file that people's own notes are kept in: SQLite beside the snapshots, who and when on every row.

Nothing of it enters a figure: a snapshot can always be made again from the lake. A row is never changed: a
new version is a new row, and what is taken away keeps its row with the moment at which it lapsed.
"""

import json
import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LANGSTE_NAAM = 60
LANGSTE_TEKST = 2000
_NEGEN_CIJFERS = re.compile(r"(?<!\d)(?:\d{9}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3}[ .]\d{3}[ .]\d{3})(?!\d)")
_SLOT = threading.Lock()
_SCHEMA = """
CREATE TABLE IF NOT EXISTS aantekening (
    nr INTEGER PRIMARY KEY, soort TEXT NOT NULL, onderwerp TEXT NOT NULL, kenmerk TEXT NOT NULL,
    inhoud TEXT NOT NULL, wie TEXT NOT NULL, vastgelegd_op TEXT NOT NULL,
    vervallen_op TEXT, vervallen_door TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS aantekening_geldig
    ON aantekening (soort, onderwerp, kenmerk) WHERE vervallen_op IS NULL;
"""
# Scenarios were the first that people kept, in a table of their own; they move along with who and when.
_VERHUIS = """
INSERT INTO aantekening (soort, onderwerp, kenmerk, inhoud, wie, vastgelegd_op, vervallen_op, vervallen_door)
SELECT 'scenario', '', naam, inhoud, wie, vastgelegd_op, vervallen_op, vervallen_door
FROM scenario ORDER BY nr;
DROP TABLE scenario;
"""
_KOLOMMEN = "soort, onderwerp, kenmerk, inhoud, wie, vastgelegd_op, vervallen_op, vervallen_door"


class NotitieError(ValueError):
    """Something cannot be written down; the text is Dutch and fit to show."""


@dataclass(frozen=True)
class Aantekening:
    """One thing kept, in one version: its kind, what it is about, its own name, and who and when.

    soort: scenario, weergave, notitie, afspraak, werk, gezien; onderwerp: what it belongs to (an aanbieder,
    a person for saved views, '' for all); kenmerk: its name within these two.
    """

    soort: str
    onderwerp: str
    kenmerk: str
    inhoud: dict[str, Any]
    wie: str
    vastgelegd_op: datetime
    vervallen_op: datetime | None = None
    vervallen_door: str | None = None


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


def _has_table(con: sqlite3.Connection, naam: str) -> bool:
    return bool(con.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (naam,)).fetchall())


def _set_up(con: sqlite3.Connection) -> None:
    """Make the table once; two that come first at the same moment wait for each other here."""
    with _SLOT:
        if con.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            con.execute("PRAGMA journal_mode = WAL")
        if not _has_table(con, "aantekening"):
            verhuis = _VERHUIS if _has_table(con, "scenario") else ""
            con.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} {verhuis} COMMIT;")


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


def now() -> datetime:
    """The moment that is written down: UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def save(
    pad: Path, soort: str, onderwerp: str, kenmerk: str, inhoud: Mapping[str, Any], wie: str
) -> Aantekening:
    """Keep something under its name; an earlier version of that name lapses. Raises NotitieError.

    Every text in `inhoud` is to have been through `check_text` by who asks.
    """
    nieuw = Aantekening(soort, onderwerp, kenmerk, dict(inhoud), wie, now())
    with _open(pad) as con:
        _lapse(con, soort, onderwerp, kenmerk, wie, nieuw.vastgelegd_op)
        _insert(con, nieuw)
    return nieuw


def _insert(con: sqlite3.Connection, a: Aantekening) -> None:
    con.execute(
        f"INSERT INTO aantekening ({_KOLOMMEN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            a.soort,
            a.onderwerp,
            a.kenmerk,
            json.dumps(a.inhoud, ensure_ascii=False, sort_keys=True),
            a.wie,
            a.vastgelegd_op.isoformat(),
            a.vervallen_op.isoformat() if a.vervallen_op else None,
            a.vervallen_door,
        ),
    )


def _read(pad: Path, voorwaarde: str, waarden: tuple[Any, ...]) -> list[Aantekening]:
    if not pad.is_file():
        return []
    with _open(pad) as con:
        rijen = con.execute(
            f"SELECT {_KOLOMMEN} FROM aantekening WHERE {voorwaarde}",  # noqa: S608
            waarden,
        ).fetchall()
    return [
        Aantekening(
            s,
            o,
            k,
            json.loads(i),
            w,
            datetime.fromisoformat(op),
            datetime.fromisoformat(v) if v else None,
            d,
        )
        for s, o, k, i, w, op, v, d in rijen
    ]


def read(pad: Path, soort: str, onderwerp: str | None = None) -> list[Aantekening]:
    """What counts now of one kind, by name; of one subject where it is given. Empty without a file."""
    return _read(
        pad,
        "soort = ? AND (? IS NULL OR onderwerp = ?) AND vervallen_op IS NULL"
        " ORDER BY onderwerp, kenmerk COLLATE NOCASE, kenmerk",
        (soort, onderwerp, onderwerp),
    )


def read_history(pad: Path, soort: str, onderwerp: str, kenmerk: str | None = None) -> list[Aantekening]:
    """Every version ever written of one subject (and one name), the oldest first."""
    return _read(
        pad,
        "soort = ? AND onderwerp = ? AND (? IS NULL OR kenmerk = ?) ORDER BY nr",
        (soort, onderwerp, kenmerk, kenmerk),
    )


def read_all(pad: Path) -> list[Aantekening]:
    """Everything ever written, in the order in which it was."""
    return _read(pad, "TRUE ORDER BY nr", ())


def lapse(pad: Path, soort: str, onderwerp: str, kenmerk: str, wie: str) -> None:
    """Take something away; its row stays. Nothing happens when there is none."""
    with _open(pad) as con:
        _lapse(con, soort, onderwerp, kenmerk, wie, now())


def _lapse(con: sqlite3.Connection, soort: str, onderwerp: str, kenmerk: str, wie: str, op: datetime) -> None:
    con.execute(
        "UPDATE aantekening SET vervallen_op = ?, vervallen_door = ?"
        " WHERE soort = ? AND onderwerp = ? AND kenmerk = ? AND vervallen_op IS NULL",
        (op.isoformat(), wie, soort, onderwerp, kenmerk),
    )


def restore(pad: Path, alle: list[Aantekening]) -> None:
    """Write back what an export held, into a file that holds nothing yet; all of it or nothing.

    Raises NotitieError when there are notes already: two histories are not mixed.
    """
    with _open(pad) as con:
        if con.execute("SELECT count(*) FROM aantekening").fetchone() != (0,):
            raise NotitieError("Er zijn hier al notities. Zet terug in een leeg bestand.")
        for a in alle:
            _insert(con, a)
