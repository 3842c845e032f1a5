"""The official examples of 3.2 give exactly their lines and cents; lxml reads them a second time."""

from pathlib import Path

import pytest
from lxml import etree

from tests.etl.conftest import Laad, rows, the_file

EENHEID = {"301": "ToegewezenProduct", "305": "StartProduct", "307": "StopProduct", "323": "Prestatie"}


def read_by_lxml(pad: Path, element: str) -> tuple[int, int]:
    """Lines and signed cents of a message, element by element."""
    boom = etree.parse(str(pad))
    regels = boom.findall(f".//{{*}}{element}")
    cent = 0
    for regel in regels:
        bedrag = regel.find("{*}IngediendBedrag/{*}Bedrag")
        if bedrag is not None:
            teken = regel.findtext("{*}IngediendBedrag/{*}DebetCredit")
            cent += int(bedrag.text or "0") * (1 if teken == "D" else -1)
    return len(regels), cent


@pytest.mark.parametrize("nummer", sorted(EENHEID))
def test_example_gives_exactly_its_lines_and_cents(nummer: str, gedeeld: Path, laad: Laad) -> None:
    pad = gedeeld / "istandaarden" / "voorbeelden" / "iwmo_3_2" / f"WMO{nummer}.xml"
    regels, cent = read_by_lxml(pad, EENHEID[nummer])
    verslag = laad(pad)
    bestand = the_file(verslag, pad.name)
    assert (bestand["status"], bestand["regels"], bestand["regels_geladen"]) == ("geladen", regels, regels)
    assert (bestand["bedrag_cent"], bestand["bedrag_geladen_cent"]) == (cent, cent)
    assert (bestand["standaard"], bestand["release"], bestand["berichttype"]) == (
        "iwmo",
        "3.2",
        f"wmo{nummer}",
    )
    assert bestand["redenen"] == {}
    assert verslag["exit"] == 0


def test_declaration_example_is_four_lines_of_58000_cents(gedeeld: Path, laad: Laad, lake: Path) -> None:
    """Counted by hand in the file: 5.000 + 24.000 for each of two clients."""
    verslag = laad(gedeeld / "istandaarden" / "voorbeelden" / "iwmo_3_2" / "WMO323.xml")
    assert (verslag["totaal"]["regels"], verslag["totaal"]["bedrag_geladen_cent"]) == (4, 58000)
    regels = rows(lake, "declaratieregel")
    assert regels.sort("regel_nr")["bedrag_cent"].to_list() == [5000, 24000, 5000, 24000]
    assert regels["client_id"].n_unique() == 2
    assert regels["toewijzing_sleutel"].to_list() != []
    assert set(regels["aanbieder_agb"]) == {"65656055"} and set(regels["gemeentecode"]) == {"0384"}


def test_all_examples_load_and_what_is_not_read_yet_is_said_aloud(gedeeld: Path, laad: Laad) -> None:
    verslag = laad(gedeeld / "istandaarden" / "voorbeelden" / "iwmo_3_2")
    status = {b["name"]: b["status"] for b in verslag["files"]}
    assert {n for n, s in status.items() if s == "geladen"} == {f"WMO{n}.xml" for n in EENHEID}
    assert {n for n, s in status.items() if s == "onbekend"} == {"WMO315.xml", "WMO317.xml", "WMO319.xml"}
    assert verslag["exit"] == 1
