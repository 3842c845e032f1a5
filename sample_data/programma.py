"""Plans in volumes: the jaarprogrammering per product, and the volumes of 2015-2017 that it looks back on."""

from __future__ import annotations

import datetime as dt

import polars as pl

from sample_data.extracten import euro
from sample_data.grootboek import oud_cent
from sample_data.instellingen import GEMEENTE, Instellingen
from sample_data.producten import GEKANTELD, PRODUCTEN, TAAKGERICHT, ijking, interpoleer
from sample_data.referentie import jaren

D = dt.date


def make_volumes_jaar(inst: Instellingen) -> pl.DataFrame:
    """volumes_jaar.csv: clients, volume and euros per product for 2015-2017.

    Both sides of the kanteling are in it. The euros of a hoofdproduct are those of the ledger, shared out by
    volume and tariff, so that both tell the same year.
    """
    rijen: list[dict[str, object]] = []
    for jaar in (2015, 2016, 2017):
        for p in PRODUCTEN:
            stand = interpoleer(p.stand, jaar * 12 + 6) * ijking(p) * inst.schaal
            per_maand = sum(v * c for v, c in p.volume) * (365.25 / 84 if p.frequentie == 2 else 1)
            volume = stand * per_maand * 12 * p.uitnutting
            if p.eenheid == "83":
                volume = stand * p.tarief * (3 if p.eenmalig else 12)
            elif p.eenmalig:
                volume = stand * 3
            rijen.append(
                {
                    "gemeentecode": GEMEENTE,
                    "jaar": jaar,
                    "wet": p.wet,
                    "hoofdproduct": p.hoofdproduct,
                    "product": p.naam,
                    "zwaarte": p.zwaarte,
                    "clienten": max(1, round(stand * 1.45)),
                    "volume": round(volume),
                    "eenheid": p.eenheid,
                    "bedrag": round(volume * (1.0 if p.eenheid == "83" else p.tarief)),
                    "bron": "synthetisch",
                    "geboekt": oud_cent(inst, jaar, p.wet, p.hoofdproduct),
                }
            )
    regel = ["jaar", "wet", "hoofdproduct"]
    df = pl.DataFrame(rijen).with_columns(totaal=pl.col("bedrag").sum().over(regel))
    df = df.with_columns(bedrag=pl.col("bedrag") * pl.col("geboekt") // pl.col("totaal"))
    # what rounding down left goes to the first product of the line
    rest = pl.col("geboekt") - pl.col("bedrag").sum().over(regel)
    eerste = pl.int_range(pl.len()).over(regel) == 0
    df = df.with_columns(bedrag=pl.col("bedrag") + pl.when(eerste).then(rest).otherwise(0))
    in_euro = pl.col("eenheid") == "83"
    df = df.with_columns(volume=pl.when(in_euro).then("bedrag").otherwise("volume"))
    return df.drop("geboekt", "totaal").with_columns(euro("bedrag"))


def make_programmering(inst: Instellingen) -> pl.DataFrame:
    """programmering.csv.

    Per year and product what was meant (contacts, referrals, inflow, clients, duration, volume).
    """
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
            # a programme looks back: the stand of two years before with 2 % growth, so growth is always
            # underrated
            stand = interpoleer(p.stand, (jaar - 2) * 12 + 6) * 1.02 * ijking(p) * inst.schaal
            if p.code in GEKANTELD and jaar >= 2018:
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
