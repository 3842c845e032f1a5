"""Which model reads which: from the SQL itself, so there is no list of models to keep."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from warehouse.errors import ModelError
from warehouse.headers import Header, parse_header
from warehouse.tekst import register_text

MODELS = Path(__file__).parent / "models"
EXTERNAL = {"lake", "peil", "vorige"}
"""Catalogs that the build provides; everything else a model reads must be a model or an analyse step."""


@dataclass(frozen=True)
class Step:
    """One step of the derivation, a model file or an analyse module: what it reads, what it writes."""

    name: str
    reads: frozenset[str]
    writes: tuple[str, ...]
    sql: str = ""
    header: Header | None = None
    run: Callable[[duckdb.DuckDBPyConnection], None] | None = None

    @property
    def is_view(self) -> bool:
        """Whether the step stores nothing and is worked out where it is read."""
        return self.header is not None and self.header.zicht


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """An engine without data, for its parser alone: a fifth of the time that a parser in Python takes."""
    parser = duckdb.connect(config={"threads": 1})
    parser.execute("ATTACH ':memory:' AS peil")
    register_text(parser)  # the engine looks functions up while it reads
    return parser


@cache
def referenced_tables(sql: str, name: str) -> frozenset[str]:
    """Names `schema.table` that a SELECT reads, without its own CTEs.

    Raises ModelError on anything but one SELECT.
    """
    parser = _parser()
    statements = parser.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise ModelError(f"{name}: een model is precies één SELECT")
    # the engine tells an aliased table also as `schema.table AS alias`
    names = (found.split(" AS ")[0] for found in parser.get_table_names(sql, qualified=True))
    return frozenset(found.replace('"', "") for found in names if "." in found)


def read_models(folder: Path = MODELS) -> list[Step]:
    """Read all model files; the path under `folder` is the table's name."""
    steps = []
    for file in sorted(folder.rglob("*.sql")):
        name = f"{file.parent.name}.{file.stem}"
        sql = file.read_text(encoding="utf-8")
        steps.append(Step(name, referenced_tables(sql, name), (name,), sql, parse_header(sql, name)))
    return steps


def read_analyses() -> list[Step]:
    """Read the modules of ``warehouse.analyse``; each names READS, WRITES and has run(con)."""
    package = importlib.import_module("warehouse.analyse")
    steps = []
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        module = importlib.import_module(f"warehouse.analyse.{info.name}")
        steps.append(
            Step(f"analyse.{info.name}", frozenset(module.READS), tuple(module.WRITES), run=module.run)
        )
    return steps


def order_steps(steps: Iterable[Step]) -> list[Step]:
    """Order steps so that each comes after what it reads; same input gives the same order.

    Raises ModelError on a circle, on a table written twice and on a reference that nobody writes.
    """
    by_table: dict[str, Step] = {}
    by_name: dict[str, Step] = {}
    for step in steps:
        by_name[step.name] = step
        for table in step.writes:
            if table in by_table:
                raise ModelError(f"{table} wordt door twee stappen geschreven")
            by_table[table] = step
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for step in by_name.values():
        sorter.add(step.name)
        for table in sorted(step.reads):
            if table.split(".")[0] in EXTERNAL:
                continue
            if table not in by_table:
                raise ModelError(f"{step.name} leest {table}, dat nergens wordt gemaakt")
            sorter.add(step.name, by_table[table].name)
    try:
        return [by_name[name] for name in sorter.static_order()]
    except CycleError as error:
        raise ModelError(f"modellen verwijzen in een kring naar elkaar: {error.args[1]}") from error


def last_reader(steps: Iterable[Step]) -> dict[str, str]:
    """Per table the last step (in the given order) that reads it: after that a helper table can go.

    Who reads a view reads what that view reads.
    """
    last: dict[str, str] = {}
    through: dict[str, frozenset[str]] = {}
    for step in steps:
        reads = step.reads.union(*(through.get(table, frozenset()) for table in step.reads))
        if step.is_view:
            through[step.name] = reads
        last |= dict.fromkeys(reads, step.name)
    return last
