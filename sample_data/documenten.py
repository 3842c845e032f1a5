"""Figures that the Haarlem documents print (x € 1.000) and CPI; everything here carries ``bron = document``.

Sources: collegebesluit Gewoon in de Wijk (budgets 2021-2025), AEF ontwikkelagenda sociaal domein
(rijksbudget, saldo Hek, dagbesteding, hours of huishoudelijke ondersteuning). The sums agree with the
printed totals.
"""

from __future__ import annotations

from sample_data.producten import AMB, DAG, GEZ, HO

JAREN_BUDGET = (2021, 2022, 2023, 2024, 2025)
BUDGET: dict[str, tuple[int, ...]] = {
    "Vervoer": (5678, 5693, 5684, 5676, 5676),
    "Woonvoorzieningen": (2567, 2658, 2658, 2658, 2658),
    HO: (14703, 14511, 14408, 14305, 14305),
    AMB: (8709, 8650, 8651, 8651, 8651),
    DAG: (2985, 2940, 2940, 2940, 2940),
    GEZ: (1818, 1827, 1827, 1827, 1827),
    "Overig": (108, 108, 108, 108, 108),
}
TAAKSTELLING = (-119, -5164, -5164, -5501, -5501)
BUDGET_TOTAAL = (36449, 31223, 31112, 30664, 30664)
JAREN_RIJK = (2016, 2017, 2018)
RIJKSBUDGET: dict[tuple[str, str], tuple[int, ...]] = {  # (wet, label) -> amounts
    ("Wmo", HO): (9994, 10540, 10794),
    ("Wmo", "Dagbesteding en begeleiding"): (17635, 16708, 17088),
    ("Jeugdwet", ""): (30802, 28989, 30628),
    ("Wmo", "Beschermd wonen en opvang"): (36987, 39872, 41696),
    ("", "WSW en re-integratie"): (21192, 21315, 20654),
}
RIJK_TOTAAL = (116610, 117424, 120860)
SALDO_HEK = {2015: 15063, 2016: 12160, 2017: 1076, 2018: -2511}
JAREN_MEERJARENBEELD = (2019, 2020, 2021, 2022, 2023)
# AEF §2.4, "Meerjarenbeeld begrotingssaldo na mee- en tegenvallers": the parts, + is a deficit. The totals of
# the table are not here: the snapshot computes them.
MEERJARENBEELD: dict[str, tuple[int, ...]] = {
    "tekort begroting": (6304, 6127, 5642, 5642, 5642),
    "landelijke ontwikkeling": (-4, -1845, -3002, -4492, -4123),
    "meevaller": (-1400, -1210, -1210, -1210, -1210),
    "tegenvaller": (1120, 1320, 1120, 1120, 1120),
    "ombuiging": (-100, -500, -990, -1240, -1290),
}
# AEF §2.1: the reserve sociaal domein, printed in millions with one decimal
RESERVE: dict[tuple[int, str], int] = {
    (2019, "reserve 1 januari"): 19_400,
    (2023, "reserve 31 december"): -3_300,
}
DAGBESTEDING = {
    2015: 5315,
    2016: 4847,
    2017: 5544,
    2018: 7685,
}  # budgettair beslag, the gekantelde part included
UREN_HO_2019 = {"Heemstede-Bloemendaal": 96.2, "Amsterdam": 119.6, "Haarlemmermeer": 130.0, "Haarlem": 150.9}
UREN_HO_2016 = {"Haarlem": 111.9, "Utrecht": 102.7, "Emmen": 95.4}
WMO_CLIENTEN_2023 = {"Alkmaar": (7145, 63.0), "Amersfoort": (9765, 60.0)}  # clients, per 1.000 inhabitants
CPI = {2015: 100.0, 2016: 100.32, 2017: 101.71, 2018: 103.45, 2019: 106.17, 2020: 107.51, 2021: 110.39,
       2022: 121.43, 2023: 126.09, 2024: 130.30, 2025: 134.5, 2026: 137.9}  # fmt: skip
