"""What people keep: by name, newest version, with who and when, and never a number that may be a BSN."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.notities import opslag
from dashboard.notities.opslag import NotitieError
from dashboard.notities.scenarios import read_scenarios, remove_scenario, save_scenario
from dashboard.notities.uitvoer import export_notities, restore_notities
from dashboard.notities.weergaven import read_weergaven, remove_weergave, save_weergave


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    return tmp_path / "beeld" / "notities.sqlite"


def test_kept_by_name_in_the_newest_version(pad: Path) -> None:
    assert read_scenarios(pad) == []
    save_scenario(pad, "  minder   uren ", {"tarief": 0.02}, "a1")
    save_scenario(pad, "Afschalen", {"afschalen": 0.1}, "b2")
    save_scenario(pad, "minder uren", {"tarief": 0.03}, "c3")
    gevonden = read_scenarios(pad)
    assert [(s.naam, s.inhoud, s.wie) for s in gevonden] == [
        ("Afschalen", {"afschalen": 0.1}, "b2"),
        ("minder uren", {"tarief": 0.03}, "c3"),
    ]


def test_what_lapsed_stays_on_record(pad: Path) -> None:
    save_scenario(pad, "weg", {}, "a1")
    remove_scenario(pad, "weg", "b2")
    remove_scenario(pad, "bestaat niet", "b2")
    assert read_scenarios(pad) == []
    with sqlite3.connect(pad) as con:
        rijen = con.execute(
            "SELECT kenmerk, wie, vervallen_door, vervallen_op IS NULL FROM aantekening"
        ).fetchall()
    assert rijen == [("weg", "a1", "b2", 0)]


@pytest.mark.parametrize(
    ("naam", "reden"),
    [
        ("", "Geef een naam"),
        (" \n ", "Geef een naam"),
        ("x" * 61, "korter dan 60"),
        ("plan 999900006", "BSN"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(pad: Path, naam: str, reden: str) -> None:
    with pytest.raises(NotitieError, match=reden):
        save_scenario(pad, naam, {}, "a1")
    assert read_scenarios(pad) == []


def test_many_at_once_lose_nothing(pad: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: save_scenario(pad, f"plan {n % 20}", {"n": n}, "a1"), range(80)))
    assert len(read_scenarios(pad)) == 20
    with sqlite3.connect(pad) as con:
        assert con.execute("SELECT count(*) FROM aantekening").fetchall() == [(80,)]


def test_a_file_that_is_none_is_told_without_a_traceback(pad: Path) -> None:
    pad.parent.mkdir(parents=True)
    pad.write_text("geen database, maar wel lang genoeg om er een te lijken" * 40)
    with pytest.raises(NotitieError, match="functioneel beheer"):
        read_scenarios(pad)


def test_scenarios_of_before_move_along(pad: Path) -> None:
    """A file of the version before had a table of scenarios only."""
    pad.parent.mkdir()
    with sqlite3.connect(pad) as con:
        con.executescript(
            """CREATE TABLE scenario (nr INTEGER PRIMARY KEY, naam TEXT NOT NULL, inhoud TEXT NOT NULL,
                 wie TEXT NOT NULL, vastgelegd_op TEXT NOT NULL, vervallen_op TEXT, vervallen_door TEXT);
               INSERT INTO scenario VALUES
                 (1, 'weg', '{}', 'a1', '2026-01-01T00:00:00+00:00', '2026-01-02T00:00:00+00:00', 'b2'),
                 (2, 'plan', '{"tarief": 0.02}', 'a1', '2026-01-03T00:00:00+00:00', NULL, NULL);"""
        )
    assert [(s.naam, s.inhoud, s.wie) for s in read_scenarios(pad)] == [("plan", {"tarief": 0.02}, "a1")]
    (weg,) = opslag.read_history(pad, "scenario", "", "weg")
    assert (weg.vervallen_door, weg.vervallen_op is None) == ("b2", False)
    with sqlite3.connect(pad) as con:
        assert con.execute("SELECT count(*) FROM sqlite_master WHERE name = 'scenario'").fetchall() == [(0,)]


def test_views_belong_to_one_person(pad: Path) -> None:
    save_weergave(pad, "Ochtend", "pq", {"wet": "Wmo"}, "a1")
    save_weergave(pad, "Ochtend", "stroom", {}, "b2")
    assert [(w.naam, w.pad, w.vraag) for w in read_weergaven(pad, "a1")] == [
        ("Ochtend", "pq", {"wet": "Wmo"})
    ]
    remove_weergave(pad, "Ochtend", "a1")
    assert read_weergaven(pad, "a1") == []
    assert [w.pad for w in read_weergaven(pad, "b2")] == ["stroom"]


def test_a_person_keeps_thirty_views_at_most(pad: Path) -> None:
    for n in range(30):
        save_weergave(pad, f"w{n}", "pq", {}, "a1")
    with pytest.raises(NotitieError, match="al 30 weergaven"):
        save_weergave(pad, "nog een", "pq", {}, "a1")
    save_weergave(pad, "w3", "overzicht", {}, "a1")
    save_weergave(pad, "van een ander", "pq", {}, "b2")


def test_what_is_exported_can_be_put_back(pad: Path, tmp_path: Path) -> None:
    save_scenario(pad, "plan", {"tarief": 0.02}, "a1")
    save_scenario(pad, "plan", {"tarief": 0.03}, "b2")
    save_weergave(pad, "Ochtend", "pq", {"wet": "Wmo"}, "a1")
    remove_scenario(pad, "plan", "c3")
    tekst = export_notities(pad)
    terug = tmp_path / "terug.sqlite"
    assert restore_notities(terug, tekst) == 3
    assert opslag.read_all(terug) == opslag.read_all(pad)
    assert export_notities(terug) == tekst
    with pytest.raises(NotitieError, match="al notities"):
        restore_notities(terug, tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "[]",
        "{}",
        '{"versie": 9, "aantekeningen": []}',
        '{"versie": 1, "aantekeningen": [{"soort": "scenario"}]}',
        '{"versie": 1, "aantekeningen": {"a": 1}}',
    ],
)
def test_what_is_no_export_is_refused_whole(pad: Path, tekst: str) -> None:
    with pytest.raises(NotitieError):
        restore_notities(pad, tekst)
    assert opslag.read_all(pad) == []


def test_keep_and_put_back_on_the_command_line(
    pad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_scenario(pad, "plan", {}, "a1")
    uit, terug = tmp_path / "notities.json", tmp_path / "terug.sqlite"
    assert main(["notities", "export", "--notities", str(pad), "--out", str(uit)]) == 0
    assert main(["notities", "restore", "--notities", str(terug), "--in", str(uit)]) == 0
    assert "1 aantekeningen teruggezet" in capsys.readouterr().out
    assert main(["notities", "restore", "--notities", str(terug), "--in", str(uit)]) == 2
    assert main(["notities", "export", "--notities", str(tmp_path / "niets"), "--out", str(uit)]) == 2
    assert "er is geen bestand met notities" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("tekst", "mag"),
    [
        ("bsn 999900006", False),
        ("bsn 9999.00.006", False),
        ("999 900 006", False),
        ("31-12-2025 voor 9 uur", True),
        ("tussen 2025 en 2026: € 1.234.567", True),
        ("€ 123.456.789", False),
    ],
)
def test_what_looks_like_a_bsn_is_refused_in_any_form(tekst: str, mag: bool) -> None:
    """An amount of nine digits is refused too: better once too often."""
    if mag:
        assert opslag.check_text(tekst, "een tekst") == tekst
    else:
        with pytest.raises(NotitieError, match="BSN"):
            opslag.check_text(tekst, "een tekst")
