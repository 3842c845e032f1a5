"""The ledger: what was booked out of messages, and what messages do not hold (lump sums, subsidies, pgb)."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from sample_data import documenten as doc
from sample_data.begroting import bron
from sample_data.declaraties import Declaraties, signed
from sample_data.extracten import euro
from sample_data.instellingen import GEMEENTE, Instellingen, maand_van
from sample_data.producten import AMB, DAG, GEZ, HO, JAMB, JBJR, JDAG, JEUGD, JGGZ, JVER, PRODUCTEN, WMO

D = dt.date
TAAKVELD = {
    HO: "6.71a",
    AMB: "6.71b",
    DAG: "6.71c",
    GEZ: "6.71b",
    JAMB: "6.72a",
    JGGZ: "6.74a",
    JDAG: "6.72c",
    JVER: "6.73c",
    JBJR: "6.82a",
}
# yearly amounts x € 1.000 outside the messages, level of 2021
BUITEN: tuple[tuple[str, str, str, int], ...] = (
    (WMO, HO, "pgb", 620),
    (WMO, AMB, "pgb", 640),
    (WMO, DAG, "pgb", 150),
    (WMO, GEZ, "pgb", 90),
    (JEUGD, JAMB, "pgb", 780),
    (JEUGD, JGGZ, "pgb", 95),
    (JEUGD, JVER, "pgb", 240),
    (WMO, "Vervoer", "overig", 210),
    (WMO, "Woonvoorzieningen", "overig", 160),
    (JEUGD, JVER, "overig", 420),
    (JEUGD, JAMB, "subsidie", 640),
)
# The gekantelde dagbesteding is subsidised since 2018; the sociale basis takes that over in 2020 and 2021,
# outside this budget, as the document's begroting of 2021 (2.985) already supposes.
SUBSIDIE_DAG = {2018: 4_700, 2019: 4_100, 2020: 1_700, 2021: 320}


def lumpsum_jaar(inst: Instellingen, jaar: int) -> int:
    """Lump sum of Gewoon in de Wijk in cents: light and middle begeleiding, indexed; synthetic."""
    index = {2023: 1.0, 2024: 1.045, 2025: 1.08, 2026: 1.11}
    return round(4_350_000_00 * index.get(jaar, 1.14) * inst.schaal) if jaar >= 2023 else 0


def make_grootboek(inst: Instellingen, decl: Declaraties) -> pl.DataFrame:
    """grootboek.csv: the messages' side as booked, lump sums, subsidies, pgb, other; year rows for 2015-2017.

    Approved lines are booked in the month of the answer, so care of an old year lands in a new one; in
    December what is delivered and not booked yet is accrued, of this year and of older ones (with an estimate
    that is a few percent off), and taken back in January, as rows of their own (``overlopend``).
    """
    delen = [_geboekt(inst, decl), _vast(inst), _oude_jaren(inst)]
    df = pl.concat(delen, how="diagonal_relaxed")
    return df.sort("jaar", "periode", "wet", "hoofdproduct", "soort", "taakveld").select(
        pl.lit(GEMEENTE).alias("gemeentecode"),
        "jaar",
        "periode",
        "taakveld",
        "wet",
        "hoofdproduct",
        "soort",
        euro("bedrag"),
        "geboekt_op",
        "bron",
    )


def _maandeinde(jaar: int, periode: int) -> dt.date:
    volgende = D(jaar + periode // 12, periode % 12 + 1, 1)
    return volgende - dt.timedelta(days=1)


def _geboekt(inst: Instellingen, decl: Declaraties) -> pl.DataFrame:
    r = decl.regels.filter(pl.col("beantwoord") & ~pl.col("afgekeurd"))
    hoofd = np.array([p.hoofdproduct for p in PRODUCTEN])[r["product"].to_numpy()]
    taak = np.array([p.taakveld for p in PRODUCTEN])[r["product"].to_numpy()]
    wet = np.array([p.wet for p in PRODUCTEN])[r["product"].to_numpy()]
    op = maand_van(r["antwoord"].to_numpy())
    df = r.select(
        pl.Series("wet", wet),
        pl.Series("hoofdproduct", hoofd),
        pl.Series("taakveld", taak),
        pl.Series("op", op),
        "maand",
        bedrag=signed(),
    )
    sleutel = ["wet", "hoofdproduct", "taakveld"]
    geboekt = df.group_by("op", *sleutel).agg(pl.col("bedrag").sum())
    # accrual: all delivered by 31 December j and answered after it, each year anew as long as it is open,
    # estimated 3 % too high or low
    laat = pl.concat(
        [
            df.with_columns(jaar=pl.col("maand") // 12 + later).filter(pl.col("op") // 12 > pl.col("jaar"))
            for later in range((inst.tot - inst.van) // 12 + 1)
        ]
    )
    laat = laat.group_by("jaar", *sleutel).agg(pl.col("bedrag").sum())
    laat = laat.filter((pl.col("jaar") + 1) * 12 <= inst.tot).with_columns(
        bedrag=(pl.col("bedrag") * (1 + 0.03 * (pl.col("jaar") % 3 - 1))).round(0).cast(pl.Int64)
    )
    bij = laat.with_columns(op=pl.col("jaar") * 12 + 11)
    terug = laat.with_columns(op=pl.col("jaar") * 12 + 12, bedrag=-pl.col("bedrag"))
    overlopend = pl.concat([bij.select(geboekt.columns), terug.select(geboekt.columns)])
    return pl.concat([_met_periode(geboekt, "berichten"), _met_periode(overlopend, "overlopend")])


def _met_periode(df: pl.DataFrame, soort: str) -> pl.DataFrame:
    op = pl.date(pl.col("op") // 12, pl.col("op") % 12 + 1, 1).dt.month_end()
    return df.select(
        (pl.col("op") // 12).cast(pl.Int64).alias("jaar"),
        (pl.col("op") % 12 + 1).cast(pl.Int64).alias("periode"),
        "taakveld",
        "wet",
        "hoofdproduct",
        pl.lit(soort).alias("soort"),
        "bedrag",
        op.alias("geboekt_op"),
        pl.lit("synthetisch").alias("bron"),
    )


def _vast(inst: Instellingen) -> pl.DataFrame:
    rijen: list[tuple[object, ...]] = []
    for m in range(inst.van, inst.tot + 1):
        jaar, periode = m // 12, m % 12 + 1
        index = 1 + 0.025 * (jaar - 2021)

        def add(wet: str, hoofd: str, soort: str, cent: float, j: int = jaar, p: int = periode) -> None:
            rijen.append(
                (j, p, TAAKVELD.get(hoofd, "6.6"), wet, hoofd, soort, round(cent), _maandeinde(j, p))
            )

        for wet, hoofd, soort, duizend in BUITEN:
            add(wet, hoofd, soort, duizend * 100_000 / 12 * index * inst.schaal)
        add(WMO, DAG, "subsidie", SUBSIDIE_DAG.get(jaar, 180) * 100_000 / 12 * index * inst.schaal)
        if jaar >= 2023:
            add(WMO, AMB, "vast", lumpsum_jaar(inst, jaar) / 12)
    return pl.DataFrame(
        rijen,
        orient="row",
        schema=["jaar", "periode", "taakveld", "wet", "hoofdproduct", "soort", "bedrag", "geboekt_op"],
    ).with_columns(bron=pl.lit("synthetisch"))


# x € 1.000, 2015-2017: falling HO and voorzieningen, rising begeleiding and dagbesteding, steady rise of
# jeugd (AEF)
OUDE_JAREN: dict[tuple[str, str], tuple[int, int, int]] = {
    (WMO, HO): (11_900, 11_150, 10_600),
    (WMO, AMB): (5_650, 6_050, 6_750),
    (WMO, GEZ): (1_480, 1_560, 1_650),
    (WMO, "Vervoer"): (5_050, 4_900, 4_780),
    (WMO, "Woonvoorzieningen"): (2_700, 2_580, 2_480),
    (WMO, "Overig"): (115, 112, 104),
    (JEUGD, JAMB): (8_700, 9_300, 9_900),
    (JEUGD, JGGZ): (5_200, 5_500, 5_800),
    (JEUGD, JDAG): (1_550, 1_600, 1_660),
    (JEUGD, JVER): (12_400, 13_100, 13_800),
    (JEUGD, JBJR): (2_750, 2_680, 2_620),
}


def oud_cent(inst: Instellingen, jaar: int, wet: str, hoofd: str) -> int:
    """What the ledger of 2015-2017 holds for a hoofdproduct, in cents."""
    if hoofd == DAG:
        return round(doc.DAGBESTEDING[jaar] * 100_000 * inst.schaal)
    return round(OUDE_JAREN[(wet, hoofd)][jaar - 2015] * 100_000 * inst.schaal)


def _oude_jaren(inst: Instellingen) -> pl.DataFrame:
    rijen: list[tuple[object, ...]] = []
    for jaar in (2015, 2016, 2017):
        op = D(jaar, 12, 31)
        for wet, hoofd in OUDE_JAREN:
            cent = oud_cent(inst, jaar, wet, hoofd)
            rijen.append(
                (jaar, 0, TAAKVELD.get(hoofd, "6.6"), wet, hoofd, "berichten", cent, op, "synthetisch")
            )
        cent = oud_cent(inst, jaar, WMO, DAG)
        rijen.append((jaar, 0, TAAKVELD[DAG], WMO, DAG, "berichten", cent, op, bron(inst, True)))
    return pl.DataFrame(
        rijen,
        orient="row",
        schema=[
            "jaar",
            "periode",
            "taakveld",
            "wet",
            "hoofdproduct",
            "soort",
            "bedrag",
            "geboekt_op",
            "bron",
        ],
    )
