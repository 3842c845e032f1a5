"""Building a snapshot out of a tiny lake, and asking it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.tiny import Tables, build, write_lake
from warehouse.build import Options

Snapshot = Callable[..., "Vraag"]


class Vraag:
    """A built snapshot: call it with SQL to get its rows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, sql: str) -> list[tuple[Any, ...]]:
        con = duckdb.connect(str(self.path.resolve()), read_only=True)
        try:
            return con.sql(sql).fetchall()
        finally:
            con.close()


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Build a snapshot of a tiny lake, known at a date (default 31 October 2026)."""
    numbers = iter(range(1000))

    def make(tables: Tables, bekend_op: str = "2026-10-31", options: Options | None = None) -> Vraag:
        place = tmp_path / str(next(numbers))
        lake = write_lake(place / "lake", tables)
        out = place / "snapshot.duckdb"
        build(lake, out, date.fromisoformat(bekend_op), options)
        return Vraag(out)

    return make
