"""Findings in the snapshot: each once, only of what counts, and on any lake."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from tests.warehouse.conftest import Snapshot, Vraag
from tests.warehouse.tiny import build, write_lake


def bericht(id_: str, dag: str, **anders: object) -> dict[str, Any]:
    """A 323 that was received on a day."""
    return {
        "bericht_id": id_,
        "gemeentecode": "0392",
        "wet": "Wmo",
        "soort": "bericht",
        "berichttype": "wmo323",
        "aanbieder_agb": "00000001",
        "afzender": "00000001",
        "identificatie": id_,
        "declaratienummer": f"D{id_}",
        "status": "geladen",
        "ontvangen_op": dag,
        "naam": f"{id_}.xml",
        **anders,
    }


def regel(bericht_id: str, nr: int, ref: str, dag: str, **anders: object) -> dict[str, Any]:
    """A line of a 323."""
    return {
        "bron": "bericht",
        "bericht_id": bericht_id,
        "regel_nr": nr,
        "referentienummer": ref,
        "periode_begin": "2026-05-01",
        "bedrag_cent": 100 * nr,
        "ontvangen_op": dag,
        **anders,
    }


def bevinding(bericht_id: str, nr: int, code: str) -> dict[str, Any]:
    """What the loader reported."""
    return {"bericht_id": bericht_id, "regel_nr": nr, "code": code, "retourcode": "0001", "veld": "x"}


def controle(vraag: Vraag) -> list[tuple[Any, ...]]:
    """What messages themselves decide; these lines have no toewijzing, which TR338 says of each."""
    return vraag(
        "SELECT bericht_id, regel_nr, regel, bedrag_cent FROM mart.declaratiecontrole"
        " WHERE regel NOT IN ('TR338', 'TR389', 'TR416') ORDER BY ALL"
    )


def test_a_repeat_within_and_across_messages_is_one_finding_each(snapshot: Snapshot) -> None:
    """m2 holds r1 twice, m1 had it first: loading reported the second in m2, the build reports the first."""
    vraag = snapshot(
        {
            "bericht": [bericht("m1", "2026-06-01"), bericht("m2", "2026-06-02")],
            "declaratieregel": [
                regel("m1", 1, "r1", "2026-06-01"),
                regel("m2", 1, "r1", "2026-06-02"),
                regel("m2", 2, "r1", "2026-06-02"),
                regel("m2", 3, "r3", "2026-06-02"),
            ],
            "bevinding": [bevinding("m2", 2, "TR314")],
        }
    )
    assert controle(vraag) == [("m2", 1, "TR314", 100), ("m2", 2, "TR314", 200)]


def test_another_aanbieder_or_law_may_use_the_same_numbers(snapshot: Snapshot) -> None:
    ander = {"aanbieder_agb": "00000002", "afzender": "00000002", "declaratienummer": "D1"}
    jeugd = {"wet": "Jeugdwet", "berichttype": "jw323", "declaratienummer": "D1"}
    vraag = snapshot(
        {
            "bericht": [
                bericht("m1", "2026-06-01", declaratienummer="D1"),
                bericht("m2", "2026-06-02", **ander),
                bericht("m3", "2026-06-03", **jeugd),
            ],
            "declaratieregel": [
                regel("m1", 1, "r1", "2026-06-01"),
                regel("m2", 1, "r1", "2026-06-02", aanbieder_agb="00000002"),
                regel("m3", 1, "r1", "2026-06-03", wet="Jeugdwet"),
            ],
        }
    )
    assert controle(vraag) == []


def test_a_message_that_does_not_count_shows_only_why(snapshot: Snapshot) -> None:
    """Same identification, other content: the first counts, so findings inside the second say nothing."""
    tweede = bericht("m2", "2026-06-02", identificatie="m1", declaratienummer="Dm1")
    lake = {
        "bericht": [bericht("m1", "2026-06-01"), tweede],
        "declaratieregel": [regel("m1", 1, "r1", "2026-06-01"), regel("m2", 1, "r1", "2026-06-02")],
        "bevinding": [bevinding("m1", 1, "TR346"), bevinding("m2", 1, "TR346"), bevinding("m1", 0, "CS340")],
    }
    assert controle(snapshot(lake)) == [
        ("m1", 0, "CS340", None),
        ("m1", 1, "TR346", 100),
        ("m2", 0, "TR056", None),
    ]
    assert controle(snapshot(lake, "2026-06-01")) == [("m1", 0, "CS340", None), ("m1", 1, "TR346", 100)]


def test_a_lake_from_before_findings_builds(tmp_path: Path) -> None:
    lake = write_lake(tmp_path / "lake", {"declaratieregel": [regel("m1", 1, "r1", "2026-06-01")]})
    for tabel in ("bevinding", "verzoek", "antwoord", "retour"):
        shutil.rmtree(lake / tabel, ignore_errors=True)
    build(lake, tmp_path / "s.duckdb", date(2026, 10, 31))
    assert controle(Vraag(tmp_path / "s.duckdb")) == []
