"""The city: 21 wijken in 5 stadsdelen, their people, synthetic postcodes, and where households live.

Totals per year: about 160.000 (2018), 165.396 (1-1-2023) and 167.636 (31-12-2023) are from CBS 37259; the
split over wijken and ages is synthetic, anchored on Haarlemmerhoutkwartier (12.800), Houtvaartkwartier
(7.500) and Waarder- en Veerpolder (1.900).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.instellingen import NOOIT, SIM_BEGIN, Aantallen, Dagen, Getallen, Instellingen, maandbegin
from sample_data.zorg import Huishoudens

# name, stadsdeel, row and column in the tile map, inhabitants around 2018, share 65+, share 0-17,
# Wmo clients per 1.000 inhabitants (relative), youth care (relative), sociaal wijkteam
WIJKEN: tuple[tuple[str, str, int, int, int, float, float, float, float, str], ...] = (
    ("Oude Stad", "Centrum", 4, 3, 13500, 0.15, 0.12, 50, 0.8, "Centrum"),
    ("Haarlemmerhoutkwartier", "Zuid-West", 5, 2, 12800, 0.22, 0.19, 53, 0.8, "Haarlemmerhout"),
    ("Zijlwegkwartier", "Zuid-West", 4, 2, 4900, 0.19, 0.22, 44, 0.8, "Haarlemmerhout"),
    ("Houtvaartkwartier", "Zuid-West", 5, 1, 7500, 0.17, 0.24, 38, 0.8, "Haarlemmerhout"),
    ("Duinwijk", "Zuid-West", 4, 1, 9300, 0.17, 0.24, 41, 0.8, "Haarlemmerhout"),
    ("Waarder- en Veerpolder", "Oost", 4, 5, 1900, 0.10, 0.20, 48, 0.9, "Oost"),
    ("Amsterdamsewijk", "Oost", 4, 4, 8300, 0.12, 0.18, 52, 1.1, "Oost"),
    ("Slachthuiswijk", "Oost", 5, 4, 6300, 0.12, 0.18, 61, 1.2, "Oost"),
    ("Parkwijk", "Oost", 5, 5, 9000, 0.16, 0.22, 70, 1.3, "Parkwijk"),
    ("Transvaalwijk", "Noord", 3, 3, 7200, 0.12, 0.19, 55, 1.1, "Noord-Oost"),
    ("Indischewijk", "Noord", 3, 4, 9300, 0.12, 0.20, 58, 1.1, "Noord-Oost"),
    ("Ter Kleefkwartier", "Noord", 3, 2, 8600, 0.15, 0.22, 45, 0.9, "Noord-West"),
    ("Te Zaanenkwartier", "Noord", 3, 1, 6800, 0.20, 0.21, 52, 0.9, "Noord-West"),
    ("Vogelenwijk", "Noord", 2, 2, 6900, 0.17, 0.23, 46, 0.9, "Noord-West"),
    ("Delftwijk", "Noord", 2, 3, 6600, 0.19, 0.22, 84, 1.3, "Delftwijk"),
    ("Vondelkwartier", "Noord", 2, 4, 7600, 0.20, 0.22, 67, 1.1, "Delftwijk"),
    ("Spaarndam", "Noord", 1, 4, 2000, 0.19, 0.21, 35, 0.8, "Delftwijk"),
    ("Europawijk", "Schalkwijk", 6, 3, 9400, 0.23, 0.21, 82, 1.3, "Europawijk-Molenwijk"),
    ("Boerhaavewijk", "Schalkwijk", 6, 4, 6700, 0.21, 0.22, 90, 1.4, "Boerhaavewijk-Meerwijk"),
    ("Molenwijk", "Schalkwijk", 7, 3, 7100, 0.24, 0.20, 80, 1.2, "Europawijk-Molenwijk"),
    ("Meerwijk", "Schalkwijk", 7, 4, 8800, 0.17, 0.24, 85, 1.5, "Boerhaavewijk-Meerwijk"),
)
# fmt: off
INWONERS = {2015: 156_645, 2016: 157_900, 2017: 159_200, 2018: 160_000, 2019: 161_265, 2020: 162_900,
            2021: 162_400, 2022: 162_900, 2023: 165_396, 2024: 167_636, 2025: 168_700, 2026: 169_600,
            2027: 170_400}
# fmt: on
POSTCODES_PER_WIJK = 40
BUITEN_POSTCODES = ("2131AB", "1973CD", "1962EG", "2121GH", "2041JK", "1441LM", "1811NP", "3511RS")
STRAATSOORT = ("straat", "weg", "laan", "plein", "hof", "kade")
STRAATNAAM = ("Beuken", "Spaarne", "Linden", "Kastanje", "Duin", "Molen", "Wilgen", "Haven", "Tulpen",
              "Raaks",
              "Merel", "Zand", "Rozen", "Vecht", "Amstel", "Kievit", "Eiken", "Buitenrust")  # fmt: skip


def wijkcode(i: int) -> str:
    """CBS code of wijk i (0-based) in the division of 2023."""
    return f"WK0392{i + 1:02d}"


def inwoners(jaar: int) -> Aantallen:
    """Inhabitants per wijk x age group (0-17, 18-64, 65+) on 1 January; rows sum to `INWONERS`."""
    basis = np.array([w[4] for w in WIJKEN], dtype=np.float64)
    groei = np.array(
        [1 + (0.010 if w[1] in ("Oost", "Schalkwijk") else 0.001) * (jaar - 2018) for w in WIJKEN]
    )
    totaal = basis * groei
    totaal *= INWONERS[min(max(jaar, 2015), 2027)] / totaal.sum()
    oud = np.array([w[5] for w in WIJKEN]) * (1 + 0.010 * (jaar - 2018))
    jong = np.array([w[6] for w in WIJKEN]) * (1 - 0.004 * (jaar - 2018)) * 0.945
    vak = np.stack([totaal * jong, totaal * (1 - jong - oud), totaal * oud], axis=1)
    heel = np.floor(vak).astype(np.int64)
    rest = INWONERS[min(max(jaar, 2015), 2027)] - heel.sum()  # largest remainders make the total exact
    heel.flat[np.argsort(-(vak - heel).ravel(), kind="stable")[:rest]] += 1
    return np.asarray(heel, dtype=np.int64)


def postcodes() -> list[tuple[str, int]]:
    """Synthetic PC6 codes: (postcode, wijk). 2011AA … 2037BN; no relation with real streets is meant."""
    letters = "ABCDEGHJKLMNPRSTVWXZ"
    uit = []
    for w in range(len(WIJKEN)):
        for k in range(POSTCODES_PER_WIJK):
            uit.append((f"{2011 + w}{letters[k // 20]}{letters[k % 20]}", w))
    return uit


@dataclass
class Adressen:
    """Address periods per household, sorted by household and begin; wijk -1 = outside the municipality."""

    huishouden: Aantallen
    van: Dagen
    tot: Dagen
    wijk: Aantallen
    postcode: Aantallen
    huisnummer: Aantallen
    huisletter: Aantallen
    toevoeging: Aantallen


def _choose_wijk(rng: np.random.Generator, soort: Aantallen) -> Aantallen:
    gewicht_oud = np.array([w[4] * w[7] for w in WIJKEN], dtype=np.float64)
    gewicht_gezin = np.array([w[4] * w[6] * w[8] for w in WIJKEN], dtype=np.float64)
    oud = rng.choice(len(WIJKEN), size=soort.size, p=gewicht_oud / gewicht_oud.sum())
    gezin = rng.choice(len(WIJKEN), size=soort.size, p=gewicht_gezin / gewicht_gezin.sum())
    return np.where(soort == 2, -1, np.where(soort == 1, gezin, oud))


def make_adressen(inst: Instellingen, huishoudens: Huishoudens) -> Adressen:
    """Addresses with moves between wijken: elderly move about every 28 years, families every 14."""
    rng = inst.rng(2)
    n = huishoudens.soort.size
    begin = np.full(n, maandbegin(SIM_BEGIN) - 365)
    wijk = _choose_wijk(rng, huishoudens.soort)
    delen: list[tuple[Aantallen, Dagen, Aantallen]] = [(np.arange(n), begin, wijk)]
    jaren = np.where(huishoudens.soort == 1, 14.0, 28.0)
    vorig, wie = begin, np.arange(n)
    for _ in range(3):
        dag = vorig + (rng.exponential(jaren[wie]) * 365.25).astype(np.int64) + 60
        blijft = (dag <= inst.tot_dag) & (huishoudens.soort[wie] != 2)
        wie, vorig = wie[blijft], dag[blijft]
        delen.append((wie, vorig, _choose_wijk(rng, huishoudens.soort[wie])))
    hh = np.concatenate([d[0] for d in delen])
    van = np.concatenate([d[1] for d in delen])
    wk = np.concatenate([d[2] for d in delen])
    volgorde = np.lexsort((van, hh))
    hh, van, wk = hh[volgorde], van[volgorde], wk[volgorde]
    tot = np.where(np.append(hh[1:] == hh[:-1], False), np.append(van[1:], 0) - 1, NOOIT)
    m = hh.size
    pc = np.where(wk >= 0, wk * POSTCODES_PER_WIJK + rng.integers(0, POSTCODES_PER_WIJK, m),
                  len(WIJKEN) * POSTCODES_PER_WIJK + rng.integers(0, len(BUITEN_POSTCODES), m))  # fmt: skip
    letter = np.where(rng.random(m) < 0.09, rng.integers(1, 5, m), 0)
    toevoeging = np.where(rng.random(m) < 0.05, rng.integers(1, 4, m), 0)
    return Adressen(hh, van, tot, wk, pc, rng.integers(1, 400, m), letter, toevoeging)


def verdeling_van_wijken(tellingen: Aantallen) -> Getallen:
    """Shares of wijken out of counts; used where meldingen and contacten need a wijkteam."""
    return np.asarray(tellingen / max(1, tellingen.sum()), dtype=np.float64)
