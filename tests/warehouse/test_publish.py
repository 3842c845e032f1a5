"""Building beside and swapping in: readers never wait, and a failed build leaves nothing behind."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.tiny import write_lake
from warehouse import build as builder
from warehouse.__main__ import main
from warehouse.build import Options, build
from warehouse.errors import CheckError, ModelError, UsageError
from warehouse.publish import generations

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = [{"productcode": "02A01", "product": "Begeleiding"}]


def lake(path: Path, cent: int, **bericht: object) -> Path:
    regel = {"bron": "bericht", "bericht_id": "m1", "periode_begin": "2026-05-01", "bedrag_cent": cent}
    tabellen: dict[str, list[dict[str, object]]] = {"product": list(PRODUCT), "declaratieregel": [regel]}
    if bericht:
        tabellen["bericht"] = [{"bericht_id": "m1", **bericht}]
    return write_lake(path, tabellen)


def total(path: Path) -> object:
    con = duckdb.connect(str(path.resolve()), read_only=True)
    try:
        return con.sql("SELECT sum(realisatie_cent) FROM mart.pq_maand").fetchall()[0][0]
    finally:
        con.close()


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_open_reader_keeps_its_snapshot_and_a_new_one_sees_the_new(tmp_path: Path) -> None:
    out = tmp_path / "uit" / "stuurinfo.duckdb"
    build(lake(tmp_path / "a", 100), out)
    assert out.is_symlink()
    reader = duckdb.connect(str(out.resolve()), read_only=True)
    build(lake(tmp_path / "b", 250), out)
    assert reader.sql("SELECT sum(realisatie_cent) FROM mart.pq_maand").fetchall() == [(100,)]
    assert total(out) == 250
    reader.close()


def test_another_process_reads_while_generations_are_swapped(tmp_path: Path) -> None:
    # a reader opens the link again and again; it must never fail and never see anything but 100 or 250
    out = tmp_path / "stuurinfo.duckdb"
    first, second = lake(tmp_path / "a", 100), lake(tmp_path / "b", 250)
    build(first, out)
    code = (
        "import duckdb, sys, time, os\n"
        "seen = set()\n"
        "print('klaar', flush=True)\n"
        "while not os.path.exists(sys.argv[2]):\n"
        "    con = duckdb.connect(os.path.realpath(sys.argv[1]), read_only=True)\n"
        "    seen.add(con.execute('SELECT sum(realisatie_cent) FROM mart.pq_maand').fetchall()[0][0])\n"
        "    con.close()\n"
        "print(sorted(int(value) for value in seen))\n"
    )
    stop = tmp_path / "stop"
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(out), str(stop)], stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "klaar\n"
    build(second, out)
    build(first, out)
    build(second, out)
    stop.touch()
    rest, _ = reader.communicate(timeout=60)
    assert reader.returncode == 0
    assert rest.strip() in {"[100, 250]", "[100]", "[250]"}


def test_set_number_of_generations_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "stuurinfo.duckdb"
    source = lake(tmp_path / "lake", 100)
    paths = [build(source, out, options=Options(keep=2)).path for _ in range(3)]
    assert generations(out) == paths[1:]
    assert out.resolve() == paths[2]


def test_failed_check_keeps_the_old_snapshot_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "uit" / "stuurinfo.duckdb"
    build(lake(tmp_path / "goed", 100), out)
    before = names(out.parent)
    # the message says 300 cents were loaded, the lake holds 250
    wrong = lake(tmp_path / "fout", 250, bedrag_geladen_cent=300, bedrag_cent=300)
    with pytest.raises(CheckError, match="bericht_lake_sluit"):
        build(wrong, out)
    assert total(out) == 100
    assert names(out.parent) == before
    assert main(["build", "--lake", str(wrong), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert "bericht_lake_sluit" in said
    assert "bericht_id=m1" in said
    assert "vorige snapshot blijft staan" in said
    assert names(out.parent) == before


def test_broken_model_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / "modellen"
    shutil.copytree(ROOT / "warehouse" / "models", models)
    file = models / "mart" / "breuk.sql"
    file.write_text(
        file.read_text(encoding="utf-8").replace("omschrijving, bron\n    FROM", "bron\n    FROM")
    )
    read = builder.read_models
    monkeypatch.setattr(builder, "read_models", lambda: read(models))
    out = tmp_path / "uit" / "stuurinfo.duckdb"
    with pytest.raises(ModelError, match=r"mart\.breuk"):
        build(lake(tmp_path / "lake", 100), out)
    assert names(out.parent) == set()


def test_what_a_killed_build_left_is_swept(tmp_path: Path) -> None:
    out = tmp_path / "uit" / "stuurinfo.duckdb"
    out.parent.mkdir()
    left = out.parent / ".stuurinfo.20260101T000000000000.bouw"
    left.write_bytes(b"half")
    spill = out.parent / ".stuurinfo.20260101T000000000000.bouw.tmp"
    spill.mkdir()
    (spill / "deel").write_bytes(b"half")
    build(lake(tmp_path / "lake", 100), out)
    assert names(out.parent) == {"stuurinfo.duckdb", out.resolve().name}


def test_a_running_build_is_not_swept(tmp_path: Path) -> None:
    out = tmp_path / "stuurinfo.duckdb"
    busy = tmp_path / ".stuurinfo.20260101T000000000000.bouw"
    code = (
        "import duckdb, sys\n"
        "con = duckdb.connect(sys.argv[1]); con.execute('CREATE TABLE t AS SELECT 1 AS a')\n"
        "open(sys.argv[1] + '.wal', 'a').close()\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(busy)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    build(lake(tmp_path / "lake", 100), out)
    assert busy.exists()
    assert Path(f"{busy}.wal").exists()
    other.communicate("", timeout=30)
    build(tmp_path / "lake", out)
    assert not busy.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--lake", "{leeg}", "--out", "{map}/s.duckdb"],
        ["build", "--lake", "{lake}", "--out", "{map}/s.db"],
        ["build", "--lake", "{lake}", "--out", "{map}/gewoon.duckdb"],
        ["build", "--lake", "{nieuw}", "--out", "{map}/s.duckdb"],
    ],
    ids=["geen lake", "andere uitgang", "gewoon bestand", "lake zonder regels"],
)
def test_usage_errors_exit_2_and_change_nothing(tmp_path: Path, arguments: list[str]) -> None:
    target = tmp_path / "uit"
    target.mkdir()
    (target / "gewoon.duckdb").write_text("van iemand anders")
    (tmp_path / "leeg").mkdir()
    places = {
        "leeg": tmp_path / "leeg",
        "lake": lake(tmp_path / "lake", 100),
        "nieuw": write_lake(tmp_path / "nieuw", {"product": PRODUCT}),
        "map": target,
    }
    before = names(target)
    assert main([part.format(**places) for part in arguments]) == 2
    assert names(target) == before
    assert (target / "gewoon.duckdb").read_text() == "van iemand anders"


def test_lake_with_other_columns_is_named(tmp_path: Path) -> None:
    import polars as pl
    from deltalake import write_deltalake

    source = lake(tmp_path / "lake", 100)
    write_deltalake(str(source / "breuk"), pl.DataFrame({"bericht_id": ["x"]}).to_arrow())
    with pytest.raises(UsageError, match="breuk"):
        build(source, tmp_path / "s.duckdb")


def test_command_reports_and_dates(tmp_path: Path) -> None:
    source = lake(tmp_path / "lake", 100)
    out = tmp_path / "s.duckdb"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "warehouse",
            "build",
            "--lake",
            source,
            "--out",
            out,
            "--bekend-op",
            "2026-07-01",
            "--json",
            "-v",
        ],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '"bekend_op": "2026-07-01"' in done.stdout
    assert "mart.pq_maand" in done.stderr
    con = duckdb.connect(str(out.resolve()), read_only=True)
    assert con.sql("SELECT bekend_op, is_voorbeeld FROM meta.snapshot").fetchall() == [
        (date(2026, 7, 1), True)
    ]
    comment = con.sql(
        "SELECT comment FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = 'pq_maand'"
        " AND column_name = 'realisatie_cent'"
    ).fetchall()
    assert comment == [("realisatie, P x Q [cent]",)]
    schemas = {row[0] for row in con.sql("SELECT DISTINCT schema_name FROM duckdb_tables()").fetchall()}
    assert schemas == {"kern", "mart", "meta"}
    con.close()


def test_default_date_is_the_newest_receipt_of_a_fact(tmp_path: Path) -> None:
    # the line came in on 5 June; the product table of 31 October is a yardstick, not a fact
    source = write_lake(
        tmp_path / "lake",
        {
            "product": [{**PRODUCT[0], "ontvangen_op": "2026-10-31"}],
            "declaratieregel": [
                {"periode_begin": "2026-05-01", "bedrag_cent": 1, "ontvangen_op": "2026-06-05T09:30:00"}
            ],
        },
    )
    assert build(source, tmp_path / "s.duckdb").bekend_op == date(2026, 6, 5)
