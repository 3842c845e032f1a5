"""Each rule on lines by hand: one that breaks it, and one beside it that may (NASLAG 4.1 to 4.3).

May 2026 runs from a Friday to a Sunday: 31 days, five calendar weeks touched, five Sundays. April has four
Sundays. All cases stand in one lake, each on its own toewijzing.
"""

import re
from datetime import date
from typing import Any

import pytest

from tests.warehouse.conftest import Vraag
from tests.warehouse.tiny import Row, build, write_lake

MEI = {"periode_begin": "2026-05-01", "periode_eind": "2026-05-31"}
JUNI = {"periode_begin": "2026-06-01", "periode_eind": "2026-06-30", "ontvangen_op": "2026-07-06"}
APRIL = {"periode_begin": "2026-04-01", "periode_eind": "2026-04-30"}
WEEK = {"volume": 10, "eenheid": "04", "frequentie": "2", "einddatum": "2026-12-31"}
HULP = {"productcategorie": "01", "productcode": "01A01"}
OUTPUT = {"productcategorie": "08", "productcode": "08A01", "eenheid": "82"}
ONBEKEND = {"productcode": "02A99"}  # no contract tariff
MINUUT = {"eenheid": "01", "tarief_cent": 100}
EURO = {"eenheid": "83", "tarief_cent": None, **ONBEKEND}
TWEE_MAANDEN = {"ingangsdatum": "2026-05-01", "einddatum": "2026-06-30", **HULP}
OUD = {"ingangsdatum": "2019-01-01"}
BUDGET = {"volume": None, "eenheid": None, "frequentie": None, "productcode": None, "budget_cent": 10_000}


class Gevallen:
    """Lines with what should be found of each; `line` returns the reference number."""

    def __init__(self) -> None:
        self.lake: dict[str, list[Row]] = {
            "product": [
                {"productcode": "02A01", "uitvoeringsvariant": "inspanningsgericht"},
                {**HULP, "uitvoeringsvariant": "inspanningsgericht"},
                {**OUTPUT, "uitvoeringsvariant": "outputgericht"},
            ],
            "tarief": [
                self._tarief("02A01", 6000),
                self._tarief("02A02", 6001),
                self._tarief("02A03", 6000, geldig_tot="2026-05-15"),
                self._tarief("02A03", 7000, geldig_van="2026-05-16"),
            ],
            "toewijzing": [],
            "declaratieregel": [],
        }
        self.verwacht: dict[str, tuple[str, set[str]]] = {}
        self._sleutel = 0

    @staticmethod
    def _tarief(code: str, cent: int, **anders: Any) -> Row:
        return {
            "wet": "Wmo", "aanbieder_agb": "00000001", "productcode": code, "eenheid": "04",
            "tarief_cent": cent, "geldig_van": "2018-01-01", **anders,
        }  # fmt: skip

    def toewijzing(self, **anders: Any) -> Row:
        """A toewijzing of ten hours a week, unless told otherwise; what a line of it repeats."""
        self._sleutel += 1
        rij = {"toewijzing_sleutel": str(self._sleutel), **WEEK, **anders}
        self.lake["toewijzing"].append(rij)
        namen = ("toewijzing_sleutel", "productcategorie", "productcode", "eenheid")
        return {k: rij[k] for k in namen if rij.get(k) is not None}

    def line(self, naam: str, t: Row, *regels: str, **anders: Any) -> str:
        """One line, with the rules that it breaks."""
        ref = f"r{len(self.lake['declaratieregel'])}"
        rij = {
            **t, **MEI, "volume": 1, "tarief_cent": 6000, "debet_credit": "D", "ontvangen_op": "2026-06-05",
            "referentienummer": ref, "declaratienummer": f"d{ref}", "status": "goedgekeurd", **anders,
        }  # fmt: skip
        teken = -1 if rij["debet_credit"] == "C" else 1
        rij["volume"] = teken * rij["volume"]
        prijs = 1 if rij["tarief_cent"] is None else rij["tarief_cent"]
        rij.setdefault("bedrag_cent", rij["volume"] * prijs)
        self.lake["declaratieregel"].append(rij)
        self.verwacht[ref] = (naam, set(regels))
        return ref

    def one(self, naam: str, t: dict[str, Any], *regels: str, **anders: Any) -> str:
        """One line on a toewijzing of its own."""
        return self.line(naam, self.toewijzing(**t), *regels, **anders)


