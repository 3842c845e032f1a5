"""The lake as a whole: another key, an older version, a full disk, few files; whole or not at all."""

import contextlib
import hashlib
import hmac
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake

from etl.lake import SCHEMA_VERSIE, Lake
from etl.tables import TABELLEN
from tests.etl.conftest import SLEUTEL, VOORBEELD, WORTEL, Laad, lake_hash, omgeving, opdracht, rows
from tests.etl.maken import BSN_1, BSN_2, POSTCODES, client, declaratie, prestatie, start, toewijzing
from tests.etl.test_herladen import write_inputs

ANDERE = "een-heel-andere-sleutel-voor-de-proeven"


def rekey(lake: Path, oud: str = SLEUTEL, nieuw: str = ANDERE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etl", "rekey", "--lake", str(lake)],
        cwd=WORTEL,
        env=omgeving(oud) | {"STUURINFO_NEW_KEY": nieuw},
        capture_output=True,
        text=True,
    )


def delivery(map_: Path, van: int, tot: int) -> Path:
    """Messages that hold every kind of pseudonym: clients, households, postcodes, hidden references."""
    map_.mkdir(exist_ok=True)
    (map_ / "postcode.csv").write_bytes(POSTCODES)
    for n in range(van, tot):
        (map_ / f"t{n}.xml").write_text(toewijzing(BSN_1 if n % 2 else BSN_2, n, nummer=f"T{n}"))
        tekst = declaratie(client(BSN_1, prestatie(f"X{BSN_1}{n}")), totaal=5000, nummer=f"B{n}")
        (map_ / f"d{n}.xml").write_text(tekst)
    return map_


def keyed(waarde: str, doel: str, *sleutels: str) -> str:
    """The pseudonym by the standard library: one HMAC laid over the other."""
    for sleutel in sleutels:
        per_doel = hmac.new(sleutel.encode(), doel.encode(), hashlib.sha256).hexdigest()
        waarde = hmac.new(per_doel.encode(), waarde.encode(), hashlib.sha256).hexdigest()[:32]
    return waarde


def test_another_key_is_laid_over_every_pseudonym(tmp_path: Path, laad: Laad, lake: Path) -> None:
    laad(delivery(tmp_path / "in", 0, 4))
    eerst = {t: rows(lake, t) for t in TABELLEN}
    assert set(eerst["client"]["client_id"]) == {keyed(b, "client", SLEUTEL) for b in (BSN_1, BSN_2)}
    klaar = rekey(lake)
    assert klaar.returncode == 0, klaar.stderr
    daarna = {t: rows(lake, t) for t in TABELLEN}
    assert {t: f.height for t, f in daarna.items()} == {t: f.height for t, f in eerst.items()}
    assert set(daarna["client"]["client_id"]) == {keyed(b, "client", SLEUTEL, ANDERE) for b in (BSN_1, BSN_2)}
    assert set(daarna["declaratieregel"]["referentienummer"]).isdisjoint(
        eerst["declaratieregel"]["referentienummer"]
    )
    gelijk = daarna["declaratieregel"].sort("bericht_id")["bedrag_cent"].to_list()
    assert gelijk == eerst["declaratieregel"].sort("bericht_id")["bedrag_cent"].to_list()
    oud = {*eerst["client"]["client_id"], *eerst["client"]["huishouden_id"], SLEUTEL, ANDERE} - {None}
    for pad in lake.rglob("*"):
        if pad.is_file():
            inhoud = pad.read_bytes()
            if pad.suffix == ".parquet":
                inhoud += pl.read_parquet(pad).write_csv().encode()
            assert not [o for o in oud if o.encode() in inhoud], pad


def test_loading_goes_on_under_the_new_key_as_if_it_had_always_been_so(tmp_path: Path, laad: Laad) -> None:
    """Half, other key, other half = everything, other key: the same client keeps one pseudonym."""
    een, twee = tmp_path / "een", tmp_path / "twee"
    laad(delivery(tmp_path / "a", 0, 3), naar=een)
    assert rekey(een).returncode == 0
    laad(delivery(tmp_path / "b", 3, 6), naar=een, sleutel=ANDERE)
    laad(tmp_path / "a", tmp_path / "b", naar=twee)
    assert rekey(twee).returncode == 0
    assert lake_hash(een) == lake_hash(twee)
    assert rekey(een, ANDERE, "nog-een-andere-sleutel-van-de-proef").returncode == 0
    assert set(rows(een, "start" if rows(een, "start").height else "client")["client_id"]) == {
        keyed(b, "client", SLEUTEL, ANDERE, "nog-een-andere-sleutel-van-de-proef") for b in (BSN_1, BSN_2)
    }
    assert laad(tmp_path / "b", naar=een, sleutel="nog-een-andere-sleutel-van-de-proef")["exit"] == 0


