"""Catalogue: what Haarlem buys in this sample, with the knobs of its care process.

Codes are those of the national lists WMO021 and JZ21, with a municipal meaning where the list leaves room
(begeleiding has the steps licht, middelzwaar, zwaar of the Werkagenda). ``stand`` is the number of clients
in care at mid-year for the whole city; the levels reproduce published figures, their growth is the
overspend that was designed (begeleiding heavier and longer, huishoudelijke ondersteuning after the
abonnementstarief, jeugd).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

HO = "Huishoudelijke ondersteuning"
AMB = "Ambulante begeleiding"
DAG = "Dagbesteding"
GEZ = "Gezinsbegeleiding en jongvolwassenen"
JAMB = "Jeugdhulp ambulant"
JGGZ = "Jeugd-ggz"
JDAG = "Jeugdhulp dagbehandeling"
JVER = "Jeugdhulp verblijf"
JBJR = "Jeugdbescherming en reclassering"

WMO, JEUGD = "Wmo", "Jeugdwet"
RANG = {"n.v.t.": 0, "licht": 1, "midden": 2, "middelzwaar": 3, "zwaar": 4, "extra zwaar": 5}
INDEX = {  # yearly indexation of contract tariffs, 2021 = 1
    2012: 0.880, 2013: 0.885, 2014: 0.890, 2015: 0.895, 2016: 0.903, 2017: 0.912, 2018: 0.925, 2019: 0.948,
    2020: 0.974, 2021: 1.000, 2022: 1.024, 2023: 1.078, 2024: 1.141, 2025: 1.182, 2026: 1.221, 2027: 1.252,
}  # fmt: skip


@dataclass(frozen=True)
class Product:
    """One product code and how it is used: stand, duration, volume, tariff (cents, level of 2021)."""

    wet: str
    code: str
    naam: str
    groepnaam: str
    hoofdproduct: str
    zwaarte: str
    eenheid: str
    frequentie: int
    taakveld: str
    specialisme: str
    stand: tuple[tuple[int, float], ...]
    duur: str
    leeftijd: str
    stapel: float
    volume: tuple[tuple[int, float], ...]
    tarief: int
    uitnutting: float
    patroon: str
    indicatie: int = 24
    hoger: str = ""
    lager: str = ""
    eenmalig: bool = False
    regie: bool = True
    herinstroom: float = field(default=0.12)

    @property
    def categorie(self) -> str:
        """Productcategorie: the first two positions of a code of the standard lists."""
        return self.code[:2]

    @property
    def variant(self) -> str:
        """Uitvoeringsvariant, told by the unit: stuks and euro's are outputgericht."""
        return "outputgericht" if self.eenheid in ("82", "83") else "inspanningsgericht"


def _s(*p: float) -> tuple[tuple[int, float], ...]:
    """Stand from pairs year, clients: (2012, 5, 2018, 7) -> ((2012, 5), (2018, 7))."""
    return tuple((int(p[i]), float(p[i + 1])) for i in range(0, len(p), 2))


UREN1 = ((1, 0.55), (2, 0.45))
UREN3 = ((2, 0.35), (3, 0.38), (4, 0.20), (5, 0.07))
UREN5 = ((3, 0.12), (4, 0.30), (5, 0.30), (6, 0.18), (8, 0.10))
HULP = ((1, 0.06), (2, 0.33), (3, 0.37), (4, 0.17), (5, 0.05), (6, 0.02))
JUREN = ((1, 0.46), (2, 0.33), (3, 0.12), (5, 0.06), (10, 0.03))
DAGD = ((2, 0.25), (3, 0.15), (4, 0.35), (6, 0.15), (8, 0.10))
EEN = ((1, 1.0),)
WEEK7 = ((7, 1.0),)

_HO_STAND = (2012, 3300, 2015, 3050, 2017, 2960, 2018, 2950, 2019, 3330, 2020, 3740, 2021, 3850, 2022, 3830,
             2023, 3700, 2024, 3570, 2025, 3510, 2027, 3490)  # fmt: skip


