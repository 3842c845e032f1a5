"""`--bekend-op` of a past date gives the marts that a build on that date gave, table by table, row by row.

One city is delivered in two parts. The first is what had arrived by a date: messages up to it, the rows of
history extracts up to it with answers that came later still open, reference extracts of that day. The second
is the rest, with what a source sends again: lines that were answered since, meldingen that went on, reference
extracts that changed, the same message twice, a file that cannot be read.
"""

import csv
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from tests.conftest import run_command

pytestmark = pytest.mark.xdist_group("zoals_toen")

Row = dict[str, str]
# The column that says when a row became known; the contracts in etl/extracten name the same.
MOMENT = {
    "declaratieregels": "ontvangen_op",
    "starts": "ontvangen_op",
    "stops": "ontvangen_op",
    "toewijzingen": "toegewezen_op",
    "meldingen": "melding_op",
    "grootboek": "geboekt_op",
    "begroting": "vastgesteld_op",
    "programmering": "vastgesteld_op",
}
STAPPEN = ("onderzoek_op", "aanvraag_op", "besluit_op")
DAGEN = ("2026-08-31", "2024-11-06")


def day(text: str) -> date:
    """31-10-2026, with or without a time."""
    return datetime.strptime(text[:10], "%d-%m-%Y").date()


def read_rows(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle, delimiter=";")
        rows = list(reader)
    return list(reader.fieldnames or []), rows


def write_rows(path: Path, fields: list[str], rows: list[Row]) -> None:
    if rows:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.DictWriter(handle, fields, delimiter=";")
            writer.writeheader()
            writer.writerows(rows)


def line_of_then(row: Row, known: date) -> Row:
    """A declared line before an answer that came later."""
    if row["beantwoord_op"] and day(row["beantwoord_op"]) > known:
        return {**row, "beantwoord_op": "", "status": "in behandeling", "toegekend_bedrag": ""}
    return row


def melding_of_then(row: Row, known: date) -> Row:
    """A melding without the steps that came later."""
    later = {step: "" for step in STAPPEN if row[step] and day(row[step]) > known}
    if "besluit_op" in later:
        later |= {"besluit": "", "toewijzingnummer": ""}
    return {**row, **later}


OF_THEN: dict[str, Callable[[Row, date], Row]] = {
    "declaratieregels": line_of_then,
    "meldingen": melding_of_then,
}


def split_extracts(source: Path, known: date, first: Path, rest: Path) -> None:
    for path in sorted(source.glob("*.csv")):
        kind = re.sub(r"_\d{4}$", "", path.stem)
        fields, rows = read_rows(path)
        if kind in MOMENT:
            then = [
                OF_THEN.get(kind, lambda row, _: row)(row, known)
                for row in rows
                if day(row[MOMENT[kind]]) <= known
            ]
            told = [tuple(row.values()) for row in then]
            write_rows(first / path.name, fields, then)
            # what is new, and what was told before but has changed since
            write_rows(
                rest / path.name, fields, [row for row in rows if tuple(row.values()) not in set(told)]
            )
        elif "peildatum" in fields:
            write_rows(first / path.name, fields, [{**row, "peildatum": f"{known:%d-%m-%Y}"} for row in rows])
            write_rows(rest / path.name, fields, changed(kind, rows))
        else:
            write_rows(first / path.name, fields, rows)
    # a yardstick that is corrected later, with the date at which that was known
    fields, rows = read_rows(source / "cpi.csv")
    write_rows(
        rest / "cpi.csv",
        [*fields, "peildatum"],
        [{**row, "index": "1,0", "peildatum": "31-10-2026"} for row in rows],
    )


