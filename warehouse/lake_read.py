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
    """Date of the newest receipt of any readable message or history row: the default bekend_op.

    Rows without their bericht are what a killed load left behind: they do not count here either.
    """
    messages = _source(lake, "bericht", LAKE["bericht"])
    dates = con.sql(
        f"SELECT max(ontvangen_op) FROM ({messages})"  # noqa: S608
        " WHERE soort = 'bericht' AND status IN ('geladen', 'deels')"
    ).fetchall()
    for naam in FACTS:
        source = _source(lake, naam, LAKE[naam])
        dates += con.sql(
            f"SELECT max(ontvangen_op) FROM ({source})"  # noqa: S608
            f" WHERE bericht_id IN (SELECT bericht_id FROM ({messages}))"
        ).fetchall()
    known = [moment for (moment,) in dates if moment is not None]
    return max(known).date() if known else None


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
    con.execute(f"CREATE VIEW lake.besloten AS {_decided()}")
    con.execute(_BERICHT)
    con.execute(_TELT)
    con.execute(f"CREATE TABLE lake.telling AS {_counts()}")
    con.execute(_NA_DE_GRENS)
    for naam, table in LAKE.items():
        if table.kind != "bericht":
            con.execute(f"CREATE VIEW lake.{naam} AS {_view(naam, table)}")


def _limit(bekend_op: date) -> datetime:
    """First moment that is not known any more: midnight after `bekend_op`."""
    return datetime.combine(bekend_op + timedelta(days=1), datetime.min.time())


DECISIONS = ("begroting", "programmering", "breuk", "maatregel")
"""Tables whose moment is that of a decision, which may lie ahead of the delivery that tells it."""


def _decided() -> str:
    """SELECT of the extract files of decisions of which something is known."""
    return " UNION ALL ".join(
        f"SELECT r.bericht_id FROM lake.ruw_{naam} r, lake.grens g"  # noqa: S608
        + (" WHERE r.ontvangen_op < g.grens" if LAKE[naam].kind == "aanvullend" else "")
        for naam in DECISIONS
    )


# A message is known from its receipt, an extract from the newest moment in it: it cannot have been there
# before. A file of decisions (DECISIONS) may lie ahead of its delivery, so it is known from its first row.
# Same identity, other content: the first received counts. A refused file is no message yet, so it cannot be
# first. Extract files have no identity of their own.
_BERICHT = """
CREATE TABLE lake.bericht AS
WITH bekend AS (
    SELECT b.*, b.status IN ('geladen', 'deels') AS leesbaar
    FROM lake.ruw_bericht b, lake.grens g
    WHERE b.ontvangen_op < g.grens
        OR (b.soort = 'extract' AND (
            b.ontvangen_op IS NULL OR b.bericht_id IN (SELECT bericht_id FROM lake.besloten)
        ))
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

# The rows of an extract count from their own moment, also when the file itself came later: history that is
# loaded at once can be replayed. Which of two files that tell the same row is heard is said by `voorrang`:
# of the known ones the newest (1 is first), of those that came after bekend_op the earliest. So a later
# delivery changes nothing in what an earlier one told.
_TELT = """
CREATE TABLE lake.telt AS
SELECT r.bericht_id, b.bericht_id IS NOT NULL AS bekend,
    row_number() OVER (
        ORDER BY CASE WHEN b.bericht_id IS NOT NULL THEN 0 ELSE 1 END,
            CASE WHEN b.bericht_id IS NOT NULL THEN r.ontvangen_op END DESC, r.ontvangen_op, r.bericht_id
    ) AS voorrang
