"""Knobs (scenarios): what one factor of the P*Q identity, changed from a month on, does to the euros.

Two projections of the same stock-flow model, with and without the knobs, from the same starting point
(`mart.knop_basis`); the effect is their difference, so what the projection does not know falls away on both
sides (METHODEN §13). With more than one knob the effect of each is its Shapley share over all orders of
turning them, so that the effects add up to the whole difference to the cent (METHODEN §2).
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import polars as pl

Soort = Literal["tarief", "intensiteit", "uitnutting", "instroom", "duur", "afschalen", "plafond"]
SOORTEN: tuple[Soort, ...] = get_args(Soort)
WAAR = ("wet", "hoofdproduct", "productgroep", "product", "zwaarte")
CEL = ("wet", "hoofdproduct", "productgroep", "product", "zwaarte", "zwaarte_rang", "eenheid")
MEESTE_KNOPPEN = 8
Matrix = npt.NDArray[np.float64]
Kans = npt.NDArray[np.bool_]


class KnopError(ValueError):
    """A knob that cannot be turned; the text is Dutch and fit to show."""


@dataclass(frozen=True)
class Knop:
    """One change of one factor in the cells that `waar` names, from the month `vanaf` on.

    waarde: tarief, intensiteit, instroom, duur: relative change (0,05 is 5 % more); uitnutting: change in
    fraction of what is allocated (-0,05 is 5 percentage points less); afschalen: share of the clients that
    goes to the next lower zwaarte of the same product; plafond: most cents a year for the cells together.
    """

    soort: Soort
    waarde: float
    vanaf: date
    waar: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        if self.soort not in SOORTEN:
            raise KnopError(f"Onbekende knop '{self.soort}'. Kies uit: {', '.join(SOORTEN)}.")
        if not math.isfinite(self.waarde):
            raise KnopError("Een knop heeft een getal nodig.")
        if {naam for naam, _ in self.waar} - set(WAAR):
            raise KnopError(f"Een knop geldt voor {', '.join(WAAR)} en niets anders.")
        if self.soort == "afschalen" and not 0 <= self.waarde <= 1:
            raise KnopError("Het deel dat afschaalt ligt tussen 0 en 100 %.")
        if self.soort == "plafond" and self.waarde < 0:
            raise KnopError("Een plafond is nul of hoger.")
        if self.soort in ("tarief", "intensiteit", "instroom") and self.waarde < -1:
            raise KnopError("Minder dan niets kan niet: de verandering is ten minste -100 %.")
        if self.soort == "duur" and self.waarde <= -1:
            raise KnopError("De duur kan niet tot nul of lager dalen: de verandering is meer dan -100 %.")


def add_months(dag: date, maanden: int) -> date:
    """First of the month, so many months on."""
    nr = dag.year * 12 + dag.month - 1 + maanden
    return date(nr // 12, nr % 12 + 1, 1)


def project(basis: pl.DataFrame, knoppen: Sequence[Knop], eerste: date, maanden: int) -> Matrix:
    """Cents per cell and month from `eerste` on, by S = S(1 - h) + I and K = S · a · u · p.

    basis: rows of `mart.knop_basis` (CEL, clienten_laatste, clienten_maand, instroom_maand, uitstroom_maand,
    volume_per_clientmaand, toegewezen_per_clientmaand, prijs_cent). Returns cells × months, in cents.
    """
    aan = [(k, find_cells(basis, k), _from_month(k, eerste, maanden)) for k in knoppen]
    stand = _project_stock(basis, aan, maanden)
    for knop, waar, tijd in aan:
        if knop.soort == "afschalen":
            _step_down(basis, stand, knop.waarde, waar, tijd)
    volume = _volume(basis, aan, maanden)
    prijs = np.repeat(basis["prijs_cent"].to_numpy()[:, None], maanden, axis=1).astype(np.float64)
    for knop, waar, tijd in aan:
        if knop.soort == "tarief":
            prijs[np.ix_(waar, tijd)] *= 1 + knop.waarde
    cent = stand * volume * prijs
    for knop, waar, tijd in aan:
        if knop.soort == "plafond":
            _cap(cent, knop.waarde, waar, tijd, eerste)
    return cent


def find_cells(basis: pl.DataFrame, knop: Knop) -> Kans:
    """Which rows of the basis a knob is about."""
    waar = np.ones(basis.height, dtype=np.bool_)
    for naam, waarde in knop.waar:
        waar &= (basis[naam] == waarde).fill_null(False).to_numpy()
    return waar


def _from_month(knop: Knop, eerste: date, maanden: int) -> Kans:
    return np.array(
        [add_months(eerste, m) >= knop.vanaf.replace(day=1) for m in range(maanden)], dtype=np.bool_
    )


def _project_stock(basis: pl.DataFrame, aan: Sequence[tuple[Knop, Kans, Kans]], maanden: int) -> Matrix:
    gemiddeld = basis["clienten_maand"].to_numpy().astype(np.float64)
    kans = np.divide(
        basis["uitstroom_maand"].to_numpy().astype(np.float64),
        gemiddeld,
        out=np.ones_like(gemiddeld),
        where=gemiddeld > 0,
    )
    kans = np.clip(kans, 0.0, 1.0)
    instroom = basis["instroom_maand"].to_numpy().astype(np.float64)
    stand = basis["clienten_laatste"].to_numpy().astype(np.float64)
    uit = np.empty((basis.height, maanden))
    for m in range(maanden):
        h, i = kans.copy(), instroom.copy()
        for knop, waar, tijd in aan:
            if not tijd[m]:
                continue
            if knop.soort == "duur":
                h[waar] = np.minimum(1.0, h[waar] / (1 + knop.waarde))
            elif knop.soort == "instroom":
                i[waar] *= 1 + knop.waarde
        stand = stand * (1 - h) + i
        uit[:, m] = stand
    return uit


def _step_down(basis: pl.DataFrame, stand: Matrix, deel: float, waar: Kans, tijd: Kans) -> None:
    """Move a share of the clients one zwaarte down within wet, product and eenheid; the lightest stay."""
    sleutels = basis.select("wet", "productgroep", "product", "eenheid", "zwaarte_rang").rows()
    rangen: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for nr, (*product, rang) in enumerate(sleutels):
        if rang > 0:
            rangen.setdefault(tuple(product), []).append((rang, nr))
    weg = []
    for rij in rangen.values():
        rij.sort()
        weg += [(hoog, laag) for (_, laag), (_, hoog) in itertools.pairwise(rij) if waar[hoog]]
    # all at once: nobody steps down twice
    gaat = {hoog: stand[hoog, tijd] * deel for hoog, _ in weg}
    for hoog, laag in weg:
        stand[hoog, tijd] -= gaat[hoog]
        stand[laag, tijd] += gaat[hoog]


def _volume(basis: pl.DataFrame, aan: Sequence[tuple[Knop, Kans, Kans]], maanden: int) -> Matrix:
    """Units per client and month: allocated times uitnutting where allocated is known, else delivered."""
    geleverd = basis["volume_per_clientmaand"].to_numpy().astype(np.float64)
    toegewezen = basis["toegewezen_per_clientmaand"].fill_null(0).to_numpy().astype(np.float64)
    bekend = toegewezen > 0
    uitnutting = np.divide(geleverd, toegewezen, out=np.ones_like(geleverd), where=bekend)
    a = np.repeat(np.where(bekend, toegewezen, geleverd)[:, None], maanden, axis=1)
    u = np.repeat(uitnutting[:, None], maanden, axis=1)
    for knop, waar, tijd in aan:
        if knop.soort == "intensiteit":
            a[np.ix_(waar, tijd)] *= 1 + knop.waarde
        elif knop.soort == "uitnutting":
            raak = np.ix_(waar & bekend, tijd)
            u[raak] = np.maximum(0.0, u[raak] + knop.waarde)
    product: Matrix = a * u
    return product


def _cap(cent: Matrix, plafond: float, waar: Kans, tijd: Kans, eerste: date) -> None:
    """Scale the months under the cap down, per year, until the cells together fit under it.

    In a year of which part of the months is projected the cap counts for that part.
    """
    jaren = np.array([add_months(eerste, m).year for m in range(cent.shape[1])])
    for jaar in np.unique(jaren[tijd]):
        maanden = np.flatnonzero(tijd & (jaren == jaar))
        som = cent[np.ix_(waar, maanden)].sum()
        grens = plafond * len(maanden) / 12
        if som > grens:
            cent[np.ix_(waar, maanden)] *= grens / som


def price_scenario(basis: pl.DataFrame, knoppen: Sequence[Knop], eerste: date, jaren: int) -> pl.DataFrame:
    """Effect of each knob in euros, this year and the years after, at the prices of now.

    eerste: first month that is projected; jaren: number of calendar years, the running one included. Returns
    jaar, knop (1 … n), effect_cent, and per year the rows' basis_cent and scenario_cent; Σ effect_cent =
    scenario_cent − basis_cent to the cent.
    Raises KnopError for too many knobs or one that starts in the past.
    """
    if len(knoppen) > MEESTE_KNOPPEN:
        raise KnopError(f"Ten hoogste {MEESTE_KNOPPEN} knoppen tegelijk.")
    for knop in knoppen:
        if knop.vanaf.replace(day=1) < eerste:
            raise KnopError(
                f"Een knop kan pas draaien vanaf {eerste:%m-%Y}: over eerdere maanden is al gedeclareerd."
            )
    maanden = (eerste.year + jaren) * 12 - (eerste.year * 12 + eerste.month - 1)
    jaar_van = [add_months(eerste, m).year for m in range(maanden)]
    per_jaar = sorted(set(jaar_van))
    vouw = np.array([[float(j == jaar) for jaar in per_jaar] for j in jaar_van])
    n = len(knoppen)
    totaal: dict[frozenset[int], npt.NDArray[np.int64]] = {}
    for s in _subsets(range(n)):
        cent = project(basis, [knoppen[i] for i in sorted(s)], eerste, maanden).sum(axis=0) @ vouw
        totaal[s] = np.rint(cent).astype(np.int64)
    leeg, vol = totaal[frozenset()], totaal[frozenset(range(n))]
    exact = np.zeros((n, len(per_jaar)))
    for f in range(n):
        for s in _subsets([i for i in range(n) if i != f]):
            gewicht = math.factorial(len(s)) * math.factorial(n - len(s) - 1) / math.factorial(n)
            exact[f] += gewicht * (totaal[s | {f}] - totaal[s])
    rijen = []
    for kolom, jaar in enumerate(per_jaar):
        effecten = round_to_sum(exact[:, kolom], int(vol[kolom] - leeg[kolom]))
        for nr, effect in enumerate(effecten, start=1):
            rijen.append((jaar, nr, effect, int(leeg[kolom]), int(vol[kolom])))
    return pl.DataFrame(
        rijen,
        schema={
            "jaar": pl.Int64,
            "knop": pl.Int64,
            "effect_cent": pl.Int64,
            "basis_cent": pl.Int64,
            "scenario_cent": pl.Int64,
        },
        orient="row",
    )


def _subsets(nummers: Sequence[int] | range) -> list[frozenset[int]]:
    alle = list(nummers)
    return [frozenset(c) for k in range(len(alle) + 1) for c in itertools.combinations(alle, k)]


def round_to_sum(delen: npt.NDArray[np.float64], som: int) -> list[int]:
    """Whole cents by largest remainder, so that they add up to `som` (METHODEN §1)."""
    if not len(delen):
        return []
    onder = np.floor(delen).astype(np.int64)
    rest = som - int(onder.sum())
    volgorde = sorted(range(len(delen)), key=lambda i: (onder[i] - delen[i], i))
    heel = [int(v) for v in onder]
    # the floors can be more than one cent per part away from the sum only by the rounding of the totals
    for k in range(abs(rest)):
        heel[volgorde[k % len(heel)]] += 1 if rest > 0 else -1
    return heel
