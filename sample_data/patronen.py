"""Durations, ages and seasons: the shapes that the care process draws from.

Seasonality and trend breaks that no forecasting method is told of are listed in `SEIZOEN` and `SCHOKKEN`;
they are documented here and nowhere else.

* hours and dagdelen are lower in July, August and December, school-bound jeugdhulp even more;
* covid: spring 2020 deep, a second dip in winter 2020-2021, rides never fully back before 2022;
* jeugd-ggz: inflow drops in spring 2020 and is 25 % higher from September 2020 until July 2021;
* staff shortage at huishoudelijke ondersteuning: uitnutting 5 points lower from April 2022 until March 2024;
* jeugd ambulant: a reablement route of the CJG lowers new indications by 8 % from May 2024.
"""

from __future__ import annotations

import numpy as np

from sample_data.instellingen import Aantallen, Getallen

# month 1..12, mean near 1
SEIZOEN: dict[str, list[float]] = {
    "uren": [1.02, 1.03, 1.04, 1.01, 0.98, 1.02, 0.95, 0.86, 1.05, 1.06, 1.05, 0.91],
    "dagdeel": [1.02, 1.03, 1.04, 1.00, 0.97, 1.02, 0.96, 0.88, 1.05, 1.06, 1.05, 0.90],
    "school": [1.04, 1.02, 1.08, 1.02, 0.96, 1.06, 0.82, 0.66, 1.10, 1.12, 1.14, 0.90],
    "ritten": [0.95, 0.96, 1.02, 1.03, 1.05, 1.04, 0.97, 0.94, 1.05, 1.04, 1.01, 0.97],
    "etmaal": [1.0] * 12,
    "vast": [1.0] * 12,
}
INSTROOM_SEIZOEN = {
    "Wmo": [1.12, 1.05, 1.06, 1.0, 0.95, 0.98, 0.90, 0.84, 1.05, 1.08, 1.05, 0.92],
    "Jeugdwet": [1.15, 1.10, 1.12, 1.02, 0.98, 0.98, 0.78, 0.62, 1.05, 1.12, 1.12, 0.96],
}
# (pattern, first month, last month, factor on delivery)
SCHOKKEN: list[tuple[str, str, str, float]] = [
    ("uren", "2020-03", "2020-03", 0.84), ("uren", "2020-04", "2020-05", 0.72),
    ("uren", "2020-06", "2020-07", 0.90),
    ("uren", "2020-12", "2021-03", 0.93),
    ("dagdeel", "2020-03", "2020-03", 0.60), ("dagdeel", "2020-04", "2020-05", 0.28),
    ("dagdeel", "2020-06", "2020-08", 0.70), ("dagdeel", "2020-09", "2021-05", 0.85),
    ("school", "2020-03", "2020-03", 0.75), ("school", "2020-04", "2020-05", 0.68),
    ("school", "2020-06", "2020-07", 0.93), ("school", "2021-01", "2021-02", 0.90),
    ("ritten", "2020-03", "2020-03", 0.55), ("ritten", "2020-04", "2020-05", 0.18),
    ("ritten", "2020-06", "2020-09", 0.52), ("ritten", "2020-10", "2021-05", 0.45),
    ("ritten", "2021-06", "2021-12", 0.72),
]  # fmt: skip


