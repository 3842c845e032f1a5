"""The verdict of the official schemas is logged where they are configured, and changes nothing else."""

from pathlib import Path

import pytest

from etl.schema import find_schemas
from tests.etl.conftest import Laad, lake_hash, rows
from tests.etl.maken import BSN_1, client, declaratie, prestatie, start

XSD = """<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  targetNamespace="http://www.istandaarden.nl/iwmo/3_2/wmo305/schema">
  <xs:element name="Bericht"><xs:complexType><xs:sequence><xs:element name="Header"/>
    <xs:element name="Client"><xs:complexType><xs:sequence>
      <xs:element name="Bsn"><xs:simpleType><xs:restriction base="xs:string">
        <xs:pattern value="[0-9]{9}"/></xs:restriction></xs:simpleType></xs:element>
      <xs:any processContents="skip"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
"""A schema of a few rules, made here, so that this runs without the official material."""


def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, regels: str) -> None:
    (tmp_path / "i.toml").write_text(f"[laden]\n{regels}\n")
    monkeypatch.setenv("STUURINFO_INSTELLINGEN", str(tmp_path / "i.toml"))


def test_verdict_is_logged_without_a_value_of_the_message(
    tmp_path: Path, laad: Laad, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoer = tmp_path / "in"
    invoer.mkdir()
    (invoer / "a_goed.xml").write_text(start(BSN_1, 1))
    (invoer / "b_fout.xml").write_text(start(f"{BSN_1[:8]}X", 2, nummer="S2"))
    (invoer / "c_geen.xml").write_text(declaratie(client(BSN_1, prestatie("R1")), totaal=5000))
    zonder = laad(invoer, naar=tmp_path / "zonder")
    (tmp_path / "xsd" / "diep").mkdir(parents=True)
    (tmp_path / "xsd" / "diep" / "WMO305.xsd").write_text(XSD)
    (tmp_path / "xsd" / "kapot.xsd").write_text("<xs:schema")
    settings(tmp_path, monkeypatch, 'xsd_map = "xsd"')
    met = laad(invoer)
    assert met["totaal"] == zonder["totaal"] and met["exit"] == zonder["exit"]
    oordeel = dict(rows(lake, "laadlog").select("naam", "schema_oordeel").iter_rows())
    assert oordeel["a_goed.xml"] == "geldig" and oordeel["c_geen.xml"] is None
    assert (
        oordeel["b_fout.xml"].startswith("ongeldig: regel ")
        and "Bsn: vorm van de waarde" in oordeel["b_fout.xml"]
    )
    assert BSN_1[:8] not in oordeel["b_fout.xml"]
    for tabel in ("start", "declaratieregel", "quarantaine"):
        assert rows(lake, tabel).equals(rows(tmp_path / "zonder", tabel))


def test_official_examples_are_valid_against_the_official_schemas(
    gedeeld: Path, laad: Laad, lake: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings(tmp_path, monkeypatch, f'xsd_map = "{gedeeld / "istandaarden" / "xsd"}"')
    laad(gedeeld / "istandaarden" / "voorbeelden")
    oordelen = rows(lake, "laadlog")["schema_oordeel"].to_list()
    assert len(oordelen) == 17 and set(oordelen) == {"geldig"}
    assert len(find_schemas(gedeeld / "istandaarden" / "xsd").paden) >= 40


def test_other_municipalities_are_not_ours_when_own_codes_are_set(
    tmp_path: Path, laad: Laad, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goed = declaratie(client(BSN_1, prestatie("R1")), totaal=5000)
    ander = declaratie(client(BSN_1, prestatie("R2", "geen bedrag")), totaal=5000, nummer="B2")
    (tmp_path / "a.xml").write_text(goed)
    (tmp_path / "b.xml").write_text(ander.replace(">0392<", ">0473<"))
    settings(tmp_path, monkeypatch, 'gemeentecodes = ["0392"]')
    verslag = laad(tmp_path / "a.xml", tmp_path / "b.xml")
    assert [b["status"] for b in verslag["files"]] == ["geladen", "niet van ons"] and verslag["exit"] == 0
    assert rows(lake, "bericht").height == 1 and rows(lake, "quarantaine").is_empty()
    assert rows(lake, "bevinding").is_empty() or set(rows(lake, "bevinding")["bericht_id"]) <= set(
        rows(lake, "bericht")["bericht_id"]
    )
    eerst = lake_hash(lake)
    assert [b["status"] for b in laad(tmp_path / "b.xml")["files"]] == ["niet van ons"]
    assert lake_hash(lake) == eerst


def test_message_above_the_set_size_is_refused_with_its_reason(
    tmp_path: Path, laad: Laad, monkeypatch: pytest.MonkeyPatch
) -> None:
    groot = start(BSN_1, 1).replace("<m:Client>", "<m:Client>" + " " * (1024 * 1024))
    (tmp_path / "groot.xml").write_text(groot)
    (tmp_path / "klein.xml").write_text(start(BSN_1, 2, nummer="S2"))
    settings(tmp_path, monkeypatch, "bericht_mb = 1")
    verslag = laad(tmp_path / "groot.xml", tmp_path / "klein.xml")
    assert [(b["status"], b["redenen"]) for b in verslag["files"]] == [
        ("geweigerd", {"te_groot": 1}),
        ("geladen", {}),
    ]
