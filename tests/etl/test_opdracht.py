"""The commands as a person or script meets them: exit codes, Dutch texts, what a mistake changes."""

import csv as csv_module
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from etl.lake import SCHEMA_VERSIE, Lake
from tests.etl.conftest import VOORBEELD, WORTEL, Laad, lake_hash, omgeving, opdracht, rows
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


# -- what comes in, progress, stopping ----------------------------------------------------------------------


def through_stdin(data: bytes, *woorden: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "etl", "load", "-", *map(str, woorden)],
        cwd=WORTEL,
        env=omgeving(),
        input=data,
        capture_output=True,
        timeout=120,
    )


def test_what_comes_in_is_loaded_as_if_its_members_lay_loose(tmp_path: Path, lake: Path) -> None:
    """The same lake as loading the folder gives, a zip inside the zip being one step deep."""
    map_ = tmp_path / "in"
    map_.mkdir()
    leden = {f"{n}.xml": start(BSN_1, n, nummer=f"S{n}").encode() for n in range(12)}
    leden["p.csv"] = POSTCODES
    leden["diep.zip"] = zip_of([("laag.zip", zip_of([("s.xml", start(BSN_1, 99, nummer="S99").encode())]))])
    for naam, data in leden.items():
        (map_ / naam).write_bytes(data)
    los = opdracht("load", map_, "--lake", tmp_path / "los", "--json")
    binnen = through_stdin(zip_of(leden.items()), "--lake", lake, "--json", "--voortgang", "json")
    assert (binnen.returncode, los.returncode) == (0, 0), binnen.stderr
    assert {b["name"]: b for b in json.loads(binnen.stdout)["files"]} == {
        b["name"]: b for b in json.loads(los.stdout)["files"]
    }
    assert lake_hash(lake) == lake_hash(tmp_path / "los")
    regels = [json.loads(r) for r in binnen.stderr.splitlines()]
    assert all(set(r) == {"klaar", "totaal", "naam"} for r in regels)
    stand = [r["klaar"] for r in regels]
    assert stand == sorted(stand) and stand[0] == 0 and stand[-1] == 14 == regels[-1]["totaal"]


def test_one_file_comes_in_under_its_name(lake: Path) -> None:
    klaar = through_stdin(start(BSN_1, 1).encode(), "--naam", "brief 999900006.xml", "--lake", lake, "--json")
    (bestand,) = json.loads(klaar.stdout)["files"]
    assert (bestand["name"], bestand["status"]) == ("brief #########.xml", "geladen")


@pytest.mark.parametrize(
    ("data", "zin"), [(b"", "kwam niets binnen"), (bytes(1024 * 1024 + 1), "groter dan 1 MB")]
)
def test_nothing_or_too_much_coming_in_changes_nothing(
    tmp_path: Path, lake: Path, data: bytes, zin: str
) -> None:
    (tmp_path / "i.toml").write_text("[laden]\ninvoer_mb = 1\n")
    klaar = subprocess.run(
        [sys.executable, "-m", "etl", "load", "-", "--lake", str(lake)],
        cwd=WORTEL,
        env=omgeving() | {"STUURINFO_INSTELLINGEN": str(tmp_path / "i.toml")},
        input=data,
        capture_output=True,
    )
    assert klaar.returncode == 2 and zin in klaar.stderr.decode() and not lake.exists()


def test_damaged_zip_coming_in_is_refused_with_its_reason(lake: Path) -> None:
    klaar = through_stdin(zip_of([("a.xml", b"x" * 999)])[:-30], "--naam", "b.zip", "--lake", lake, "--json")
    (bestand,) = json.loads(klaar.stdout)["files"]
    assert (klaar.returncode, bestand["name"], bestand["redenen"]) == (1, "b.zip", {"zip_kapot": 1})


