"""The generation that is published now, as catalog ``vorige``: what mart.verschil compares the new one with.

A snapshot depends on (lake, bekend_op) alone; mart.verschil is the one table that also depends on what was
published before it (docs/besluiten/0009). Where there is nothing to compare with, the tables are empty.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.publish import generations

_LINE = (
    "bericht_id VARCHAR, regel_nr BIGINT, gemeentecode VARCHAR, wet VARCHAR, productcategorie VARCHAR,"
    " productcode VARCHAR, levermaand DATE, bedrag_cent BIGINT, realisatie_cent BIGINT"
)
TABLES = {
    "snapshot": ("meta.snapshot", "generatie VARCHAR, bekend_op DATE, laatste_levermaand DATE"),
    "declaratieregel": ("kern.declaratieregel", _LINE),
    "pq_maand": (
        "mart.pq_maand",
        "levermaand DATE, gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR, realisatie_cent BIGINT",
    ),
    "uitnutting_maand": (
        "mart.uitnutting_maand",
        "levermaand DATE, gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR, toegewezen_cent BIGINT",
    ),
    "uitgaven_jaar": (
        "mart.uitgaven_jaar",
        "jaar BIGINT, gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR, realisatie_cent BIGINT,"
        " bron VARCHAR",
    ),
    "reeks_jaar": (
        "mart.reeks_jaar",
        "jaar BIGINT, gemeentecode VARCHAR, niveau VARCHAR, wet VARCHAR, clienten BIGINT",
    ),
    "begroting_jaar": (
        "mart.begroting_jaar",
        "jaar BIGINT, gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR, soort VARCHAR,"
        " bedrag_cent BIGINT",
    ),
}
"""What is compared: name in catalog ``vorige`` -> (table of the snapshot, columns with their types)."""


@dataclass(frozen=True)
class Vorige:
    """What the new snapshot was compared with; without a generation `reden` says (in Dutch) why not."""

    generatie: str | None
    bekend_op: date | None
    reden: str | None


def find_previous(out: Path) -> Path | None:
    """File of the generation that `out` points to, else of the newest beside it; None for a first build."""
    if out.is_symlink() and out.exists():
        return out.resolve()
    found = generations(out)
    return found[-1] if found else None


def register_previous(con: duckdb.DuckDBPyConnection, path: Path | None, bekend_op: date) -> Vorige:
    """Create catalog ``vorige`` over the snapshot at `path`, with empty tables when it cannot be compared.

    A snapshot that knows more than the new one (a replay of an earlier date) is no previous one.
    """
    con.execute("ATTACH ':memory:' AS vorige")
    if path is None:
        return _empty(con, "Dit is de eerste snapshot.")
    try:
        con.execute(f"ATTACH '{path.as_posix().replace(chr(39), chr(39) * 2)}' AS vorig_bestand (READ_ONLY)")
        for name, (source, columns) in TABLES.items():
            typed = ", ".join(
                f"CAST({c.split()[0]} AS {c.split()[1]}) AS {c.split()[0]}" for c in _split(columns)
            )
            con.execute(
                f"CREATE VIEW vorige.{name} AS SELECT {typed} FROM vorig_bestand.{source}"  # noqa: S608
            )
            con.sql(f"SELECT * FROM vorige.{name} LIMIT 0").fetchall()  # noqa: S608
        rows = con.sql("SELECT generatie, bekend_op FROM vorige.snapshot").fetchall()
    except duckdb.Error:
        return _empty(con, "De vorige snapshot is niet te lezen of van een oudere versie.")
    if len(rows) != 1:
        return _empty(con, "De vorige snapshot is niet te lezen of van een oudere versie.")
    if rows[0][1] > bekend_op:
        return _empty(con, "De vorige snapshot kent meer dan deze: zijn datum van kennis is later.")
    return Vorige(rows[0][0], rows[0][1], None)


def _split(columns: str) -> list[str]:
    """'a X, b Y' -> ['a X', 'b Y']."""
    return [part.strip() for part in columns.split(",")]


def _empty(con: duckdb.DuckDBPyConnection, reason: str) -> Vorige:
    """Replace what was made so far by empty tables."""
    for name, (_, columns) in TABLES.items():
        con.execute(f"DROP VIEW IF EXISTS vorige.{name}")
        con.execute(f"CREATE TABLE vorige.{name} ({columns})")
    with suppress(duckdb.Error):
        con.execute("DETACH vorig_bestand")
    return Vorige(None, None, reason)


def write_comparison(con: duckdb.DuckDBPyConnection, vorige: Vorige) -> None:
    """Write ``meta.vergelijking``: the generation that mart.verschil compares with, or why there is none."""
    con.execute(
        "CREATE TABLE meta.vergelijking AS SELECT CAST(? AS VARCHAR) AS generatie,"
        " CAST(? AS DATE) AS bekend_op, CAST(? AS VARCHAR) AS reden",
        [vorige.generatie, vorige.bekend_op, vorige.reden],
    )
