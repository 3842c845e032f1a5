"""The care process: who gets which product from when until when.

A loop over months and products (never over people) steers the number in care towards the stand of the
catalogue: inflow = expected outflow + growth + part of the gap, drawn from a Poisson. A new episode goes to
somebody already in care (stapeling), to somebody who was in care before (herinstroom) or to a new person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sample_data import patronen
from sample_data.instellingen import (
    NOOIT,
    SIM_BEGIN,
    Aantallen,
    Dagen,
    Getallen,
    Instellingen,
    Vlaggen,
    maand_van,
    maandtabel,
)
from sample_data.producten import GEKANTELD, NUMMER, PRODUCTEN, VERBLIJF, WMO, ijking, interpoleer

# why an episode ends; translated to the codes of the standard in regie.py
PLAN, OVERLEDEN, VERHUISD, ANDER_DOMEIN, LEEFTIJD, CLIENT, AANBIEDER, SAMEN, KANTELING, WOONPLAATS = range(10)
_REDENKANS = {
    WMO: ([PLAN, ANDER_DOMEIN, CLIENT, AANBIEDER, SAMEN], [0.62, 0.12, 0.11, 0.04, 0.11]),
    "Jeugdwet": ([PLAN, ANDER_DOMEIN, CLIENT, AANBIEDER, SAMEN], [0.70, 0.03, 0.12, 0.04, 0.11]),
}


@dataclass
class Personen:
    """Columns of everybody who ever got care; index = person number."""

    geboren: Dagen
    vrouw: Vlaggen
    huishouden: Aantallen
    sterft: Dagen
    vertrekt: Dagen
    neiging: Getallen
    eerste_wet: Aantallen


@dataclass
class Huishoudens:
    """Kind of each household: 0 elderly or single, 1 family, 2 living outside the municipality."""

    soort: Aantallen


@dataclass
class Episodes:
    """One row per person x product x uninterrupted care."""

    persoon: Aantallen
    product: Aantallen
    begin: Dagen
    eind: Dagen
    reden: Aantallen


class _Groei:
    """Arrays that grow by doubling.

    People come in by handfuls, and a concatenate each time would be quadratic.
    """

    def __init__(self, **soorten: type) -> None:
        self.n = 0
        self._k: dict[str, npt.NDArray[np.generic]] = {k: np.zeros(1024, dtype=s) for k, s in soorten.items()}

    def add(self, **waarden: npt.NDArray[np.generic]) -> Aantallen:
        aantal = len(next(iter(waarden.values())))
        while self.n + aantal > len(next(iter(self._k.values()))):
            self._k = {k: np.concatenate([v, np.zeros_like(v)]) for k, v in self._k.items()}
        for k, v in waarden.items():
            self._k[k][self.n : self.n + aantal] = v
        ids = np.arange(self.n, self.n + aantal, dtype=np.int64)
        self.n += aantal
        return ids

    def __getitem__(self, k: str) -> npt.NDArray[np.generic]:
        return self._k[k][: self.n]


def _expect_stand(inst: Instellingen) -> Getallen:
    """Target stand per product and month, scaled to the size asked."""
    maanden = range(SIM_BEGIN, inst.tot + 1)
    doel = np.array([[interpoleer(p.stand, m) * ijking(p) for m in maanden] for p in PRODUCTEN])
    doel *= inst.schaal
    for code in GEKANTELD:  # the kanteling: run-down in the first half of 2018
        rest = np.clip((2018 * 12 + 6 - np.array(list(maanden))) / 6, 0, 1)
        doel[NUMMER[code]] *= rest
    return doel


class Stad:
    """State of the simulation; `run` fills it month by month."""

    def __init__(self, inst: Instellingen) -> None:
        self.inst = inst
        self.rng = inst.rng(1)
        self.begin = maandtabel(SIM_BEGIN, inst.tot + 1)
        self.doel = _expect_stand(inst)
        t = self.doel.shape[1]
        self.einden = np.zeros((len(PRODUCTEN), t + 1))
        self.actief = np.zeros(len(PRODUCTEN))
        self.p = _Groei(
            geboren=np.int64,
            vrouw=np.bool_,
            huishouden=np.int64,
            sterft=np.int64,
            vertrekt=np.int64,
            neiging=np.float64,
            eerste_wet=np.int64,
            tot0=np.int64,
            tot1=np.int64,
        )
        self.h = _Groei(soort=np.int64)
        self.laatste = np.full((len(PRODUCTEN), 4096), -NOOIT, dtype=np.int32)
        self.episodes: list[tuple[npt.NDArray[np.int64], ...]] = []

    def run(self) -> tuple[Personen, Huishoudens, Episodes]:
        """Walk through all months and return people, households and episodes."""
        for t in range(self.doel.shape[1]):
            self._maand(t)
        k = [np.concatenate([e[i] for e in self.episodes]) for i in range(5)]
        p = self.p
        personen = Personen(*(p[c] for c in Personen.__dataclass_fields__))  # type: ignore[arg-type]
        return personen, Huishoudens(self.h["soort"]), Episodes(*k)  # type: ignore[arg-type]

    def _maand(self, t: int) -> None:
        maand, dag = SIM_BEGIN + t, int(self.begin[t])
        pools: dict[int, tuple[Aantallen, Getallen, Aantallen]] = {}
        for wet in (0, 1):
            tot = self.p["tot1" if wet else "tot0"].astype(np.int64)
            leeft = (self.p["sterft"].astype(np.int64) > dag + 35) & (
                self.p["vertrekt"].astype(np.int64) > dag + 35
            )
            nu = np.flatnonzero((tot >= dag) & leeft)
            eerder = np.flatnonzero((tot > 0) & (tot < dag - 95) & leeft)
            pools[wet] = (nu, np.cumsum(self.p["neiging"][nu].astype(np.float64)), eerder)
        for i, prod in enumerate(PRODUCTEN):
            d0, d1 = self.doel[i, max(t - 1, 0)], self.doel[i, t]
            verwacht = self.einden[i, max(0, t - 1) : t + 2].mean() + d1 - d0 + 0.12 * (d0 - self.actief[i])
            n = int(
                self.rng.poisson(
                    max(0.0, verwacht) * patronen.instroomfactor(prod.wet, prod.hoofdproduct, maand)
                )
            )
            if t == 0:
                n = round(d1)
            if prod.code in GEKANTELD and maand >= 2018 * 12:
                n = 0
            extra = 0
            if (
                prod.code in VERBLIJF and maand == 2022 * 12
            ):  # woonplaatsbeginsel: those who come from elsewhere
                extra = int(self.rng.poisson(0.28 * d1))
            if n + extra:
                self._start(i, t, n, extra, pools[0 if prod.wet == WMO else 1])
            self.actief[i] -= self.einden[i, t]

    def _start(self, i: int, t: int, n: int, extra: int, pool: tuple[Aantallen, Getallen, Aantallen]) -> None:
        """Start n episodes of product i in month t, and ``extra`` of people who live elsewhere."""
        rng, prod = self.rng, PRODUCTEN[i]
        dag, lengte = int(self.begin[t]), int(self.begin[t + 1] - self.begin[t])
        wie = self._choose(i, dag, n, pool)
        nieuw = n - wie.size
        if nieuw + extra:
            wie = np.concatenate([wie, self._new_people(i, dag, nieuw, extra, pool)])
        aantal = wie.size
        begin = dag + (rng.random(aantal) * lengte * (0.25 if extra else 1)).astype(np.int64)
        vast = rng.random(aantal) < 0.3  # many decisions start on the first
        begin = np.where(vast, dag, begin)
        duur = patronen.trek_duur(rng, prod.duur, aantal, (SIM_BEGIN + t) // 12)
        eind = begin + np.maximum(3, duur).astype(np.int64)
        codes, kans = _REDENKANS[prod.wet]
        reden = rng.choice(codes, size=aantal, p=kans)
        eind, reden = self._truncate(i, begin, eind, reden, wie)
        self.episodes.append((wie, np.full(aantal, i), begin, eind, reden))
        np.maximum.at(self.laatste[i], wie, eind.astype(np.int32))
        kolom = "tot0" if prod.wet == WMO else "tot1"
        np.maximum.at(self.p._k[kolom], wie, eind)
        em = maand_van(eind) - SIM_BEGIN
        np.add.at(self.einden[i], em[em < self.einden.shape[1]], 1)
        self.actief[i] += aantal

    def _truncate(
        self, i: int, begin: Dagen, eind: Dagen, reden: Aantallen, wie: Aantallen
    ) -> tuple[Dagen, Aantallen]:
        """Cut episodes at death, departure, the 18th birthday and the structural breaks."""
        rng, prod = self.rng, PRODUCTEN[i]

        def cut(grens: Dagen, waarom: int) -> None:
            nonlocal eind, reden
            raak = (grens < eind) & (grens > begin)
            eind, reden = np.where(raak, grens, eind), np.where(raak, waarom, reden)

        cut(self.p["sterft"][wie].astype(np.int64), OVERLEDEN)
        cut(self.p["vertrekt"][wie].astype(np.int64), VERHUISD)
        if prod.wet != WMO:
            grens = np.where(rng.random(wie.size) < 0.86, 18.0, 18 + 4.5 * rng.random(wie.size))
            cut(self.p["geboren"][wie].astype(np.int64) + (grens * 365.25).astype(np.int64) - 1, LEEFTIJD)
        if prod.code in GEKANTELD:
            cut(17532 + (181 * rng.random(wie.size)).astype(np.int64) - 1, KANTELING)  # 2018-01-01 and on
        if prod.code in VERBLIJF:
            weg = rng.random(wie.size) < 0.26
            cut(np.where(weg, 18992, NOOIT), WOONPLAATS)  # 2021-12-31
        return np.maximum(eind, begin + 1), reden

    def _choose(self, i: int, dag: int, n: int, pool: tuple[Aantallen, Getallen, Aantallen]) -> Aantallen:
        """People already known that get this product too: stapeling and herinstroom."""
        rng, prod = self.rng, PRODUCTEN[i]
        nu, cumul, eerder = pool
        laag, hoog = patronen.LEEFTIJD[prod.leeftijd]
        keus: list[Aantallen] = []
        n_nu = int(rng.binomial(n, min(0.95, prod.stapel * 1.06))) if nu.size else 0
        if n_nu:  # twice as many candidates as wanted: some fall out on age or have the product already
            keus.append(nu[np.searchsorted(cumul, rng.random(2 * n_nu) * cumul[-1])][: 2 * n_nu])
        n_terug = int(rng.binomial(n - n_nu, prod.herinstroom)) if eerder.size else 0
        if n_terug:
            keus.append(eerder[(rng.random(3 * n_terug) * eerder.size).astype(np.int64)])
        uit: list[Aantallen] = []
        for kandidaat, wens in zip(keus, [x for x in (n_nu, n_terug) if x], strict=True):
            _, eerste = np.unique(kandidaat, return_index=True)
            kand = kandidaat[np.sort(eerste)]
            leeftijd = (dag - self.p["geboren"][kand].astype(np.int64)) / 365.25
            goed = (leeftijd >= laag) & (leeftijd <= hoog) & (self.laatste[i, kand] < dag - 45)
            uit.append(kand[goed][:wens])
        if not uit:
            return np.zeros(0, dtype=np.int64)
        _, eerste = np.unique(np.concatenate(uit), return_index=True)
        return np.concatenate(uit)[np.sort(eerste)]

    def _new_people(
        self, i: int, dag: int, nieuw: int, extra: int, pool: tuple[Aantallen, Getallen, Aantallen]
    ) -> Aantallen:
        """Create people with age, sex, death, departure and a household (own or of somebody in care)."""
        rng, prod = self.rng, PRODUCTEN[i]
        n = nieuw + extra
        wet = 0 if prod.wet == WMO else 1
        leeftijd = patronen.trek_leeftijd(rng, prod.leeftijd, n)
        buiten = np.arange(n) >= nieuw
        soort = np.where(buiten, 2, np.where((wet == 1) | (leeftijd < 55), 1, 0))
        huishouden = self.h.add(soort=soort)
        nu, cumul, _ = pool
        if nu.size and prod.hoofdproduct != "Huishoudelijke ondersteuning":
            # partners, brothers and sisters, and families with more than one kind of care live together
            kans = 0.22 if wet else 0.07
            samen = (rng.random(n) < kans) & ~buiten
            maat = nu[np.searchsorted(cumul, rng.random(n) * cumul[-1]).clip(max=nu.size - 1)]
            huishouden = np.where(samen, self.p["huishouden"][maat].astype(np.int64), huishouden)
        ids = self.p.add(
            geboren=dag - (leeftijd * 365.25).astype(np.int64),
            vrouw=rng.random(n) < (np.where(leeftijd > 65, 0.66, 0.5) if wet == 0 else 0.44),
            huishouden=huishouden,
            sterft=dag + 35 + np.minimum(patronen.trek_sterfte(rng, leeftijd), 60_000).astype(np.int64),
            vertrekt=dag + 40 + rng.exponential(np.where(leeftijd > 60, 90, 45) * 365.25, n).astype(np.int64),
            neiging=rng.gamma(2.2, 1 / 2.2, n),
            eerste_wet=np.full(n, wet),
            tot0=np.zeros(n, dtype=np.int64),
            tot1=np.zeros(n, dtype=np.int64),
        )
        if self.p.n > self.laatste.shape[1]:
            groei = np.full((len(PRODUCTEN), self.laatste.shape[1] + n), -NOOIT, dtype=np.int32)
            self.laatste = np.concatenate([self.laatste, groei], axis=1)
        return ids
