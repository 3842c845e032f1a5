"""The begroting per year and hoofdproduct, with taakstelling, rijksbudget and saldo Hek.

Begroting 2021-2025 of the Wmo is the documents' table; the rest is synthetic. With another size than the
whole city all amounts are scaled along and every row is marked ``synthetisch``: a small sample then still
makes sense.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from sample_data import documenten as doc
from sample_data.extracten import euro
from sample_data.instellingen import GEMEENTE, Instellingen
from sample_data.producten import (
    AMB,
    DAG,
    GEZ,
    HO,
    JAMB,
    JBJR,
    JDAG,
    JEUGD,
    JGGZ,
    JVER,
    WMO,
)

D = dt.date
# synthetic begroting x € 1.000: the years without a published table
BEGROTING_SYNTH: dict[int, dict[str, int]] = {
    2018: {
        "Vervoer": 5200,
        "Woonvoorzieningen": 2450,
        HO: 10794,
        AMB: 7300,
        DAG: 6900,
        GEZ: 1700,
        "Overig": 108,
    },
    2019: {
        "Vervoer": 5350,
        "Woonvoorzieningen": 2480,
        HO: 11400,
        AMB: 7900,
        DAG: 6100,
        GEZ: 1760,
        "Overig": 108,
    },
    2020: {
        "Vervoer": 5560,
        "Woonvoorzieningen": 2520,
        HO: 13100,
        AMB: 8350,
        DAG: 3600,
        GEZ: 1790,
        "Overig": 108,
    },
    2026: {
        "Vervoer": 5790,
        "Woonvoorzieningen": 2710,
        HO: 16400,
        AMB: 9600,
        DAG: 3200,
        GEZ: 1865,
        "Overig": 110,
    },
    2027: {
        "Vervoer": 5900,
        "Woonvoorzieningen": 2760,
        HO: 16800,
        AMB: 9800,
        DAG: 3260,
        GEZ: 1900,
        "Overig": 112,
    },
}
BEGROTING_JEUGD: dict[str, int] = {JAMB: 11400, JGGZ: 6400, JDAG: 1900, JVER: 14700, JBJR: 2450}  # 2018
GROEI_JEUGD = {
    2018: 1.0,
    2019: 1.03,
    2020: 1.05,
    2021: 1.12,
    2022: 1.24,
    2023: 1.31,
    2024: 1.37,
    2025: 1.44,
    2026: 1.52,
    2027: 1.56,
}


def bron(inst: Instellingen, document: bool) -> str:
    """``document`` for a published figure of the whole city, else ``synthetisch``."""
    return "document" if document and inst.hele_stad else "synthetisch"


def make_begroting(inst: Instellingen) -> pl.DataFrame:
    """begroting.csv: product lines, taakstelling, rijksbudget, saldo hek with its parts, and reserve.

    Signed euros.
    """
    rijen: list[tuple[object, ...]] = []

    def add(jaar: int, wet: str, hoofd: str, soort: str, duizend: float, op: dt.date, document: bool) -> None:
        cent = round(duizend * 100_000 * inst.schaal)
        rijen.append((GEMEENTE, jaar, wet, hoofd, soort, cent, op, bron(inst, document)))

    for i, jaar in enumerate(doc.JAREN_BUDGET):
        op = D(2020, 11, 12) if jaar == 2021 else D(2021, 2, 16)
        for hoofd, reeks in doc.BUDGET.items():
            add(jaar, WMO, hoofd, "product", reeks[i], op, True)
        add(jaar, WMO, "", "taakstelling", doc.TAAKSTELLING[i], op, True)
    for jaar, regels in BEGROTING_SYNTH.items():
        for hoofd, bedrag in regels.items():
            add(jaar, WMO, hoofd, "product", bedrag, D(jaar - 1, 11, 10), False)
    for jaar, groei in GROEI_JEUGD.items():
        for hoofd, bedrag in BEGROTING_JEUGD.items():
            add(jaar, JEUGD, hoofd, "product", round(bedrag * groei), D(jaar - 1, 11, 10), False)
    for i, jaar in enumerate(doc.JAREN_RIJK):
        for (wet, label), reeks in doc.RIJKSBUDGET.items():
            add(jaar, wet, label, "rijksbudget", reeks[i], D(jaar, 6, 1), True)
    for jaar, saldo in doc.SALDO_HEK.items():
        add(jaar, "", "", "saldo hek", saldo, D(jaar + 1, 6, 1), True)
    for i, jaar in enumerate(doc.JAREN_MEERJARENBEELD):
        for soort, reeks in doc.MEERJARENBEELD.items():
            add(jaar, "", "", soort, reeks[i], D(2019, 6, 1), True)
    for (jaar, soort), stand in doc.RESERVE.items():
        add(jaar, "", "", soort, stand, D(2019, 6, 1), True)
    df = pl.DataFrame(
        rijen,
        orient="row",
        schema=["gemeentecode", "jaar", "wet", "hoofdproduct", "soort", "bedrag", "vastgesteld_op", "bron"],
    )
    return (
        df.filter(
            (pl.col("jaar") <= inst.tot // 12 + 1) & (pl.col("vastgesteld_op").dt.year() <= inst.tot // 12)
        )
        .sort("jaar", "wet", "soort", "hoofdproduct")
        .with_columns(euro("bedrag"))
    )
