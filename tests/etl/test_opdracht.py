"""The commands as a person or script meets them: exit codes, Dutch texts, what a mistake changes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.lake import SCHEMA_VERSIE, Lake
from tests.etl.conftest import VOORBEELD, WORTEL, Laad, omgeving, opdracht, rows
from tests.etl.maken import BSN_1, POSTCODES, client, declaratie, prestatie, start, toewijzing, zip_of


@pytest.fixture
def bericht(tmp_path: Path) -> Path:
    pad = tmp_path / "a.xml"
    pad.write_text(declaratie(client(BSN_1, prestatie("R1")), totaal=5000))
    return pad


def test_without_key_nothing_happens(bericht: Path, lake: Path) -> None:
    klaar = opdracht("load", bericht, "--lake", lake, sleutel=None)
    assert klaar.returncode == 2 and "STUURINFO_KEY_FILE" in klaar.stderr
    assert not lake.exists()


def test_key_file_is_used_but_not_from_inside_the_lake(bericht: Path, lake: Path, tmp_path: Path) -> None:
    (tmp_path / "sleutel.txt").write_text("een-lange-sleutel-uit-een-bestand\n")
    lake.mkdir()
    (lake / "sleutel.txt").write_text("een-lange-sleutel-uit-een-bestand\n")
    for pad, code in ((tmp_path, 0), (lake, 2)):
        env = omgeving(None) | {"STUURINFO_KEY_FILE": str(pad / "sleutel.txt")}
        klaar = subprocess.run(
            [sys.executable, "-m", "etl", "load", str(bericht), "--lake", str(lake)],
            cwd=WORTEL,
            env=env,
            capture_output=True,
            text=True,
        )
        assert klaar.returncode == code, klaar.stderr


def test_another_key_is_refused_and_the_lake_stays(bericht: Path, lake: Path, tmp_path: Path) -> None:
    assert opdracht("load", bericht, "--lake", lake).returncode == 0
    (tmp_path / "b.xml").write_text(start(BSN_1, 1))
    klaar = opdracht("load", tmp_path / "b.xml", "--lake", lake, sleutel="een-heel-andere-sleutel-dan-eerst")
    assert klaar.returncode == 2 and "andere sleutel" in klaar.stderr
    assert rows(lake, "bericht").height == 1


def test_lake_says_whether_it_is_the_sample(bericht: Path, tmp_path: Path) -> None:
    for sleutel, voorbeeld in ((VOORBEELD, True), ("een-lange-geheime-sleutel-0123", False)):
        lake = tmp_path / str(voorbeeld)
        assert opdracht("load", bericht, "--lake", lake, sleutel=sleutel).returncode == 0
        over = json.loads((lake / "lake.json").read_text())
        assert over["voorbeeld"] is voorbeeld and over["schema_versie"] == SCHEMA_VERSIE
        assert sleutel not in (lake / "lake.json").read_text()


def test_missing_path_and_unwritable_lake_are_told(bericht: Path, lake: Path, tmp_path: Path) -> None:
    klaar = opdracht("load", tmp_path / "weg.xml", "--lake", lake)
    assert klaar.returncode == 2 and "bestaat niet" in klaar.stderr and not lake.exists()
    (tmp_path / "bestand").write_text("geen map")
    klaar = opdracht("load", bericht, "--lake", tmp_path / "bestand" / "lake")
    assert klaar.returncode == 2 and "niet te beschrijven" in klaar.stderr
    assert opdracht("load", "--lake", lake).returncode == 2
    assert opdracht("log", "--lake", lake).returncode == 2
    assert "Traceback" not in klaar.stderr


def test_newer_lake_is_refused(bericht: Path, lake: Path) -> None:
    opdracht("load", bericht, "--lake", lake)
    over = json.loads((lake / "lake.json").read_text()) | {"schema_versie": 99}
    (lake / "lake.json").write_text(json.dumps(over))
    klaar = opdracht("load", bericht, "--lake", lake)
    assert klaar.returncode == 2 and "schemaversie 99" in klaar.stderr


def test_exit_codes(bericht: Path, lake: Path, tmp_path: Path) -> None:
    """0 all read, also when double or not ours; 1 refused, unknown or a line quarantined."""
    assert opdracht("load", bericht, "--lake", lake).returncode == 0
    assert opdracht("load", bericht, "--lake", lake).returncode == 0
    gevallen = {
        "deels": declaratie(client(BSN_1, prestatie("R2"), prestatie("R3", "x")), totaal=5000, nummer="B2"),
        "geweigerd": bericht.read_text()[:-20],
        "onbekend": "<a/>",
    }
    for status, tekst in gevallen.items():
        (tmp_path / "x.xml").write_text(tekst)
        klaar = opdracht("load", tmp_path / "x.xml", "--lake", lake)
        assert klaar.returncode == 1 and klaar.stdout.startswith(status), klaar.stdout


def test_report_is_dutch_and_says_what_to_do(tmp_path: Path, lake: Path) -> None:
    invoer = tmp_path / "in"
    invoer.mkdir()
    leden = [(f"{n}.xml", start(BSN_1, n, nummer=f"S{n}").encode()) for n in range(40)]
    (invoer / "2026-05.zip").write_bytes(zip_of([*leden, ("kapot.xml", leden[0][1][:-9])]))
    (invoer / "t.xml").write_text(toewijzing(BSN_1, 7))
    (invoer / "d.xml").write_text(
        declaratie(client(BSN_1, prestatie("R1", 123456), prestatie("R2", 700, begin="x")), totaal=124156)
    )
    klaar = opdracht("load", invoer, "--lake", lake)
    assert "zip          2026-05.zip  40 geladen, 1 geweigerd" in klaar.stdout
    assert "geweigerd    kapot.xml  wmo305" in klaar.stdout
    assert klaar.stdout.count("geladen      ") == 1, (
        "of a zip only what needs attention has a line of its own"
    )
    assert "1.234,56" in klaar.stdout and "7,00" in klaar.stdout
    assert "Het bericht is niet compleet" in klaar.stdout and "Haal het bestand opnieuw op" in klaar.stdout
    assert "LET OP" in klaar.stdout and "postcode_wijk" in klaar.stdout


def test_own_notes_of_the_generator_are_passed_over(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "voorbeeldsleutel.txt").write_text("voorbeeldsleutel-abc\n")
    (tmp_path / "verwacht.json").write_text('{"stuurinformatie_verwacht": 1, "regels": 3}')
    (tmp_path / "LEESMIJ.txt").write_text("Synthetische gemeente\nuitleg\n")
    (tmp_path / "p.csv").write_bytes(POSTCODES)
    assert [b["name"] for b in laad(tmp_path)["files"]] == ["p.csv"]


def test_log_lists_every_attempt(bericht: Path, lake: Path) -> None:
    opdracht("load", bericht, "--lake", lake)
    opdracht("load", bericht, "--lake", lake)
    log = json.loads(opdracht("log", "--lake", lake, "--json").stdout)
    assert [r["status"] for r in log] == ["geladen", "dubbel"]
    assert log[0]["bedrag_geladen_cent"] == 5000
    leesbaar = opdracht("log", "--lake", lake).stdout.splitlines()
    assert len(leesbaar) == 2 and "1 van 1 regels" in leesbaar[0]


def test_reader_that_leaves_does_not_break_off_the_load(tmp_path: Path, lake: Path) -> None:
    """`etl load … | head -1`: all of it is loaded, and nobody sees a traceback."""
    invoer = tmp_path / "in"
    invoer.mkdir()
    for n in range(30):
        (invoer / f"{n}.xml").write_text(start(BSN_1, n, nummer=f"S{n}"))
    lees, schrijf = os.pipe()
    os.close(lees)
    klaar = subprocess.run(
        [sys.executable, "-m", "etl", "load", str(invoer), "--lake", str(lake)],
        cwd=WORTEL,
        env=omgeving(),
        stdout=schrijf,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(schrijf)
    assert (klaar.returncode, klaar.stderr) == (0, "")
    assert rows(lake, "start").height == 30


def test_few_files_for_many_messages(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """Three hundred messages in a zip are one Parquet file per table, not one a message."""
    leden = [(f"{n}.xml", start(BSN_1, n, nummer=f"S{n}").encode()) for n in range(300)]
    (tmp_path / "a.zip").write_bytes(zip_of(leden))
    laad(tmp_path / "a.zip")
    assert len(list((lake / "start").glob("*.parquet"))) == 1
    assert Lake(lake).version("bericht") == 0
