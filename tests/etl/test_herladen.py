"""Loading is idempotent, indifferent to order, and whole or not at all: also when the process is killed."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from deltalake import DeltaTable

import etl.mapping
from etl.contract import read_contracts
from etl.lake import MAX_BESTANDEN, Lake
from etl.mapping import read_shapes
from tests.etl.conftest import WORTEL, Laad, lake_hash, omgeving, opdracht, rows, the_file
from tests.etl.maken import (
    BSN_1,
    BSN_2,
    DECLARATIEKOP,
    POSTCODES,
    antwoord,
    client,
    csv,
    declaratie,
    declaratieregel,
    prestatie,
    start,
    stop,
    toewijzing,
    zip_of,
)


def write_inputs(map_: Path, maal: int = 12) -> list[Path]:
    """A mixed delivery: messages of all kinds, one refused, some lines quarantined, extracts."""
    map_.mkdir()
    paden = {"postcode_wijk.csv": POSTCODES, "rommel.txt": b"niets"}
    for n in range(maal):
        fout = prestatie(f"F{n}", "geen bedrag") if n % 4 == 0 else ""
        regels = [prestatie(f"R{n}_{i}", 100 * i + n) for i in range(1, 30)]
        tekst = declaratie(
            client(BSN_1, *regels, fout), totaal=sum(100 * i + n for i in range(1, 30)), nummer=f"B{n}"
        )
        paden[f"d{n}.xml"] = tekst.encode()
        paden[f"t{n}.xml"] = toewijzing(BSN_2, n, n + 100, nummer=f"T{n}").encode()
        paden[f"s{n}.xml"] = start(BSN_2, n, nummer=f"S{n}").encode()
        paden[f"e{n}.xml"] = stop(BSN_2, n, nummer=f"E{n}").encode()
        paden[f"a{n}.xml"] = antwoord(("0001",), nummer=f"A{n}").encode()
        lijnen = [declaratieregel(f"X{n}_{i}", f"{i},00") for i in range(50)] + ["scheve regel"]
        paden[f"x{n}.csv"] = csv(DECLARATIEKOP, *lijnen)
    paden["kapot.xml"] = paden["d0.xml"][:-30]
    for naam, data in paden.items():
        (map_ / naam).write_bytes(data)
    return [map_ / naam for naam in paden]


def test_twice_changes_nothing(tmp_path: Path, laad: Laad, lake: Path) -> None:
    write_inputs(tmp_path / "in", 3)
    eerst = laad(tmp_path / "in")
    voor = lake_hash(lake)
    versies = {t: Lake(lake).version(t) for t in ("bericht", "declaratieregel", "quarantaine")}
    tweede = laad(tmp_path / "in")
    assert lake_hash(lake) == voor
    assert {t: Lake(lake).version(t) for t in versies} == versies
    assert (tweede["totaal"]["regels_geladen"], tweede["totaal"]["bedrag_geladen_cent"]) == (0, 0)
    was = {b["name"]: b["status"] for b in eerst["files"]}
    nu = {b["name"]: b["status"] for b in tweede["files"]}
    assert {n for n, s in nu.items() if s == "dubbel"} == {
        n for n, s in was.items() if s in ("geladen", "deels")
    }
    assert the_file(tweede, "d1.xml")["regels"] == the_file(eerst, "d1.xml")["regels"]


def test_order_and_packing_do_not_matter(tmp_path: Path, laad: Laad) -> None:
    """All at once, one by one backwards, and as a zip; the postcode table first, as an input of the rest."""
    paden = write_inputs(tmp_path / "in", 2)
    postcodes = tmp_path / "in" / "postcode_wijk.csv"
    laad(tmp_path / "in", naar=tmp_path / "heel")
    los = [postcodes, *(p for p in reversed(paden) if p != postcodes)]
    for pad in los:
        laad(pad, naar=tmp_path / "los")
    door_elkaar = [p for p in paden if p != postcodes]
    random.Random(3).shuffle(door_elkaar)
    (tmp_path / "a.zip").write_bytes(zip_of([(f"x/{p.name}", p.read_bytes()) for p in door_elkaar]))
    laad(tmp_path / "a.zip", postcodes, naar=tmp_path / "zip")
    assert lake_hash(tmp_path / "los") == lake_hash(tmp_path / "heel")
    assert lake_hash(tmp_path / "zip") == lake_hash(tmp_path / "heel")


def start_load(map_: Path, lake: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "etl", "load", str(map_), "--lake", str(lake)],
        cwd=WORTEL,
        env=omgeving(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(pad: Path, proces: subprocess.Popen[bytes]) -> None:
    while not pad.exists() and proces.poll() is None:
        time.sleep(0.0005)


def test_killed_at_many_moments_and_loaded_again_gives_the_same_lake(tmp_path: Path, laad: Laad) -> None:
    """A real process, SIGKILL; what counts in between is the lake before or after, never half a batch."""
    map_ = tmp_path / "in"
    write_inputs(map_, 16)
    laad(map_, naar=tmp_path / "goed")
    verwacht = lake_hash(tmp_path / "goed")
    begin = time.monotonic()
    proces = start_load(map_, tmp_path / "meet")
    wait_for(tmp_path / "meet" / "laden.json", proces)
    lezen = time.monotonic() - begin
    proces.wait()
    schrijven = time.monotonic() - begin - lezen
    onderweg = 0
    for beurt in range(10):
        lake = tmp_path / f"dood{beurt}"
        proces = start_load(map_, lake)
        # A few moments are in the reading, most are spread over the writing.
        if beurt < 3:
            time.sleep(lezen * (0.4 + 0.2 * beurt))
        else:
            wait_for(lake / "laden.json", proces)
            time.sleep(schrijven * 0.13 * (beurt - 3))
        proces.send_signal(signal.SIGKILL)
        proces.wait()
        geraakt = (lake / "laden.json").exists()
        onderweg += geraakt
        if beurt > 3 and not geraakt:
            schrijven *= 0.5  # a busy machine may have measured too long a time
        telt = rows(lake, "bericht")
        assert telt.height in (0, rows(tmp_path / "goed", "bericht").height)
        laad(map_, naar=lake)
        assert lake_hash(lake) == verwacht, beurt
        assert not (lake / "laden.json").exists()
    assert onderweg >= 3, "the kills must also hit the writing, else this test proves nothing"


@pytest.mark.parametrize("tabel", ["declaratieregel", "toewijzing", "quarantaine", "laadlog", "bericht"])
def test_failure_at_each_table_is_taken_back(
    tabel: str, tmp_path: Path, laad: Laad, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when this table is written: the next load finds the lake as it was."""
    write_inputs(tmp_path / "in", 2)
    (tmp_path / "eerst.xml").write_text(declaratie(client(BSN_2, prestatie("Q1")), totaal=5000, nummer="Q1"))
    laad(tmp_path / "eerst.xml")
    voor = lake_hash(lake)
    echt = Lake.append

    def vol(zelf: Lake, naam: str, frame: object) -> None:
        if naam == tabel:
            raise OSError(28, "No space left on device")
        echt(zelf, naam, frame)  # type: ignore[arg-type]

    monkeypatch.setattr(Lake, "append", vol)
    with pytest.raises(AssertionError, match="niet te schrijven"):
        laad(tmp_path / "in")
    monkeypatch.setattr(Lake, "append", echt)
    assert lake_hash(lake) == voor
    laad(tmp_path / "in")
    assert rows(lake, "declaratieregel").height > 2 * 29


