"""Definitions that run: a specification per begrip, tested on a tiny lake and shown to the reader.

A specification is a YAML file in ``tests/begrippen``: begrip, titel, definitie, formule, eenheid, bron,
model (the table that holds the figure), lake (tiny input tables), vraag (a SELECT on the snapshot),
verwacht (its rows), waarom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse.errors import ModelError
from warehouse.graph import MODELS, read_models

SPECIFICATIONS = Path(__file__).resolve().parent.parent / "tests" / "begrippen"
SHOWN = ("begrip", "titel", "definitie", "formule", "eenheid", "bron", "model")


@dataclass(frozen=True)
class Begrip:
    """One specification: the words shown to a reader and the example that is tested."""

    begrip: str
    titel: str
    definitie: str
    formule: str
    eenheid: str
    bron: str
    model: str
    waarom: str
    bekend_op: str
    lake: dict[str, list[dict[str, Any]]]
    vraag: str
    verwacht: list[dict[str, Any]]


@cache
def _parse(text: str) -> dict[str, Any]:
    """Content of one specification; the same text gives the same object, which nobody changes."""
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def read_begrippen(folder: Path = SPECIFICATIONS) -> list[Begrip]:
    """Read all specifications, by name; raises ModelError where one lacks a field."""
    found = []
    for file in sorted(folder.glob("*.yaml")):
        content = _parse(file.read_text(encoding="utf-8"))
        try:
            fields = {key: str(content[key]).strip() for key in (*SHOWN, "waarom", "bekend_op", "vraag")}
            found.append(Begrip(**fields, lake=content["lake"], verwacht=content["verwacht"]))
        except KeyError as error:
            raise ModelError(f"begrip {file.name} mist {error}") from error
    return found


def write_begrippen(con: duckdb.DuckDBPyConnection) -> None:
    """Write the words of all specifications to ``meta.begrip``."""
    con.execute("CREATE TABLE meta.begrip (" + ", ".join(f"{naam} VARCHAR" for naam in SHOWN) + ")")
    insert_rows(
        con, "meta.begrip", [tuple(getattr(spec, naam) for naam in SHOWN) for spec in read_begrippen()]
    )


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Put rows into a table by one statement: a statement a row is planned once a row."""
    if rows:
        row = f"({', '.join('?' for _ in rows[0])})"
        values = [value for one in rows for value in one]
        con.execute(f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", values)  # noqa: S608


def render_docs() -> str:
    """Text of ``docs/begrippen.md``: the definitions with their example, then every table and column."""
    lines = [
        "# Begrippen",
        "",
        "Gemaakt uit `tests/begrippen/*.yaml` en de koppen van `warehouse/models/` met"
        " `python -m warehouse docs`;",
        "niet met de hand aanpassen. Elk voorbeeld hieronder is een test.",
        "",
    ]
    for spec in read_begrippen():
        lines += [f"## {spec.titel}", "", spec.definitie, ""]
        lines += [f"- Formule: {spec.formule}", f"- Eenheid: {spec.eenheid}", f"- Tabel: `{spec.model}`"]
        lines += [f"- Bron: {spec.bron}", "", f"**Voorbeeld**, bekend op {spec.bekend_op}. {spec.waarom}", ""]
        for table, rows in spec.lake.items():
            lines += [f"`{table}`", "", *_table(rows), ""]
        lines += ["```sql", spec.vraag, "```", "", *_table(spec.verwacht), ""]
    lines += ["# Tabellen", ""]
    for step in read_models(MODELS):
        if step.header is not None and not step.name.startswith("tussen."):
            lines += [
                f"## {step.name}",
                "",
                step.header.omschrijving,
                "",
                "| kolom | betekenis |",
                "|---|---|",
            ]
            lines += [
                f"| `{column}` | {text.replace('|', chr(92) + '|')} |"
                for column, text in step.header.kolommen.items()
            ]
            lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def _table(rows: list[dict[str, Any]]) -> list[str]:
    """Rows as a Markdown table; columns in order of first appearance."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if not columns:
        return ["(geen rijen)"]
    head = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return head + ["| " + " | ".join(_cell(row.get(column)) for column in columns) + " |" for row in rows]


def _cell(value: object) -> str:
    """One cell; an empty one stays empty."""
    return "" if value is None else str(value).replace("|", "\\|")
