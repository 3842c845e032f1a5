"""From episodes to toewijzingen: segments with their own number, and the versions in which they were sent.

A segment is one toewijzing. It ends where zwaarte, aanbieder or weekly volume changes (rule OP380: other
volume by the week means a new number), where the aanbieder stops, where the product is re-coded (2022) or
becomes taakgericht (2023).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from sample_data import zorg
from sample_data.aanbieders import SPECIALISMEN, Aanbieders, choose
from sample_data.instellingen import Aantallen, Dagen, Instellingen, Vlaggen, jaar_van, maandbegin
from sample_data.producten import GGZ_OUD, NUMMER, PRODUCTEN, TAAKGERICHT, WMO
from sample_data.zorg import Episodes, Personen

SPEC = list(SPECIALISMEN)
_SPEC_VAN = np.array([SPEC.index(p.specialisme) for p in PRODUCTEN])
_HOGER = np.array([NUMMER.get(p.hoger, -1) for p in PRODUCTEN])
_LAGER = np.array([NUMMER.get(p.lager, -1) for p in PRODUCTEN])
_CRISIS = np.array([p.duur == "crisis" for p in PRODUCTEN])
_WMO = np.array([p.wet == WMO for p in PRODUCTEN])
_FREQ = np.array([p.frequentie for p in PRODUCTEN])
_IND = np.array([p.indicatie for p in PRODUCTEN])
_EENMALIG = np.array([p.eenmalig for p in PRODUCTEN])
D2022, D2023 = maandbegin(2022 * 12), maandbegin(2023 * 12)
# why a segment ends where the episode goes on
ZWAARTE, OVERSTAP, OMVANG, HERCODERING, LUMPSUM, STOPT = 20, 21, 22, 23, 24, 25
SPECIFIEK, ASPECIFIEK, BUDGET, GENERIEK = range(4)


@dataclass
class Segmenten:
    """Columns over segments; ``eind`` is the real last day, NOOIT-like large when care goes on."""

    persoon: Aantallen
    product: Aantallen
    aanbieder: Aantallen
    begin: Dagen
    eind: Dagen
    reden: Aantallen
    volume: Aantallen
    eerste: Vlaggen
    taak: Vlaggen
    nieuwe_code: Vlaggen

    def take(self, k: npt.NDArray[np.generic]) -> Segmenten:
        """Rows k as a new set of columns."""
        return Segmenten(*(getattr(self, f.name)[k] for f in fields(self)))


def concat(delen: list[Segmenten]) -> Segmenten:
    """Stack sets of segments."""
    return Segmenten(*(np.concatenate([getattr(d, f.name) for d in delen]) for f in fields(Segmenten)))


def _draw_volume(rng: np.random.Generator, product: Aantallen, jaar: Aantallen) -> Aantallen:
    """Volume per week or month; begeleiding gets heavier: from 2016 on a growing share gets one unit more."""
    uit = np.ones(product.size, dtype=np.int64)
    for i, p in enumerate(PRODUCTEN):
        k = np.flatnonzero(product == i)
        if k.size:
            waarden, kans = np.array([v for v, _ in p.volume]), np.array([c for _, c in p.volume])
            v = waarden[
                np.searchsorted(np.cumsum(kans / kans.sum()), rng.random(k.size)).clip(max=waarden.size - 1)
            ]
            if p.code in ("02A16", "02A05", "02A19"):
                v = v + (rng.random(k.size) < np.clip(0.04 * (jaar[k] - 2016), 0, 0.32))
            if p.eenheid == "83":  # amounts in euro's: volume is cents, lognormal around the usual amount
                v = (
                    np.rint(p.tarief * np.exp(0.55 * rng.standard_normal(k.size) - 0.15) / 100).astype(
                        np.int64
                    )
                    * 100
                )
            uit[k] = v
    return uit


def make_segmenten(inst: Instellingen, ep: Episodes, mensen: Personen, aanb: Aanbieders) -> Segmenten:
    """Split episodes into toewijzingen; only what is still running at ``van`` or starts before ``tot``."""
    rng = inst.rng(4)
    k = np.flatnonzero((ep.eind >= inst.van_dag) & (ep.begin <= inst.tot_dag))
    n = k.size
    product = ep.product[k]
    jaar = jaar_van(ep.begin[k])
    seg = Segmenten(
        ep.persoon[k],
        product,
        choose(aanb, rng, _SPEC_VAN[product], jaar),
        ep.begin[k],
        ep.eind[k],
        ep.reden[k],
        _draw_volume(rng, product, jaar),
        np.ones(n, bool),
        np.zeros(n, bool),
        np.zeros(n, bool),
    )
    # one aanbieder hardly lets go, as long as people live here
    lang = (seg.aanbieder == aanb.lang) & (seg.reden != zorg.OVERLEDEN) & (seg.reden != zorg.VERHUISD)
    hier = np.minimum(mensen.sterft, mensen.vertrekt)[seg.persoon] - 1
    seg.eind = np.where(lang, np.maximum(seg.eind, np.minimum(seg.eind + 540, hier)), seg.eind)
    klaar: list[Segmenten] = []
    for _ in range(4):
        seg, verder = _change(rng, seg, aanb)
        klaar.append(seg)
        if verder.persoon.size == 0:
            break
        seg = verder
    else:
        klaar.append(seg)
    alles = concat(klaar)
    for wie, jaar_weg in sorted(aanb.vertrekt.items()):
        alles = _split(alles, alles.aanbieder == wie, maandbegin(jaar_weg * 12), STOPT, rng, aanb)
    alles = _split(alles, alles.product == NUMMER[GGZ_OUD], D2022, HERCODERING, rng, aanb)
    alles.nieuwe_code = (alles.product == NUMMER[GGZ_OUD]) & (alles.begin >= D2022)
    licht = np.isin(alles.product, [NUMMER[c] for c in TAAKGERICHT])
    alles = _split(alles, licht, D2023, LUMPSUM, rng, aanb)
    licht = np.isin(alles.product, [NUMMER[c] for c in TAAKGERICHT])
    alles.taak = licht & (alles.begin >= D2023)
    alles.aanbieder = np.where(alles.taak, aanb.vanhier[alles.persoon % aanb.vanhier.size], alles.aanbieder)
    alles = alles.take((alles.eind >= inst.van_dag) & (alles.begin <= inst.tot_dag))
    return alles.take(np.lexsort((alles.persoon, alles.product, alles.begin)))


def _change(rng: np.random.Generator, seg: Segmenten, aanb: Aanbieders) -> tuple[Segmenten, Segmenten]:
    """First change inside each segment: the part before it, and (for those that change) the part after it."""
    n = seg.persoon.size
    hoger, lager = _HOGER[seg.product], _LAGER[seg.product]
    vrij = ~_EENMALIG[seg.product]
    jaren = np.array([0.10, 0.05, 0.030, 0.06])  # yearly hazard: up, down, other aanbieder, other volume
    kans = np.stack(
        [
            np.where((hoger >= 0) & vrij, jaren[0], 0.0),
            np.where((lager >= 0) & vrij, jaren[1], 0.0),
            np.where(vrij, jaren[2], 0.0),
            np.where(vrij & (_FREQ[seg.product] == 2), jaren[3], 0.0),
        ]
    )
    totaal = kans.sum(axis=0)
    wanneer = (
        seg.begin
        + 45
        + np.where(totaal > 0, rng.exponential(1.0, n) / np.maximum(totaal, 1e-9) * 365.25, 1e7).astype(
            np.int64
        )
    )
    raak = wanneer < seg.eind - 30
    soort = (rng.random(n) * np.maximum(totaal, 1e-9) >= np.cumsum(kans, axis=0)).sum(axis=0)
    waarom = np.array([ZWAARTE, ZWAARTE, OVERSTAP, OMVANG, OMVANG])[soort]
    na = seg.take(raak)
    s, dag = soort[raak], wanneer[raak]
    voor = replace(seg)
    voor.eind = np.where(raak, wanneer - 1, seg.eind)
    voor.reden = np.where(raak, waarom, seg.reden)
    na.begin = dag
    na.eerste = np.zeros(na.persoon.size, bool)
    na.product = np.where(s == 0, hoger[raak], np.where(s == 1, lager[raak], na.product))
    jaar = jaar_van(dag)
    nieuw_volume = _draw_volume(rng, na.product, jaar)
    stap = np.maximum(1, na.volume + np.where(rng.random(dag.size) < 0.52, 1, -1))
    na.volume = np.where(s <= 1, nieuw_volume, np.where(s == 3, stap, na.volume))
    ander = choose(aanb, rng, _SPEC_VAN[na.product], jaar)
    zelfde = np.isin(_SPEC_VAN[na.product], _SPEC_VAN[seg.product[raak]])
    na.aanbieder = np.where((s == 2) | ~zelfde, ander, na.aanbieder)
    return voor, na


def _split(
    seg: Segmenten, wie: Vlaggen, dag: int, waarom: int, rng: np.random.Generator, aanb: Aanbieders
) -> Segmenten:
    """Cut the chosen segments at ``dag``.

    The first part ends the day before, the rest is a new toewijzing.
    """
    raak = wie & (seg.begin < dag) & (seg.eind >= dag)
    rest = seg.take(raak)
    rest.begin = np.full(rest.persoon.size, dag)
    rest.eerste = np.zeros(rest.persoon.size, bool)
    if waarom == STOPT:
        jaar = np.full(rest.persoon.size, dag // 365 + 1970)
        rest.aanbieder = choose(aanb, rng, _SPEC_VAN[rest.product], jaar)
    seg.eind = np.where(raak, dag - 1, seg.eind)
    seg.reden = np.where(raak, waarom, seg.reden)
    return concat([seg, rest])


@dataclass
class Toewijzingen:
    """Segments that are P*Q (or will be declared), with number, kind, start of care and valid einddatum."""

    seg: Segmenten
    nummer: Aantallen
    soort: Aantallen
    zorg_begin: Dagen
    laatste_eind: Dagen  # einddatum of the newest version known at the end of the run; NOOIT = open
    beschikking: Aantallen
    verwijzer: Aantallen
    verwijderd: Vlaggen


@dataclass
class Versies:
    """Versions of toewijzingen in order of sending; ``eind`` NOOIT = open."""

    toewijzing: Aantallen
    op: npt.NDArray[np.int64]  # seconds since 1970
    eind: Dagen
    reden: Aantallen  # RedenWijziging, 0 = none


def wachtdagen(rng: np.random.Generator, seg: Segmenten) -> Aantallen:
    """Days between decision and start of care: jeugd longest, and longer every year."""
    gemiddeld = np.where(_WMO[seg.product], 8.0, 15.0) * (1 + 0.03 * (jaar_van(seg.begin) - 2018))
    return np.where(
        seg.eerste & ~_CRISIS[seg.product], rng.gamma(1.6, np.maximum(gemiddeld, 4) / 1.6), 0
    ).astype(np.int64)


def geldig_wet(product: Aantallen) -> Vlaggen:
    """True where the product is of the Wmo."""
    return np.asarray(_WMO[product])


def indicatiedagen(product: Aantallen) -> Aantallen:
    """Days an indication runs; 0 = without einddatum."""
    return np.asarray((_IND[product] * 30.44).astype(np.int64))
