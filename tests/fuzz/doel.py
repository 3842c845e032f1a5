"""What is fuzzed: any bytes as a message or a table. Each target says itself when something is wrong."""

import re
from collections.abc import Callable

from lxml import etree

from etl.containers import Bron
from etl.contract import OPZOEK, read_contracts
from etl.errors import RefusedError
from etl.extracts import read_extract
from etl.files import Bestand
from etl.intake import take_in
from etl.key import Sleutel
from etl.messages import Groep, read_group
from etl.recognise_table import Extract, recognise_table
from etl.settings import Instellingen
from etl.wijken import Wijktabel

SLEUTEL = Sleutel("een-sleutel-om-mee-te-fuzzen")
INSTELLINGEN = Instellingen()


def try_message(data: bytes) -> str:
    """Reads the bytes as a message; its status. AssertionError where lines were lost without a word.

    The oracle is lxml where it can read the text, else the closing tags as they stand in it.
    """
    inname = take_in(Bron.in_memory("a.xml", data), INSTELLINGEN)
    bericht = inname.bericht
    if bericht is None or bericht.mapping is None:
        return inname.fout.code if inname.fout else inname.bestand.status
    tekst, mapping = bericht.tekst.data, bericht.mapping
    groep = Groep(mapping, bericht.standaard, bericht.release, [inname.bestand], [bericht.tekst])
    read_group(groep, SLEUTEL, Wijktabel.empty())
    bestand = inname.bestand
    if bestand.status == "geweigerd":
        return next(iter(bestand.redenen))
    assert bestand.regels == bestand.regels_geladen + bestand.regels_quarantaine
    assert bestand.regels == count_units(tekst, mapping.eenheid_elementen), "regels verloren"
    return bestand.status


def count_units(tekst: bytes, namen: tuple[str, ...]) -> int:
    """How many units the text holds, by another way than the loader's."""
    try:
        wortel = etree.fromstring(tekst, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        tekst = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!\[CDATA\[.*?\]\]>", b"", tekst, flags=re.DOTALL)
        return sum(len(re.findall(rf"</(?:[^\s<>/:]+:)?{n}\s*>".encode(), tekst)) for n in namen)
    return sum(1 for el in wortel.iter() if isinstance(el.tag, str) and etree.QName(el).localname in namen)


def try_table(data: bytes) -> str:
    """Reads the bytes as an extract; its status. AssertionError where its counts do not close."""
    bron = Bron.in_memory("a.csv", data)
    try:
        soort = recognise_table(bron, INSTELLINGEN)
        if not isinstance(soort, Extract):
            return "onbekend"
        if soort.fout:
            return soort.fout.code
        bestand = Bestand("a.csv", "0" * 64, "extract", berichttype=soort.contract.naam, mapping_versie="1")
        rijen = 0
        for blok in read_extract(bron, bestand, soort, SLEUTEL, Wijktabel.empty()):
            rijen += sum(f.height for tabel, f in blok.items() if tabel == soort.contract.tabel)
    except RefusedError as fout:
        return fout.code
    assert bestand.regels == bestand.regels_geladen + bestand.regels_quarantaine
    # A table to look things up in is held in memory and gives no rows.
    assert rijen == (0 if soort.contract.tabel == OPZOEK else bestand.regels_geladen)
    return bestand.status


DOELEN: dict[str, Callable[[bytes], str]] = {"bericht": try_message, "tabel": try_table}
KOPPEN = [";".join(k.kolom for k in c.kolommen) for c in read_contracts()]
