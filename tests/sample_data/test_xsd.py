"""Every message is valid against the official schema of its release."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from tests.sample_data.conftest import Stad

pytestmark = pytest.mark.xdist_group("sample_data")
NAMESPACE = re.compile(rb"istandaarden\.nl/(iwmo|ijw)/(\d_\d)/(\w+)/schema\">\r\n")


class Schemas:
    """The official schemas, loaded once each; the WMO325 is the JW325 with namespace and code substituted."""

    def __init__(self, gedeeld: Path, tijdelijk: Path) -> None:
        self.xsd = gedeeld / "istandaarden" / "xsd"
        self.tijdelijk = tijdelijk
        self.geladen: dict[tuple[str, str], etree.XMLSchema] = {}

    def __call__(self, standaard: str, release: str, naam: str) -> etree.XMLSchema:
        if (naam, release) not in self.geladen:
            pad = self.xsd / f"{standaard}_{release}" / f"{naam.upper()}.xsd"
            if naam == "wmo325":
                pad = self._wmo325()
            self.geladen[naam, release] = etree.XMLSchema(etree.parse(str(pad)))
        return self.geladen[naam, release]

    def _wmo325(self) -> Path:
        jw = (self.xsd / "ijw_3_2" / "JW325.xsd").read_text(encoding="utf-8")
        basis = (self.xsd / "iwmo_3_2" / "basisschema.xsd").read_text(encoding="utf-8")
        wmo = jw.replace("jw325", "wmo325").replace("ijw", "iwmo").replace('value="491"', 'value="485"')
        (self.tijdelijk / "basisschema.xsd").write_text(basis, encoding="utf-8")
        (self.tijdelijk / "WMO325.xsd").write_text(wmo, encoding="utf-8")
        return self.tijdelijk / "WMO325.xsd"


@pytest.fixture(scope="module")
def schemas(gedeeld: Path, tmp_path_factory: pytest.TempPathFactory) -> Schemas:
    return Schemas(gedeeld, tmp_path_factory.mktemp("xsd"))


def _validate(stad: Stad, schemas: Schemas, hoogstens: int) -> Counter[tuple[str, str]]:
    geteld: Counter[tuple[str, str]] = Counter()
    for _, bestand, inhoud in stad.berichten():
        gevonden = NAMESPACE.search(inhoud[:700])
        assert gevonden, f"{bestand}: geen bekende namespace"
        standaard, release, naam = (x.decode() for x in gevonden.groups())
        geteld[naam, release] += 1
        if geteld[naam, release] > hoogstens:
            continue
        schema = schemas(standaard, release, naam)
        assert schema.validate(etree.fromstring(inhoud)), f"{bestand}: {schema.error_log[0].message}"
    return geteld


def test_every_kind_of_both_releases_is_valid(op_papier: Stad, schemas: Schemas) -> None:
    geteld = _validate(op_papier, schemas, hoogstens=120)
    oud = {(f"{s}{n}", "2_3") for s in ("wmo", "jw") for n in (301, 303, 304, 305, 307)}
    nieuw = {(f"{s}{n}", "3_2") for s in ("wmo", "jw") for n in (301, 305, 307, 323, 325)}
    assert set(geteld) == oud | nieuw


def test_the_window_of_a_mixed_delivery_is_valid(gemengd: Stad, schemas: Schemas) -> None:
    geteld = _validate(gemengd, schemas, hoogstens=10**9)
    assert {release for _, release in geteld} == {"3_2"}


def test_a_broken_message_would_be_noticed(gemengd: Stad, schemas: Schemas) -> None:
    _, _, inhoud = next(x for x in gemengd.berichten() if "WMO323" in x[1])
    stuk = re.sub(rb"<wmo323:Eenheid>\d\d<", b"<wmo323:Eenheid>99<", inhoud)
    assert not schemas("iwmo", "3_2", "wmo323").validate(etree.fromstring(stuk))


def test_form_of_the_files(gemengd: Stad) -> None:
    """UTF-8 without BOM, CR/LF, no empty elements, at most 25 MB, no BSN in a name."""
    for _, naam, inhoud in gemengd.berichten():
        assert inhoud.startswith(b"<?xml"), naam
        assert b"\n" not in inhoud.replace(b"\r\n", b""), naam
        assert not re.search(rb"<(\w+:\w+)></\1>", inhoud), naam
        assert len(inhoud) < 25_000_000, naam
        assert not re.search(r"99\d{7}", naam), naam


def test_2_3_stops_at_the_switch(op_papier: Stad) -> None:
    """By month of receipt: nothing of 2.3 from January 2021 on, nothing of 3.2 before."""
    for maand, naam, inhoud in op_papier.berichten():
        assert (b"/2_3/" in inhoud[:400]) == (maand < "2021-01"), (maand, naam)
