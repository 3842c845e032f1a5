"""Each definition that readers see is an example that runs."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.tiny import build, write_lake
from warehouse.begrippen import Begrip, read_begrippen, render_docs

REQUIRED = {
    "realisatie",
    "levermaand",
    "p",
    "q",
    "clienten",
    "uitnutting",
    "toegewezen_volume",
    "instroom",
    "uitstroom",
    "bijkomend",
    "doorstroom",
    "afgevallen",
    "kosten_per_client",
    "aansluiting",
    "vorig_jaar_toen",
}
ALL = read_begrippen()
DOCS = Path(__file__).resolve().parents[2] / "docs" / "begrippen.md"


def normal(row: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """A row as sorted pairs with plain values, so that a YAML row and a database row compare."""

    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime | date):
            return value.isoformat()
        return value

    return tuple(sorted((naam, plain(value)) for naam, value in row.items()))


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.begrip)
def test_example_gives_the_expected_rows(spec: Begrip, tmp_path: Path) -> None:
    out = tmp_path / "snapshot.duckdb"
    build(write_lake(tmp_path / "lake", spec.lake), out, date.fromisoformat(spec.bekend_op))
    con = duckdb.connect(str(out.resolve()), read_only=True)
    answer = con.sql(spec.vraag)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]
    model = spec.model.split(".")
    assert con.sql(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?", params=model
    ).fetchall()
    shown = con.sql(
        "SELECT definitie, formule FROM meta.begrip WHERE begrip = ?", params=[spec.begrip]
    ).fetchall()
    con.close()
    assert sorted(map(normal, rows), key=str) == sorted(map(normal, spec.verwacht), key=str)
    assert shown == [(spec.definitie, spec.formule)]


def test_all_required_definitions_exist() -> None:
    assert {spec.begrip for spec in ALL} >= REQUIRED


def test_docs_are_what_the_specifications_and_headers_say() -> None:
    assert DOCS.read_text(encoding="utf-8") == render_docs(), "verouderd: python -m warehouse docs"


def test_docs_command_writes_them(tmp_path: Path) -> None:
    out = tmp_path / "begrippen.md"
    done = subprocess.run(
        [sys.executable, "-m", "warehouse", "docs", "--out", str(out)],
        cwd=DOCS.parent.parent,
        env=os.environ,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert out.read_text(encoding="utf-8") == render_docs()
