"""Each message of 3.2, both laws, read into the right columns: expected rows are written out by hand."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.etl.conftest import Laad, rows, the_file
from tests.etl.maken import (
    BSN_1,
    BSN_2,
    POSTCODES,
    antwoord,
    client,
    codes,
    declaratie,
    prestatie,
    start,
    stop,
    toewijzing,
)


@pytest.mark.parametrize(("soort", "wet"), [("wmo323", "Wmo"), ("jw323", "Jeugdwet")])
def test_credit_lines_are_negative_in_cents_and_volume(
    soort: str, wet: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    tekst = declaratie(
        client(BSN_1, prestatie("R1", 5000), prestatie("R2", 2000, "C", 3, vorig="R0")),
        totaal=3000,
        soort=soort,
    )
    (tmp_path / "a.xml").write_text(tekst)
    verslag = laad(tmp_path / "a.xml")
    assert verslag["totaal"]["bedrag_cent"] == 3000
    regels = rows(lake, "declaratieregel").sort("referentienummer")
    assert regels["bedrag_cent"].to_list() == [5000, -2000]
    assert regels["volume"].to_list() == [4, -3]
    assert regels["wet"].to_list() == [wet, wet]
    assert regels["vorig_referentienummer"].to_list() == [None, "R0"]
    assert regels["periode_begin"].to_list() == [date(2026, 4, 1)] * 2
    assert regels["declaratieperiode_begin"].to_list() == [date(2026, 4, 1)] * 2
    assert regels["ontvangen_op"].to_list() == [datetime(2026, 5, 6)] * 2
    assert regels["status"].null_count() == 2


def test_answer_is_read_at_its_four_levels(tmp_path: Path, laad: Laad, lake: Path) -> None:
    regel = prestatie("R1", 5000).replace("</m:Prestatie>", codes("9338", "9307") + "</m:Prestatie>")
    kern = (
        "<m:DeclaratieAntwoord><m:DeclaratieNummer>DB1</m:DeclaratieNummer>"
        "<m:TotaalIngediendBedrag><b:TotaalBedrag>8000</b:TotaalBedrag><b:DebetCredit>D</b:DebetCredit>"
        "</m:TotaalIngediendBedrag><m:TotaalToegekendBedrag><b:TotaalBedrag>3000</b:TotaalBedrag>"
        "<b:DebetCredit>D</b:DebetCredit></m:TotaalToegekendBedrag><m:Clienten>"
        + client(BSN_1, regel).replace("</m:Client>", codes("0200") + "</m:Client>")
        + f"</m:Clienten>{codes('0200')}</m:DeclaratieAntwoord>"
    )
    (tmp_path / "a.xml").write_text(antwoord(("0200",), kern))
    verslag = laad(tmp_path / "a.xml")
    bestand = the_file(verslag, "a.xml")
    assert (bestand["status"], bestand["regels"], bestand["bedrag_cent"]) == ("geladen", 1, 0)
    kolommen = [
        "niveau",
        "retourcodes",
        "referentienummer",
        "ingediend_cent",
        "toegekend_cent",
        "declaratienummer",
    ]
    gevonden = {r[0]: r[1:] for r in rows(lake, "declaratieantwoord").select(kolommen).iter_rows()}
    assert gevonden == {
        "bericht": ("0200", None, None, None, "DB1"),
        "declaratie": ("0200", None, 8000, 3000, "DB1"),
        "client": ("0200", None, None, None, "DB1"),
        "prestatie": ("9338,9307", "R1", 5000, None, "DB1"),
    }
    antwoorden = rows(lake, "declaratieantwoord")
    assert set(antwoorden["declaratie_identificatie"]) == {"B1"}
    assert antwoorden.filter(antwoorden["niveau"] == "prestatie")["client_id"].null_count() == 0


def test_answer_without_lines_and_technical_rejection_are_whole_messages(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """Fully accepted: no clients. Rejected at the header (0001): no DeclaratieAntwoord at all."""
    kern = (
        "<m:DeclaratieAntwoord><m:DeclaratieNummer>DB1</m:DeclaratieNummer>"
        "<m:TotaalIngediendBedrag><b:TotaalBedrag>800</b:TotaalBedrag><b:DebetCredit>C</b:DebetCredit>"
        "</m:TotaalIngediendBedrag><m:TotaalToegekendBedrag><b:TotaalBedrag>800</b:TotaalBedrag>"
        f"<b:DebetCredit>C</b:DebetCredit></m:TotaalToegekendBedrag>{codes('8001')}</m:DeclaratieAntwoord>"
    )
    (tmp_path / "heel.xml").write_text(antwoord(("0200",), kern))
    (tmp_path / "kop.xml").write_text(antwoord(("0001",), nummer="A2", soort="jw325"))
    verslag = laad(tmp_path / "heel.xml", tmp_path / "kop.xml")
    assert {b["status"] for b in verslag["files"]} == {"geladen"} and verslag["exit"] == 0
    per_bericht = (
        rows(lake, "declaratieantwoord").sort("wet", "niveau").select("wet", "niveau", "retourcodes")
    )
    assert per_bericht.rows() == [
        ("Jeugdwet", "bericht", "0001"),
        ("Wmo", "bericht", "0200"),
        ("Wmo", "declaratie", "8001"),
    ]
    berichten = rows(lake, "bericht").sort("wet")
    assert berichten["totaal_toegekend_cent"].to_list() == [None, -800]
    assert berichten["retourcodes"].to_list() == ["0001", "0200"]


@pytest.mark.parametrize("soort", ["wmo301", "jw301"])
def test_toewijzing_has_moment_and_open_end(soort: str, tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "a.xml").write_text(toewijzing(BSN_1, 7, 8, soort=soort))
    (tmp_path / "postcode_wijk.csv").write_bytes(POSTCODES)
    assert laad(tmp_path / "a.xml", tmp_path / "postcode_wijk.csv")["exit"] == 0
    rij = rows(lake, "toewijzing").sort("toewijzing_nummer").to_dicts()
    assert [r["toewijzing_sleutel"] for r in rij] == ["7", "8"]
    assert rij[0]["toegewezen_op"] == datetime(2026, 5, 1, 12, 34, 56)
    assert (rij[0]["ingangsdatum"], rij[0]["einddatum"]) == (date(2026, 5, 2), None)
    assert (rij[0]["volume"], rij[0]["eenheid"], rij[0]["frequentie"]) == (2, "04", "2")
    assert (rij[0]["aanbieder_agb"], rij[0]["gemeentecode"]) == ("65656055", "0392")
    (klant,) = rows(lake, "client").to_dicts()
    assert (klant["geboortejaar"], klant["geslacht"], klant["wijkcode"]) == (1967, "1", "WK039201")
    assert klant["client_id"] == rij[0]["client_id"] and klant["huishouden_id"]


def test_start_and_stop(tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "a.xml").write_text(start(BSN_1, 7))
    (tmp_path / "b.xml").write_text(stop(BSN_1, 7))
    (tmp_path / "c.xml").write_text(start(BSN_2, 7, soort="jw305"))
    assert laad(tmp_path)["exit"] == 0
    begin = rows(lake, "start").sort("wet").to_dicts()
    assert [(r["wet"], r["begindatum"], r["status_aanlevering"]) for r in begin] == [
        ("Jeugdwet", date(2026, 5, 3), "1"),
        ("Wmo", date(2026, 5, 3), "1"),
    ]
    (einde,) = rows(lake, "stop").to_dicts()
    assert (einde["einddatum"], einde["reden_beeindiging"]) == (date(2026, 6, 30), "31")
    assert einde["client_id"] == begin[1]["client_id"] != begin[0]["client_id"]


def test_start_without_toewijzing_number_has_no_key(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """Taakgericht: 305 and 307 come without ToewijzingNummer (NASLAG 4.7)."""
    (tmp_path / "a.xml").write_text(start(BSN_1, 7).replace("<m:ToewijzingNummer>7</m:ToewijzingNummer>", ""))
    assert laad(tmp_path / "a.xml")["exit"] == 0
    assert rows(lake, "start")["toewijzing_sleutel"].to_list() == [None]


def test_codes_mean_by_law_and_an_unknown_one_is_kept_and_told(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """RedenBeeindiging 19 is in the list of iWmo 3.2 and not in that of iJw 3.2 (NASLAG 3.3)."""
    (tmp_path / "w.xml").write_text(stop(BSN_1, 7).replace(">31<", ">19<"))
    (tmp_path / "j.xml").write_text(stop(BSN_1, 7, soort="jw307").replace(">31<", ">19<"))
    verslag = laad(tmp_path)
    assert the_file(verslag, "w.xml")["redenen"] == {}
    assert the_file(verslag, "j.xml")["redenen"] == {"bevinding:codelijst:reden_beeindiging": 1}
    assert verslag["totaal"]["regels_geladen"] == 2 and verslag["exit"] == 0
    assert rows(lake, "stop")["reden_beeindiging"].to_list() == ["19", "19"]


def test_other_standards_and_releases(tmp_path: Path, laad: Laad) -> None:
    nieuw = declaratie(client(BSN_1, prestatie("R1")), totaal=5000).replace("/3_2/", "/3_9/")
    ieb = nieuw.replace("iwmo/3_9/wmo323", "ieb/1_0/wmo401")
    (tmp_path / "nieuw.xml").write_text(nieuw)
    (tmp_path / "ieb.xml").write_text(ieb)
    (tmp_path / "iets.xml").write_text("<lijst xmlns='urn:x'><regel/></lijst>")
    (tmp_path / "iets.txt").write_text("zomaar tekst")
    verslag = laad(tmp_path)
    assert {b["name"]: b["status"] for b in verslag["files"]} == {
        "nieuw.xml": "onbekend",
        "ieb.xml": "niet van ons",
        "iets.xml": "onbekend",
        "iets.txt": "onbekend",
    }
    assert the_file(verslag, "nieuw.xml")["release"] == "3.9"
    assert verslag["exit"] == 1
    (tmp_path / "nieuw.xml").unlink()
    (tmp_path / "iets.xml").unlink()
    (tmp_path / "iets.txt").unlink()
    assert laad(tmp_path)["exit"] == 0