def _matching(g: Gevallen) -> None:
    g.line("no such toewijzing", {"toewijzing_sleutel": "404"}, "TR338")
    los = {"toewijzing_sleutel": None, **ONBEKEND}
    oud = {"periode_begin": "2020-11-01", "periode_eind": "2020-11-30"}
    g.line("no number, when that was allowed", los, **oud, ontvangen_op="2020-12-31")
    g.line("no number since release 3.0", los, "TR338", **oud, ontvangen_op="2021-01-02")
    g.one("all is well", {})
    g.one("another client", {}, "TR304", client_id="bob")
    g.one("another aanbieder", {}, "andere_aanbieder", aanbieder_agb="00000002")
    een_dag = {"ingangsdatum": "2026-05-01", "einddatum": "2026-05-01"}
    g.one("deleted", {**een_dag, "reden_wijziging": "13"}, "TR384")
    g.one("cut to one day is not deleted", {**een_dag, "reden_wijziging": "05"}, periode_eind="2026-05-01")
    g.one("another category", {}, "TR339", productcategorie="03")
    g.one("a generic toewijzing has no category", {**BUDGET, "productcategorie": None}, productcategorie="03")
    g.one("another code", {}, "TR340", productcode="02A99")
    g.one("no code at all", {}, "TR340", productcode=None)
    g.one(
        "an aspecific toewijzing leaves the code free", {**BUDGET, "budget_cent": None}, productcode="02A99"
    )
    g.one("another unit", {}, "TR341", eenheid="16")
    g.one("hours may be declared in minutes", {}, volume=60, **MINUUT)
    g.one("minutes may not be declared in hours", {"eenheid": "01"}, "TR341", eenheid="04")
    stuks = {"eenheid": "82", **ONBEKEND}
    g.one("82 was both kinds before 2021", {**stuks, "toegewezen_op": "2020-06-01"}, eenheid="84")
    g.one("82 is not 84 since", {**stuks, "toegewezen_op": "2021-06-01"}, "TR341", eenheid="84")


def _period(g: Gevallen) -> None:
    half = {"periode_begin": "2026-05-02", "periode_eind": "2026-05-20"}
    g.one("begins before the toewijzing", {"ingangsdatum": "2026-05-02"}, "TR307")
    g.one("begins with the toewijzing", {"ingangsdatum": "2026-05-02"}, periode_begin="2026-05-02")
    g.one("so does one that ends too early", {"ingangsdatum": "2026-05-02"}, "TR388", **half)
    g.one("ends after the toewijzing", {"einddatum": "2026-05-30"}, "TR308")
    g.one("ends with the toewijzing", {"einddatum": "2026-05-30"}, periode_eind="2026-05-30")
    g.one("begins in the middle", {}, "TR387", periode_begin="2026-05-02")
    g.one("ends in the middle", {}, "TR388", periode_eind="2026-05-30")
    vroeger = {"periode_begin": "2020-12-07", "periode_eind": "2020-12-20", "ontvangen_op": "2021-01-04"}
    g.one("four-weekly periods before 2021", OUD, **vroeger)