def changed(kind: str, rows: list[Row]) -> list[Row]:
    """A later delivery of a reference extract: other names, another year, fewer addresses."""
    match kind:
        case "producten":
            return [{**row, "product": f"{row['product']} (nieuw)"} for row in rows]
        case "aanbieders":
            return [{**row, "concern": "later gefuseerd"} for row in rows]
        case "contracten":
            return [*rows, {**rows[0], "jaar": "2031"}]
        case "clienten":
            return rows[: len(rows) // 2]
        case _:
            return rows


def split_messages(source: Path, known: date, first: Path, rest: Path) -> None:
    for path in sorted(source.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                # an envelope tells when it was sent, whatever day the message in it names
                found = re.search(rb"(?:Dagtekening|tijdstipBericht)>(\d{4}-?\d\d-?\d\d)", content)
                assert found, name
                sent = date.fromisoformat(found[1].decode())
                # the same bytes under another name came when its zip came
                again = name.startswith("nogmaals_") and path.stem > f"{known:%Y-%m}"
                target = rest if sent > known or again else first
                target.mkdir(parents=True, exist_ok=True)
                (target / name).write_bytes(content)
    (rest / "kapot.xml").write_bytes(content[: len(content) // 2])


@pytest.fixture(scope="module")
def stad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("stad")
    run_command("sample_data", "generate", "--out", str(out), "--clients", "60", "--to", "2026-10")
    return out


@pytest.fixture(scope="module", params=DAGEN)
def twee(
    request: pytest.FixtureRequest, stad: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with `toen` (built when only the first part was there) and `nu` (of that date, later)."""
    known = date.fromisoformat(request.param)
    place = tmp_path_factory.mktemp("delen")
    env = os.environ | {"STUURINFO_KEY_FILE": str(stad / "voorbeeldsleutel.txt")}
    split_extracts(stad / "extracten", known, place / "eerst", place / "rest")
    split_messages(stad / "berichten", known, place / "eerst", place / "rest")
    lake = str(place / "lake")
    run_command("etl", "load", str(place / "eerst"), "--lake", lake, env=env)
    built = run_command("warehouse", "build", "--lake", lake, "--out", str(place / "toen.duckdb"), "--json")
    bekend_op = json.loads(built.stdout)["bekend_op"]
    assert known.replace(day=1).isoformat() < bekend_op <= known.isoformat()
    run_command("etl", "load", str(place / "rest"), "--lake", lake, env=env)
    rebuilt = ["--out", str(place / "nu.duckdb"), "--bekend-op", bekend_op]
    assert run_command("warehouse", "build", "--lake", lake, *rebuilt).returncode == 0
    later = ["--out", str(place / "later.duckdb"), "--bekend-op", "2026-11-30"]
    assert run_command("warehouse", "build", "--lake", lake, *later).returncode == 0
    with duckdb.connect() as con:
        for name in ("toen", "nu", "later"):
            con.execute(f"ATTACH '{(place / f'{name}.duckdb').resolve()}' AS {name} (READ_ONLY)")
        yield con


def tables_of(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    rows = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
        " WHERE database_name = ? AND schema_name IN ('kern', 'mart') ORDER BY ALL",
        [name],
    ).fetchall()
    return [row[0] for row in rows]


def differs(con: duckdb.DuckDBPyConnection, table: str, left: str, right: str) -> int:
    """Rows of `left` that `right` does not have, as a multiset."""
    found = con.execute(
        f"SELECT count(*) FROM (SELECT * FROM {left}.{table} EXCEPT ALL SELECT * FROM {right}.{table})"
    ).fetchall()
    return int(found[0][0])


def test_every_table_is_that_of_then(twee: duckdb.DuckDBPyConnection) -> None:
    tables = tables_of(twee, "toen")
    assert len(tables) > 30
    assert tables == tables_of(twee, "nu")
    off = {
        table: (differs(twee, table, "toen", "nu"), differs(twee, table, "nu", "toen")) for table in tables
    }
    assert {table: rows for table, rows in off.items() if rows != (0, 0)} == {}


def test_the_rest_would_have_changed_much(twee: duckdb.DuckDBPyConnection) -> None:
    """Otherwise the law above would hold of itself."""
    changed_later = {
        table
        for table in tables_of(twee, "toen")
        if differs(twee, table, "toen", "later") or differs(twee, table, "later", "toen")
    }
    assert {
        "kern.declaratieregel",
        "kern.toewijzing",
        "kern.levering",
        "kern.melding",
        "kern.cpi",
        "kern.aanbieder",
        "kern.product",
        "mart.pq_maand",
        "mart.stroom_maand",
        "mart.aansluiting",
    } <= changed_later
    again = "SELECT count(*) FROM later.mart.laadlog WHERE status IN ('dubbel', 'geweigerd', 'onbekend')"
    assert twee.execute(again).fetchall()[0][0] >= 2
