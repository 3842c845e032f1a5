"""Contracts: a municipality adapts them without code, mistakes are told in Dutch, and the PDC tables load."""

from datetime import date, datetime
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.contract import contracts_for, read_contracts
from etl.errors import UsageError
from etl.fields import fixed_length
from etl.tables import TABELLEN
from tests.etl.conftest import SLEUTEL, Laad, opdracht, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, zip_of
from tests.etl.pdc import PDC, PDC_DECLARATION, PDC_VERZOEK
from tests.etl.test_privacy import every_byte_under

EIGEN = """
omschrijving: declaraties uit ons eigen pakket
tabel: declaratieregel
levering: aanvullend
ontvangen_op: ontvangen_op
sleutel: [wet, gemeentecode, aanbieder_agb, referentienummer]
vast: {wet: Wmo, gemeentecode: "0392"}
kolommen:
  aanbieder_agb: {kolom: [AGB, AGB-code], type: AgbCode, nodig: true}
  bsn: {kolom: BSN cliënt, type: BurgerServicenummer, nodig: true}
  periode_begin: {kolom: Van, type: DatumNL, nodig: true}
  periode_eind: {kolom: Tot, type: DatumNL, nodig: true}
  bedrag_cent: {kolom: Bedrag in centen, type: Euro, schaal: cent, nodig: true}
  referentienummer: {kolom: Kenmerk, type: ReferentieNummer, nodig: true}
  ontvangen_op: {kolom: Ontvangen, type: TijdstipNL, nodig: true}
  status:
    kolom: Stand
    type: Status
    nodig: true
    vertaal: {J: goedgekeurd, N: afgekeurd, "": in behandeling}
  eenheid: {kolom: Soort, type: Eenheid, vertaal: {uur: "04", etmaal: "16"}}
"""
KOP = "agb_code,bsn CLIËNT,van,TOT,bedragincenten,kenmerk,ontvangen,stand,soort"
REGELS = [
    f"1656055,{BSN_1},2024-04-01,2024-04-30,123456,K1,2024-05-05,J,uur",
    f"1656055,{BSN_2},2024-04-01,2024-04-30,-50,K2,2024-05-05,,etmaal",
    f"1656055,{BSN_2},2024-04-01,2024-04-30,50,K3,2024-05-05,misschien,uur",
    f"1656055,{BSN_2},2024-04-01,2024-04-30,50,K4,2024-05-05,n,dag",
]


def settings_with(map_: Path, monkeypatch: pytest.MonkeyPatch, **contracten: str) -> None:
    """Points the settings to a folder with these contracts."""
    (map_ / "contracten").mkdir(exist_ok=True)
    for naam, tekst in contracten.items():
        (map_ / "contracten" / f"{naam}.yaml").write_text(tekst, encoding="utf-8")
    pad = map_ / "instellingen.toml"
    pad.write_text('[laden]\ngemeentecodes = ["0392"]\nextracten_map = "contracten"\n')
    monkeypatch.setenv("STUURINFO_INSTELLINGEN", str(pad))


