"""Zips: counted as the files they hold, and none of their tricks does anything."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from tests.etl.conftest import Laad, lake_hash, rows, the_file
from tests.etl.maken import BSN_1, client, declaratie, prestatie, zip_of

EEN = declaratie(client(BSN_1, prestatie("R1")), totaal=5000).encode()
TWEE = declaratie(client(BSN_1, prestatie("R2")), totaal=5000, nummer="B2").encode()


def test_zip_gives_the_same_lake_as_the_loose_files(tmp_path: Path, laad: Laad) -> None:
    los, in_zip = tmp_path / "los", tmp_path / "zip"
    los.mkdir()
    in_zip.mkdir()
    (los / "a.xml").write_bytes(EEN)
    (los / "b.xml").write_bytes(TWEE)
    (in_zip / "x.zip").write_bytes(zip_of([("map/b.xml", TWEE), ("map/a.xml", EEN)]))
    laad(los, naar=tmp_path / "lake1")
    laad(in_zip, naar=tmp_path / "lake2")
    assert lake_hash(tmp_path / "lake1") == lake_hash(tmp_path / "lake2")


def test_zip_in_a_zip_is_read_and_one_deeper_is_refused(tmp_path: Path, laad: Laad) -> None:
    genest = zip_of([("binnen.zip", zip_of([("a.xml", EEN)]))])
    (tmp_path / "a.zip").write_bytes(genest)
    assert laad(tmp_path / "a.zip")["totaal"]["regels_geladen"] == 1
    (tmp_path / "b.zip").write_bytes(zip_of([("dieper.zip", genest), ("b.xml", TWEE)]))
    verslag = laad(tmp_path / "b.zip")
    assert the_file(verslag, "binnen.zip")["redenen"] == {"zip_diep": 1}
    assert the_file(verslag, "b.xml")["status"] == "geladen"


def test_path_tricks_write_nothing_and_the_content_is_loaded(tmp_path: Path, laad: Laad) -> None:
    namen = ["../../buiten.xml", "/tmp/absoluut_van_de_proef.xml", "C:\\windows\\x.xml"]
    leden = [
        (n, declaratie(client(BSN_1, prestatie(f"R{i}")), totaal=5000, nummer=f"B{i}").encode())
        for i, n in enumerate(namen)
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(zip_of(leden))
    verslag = laad(tmp_path / "in")
    assert sorted(b["name"] for b in verslag["files"]) == ["absoluut_van_de_proef.xml", "buiten.xml", "x.xml"]
    assert verslag["totaal"]["regels_geladen"] == 3
    assert not Path("/tmp/absoluut_van_de_proef.xml").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "lake"]


def test_symlink_in_a_zip_is_not_followed(tmp_path: Path, laad: Laad) -> None:
    lid = zipfile.ZipInfo("verwijzing.xml")
    lid.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archief:
        archief.writestr(lid, "/etc/passwd")
    assert laad(tmp_path / "a.zip")["files"][0]["status"] == "onbekend"


def test_bomb_is_refused_unread_and_the_rest_is_loaded(tmp_path: Path, laad: Laad) -> None:
    bom = b"<a>" + b" " * (40 * 1024 * 1024)
    (tmp_path / "a.zip").write_bytes(zip_of([("bom.xml", bom), ("goed.xml", EEN)]))
    verslag = laad(tmp_path / "a.zip")
    assert the_file(verslag, "bom.xml")["redenen"] == {"zip_bom": 1}
    assert the_file(verslag, "goed.xml")["status"] == "geladen"
    assert verslag["exit"] == 1


def test_zip_that_says_it_unpacks_to_terabytes_is_refused_whole(tmp_path: Path, laad: Laad) -> None:
    data = bytearray(zip_of([(f"{n}.xml", EEN) for n in range(4)]))
    plek = data.find(b"PK\x01\x02")
    while plek >= 0:
        struct.pack_into("<I", data, plek + 24, 0xFFFFFFF0)
        plek = data.find(b"PK\x01\x02", plek + 4)
    (tmp_path / "a.zip").write_bytes(data)
    (bestand,) = laad(tmp_path / "a.zip")["files"]
    assert (bestand["status"], bestand["redenen"]) == ("geweigerd", {"zip_bom": 1})


def test_size_that_lies_does_not_get_past_the_limit(tmp_path: Path, laad: Laad) -> None:
    """The member says 10 bytes; what is unpacked is no more than that, and does not add up."""
    data = bytearray(zip_of([("a.xml", EEN)]))
    struct.pack_into("<I", data, data.find(b"PK\x01\x02") + 24, 10)
    (tmp_path / "a.zip").write_bytes(data)
    assert laad(tmp_path / "a.zip")["files"][0]["status"] == "geweigerd"


def test_encrypted_member_is_refused_with_its_reason(tmp_path: Path, laad: Laad, lake: Path) -> None:
    data = bytearray(zip_of([("geheim.xml", EEN), ("open.xml", TWEE)]))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    data[data.find(b"PK\x03\x04") + 6] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    verslag = laad(tmp_path / "a.zip")
    assert the_file(verslag, "geheim.xml")["redenen"] == {"zip_versleuteld": 1}
    assert the_file(verslag, "open.xml")["status"] == "geladen"
    assert rows(lake, "declaratieregel").height == 1


@pytest.mark.parametrize("houd", [30, 200, 450])
def test_cut_zip_is_refused(houd: int, tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.zip").write_bytes(zip_of([("a.xml", EEN)])[:houd])
    (bestand,) = laad(tmp_path / "a.zip")["files"]
    assert (bestand["status"], bestand["redenen"]) == ("geweigerd", {"zip_kapot": 1})


def test_damaged_member_is_refused(tmp_path: Path, laad: Laad) -> None:
    data = bytearray(zip_of([("a.xml", EEN)]))
    data[120] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(data)
    assert laad(tmp_path / "a.zip")["files"][0]["status"] == "geweigerd"


def test_empty_and_unreadable_files(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "leeg.xml").write_bytes(b"")
    verslag = laad(tmp_path)
    assert the_file(verslag, "leeg.xml")["redenen"] == {"leeg": 1}
    if os.geteuid() != 0:
        (tmp_path / "dicht.xml").write_bytes(EEN)
        (tmp_path / "dicht.xml").chmod(0)
        assert the_file(laad(tmp_path), "dicht.xml")["redenen"] == {"niet_leesbaar": 1}