FROM lake.ruw_bericht r
LEFT JOIN lake.bericht b ON b.bericht_id = r.bericht_id
WHERE b.telt OR (b.bericht_id IS NULL AND r.soort = 'extract' AND r.status IN ('geladen', 'deels'))
"""

# The loader's own notes carry the moment of loading, not of receipt. What was noted from the first load of a
# file with facts that came after bekend_op is of after bekend_op, unless it is about a file that was known.
_NA_DE_GRENS = """
CREATE TABLE lake.na_de_grens AS
WITH later AS (
    SELECT r.bericht_id
    FROM lake.ruw_bericht r
    WHERE r.bericht_id NOT IN (SELECT bericht_id FROM lake.bericht) AND r.status IN ('geladen', 'deels')
        AND (r.soort = 'bericht' OR r.bericht_id IN (SELECT bericht_id FROM lake.telling))
)
SELECT min(l.geladen_op) AS geladen_op
FROM lake.ruw_laadlog l
WHERE l.status IN ('geladen', 'deels') AND l.bericht_id IN (SELECT bericht_id FROM later)
"""


def _view(naam: str, table: LakeTable) -> str:
    """The SELECT that leaves of one raw table what counts, by its kind."""
    cols = ", ".join(f'r."{col}"' for col in table.columns)
    counted = "r.bericht_id IN (SELECT bericht_id FROM lake.telt)"
    known = "r.ontvangen_op < (SELECT grens FROM lake.grens)"
    source = f"SELECT {cols} FROM lake.ruw_{naam} r WHERE "  # noqa: S608
    match table.kind:
        case "feit" | "aanvullend":
            return f"{source} {counted} AND {known}"
        case "naslag":
            return f"{source} {counted}"
        case "maatstaf":
            return (
                f"{source} {counted} AND (r.ontvangen_op IS NULL OR {known} OR NOT EXISTS ("  # noqa: S608
                f"SELECT 1 FROM lake.ruw_{naam} k, lake.grens g WHERE k.gemeentecode = r.gemeentecode"
                " AND (k.ontvangen_op IS NULL OR k.ontvangen_op < g.grens)))"
            )
        case "volledig":
            whole = _newest_delivery(naam, table, counted)
            if naam != "client":
                return whole
            return (
                f"{whole} AND r.bron = 'extract'"
                f" UNION ALL {source} {counted} AND {known} AND r.bron = 'bericht'"
            )
        case _:
            return f"{source} {_noted(naam)}"


def _noted(naam: str) -> str:
    """Condition for the loader's notes: about a file known at bekend_op, or noted before what came after.

    An attempt that brought nothing in (refused, unknown, the same again) is about no file of its own.
    """
    about_known = "r.bericht_id IN (SELECT bericht_id FROM lake.bericht)"
    before = "(SELECT geladen_op FROM lake.na_de_grens)"
    if naam == "laadlog":
        brought = f"{about_known} AND r.status IN ('geladen', 'deels')"
        return f"({brought} OR {before} IS NULL OR r.geladen_op < {before})"
    return (
        f"({about_known} OR {before} IS NULL OR NOT EXISTS ("  # noqa: S608
        f"SELECT 1 FROM lake.ruw_laadlog l WHERE l.bericht_id = r.bericht_id AND l.geladen_op >= {before}))"
    )


def _newest_delivery(naam: str, table: LakeTable, counted: str) -> str:
    """Rows of the newest delivery known at bekend_op; when there is none, of the earliest after it.

    A delivery is told by its ontvangen_op, per municipality and, where the table has them, per wet and jaar.
    What comes after it serves only where a municipality (and wet) had delivered nothing yet: a new jaar
    delivered later was not known then.
    """
    keys = [col for col in ("gemeentecode", "wet", "jaar") if col in table.columns]
    whole = ", ".join(f"r.{col}" for col in keys if col != "jaar")
    cols = ", ".join(f'r."{col}"' for col in table.columns)
    key = ", ".join(keys)
    same = " AND ".join(f"d.{col} IS NOT DISTINCT FROM r.{col}" for col in keys)
    only = " AND r.bron = 'extract'" if naam == "client" else ""
    return (
        f"SELECT {cols} FROM lake.ruw_{naam} r JOIN ("  # noqa: S608
        f" SELECT {key}, CASE WHEN max(ooit) THEN max(ontvangen_op) FILTER (WHERE was_bekend)"
        f" ELSE min(ontvangen_op) END AS gekozen FROM ("
        f"SELECT {', '.join(f'r.{col}' for col in keys)}, r.ontvangen_op,"
        " r.ontvangen_op < g.grens AS was_bekend,"
        f" max(r.ontvangen_op < g.grens) OVER (PARTITION BY {whole}) AS ooit"
        f" FROM lake.ruw_{naam} r, lake.grens g WHERE {counted}{only}) GROUP BY {key}"
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
            " WHERE r.bericht_id IN (SELECT bericht_id FROM lake.ruw_bericht)"
            " GROUP BY r.bericht_id, r.gemeentecode, r.wet, year(r.ontvangen_op)"
        )
    return " UNION ALL ".join(parts)
