"""Amounts, volumes and dates as they are read in a sentence."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.tekst import register_text


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as engine:
        engine.execute("ATTACH ':memory:' AS peil")
        register_text(engine)
        yield engine


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("euro_tekst(11167)", "€ 111,67"),
        ("euro_tekst(5)", "€ 0,05"),
        ("euro_tekst(0)", "€ 0,00"),
        ("euro_tekst(123456789)", "€ 1.234.567,89"),
        ("euro_tekst(100000)", "€ 1.000,00"),
        ("euro_tekst(99999)", "€ 999,99"),
        ("euro_tekst(-250)", "€ -2,50"),
        ("euro_tekst(NULL::BIGINT)", None),
        ("volume_tekst(21)", "21"),
        ("volume_tekst(1200)", "1.200"),
        ("volume_tekst(12.5)", "12,5"),
        ("volume_tekst(12.5::DOUBLE)", "12,5"),
        ("volume_tekst(0.25)", "0,25"),
        ("volume_tekst(2.999)", "3"),
        ("volume_tekst(-1)", "-1"),
        ("omvang_tekst(1089500, true)", "€ 10.895,00"),
        ("omvang_tekst(39, false)", "39"),
        ("omvang_tekst(39, NULL)", "39"),
        ("datum_tekst(DATE '2025-12-31')", "31-12-2025"),
        ("datum_tekst(TIMESTAMP '2026-01-02 13:14:15')", "02-01-2026"),
    ],
)
def test_text(con: duckdb.DuckDBPyConnection, call: str, text: str | None) -> None:
    assert con.sql(f"SELECT peil.{call}").fetchall() == [(text,)]


def dutch(text: str) -> str:
    """Python's way of grouping, with points and comma changed over."""
    return text.translate(str.maketrans(",.", ".,"))


@settings(deadline=None)
@given(st.integers(-(10**13), 10**13))
def test_euro_is_what_python_writes(con: duckdb.DuckDBPyConnection, cents: int) -> None:
    found: Any = con.execute("SELECT peil.euro_tekst(?::BIGINT)", [cents]).fetchall()
    assert found == [(f"€ {dutch(f'{Decimal(cents) / 100:,.2f}')}",)]


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9))
def test_volume_in_hundredths_is_what_python_writes(con: duckdb.DuckDBPyConnection, hundredths: int) -> None:
    found: Any = con.execute(
        "SELECT peil.volume_tekst(CAST(?::BIGINT AS DECIMAL(18, 4)) / 100)", [hundredths]
    ).fetchall()
    whole = f"{Decimal(hundredths) / 100:,.2f}".rstrip("0").rstrip(".")
    assert found == [(dutch(whole),)]


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_date_is_what_python_writes(con: duckdb.DuckDBPyConnection, day: date) -> None:
    assert con.execute("SELECT peil.datum_tekst(?)", [day]).fetchall() == [(day.strftime("%d-%m-%Y"),)]