def _deel(stand: tuple[float, ...], deel: float) -> tuple[tuple[int, float], ...]:
    return _s(*[x if i % 2 == 0 else x * deel for i, x in enumerate(stand)])


W, J = WMO, JEUGD
PRODUCTEN: tuple[Product, ...] = (
    Product(W, "01A04", "Huishoudelijke ondersteuning 1", "Hulp bij het huishouden", HO, "n.v.t.", "04", 2,
            "6.71a", "huishouden", _deel(_HO_STAND, 0.8), "lang", "oud", 0.30, HULP, 2976, 1.0, "uren",
            60),
    Product(W, "01A05", "Huishoudelijke ondersteuning 2", "Hulp bij het huishouden", HO, "n.v.t.", "04", 2,
            "6.71a", "huishouden", _deel(_HO_STAND, 0.2), "lang", "oud", 0.35, HULP, 3324, 1.0, "uren",
            36),
    Product(W, "02A03", "Begeleiding individueel", "Begeleiding individueel", AMB, "licht", "04", 2,
            "6.71b", "begeleiding", _s(2012, 330, 2015, 375, 2018, 405, 2021, 340, 2022, 320, 2027, 335),
            "begeleiding", "volw", 0.45, UREN1, 5400, 0.92, "uren", 18, hoger="02A16"),
    Product(W, "02A16", "Begeleiding individueel", "Begeleiding individueel", AMB, "middelzwaar", "04", 2,
            "6.71b", "begeleiding",
            _s(2012, 225, 2015, 245, 2016, 285, 2017, 335, 2018, 390, 2019, 440,
            2020, 480, 2021, 525, 2022, 575, 2024, 600, 2027, 625),
            "begeleiding", "volw", 0.45, UREN3, 5820, 0.91, "uren", 18, hoger="02A05", lager="02A03"),
    Product(W, "02A05", "Begeleiding individueel", "Begeleiding individueel", AMB, "zwaar", "04", 2,
            "6.71b", "begeleiding", _s(2012, 130, 2018, 142, 2021, 155, 2023, 169, 2025, 178, 2027, 186),
            "begeleiding", "volw", 0.45, UREN5, 6900, 0.91, "uren", 24, hoger="02A19", lager="02A16"),
    Product(W, "02A19", "Begeleiding specialistisch", "Begeleiding individueel", AMB, "extra zwaar", "04",
            2, "6.71b", "begeleiding", _s(2012, 42, 2018, 48, 2021, 52, 2023, 57, 2027, 62),
            "begeleiding", "volw", 0.40, UREN5, 7980, 0.9, "uren", 24, lager="02A05"),
    Product(W, "07A11", "Dagbesteding", "Dagbesteding", DAG, "licht", "16", 2, "6.71c", "dagbesteding",
            _s(2012, 230, 2017, 255, 2018, 250), "middellang", "oud", 0.55, DAGD, 3900, 0.94, "dagdeel",
            12, hoger="07A12"),
    Product(W, "07A12", "Dagbesteding", "Dagbesteding", DAG, "midden", "16", 2, "6.71c", "dagbesteding",
            _s(2012, 240, 2017, 275, 2018, 270), "middellang", "oud", 0.55, DAGD, 4800, 0.94, "dagdeel",
            12, hoger="07A13", lager="07A11"),
    Product(W, "07A13", "Dagbesteding", "Dagbesteding", DAG, "zwaar", "16", 2, "6.71c", "dagbesteding",
            _s(2012, 110, 2017, 140, 2018, 195, 2019, 215, 2021, 207, 2024, 204, 2027, 205), "middellang",
            "oud", 0.60, DAGD, 6240, 0.95, "dagdeel", 18),
    Product(W, "04A04", "Kortdurend verblijf", "Kortdurend verblijf", DAG, "n.v.t.", "14", 2, "6.71c",
            "logeren", _s(2012, 30, 2018, 34, 2027, 38), "middellang", "volw", 0.7, EEN, 21480, 0.84,
            "dagdeel", 12),
    Product(W, "12A09", "Collectief vervoer", "Collectief vervoer", "Vervoer", "n.v.t.", "82", 4, "6.6",
            "regiotaxi", _s(2012, 2350, 2018, 2400, 2019, 2520, 2020, 2600, 2022, 2600, 2027, 2500),
            "lang", "oud", 0.62, ((10, 0.4), (16, 0.4), (28, 0.2)), 840, 1.02, "ritten", 0, regie=False),
    Product(W, "12A05", "Scootmobiel", "Scootmobielen en fietsen", "Vervoer", "n.v.t.", "82", 4, "6.6",
            "hulpmiddelen", _s(2012, 1180, 2018, 1290, 2023, 1280, 2027, 1210), "lang", "oud", 0.66, EEN,
            8160, 1.0, "vast", 0),
    Product(W, "12A01", "Aangepaste fiets", "Scootmobielen en fietsen", "Vervoer", "n.v.t.", "82", 4,
            "6.6", "hulpmiddelen", _s(2012, 210, 2018, 230, 2027, 270), "lang", "volw", 0.5, EEN, 5820,
            1.0, "vast", 0),
    Product(W, "11A02", "Elektrische rolstoel", "Rolstoelen", "Vervoer", "n.v.t.", "82", 4, "6.6",
            "hulpmiddelen", _s(2012, 300, 2018, 330, 2027, 365), "lang", "oud", 0.7, EEN, 16500, 1.0,
            "vast", 0),
    Product(W, "11A03", "Handbewogen rolstoel", "Rolstoelen", "Vervoer", "n.v.t.", "82", 4, "6.6",
            "hulpmiddelen", _s(2012, 760, 2018, 800, 2027, 880), "lang", "oud", 0.72, EEN, 3840, 1.0,
            "vast", 0),
    Product(W, "08A03", "Vervoer naar dagbesteding", "Vervoer naar dagbesteding", "Vervoer", "n.v.t.",
            "82", 2, "6.71c", "vervoer", _s(2012, 260, 2017, 270, 2018, 175, 2027, 195), "middellang",
            "oud", 0.9, ((2, 0.4), (4, 0.45), (6, 0.15)), 1380, 0.93, "dagdeel", 18),
    Product(W, "13A02", "Woningaanpassing", "Woningaanpassingen", "Woonvoorzieningen", "n.v.t.", "83", 6,
            "6.6", "woning", _s(2012, 95, 2018, 100, 2027, 108), "eenmalig", "oud", 0.55, EEN, 415_000,
            1.0, "vast", 6, eenmalig=True, regie=False),
    Product(W, "13A04", "Traplift", "Woningaanpassingen", "Woonvoorzieningen", "n.v.t.", "82", 6, "6.6",
            "woning", _s(2012, 40, 2018, 43, 2027, 47), "eenmalig", "oud", 0.55, EEN, 489_000, 1.0, "vast",
            6, eenmalig=True, regie=False),
    Product(W, "13A03", "Roerende woonvoorziening", "Roerende woonvoorzieningen", "Woonvoorzieningen",
            "n.v.t.", "82", 4, "6.6", "hulpmiddelen", _s(2012, 560, 2018, 600, 2027, 680), "lang", "oud",
            0.72, EEN, 4980, 1.0, "vast", 0),
    Product(W, "02A20", "Gezinsbegeleiding", "Gezinsbegeleiding", GEZ, "n.v.t.", "04", 2, "6.71b",
            "begeleiding", _s(2012, 74, 2018, 84, 2021, 79, 2027, 73), "begeleiding", "ouder", 0.3, UREN5,
            7080, 0.91, "uren", 12),
    Product(W, "10A38", "Begeleiding jongvolwassenen", "Jongvolwassenen", GEZ, "midden", "83", 4, "6.71b",
            "begeleiding", _s(2012, 45, 2018, 50, 2021, 52, 2027, 52), "middellang", "jongvolw", 0.2, EEN,
            96_000, 1.0, "vast", 12),
    Product(W, "05A04", "Verhuizing en inrichting", "Overige voorzieningen", "Overig", "n.v.t.", "83", 6,
            "6.6", "woning", _s(2012, 12, 2027, 13), "eenmalig", "oud", 0.5, EEN, 262_000, 1.0, "vast", 6,
            eenmalig=True, regie=False),
    # Jeugdwet
    Product(J, "45A48", "Ambulant regulier individueel", "Ambulant regulier", JAMB, "licht", "04", 2,
            "6.72a", "ambulant", _s(2012, 400, 2015, 470, 2018, 590, 2021, 670, 2024, 720, 2027, 760),
            "jeugd", "jeugd", 0.18, JUREN, 7020, 0.92, "school", 12, hoger="45A53", herinstroom=0.36),
    Product(J, "45A51", "Ambulant regulier gezin", "Ambulant regulier", JAMB, "midden", "04", 2, "6.72a",
            "ambulant", _s(2012, 120, 2018, 172, 2021, 205, 2027, 250), "jeugd", "jeugd", 0.30, JUREN,
            7320, 0.92, "school", 12, hoger="45A53", lager="45A48", herinstroom=0.36),
    Product(J, "45A53", "Ambulant specialistisch", "Ambulant specialistisch", JAMB, "zwaar", "04", 2,
            "6.72b", "ambulant", _s(2012, 190, 2018, 262, 2021, 320, 2024, 375, 2027, 410), "jeugd",
            "jeugd", 0.25, ((2, 0.44), (3, 0.29), (4, 0.15), (8, 0.08), (14, 0.04)), 9240, 0.92, "school",
            12, lager="45A48", herinstroom=0.36),
    Product(J, "45A76", "Dyslexiezorg", "Dyslexiezorg", JAMB, "n.v.t.", "04", 2, "6.72b", "dyslexie",
            _s(2012, 90, 2018, 108, 2021, 122, 2027, 105), "dyslexie", "kind", 0.05, EEN, 6360, 0.93,
            "school", 15, herinstroom=0.02),
    Product(J, "50A04", "Maatwerkarrangement zelfstandig leven", "Maatwerkarrangementen", JAMB, "midden",
            "83", 4, "6.72d", "ambulant", _s(2012, 25, 2018, 40, 2021, 55, 2027, 75), "jeugd", "puber",
            0.35, EEN, 168_000, 1.0, "vast", 12, herinstroom=0.36),
    Product(J, "54001", "Jeugd-ggz regulier", "Jeugd-ggz", JGGZ, "midden", "04", 2, "6.74a", "ggz",
            _s(2012, 430, 2018, 490, 2020, 505, 2021, 545, 2023, 600, 2027, 615), "jeugd", "jeugd", 0.14,
            JUREN, 9480, 0.92, "school", 12, hoger="54003", herinstroom=0.36),
    Product(J, "54003", "Jeugd-ggz hoogspecialistisch", "Jeugd-ggz", JGGZ, "zwaar", "04", 2, "6.74a",
            "ggz", _s(2012, 95, 2018, 118, 2021, 140, 2024, 165, 2027, 175), "jeugd", "puber", 0.25, UREN3,
            11820, 0.92, "school", 12, lager="54001", herinstroom=0.36),
    Product(J, "53A01", "Kindergeneeskunde", "Kindergeneeskunde", JGGZ, "n.v.t.", "04", 4, "6.74a", "ggz",
            _s(2012, 38, 2027, 42), "jeugd", "kind", 0.1, ((1, 0.6), (2, 0.4)), 17040, 0.92, "vast", 12,
            herinstroom=0.2),
    Product(J, "41A03", "Dagbehandeling regulier", "Dagbehandeling", JDAG, "midden", "16", 2, "6.72c",
            "dagbehandeling", _s(2012, 60, 2018, 70, 2027, 82), "jeugd", "kind", 0.35, DAGD, 6180, 0.94,
            "school", 12, hoger="41A04", herinstroom=0.2),
    Product(J, "41A04", "Dagbehandeling specialistisch", "Dagbehandeling", JDAG, "zwaar", "16", 2, "6.72c",
            "dagbehandeling", _s(2012, 40, 2018, 50, 2027, 70), "jeugd", "kind", 0.40,
            ((4, 0.3), (6, 0.3), (8, 0.25), (10, 0.15)), 6720, 0.94, "school", 12, lager="41A03",
            herinstroom=0.2),
    Product(J, "42A03", "Vervoer jeugd", "Vervoer jeugd", JDAG, "n.v.t.", "84", 2, "6.72d", "jeugdvervoer",
            _s(2012, 35, 2018, 42, 2027, 55), "jeugd", "kind", 0.9, ((4, 0.5), (8, 0.5)), 1296, 0.94,
            "school", 12),
    Product(J, "43A35", "Jeugdhulp verblijf", "Verblijf", JVER, "licht", "14", 2, "6.73c", "verblijf",
            _s(2012, 13, 2018, 15, 2027, 16), "verblijf", "puber", 0.6, WEEK7, 16500, 1.0, "etmaal", 12,
            hoger="43A36"),
    Product(J, "43A36", "Jeugdhulp verblijf", "Verblijf", JVER, "midden", "14", 2, "6.73c", "verblijf",
            _s(2012, 16, 2018, 18, 2027, 20), "verblijf", "puber", 0.6, WEEK7, 20520, 1.0, "etmaal", 12,
            hoger="43A37", lager="43A35"),
    Product(J, "43A37", "Jeugdhulp verblijf", "Verblijf", JVER, "middelzwaar", "14", 2, "6.73c",
            "verblijf", _s(2012, 13, 2018, 15, 2021, 17, 2027, 21), "verblijf", "puber", 0.6, WEEK7, 25500,
            1.0, "etmaal", 12, hoger="43A38", lager="43A36"),
    Product(J, "43A38", "Jeugdhulp verblijf", "Verblijf", JVER, "zwaar", "14", 2, "6.73c", "verblijf",
            _s(2012, 10, 2018, 13, 2021, 15, 2027, 20), "verblijf", "puber", 0.6, WEEK7, 34500, 1.0,
            "etmaal", 12, hoger="43A39", lager="43A37"),
    Product(J, "43A39", "Jeugdhulp verblijf", "Verblijf", JVER, "extra zwaar", "14", 2, "6.73c",
            "verblijf", _s(2012, 5, 2018, 7, 2021, 8, 2027, 12), "verblijf", "puber", 0.6, WEEK7, 46800,
            1.0, "etmaal", 12, lager="43A38"),
    Product(J, "43A12", "JeugdzorgPlus", "Verblijf", JVER, "extra zwaar", "14", 2, "6.74c", "verblijf",
            _s(2012, 6, 2018, 5, 2027, 4), "kort", "puber", 0.7, WEEK7, 51000, 1.0, "etmaal", 6),
    Product(J, "44A08", "Gezinshuis", "Gezinsgericht", JVER, "n.v.t.", "14", 2, "6.73b", "verblijf",
            _s(2012, 30, 2018, 37, 2021, 41, 2027, 52), "lang", "kind", 0.4, WEEK7, 15240, 1.0, "etmaal",
            24),
    Product(J, "44A07", "Pleegzorg", "Pleegzorg", JVER, "n.v.t.", "14", 2, "6.73a", "verblijf",
            _s(2012, 70, 2018, 78, 2027, 76), "lang", "kind", 0.4, WEEK7, 5280, 1.0, "etmaal", 24),
    Product(J, "44A09", "Logeren", "Logeren", JVER, "n.v.t.", "14", 2, "6.73c", "verblijf",
            _s(2012, 38, 2018, 44, 2027, 50), "jeugd", "kind", 0.7, ((1, 0.7), (2, 0.3)), 19080, 0.9,
            "dagdeel", 12),
    Product(J, "46A01", "Crisis ambulant", "Crisis", JAMB, "zwaar", "04", 2, "6.74b", "crisis",
            _s(2012, 13, 2018, 17, 2027, 22), "crisis", "jeugd", 0.6, UREN5, 9900, 0.95, "uren", 1),
    Product(J, "46A03", "Crisis verblijf", "Crisis", JVER, "extra zwaar", "14", 2, "6.74b", "crisis",
            _s(2012, 4, 2018, 5, 2027, 7), "crisis", "puber", 0.6, WEEK7, 30600, 1.0, "etmaal", 1),
    Product(J, "48A01", "Ondertoezichtstelling jaar 1", "Jeugdbescherming", JBJR, "n.v.t.", "82", 4,
            "6.82a", "gi", _s(2012, 80, 2018, 74, 2022, 68, 2027, 60), "jaar", "kind", 0.45, EEN, 88_200,
            1.0, "vast", 12, hoger="48A02"),
    Product(J, "48A02", "Ondertoezichtstelling jaar 2 en verder", "Jeugdbescherming", JBJR, "n.v.t.", "82",
            4, "6.82a", "gi", _s(2012, 98, 2018, 92, 2022, 86, 2027, 76), "middellang", "kind", 0.75, EEN,
            79_200, 1.0, "vast", 12),
    Product(J, "48A03", "Voogdij", "Jeugdbescherming", JBJR, "n.v.t.", "82", 4, "6.82a", "gi",
            _s(2012, 48, 2018, 46, 2027, 44), "lang", "kind", 0.75, EEN, 60_600, 1.0, "vast", 24),
    Product(J, "47A01", "Jeugdreclassering", "Jeugdreclassering", JBJR, "n.v.t.", "82", 4, "6.82b", "gi",
            _s(2012, 56, 2018, 46, 2027, 40), "middelkort", "puber", 0.4, EEN, 72_600, 1.0, "vast", 12),
)  # fmt: skip

