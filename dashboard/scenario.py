"""From sliders to knobs, and what they do in words: the scenario of the page Knoppen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from dashboard.filters import Filters
from dashboard.numbers import decimals, enumerate_nl, euro_mln, month, percent, signed, unit
from warehouse.rekenen.knoppen import Knop, KnopError, Soort


@dataclass(frozen=True)
class Schuif:
    """A slider: which factor, how it is called, and how far it goes (in the unit of the screen)."""

    soort: Soort
    naam: str
    laagste: float
    hoogste: float
    stap: float
    eenheid: str
    uitleg: str


SCHUIVEN = (
    Schuif("tarief", "Tarief", -20, 20, 0.5, "%", "Prijs per eenheid, bij alle aanbieders tegelijk."),
    Schuif(
        "intensiteit", "Uren per cliënt", -50, 50, 1, "%", "Volume per cliënt per maand (uren, dagdelen)."
    ),
    Schuif(
        "uitnutting",
        "Uitnutting",
        -30,
        30,
        1,
        "procentpunt",
        "Deel van wat is toegewezen dat wordt geleverd.",
    ),
    Schuif("instroom", "Instroom", -50, 50, 1, "%", "Aantal cliënten dat er per maand bij komt."),
    Schuif("duur", "Duur", -50, 50, 1, "%", "Hoelang een cliënt gemiddeld zorg houdt."),
    Schuif(
        "afschalen",
        "Afschalen",
        0,
        50,
        1,
        "%",
        "Deel van de cliënten dat naar de eerstvolgende lichtere zwaarte gaat.",
    ),
)
PLAFOND = Schuif(
    "plafond",
    "Plafond",
    0,
    500,
    0.1,
    "€ mln",
    "Hoogste bedrag per jaar voor deze producten samen; leeg: geen plafond.",
)
_PER_SOORT = {s.soort: s for s in (*SCHUIVEN, PLAFOND)}
WAAR = ("wet", "hoofdproduct", "productgroep", "product")


def make_knoppen(standen: Mapping[str, float | None], vanaf: date, f: Filters) -> list[Knop]:
    """Knobs out of the sliders that are not at rest, for the products of the view.

    standen: soort to its place in the unit of the screen. Raises KnopError in words fit to show.
    """
    waar = tuple((k, str(getattr(f, k))) for k in WAAR if getattr(f, k) is not None)
    uit: list[Knop] = []
    for soort, schuif in _PER_SOORT.items():
        stand = standen.get(soort)
        if stand is None or (stand == 0 and soort != "plafond"):
            continue
        if not schuif.laagste <= stand <= schuif.hoogste:
            raise KnopError(
                f"{schuif.naam} ligt tussen {schuif.laagste:g} en {schuif.hoogste:g} {schuif.eenheid}."
            )
        waarde = stand * 100_000_000 if soort == "plafond" else stand / 100
        uit.append(Knop(soort, waarde, vanaf, waar))
    return uit


def name_knop(knop: Knop) -> str:
    """A knob in words: tarief + 3 %, plafond € 2,0 mln."""
    schuif = _PER_SOORT[knop.soort]
    if knop.soort == "plafond":
        return f"{schuif.naam.lower()} {euro_mln(round(knop.waarde))} per jaar"
    cijfers = 0 if round(knop.waarde * 100, 6) % 1 == 0 else 1
    if knop.soort == "uitnutting":
        return f"{schuif.naam.lower()} {signed(decimals(knop.waarde * 100, cijfers))} procentpunt"
    tekst = percent(knop.waarde, cijfers)
    return f"{schuif.naam.lower()} {tekst if knop.soort == 'afschalen' else signed(tekst)}"


def describe(knoppen: list[Knop]) -> str:
    """All knobs of a scenario in one line, where and from when included."""
    if not knoppen:
        return "geen knoppen"
    namen = [waarde for naam, waarde in knoppen[0].waar if naam != "wet"] or [w for _, w in knoppen[0].waar]
    waar = namen[-1] if namen else "alle producten"
    return f"{enumerate_nl([name_knop(k) for k in knoppen])}; {waar}, vanaf {month(knoppen[0].vanaf)}"


def describe_volume(basis: pl.DataFrame, knoppen: list[Knop]) -> str:
    """Volume per client and year now, and with the knobs; empty where there is more than one unit.

    Without knobs on it the first figure alone, so that a norm (hours per household) can be set beside it.
    """
    eenheden = basis["eenheid"].unique().to_list()
    if len(eenheden) != 1 or eenheden[0] == "83":
        return ""
    mensen = basis["clienten_maand"]
    if not mensen.sum():
        return ""
    per_jaar = 12 * float((mensen * basis["volume_per_clientmaand"]).sum()) / float(mensen.sum())
    wat = f"{unit(eenheden[0], 2)} per cliënt per jaar"
    factor = 1 + sum(k.waarde for k in knoppen if k.soort == "intensiteit")
    if factor == 1:
        return f"Nu {decimals(per_jaar, 1)} {wat}."
    return f"Van {decimals(per_jaar, 1)} naar {decimals(per_jaar * factor, 1)} {wat}."


def title_effect(per_jaar: Mapping[int, int]) -> str:
    """Say what the knobs do this year and in the first full year."""
    if not per_jaar or not any(per_jaar.values()):
        return "Deze knoppen veranderen niets aan de uitgaven"
    jaren = [j for j in sorted(per_jaar) if per_jaar[j]][:2]
    delen = [f"{euro_mln(abs(per_jaar[j]))} {'hoger' if per_jaar[j] > 0 else 'lager'} in {j}" for j in jaren]
    return f"De uitgaven worden {enumerate_nl(delen)}"


def dump(knoppen: list[Knop]) -> dict[str, Any]:
    """A scenario as it is kept."""
    return {
        "knoppen": [
            {"soort": k.soort, "waarde": k.waarde, "vanaf": k.vanaf.isoformat(), "waar": dict(k.waar)}
            for k in knoppen
        ]
    }


def load(inhoud: Mapping[str, Any]) -> list[Knop]:
    """A kept scenario as knobs; raises KnopError when it is not one (kept by another version)."""
    try:
        return [
            Knop(
                k["soort"],
                float(k["waarde"]),
                date.fromisoformat(k["vanaf"]),
                tuple(sorted(k["waar"].items())),
            )
            for k in inhoud["knoppen"]
        ]
    except (KeyError, TypeError, AttributeError) as fout:
        raise KnopError("Dit scenario is niet meer te lezen.") from fout