def _volume(g: Gevallen) -> None:
    open_ = {"einddatum": None}
    g.one("five weeks", open_, volume=50)
    g.one("more than five weeks", open_, "TR321", volume=51)
    g.one("household help is six weeks", {**open_, **HULP}, volume=60)
    g.one("household help above six weeks", {**open_, **HULP}, "TR321", volume=61)
    g.one("an hour of rounding in minutes", open_, volume=3060, **MINUUT)
    g.one("above it", open_, "TR321", volume=3061, **MINUUT)
    g.one("five Sundays", {**open_, **OUTPUT}, volume=50)
    g.one("more than five Sundays", {**open_, **OUTPUT}, "TR321", volume=51)
    g.one("four Sundays", {**open_, **OUTPUT}, volume=40, **APRIL)
    g.one("more than four Sundays, in five weeks", {**open_, **OUTPUT}, "TR321", volume=41, **APRIL)
    woensdag = {**OUTPUT, "einddatum": "2026-06-03"}
    g.one("the last Sunday counts for the week after it", woensdag, volume=60)
    g.one("and no more", woensdag, "TR321", volume=61)
    kort = {**JUNI, "periode_eind": "2026-06-03"}
    g.one("so nothing is left after it", woensdag, "TR321", volume=1, **kort)
    g.one(
        "a toewijzing that ends on a Sunday has no extra",
        {**OUTPUT, "einddatum": "2026-05-31"},
        "TR321",
        volume=51,
    )
    g.one("by the day", {**open_, "frequentie": "1", "volume": 2}, volume=62)
    g.one("more than by the day", {**open_, "frequentie": "1", "volume": 2}, "TR321", volume=63)
    gebroken = {**open_, "frequentie": "4", "ingangsdatum": "2026-05-20"}
    g.one("a broken month counts in full", gebroken, volume=10, periode_begin="2026-05-20")
    g.one("more than the month", gebroken, "TR321", volume=11, periode_begin="2026-05-20")
    g.one("four weeks has no cap in the standard", {**open_, "frequentie": "3"}, volume=500)
    g.one("a total is not by the month", {"frequentie": "6", "volume": 100}, volume=100)
    g.one("more than the total", {"frequentie": "6", "volume": 100}, "TR322", volume=101)


def _totals(g: Gevallen) -> None:
    # 1 May to 30 June 2026 touches ten weeks: 100 hours
    t = g.toewijzing(**TWEE_MAANDEN)
    g.line("60 of 100", t, volume=60)
    g.line("40 more", t, volume=40, **JUNI)
    t = g.toewijzing(**TWEE_MAANDEN)
    g.line("60 of 100 again", t, volume=60)
    g.line("41 more is too much", t, "TR322", volume=41, **JUNI)
    t = g.toewijzing(**TWEE_MAANDEN)
    g.line("refused", t, volume=60, status="afgekeurd")
    g.line("what was refused does not count", t, volume=59, ontvangen_op="2026-06-20")
    g.line("so this is 100", t, volume=41, **JUNI)
    t = g.toewijzing(**TWEE_MAANDEN)
    oud = g.line("credited", t, volume=60)
    g.line(
        "its credit", t, volume=60, debet_credit="C", vorig_referentienummer=oud, ontvangen_op="2026-06-20"
    )
    g.line("what was credited does not count", t, volume=59, ontvangen_op="2026-06-20")
    g.line("so this is 100 too", t, volume=41, **JUNI)
    t = g.toewijzing(**TWEE_MAANDEN)
    g.line("already at stake elsewhere", t, "TR321", volume=61)
    g.line("so alone under the total", t, volume=60, **JUNI)
    for cent, regels in ((4_000, ()), (4_001, ("TR369",))):
        t = g.toewijzing(**BUDGET)
        g.line("budget", t, volume=6_000, **EURO)
        g.line(f"budget and {cent}", t, *regels, volume=cent, **{**EURO, **JUNI})


