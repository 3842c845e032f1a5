"""The models as files: portable SQL, headers that tell the truth, order from references, and who may
import whom."""

import ast
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from warehouse.checks import read_checks
from warehouse.errors import ModelError
from warehouse.graph import (
    EXTERNAL,
    Step,
    last_reader,
    order_steps,
    read_analyses,
    read_models,
    referenced_tables,
)
from warehouse.headers import parse_header

MODELS = read_models()
STEPS = [*MODELS, *read_analyses()]
ROOT = Path(__file__).resolve().parents[2]


def offences(sql: str) -> list[str]:
    """Constructs that engines answer differently (or not at all) in one SELECT."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    found: list[str] = []
    for join in tree.find_all(exp.Join):
        if join.method.upper() == "ASOF":
            found.append("ASOF")
        if join.kind.upper() in {"ANTI", "SEMI"} or join.side.upper() in {"ANTI", "SEMI"}:
            found.append("ANTI")
    if list(tree.find_all(exp.Pivot)):
        found.append("PIVOT")
    found += ["UNION BY NAME" for union in tree.find_all(exp.SetOperation) if union.args.get("by_name")]
    if list(tree.find_all(exp.Comprehension)):
        found.append("list comprehension")
    names = {"age", "isoyear", "quantile_cont", "generate_series", "range"}
    for call in tree.find_all(exp.Func):
        name = (call.name if isinstance(call, exp.Anonymous) else call.sql_name()).lower()
        if name in names:
            found.append(name)
    for select in tree.find_all(exp.Select):
        where = select.args.get("where")
        sources = {table.alias_or_name for table in select.find_all(exp.Table)}
        aliases = {item.alias for item in select.expressions if isinstance(item, exp.Alias)}
        if where is not None and sources:
            bare = {column.name for column in where.find_all(exp.Column) if not column.table}
            own = {column.name for item in select.expressions for column in item.find_all(exp.Column)}
            # an alias that is also a column of the source is that column; anything else is an alias in WHERE
            found += [f"alias in WHERE: {name}" for name in sorted(bare & aliases - own)]
    for cast in tree.find_all(exp.Cast):
        target = cast.to.sql(dialect="duckdb").upper()
        if target in {"BIGINT", "INT", "INTEGER"} and list(cast.this.find_all(exp.Div)):
            rounded = isinstance(cast.this, exp.Round) or bool(list(cast.this.find_all(exp.Round)))
            if not rounded:
                found.append("cast without round")
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_model_is_portable(model: Step) -> None:
    assert offences(model.sql) == []
    spark = sqlglot.transpile(
        model.sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert len(spark) == 1
    assert isinstance(sqlglot.parse_one(spark[0], read="spark"), exp.Select)


@pytest.mark.parametrize("check", read_checks(), ids=lambda check: check.name)
def test_check_is_portable_and_reads_what_is_published(check: object) -> None:
    sql = check.sql  # type: ignore[attr-defined]
    assert offences(sql) == []
    sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    # helper tables are gone by then
    assert not [name for name in referenced_tables(sql, "controle") if name.startswith("tussen.")]


@pytest.mark.parametrize(
    ("sql", "offence"),
    [
        ("SELECT * FROM a.x ASOF JOIN a.y ON x.d >= y.d", "ASOF"),
        ("SELECT * FROM a.x ANTI JOIN a.y ON x.d = y.d", "ANTI"),
        ("SELECT * FROM a.x UNION ALL BY NAME SELECT * FROM a.y", "UNION BY NAME"),
        ("SELECT [q + 1 for q in l] FROM a.x", "list comprehension"),
        ("SELECT age(d) AS leeftijd FROM a.x", "age"),
        ("SELECT isoyear(d) AS j FROM a.x", "isoyear"),
        ("SELECT a + b AS som FROM a.x WHERE som > 3", "alias in WHERE: som"),
        ("SELECT CAST(a / b AS BIGINT) AS q FROM a.x", "cast without round"),
        ("SELECT * FROM a.x PIVOT (sum(b) FOR c IN ('d'))", "PIVOT"),
    ],
)
def test_the_portability_check_can_fail(sql: str, offence: str) -> None:
    assert offence in offences(sql)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_model_is_a_chain_that_ends_in_its_last_step(model: Step) -> None:
    tree = sqlglot.parse_one(model.sql, read="duckdb")
    ctes = tree.args["with_"].expressions if "with_" in tree.args else tree.args["with"].expressions
    last = [line for line in model.sql.splitlines() if line.strip()][-1]
    assert last == f"SELECT * FROM {ctes[-1].alias}"


def test_published_models_carry_gemeentecode() -> None:
    without = [
        model.name
        for model in MODELS
        if model.header
        and not model.name.startswith("tussen.")
        and "gemeentecode" not in model.header.kolommen
    ]
    assert without == []


def test_every_step_comes_after_what_it_reads() -> None:
    seen: set[str] = set()
    for step in order_steps(STEPS):
        own = {name for name in step.reads if name.split(".")[0] not in EXTERNAL}
        assert own <= seen, step.name
        seen |= set(step.writes)


def test_helper_table_goes_after_its_last_reader() -> None:
    a = Step("tussen.a", frozenset({"lake.x"}), ("tussen.a",))
    b = Step("kern.b", frozenset({"tussen.a"}), ("kern.b",))
    c = Step("mart.c", frozenset({"tussen.a", "kern.b"}), ("mart.c",))
    assert last_reader([a, b, c])["tussen.a"] == "mart.c"


def test_order_finds_circles_missing_tables_and_double_writers() -> None:
    a = Step("kern.a", frozenset({"kern.b"}), ("kern.a",))
    b = Step("kern.b", frozenset({"kern.a"}), ("kern.b",))
    with pytest.raises(ModelError, match="kring"):
        order_steps([a, b])
    with pytest.raises(ModelError, match=r"kern\.b, dat nergens"):
        order_steps([a])
    with pytest.raises(ModelError, match="twee stappen"):
        order_steps([b, Step("analyse.x", frozenset(), ("kern.b",))])


def test_references_leave_out_own_ctes_and_refuse_other_statements() -> None:
    assert referenced_tables("WITH x AS (SELECT * FROM kern.a) SELECT * FROM x", "m") == {"kern.a"}
    with pytest.raises(ModelError):
        referenced_tables("DELETE FROM kern.a", "m")
    with pytest.raises(ModelError):
        referenced_tables("SELECT 1 AS a; SELECT 2 AS b", "m")


def test_header_is_read_with_continued_lines() -> None:
    header = parse_header(
        "-- Een rij is\n-- iets.\n-- Volgorde: a, b\n-- Kolommen:\n--   a: eerste\n--     "
        "deel\n--   b: x\nSELECT 1",
        "m",
    )
    assert header.omschrijving == "Een rij is iets."
    assert header.kolommen == {"a": "eerste deel", "b": "x"}
    assert header.volgorde == ["a", "b"]
    with pytest.raises(ModelError):
        parse_header("SELECT 1", "m")


def _imports(package: str) -> set[str]:
    """Top-level packages that the modules of `package` import."""
    found: set[str] = set()
    for file in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                found.add(node.module.split(".")[0])
    return found


def test_loading_and_deriving_never_import_each_other() -> None:
    assert not _imports("warehouse") & {"etl", "dashboard", "pages", "sample_data", "streamlit"}
    assert not _imports("etl") & {"warehouse", "dashboard", "pages", "sample_data", "streamlit"}
