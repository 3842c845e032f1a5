"""Delivery per month.

What of each toewijzing is really given, in whole units and within the monthly maximum of the standard
(rules IV076 to IV078).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data import patronen
from sample_data import toewijzingen as tw
from sample_data.aanbieders import EERSTE_JAAR, Aanbieders
from sample_data.instellingen import NOOIT, Aantallen, Instellingen, begin_van, maand_van
from sample_data.producten import ASPECIFIEK, HO, NUMMER, PRODUCTEN
from sample_data.toewijzingen import Toewijzingen

_FREQ = np.array([p.frequentie for p in PRODUCTEN])
_EENMALIG = np.array([p.eenmalig for p in PRODUCTEN])
_EURO = np.array([p.eenheid == "83" for p in PRODUCTEN])
_HUISHOUDEN = np.array([p.categorie == "01" for p in PRODUCTEN])
_OUTPUT = np.array([p.variant == "outputgericht" for p in PRODUCTEN])
_UITNUT = np.array([p.uitnutting for p in PRODUCTEN])
_PATROON = [(p.patroon, p.hoofdproduct if p.hoofdproduct == HO else "") for p in PRODUCTEN]
_VORMEN = sorted(set(_PATROON))
_VORM = np.array([_VORMEN.index(v) for v in _PATROON])
_VAST = np.array([p.patroon in ("vast", "etmaal") for p in PRODUCTEN])
_RITTEN = np.array([p.patroon == "ritten" for p in PRODUCTEN])


def make_onderbrekingen(inst: Instellingen, t: Toewijzingen) -> tuple[Aantallen, Aantallen]:
    """First and last day of a temporary stop (code 20) for 2 % of the toewijzingen, else NOOIT."""
    rng = inst.rng(6)
    n = t.nummer.size
    duur = t.seg.eind - t.zorg_begin
    raak = (rng.random(n) < 0.02) & (duur > 240) & ~_EENMALIG[t.seg.product] & ~t.verwijderd
    van = t.zorg_begin + 60 + (rng.random(n) * np.maximum(duur - 200, 1)).astype(np.int64)
    tot = van + rng.integers(28, 110, n)
    return np.where(raak, van, NOOIT), np.where(raak, tot, NOOIT)


def make_regels(
    inst: Instellingen,
    t: Toewijzingen,
    aanb: Aanbieders,
    tarieven: Aantallen,
    pauze: tuple[Aantallen, Aantallen],
) -> pl.DataFrame:
    """One debit line per toewijzing x month (x code), as it should be declared.

    Columns: toewijzing (row number), maand, begin, eind (dagen), product, volume, eenheid (01 or the
    product's own), tarief (cents; null for euro's), bedrag (cents).
    """
    rng = inst.rng(7)
    s = t.seg
    n = s.begin.size
    eerste = np.maximum(maand_van(t.zorg_begin), inst.van)
    laatste = np.minimum(maand_van(np.minimum(s.eind, inst.tot_dag)), inst.tot)
    aantal = np.where(t.verwijderd, 0, np.maximum(0, laatste - eerste + 1))
    eenmalig = _EENMALIG[s.product]
    levering = maand_van(
        np.minimum(t.zorg_begin + 20, s.eind)
    )  # one-off: delivered once, soon after the decision
    aantal = np.where(eenmalig, ((levering >= inst.van) & (levering <= inst.tot)) & ~t.verwijderd, aantal)
    eerste = np.where(eenmalig, levering, eerste)
    rij = np.repeat(np.arange(n), aantal)
    maand = eerste[rij] + np.arange(rij.size) - np.repeat(np.cumsum(aantal) - aantal, aantal)
    m0 = begin_van(maand)
    m1 = begin_van(maand + 1) - 1
    product = s.product[rij]
    begin = np.maximum(m0, s.begin[rij])
    eind = np.minimum(m1, t.laatste_eind[rij])
    # days of care inside the line: from the real start to the real end, without a temporary stop
    van, tot = np.maximum(begin, t.zorg_begin[rij]), np.minimum(eind, s.eind[rij])
    p0, p1 = np.maximum(van, pauze[0][rij]), np.minimum(tot, pauze[1][rij])
    dagen = np.maximum(0, tot - van + 1) - np.maximum(0, p1 - p0 + 1)
    volume = s.volume[rij]
    freq = _FREQ[product]
    verwacht = np.where(
        freq == 2, volume * dagen / 7, np.where(freq == 4, volume * (dagen / (m1 - m0 + 1)), volume)
    )
    eigen = np.clip(rng.normal(1.0, 0.10, n), 0.45, 1.12)  # how a client uses what is toegewezen
    u = _UITNUT[product] * np.where(_VAST[product], 1.0, eigen[rij] * aanb.uitnutting[s.aanbieder[rij]])
    f = np.ones(rij.size)
    for i, (vorm, hoofd) in enumerate(_VORMEN):
        k = np.flatnonzero(_VORM[product] == i)
        if k.size:
            f[k] = patronen.factor(vorm, maand[k], hoofd)
    ruis = np.where(_VAST[product], 1.0, rng.gamma(36, 1 / 36, rij.size))
    thuis = np.where(
        _RITTEN[product] & (rng.random(rij.size) < 0.34), 0.0, 1.0
    )  # not everybody travels each month
    geleverd = verwacht * np.where(_VAST[product], u, np.minimum(u * f * ruis, 1.08)) * thuis
    geleverd = np.floor(geleverd + rng.random(rij.size) * ~_EURO[product])
    heel = (
        (freq == 4) & _VAST[product] & ~_EURO[product]
    )  # rental and month tariffs: a broken month counts in full
    geleverd = np.where(heel, np.where(dagen > 0, volume, 0), geleverd)
    geleverd = np.where(eenmalig[rij], volume, geleverd)
    geleverd = np.where(_EURO[product] & (freq == 4), np.rint(verwacht / 100) * 100, geleverd)
    df = pl.DataFrame(
        {
            "toewijzing": rij,
            "maand": maand,
            "begin": begin,
            "eind": eind,
            "product": product,
            "volume": geleverd.astype(np.int64),
            "uren": verwacht,
        }
    )
    df = _cap(df, t)
    df = df.filter((pl.col("volume") > 0) & (pl.col("eind") >= pl.col("begin")))
    df = _split_aspecifiek(inst, df, t)
    return _price(inst, df, t, aanb, tarieven)


def _cap(df: pl.DataFrame, t: Toewijzingen) -> pl.DataFrame:
    """Keep lines within the monthly cap, and their sum within weeks since ingangsdatum x volume.

    The cap is weeks touched x volume; outputgericht it is Sundays x volume, plus one week where the last
    Sunday of a toewijzing lies that does not end on one.
    """
    s = t.seg
    rij = df["toewijzing"].to_numpy()
    product = df["product"].to_numpy()
    v = s.volume[rij]
    week = (_FREQ[product] == 2) & (t.soort[rij] == tw.SPECIFIEK)
    begin, eind = df["begin"].to_numpy(), df["eind"].to_numpy()
    weken = (eind + 3) // 7 - (begin + 3) // 7 + 1  # ISO weeks touched: 1-1-1970 was a Thursday
    slot = t.laatste_eind[rij]
    laatste_zondag = 7 * ((slot + 3) // 7) - 4  # of the week before the one in which the toewijzing ends
    extra = (slot < NOOIT) & ((slot + 4) // 7 == (slot + 3) // 7) & (laatste_zondag <= eind)
    extra &= (laatste_zondag >= begin) | (laatste_zondag < s.begin[rij])
    zondagen = (eind + 4) // 7 - (begin + 3) // 7 + extra
    grens = np.where(_HUISHOUDEN[product], 6 * v, np.where(_OUTPUT[product], zondagen, weken) * v)
    per_maand = (_FREQ[product] == 4) & (t.soort[rij] == tw.SPECIFIEK)
    grens = np.where(week, grens, np.where(per_maand, v, np.int64(10**12)))
    ruim = np.minimum(df["volume"].to_numpy(), grens)
    mag = np.where(week, ((eind - s.begin[rij] + 1) * v) // 7, np.int64(10**12))
    return (
        df.with_columns(pl.Series("r", ruim), pl.Series("mag", mag))
        .with_columns(R=pl.col("r").cum_sum().over("toewijzing"))
        .with_columns(ruimte=(pl.col("mag") - pl.col("R")).cum_min().over("toewijzing"))
        .with_columns(cumul=pl.col("R") + pl.min_horizontal(pl.col("ruimte"), pl.lit(0)))
        .with_columns(volume=pl.col("cumul") - pl.col("cumul").shift(1, fill_value=0).over("toewijzing"))
        .drop("r", "mag", "R", "ruimte", "cumul")
    )


def _split_aspecifiek(inst: Instellingen, df: pl.DataFrame, t: Toewijzingen) -> pl.DataFrame:
    """On aspecific toewijzingen part of the months has a second line with the other code."""
    rng = inst.rng(8)
    vrij = t.soort[df["toewijzing"].to_numpy()] == tw.ASPECIFIEK
    tweede = vrij & (rng.random(df.height) < 0.35) & (df["volume"].to_numpy() >= 2)
    ander = np.where(
        df["product"].to_numpy() == NUMMER[ASPECIFIEK[0]], NUMMER[ASPECIFIEK[1]], NUMMER[ASPECIFIEK[0]]
    )
    half = pl.col("volume") // 2
    df = df.with_columns(pl.Series("t2", tweede), pl.Series("ander", ander))
    extra = df.filter("t2").with_columns(volume=half, product=pl.col("ander"))
    df = df.with_columns(volume=pl.when("t2").then(pl.col("volume") - half).otherwise("volume"))
    return pl.concat([df, extra]).drop("t2", "ander").sort("toewijzing", "maand", "product")


def _price(
    inst: Instellingen, df: pl.DataFrame, t: Toewijzingen, aanb: Aanbieders, tarieven: Aantallen
) -> pl.DataFrame:
    """Contract tariff of the levermaand; amount = volume x tariff, for euro's amount = volume."""
    rng = inst.rng(9)
    rij, product = df["toewijzing"].to_numpy(), df["product"].to_numpy()
    wie = t.seg.aanbieder[rij]
    tarief = tarieven[wie, product, df["maand"].to_numpy() // 12 - EERSTE_JAAR]
    euro = _EURO[product]
    minuut = (wie == aanb.minuten) & (t.soort[rij] == tw.SPECIFIEK)
    minuut &= np.array([p.eenheid == "04" for p in PRODUCTEN])[product]
    volume = df["volume"].to_numpy()
    volume = np.where(minuut, volume * 60 - rng.integers(0, 12, df.height) * 5, volume)
    tarief = np.where(minuut, tarief // 60, tarief)
    eenheid = np.array([p.eenheid for p in PRODUCTEN])[product]
    oud_stuk = (eenheid == "84") & (df["maand"].to_numpy() < 2021 * 12)  # unit 84 exists since release 3.0
    eenheid = np.where(minuut, "01", np.where(oud_stuk, "82", eenheid))
    bedrag = np.where(euro, volume, volume * tarief)
    return df.with_columns(
        pl.Series("volume", volume),
        pl.Series("eenheid", eenheid),
        pl.Series("tarief", np.where(euro, 0, tarief)).replace(0, None),
        pl.Series("bedrag", bedrag),
    )
