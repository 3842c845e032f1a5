"""What people keep: by name, newest version, with who and when, and never a number that may be a BSN."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.notities.opslag import NotitieError
from dashboard.notities.scenarios import read_scenarios, remove_scenario, save_scenario


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