def test_two_loads_at_once_leave_one_whole_lake(tmp_path: Path, laad: Laad, lake: Path) -> None:
    map_ = tmp_path / "in"
    write_inputs(map_)
    laad(map_, naar=tmp_path / "goed")
    codes: list[tuple[int, str]] = []

    def start_one() -> None:
        klaar = opdracht("load", map_, "--lake", lake)
        codes.append((klaar.returncode, klaar.stderr))

    draden = [threading.Thread(target=start_one) for _ in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert {c for c, _ in codes} <= {1, 2}
    for code, fout in codes:
        if code == 2:
            assert "al iets in dit lake geladen" in fout
    assert lake_hash(lake) == lake_hash(tmp_path / "goed")


def test_second_load_is_refused_while_one_holds_the_lake(tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "a.xml").write_text(start(BSN_1, 1))
    with Lake(lake).locked():
        klaar = opdracht("load", tmp_path / "a.xml", "--lake", lake)
    assert klaar.returncode == 2 and "al iets in dit lake geladen" in klaar.stderr
    assert laad(tmp_path / "a.xml")["exit"] == 0


def test_withdrawn_file_no_longer_counts_and_can_be_loaded_again(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    write_inputs(tmp_path / "in", 2)
    laad(tmp_path / "in")
    heel = lake_hash(lake)
    (tmp_path / "los.xml").write_text(declaratie(client(BSN_1, prestatie("L1")), totaal=5000, nummer="L1"))
    sha = laad(tmp_path / "los.xml")["files"][0]["sha256"]
    assert lake_hash(lake) != heel
    terug = opdracht("withdraw", sha, "--lake", lake, "--why", "dubbel gestuurd voor 999900006")
    assert terug.returncode == 0, terug.stderr
    assert lake_hash(lake) == heel
    log = json.loads(opdracht("log", "--lake", lake, "--json").stdout)
    assert log[-1]["status"] == "ingetrokken" and log[-1]["sha256"] == sha
    assert log[-1]["toelichting"] == "dubbel gestuurd voor #########"
    assert laad(tmp_path / "los.xml")["files"][0]["status"] == "geladen"
    assert opdracht("withdraw", "0" * 64, "--lake", lake, "--why", "x").returncode == 2


def test_same_content_in_another_wrapping_is_double(tmp_path: Path, laad: Laad, lake: Path) -> None:
    tekst = declaratie(client(BSN_1, prestatie("R1")), totaal=5000)
    (tmp_path / "a.xml").write_text(tekst)
    laad(tmp_path / "a.xml")
    heel = lake_hash(lake)
    (tmp_path / "b.xml").write_bytes(b"\xef\xbb\xbf" + tekst.replace("><", ">\r\n  <").encode())
    (tmp_path / "c.xml").write_bytes(tekst.replace("UTF-8", "utf-16").encode("utf-16"))
    (tmp_path / "d.zip").write_bytes(zip_of([("anders.xml", tekst.encode())]))
    verslag = laad(tmp_path / "b.xml", tmp_path / "c.xml", tmp_path / "d.zip")
    assert [b["status"] for b in verslag["files"]] == ["dubbel"] * 3 and verslag["exit"] == 0
    assert lake_hash(lake) == heel


def test_same_identity_with_other_content_stays_beside_it(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """Both lie in the lake with the same identity; which one counts is decided when it is read."""
    (tmp_path / "a.xml").write_text(declaratie(client(BSN_1, prestatie("R1")), totaal=5000))
    (tmp_path / "b.xml").write_text(declaratie(client(BSN_1, prestatie("R1", 6000)), totaal=6000))
    assert {b["status"] for b in laad(tmp_path)["files"]} == {"geladen"}
    berichten = rows(lake, "bericht")
    assert berichten.select("wet", "berichttype", "afzender", "identificatie").unique().height == 1
    assert berichten["inhoud_hash"].n_unique() == 2


def test_double_within_one_load_counts_once(tmp_path: Path, laad: Laad) -> None:
    for naam in "abc":
        (tmp_path / f"{naam}.xml").write_text(declaratie(client(BSN_1, prestatie("R1")), totaal=5000))
    verslag = laad(tmp_path)
    assert sorted(b["status"] for b in verslag["files"]) == ["dubbel", "dubbel", "geladen"]
    assert [b["regels"] for b in verslag["files"]] == [1, 1, 1]
    assert verslag["totaal"]["bedrag_geladen_cent"] == 5000


def test_mended_mapping_replaces_its_own_rows(
    tmp_path: Path, laad: Laad, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_inputs(tmp_path / "in", 2)
    laad(tmp_path / "in")
    oud = rows(lake, "bericht")
    read_shapes.cache_clear()
    read_contracts.cache_clear()
    monkeypatch.setattr(etl.mapping, "LEZER_VERSIE", 999)
    try:
        verslag = laad(tmp_path / "in")
        nieuw = rows(lake, "bericht")
        assert {b["status"] for b in verslag["files"]} == {"geladen", "deels", "onbekend", "geweigerd"}
        assert nieuw.height == oud.height
        assert set(nieuw["bericht_id"]).isdisjoint(oud["bericht_id"])
        for tabel in ("declaratieregel", "toewijzing", "client", "quarantaine"):
            assert set(rows(lake, tabel)["bericht_id"]) <= set(nieuw["bericht_id"]), tabel
        assert rows(lake, "declaratieregel").height == 2 * 29 + 2 * 50
    finally:
        read_shapes.cache_clear()
        read_contracts.cache_clear()


def test_extract_without_lines_is_loaded_and_replaced_like_any_other(
    tmp_path: Path, laad: Laad, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "leeg.csv").write_bytes(csv(DECLARATIEKOP))
    assert laad(tmp_path / "leeg.csv")["files"][0]["status"] == "geladen"
    read_contracts.cache_clear()
    monkeypatch.setattr(etl.mapping, "LEZER_VERSIE", 999)
    try:
        assert laad(tmp_path / "leeg.csv")["files"][0]["status"] == "geladen"
    finally:
        read_contracts.cache_clear()
    assert rows(lake, "bericht").height == 1
    assert not (lake / "laden.json").exists()


def test_many_small_loads_do_not_leave_many_small_files(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """What a build reads must not grow with the number of loads."""
    for n in range(MAX_BESTANDEN + 3):
        (tmp_path / "a.xml").write_text(start(BSN_1, n, nummer=f"S{n}"))
        laad(tmp_path / "a.xml")
        if n == MAX_BESTANDEN - 2:
            voor = lake_hash(lake)
            assert len(DeltaTable(str(lake / "start")).file_uris()) == n + 1
    assert len(DeltaTable(str(lake / "start")).file_uris()) < 10
    assert rows(lake, "start").height == MAX_BESTANDEN + 3
    assert lake_hash(lake) != voor


def test_trial_run_writes_nothing(tmp_path: Path, laad: Laad, lake: Path) -> None:
    write_inputs(tmp_path / "in", 1)
    proef = laad(tmp_path / "in", extra=("--dry-run",))
    assert not lake.exists()
    echt = laad(tmp_path / "in")
    assert proef["totaal"] == echt["totaal"]
    voor = sorted((p, p.stat().st_mtime_ns) for p in lake.rglob("*"))
    laad(tmp_path / "in", extra=("--dry-run",))
    assert sorted((p, p.stat().st_mtime_ns) for p in lake.rglob("*")) == voor


def test_a_lake_inside_the_loaded_folder_is_not_loaded(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.xml").write_text(start(BSN_1, 1))
    for _ in range(2):
        verslag = laad(tmp_path, naar=tmp_path / "lake")
        assert [b["name"] for b in verslag["files"]] == ["a.xml"]
    assert (tmp_path / "lake" / "lake.json").is_file()