def test_keys_that_cannot_be_taken_change_nothing(tmp_path: Path, laad: Laad, lake: Path) -> None:
    laad(delivery(tmp_path / "in", 0, 1))
    voor = lake_hash(lake)
    for oud, nieuw, zegt in (
        ("een-onbekende-sleutel-van-de-proef", ANDERE, "andere sleutel gemaakt"),
        (SLEUTEL, SLEUTEL, "al heeft of had"),
        (SLEUTEL, "k0rt!", "korter dan"),
        (SLEUTEL, VOORBEELD, "voorbeeldgegevens"),
    ):
        klaar = rekey(lake, oud, nieuw)
        assert klaar.returncode == 2 and zegt in klaar.stderr, klaar.stderr
        assert nieuw not in klaar.stderr and oud not in klaar.stderr
    assert lake_hash(lake) == voor
    assert rekey(lake).returncode == 0
    klaar = opdracht("load", tmp_path / "in", "--lake", lake)
    assert klaar.returncode == 2 and "andere sleutel" in klaar.stderr
    assert rekey(lake, ANDERE, SLEUTEL).returncode == 2, "a key that it had before is not taken again"


def test_killed_while_changing_keys_it_is_before_or_after(tmp_path: Path, laad: Laad) -> None:
    """A real process, SIGKILL at many moments; the next command sees one key in every table."""
    laad(delivery(tmp_path / "in", 0, 40), naar=tmp_path / "goed")
    shutil.copytree(tmp_path / "goed", tmp_path / "anders")
    begin = time.monotonic()
    assert rekey(tmp_path / "anders").returncode == 0
    duur = time.monotonic() - begin
    mogelijk = {lake_hash(tmp_path / "goed"): SLEUTEL, lake_hash(tmp_path / "anders"): ANDERE}
    assert len(mogelijk) == 2
    halverwege = 0
    for beurt in range(10):
        lake = tmp_path / f"dood{beurt}"
        shutil.copytree(tmp_path / "goed", lake)
        proces = subprocess.Popen(
            [sys.executable, "-m", "etl", "rekey", "--lake", str(lake)],
            cwd=WORTEL,
            env=omgeving() | {"STUURINFO_NEW_KEY": ANDERE},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if beurt < 8:
            while not (lake / ".nieuw").exists() and proces.poll() is None:
                time.sleep(0.001)
            time.sleep(duur * 0.04 * beurt)
        else:
            # In the change itself, which takes a few milliseconds.
            while not (lake / "wissel.json").exists() and proces.poll() is None:
                pass
        proces.send_signal(signal.SIGKILL)
        proces.wait()
        halverwege += (lake / ".nieuw").exists()
        with Lake(lake).locked():
            Lake(lake).recover()
        sleutel = mogelijk[lake_hash(lake)]
        assert laad(tmp_path / "in", naar=lake, sleutel=sleutel)["totaal"]["regels_geladen"] == 0
        assert not (lake / ".nieuw").exists() and not (lake / "wissel.json").exists()
    assert halverwege >= 3, "the kills must hit the change, else this test proves nothing"


def make_older(lake: Path) -> None:
    """Takes from a lake what schema version 1 did not have."""
    for tabel in ("verzoek", "antwoord", "retour", "bevinding"):
        shutil.rmtree(lake / tabel, ignore_errors=True)
    for tabel, weg in (
        ("bericht", ["regels_hash", "heen_identificatie", "schema_oordeel"]),
        ("laadlog", ["schema_oordeel"]),
    ):
        frame = Lake(lake).read(tabel).drop(weg)
        shutil.rmtree(lake / tabel)
        write_deltalake(str(lake / tabel), frame.to_arrow())
    over = json.loads((lake / "lake.json").read_text()) | {"schema_versie": 1}
    over.pop("vorige_sleutels")
    (lake / "lake.json").write_text(json.dumps(over))


def test_older_lake_is_refused_with_the_command_and_then_upgraded(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    laad(delivery(tmp_path / "in", 0, 3))
    voor = {t: rows(lake, t) for t in ("declaratieregel", "toewijzing", "client")}
    make_older(lake)
    for woorden in (
        ("load", tmp_path / "in", "--lake", lake),
        ("log", "--lake", lake),
        ("compact", "--lake", lake),
    ):
        klaar = opdracht(*woorden)
        assert klaar.returncode == 2, woorden
        assert f"python -m etl upgrade --lake {lake}" in klaar.stderr and "Traceback" not in klaar.stderr
    klaar = opdracht("upgrade", "--lake", lake)
    assert klaar.returncode == 0 and "bijgewerkt" in klaar.stdout, klaar.stderr
    assert json.loads((lake / "lake.json").read_text())["schema_versie"] == SCHEMA_VERSIE
    for tabel, frame in voor.items():
        assert rows(lake, tabel).equals(frame)
    assert set(Lake(lake).read("bericht").columns) == set(TABELLEN["bericht"])
    (tmp_path / "in" / "nieuw.xml").write_text(start(BSN_1, 1))
    assert laad(tmp_path / "in")["totaal"]["regels_geladen"] == 1
    assert "al bij" in opdracht("upgrade", "--lake", lake).stdout


def test_newer_lake_is_neither_read_nor_upgraded(tmp_path: Path, laad: Laad, lake: Path) -> None:
    laad(delivery(tmp_path / "in", 0, 1))
    over = json.loads((lake / "lake.json").read_text()) | {"schema_versie": 99}
    (lake / "lake.json").write_text(json.dumps(over))
    klaar = opdracht("upgrade", "--lake", lake)
    assert klaar.returncode == 2 and "schemaversie 99" in klaar.stderr


def test_compact_leaves_one_file_a_table_and_removes_the_old(tmp_path: Path, laad: Laad, lake: Path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.xml").write_text(start(BSN_1, n, nummer=f"S{n}"))
        laad(tmp_path / f"{n}.xml")
    voor = lake_hash(lake)
    assert len(list((lake / "start").glob("*.parquet"))) == 5
    klaar = opdracht("compact", "--lake", lake)
    assert klaar.returncode == 0, klaar.stderr
    assert len(DeltaTable(str(lake / "start")).file_uris()) == 1
    assert len(list((lake / "start").glob("*.parquet"))) == 6, "who reads the old files can finish"
    assert opdracht("compact", "--lake", lake, "--bewaar-uren", 0).returncode == 0
    (tmp_path / "nog.xml").write_text(start(BSN_1, 9, nummer="S9"))
    laad(tmp_path / "nog.xml")
    assert opdracht("compact", "--lake", lake, "--bewaar-uren", 0).returncode == 0
    assert len(list((lake / "start").glob("*.parquet"))) == 1
    assert lake_hash(lake) != voor and rows(lake, "start").height == 6


def limited(lake: Path, invoer: Path, hoogstens: int) -> subprocess.CompletedProcess[str]:
    """A load in a process that may not write a file larger than so many bytes: as a disk that runs full."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hoogstens, hoogstens))

    return subprocess.run(
        [sys.executable, "-m", "etl", "load", str(invoer), "--lake", str(lake)],
        cwd=WORTEL,
        env=omgeving() | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        preexec_fn=limit,
    )


def test_write_that_fails_half_way_leaves_the_lake_as_it_was(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """The operating system itself refuses, at ever later writes."""
    write_inputs(tmp_path / "in", 6)
    (tmp_path / "eerst.xml").write_text(declaratie(client(BSN_2, prestatie("Q1")), totaal=5000, nummer="Q1"))
    laad(tmp_path / "eerst.xml")
    voor = lake_hash(lake)
    mislukt = 0
    for grens in (200, 3_000, 5_000, 7_000, 9_000, 12_000):
        klaar = limited(lake, tmp_path / "in", grens)
        if klaar.returncode != 2:
            break
        mislukt += 1
        assert "niet te" in klaar.stderr and "Traceback" not in klaar.stderr, klaar.stderr
        assert lake_hash(lake) == voor, grens
    assert mislukt >= 2
    assert laad(tmp_path / "in")["totaal"]["regels_geladen"] > 6 * 29


@contextlib.contextmanager
def mounted(map_: Path, *opties: str) -> Iterator[Path]:
    """A small file system of its own; skips where this process may not make one."""
    map_.mkdir()
    gelukt = subprocess.run(["mount", "-t", "tmpfs", *opties, "tmpfs", str(map_)], capture_output=True)
    if gelukt.returncode:
        pytest.skip("hier mag geen bestandssysteem worden aangekoppeld (geen beheerder)")
    try:
        yield map_
    finally:
        subprocess.run(["umount", str(map_)], check=True)


@pytest.mark.skipif(os.name == "nt", reason="aankoppelen is er op Windows niet")
def test_full_disk_and_read_only_folder(tmp_path: Path, laad: Laad) -> None:
    write_inputs(tmp_path / "in", 4)
    (tmp_path / "eerst.xml").write_text(declaratie(client(BSN_2, prestatie("Q1")), totaal=5000, nummer="Q1"))
    with mounted(tmp_path / "schijf", "-o", "size=192k") as schijf:
        lake = schijf / "lake"
        laad(tmp_path / "eerst.xml", naar=lake)
        voor = lake_hash(lake)
        klaar = opdracht("load", tmp_path / "in", "--lake", lake)
        assert klaar.returncode == 2 and "Traceback" not in klaar.stderr, klaar.stderr
        assert "schijf is vol" in klaar.stderr or "niet te beschrijven" in klaar.stderr
        subprocess.run(["mount", "-o", "remount,size=64m", str(schijf)], check=True)
        assert opdracht("log", "--lake", lake).returncode == 0
        verwacht = laad(tmp_path / "in", naar=tmp_path / "elders")
        assert laad(tmp_path / "in", naar=lake)["totaal"] == verwacht["totaal"]
        laad(tmp_path / "eerst.xml", naar=tmp_path / "elders")
        assert lake_hash(lake) == lake_hash(tmp_path / "elders") != voor
        subprocess.run(["mount", "-o", "remount,ro", str(schijf)], check=True)
        na = lake_hash(lake)
        klaar = opdracht("load", tmp_path / "eerst.xml", "--lake", lake)
        assert klaar.returncode == 2 and "niet te beschrijven" in klaar.stderr
        assert "Traceback" not in klaar.stderr and lake_hash(lake) == na


def test_readers_see_only_whole_batches_while_a_load_writes(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """A reader that follows the rule (a row counts when its bericht is there) never sees half a message."""
    kans = random.Random(4)
    for n in range(30):
        regels = [prestatie(f"R{n}_{i}", 100) for i in range(kans.randrange(1, 40))]
        tekst = declaratie(client(BSN_1, *regels), totaal=100 * len(regels), nummer=f"B{n}")
        (tmp_path / f"d{n}.xml").write_text(tekst)
    laad(tmp_path / "d0.xml")
    proces = subprocess.Popen(
        [sys.executable, "-c", _DRUK, str(tmp_path), str(lake)],
        cwd=WORTEL,
        env=omgeving(),
        stdout=subprocess.DEVNULL,
    )
    gezien = set()
    while proces.poll() is None:
        berichten = Lake(lake).read("bericht", ["bericht_id", "regels_geladen"])
        regels = Lake(lake).read("declaratieregel", ["bericht_id"]).group_by("bericht_id").len()
        samen = berichten.join(regels, on="bericht_id", how="left")
        assert (samen["len"] == samen["regels_geladen"]).all()
        gezien.add(berichten.height)
    assert proces.returncode == 0 and max(gezien) == 30
    assert len(gezien) >= 3


_DRUK = """
import sys
from pathlib import Path
from etl.__main__ import main
for n in range(1, 30):
    assert main(["load", f"{sys.argv[1]}/d{n}.xml", "--lake", sys.argv[2], "--json"]) == 0
"""


def test_backup_and_restore_as_the_manual_says(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """docs/beheer.md: copy under the lock, load on, put back, load again: the same lake."""
    laad(delivery(tmp_path / "a", 0, 3))
    kopie = tmp_path / "lake.tar.gz"
    opdracht_ = ["flock", str(lake / "laden.slot"), "tar", "-C", str(tmp_path), "-czf", str(kopie), "lake"]
    with Lake(lake).locked():
        wachtend = subprocess.Popen(opdracht_)
        time.sleep(0.5)
        assert wachtend.poll() is None, "a copy waits for a load"
    assert wachtend.wait() == 0
    na_kopie = lake_hash(lake)
    laad(delivery(tmp_path / "b", 3, 6))
    heel = lake_hash(lake)
    shutil.rmtree(lake)
    subprocess.run(["tar", "-C", str(tmp_path), "-xzf", str(kopie)], check=True)
    assert lake_hash(lake) == na_kopie != heel
    statussen = {b["status"] for b in laad(tmp_path / "a", tmp_path / "b")["files"]}
    assert statussen == {"geladen", "dubbel"} and lake_hash(lake) == heel
