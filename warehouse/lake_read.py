"""Opens the Delta lake for the models: one view per table, restricted to what counts at ``bekend_op``.

The views live in an attached in-memory catalog ``lake``, so a model says ``lake.declaratieregel`` and
nothing of the lake ends up in the snapshot file. Which rows count is said here only.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
from deltalake import DeltaTable

from warehouse.errors import UsageError
from warehouse.lake_schema import LAKE, LakeTable

FACTS = [naam for naam, tabel in LAKE.items() if tabel.kind == "feit"]
COUNTED_LINES = ("declaratieregel", "toewijzing", "start", "stop")


@dataclass(frozen=True)
class Lake:
    """Where the Delta tables of a lake are: files and columns per table, and what lake.json says."""

    path: Path
    files: dict[str, list[str]]
    columns: dict[str, frozenset[str]]
    versie: str
    is_voorbeeld: bool


def open_lake(path: Path) -> Lake:
    """Find the Delta tables under `path`; raises UsageError where there is no lake."""
    if not (path / "bericht" / "_delta_log").is_dir():
        raise UsageError(f"Geen lake gevonden in {path}: laad eerst berichten of extracten.")
    if (path / "wissel.json").is_file():
        raise UsageError(
            f"Het lake in {path} wordt net omgezet (andere sleutel of versie). Probeer het zo weer. Blijft "
            "dit zo, start dan de afgebroken opdracht opnieuw; die maakt het af."
        )
    files: dict[str, list[str]] = {}
    columns: dict[str, frozenset[str]] = {}
    versions: list[str] = []
    for naam in LAKE:
        if (path / naam / "_delta_log").is_dir():
            table = DeltaTable(str(path / naam))
            files[naam] = sorted(table.file_uris())
            columns[naam] = frozenset(field.name for field in table.schema().fields)
            # the load log grows with every attempt, also when nothing changed: not part of the version
            if naam != "laadlog":
                versions.append(f"{naam}:{table.version()}")
    about = path / "lake.json"
    content = json.loads(about.read_text(encoding="utf-8")) if about.is_file() else {}
    return Lake(path, files, columns, " ".join(versions), bool(content.get("voorbeeld", False)))


def _source(lake: Lake, naam: str, table: LakeTable) -> str:
    """SELECT over the files of one table with the columns of the schema, empty where the table is absent."""
    absent = table.later - lake.columns.get(naam, frozenset())
    typed = ", ".join(
        f'CAST({"NULL" if col in absent else chr(34) + col + chr(34)} AS {kind}) AS "{col}"'
        for col, kind in table.columns.items()
    )
    uris = lake.files.get(naam, [])
    if not uris:
        empty = ", ".join(f'CAST(NULL AS {kind}) AS "{col}"' for col, kind in table.columns.items())
        return f"SELECT {empty} WHERE false"
    quoted = ", ".join("'" + uri.replace("'", "''") + "'" for uri in uris)
    return f"SELECT {typed} FROM read_parquet([{quoted}], union_by_name = true)"  # noqa: S608


def latest_fact(con: duckdb.DuckDBPyConnection, lake: Lake) -> date | None:
    """Date of the newest ontvangen_op of any message or history row: the default bekend_op."""
    dates: list[datetime] = []
    for naam in FACTS:
        source = _source(lake, naam, LAKE[naam])
        newest = con.sql(f"SELECT max(ontvangen_op) FROM ({source})").fetchall()[0][0]  # noqa: S608
        if newest is not None:
            dates.append(newest)
    return max(dates).date() if dates else None


def register_lake(con: duckdb.DuckDBPyConnection, lake: Lake, bekend_op: date) -> None:
    """Create catalog ``lake`` with a view per table as known at the end of `bekend_op`.

    Raises UsageError with the name of the table whose columns are not those of the schema.
    """
    con.execute("ATTACH ':memory:' AS lake")
    con.execute("CREATE TABLE lake.grens AS SELECT CAST(? AS TIMESTAMP) AS grens", [_limit(bekend_op)])
    for naam, table in LAKE.items():
        # raw first, so that a wrong column is reported under the name of its table
        try:
            con.execute(f"CREATE VIEW lake.ruw_{naam} AS {_source(lake, naam, table)}")
            con.sql(f"SELECT * FROM lake.ruw_{naam} LIMIT 0").fetchall()  # noqa: S608
        except duckdb.Error as error:
            raise UsageError(
                f"Tabel '{naam}' van het lake heeft niet de afgesproken kolommen: {error}"
            ) from error
    con.execute(_BERICHT)
    for naam, table in LAKE.items():
        if table.kind != "bericht":
            con.execute(f"CREATE VIEW lake.{naam} AS {_view(naam, table)}")
    con.execute(f"CREATE TABLE lake.telling AS {_counts()}")


def _limit(bekend_op: date) -> datetime:
    """First moment that is not known any more: midnight after `bekend_op`."""
    return datetime.combine(bekend_op + timedelta(days=1), datetime.min.time())


# Same identity, other content: the first received counts . A refused file is no message yet, so it
# cannot be first. Extract files have no identity of their own; their rows carry their own ontvangen_op.
_BERICHT = """
CREATE TABLE lake.bericht AS
WITH bekend AS (
    SELECT b.*, b.status IN ('geladen', 'deels') AS leesbaar
    FROM lake.ruw_bericht b, lake.grens g
    WHERE b.soort = 'extract' OR b.ontvangen_op < g.grens
),
genummerd AS (
    SELECT *, row_number() OVER (
        PARTITION BY soort, leesbaar, wet, berichttype, coalesce(afzender, aanbieder_agb),
            CASE
                WHEN soort = 'bericht' THEN coalesce(identificatie, declaratienummer, bericht_id)
                ELSE bericht_id
            END
        ORDER BY ontvangen_op, bericht_id) AS volgnummer
    FROM bekend
)
SELECT * EXCLUDE (leesbaar, volgnummer), leesbaar AND volgnummer = 1 AS telt, volgnummer = 1 AS eerste
FROM genummerd
"""


def _view(naam: str, table: LakeTable) -> str:
    """The SELECT that leaves of one raw table what counts, by its kind."""
    cols = ", ".join(f'r."{col}"' for col in table.columns)
    counted = "r.bericht_id IN (SELECT bericht_id FROM lake.bericht WHERE telt)"
    known = "r.ontvangen_op < (SELECT grens FROM lake.grens)"
    source = f"SELECT {cols} FROM lake.ruw_{naam} r WHERE "  # noqa: S608
    match table.kind:
        case "feit" | "aanvullend":
            return f"{source} {counted} AND {known}"
        case "naslag":
            return f"{source} {counted}"
        case "volledig":
            whole = _newest_delivery(naam, table, counted)
            if naam != "client":
                return whole
            return (
                f"{whole} AND r.bron = 'extract'"
                f" UNION ALL {source} {counted} AND {known} AND r.bron = 'bericht'"
            )
        case _:
            return f"SELECT {cols} FROM lake.ruw_{naam} r"  # noqa: S608


def _newest_delivery(naam: str, table: LakeTable, counted: str) -> str:
    """Rows of the newest delivery known at bekend_op; when there is none, of the earliest after it.

    A delivery is told by its ontvangen_op, per municipality and, where the table has them, per wet and jaar.
    """
    keys = [col for col in ("gemeentecode", "wet", "jaar") if col in table.columns]
    cols = ", ".join(f'r."{col}"' for col in table.columns)
    key = ", ".join(keys)
    same = " AND ".join(f"d.{col} IS NOT DISTINCT FROM r.{col}" for col in keys)
    only = " AND r.bron = 'extract'" if naam == "client" else ""
    return (
        f"SELECT {cols} FROM lake.ruw_{naam} r JOIN ("  # noqa: S608
        f" SELECT {key}, coalesce(max(r.ontvangen_op) FILTER (WHERE r.ontvangen_op < g.grens),"
        f" min(r.ontvangen_op)) AS gekozen FROM lake.ruw_{naam} r, lake.grens g"
        f" WHERE {counted}{only} GROUP BY {key}"
        f") d ON {same} AND d.gekozen = r.ontvangen_op WHERE {counted}"
    )


def _counts() -> str:
    """Lines and cents per message as they lie in the lake, whether they count or not."""
    parts = []
    for naam in COUNTED_LINES:
        cents = "r.bedrag_cent" if naam == "declaratieregel" else "0"
        parts.append(
            f"SELECT '{naam}' AS tabel, r.bericht_id, r.gemeentecode, r.wet,"  # noqa: S608
            " CAST(year(r.ontvangen_op) AS BIGINT) AS jaar, count(*) AS regels,"
            f" CAST(coalesce(sum({cents}), 0) AS BIGINT) AS bedrag_cent,"
            " count(*) FILTER (WHERE r.ontvangen_op < g.grens) AS regels_bekend,"
            f" CAST(coalesce(sum({cents}) FILTER (WHERE r.ontvangen_op < g.grens), 0) AS BIGINT) AS "
            f"bedrag_bekend_cent"
            f" FROM lake.ruw_{naam} r, lake.grens g"
            " WHERE r.bericht_id IN (SELECT bericht_id FROM lake.bericht)"
            " GROUP BY r.bericht_id, r.gemeentecode, r.wet, year(r.ontvangen_op)"
        )
    return " UNION ALL ".join(parts)