def _price(g: Gevallen) -> None:
    g.one("another tariff", {}, "TR418", tarief_cent=6100)
    g.one("no contract, no judgement", ONBEKEND, tarief_cent=6100)
    anders = {"productcode": "02A02"}  # 60,01 an hour
    g.one("a minute rounded to whole cents", anders, volume=60, eenheid="01", tarief_cent=100)
    g.one("a minute a cent too dear", anders, "TR418", volume=60, eenheid="01", tarief_cent=101)
    wissel = {"productcode": "02A03"}
    for tarief, regels in ((6000, ()), (7000, ()), (6500, ("TR418",))):
        g.one(f"{tarief} where the tariff changes in the month", wissel, *regels, tarief_cent=tarief)
    g.one("amount is not volume x tariff", {}, "TR346", bedrag_cent=6001)
    g.one(
        "hour tariff in minutes, rounded", anders, volume=61, bedrag_cent=6101, eenheid="01", tarief_cent=6001
    )
    g.one("euro", {**ONBEKEND, "eenheid": "83", "frequentie": "6", "volume": 900}, volume=500, **EURO)
    g.one(
        "euro with another amount", {**ONBEKEND, "eenheid": "83", "frequentie": "6", "volume": 900}, "CS339",
        volume=500, bedrag_cent=501, **EURO,
    )  # fmt: skip


def _doubles(g: Gevallen) -> None:
    later = {"ontvangen_op": "2026-07-06"}
    t = g.toewijzing()
    g.line("first", t)
    g.line("double", t, "TR389", **later)
    g.line("double that was refused is one too", t, "TR389", status="afgekeurd", **later)
    t = g.toewijzing()
    g.line("refused", t, status="afgekeurd")
    g.line("again after it was refused", t, **later)
    t = g.toewijzing()
    oud = g.line("credited", t)
    g.line("the credit", t, debet_credit="C", vorig_referentienummer=oud, **later)
    g.line("the correction in the same message", t, **later)
    g.line("one more", t, "TR389", ontvangen_op="2026-08-05")
    t = g.toewijzing(productcode=None, volume=None, eenheid=None, frequentie=None)
    g.line("one code", t, productcode="02A01", eenheid="04")
    g.line("another code of an aspecific toewijzing", t, productcode="02A99", eenheid="04")
    t = g.toewijzing()
    g.line("one of two in a message", t, declaratienummer="samen")
    g.line("two of two in a message", t, "TR416", declaratienummer="samen")


def _credits(g: Gevallen) -> None:
    later: Row = {"ontvangen_op": "2026-07-06", "debet_credit": "C"}
    t = g.toewijzing()
    goed = g.line("approved", t)
    g.line("a proper credit", t, vorig_referentienummer=goed, **later)
    g.line("once more", t, "TR390", vorig_referentienummer=goed, **{**later, "ontvangen_op": "2026-08-05"})
    t = g.toewijzing()
    wacht = g.line("in behandeling", t, status="in behandeling")
    g.line("may still be approved", t, vorig_referentienummer=wacht, **later)
    g.one("of nothing", {}, "TR323", vorig_referentienummer="weg", **later)
    t = g.toewijzing()
    slecht = g.line("refused", t, status="afgekeurd")
    g.line("of a refused line", t, "TR323", vorig_referentienummer=slecht, **later)
    t = g.toewijzing()
    drie = g.line("three hours", t, volume=3)
    g.line("of two hours", t, "TR323", volume=2, vorig_referentienummer=drie, **later)
    t = g.toewijzing()
    zelf = g.line("in one message", t, declaratienummer="d-zelf")
    g.line(
        "with its credit",
        t,
        "TR316",
        declaratienummer="d-zelf",
        debet_credit="C",
        vorig_referentienummer=zelf,
    )
    t = g.toewijzing()
    twee = g.line("credited twice", t)
    g.line("the first", t, vorig_referentienummer=twee, declaratienummer="d-twee", **later)
    g.line("the second", t, "TR315", vorig_referentienummer=twee, declaratienummer="d-twee", **later)
    t = g.toewijzing()
    g.line("credit before its debit", t, "TR323", vorig_referentienummer="r-later", debet_credit="C")
    g.line("the debit", t, referentienummer="r-later", ontvangen_op="2026-07-06")


