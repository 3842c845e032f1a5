"""Reference extracts.

Catalogue, aanbieders, contracts, tariffs, the city, CPI, benchmark, breaks and measures.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from sample_data.aanbieders import EERSTE_JAAR, Aanbieders
from sample_data.extracten import euro
from sample_data.grootboek import lumpsum_jaar
from sample_data.instellingen import GEMEENTE, Aantallen, Instellingen
from sample_data.producten import (
    GEKANTELD,
    GGZ_NIEUW,
    GGZ_OUD,
    INDEX,
    PRODUCTEN,
    RANG,
    TAAKGERICHT,
    Product,
)

D = dt.date
EERSTE_PLAFOND = 2021
KLEINSTE_PLAFOND = 100_000_00  # whoever delivered less in the whole city keeps an open contract
RUIMTE = (125, 25)  # percents of what was known and indexed: at least, and how many more at most


def peildatum(inst: Instellingen) -> dt.date:
    """Date of delivery of the reference extracts: the last day of the run."""
    return D(1970, 1, 1) + dt.timedelta(days=inst.tot_dag)


def jaren(inst: Instellingen) -> list[int]:
    """Calendar years that the run touches."""
    return list(range(inst.van // 12, inst.tot // 12 + 1))


def _product_rij(
    p: Product, code: str, van: dt.date, tot: dt.date | None, **anders: str
) -> dict[str, object]:
    rij: dict[str, object] = {
        "wet": p.wet,
        "gemeentecode": GEMEENTE,
        "productcategorie": code[:2],
        "productcode": code,
        "geldig_van": van,
        "geldig_tot": tot,
        "product": p.naam,
        "productgroep": p.groepnaam,
        "hoofdproduct": p.hoofdproduct,
        "zwaarte": p.zwaarte,
        "zwaarte_rang": RANG[p.zwaarte],
        "eenheid": p.eenheid,
        "uitvoeringsvariant": p.variant,
        "taakveld": p.taakveld,
    }
    return rij | anders


def make_producten(inst: Instellingen) -> pl.DataFrame:
    """producten.csv: with validity dates, so that a series survives the re-coding of 2022 and the breaks."""
    begin = D(2015, 1, 1)
    rijen: list[dict[str, object]] = []
    for p in PRODUCTEN:
        if p.code in GEKANTELD:
            rijen.append(_product_rij(p, p.code, begin, D(2018, 12, 31)))
        elif p.code in TAAKGERICHT:
            rijen.append(_product_rij(p, p.code, begin, D(2022, 12, 31)))
            rijen.append(_product_rij(p, p.code, D(2023, 1, 1), None, uitvoeringsvariant="taakgericht"))
        elif p.code == GGZ_OUD:
            rijen.append(_product_rij(p, GGZ_OUD, begin, D(2021, 12, 31)))
            rijen.append(_product_rij(p, GGZ_NIEUW, D(2022, 1, 1), None))
        elif p.eenheid == "84":
            rijen.append(_product_rij(p, p.code, begin, D(2020, 12, 31), eenheid="82"))
            rijen.append(_product_rij(p, p.code, D(2021, 1, 1), None))
        else:
            rijen.append(_product_rij(p, p.code, begin, None))
    return pl.DataFrame(rijen, infer_schema_length=None).with_columns(
        pl.col("geldig_tot").cast(pl.Date), peildatum=pl.lit(peildatum(inst))
    )


def make_aanbieders(inst: Instellingen, a: Aanbieders) -> pl.DataFrame:
    """aanbieders.csv: AGB, name, concern, kind."""
    return pl.DataFrame(
        {
            "gemeentecode": [GEMEENTE] * len(a.agb),
            "aanbieder_agb": a.agb,
            "naam": a.naam,
            "concern": a.concern,
            "soort": a.soort,
        }
    ).with_columns(peildatum=pl.lit(peildatum(inst)))


def make_tarieven(inst: Instellingen, a: Aanbieders, tarieven: Aantallen) -> pl.DataFrame:
    """tarieven.csv: contract tariff per aanbieder x product x year, in the unit in which it is declared."""
    spec = {naam: i for i, naam in enumerate(a.leden)}
    bevoegd = np.zeros((len(a.agb), len(spec)), dtype=bool)
    for naam, leden in a.leden.items():
        bevoegd[leden, spec[naam]] = True
    delen: list[pl.DataFrame] = []
    for i, p in enumerate(PRODUCTEN):
        if p.eenheid == "83":
            continue
        wie = np.flatnonzero(bevoegd[:, spec[p.specialisme]])
        for jaar in jaren(inst):
            t = tarieven[wie, i, jaar - EERSTE_JAAR]
            minuut = (wie == a.minuten) & (p.eenheid == "04")
            eenheid = "82" if p.eenheid == "84" and jaar < 2021 else p.eenheid
            code = GGZ_NIEUW if p.code == GGZ_OUD and jaar >= 2022 else p.code
            delen.append(
                pl.DataFrame(
                    {
                        "wet": p.wet,
                        "aanbieder_agb": [a.agb[k] for k in wie],
                        "productcode": code,
                        "eenheid": np.where(minuut, "01", eenheid),
                        "tarief": np.where(minuut, t // 60, t),
                        "geldig_van": D(jaar, 1, 1),
                        "geldig_tot": D(jaar, 12, 31),
                    }
                )
            )
    return pl.concat(delen).select(
        pl.lit(GEMEENTE).alias("gemeentecode"),
        "wet",
        "aanbieder_agb",
        "productcode",
        "eenheid",
        euro("tarief"),
        "geldig_van",
        "geldig_tot",
        pl.lit(peildatum(inst)).alias("peildatum"),
    )


def make_contracten(inst: Instellingen, a: Aanbieders, realisatie: pl.DataFrame) -> pl.DataFrame:
    """contracten.csv: perceel, bekostiging and budgetplafond.

    ``realisatie`` has wetnaam, agb, jaar, specialisme, bedrag and bekend (cents): what was delivered in the
    year, and what was known before it.

    Open house contracts had no plafond; from 2021 on the larger ones have one, agreed on before the year:
    what was known then, indexed, with some room. Who grows faster ends above it, for the gemeente must see to
    care all the same: in most years a few do. VanHier is paid a lump sum per stadsdeel from 2023-01-01.
    """
    r = (
        realisatie.filter(pl.col("bedrag") > 0)
        .with_columns(
            index=pl.col("jaar").replace_strict({j: INDEX[j] / INDEX[j - 1] for j in jaren(inst)}),
            ruimte=RUIMTE[0] + pl.col("agb").str.slice(4).cast(pl.Int64) % RUIMTE[1],
        )
        .with_columns(
            plafond=pl.when(
                (pl.col("jaar") >= EERSTE_PLAFOND) & (pl.col("bekend") >= KLEINSTE_PLAFOND * inst.schaal)
            )
            .then(
                (pl.col("bekend") * pl.col("index") * pl.col("ruimte") / 100 / 100_000).round().cast(pl.Int64)
                * 100_000
            )
            .otherwise(None)
        )
    )
    basis = r.select(
        wet="wetnaam",
        aanbieder_agb="agb",
        jaar="jaar",
        perceel="specialisme",
        bekostiging="variant",
        plafond="plafond",
    )
    percelen = ["Centrum", "Noord", "Oost", "Schalkwijk", "Zuid-West"]
    vast = [
        {
            "wet": "Wmo",
            "aanbieder_agb": a.agb[a.vanhier[k % a.vanhier.size]],
            "jaar": j,
            "perceel": f"Gewoon in de Wijk {perceel}",
            "bekostiging": "taakgericht",
            "plafond": round(lumpsum_jaar(inst, j) * deel),
        }
        for j in jaren(inst)
        if j >= 2023
        for k, (perceel, deel) in enumerate(zip(percelen, (0.09, 0.30, 0.19, 0.28, 0.14), strict=True))
    ]
    df = pl.concat([basis, pl.DataFrame(vast, schema=basis.schema)]) if vast else basis
    return df.sort("jaar", "wet", "aanbieder_agb", "perceel").select(
        pl.lit(GEMEENTE).alias("gemeentecode"),
        "wet",
        "aanbieder_agb",
        "jaar",
        "perceel",
        "bekostiging",
        euro("plafond", "budgetplafond"),
        pl.lit(peildatum(inst)).alias("peildatum"),
    )
