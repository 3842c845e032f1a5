"""regelkaart_basis.csv: decisions of people to begin a new baseline of control charts (METHODEN §10).

A baseline moves only at a break that is on record: in the documents (`omgeving.make_vast`, breuken) or in the
contract tariffs (`producten.INDEX`). What drifts without such a break keeps its old baseline and signals.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from sample_data.instellingen import GEMEENTE, Instellingen
from sample_data.producten import AMB, HO, INDEX, JVER, PRODUCTEN
from sample_data.referentie import peildatum

D = dt.date
DOOR = "controller sociaal domein"
ALLE = ("",)
"""An empty cell: the decision is for every cell of the measure."""
PER_MAAND = (
    "Jeugdwet|Jeugdbescherming",
    "Wmo|Roerende woonvoorzieningen",
    "Wmo|Rolstoelen",
    "Wmo|Scootmobielen en fietsen",
)
"""Rent and fixed amounts a month: they swing less than a tariff rises, so the next rise counts as well."""


def _groepen(hoofdproduct: str) -> tuple[str, ...]:
    """Cells 'wet|productgroep' of a line of the budget, in order of the alphabet."""
    return tuple(sorted({f"{p.wet}|{p.groepnaam}" for p in PRODUCTEN if p.hoofdproduct == hoofdproduct}))


def _stijging(jaar: int) -> str:
    """How much the contract tariffs of a year are above those of the year before, as Dutch text."""
    return f"{100 * (INDEX[jaar] / INDEX[jaar - 1] - 1):.1f}".replace(".", ",")


def _besluiten() -> list[tuple[tuple[str, ...], tuple[str, ...], dt.date, str]]:
    """Measures, cells, first month and reason."""
    abonnement = "Abonnementstarief: meer mensen vragen huishoudelijke ondersteuning"
    maand = "Release 3.0: declareren per kalendermaand (323)"
    contract = "Nieuwe contracten vanaf 2022, met andere productcodes"
    woonplaats = "Woonplaatsbeginsel: een andere gemeente betaalt voor een deel van de jongeren"
    wijk = "Gewoon in de Wijk: vast bedrag voor begeleiding licht en middelzwaar"
    tarief = "Contracttarieven {} zijn {} procent hoger dan een jaar eerder"
    euro = ("realisatie", "omzet aanbieder")
    return [
        (("realisatie",), _groepen(HO), D(2019, 1, 1), abonnement),
        (("instroom",), ("Wmo", "totaal"), D(2019, 1, 1), abonnement),
        (euro, ALLE, D(2021, 1, 1), maand),
        (("uitnutting",), ALLE, D(2022, 1, 1), contract),
        (("realisatie",), ("Jeugdwet|Jeugd-ggz",), D(2022, 1, 1), contract),
        (("realisatie",), _groepen(JVER), D(2022, 1, 1), woonplaats),
        (("instroom",), ("Jeugdwet", "totaal"), D(2022, 1, 1), woonplaats),
        (("realisatie", "uitnutting"), _groepen(AMB), D(2023, 1, 1), wijk),
        (("instroom",), ("Wmo", "totaal"), D(2023, 1, 1), wijk),
        (euro, ALLE, D(2024, 1, 1), tarief.format(2024, _stijging(2024))),
        (("realisatie",), PER_MAAND, D(2025, 1, 1), tarief.format(2025, _stijging(2025))),
    ]


def make_besluiten(inst: Instellingen) -> dict[str, pl.DataFrame]:
    """regelkaart_basis: decisions within the run, each six weeks after its first month began.

    Nothing where no break falls within the run: nobody writes an empty list of decisions.
    """
    rijen = []
    for maten, cellen, van, reden in _besluiten():
        op = van + dt.timedelta(days=45)
        if van.year * 12 + van.month - 1 > inst.van and op <= peildatum(inst):
            rijen += [
                (GEMEENTE, maat, cel, f"{van:%Y-%m}", reden, DOOR, op) for maat in maten for cel in cellen
            ]
    if not rijen:
        return {}
    kolommen = ["gemeentecode", "maat", "cel", "basis_van", "reden", "door", "vastgelegd_op"]
    return {"regelkaart_basis": pl.DataFrame(rijen, schema=kolommen, orient="row")}