def _terms(g: Gevallen) -> None:
    april = {"periode_begin": "2021-04-01", "periode_eind": "2021-04-30"}
    g.one("five years", OUD, "declaratie_te_laat", **april, ontvangen_op="2026-04-30")
    g.one("over five years", OUD, "declaratie_te_laat", "TR335", **april, ontvangen_op="2026-05-01")
    mei = {"periode_begin": "2025-05-01", "periode_eind": "2025-05-31"}
    g.one("within twelve months", OUD, **mei, ontvangen_op="2026-05-31")
    g.one("after twelve months", OUD, "declaratie_te_laat", **mei, ontvangen_op="2026-06-01")


def make_gevallen() -> Gevallen:
    """All cases; what the toewijzing of a case says besides its key stays out of its lines."""
    g = Gevallen()
    for deel in (_matching, _period, _volume, _totals, _price, _doubles, _credits, _terms):
        deel(g)
    return g


GEVALLEN = make_gevallen()


@pytest.fixture(scope="module")
def vraag(tmp_path_factory: pytest.TempPathFactory) -> Vraag:
    """A snapshot of all cases."""
    map_ = tmp_path_factory.mktemp("controle")
    build(write_lake(map_ / "lake", GEVALLEN.lake), map_ / "s.duckdb", date(2026, 10, 31))
    return Vraag(map_ / "s.duckdb")


@pytest.fixture(scope="module")
def gevonden(vraag: Vraag) -> dict[str, set[str]]:
    """Rules found per reference number."""
    uit: dict[str, set[str]] = {}
    for ref, regel in vraag("SELECT referentienummer, regel FROM mart.declaratiecontrole WHERE regel_nr > 0"):
        uit.setdefault(ref, set()).add(regel)
    return uit


@pytest.mark.parametrize(
    "ref", GEVALLEN.verwacht, ids=[f"{ref} {naam}" for ref, (naam, _) in GEVALLEN.verwacht.items()]
)
def test_a_line_breaks_these_rules_and_no_other(ref: str, gevonden: dict[str, set[str]]) -> None:
    assert gevonden.get(ref, set()) == GEVALLEN.verwacht[ref][1]


def test_every_rule_about_lines_is_broken_by_a_case() -> None:
    gebroken = set().union(*(regels for _, regels in GEVALLEN.verwacht.values()))
    regels = """TR338 TR304 andere_aanbieder TR384 TR339 TR340 TR341 TR307 TR308 TR387 TR388 TR321 TR322 TR369
        TR418 TR346 CS339 TR389 TR416 TR315 TR316 TR323 TR390 TR335 declaratie_te_laat"""
    assert gebroken == set(regels.split())


def test_findings_are_written_for_people(vraag: Vraag) -> None:
    """No cents, no dates as a computer writes them; amounts and dates are those of the cases above."""
    teksten = vraag("SELECT regel, verwacht, gevonden FROM mart.declaratiecontrole")
    for regel, verwacht, gevonden in teksten:
        assert not re.search(r"\bcent\b|\d{4}-\d\d-\d\d", f"{verwacht} {gevonden}"), regel
    assert {
        ("TR307", "vanaf 02-05-2026", "vanaf 01-05-2026"),
        ("TR321", "ten hoogste 3.000", "3.061"),
        ("TR346", "1 x € 60,00", "€ 60,01"),
        ("TR369", "ten hoogste € 100,00 over de hele toewijzing", "€ 100,01 tot nu toe"),
        ("TR418", "€ 60,01 per uur", "€ 1,01 per minuut"),
        ("CS339", "€ 5,00", "€ 5,01"),
        ("declaratie_te_laat", "voor 01-06-2026", "ontvangen op 01-06-2026"),
    } <= set(teksten)
