"""What no sender should send and no program should do: absurd numbers, BSNs in codes, faults of our own."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import etl.load
import etl.messages
from etl.__main__ import main
from etl.groep import Groep
from etl.key import Sleutel
from etl.messages import Rijen
from etl.wijken import Wijktabel
from etl.xml_read import Tekst
from tests.etl.conftest import SLEUTEL, Laad, lake_hash, opdracht, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, client, declaratie, prestatie


def one(*prestaties: str, nummer: str = "B1") -> str:
    return declaratie(client(BSN_1, *prestaties), totaal=5000).replace(
        "<b:Identificatie>B1<", f"<b:Identificatie>{nummer}<"
    )


def laid_out_anew(tekst: str) -> str:
    """The same content with a line end between elements."""
    return re.sub("><(?!/)", ">\n<", tekst)


def test_amount_of_more_digits_than_the_standard_has_is_no_amount(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """Bedrag has eight digits (NASLAG 2.6): 100.000.000 cents is none, and two huge ones overflow no sum."""
    groot = "9" + "0" * 18
    (tmp_path / "a.xml").write_text(
        one(
            prestatie("R1", 99_999_999),
            prestatie("R2", 100_000_000),
            prestatie("R3", groot),
            prestatie("R4", groot),
        )
    )
    verslag = laad(tmp_path / "a.xml")
    bestand = verslag["files"][0]
    assert (bestand["status"], bestand["bedrag_geladen_cent"]) == ("deels", 99_999_999)
    assert (bestand["regels_geladen"], bestand["regels_quarantaine"]) == (1, 3)
    assert bestand["redenen"]["type:bedrag_cent"] == 3
    assert rows(lake, "declaratieregel")["referentienummer"].to_list() == ["R1"]


def test_volume_of_more_digits_than_the_standard_has_keeps_the_money(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    (tmp_path / "a.xml").write_text(one(prestatie("R1", 5000, volume=2_000_000_000_000_000)))
    bestand = laad(tmp_path / "a.xml")["files"][0]
    assert (bestand["status"], bestand["redenen"]) == ("geladen", {"bevinding:type:volume": 1})
    assert rows(lake, "declaratieregel").select("bedrag_cent", "volume").rows() == [(5000, None)]


def test_a_number_has_one_sign(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.xml").write_text(one(prestatie("R1", "++5000"), prestatie("R2", "+5000")))
    assert laad(tmp_path / "a.xml")["files"][0]["bedrag_geladen_cent"] == 5000


@pytest.mark.parametrize("ineens", [True, False])
def test_each_content_of_one_identity_counts_once_in_whatever_wrapping(
    tmp_path: Path, laad: Laad, lake: Path, ineens: bool
) -> None:
    """Two contents of one identity, each laid out in two ways: two load, and again adds none."""
    een, twee = one(prestatie("R1", 1000)), one(prestatie("R1", 2000))
    namen = {"1.xml": een, "2.xml": twee, "3.xml": laid_out_anew(een), "4.xml": laid_out_anew(twee)}
    for naam, tekst in namen.items():
        (tmp_path / naam).write_text(tekst)
    paden = [tmp_path / n for n in namen]
    verslagen = [laad(*paden)] if ineens else [laad(p) for p in paden]
    assert [b["status"] for v in verslagen for b in v["files"]] == ["geladen", "geladen", "dubbel", "dubbel"]
    voor = lake_hash(lake)
    assert {b["status"] for b in laad(*paden)["files"]} == {"dubbel"}
    assert lake_hash(lake) == voor
    assert sorted(rows(lake, "declaratieregel")["bedrag_cent"]) == [1000, 2000]


def test_bsn_in_a_code_is_hidden(tmp_path: Path, laad: Laad, lake: Path) -> None:
    tekst = one(prestatie("R1"), prestatie("R2"))
    tekst = tekst.replace("<m:ProductCode>02A03<", f"<m:ProductCode>{BSN_1}<", 1)
    tekst = tekst.replace("<m:ProductCategorie>02<", f"<m:ProductCategorie>{BSN_1}<", 1)
    (tmp_path / "a.xml").write_text(tekst)
    assert laad(tmp_path / "a.xml")["files"][0]["regels_geladen"] == 2
    assert BSN_1 not in rows(lake, "declaratieregel").write_csv()
    assert set(rows(lake, "declaratieregel")["productcode"]) > {"02A03"}


def test_control_character_in_a_reference_does_not_reach_the_terminal(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    (tmp_path / "a.xml").write_text(one(prestatie("R1\x1b[31m", "vijf"), prestatie("R2")))
    laad(tmp_path / "a.xml")
    uit = opdracht("quarantine", "--lake", lake)
    assert "R1" in uit.stdout and "\x1b" not in uit.stdout + uit.stderr


# -- faults of the program -----------------------------------------------------------------------------------


@pytest.fixture
def stuk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that breaks down over any message with BSN_2, with a text that quotes it."""
    echt = etl.messages.parse_bundle

    def parse(teksten: Sequence[Tekst], mapping: object) -> object:
        if any(BSN_2.encode() in t.data for t in teksten):
            raise ValueError(f"kan {BSN_2} niet aan")
        return echt(teksten, mapping)  # type: ignore[arg-type]

    monkeypatch.setattr(etl.messages, "parse_bundle", parse)


@pytest.mark.usefixtures("stuk")
def test_fault_of_the_program_costs_only_the_message_it_is_about(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    for n in range(4):
        wie = BSN_2 if n == 2 else BSN_1
        tekst = declaratie(client(wie, prestatie(f"R{n}", 1000 + n)), totaal=1000 + n)
        (tmp_path / f"{n}.xml").write_text(tekst.replace("<b:Identificatie>B1<", f"<b:Identificatie>B{n}<"))
    verslag = laad(tmp_path)
    assert verslag["exit"] == 1 and BSN_2 not in verslag["stderr"]
    assert [b["status"] for b in verslag["files"]] == ["geladen", "geladen", "geweigerd", "geladen"]
    assert the_file(verslag, "2.xml")["redenen"] == {"onverwacht": 1}
    assert [b["regels"] for b in verslag["files"]] == [1, 1, 0, 1]
    assert sorted(rows(lake, "declaratieregel")["bedrag_cent"]) == [1000, 1001, 1003]


def test_unforeseen_fault_is_told_without_its_text_and_leaves_the_lake_as_it_was(
    tmp_path: Path,
    laad: Laad,
    lake: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "a.xml").write_text(one(prestatie("R1")))
    laad(tmp_path / "a.xml")
    voor, log = lake_hash(lake), rows(lake, "laadlog").height

    def read(groep: Groep, sleutel: Sleutel, wijken: Wijktabel) -> Rijen:
        raise AssertionError(f"bij {BSN_2}")

    monkeypatch.setattr(etl.load, "read_group", read)
    monkeypatch.setenv("STUURINFO_KEY", SLEUTEL)
    (tmp_path / "b.xml").write_text(one(prestatie("R2"), nummer="B2"))
    assert main(["load", str(tmp_path / "b.xml"), "--lake", str(lake)]) == 2
    uit = capsys.readouterr()
    assert "liep vast (AssertionError, test_uiterste.py regel" in uit.err
    assert BSN_2 not in uit.err + uit.out and "Traceback" not in uit.err
    assert (lake_hash(lake), rows(lake, "laadlog").height) == (voor, log)
