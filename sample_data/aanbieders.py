"""Aanbieders: who delivers which specialisme in which years, with what share and at what tariff.

About 60 under the Wmo and 150 under the Jeugdwet, shares roughly Zipf, more of them every year (KPMG: the
number rises and the share of the ten largest falls). Names are invented, except the four partners of
VanHier that the Haarlem documents name. Four aanbieders are made to be found later: see `BIJZONDER`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sample_data.instellingen import Aantallen, Getallen, Instellingen
from sample_data.producten import INDEX, JEUGD, PRODUCTEN, WMO

EERSTE_JAAR, LAATSTE_JAAR = 2012, 2027
VANHIER = ("DOCK", "Haarlem Effect", "perMens", "Stichting Ontmoeting")
# specialisme: wet, how many aanbieders in 2018, how many join later, steepness of the shares
SPECIALISMEN: dict[str, tuple[str, int, int, float]] = {
    "huishouden": (WMO, 13, 4, 1.25),
    "begeleiding": (WMO, 21, 6, 1.35),
    "dagbesteding": (WMO, 8, 2, 1.2),
    "logeren": (WMO, 2, 0, 0.6),
    "regiotaxi": (WMO, 1, 0, 1.0),
    "hulpmiddelen": (WMO, 3, 0, 0.9),
    "vervoer": (WMO, 2, 0, 0.6),
    "woning": (WMO, 3, 1, 0.9),
    "ambulant": (JEUGD, 56, 16, 1.75),
    "dyslexie": (JEUGD, 5, 1, 0.7),
    "ggz": (JEUGD, 36, 10, 1.75),
    "verblijf": (JEUGD, 22, 6, 1.6),
    "dagbehandeling": (JEUGD, 9, 2, 1.5),
    "jeugdvervoer": (JEUGD, 2, 0, 0.6),
    "crisis": (JEUGD, 2, 0, 0.6),
    "gi": (JEUGD, 3, 0, 1.0),
}
# what later signals should find: key = (specialisme, rank by size)
BIJZONDER: dict[tuple[str, int], str] = {
    ("begeleiding", 3): "tarief",  # contract tariff 17 % above comparable aanbieders
    ("huishouden", 5): "uitnutting",  # delivers little over half of what is toegewezen
    ("begeleiding", 5): "duur",  # hardly ever ends a traject: very long ones
    ("huishouden", 3): "minuten",  # declares minutes on toewijzingen in uren
}
VERTREKT = {
    ("begeleiding", 8): 2020,
    ("ambulant", 11): 2022,
    ("huishouden", 9): 2024,
}  # stops on 1 January of
_VOOR = (
    "Spaarne",
    "Kennemer",
    "Duinrand",
    "Bakenes",
    "Rijnland",
    "Zuiderhout",
    "Noorder",
    "Leidse",
    "Raaks",
    "Teyler",
    "Waag",
    "Velser",
    "Ampzing",
    "Koningin",
    "Overveense",
    "Schouw",
    "Vijfhoek",
    "Amstel",
    "Houtse",
    "Zandhaas",
    "Brouwers",
    "Linnaeus",
    "Damiate",
    "Coster",
    "Molenaar",
)
_NA = {
    "huishouden": "thuiszorg",
    "begeleiding": "begeleiding",
    "dagbesteding": "dagactiviteiten",
    "logeren": "logeerzorg",
    "regiotaxi": "regiovervoer",
    "hulpmiddelen": "hulpmiddelen",
    "vervoer": "zorgvervoer",
    "woning": "woonservice",
    "ambulant": "jeugdhulp",
    "dyslexie": "leerhulp",
    "ggz": "jeugdpraktijk",
    "dagbehandeling": "kinderdagcentrum",
    "jeugdvervoer": "kindvervoer",
    "verblijf": "jeugdzorggroep",
    "crisis": "crisishulp",
    "gi": "jeugdbescherming",
}


@dataclass
class Aanbieders:
    """Columns over all aanbieders; ``kans[specialisme][jaar]`` is the choice of one for a new toewijzing."""

    agb: list[str]
    naam: list[str]
    concern: list[str]
    soort: list[str]
    tarieffactor: Getallen
    uitnutting: Getallen
    traag: Getallen  # probability that a line misses its first declaration
    dag: Aantallen  # usual day of the month on which the 323 comes in
    minuten: int
    lang: int
    laag: int
    duur_tarief: int
    vanhier: Aantallen
    vertrekt: dict[int, int]
    leden: dict[str, Aantallen] = field(default_factory=dict)
    kans: dict[str, Getallen] = field(default_factory=dict)

    def signalen(self) -> dict[str, str]:
        """AGB of the aanbieders that later signals should find, by what is odd about them."""
        return {
            "tarief": self.agb[self.duur_tarief],
            "uitnutting": self.agb[self.laag],
            "duur": self.agb[self.lang],
            "minuten": self.agb[self.minuten],
        }


def make_aanbieders(inst: Instellingen) -> Aanbieders:
    """Build all aanbieders; the loop runs over specialismen and their members, about two hundred."""
    rng = inst.rng(3)
    agb: list[str] = []
    naam: list[str] = []
    soort: list[str] = []
    leden: dict[str, list[int]] = {}
    start: list[int] = []
    bijzonder: dict[str, int] = {}
    vertrekt: dict[int, int] = {}
    breed = {
        "dagbesteding": "begeleiding",
        "logeren": "begeleiding",
        "dagbehandeling": "verblijf",
        "crisis": "verblijf",
    }
    for spec, (_wet, nu, later, _) in SPECIALISMEN.items():
        lid: list[int] = []
        for r in range(nu + later):
            bron = breed.get(spec)
            # broad organisations: part of the members also does a neighbouring specialisme, eight work in
            # both laws
            if bron and r % 2 == 0 and r < nu:
                lid.append(leden[bron][r])
            elif spec == "ambulant" and 4 <= r < 20 and r % 2 == 0:
                lid.append(leden["begeleiding"][r // 2 - 1])
            elif spec == "ggz" and r % 5 == 2:
                lid.append(leden["ambulant"][r])
            else:
                k = len(agb)
                lid.append(k)
                agb.append(f"00{39 + (k * 7919) % 60:02d}{1000 + k * 37:04d}")
                naam.append(
                    f"{_VOOR[(k * 7 + 3) % len(_VOOR)]} {_NA[spec]}" + (f" {k}" if k >= len(_VOOR) else "")
                )
                soort.append("aanbieder" if spec != "gi" else "gecertificeerde instelling")
                start.append(2012 if r < nu else 2019 + (r - nu) * 7 // max(1, later))
            if (spec, r) in BIJZONDER:
                bijzonder[BIJZONDER[(spec, r)]] = lid[-1]
            if (spec, r) in VERTREKT:
                vertrekt[lid[-1]] = VERTREKT[(spec, r)]
        leden[spec] = lid
    vanhier = []
    for k, n in enumerate(VANHIER):
        vanhier.append(len(agb))
        agb.append(f"0039{9001 + k * 13:04d}")
        naam.append(n)
        soort.append("taakgericht samenwerkingsverband")
        start.append(2023)
    m = len(agb)
    concern = list(naam)
    for i in range(3, m - 4, 17):  # some AGB codes belong to one concern
        concern[i + 1] = concern[i] = f"{_VOOR[i % len(_VOOR)]} Groep"
    for v in vanhier:
        concern[v] = "VanHier"
    tarief = 1 + 0.02 * np.clip(rng.standard_normal(m), -2, 2)
    tarief[bijzonder["tarief"]] = 1.17
    tarief[bijzonder["minuten"]] = 1.0
    uitnutting = 1 + 0.04 * np.clip(rng.standard_normal(m), -2, 2)
    uitnutting[bijzonder["uitnutting"]] = 0.62
    traag = np.clip(rng.beta(2, 12, m) + 0.02, 0.02, 0.45)
    uit = Aanbieders(
        agb,
        naam,
        concern,
        soort,
        tarief,
        uitnutting,
        traag,
        rng.integers(3, 19, m),
        bijzonder["minuten"],
        bijzonder["duur"],
        bijzonder["uitnutting"],
        bijzonder["tarief"],
        np.array(vanhier),
        vertrekt,
    )
    for spec, (_, nu, _later, steil) in SPECIALISMEN.items():
        lid_ = np.array(leden[spec])
        gewicht = 1.0 / (np.arange(1, lid_.size + 1) + 0.5) ** steil
        gewicht[nu:] = np.median(gewicht[:nu])
        jaren = np.arange(EERSTE_JAAR, LAATSTE_JAAR + 1)[:, None]
        st = np.array([start[k] for k in leden[spec]])[None, :]
        weg = np.array([vertrekt.get(k, 9999) for k in leden[spec]])[None, :]
        open_ = (jaren >= st) & (jaren < weg - 1)
        rijp = np.clip((jaren - st + 1) / 3, 0.25, 1)  # a newcomer grows in
        tabel = gewicht[None, :] * open_ * rijp
        uit.leden[spec] = lid_
        uit.kans[spec] = np.cumsum(tabel, axis=1) / tabel.sum(axis=1, keepdims=True)
    return uit


def choose(aanb: Aanbieders, rng: np.random.Generator, specialisme: Aantallen, jaar: Aantallen) -> Aantallen:
    """Draw an aanbieder for each row: ``specialisme`` is an index into the order of `SPECIALISMEN`."""
    uit: Aantallen = np.zeros(jaar.size, dtype=np.int64)
    u = rng.random(jaar.size)
    jr = np.clip(jaar, EERSTE_JAAR, LAATSTE_JAAR) - EERSTE_JAAR
    for s, naam in enumerate(SPECIALISMEN):
        tabel = aanb.kans[naam]
        for j in range(tabel.shape[0]):
            k = np.flatnonzero((specialisme == s) & (jr == j))
            if k.size:
                uit[k] = aanb.leden[naam][np.searchsorted(tabel[j], u[k]).clip(max=tabel.shape[1] - 1)]
    return uit


def make_tarieven(aanb: Aanbieders) -> Aantallen:
    """Contract tariffs in cents: aanbieder x product x year (from `EERSTE_JAAR`); 0 for products in euro's.

    Hour tariffs are multiples of 60 cents for the aanbieder that declares minutes, so that its amounts are
    exact.
    """
    jaren = np.array([INDEX[j] for j in range(EERSTE_JAAR, LAATSTE_JAAR + 1)])
    basis = np.array([0 if p.eenheid == "83" else p.tarief for p in PRODUCTEN], dtype=np.float64)
    t = np.rint(aanb.tarieffactor[:, None, None] * basis[None, :, None] * jaren[None, None, :]).astype(
        np.int64
    )
    t[aanb.minuten] = np.rint(t[aanb.minuten] / 60) * 60
    return np.asarray(t, dtype=np.int64)