# brings the clients per year on 9.500 and 4.300; found by running the whole city
IJKING = {WMO: 1.04, HO: 0.98, AMB: 0.90, JEUGD: 1.10, JVER: 1.4, JAMB: 1.05}
NUMMER = {p.code: i for i, p in enumerate(PRODUCTEN)}
GEKANTELD = ("07A11", "07A12")  # since 2018 an algemene voorziening, ended in the first half of that year
TAAKGERICHT = ("02A03", "02A16")  # from 2023-01-01 inside the lump sum of Gewoon in de Wijk
GGZ_OUD, GGZ_NIEUW = "54001", "45A65"  # re-coded with the contracts of 2022; the product keeps its name
VERBLIJF = tuple(p.code for p in PRODUCTEN if p.groepnaam in ("Verblijf", "Gezinsgericht", "Pleegzorg"))
ASPECIFIEK = ("45A48", "45A53")  # codes that occur in lines on an aspecific toewijzing of category 45


def interpoleer(stand: tuple[tuple[int, float], ...], maand: int) -> float:
    """Stand in a maand, linear between mid-year anchors and flat outside them."""
    x = (maand - 6) / 12
    if x <= stand[0][0]:
        return stand[0][1]
    for (j0, s0), (j1, s1) in pairwise(stand):
        if x <= j1:
            return s0 + (s1 - s0) * (x - j0) / (j1 - j0)
    return stand[-1][1]


def ijking(p: Product) -> float:
    """Factor on the stand of a product that brings the whole city to its clients and costs per year."""
    return IJKING.get(p.hoofdproduct, IJKING[p.wet])
