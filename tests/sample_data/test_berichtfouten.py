"""Faults that only messages have, read from the files: each is there as often as it is listed."""

import datetime as dt
from typing import Any

import pytest
from lxml import etree

from tests.sample_data.conftest import ENVELOP, Stad

pytestmark = pytest.mark.xdist_group("sample_data")


def listed(stad: Stad, regel: str) -> list[dict[str, Any]]:
    """The deliberate faults of a rule."""
    return [b for b in stad.verwacht["fouten"]["bijzonder"] if b.get("regel") == regel]


def _cents(boom: etree._Element, pad: str) -> int:
    return int(boom.findtext(f"{pad}/TotaalBedrag") or 0)


def test_a_message_of_tomorrow_comes_in_an_envelope_of_today(gemengd: Stad) -> None:
    tijdstip = {
        naam: etree.fromstring(inhoud).findtext(".//{*}tijdstipBericht") or ""
        for _, naam, inhoud in gemengd.bestanden()
        if ENVELOP in inhoud[:200]
    }
    gevonden = set()
    for naam, boom in gemengd.bomen("323_"):
        dagtekening = dt.date.fromisoformat(boom.findtext("Header/BerichtIdentificatie/Dagtekening") or "")
        gedeclareerd = dt.date.fromisoformat(boom.findtext("Declaratie/DeclaratieDagtekening") or "")
        if naam in tijdstip:
            op = dt.datetime.strptime(tijdstip[naam][:8], "%Y%m%d").date()
            assert dagtekening > op == gedeclareerd, naam
            gevonden.add((boom.findtext("Header/Afzender"), boom.findtext("Declaratie/DeclaratieNummer")))
        else:
            assert dagtekening == gedeclareerd, naam
    bedoeld = {(b["aanbieder"], b["declaratienummer"]) for b in listed(gemengd, "TR135")}
    assert len(tijdstip) == 2
    assert gevonden == bedoeld


def test_an_answer_names_another_total_than_its_declaration(gemengd: Stad) -> None:
    """TR342; what it grants stays what was handed in without what it refuses."""
    totaal = {
        (
            boom.findtext("Header/Afzender"),
            boom.findtext("Header/BerichtIdentificatie/Identificatie"),
        ): _cents(boom, "Declaratie/TotaalIngediendBedrag")
        for naam, boom in gemengd.bomen("323_")
        if not naam.endswith("_2.xml")
    }
    anders = set()
    for _, boom in gemengd.bomen("325_"):
        sleutel = (
            boom.findtext("Header/Ontvanger"),
            boom.findtext("Header/DeclaratieIdentificatie/Identificatie"),
        )
        antwoord = boom.find("DeclaratieAntwoord")
        if antwoord is not None and sleutel in totaal:
            verschil = _cents(antwoord, "TotaalIngediendBedrag") - totaal[sleutel]
            if verschil:
                assert verschil == 100_00
                anders.add(sleutel)
    bedoeld = {(b["aanbieder"], b["bericht"]) for b in listed(gemengd, "TR342")}
    assert len(bedoeld) == 2
    assert anders == bedoeld


def test_a_reference_comes_back_in_a_later_message(gemengd: Stad) -> None:
    gezien: dict[tuple[str, str | None, str | None], list[str]] = {}
    for naam, boom in gemengd.bomen("323_"):
        if not naam.endswith("_2.xml"):
            wet = "Wmo" if naam.startswith("WMO") else "Jeugdwet"
            op = boom.findtext("Declaratie/DeclaratieDagtekening") or ""
            for p in boom.iter("Prestatie"):
                sleutel = (
                    wet,
                    boom.findtext("Header/Afzender"),
                    p.findtext("ProductReferentie/ReferentieNummer"),
                )
                gezien.setdefault(sleutel, []).append(op)
    vaker = {sleutel: dagen for sleutel, dagen in gezien.items() if len(dagen) > 1}
    assert {k: len(v) for k, v in vaker.items()} == {
        (b["wet"], b["aanbieder"], b["referentienummer"]): 2 for b in listed(gemengd, "TR314")
    }
    assert len(vaker) >= 2
    assert all(len(set(dagen)) == 2 for dagen in vaker.values())
