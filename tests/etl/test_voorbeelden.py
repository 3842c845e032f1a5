"""The official examples give exactly their lines and cents; lxml reads them a second time."""

from pathlib import Path

import polars as pl
import pytest
from lxml import etree

from tests.etl.conftest import Laad, rows, the_file

TOEGEWEZEN, START, STOP = ("ToegewezenProduct",), ("StartProduct",), ("StopProduct",)
EENHEID = {"301": TOEGEWEZEN, "302": TOEGEWEZEN, "305": START, "306": START, "307": STOP, "308": STOP}
EENHEID |= dict.fromkeys(("315", "316"), ("AangevraagdProduct",))
EENHEID |= {"317": ("OngewijzigdProduct", "TeWijzigenProduct", "NieuwProduct"), "319": ("Antwoord",)}
EENHEID |= dict.fromkeys(("303", "304", "323"), ("Prestatie",))
VOORBEELDEN = [("3_2", n) for n in ("301", "305", "307", "315", "317", "319", "323")]
VOORBEELDEN += [("2_3", str(n)) for n in (*range(301, 309), 315, 316)]
LEEG = {"302", "306", "308", "316"}
"""A retour in which nothing was rejected holds no lines."""
BEDRAG = "{*}IngediendBedrag", "{*}IngediendeBedragPrestatie/{*}DeclaratieFactuurBedrag"


def read_by_lxml(pad: Path, nummer: str) -> tuple[int, int]:
    """Lines and signed cents of a message, element by element; cents of declarations only."""
    boom = etree.parse(str(pad))
    regels = [r for naam in EENHEID[nummer] for r in boom.findall(f".//{{*}}{naam}")]
    cent = 0
    for regel in regels if nummer in ("303", "323") else ():
        (bedrag,) = [b for naam in BEDRAG if (b := regel.find(naam)) is not None]
        teken = 1 if bedrag.findtext("{*}DebetCredit") == "D" else -1
        cent += teken * int(bedrag.findtext("{*}Bedrag") or "0")
    return len(regels), cent


@pytest.mark.parametrize(("release", "nummer"), VOORBEELDEN)
def test_example_gives_exactly_its_lines_and_cents(
    release: str, nummer: str, gedeeld: Path, laad: Laad
) -> None:
    pad = gedeeld / "istandaarden" / "voorbeelden" / f"iwmo_{release}" / f"WMO{nummer}.xml"
    regels, cent = read_by_lxml(pad, nummer)
    assert regels > 0 or nummer in LEEG
    verslag = laad(pad)
    bestand = the_file(verslag, pad.name)
    assert (bestand["status"], bestand["regels"], bestand["regels_geladen"]) == ("geladen", regels, regels)
    assert (bestand["bedrag_cent"], bestand["bedrag_geladen_cent"]) == (cent, cent)
    soort = (bestand["standaard"], bestand["release"], bestand["berichttype"])
    assert soort == ("iwmo", release.replace("_", "."), f"wmo{nummer}")
    assert verslag["exit"] == 0
    if release == "3_2":
        assert bestand["redenen"] == {}


def test_declaration_example_is_four_lines_of_58000_cents(gedeeld: Path, laad: Laad, lake: Path) -> None:
    """Counted by hand in the file: 5.000 + 24.000 for each of two clients."""
    verslag = laad(gedeeld / "istandaarden" / "voorbeelden" / "iwmo_3_2" / "WMO323.xml")
    assert (verslag["totaal"]["regels"], verslag["totaal"]["bedrag_geladen_cent"]) == (4, 58000)
    regels = rows(lake, "declaratieregel")
    assert regels.sort("regel_nr")["bedrag_cent"].to_list() == [5000, 24000, 5000, 24000]
    assert regels["client_id"].n_unique() == 2
    assert regels["toewijzing_sleutel"].to_list() != []
    assert set(regels["aanbieder_agb"]) == {"65656055"} and set(regels["gemeentecode"]) == {"0384"}


@pytest.mark.parametrize("release", ["2_3", "3_2"])
def test_all_examples_load_together(release: str, gedeeld: Path, laad: Laad) -> None:
    verslag = laad(gedeeld / "istandaarden" / "voorbeelden" / f"iwmo_{release}")
    assert {b["name"]: b["status"] for b in verslag["files"]} == {
        f"WMO{n}.xml": "geladen" for r, n in VOORBEELDEN if r == release
    }
    assert verslag["exit"] == 0


def test_old_declaration_and_its_answer_find_each_other(gedeeld: Path, laad: Laad, lake: Path) -> None:
    """A 303 is known by aanbieder and invoice number, and the 304 names them (CONTRACT)."""
    map_ = gedeeld / "istandaarden" / "voorbeelden" / "iwmo_2_3"
    laad(map_ / "WMO303.xml", map_ / "WMO304.xml")
    vraag, antwoord = rows(lake, "bericht").sort("berichttype").to_dicts()
    boom = etree.parse(str(map_ / "WMO303.xml"))
    nummer = boom.findtext(".//{*}DeclarantFactuurNummer")
    assert (vraag["identificatie"], vraag["declaratienummer"]) == (nummer, nummer)
    assert vraag["afzender"] == vraag["aanbieder_agb"] == boom.findtext(".//{*}Aanbieder")
    assert vraag["gemeentecode"] == boom.findtext(".//{*}Gemeente")
    assert str(vraag["dagtekening"]) == boom.findtext(".//{*}FactuurDagtekening")
    antwoord_boom = etree.parse(str(map_ / "WMO304.xml"))
    assert antwoord["identificatie"] == antwoord_boom.findtext(".//{*}GemeenteReferentieNummer")
    assert antwoord["declaratie_identificatie"] == antwoord_boom.findtext(".//{*}DeclarantFactuurNummer")
    assert str(antwoord["dagtekening"]) == antwoord_boom.findtext(".//{*}RetourDagtekening")
    regel = rows(lake, "declaratieantwoord").filter(pl.col("niveau") == "prestatie").to_dicts()[0]
    toegekend = antwoord_boom.find(".//{*}ToegekendBedrag/{*}Bedrag")
    assert toegekend is not None and regel["toegekend_cent"] == int(toegekend.text or "")