def trek_duur(rng: np.random.Generator, soort: str, n: int, jaar: int) -> Getallen:
    """Durations in days; begeleiding grows 2,5 % longer with every start year after 2016."""
    if soort == "jeugd" or soort == "verblijf":
        # CBS, trajecten ended in 2021: 0-3 m 16, 3-6 17, 6-12 30, 12-24 23, 24-36 7, 36-48 3, 48+ 4 %
        grens = np.array([0.25, 3, 6, 12, 24, 36, 48, 84])
        # drawn longer than measured: waiting, the 18th birthday and changes of product cut trajecten short
        kans = np.array([0.03, 0.14, 0.29, 0.30, 0.12, 0.055, 0.065])
        if soort == "verblijf":
            kans = np.array([0.10, 0.12, 0.27, 0.28, 0.12, 0.06, 0.05])
        k = rng.choice(7, size=n, p=kans / kans.sum())
        maanden = grens[k] + (grens[k + 1] - grens[k]) * rng.random(n) ** np.where(k == 6, 1.6, 1.0)
        return np.asarray(maanden * 30.44)
    if soort == "begeleiding":
        rek = 1 + 0.025 * max(0, jaar - 2016)
        kort = rng.random(n) < 0.2
        return np.where(kort, 30 + 150 * rng.random(n), 60 + rng.exponential(22 * 30.44 * rek, n))
    if soort == "lang":
        kort = rng.random(n) < 0.12
        return np.where(kort, 30 + 150 * rng.random(n), 90 + rng.exponential(66 * 30.44, n))
    if soort == "middellang":
        return np.asarray(30 + rng.exponential(21 * 30.44, n))
    if soort == "middelkort":
        return np.asarray(30 + rng.exponential(10 * 30.44, n))
    if soort == "jaar":
        return np.asarray(300 + 66 * rng.random(n))
    if soort == "dyslexie":
        return np.asarray(240 + 240 * rng.random(n))
    if soort == "kort":
        return np.asarray(30 + rng.exponential(5 * 30.44, n))
    if soort == "crisis":
        return np.asarray(5 + rng.exponential(28, n))
    return np.asarray(90 + 60 * rng.random(n))  # eenmalig: valid for three to five months


LEEFTIJD = {  # lowest and highest age at which the product is given
    "oud": (28.0, 104.0), "volw": (18.0, 90.0), "ouder": (22.0, 60.0), "jongvolw": (18.0, 27.0),
    "jeugd": (0.5, 17.8), "kind": (0.5, 13.5), "puber": (11.5, 17.8),
}  # fmt: skip


def trek_leeftijd(rng: np.random.Generator, profiel: str, n: int) -> Getallen:
    """Age in years at the start of care."""
    laag, hoog = LEEFTIJD[profiel]
    if profiel == "oud":
        x = np.where(rng.random(n) < 0.80, rng.normal(78, 8.5, n), rng.normal(55, 11, n))
    elif profiel == "volw":
        x = np.where(rng.random(n) < 0.72, rng.uniform(19, 62, n), rng.normal(73, 8, n))
    elif profiel == "ouder":
        x = rng.normal(38, 7, n)
    elif profiel == "jongvolw":
        x = rng.uniform(18, 23, n)
    elif profiel == "kind":
        x = rng.normal(8.2, 2.8, n)
    elif profiel == "puber":
        x = rng.normal(14.8, 1.6, n)
    else:
        x = np.where(rng.random(n) < 0.10, rng.uniform(0.5, 5, n), rng.normal(11.2, 3.6, n))
    return np.asarray(np.clip(x, laag, hoog))


def trek_sterfte(rng: np.random.Generator, leeftijd: Getallen) -> Getallen:
    """Days until death by a Gompertz hazard, somewhat above the population's (people in care are frailer)."""
    a, b = 3.0e-5, 0.098
    u = -np.log(1 - rng.random(leeftijd.size))
    return np.asarray(np.log1p(u * b / (a * np.exp(b * leeftijd))) / b * 365.25)


def _maand(tekst: str) -> int:
    jaar, maand = tekst.split("-")
    return int(jaar) * 12 + int(maand) - 1


def factor(patroon: str, maanden: Aantallen, hoofdproduct: str = "") -> Getallen:
    """Factor on delivery per maand: season, covid and the unannounced shocks of the module's docstring."""
    f = np.array(SEIZOEN[patroon])[maanden % 12]
    for naam, eerste, laatste, waarde in SCHOKKEN:
        if naam == patroon:
            f = np.where((maanden >= _maand(eerste)) & (maanden <= _maand(laatste)), f * waarde, f)
    if hoofdproduct == "Huishoudelijke ondersteuning":
        krap = (maanden >= _maand("2022-04")) & (maanden <= _maand("2024-03"))
        f = np.where(krap, f * 0.945, f)
    return np.asarray(f)


def instroomfactor(wet: str, hoofdproduct: str, maand: int) -> float:
    """Factor on inflow in a maand: season and the shocks of the module's docstring."""
    f = INSTROOM_SEIZOEN[wet][maand % 12]
    if _maand("2020-03") <= maand <= _maand("2020-05"):
        f *= 0.65
    if hoofdproduct == "Jeugd-ggz" and _maand("2020-09") <= maand <= _maand("2021-07"):
        f *= 1.25
    if hoofdproduct == "Jeugdhulp ambulant" and maand >= _maand("2024-05"):
        f *= 0.92
    return f