@pytest.fixture(scope="module")
def grote_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough to be stopped in: more than one batch of 96 MB."""
    pad = tmp_path_factory.mktemp("groot") / "groot.zip"
    clienten = [client(BSN_1, *[prestatie(f"R{c}-{i}") for i in range(5)]) for c in range(1500)]
    leden = (
        (f"{n}.xml", declaratie(*clienten, totaal=7500 * 5000, nummer=f"G{n}").encode()) for n in range(60)
    )
    pad.write_bytes(zip_of(leden))
    return pad


def start_load(zip_: Path, lake: Path) -> subprocess.Popen[str]:
    """A load under way, whose progress stands on stderr."""
    return subprocess.Popen(
        [sys.executable, "-m", "etl", "load", str(zip_), "--lake", str(lake), "--voortgang", "json"],
        cwd=WORTEL,
        env=omgeving(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("met_inhoud", [True, False])
@pytest.mark.parametrize("na", [2, 25, 59])
def test_stopped_load_leaves_the_lake_as_it_was(
    grote_zip: Path, bericht: Path, lake: Path, na: int, met_inhoud: bool
) -> None:
    """SIGTERM early, later, and when a whole batch counts already: 143, Dutch, nothing changed."""
    if met_inhoud:
        opdracht("load", bericht, "--lake", lake)
    voor = lake_hash(lake)
    log = rows(lake, "laadlog").height
    proces = start_load(grote_zip, lake)
    assert proces.stderr is not None
    for regel in proces.stderr:
        if json.loads(regel)["klaar"] >= na:
            break
    proces.send_signal(signal.SIGTERM)
    uit, fout = proces.communicate(timeout=60)
    assert proces.returncode == 143, fout
    assert fout.splitlines()[-1] == "Afgebroken. Het lake is zoals het was." and "Traceback" not in fout
    assert (lake_hash(lake), rows(lake, "laadlog").height, uit) == (voor, log, "")
    assert (lake / "lake.json").exists() is met_inhoud
    assert opdracht("load", bericht, "--lake", lake).returncode == 0


def test_ctrl_c_is_told_in_dutch_too(grote_zip: Path, lake: Path) -> None:
    proces = start_load(grote_zip, lake)
    assert proces.stderr is not None
    proces.stderr.readline()
    proces.send_signal(signal.SIGINT)
    _, fout = proces.communicate(timeout=60)
    assert proces.returncode == 130 and fout.endswith("Afgebroken. Het lake is zoals het was.\n")


# -- what the report says ------------------------------------------------------------------------------------


def test_report_ends_with_what_asks_attention_and_findings_stand_apart(tmp_path: Path, lake: Path) -> None:
    invoer = tmp_path / "in"
    invoer.mkdir()
    (invoer / "kapot.xml").write_text(start(BSN_1, 1)[:-9])
    (invoer / "vreemd.xml").write_text("<a/>")
    (invoer / "d.xml").write_text(
        declaratie(client(BSN_1, prestatie("R1", eenheid="99"), prestatie("R2", 700, begin="x")), totaal=5700)
    )
    uit = opdracht("load", invoer, "--lake", lake).stdout
    slot = " ".join(uit[uit.index("3 bestanden") :].split())
    assert slot.startswith("3 bestanden vragen aandacht: 1 deels geladen, 1 geweigerd en 1 onbekend (")
    assert "Wat u doet: Haal het bestand opnieuw op." in slot
    niet, wel = uit.index("Niet geladen"), uit.index("Wel geladen, maar opvallend")
    assert niet < uit.index("is niet te lezen") < wel < uit.index("staat niet in de codelijst")
    regel = next(r for r in uit.splitlines() if "wmo323 declaratie" in r)
    assert [c.strip() for c in regel.strip("│ ").split("│")][1:] == ["1", "", "", "1", "1", "50,00", "7,00"]
    verslag = json.loads(opdracht("load", invoer, "--lake", tmp_path / "b", "--json", "--dry-run").stdout)
    assert verslag["proef"] and verslag["uitleg"]["afgekapt"]["advies"] == "Haal het bestand opnieuw op."
    assert [r for r, u in verslag["uitleg"].items() if u["bevinding"]] == ["bevinding:codelijst:eenheid"]


def test_report_of_what_is_in_order_says_so(bericht: Path, lake: Path) -> None:
    assert "Alles is gelezen; u hoeft niets te doen." in opdracht("load", bericht, "--lake", lake).stdout


# -- quarantine ----------------------------------------------------------------------------------------------


def test_quarantine_lists_lines_by_reason_and_as_a_safe_list(tmp_path: Path, lake: Path) -> None:
    """Two lines without a date in one file and a broken file; by hand: € 7,00 and − € 3,00 are set apart."""
    (tmp_path / "d.xml").write_text(
        declaratie(
            client(
                BSN_1,
                prestatie("R1"),
                prestatie("=1+1", 700, begin="x"),
                prestatie("R3", 300, "C", begin="y"),
            ),
            totaal=5400,
        )
    )
    (tmp_path / "kapot.xml").write_text(start(BSN_1, 1)[:-9])
    opdracht("load", tmp_path / "d.xml", tmp_path / "kapot.xml", "--lake", lake)
    regels = json.loads(opdracht("quarantine", "--lake", lake, "--json").stdout)
    assert [(r["naam"], r["regel_nr"], r["referentienummer"], r["bedrag_cent"]) for r in regels] == [
        ("d.xml", 2, "=1+1", 700),
        ("d.xml", 3, "R3", -300),
        ("kapot.xml", 0, None, None),
    ]
    assert [r["afzender"] for r in regels] == ["65656055", "65656055", None]
    leesbaar = opdracht("quarantine", "--lake", lake).stdout
    assert "2 keer (€ 4,00): " in leesbaar and "kapot.xml  wmo305 start  hele bestand" in leesbaar
    som = next(r["sha256"] for r in regels if r["naam"] == "kapot.xml")
    assert len(json.loads(opdracht("quarantine", "--lake", lake, "--json", "--sha256", som).stdout)) == 1
    assert opdracht("quarantine", "--lake", lake, "--csv", tmp_path / "lijst.csv").returncode == 0
    lijst = (tmp_path / "lijst.csv").read_bytes()
    assert lijst.startswith(b"\xef\xbb\xbf")
    rijen = list(csv_module.reader(lijst.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rijen[0][:5] == ["bestand", "soort", "afzender", "regel", "referentienummer"]
    assert [(r[4], r[-1]) for r in rijen[1:]] == [("'=1+1", "7,00"), ("R3", "-3,00"), ("", "")]
    assert opdracht("quarantine", "--lake", lake, "--sha256", "0" * 64).returncode == 2
    assert opdracht("quarantine", "--lake", tmp_path / "geen").returncode == 2


def test_withdrawn_file_is_no_longer_on_the_list(tmp_path: Path, lake: Path) -> None:
    (tmp_path / "kapot.xml").write_text(start(BSN_1, 1)[:-9])
    opdracht("load", tmp_path / "kapot.xml", "--lake", lake)
    (regel,) = json.loads(opdracht("quarantine", "--lake", lake, "--json").stdout)
    assert opdracht("withdraw", regel["sha256"], "--lake", lake, "--why", " ").returncode == 2
    assert opdracht("withdraw", regel["sha256"], "--lake", lake, "--why", "kapot").returncode == 0
    assert json.loads(opdracht("quarantine", "--lake", lake, "--json").stdout) == []
