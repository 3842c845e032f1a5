"""What became of what was programmed: the effects of `mart.pq_programma` for the city or one wet."""

from dataclasses import dataclass

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters
from dashboard.reading.betrouwbaar import read_komt_nog
from dashboard.reading.ontleding import EFFECTEN
from dashboard.reading.verloop import BOEKHOUDING

NIET_VERDEELD = "niet_verdeeld"
ALLE = (*EFFECTEN, NIET_VERDEELD)
MATEN = ("doel_cent", "realisatie_cent", "verschil_cent", *(f"effect_{e}_cent" for e in ALLE))

# The programme and what was delivered outside it are one account; lines of the budget are another.
AFWIJKING = """
WITH geld AS (
    SELECT max(maanden) AS maanden, sum(doel_tot_nu_cent)::BIGINT AS doel_cent,
           sum(realisatie_cent)::BIGINT AS realisatie_cent, sum(verschil_cent)::BIGINT AS verschil_cent,
           {effecten}
    FROM stad.pq_programma
    WHERE bron IN ('programmering', 'niet geprogrammeerd') AND jaar = $jaar AND @wet
      AND EXISTS (FROM stad.pq_programma WHERE bron = 'programmering' AND jaar = $jaar AND @wet)),
mensen AS (
    SELECT count(DISTINCT client_id) AS clienten FROM stad.client_maand
    WHERE @jaar AND @wet)
SELECT geld.*, clienten FROM geld, mensen WHERE maanden IS NOT NULL
"""
BEGROTING = """
SELECT sum(bedrag_cent)::BIGINT AS bedrag_cent FROM vrij.begroting_jaar
WHERE jaar = $jaar AND soort IN ('product', 'taakstelling') AND @wet
"""


@dataclass(frozen=True)
class Afwijking:
    """The programme up to now, what came of it, each effect in cents, and what is still to be declared."""

    maanden: int
    doel: int
    realisatie: int
    verschil: int
    effecten: dict[str, int]
    komt_nog: int
    begroting: int | None


def read_afwijking(lezer: Lezer, f: Filters) -> Afwijking | None:
    """The account of the year of the period; None where nothing was programmed or it may not be shown."""
    params = f.params | {"jaar": f.periode.van.year}
    effecten = ", ".join(f"sum(effect_{e}_cent)::BIGINT AS effect_{e}_cent" for e in ALLE)
    df = lezer.read(AFWIJKING.replace("{effecten}", effecten), Clienten("clienten", MATEN), params)
    if df.height == 0 or df["verschil_cent"][0] is None:
        return None
    rij = df.row(0, named=True)
    komt = read_komt_nog(lezer, f.periode.van.year, f.wet)
    begroting = lezer.read(BEGROTING, BOEKHOUDING, params)["bedrag_cent"][0]
    return Afwijking(
        maanden=rij["maanden"],
        doel=rij["doel_cent"],
        realisatie=rij["realisatie_cent"],
        verschil=rij["verschil_cent"],
        effecten={e: rij[f"effect_{e}_cent"] or 0 for e in ALLE},
        komt_nog=komt[0] if komt else 0,
        begroting=None if begroting is None else round(begroting * rij["maanden"] / 12),
    )
