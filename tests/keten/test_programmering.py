"""The workbook of the jaarprogrammering through the real commands: write, fill in, load, build, compare."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import fastexcel
import polars as pl
import pytest
import xlsxwriter

from tests.etl.conftest import WORTEL, omgeving, opdracht
from tests.etl.maken import BSN_1, BSN_2
from tests.etl.tabellen import as_csv
from warehouse.template import COLUMNS, NAMES

PRODUCTEN = """gemeentecode;wet;productcategorie;productcode;geldig_van;geldig_tot;product;productgroep;\
hoofdproduct;zwaarte;zwaarte_rang;eenheid;uitvoeringsvariant;taakveld;peildatum
0392;Wmo;02;02A03;01-01-2015;;Begeleiding;Begeleiding;Ambulante begeleiding;licht;1;04;;6.71;01-01-2020
"""


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """`python -m warehouse …` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "warehouse", *map(str, words)],
        cwd=WORTEL,
        env=omgeving(),
        capture_output=True,
        text=True,
        timeout=120,
    )


def line(ref: str, bsn: str, month: int, aanbieder: str = "00000001") -> dict[str, Any]:
    return {
        "wet": "Wmo", "gemeentecode": "0392", "aanbieder_agb": aanbieder, "bsn": bsn,
        "toewijzingnummer": None, "productcategorie": "02", "productcode": "02A03",
        "begindatum": date(2025, month, 1), "einddatum": date(2025, month, 28),
        "volume": 10, "eenheid": "04", "tarief": None, "bedrag": 600, "debet_credit": "D",
        "referentienummer": ref, "vorig_referentienummer": None, "declaratienummer": "DN1",
        "ontvangen_op": date(2025, month + 1, 5), "beantwoord_op": None, "status": "goedgekeurd",
        "toegekend_bedrag": 600,
    }  # fmt: skip


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of two clients with 10 hours each in January and one of them in February 2025."""
    place = tmp_path_factory.mktemp("programma")
    lines = [line("R1", BSN_1, 1), line("R2", BSN_2, 1, "00000002"), line("R3", BSN_1, 2)]
    (place / "declaratieregels.csv").write_bytes(as_csv(lines))
    (place / "producten.csv").write_text(PRODUCTEN, encoding="utf-8")
    loaded = opdracht("load", place, "--lake", place / "lake")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    return place / "lake"


def build(lake: Path, out: Path) -> Path:
    done = command("build", "--lake", lake, "--out", out, "--bekend-op", "2026-03-31")
    assert done.returncode == 0, done.stderr
    return out


def fill_in(blank: Path, rows: list[dict[str, Any]]) -> bytes:
    """The workbook with these rows under its own header, as a spreadsheet would save it."""
    header = fastexcel.read_excel(blank).load_sheet(0).to_polars().columns
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("programmering")
        for place, name in enumerate(header):
            sheet.write_string(0, place, name)
            for number, row in enumerate(rows, start=1):
                value = row.get(name)
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
        book.add_worksheet("toelichting").write_string(0, 0, "Waarvoor")
    return buffer.getvalue()


def test_a_filled_in_workbook_stands_beside_the_realisation(lake: Path, tmp_path: Path) -> None:
    blank = tmp_path / "leeg.xlsx"
    done = command("template", "--out", blank, "--jaar", 2025)
    assert done.returncode == 0, done.stderr
    book = fastexcel.read_excel(blank)
    assert book.sheet_names == ["programmering", "toelichting"]
    assert book.load_sheet(0).to_polars().columns == NAMES
    explained = book.load_sheet(1, header_row=None).to_polars().to_series(0).to_list()
    assert set(NAMES) <= set(explained)

    row = {
        "gemeentecode": "0392", "jaar": 2025, "wet": "Wmo", "hoofdproduct": "Ambulante begeleiding",
        "productgroep": "Begeleiding", "product": "Begeleiding", "zwaarte": "licht", "eenheid": "04",
        "vastgesteld_op": date(2024, 12, 10), "bron": "jaarprogrammering 2025",
    }  # fmt: skip
    rows = [
        {**row, "clienten": 4, "duur_weken": 6.5, "volume": 40, "tarief": 55.5, "bedrag": 2220.0},
        {**row, "aanbieder_agb": "00000001", "clienten": 1, "bedrag": 1000},
        {**row, "wijkcode": "onbekend", "bedrag": 12.5},
    ]
    filled = tmp_path / "ingevuld.xlsx"
    filled.write_bytes(fill_in(blank, rows))
    loaded = opdracht("load", filled, "--lake", lake)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr

    con = duckdb.connect(str(build(lake, tmp_path / "s.duckdb").resolve()), read_only=True)
    found = con.sql(
        "SELECT wijkcode, aanbieder_agb, doel_clienten, clienten, doel_duur_weken, doel_volume,"
        " CAST(volume AS DOUBLE), doel_prijs_cent, prijs_cent, doel_cent, realisatie_cent FROM mart.programma"
        " ORDER BY doel_cent DESC"
    ).fetchall()
    assert found == [
        (None, None, 4.0, 2, 6.5, 40.0, 30.0, 5550, 6000.0, 222000, 180000),
        (None, "00000001", 1.0, 1, None, None, 20.0, None, 6000.0, 100000, 120000),
        ("onbekend", None, None, 2, None, None, 30.0, None, 6000.0, 1250, 180000),
    ]
    effects = con.sql(
        "SELECT sum(verschil_cent), sum(effect_niet_verdeeld_cent) FROM mart.pq_programma"
        " WHERE bron = 'programmering' GROUP BY aanbieder_agb IS NULL AND wijkcode IS NULL ORDER BY 1"
    ).fetchall()
    con.close()
    assert effects == [(-42000, 0), (198750, 198750)]


def test_the_workbook_is_filled_with_last_year_but_not_for_few(lake: Path, tmp_path: Path) -> None:
    snapshot = build(lake, tmp_path / "s.duckdb")
    done = command("template", "--out", tmp_path / "t.xlsx", "--snapshot", snapshot)
    assert done.returncode == 0, done.stderr
    sheet = fastexcel.read_excel(tmp_path / "t.xlsx").load_sheet(0, dtypes="string").to_polars()
    names = ["jaar", "wet", "product", "zwaarte", "eenheid", "clienten", "volume", "bedrag", "bron"]
    # two clients are too few to write down
    filled = ("2027", "Wmo", "Begeleiding", "licht", "04", None, None, None, "realisatie 2025")
    assert sheet.select(names).rows() == [filled]
    assert "0392" in sheet["gemeentecode"].to_list()


def test_figures_of_enough_clients_are_filled_in(tmp_path: Path) -> None:
    from tests.warehouse.tiny import write_lake

    clients = [f"client {n}" for n in range(12)]
    lines = [
        {"periode_begin": "2025-01-01", "client_id": c, "volume": 10, "bedrag_cent": 60050} for c in clients
    ]
    product = {"productcode": "02A01", "product": "Begeleiding"}
    allocated = [{"client_id": clients[0], "ingangsdatum": "2025-01-01", "einddatum": "2025-01-31"}]
    allocated[0] |= {"volume": 200, "eenheid": "04", "frequentie": "6"}  # type: ignore[dict-item]
    place = write_lake(
        tmp_path / "lake", {"product": [product], "declaratieregel": lines, "toewijzing": allocated}
    )
    snapshot = build(place, tmp_path / "s.duckdb")
    assert command("template", "--out", tmp_path / "t.xlsx", "--snapshot", snapshot).returncode == 0
    row = fastexcel.read_excel(tmp_path / "t.xlsx").load_sheet(0).to_polars().to_dicts()[0]
    # 12 clients of 31 days are 372 days = 53,14 weeks; 200 hours toegewezen, 120 delivered
    expected = {"clienten": 12, "duur_weken": 4.4, "intensiteit": 3.763, "uitnutting": 0.6}
    expected |= {"volume": 120, "tarief": 60.05, "bedrag": 7206.0}
    assert {name: row[name] for name in expected} == pytest.approx(expected)


def test_a_workbook_of_nothing_is_usage(tmp_path: Path) -> None:
    done = command("template", "--out", tmp_path / "t.xlsx")
    assert (done.returncode, done.stderr) == (
        2,
        "Geef --jaar of --snapshot, dan is bekend voor welk jaar de programmering is.\n",
    )
    assert command("template", "--out", tmp_path / "t.xlsx", "--snapshot", tmp_path / "geen").returncode == 2
    assert command("template", "--out", tmp_path / "geen" / "t.xlsx", "--jaar", 2027).returncode == 2


def test_help_fits_in_a_cell_note() -> None:
    # a workbook takes 32 and 255 characters; longer help would be cut off in the middle of a word
    assert [name for name, _, _, words in COLUMNS if len(name) > 32 or len(words) > 240] == []
    assert pl.Series(NAMES).is_unique().all()
