"""Laws of a snapshot: cents are conserved, order does not matter, the past can be made again."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot
from tests.warehouse.tiny import build, complete, write_lake
from warehouse.build import Options

Row = dict[str, Any]
PRODUCT: list[Row] = [
    {"productcode": "02A01", "product": "Begeleiding", "bericht_id": "ref"},
    {
        "productcode": "02A02",
        "product": "Dagdeel",
        "eenheid": "16",
        "productgroep": "Dag",
        "bericht_id": "ref",
    },
]


def table_hashes(path: Path) -> dict[str, str]:
    """Hash of the sorted rows of every table; what names the build itself is left out."""
    con = duckdb.connect(str(path.resolve()), read_only=True)
    hashes: dict[str, str] = {}
    tables = con.sql("SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
    for schema, table in tables:
        skip = (
            "EXCLUDE (generatie, gebouwd_op, lake_versie)" if (schema, table) == ("meta", "snapshot") else ""
        )
        rows = con.sql(f'SELECT * {skip} FROM {schema}."{table}"').fetchall()
        hashes[f"{schema}.{table}"] = "\n".join(sorted(map(repr, rows)))
    con.close()
    return hashes


def city(seed: int) -> dict[str, list[Row]]:
    """A small municipality with every kind of dirt: credits, rejections, answers, versions, doubles."""
    draw = random.Random(seed)
    first = date(2025, 1, 1)
    tables: dict[str, list[Row]] = {"product": [dict(row) for row in PRODUCT]}
    for naam in ("declaratieregel", "declaratieantwoord", "toewijzing", "start", "stop", "client"):
        tables[naam] = []
    for number in range(12):
        client = f"client {number}"
        who = {
            "client_id": client,
            "wet": draw.choice(["Wmo", "Jeugdwet"]),
            "aanbieder_agb": draw.choice("12"),
        }
        code = draw.choice(["02A01", "02A02", "onbekend"])
        begin = first + timedelta(days=draw.randrange(300))
        sleutel = {"toewijzing_sleutel": str(number), "productcode": code}
        sent = begin - timedelta(days=10)
        for version in range(draw.randrange(1, 3)):
            moment = sent + timedelta(days=100 * version)
            tables["toewijzing"].append(
                {
                    **who,
                    **sleutel,
                    "ingangsdatum": begin,
                    "einddatum": draw.choice([None, begin + timedelta(days=draw.randrange(30, 400))]),
                    "volume": draw.choice([None, 4]),
                    "eenheid": "04",
                    "frequentie": draw.choice("1246"),
                    "budget_cent": 90_000,
                    "toegewezen_op": moment,
                    "ontvangen_op": moment,
                    "bron": draw.choice(["bericht", "extract"]),
                    "bericht_id": f"t{number}-{version}",
                }
            )
        if draw.random() < 0.7:
            tables["start"].append(
                {**who, **sleutel, "begindatum": begin, "ontvangen_op": begin, "bericht_id": f"s{number}"}
            )
            if draw.random() < 0.5:
                end = begin + timedelta(days=draw.randrange(20, 300))
                tables["stop"].append(
                    {
                        **who,
                        **sleutel,
                        "begindatum": begin,
                        "einddatum": end,
                        "reden_beeindiging": draw.choice(["19", "02", "31", "20"]),
                        "ontvangen_op": end,
                        "bericht_id": f"e{number}",
                    }
                )
        tables["client"].append(
            {
                "client_id": client,
                "wijkcode": draw.choice(["A", "B"]),
                "bron": "bericht",
                "ontvangen_op": sent,
                "bericht_id": f"t{number}-0",
            }
        )
        for month in range(draw.randrange(8)):
            index = begin.year * 12 + begin.month - 1 + month
            period = date(index // 12, index % 12 + 1, 1)
            received = period + timedelta(days=draw.randrange(32, 90))
            message = f"m{number}-{month}"
            cents = draw.randrange(1, 50_000)
            line = {
                **who,
                **sleutel,
                "periode_begin": period,
                "eenheid": draw.choice(["04", "01", "16"]),
                "volume": draw.randrange(1, 200),
                "bedrag_cent": cents,
                "referentienummer": f"r{number}-{month}",
                "declaratienummer": message,
                "ontvangen_op": received,
                "bron": "bericht",
                "bericht_id": message,
            }
            tables["declaratieregel"].append(line)
            if draw.random() < 0.3:
                tables["declaratieregel"].append({**line, "bron": "extract", "bericht_id": "history"})
            if draw.random() < 0.3:
                tables["declaratieregel"].append(
                    {
                        **line,
                        "bericht_id": f"c{number}-{month}",
                        "referentienummer": f"c{number}-{month}",
                        "bedrag_cent": -cents,
                        "volume": -line["volume"],
                        "ontvangen_op": received + timedelta(days=60),
                    }
                )
            if draw.random() < 0.7:
                rejected = draw.random() < 0.3
                answer = {
                    "wet": who["wet"],
                    "aanbieder_agb": who["aanbieder_agb"],
                    "bericht_id": f"a{number}-{month}",
                    "declaratie_identificatie": message,
                    "declaratienummer": message,
                    "ontvangen_op": received + timedelta(days=draw.randrange(1, 40)),
                }
                code_head = draw.choice(["0200", "0001"]) if rejected else "0200"
                tables["declaratieantwoord"].append({**answer, "niveau": "bericht", "retourcodes": code_head})
                if code_head == "0200":
                    granted = 0 if rejected else cents
                    tables["declaratieantwoord"].append(
                        {
                            **answer,
                            "niveau": "declaratie",
                            "retourcodes": "9333" if rejected else "8001",
                            "ingediend_cent": cents,
                            "toegekend_cent": granted,
                        }
                    )
    numbered(tables)
    return tables


def numbered(tables: Mapping[str, Sequence[Row]]) -> None:
    """Give every row its number within its file, so that shuffling rows changes nothing but their order."""
    for rows in tables.values():
        for number, row in enumerate(rows, start=1):
            row["regel_nr"] = number


def test_two_builds_of_one_lake_are_equal(tmp_path: Path) -> None:
    source = write_lake(tmp_path / "lake", city(1))
    # on more threads, which take the rows in another order each time
    one = build(source, tmp_path / "een.duckdb", None, Options(threads=4)).path
    two = build(source, tmp_path / "twee.duckdb", None, Options(threads=4)).path
    assert table_hashes(one) == table_hashes(two)


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    tables = city(2)
    shuffled = {naam: random.Random(3).sample(rows, len(rows)) for naam, rows in tables.items()}
    one = build(write_lake(tmp_path / "a", tables), tmp_path / "een.duckdb", date(2026, 3, 31)).path
    two = build(write_lake(tmp_path / "b", shuffled), tmp_path / "twee.duckdb", date(2026, 3, 31)).path
    assert table_hashes(one) == table_hashes(two)


def moment(value: Any) -> datetime:
    return datetime.fromisoformat(str(value)) if not isinstance(value, datetime) else value


def delivered(tables: Mapping[str, list[Row]], known: date) -> dict[str, list[Row]]:
    """The city as delivered in two parts: an extract file holds what came by `known` or what came after.

    The second part also tells lines of the first again, corrects the products and names the load attempts.
    """
    limit = datetime.combine(known + timedelta(days=1), datetime.min.time())
    full = {naam: [dict(row) for row in rows] for naam, rows in tables.items()}
    again = []
    for naam, rows in full.items():
        for row in rows:
            if row.get("bron") == "extract":
                late = moment(row["ontvangen_op"]) >= limit
                row["bericht_id"] = f"{naam} {2 if late else 1}"
                if naam == "declaratieregel" and not late and row["regel_nr"] % 2:
                    again.append({**row, "bericht_id": f"{naam} 2", "regel_nr": 1000 + row["regel_nr"]})
    full["declaratieregel"] += again
    full["product"] += [
        {**row, "product": "later", "bericht_id": "ref 2", "ontvangen_op": limit} for row in full["product"]
    ]
    berichten = complete(full)["bericht"]
    full["bericht"] = berichten
    full["laadlog"] = [
        {
            "bericht_id": row["bericht_id"],
            "naam": row["naam"],
            "status": "geladen",
            "geladen_op": "2031-01-01" if moment(row["ontvangen_op"]) < limit else "2031-02-02",
        }
        for row in berichten
    ]
    full["laadlog"] += [
        {"naam": f"stuk {day}", "status": "geweigerd", "geladen_op": f"2031-{day}"}
        for day in ("01-01", "02-02", "03-03")
    ]
    return full


@given(st.integers(0, 999), st.dates(date(2025, 3, 1), date(2025, 12, 31)))
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_replay_equals_a_build_when_only_that_was_there(
    tmp_path_factory: pytest.TempPathFactory, seed: int, known: date
) -> None:
    full = delivered(city(seed), known)
    limit = datetime.combine(known + timedelta(days=1), datetime.min.time())
    there = {row["bericht_id"] for row in full["bericht"] if moment(row["ontvangen_op"]) < limit}
    past = {
        naam: [row for row in rows if row.get("bericht_id") in there]
        for naam, rows in full.items()
        if naam != "laadlog"
    }
    past["laadlog"] = [row for row in full["laadlog"] if row["geladen_op"] < "2031-02"]
    assert len(past["bericht"]) < len(full["bericht"])
    place = tmp_path_factory.mktemp("replay")
    replay = build(write_lake(place / "nu", full), place / "replay.duckdb", known).path
    then = build(write_lake(place / "toen", past), place / "toen.duckdb", known).path
    left, right = table_hashes(replay), table_hashes(then)
    assert {naam for naam in right if left[naam] != right[naam]} == set()


def test_then_equals_the_build_of_then(tmp_path: Path) -> None:
    # addresses do not change in this city after the first, so wijken of then and now are the same
    source = write_lake(tmp_path / "lake", city(5))
    now = build(source, tmp_path / "nu.duckdb", date(2026, 9, 30)).path
    then = build(source, tmp_path / "toen.duckdb", date(2025, 9, 30)).path
    con = duckdb.connect()
    con.execute(f"ATTACH '{now}' AS nu (READ_ONLY)")
    con.execute(f"ATTACH '{then}' AS toen (READ_ONLY)")
    # within the months the comparison needs: from two years before the last full levermaand
    for table, columns in {
        # the number of a client is that of its snapshot
        "client_maand": "* EXCLUDE (client_nr)",
        "pq_maand": "* EXCLUDE (toegewezen_volume)",
    }.items():
        a = f"SELECT {columns} FROM nu.mart.{table}_toen WHERE wijkcode <> 'onbekend'"
        b = f"SELECT {columns} FROM toen.mart.{table} WHERE wijkcode <> 'onbekend'"
        if table == "pq_maand":
            a, b = (f"SELECT * FROM ({sql}) WHERE regels > 0" for sql in (a, b))
        rows = con.sql(f"SELECT count(*) FROM ({b})").fetchall()[0][0]
        assert rows > 5
        assert con.sql(f"({a}) EXCEPT ALL ({b})").fetchall() == []
        assert con.sql(f"({b}) EXCEPT ALL ({a})").fetchall() == []
    spent = "SELECT levermaand, wet, productgroep, sum({}) FROM {}.mart.uitgaven_maand GROUP BY ALL"
    a = f"SELECT * FROM ({spent.format('realisatie_toen_cent', 'nu')}) WHERE levermaand < DATE '2025-10-01'"
    b = spent.format("realisatie_cent", "toen")
    assert con.sql(f"({b}) EXCEPT ALL ({a})").fetchall() == []
    con.close()


LINE = st.tuples(
    st.sampled_from(["anna", "bert"]),
    st.sampled_from(["02A01", "02A02", "XX"]),
    st.sampled_from(["04", "01", "16", "83"]),
    st.integers(-50_000, 50_000).filter(bool),
    st.sampled_from(["goedgekeurd", "afgekeurd", "in behandeling"]),
    st.integers(1, 9),
)


@given(st.lists(LINE, min_size=1, max_size=25))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cents_and_lines_are_conserved(
    snapshot: Snapshot, lines: list[tuple[str, str, str, int, str, int]]
) -> None:
    rows = [
        {
            "client_id": client,
            "productcode": code,
            "eenheid": unit,
            "bedrag_cent": cents,
            "volume": cents // abs(cents),
            "status": status,
            "toegekend_cent": {"goedgekeurd": cents, "afgekeurd": 0}.get(status),
            "periode_begin": f"2026-0{month}-01",
        }
        for client, code, unit, cents, status, month in lines
    ]
    vraag = snapshot({"product": PRODUCT, "declaratieregel": rows})
    expected = sum(cents for _, _, _, cents, status, _ in lines if status != "afgekeurd")
    for table in ("kern.declaratieregel", "mart.pq_maand", "mart.uitgaven_maand", "mart.uitnutting_maand"):
        assert vraag(f"SELECT sum(realisatie_cent) FROM {table}") == [(expected,)]
    assert vraag("SELECT sum(regels) FROM mart.pq_maand") == [(len(lines),)]
    assert vraag("SELECT sum(bedrag_cent) FROM kern.declaratieregel") == [(sum(line[3] for line in lines),)]
    known = {
        (client, code, unit, month): sum(
            cents // abs(cents)
            for who, what, measure, cents, status, when in lines
            if (who, what, measure, when) == (client, code, unit, month) and status != "afgekeurd"
        )
        for client, code, unit, _, _, month in lines
    }
    # 02A01 counts in hours and minutes are brought to hours; every other pair keeps its own unit
    cells: dict[tuple[str, str, str, int], int] = {}
    for (client, code, unit, month), volume in known.items():
        key = (client, code, "04" if code == "02A01" and unit == "01" else unit, month)
        share = volume if code == "02A01" and unit == "01" else volume * 60
        cells[key] = cells.get(key, 0) + share
    assert vraag("SELECT count(*) FROM mart.client_maand") == [(sum(value > 0 for value in cells.values()),)]
