"""Lineage: out of which tables and messages each published table comes, read from the models themselves.

Helper tables (``tussen``) and analyse steps are not published; what reads them counts as reading what they
read.
"""

from collections.abc import Iterable

import duckdb

from warehouse.graph import Step
from warehouse.lake_schema import LAKE

PUBLISHED = ("kern", "mart")
Herkomst = tuple[str, str, str]
"""Table, what it reads, and which layer that is: 'kern', 'mart' or 'lake'."""


def derive_herkomst(steps: Iterable[Step]) -> list[Herkomst]:
    """Rows (table, reads, layer) of every published table, sorted; only published tables and the lake."""
    writer = {table: step for step in steps for table in step.writes}
    seen: dict[str, frozenset[str]] = {}

    def reach(table: str) -> frozenset[str]:
        """Published tables and lake tables that `table` is made of, through helper tables."""
        if table not in seen:
            found: set[str] = set()
            for read in writer[table].reads:
                layer, name = read.split(".")
                # what the build counts about the lake itself (lake.telling) is no table of the lake
                if layer in PUBLISHED or (layer == "lake" and name in LAKE):
                    found.add(read)
                elif read in writer:
                    found |= reach(read)
            seen[table] = frozenset(found)
        return seen[table]

    published = [table for table in writer if table.split(".")[0] in PUBLISHED]
    return sorted((table, read, read.split(".")[0]) for table in published for read in reach(table))


def write_herkomst(con: duckdb.DuckDBPyConnection, steps: Iterable[Step]) -> None:
    """Write ``meta.herkomst``: what the models read, and which messages and extracts fed each lake table.

    Columns tabel, leest_uit and soort ('kern', 'mart', 'lake', 'bericht' or 'extract'); the last two are what
    was really loaded into this snapshot.
    """
    rows = derive_herkomst(steps)
    con.execute("CREATE TABLE meta.herkomst (tabel VARCHAR, leest_uit VARCHAR, soort VARCHAR)")
    con.executemany("INSERT INTO meta.herkomst VALUES (?, ?, ?)", [list(row) for row in rows])
    for name in sorted({read.removeprefix("lake.") for _, read, layer in rows if layer == "lake"}):
        if name != "bericht" and "bericht_id" in LAKE[name].columns:
            con.execute(
                f"""INSERT INTO meta.herkomst SELECT ?, b.berichttype, b.soort FROM lake.bericht b
                    WHERE b.bericht_id IN (SELECT bericht_id FROM lake.{name}) AND b.berichttype IS NOT NULL
                    GROUP BY b.berichttype, b.soort ORDER BY b.soort, b.berichttype""",  # noqa: S608
                [f"lake.{name}"],
            )
