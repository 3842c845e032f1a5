"""What a signal says, in one sentence: what, how much, against what, since when."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard.numbers import count, decimals, euro, month, percent, plural
from dashboard.words_operationeel import MAAT

MAATNAAM = {
    "instroom": ("Instroom", count),
    "netto stroom": ("Instroom min uitstroom", count),
    "realisatie": ("Uitgaven", euro),
    "uitnutting": ("Uitnutting", lambda v: percent(v, 0)),
    "afgekeurd aandeel": ("Afgekeurd aandeel", percent),
}
MEERVOUD = ("realisatie", "kosten per client", "afgekeurd aandeel")
"""Measures whose name is a plural."""


def describe_cel(cel: str) -> str:
    """A cell of the city in words: the gemeente, a law, or a productgroep within a law."""
    if cel == "totaal":
        return "de gemeente"
    wet, _, groep = cel.partition("|")
    return f"{groep} ({wet})" if groep else wet


def describe(r: Mapping[str, Any], namen: Mapping[str, str]) -> str:
    """The sentence of one signal; r: a row of read_signalen."""
    naam = namen.get(r["onderwerp"], r["onderwerp"])
    zinnen: dict[str, Callable[[], str]] = {
        "omzet": lambda: (
            f"De omzet van {naam} is {_height(r)} dan gewoon: {euro(r['waarde'])} in een maand, "
            f"gemiddeld {euro(r['basis'])}"
        ),
        "gemeente": lambda: _city(r),
        "plafond": lambda: (
            f"{naam} komt doorgetrokken uit op {percent(r['waarde'] / r['basis'], 0)} van het plafond "
            f"({euro(r['waarde'])} van {euro(r['basis'])})"
        ),
        "vergelijking": lambda: _compared(r, naam),
        "controle": lambda: (
            f"Bij {naam} kwam {euro(r['waarde'])} binnen met een bevinding; "
            f"gemiddeld is dat {euro(r['basis'])} per maand"
        ),
        "slapers": lambda: (
            f"Bij {naam} slapen {count(r['waarde'])} van de {count(r['basis'])} lopende toewijzingen "
            f"({percent(r['waarde'] / r['basis'], 0)})"
        ),
        "uitnutting": lambda: (
            f"De uitnutting van {naam} is {percent(r['waarde'], 0)}; vorig jaar {percent(r['basis'], 0)}"
        ),
    }
    return zinnen[r["regel"]]()


def _height(r: Mapping[str, Any]) -> str:
    return "hoger" if r["richting"] == "hoog" else "lager"


def _city(r: Mapping[str, Any]) -> str:
    naam, schrijf = MAATNAAM.get(r["deel"], (r["deel"].capitalize(), lambda v: decimals(v, 2)))
    waar = describe_cel(r["onderwerp"])
    werk = "zijn" if r["deel"] in MEERVOUD else "is"
    kop = f"{naam} van {waar} {werk} {_height(r)} dan gewoon"
    return f"{kop}: {schrijf(r['waarde'])}, gemiddeld {schrijf(r['basis'])}"


def _compared(r: Mapping[str, Any], naam: str) -> str:
    maat, _, groep = r["deel"].partition("|")
    kant = "hoger" if r["richting"] == "hoog" else "lager"
    werk = "zijn" if maat in MEERVOUD else "is"
    return (
        f"{MAAT.get(maat, maat)} van {naam} bij {groep} {werk} {kant} dan verwacht: "
        f"{decimals(r['waarde'], 2)} keer, de grens is {decimals(r['basis'], 2)}"
    )


def word_sinds(sinds: date, nieuw: bool) -> str:
    """Since when a signal lasts; new ones are named so."""
    return f"nieuw, {month(sinds)}" if nieuw else f"sinds {month(sinds)}"


def title_signalen(df: pl.DataFrame, gezien: int) -> str:
    """Say how many signals are new and how many go on, those that were seen left out."""
    if df.height == 0:
        return "Geen signalen die nog niet zijn gezien" if gezien else "Geen signalen"
    nieuw = df.filter("nieuw").height
    lopend = df.height - nieuw
    if nieuw == 0:
        return f"Niets nieuws; {plural(lopend, 'signaal loopt', 'signalen lopen')} al langer"
    kop = plural(nieuw, "nieuw signaal", "nieuwe signalen")
    return f"{kop}; {plural(lopend, 'signaal loopt', 'signalen lopen')} al langer" if lopend else kop