def test_own_contract_reads_an_own_file(
    tmp_path: Path, laad: Laad, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worked example of docs/beheer.md: names, cents, codes, constants, a sign in the amount."""
    settings_with(tmp_path, monkeypatch, eigen=EIGEN)
    (tmp_path / "d.csv").write_text("\n".join([KOP, *REGELS]), encoding="cp1252")
    bestand = the_file(laad(tmp_path / "d.csv"), "d.csv")
    assert (bestand["berichttype"], bestand["regels"], bestand["regels_geladen"]) == ("eigen", 4, 3)
    assert bestand["redenen"] == {
        "bevinding:voorloopnullen:aanbieder_agb": 3,
        "bevinding:vertaling:eenheid": 1,
        "bevinding:windows": 1,
        "vertaling:status": 1,
    }
    regels = rows(lake, "declaratieregel").sort("regel_nr")
    velden = ("bedrag_cent", "debet_credit", "status", "eenheid", "wet", "gemeentecode", "aanbieder_agb")
    assert regels.select(velden).rows() == [
        (123456, "D", "goedgekeurd", "04", "Wmo", "0392", "01656055"),
        (-50, "C", "in behandeling", "16", "Wmo", "0392", "01656055"),
        (50, "D", "afgekeurd", None, "Wmo", "0392", "01656055"),
    ]


def test_own_contract_replaces_ours_of_that_name(tmp_path: Path) -> None:
    ours = {c.naam: c for c in read_contracts()}
    (tmp_path / "cpi.yaml").write_text(EIGEN, encoding="utf-8")
    samen = {c.naam: c for c in contracts_for(tmp_path)}
    assert set(samen) == set(ours)
    assert samen["cpi"].tabel == "declaratieregel" and ours["cpi"].tabel == "cpi"
    (tmp_path / "cpi.yaml").write_text(EIGEN.replace("pakket", "systeem"), encoding="utf-8")
    assert {c.naam: c for c in contracts_for(tmp_path)}["cpi"].omschrijving.endswith("systeem"), (
        "mended while the process runs"
    )


@pytest.mark.parametrize(
    ("oud", "nieuw", "zegt"),
    [
        ("type: AgbCode", "type: Agb", "kolommen.aanbieder_agb.type: onbekend type 'Agb'"),
        ("tabel: declaratieregel", "tabel: declaraties", "tabel: onbekende tabel 'declaraties'"),
        ("  periode_eind:", "  periode_einde:", "kolommen.periode_einde: tabel 'declaratieregel' heeft geen"),
        ("kolom: Tot", "kolom: van", "kolommen.periode_eind.kolom: kolom 'van' hoort ook al bij 'periode"),
        ("schaal: cent", "schaal: centen", "kolommen.bedrag_cent.schaal: moet 'euro' of 'cent' zijn"),
        ("levering: aanvullend", "levering: soms", "levering: moet 'volledig' of 'aanvullend' zijn"),
        ("vast: {", "vaste: {", "vaste: onbekende sleutel"),
        ("J: goedgekeurd", "J: goed", "kolommen.status.vertaal: 'goed' is geen waarde van dit type"),
        ('uur: "04"', "uur: 4", "zet 'uur' en de waarde erachter tussen aanhalingstekens"),
        ('gemeentecode: "0392"', 'gemeentecode: "392"', "vast.gemeentecode: moet vier cijfers zijn"),
        ("type: DatumNL, nodig: true}\n  bedrag", "type: Tekst}\n  bedrag", "past niet bij het veld 'per"),
        ("ontvangen_op: ontvangen_op", "ontvangen_op: bsn", "ontvangen_op: 'bsn' is geen datum"),
        ("kolommen:", "kolommen: [", "is niet te lezen als YAML"),
        ("type: Euro, schaal", "soort: Euro, schaal", "kolommen.bedrag_cent.soort: onbekende sleutel"),
        (", referentienummer]", ", factuur]", "sleutel: 'factuur' staat niet bij kolommen of vast"),
    ],
)  # fmt: skip
def test_a_wrong_contract_is_told_before_anything_is_loaded(
    oud: str,
    nieuw: str,
    zegt: str,
    tmp_path: Path,
    lake: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert oud in EIGEN
    settings_with(tmp_path, monkeypatch, eigen=EIGEN.replace(oud, nieuw))
    monkeypatch.setenv("STUURINFO_KEY", SLEUTEL)
    assert main(["load", str(tmp_path), "--lake", str(lake)]) == 2
    fout = capsys.readouterr().err
    assert "eigen.yaml" in fout and zegt in fout
    assert not lake.exists()


def test_a_lookup_that_is_not_there_is_told(tmp_path: Path) -> None:
    tekst = EIGEN.replace(
        "type: BurgerServicenummer", "type: BurgerServicenummer, opzoek: {contract: x, sleutel: a, neem: b}"
    )
    (tmp_path / "eigen.yaml").write_text(tekst, encoding="utf-8")
    with pytest.raises(UsageError, match="geen opzoekcontract 'x'"):
        contracts_for(tmp_path)


def test_length_of_codes_follows_from_their_type() -> None:
    verwacht = {"BurgerServicenummer": 9, "AgbCode": 8, "Gemeente": 4, "Eenheid": 2, "ProductCategorie": 2}
    assert {t: fixed_length(t) for t in verwacht} == verwacht
    assert fixed_length("ProductCode") is None and fixed_length("Nummer") is None


def test_every_field_of_our_contracts_reaches_the_lake_or_is_made_into_something() -> None:
    for contract in read_contracts():
        doelen = set(contract.splits[1].values()) or {contract.tabel}
        assert contract.levering in ("volledig", "aanvullend") and contract.sleutel
        if contract.tabel != "opzoek":
            assert contract.ontvangen
            assert "gemeentecode" in {v.naam for v in contract.velden} | set(contract.vast)
            assert doelen <= set(TABELLEN)


# -- MensCentraal/PDC (NASLAG 5.1) ---------------------------------------------------------------------------


@pytest.fixture
def pdc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder with all PDC tables, and settings with the own gemeentecode."""
    settings_with(tmp_path, monkeypatch)
    (tmp_path / "in").mkdir()
    for naam, tekst in PDC.items():
        (tmp_path / "in" / naam).write_text(tekst)
    return tmp_path / "in"


def test_pdc_declarations(pdc: Path, laad: Laad, lake: Path) -> None:
    bestand = the_file(laad(pdc / "declaratie.csv"), "declaratie.csv")
    assert bestand["berichttype"] == "pdc_declaration"
    assert {k: v for k, v in bestand["redenen"].items() if not k.startswith("bevinding")} == {
        "telt_niet:verwijderd": 1
    }
    velden = ("wet", "gemeentecode", "aanbieder_agb", "productcategorie", "eenheid", "toewijzing_nummer")
    regels = rows(lake, "declaratieregel").sort("regel_nr")
    assert regels.select(velden).rows() == [
        ("Wmo", "0392", "01656055", "02", "04", 101),
        ("Jeugdwet", "0392", "01656055", "45", "04", 102),
    ]
    velden = ("bedrag_cent", "toegekend_cent", "tarief_cent", "volume", "status", "ontvangen_op")
    assert regels.select(velden).rows() == [
        (123450, 123450, 1250, 4, "goedgekeurd", datetime(2024, 5, 5, 10)),
        (-5000, -5000, 1250, -4, "afgekeurd", datetime(2024, 5, 6)),
    ]
    assert rows(lake, "quarantaine")["bedrag_cent"].to_list() == [700]


def test_pdc_clients_are_looked_up_in_the_same_load_whatever_the_order(
    pdc: Path, laad: Laad, lake: Path
) -> None:
    verslag = laad(pdc)
    assert {b["name"]: b["berichttype"] for b in verslag["files"]} == {
        "verzoek.csv": "pdc_carerequestproduct", "a_toewijzing.csv": "pdc_careallocationproduct",
        "bericht.csv": "pdc_caremessage", "declaratie.csv": "pdc_declaration", "z_client.csv": "pdc_client",
        "z_orders.csv": "pdc_orders",
    }  # fmt: skip
    (client,) = set(rows(lake, "declaratieregel")["client_id"])
    (toewijzing,) = rows(lake, "toewijzing").to_dicts()
    assert (toewijzing["client_id"], toewijzing["beschikking_nummer"]) == (client, "9")
    assert toewijzing["toegewezen_op"] == datetime(2024, 4, 1, 9, 30)
    assert (toewijzing["budget_cent"], toewijzing["reden_wijziging"], toewijzing["verwijzer"]) == (
        250_000, "03", "01"
    )  # fmt: skip
    assert the_file(verslag, "a_toewijzing.csv")["regels_quarantaine"] == 1
    assert "opzoek:bsn" in the_file(verslag, "a_toewijzing.csv")["redenen"]
    verzoeken = rows(lake, "verzoek").sort("regel_nr")
    assert verzoeken.select("soort", "wet", "verwijzer", "volume").rows() == [
        ("nieuw", "Wmo", "01", 2),
        ("wijziging", "Jeugdwet", "02", 2),
    ]
    assert verzoeken["client_id"][0] == client


def test_pdc_messages_go_to_start_and_stop(pdc: Path, laad: Laad, lake: Path) -> None:
    bestand = the_file(laad(pdc / "bericht.csv"), "bericht.csv")
    hard = {k: v for k, v in bestand["redenen"].items() if not k.startswith("bevinding")}
    assert hard == {"nodig:einddatum": 1, "telt_niet:aanvaard": 1}
    starts = rows(lake, "start").sort("regel_nr")
    assert starts.select("regel_nr", "begindatum", "status_aanlevering").rows() == [
        (1, date(2024, 4, 3), "1"),
        (4, date(2024, 4, 3), "3"),
    ]
    (stop,) = rows(lake, "stop").to_dicts()
    assert (stop["einddatum"], stop["reden_beeindiging"]) == (date(2024, 6, 30), "31")


def test_without_clients_the_lines_are_set_apart_and_a_next_load_needs_them_again(
    pdc: Path, laad: Laad, lake: Path
) -> None:
    bestand = the_file(laad(pdc / "verzoek.csv"), "verzoek.csv")
    assert bestand["regels_geladen"] == 0 and bestand["redenen"]["opzoek:bsn"] == 2
    assert "Pdc_Client" not in str(rows(lake, "quarantaine")["omschrijving"][0])
    laad(pdc / "z_client.csv")
    assert rows(lake, "bericht").height == 1, "a lookup leaves nothing in the lake"
    nieuw = PDC_VERZOEK.replace("V1", "V9")
    (pdc / "verzoek.csv").write_text(nieuw)
    assert the_file(laad(pdc / "verzoek.csv"), "verzoek.csv")["regels_geladen"] == 0
    (pdc / "verzoek.csv").write_text(nieuw.replace("V9", "V8"))
    verslag = laad(pdc / "verzoek.csv", pdc / "z_client.csv")
    assert the_file(verslag, "verzoek.csv")["regels_geladen"] == 2
    assert the_file(verslag, "z_client.csv")["status"] == "geladen"


def test_pdc_in_a_zip_leaves_no_person_on_disk(pdc: Path, lake: Path, tmp_path: Path) -> None:
    (tmp_path / "pdc.zip").write_bytes(zip_of((n, t.encode()) for n, t in PDC.items()))
    klaar = opdracht("load", tmp_path / "pdc.zip", "--lake", lake)
    assert klaar.returncode == 1, klaar.stderr
    alles = b"".join(every_byte_under(lake).values()) + klaar.stdout.encode() + klaar.stderr.encode()
    assert [w for w in (BSN_1, BSN_2, "Ganzeveer", "1967-08-13", "4711") if w.encode() in alles] == []


def test_without_one_own_gemeentecode_pdc_is_refused(
    tmp_path: Path, laad: Laad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STUURINFO_INSTELLINGEN", raising=False)
    (tmp_path / "d.csv").write_text(PDC_DECLARATION)
    assert the_file(laad(tmp_path / "d.csv"), "d.csv")["redenen"] == {"gemeente_eigen": 1}
