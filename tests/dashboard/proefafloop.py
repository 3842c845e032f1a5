"""The small city of proefstad with how its declarations came in: the run-off triangle, by hand.

Made as a copy. Each of the four productgroepen costs € 1.000 a month, of which 60 % is known after one month,
90 % after two and all after three. Five things are otherwise:

| productgroep | levermaand | what |
|---|---|---|
| Huishouden | mrt 2026 | after one month only 30 % |
| Dagbesteding | apr 2026 | after two months 120 %, of which 20 % is taken back in the next |
| Huishouden | dec 2024, dec 2025 | all at once after one month: the turn of the year, each year |
| Begeleiding | sep 2026 | comes to € 1.200, as more was toegewezen; € 600 is known |
| Ambulant | sep 2026 | in a month that still runs € 50 more came in |
"""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from dashboard.numbers import add_months, month_range
from tests.dashboard.proefstad import GM, TOT, VAN

GROEPEN = {"Huishouden": "Wmo", "Begeleiding": "Wmo", "Dagbesteding": "Wmo", "Ambulant": "Jeugdwet"}
KOST = 100_000
MEESTAL = [0, 60_000, 90_000, KOST]
ANDERS = {
    ("Huishouden", date(2026, 3, 1)): [0, 30_000, 90_000, KOST],
    ("Dagbesteding", date(2026, 4, 1)): [0, 60_000, 120_000, KOST],
    ("Huishouden", date(2024, 12, 1)): [0, KOST, KOST, KOST],
    ("Huishouden", date(2025, 12, 1)): [0, KOST, KOST, KOST],
}
LAATSTE, RIJP = date(2026, 10, 1), 12


def write_afloop(stad: Path, bestand: Path) -> Path:
    """Write the city as a copy of `stad` in `bestand`."""
    shutil.copy(stad, bestand)
    afloop: list[dict[str, object]] = []
    nagekomen: list[dict[str, object]] = []
    for groep, wet in GROEPEN.items():
        for maand in month_range(VAN, TOT):
            oud = (LAATSTE.year - maand.year) * 12 + LAATSTE.month - maand.month
            stand = ANDERS.get((groep, maand), MEESTAL)
            cel = {"gemeentecode": GM, "wet": wet, "productgroep": groep, "levermaand": maand}
            bekend = [stand[min(j, 3)] for j in range(oud + 1)]
            if (groep, maand) == ("Ambulant", add_months(TOT, -1)):
                bekend.append(bekend[-1] + 5_000)
            afloop += [
                cel
                | {
                    "leeftijd_maanden": j,
                    "bij_cent": cent - (bekend[j - 1] if j else 0),
                    "cumulatief_cent": cent,
                    "lopend": j > oud,
                    "rijp": oud >= RIJP,
                }
                for j, cent in enumerate(bekend)
            ]
            kost = 120_000 if (groep, maand) == ("Begeleiding", add_months(TOT, -1)) else KOST
            nagekomen.append(
                cel
                | {
                    "leeftijd_maanden": oud,
                    "gerapporteerd_cent": bekend[-1],
                    "ultimate_cent": kost,
                    "nagekomen_cent": kost - bekend[-1],
                    "standaardfout_cent": 0,
                    "fractie": bekend[-1] / kost,
                    "methode": "kettingladder",
                }
            )
    with duckdb.connect(str(bestand)) as con:
        for tabel, rijen in (("afloop", afloop), ("nagekomen", nagekomen)):
            con.execute(f"DELETE FROM mart.{tabel}")
            con.register("rijen", pl.DataFrame(rijen))
            con.execute(f"INSERT INTO mart.{tabel} BY NAME SELECT * FROM rijen")
            con.unregister("rijen")
    return bestand
