"""Money outside the messages and the plans: begroting, grootboek, programmering and the years before 2018.

Begroting 2021-2025 of the Wmo is the documents' table; the rest is synthetic. With another size than the whole
city all amounts are scaled along and every row is marked ``synthetisch``: a small sample then still makes sense.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from sample_data import documenten as doc
from sample_data.declaraties import Declaraties, signed
from sample_data.extracten import euro
from sample_data.instellingen import GEMEENTE, Instellingen, maand_van
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
    PRODUCTEN,
    TAAKGERICHT,
    WMO,
    ijking,
    interpoleer,
)
from sample_data.referentie import jaren, lumpsum_jaar

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
        HO: 15200,
        AMB: 8830,
        DAG: 3000,
        GEZ: 1865,
        "Overig": 110,
    },
    2027: {
        "Vervoer": 5900,
        "Woonvoorzieningen": 2760,
        HO: 15600,
        AMB: 9000,
        DAG: 3060,
        GEZ: 1900,
        "Overig": 112,
    },
}
BEGROTING_JEUGD: dict[str, int] = {JAMB: 9800, JGGZ: 5700, JDAG: 1700, JVER: 13100, JBJR: 2600}  # 2018
GROEI_JEUGD = {
    2018: 1.0,
    2019: 1.03,
    2020: 1.05,
    2021: 1.14,
    2022: 1.24,
    2023: 1.31,
    2024: 1.37,
    2025: 1.43,
    2026: 1.50,
    2027: 1.54,
}
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
    (WMO, AMB, "pgb", 1450),
    (WMO, DAG, "pgb", 310),
    (WMO, GEZ, "pgb", 90),
    (JEUGD, JAMB, "pgb", 780),
    (JEUGD, JGGZ, "pgb", 95),
    (JEUGD, JVER, "pgb", 240),
    (WMO, "Vervoer", "overig", 210),
    (WMO, "Woonvoorzieningen", "overig", 160),
    (JEUGD, JVER, "overig", 420),
    (JEUGD, JAMB, "subsidie", 640),
)


def _bron(inst: Instellingen, document: bool) -> str:
    return "document" if document and inst.hele_stad else "synthetisch"


def make_begroting(inst: Instellingen) -> pl.DataFrame:
    """begroting.csv: product lines, taakstelling, rijksbudget and saldo hek; signed euros."""
    rijen: list[tuple[object, ...]] = []

    def add(jaar: int, wet: str, hoofd: str, soort: str, duizend: float, op: dt.date, document: bool) -> None:
        cent = round(duizend * 100_000 * inst.schaal)
        rijen.append((GEMEENTE, jaar, wet, hoofd, soort, cent, op, _bron(inst, document)))

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


def make_grootboek(inst: Instellingen, decl: Declaraties) -> pl.DataFrame:
    """grootboek.csv: the messages' side as booked, lump sums, subsidies, pgb, other; year rows for 2015-2017.

    Approved lines are booked in the month of the answer, so care of an old year lands in a new one; in December
    what is still to come of November and December is accrued (with an estimate that is a few percent off) and taken back
    in January.
    """
    delen = [_geboekt(inst, decl), _vast(inst), _oude_jaren(inst)]
    df = pl.concat(delen, how="diagonal_relaxed")
    return df.sort("jaar", "periode", "wet", "hoofdproduct", "soort").select(
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
    # accrual: everything of year j that was answered after 31 December j, estimated 3 % too high or low
    laat = df.with_columns(jaar=pl.col("maand") // 12).filter(pl.col("op") // 12 > pl.col("jaar"))
    laat = laat.group_by("jaar", *sleutel).agg(pl.col("bedrag").sum())
    laat = laat.filter((pl.col("jaar") + 1) * 12 <= inst.tot).with_columns(
        bedrag=(pl.col("bedrag") * (1 + 0.03 * (pl.col("jaar") % 3 - 1))).round(0).cast(pl.Int64)
    )
    bij = laat.with_columns(op=pl.col("jaar") * 12 + 11)
    terug = laat.with_columns(op=pl.col("jaar") * 12 + 12, bedrag=-pl.col("bedrag"))
    alles = pl.concat([geboekt, bij.select(geboekt.columns), terug.select(geboekt.columns)])
    alles = alles.group_by("op", *sleutel).agg(pl.col("bedrag").sum())
    return _met_periode(alles, "berichten")


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
        if jaar >= 2018:  # the gekantelde dagbesteding is subsidised since 2018
            add(WMO, DAG, "subsidie", (4_850 if jaar == 2018 else 4_300) * 100_000 / 12 * index * inst.schaal)
        if jaar >= 2023:
            add(WMO, AMB, "vast", lumpsum_jaar(inst, jaar) / 12)
    return pl.DataFrame(
        rijen,
        orient="row",
        schema=["jaar", "periode", "taakveld", "wet", "hoofdproduct", "soort", "bedrag", "geboekt_op"],
    ).with_columns(bron=pl.lit("synthetisch"))


# x € 1.000, 2015-2017: falling HO and voorzieningen, rising begeleiding and dagbesteding, steady rise of jeugd (AEF)
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


def _oude_jaren(inst: Instellingen) -> pl.DataFrame:
    rijen: list[tuple[object, ...]] = []
    for i, jaar in enumerate((2015, 2016, 2017)):
        op = D(jaar, 12, 31)
        for (wet, hoofd), reeks in OUDE_JAREN.items():
            cent = round(reeks[i] * 100_000 * inst.schaal)
            rijen.append(
                (jaar, 0, TAAKVELD.get(hoofd, "6.6"), wet, hoofd, "berichten", cent, op, "synthetisch")
            )
        cent = round(doc.DAGBESTEDING[jaar] * 100_000 * inst.schaal)
        rijen.append((jaar, 0, TAAKVELD[DAG], WMO, DAG, "berichten", cent, op, _bron(inst, True)))
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


def make_volumes_jaar(inst: Instellingen) -> pl.DataFrame:
    """volumes_jaar.csv: clients, volume and euros per product for 2015-2017; both sides of the kanteling are in it."""
    rijen: list[tuple[object, ...]] = []
    for jaar in (2015, 2016, 2017):
        for p in PRODUCTEN:
            stand = interpoleer(p.stand, jaar * 12 + 6) * ijking(p) * inst.schaal
            per_maand = sum(v * c for v, c in p.volume) * (365.25 / 84 if p.frequentie == 2 else 1)
            volume = stand * per_maand * 12 * p.uitnutting
            if p.eenheid == "83":
                volume = stand * p.tarief * (3 if p.eenmalig else 12)
            elif p.eenmalig:
                volume = stand * 3
            prijs = 1.0 if p.eenheid == "83" else p.tarief * 0.905
            rijen.append(
                (
                    GEMEENTE,
                    jaar,
                    p.wet,
                    p.hoofdproduct,
                    p.naam,
                    p.zwaarte,
                    max(1, round(stand * 1.45)),
                    round(volume),
                    p.eenheid,
                    round(volume * prijs),
                    "synthetisch",
                )
            )
    return pl.DataFrame(
        rijen,
        orient="row",
        schema=[
            "gemeentecode",
            "jaar",
            "wet",
            "hoofdproduct",
            "product",
            "zwaarte",
            "clienten",
            "volume",
            "eenheid",
            "bedrag",
            "bron",
        ],
    ).with_columns(euro("bedrag"))


def make_programmering(inst: Instellingen) -> pl.DataFrame:
    """programmering.csv: per year and product what was meant (contacts, referrals, inflow, clients, duration, volume)."""
    weken = {
        "lang": 260,
        "begeleiding": 78,
        "middellang": 91,
        "middelkort": 48,
        "jeugd": 56,
        "verblijf": 70,
        "jaar": 52,
        "dyslexie": 52,
        "kort": 26,
        "crisis": 4,
        "eenmalig": 17,
    }
    rijen: list[tuple[object, ...]] = []
    for jaar in jaren(inst):
        for p in PRODUCTEN:
            if p.code in TAAKGERICHT and jaar >= 2023:
                continue
            # a programme looks back: the stand of two years before with 2 % growth, so growth is always underrated
            stand = interpoleer(p.stand, (jaar - 2) * 12 + 6) * 1.02 * ijking(p) * inst.schaal
            if p.code in ("07A11", "07A12") and jaar >= 2018:
                continue
            clienten = stand * (1 + min(4.0, 52 / weken[p.duur]))
            per_week = sum(v * c for v, c in p.volume) / (1 if p.frequentie == 2 else 4.35)
            tarief = p.tarief * (1 + 0.02 * (jaar - 2021))
            volume = stand * per_week * 52.18 * p.uitnutting
            if p.eenmalig:
                volume = stand * 3
            if p.eenheid == "83":
                volume, tarief = stand * p.tarief * (3 if p.eenmalig else 12), 1.0
            instroom = clienten - stand
            rijen.append(
                (
                    GEMEENTE,
                    jaar,
                    p.wet,
                    p.hoofdproduct,
                    p.groepnaam,
                    p.naam,
                    p.zwaarte,
                    round(instroom * 3.1),
                    round(instroom * 1.15),
                    round(instroom),
                    max(1, round(clienten)),
                    weken[p.duur],
                    round(per_week, 2),
                    p.uitnutting,
                    round(tarief),
                    round(volume),
                    p.eenheid,
                    round(volume * tarief),
                    D(jaar - 1, 12, 10),
                    "synthetisch",
                )
            )
    df = pl.DataFrame(
        rijen,
        orient="row",
        schema=[
            "gemeentecode",
            "jaar",
            "wet",
            "hoofdproduct",
            "productgroep",
            "product",
            "zwaarte",
            "klantcontacten",
            "doorverwijzingen",
            "instroom",
            "clienten",
            "duur_weken",
            "intensiteit",
            "uitnutting",
            "tarief",
            "volume",
            "eenheid",
            "bedrag",
            "vastgesteld_op",
            "bron",
        ],
    )
    return df.with_columns(euro("tarief"), euro("bedrag"))
