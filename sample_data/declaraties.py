"""From delivery to paper.

Declarations with their lag, dirty lines, rejections, resubmissions, credits and answers.

Lag (an assumption): 75-85 % of the lines is in within one month after the levermaand, 95 % within
three, 99 % within twelve; before 1 March the previous year is cleaned up. Care of December 2020 comes in a
month late: the chain moved to release 3.0 and the new system opened only after the switch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data.aanbieders import Aanbieders
from sample_data.instellingen import (
    SWITCH,
    VENSTER_MAANDEN,
    Aantallen,
    Instellingen,
    Vlaggen,
    begin_van,
    maand_van,
    maandbegin,
    werkdagen_later,
)
from sample_data.producten import GGZ_NIEUW, JEUGD, PRODUCTEN
from sample_data.toewijzingen import SPECIFIEK, Toewijzingen
from sample_data.zeldzaam import AFGEKEURD_DEEL, CORRECTIE, GEWOON, ZELDZAAM, make_zeldzaam

_WET = np.array([1 if p.wet == JEUGD else 0 for p in PRODUCTEN])
_FREQ = np.array([p.frequentie for p in PRODUCTEN])
_CODES = [p.code for p in PRODUCTEN]

# dirty kinds: rate per line, retourcode, rule
VUIL: dict[str, tuple[float, str, str]] = {
    "onbekend toewijzingnummer": (0.0009, "9338", "TR338"),
    "andere bsn": (0.0005, "8187", "TR304"),
    "buiten toewijzing": (0.004, "9307", "TR307"),
    "te veel volume": (0.0018, "9321", "TR321"),
    "ander tarief": (0.0024, "0611", "TR418"),
    "eigen productcode": (0.0005, "9340", "TR340"),
    "dubbele regel": (0.0018, "9389", "TR389"),
}
FOUTEN = {**{k: (code, regel) for k, (_, code, regel) in VUIL.items()}, **ZELDZAAM}
EIGEN_CODE = {0: "HLM01", 1: "HLJ01"}
OPNIEUW_DEEL = 0.88  # of the rejected lines is submitted again, corrected
CREDIT_DEEL = 0.009
VERKEERD_TOTAAL, DUBBEL_NUMMER = 0.005, 0.005  # of the messages
HERHALING = 2


@dataclass
class Declaraties:
    """Lines (a row a prestatie as submitted) and the messages that carried them, up to the end of the run."""

    regels: pl.DataFrame
    berichten: pl.DataFrame


def _lag(inst: Instellingen, rng: np.random.Generator, maand: Aantallen, traag: Aantallen) -> Aantallen:
    """Declaratieperiode per line: the levermaand itself or a later one."""
    n = maand.size
    laat = rng.random(n) < traag
    klasse = np.searchsorted(np.array([0.52, 0.78, 0.94]), rng.random(n))
    stap = np.select(
        [klasse == 0, klasse == 1, klasse == 2],
        [np.ones(n, np.int64), np.full(n, 2), 3 + rng.integers(0, 9, n)],
        12 + rng.integers(0, 18, n),
    )
    dp = maand + np.where(laat, stap, 0)
    # year-end: half of what would come after March of the next year comes in February or March
    maart = (maand // 12 + 1) * 12 + 2
    jaareinde = (dp + 1 > maart) & (rng.random(n) < 0.5)
    dp = np.where(jaareinde, maart - 1 - rng.integers(0, 2, n), dp)
    dp = np.maximum(dp, maand)
    return np.where((maand < SWITCH) & (dp + 1 >= SWITCH), np.maximum(dp, SWITCH), dp)


def make_declaraties(
    inst: Instellingen, regels: pl.DataFrame, t: Toewijzingen, aanb: Aanbieders
) -> Declaraties:
    """Everything that was declared and answered up to the last day of the run."""
    rng = inst.rng(10)
    rij = regels["toewijzing"].to_numpy()
    product = regels["product"].to_numpy()
    maand = regels["maand"].to_numpy()
    wie = t.seg.aanbieder[rij]
    n = regels.height
    codes = np.array([*_CODES, GGZ_NIEUW])
    code = np.where(t.seg.nieuwe_code[rij] & (product == t.seg.product[rij]), len(_CODES), product)
    basis = regels.with_columns(
        pl.Series("rn", np.arange(n)),
        pl.lit(None, dtype=pl.Int64).alias("vorig"),
        pl.Series("wet", _WET[product]),
        pl.Series("aanbieder", wie),
        pl.Series("persoon", t.seg.persoon[rij]),
        pl.Series("nummer", t.nummer[rij]),
        pl.Series("code", codes[code]),
        pl.Series("cat", codes[code]).str.slice(0, 2),
        pl.Series("dp", _lag(inst, rng, maand, aanb.traag[wie])),
        pl.lit(GEWOON, dtype=pl.Int64).alias("vorm"),
        pl.lit("D").alias("dc"),
        pl.lit(None, dtype=pl.String).alias("vuil"),
        pl.lit(False).alias("fout"),
    )
    basis, herhaald = _reject_messages(inst, rng, basis)
    basis, extra = _make_dirty(inst, rng, basis, t)
    credits = _make_credits(rng, basis)
    alles = pl.concat([basis, herhaald, extra, credits], how="diagonal_relaxed")
    alles = make_zeldzaam(inst, alles, t)
    alles = alles.with_columns(rn=pl.coalesce("rn", pl.lit(-1))).drop("verdubbeld")
    # new lines get their reference numbers after the existing ones, in order of appearance
    alles = alles.with_columns(
        rn=pl.when(pl.col("rn") < 0).then(n + (pl.col("rn") < 0).cum_sum() - 1).otherwise("rn")
    ).filter(pl.col("dp") + 1 <= inst.tot)
    return _make_messages(inst, rng, alles, aanb)


def _reject_messages(
    inst: Instellingen, rng: np.random.Generator, basis: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Whole messages refused (wrong total, number used before).

    Their lines come again in a repeat message.
    """
    sleutel = ["wet", "aanbieder", "dp"]
    groepen = basis.select(sleutel).unique(maintain_order=True).sort(sleutel)
    u = rng.random(groepen.height)
    kop = np.where(u < VERKEERD_TOTAAL, "0001", np.where(u < VERKEERD_TOTAAL + DUBBEL_NUMMER, "9333", "ok"))
    # a wrong total shows in messages alone: at least one lies among those of the last months
    dp = groepen["dp"].to_numpy()
    recent = np.flatnonzero((dp + 1 > inst.tot - VENSTER_MAANDEN) & (dp + 1 < inst.tot))
    if recent.size and not (kop[recent] == "0001").any():
        kop[recent[recent.size // 2]] = "0001"
    basis = basis.join(
        groepen.with_columns(pl.Series("kop", kop)), on=sleutel, how="left", maintain_order="left"
    )
    herhaald = basis.filter(pl.col("kop") != "ok").with_columns(
        rn=pl.lit(None, dtype=pl.Int64), vorm=pl.lit(HERHALING, dtype=pl.Int64), kop=pl.lit("ok")
    )
    return basis, herhaald


def _make_dirty(
    inst: Instellingen, rng: np.random.Generator, df: pl.DataFrame, t: Toewijzingen
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Spoil a known share of the lines; rejected ones are submitted again as they should have been."""
    n = df.height
    rij, product, maand = (df[k].to_numpy() for k in ("toewijzing", "product", "maand"))
    u = rng.random(n)
    namen = list(VUIL)
    grens = np.cumsum([VUIL[k][0] for k in namen])
    soort = np.searchsorted(grens, u, side="right")
    goed = (df["kop"] == "ok").to_numpy()
    week = (_FREQ[product] == 2) & (t.soort[rij] == SPECIFIEK)
    ingang = maand_van(t.seg.begin[rij])
    soort = np.where(~goed, len(namen), soort)
    is_ = {k: soort == i for i, k in enumerate(namen)}
    is_["te veel volume"] &= week
    is_["ander tarief"] &= df["tarief"].is_not_null().to_numpy()
    # moved to the month before the toewijzing: one line of each, within the year whose tariff it carries
    is_["buiten toewijzing"] &= (ingang - 1 >= inst.van) & ((ingang - 1) // 12 == maand // 12)
    is_["buiten toewijzing"] &= _first_of(rij, is_["buiten toewijzing"])
    is_["eigen productcode"] &= t.soort[rij] == SPECIFIEK
    ander = rng.permutation(n)
    persoon = df["persoon"].to_numpy()
    is_["andere bsn"] &= persoon[ander] != persoon
    vuil = np.select([is_[k] for k in namen], namen, "")
    schoon = df
    nieuw_volume = 6 * t.seg.volume[rij] + 5 + rng.integers(0, 6, n)
    factor = np.where(df["eenheid"].to_numpy() == "01", 60, 1)
    b_in, vorige = t.seg.begin[rij], ingang - 1
    afgekeurd = rng.random(n) < AFGEKEURD_DEEL
    df = df.with_columns(
        vuil=pl.Series("vuil", vuil).replace("", None),
        _nv=pl.Series(nieuw_volume * factor),
        _b=pl.Series(begin_van(vorige)),
        _e=pl.Series(np.minimum(begin_van(vorige + 1) - 1, b_in - 1)),
        _m=pl.Series(vorige),
        _p=pl.Series(persoon[ander]),
    )
    v = pl.col("vuil")
    echt = v.is_not_null() & (v != "dubbele regel")
    df = df.with_columns(
        nummer=pl.when(v == "onbekend toewijzingnummer").then(900_000_000 + pl.col("rn")).otherwise("nummer"),
        persoon=pl.when(v == "andere bsn").then("_p").otherwise("persoon"),
        begin=pl.when(v == "buiten toewijzing").then("_b").otherwise("begin"),
        eind=pl.when(v == "buiten toewijzing").then("_e").otherwise("eind"),
        maand=pl.when(v == "buiten toewijzing").then("_m").otherwise("maand"),
        volume=pl.when(v == "te veel volume").then("_nv").otherwise("volume"),
        tarief=pl.when(v == "ander tarief").then((pl.col("tarief") * 107) // 100 + 1).otherwise("tarief"),
        code=pl.when(v == "eigen productcode")
        .then(pl.col("wet").replace_strict(EIGEN_CODE, return_dtype=pl.String))
        .otherwise("code"),
        fout=echt & pl.Series(afgekeurd),
    ).with_columns(
        bedrag=pl.when(echt & pl.col("tarief").is_not_null())
        .then(pl.col("volume") * pl.col("tarief"))
        .otherwise("bedrag")
    )
    # the line that is doubled stays clean; its double comes one or two periods later
    dubbel_raak = is_["dubbele regel"]
    dubbel = schoon.filter(pl.Series(dubbel_raak)).with_columns(
        rn=pl.lit(None, dtype=pl.Int64),
        vuil=pl.lit("dubbele regel"),
        dp=pl.col("dp") + 1,
        vorm=pl.lit(GEWOON, dtype=pl.Int64),
        fout=pl.Series(afgekeurd[dubbel_raak]),
        kop=pl.lit("ok"),
    )
    opnieuw_raak = (df["fout"].to_numpy()) & (rng.random(n) < OPNIEUW_DEEL)
    opnieuw = schoon.filter(pl.Series(opnieuw_raak)).with_columns(
        rn=pl.lit(None, dtype=pl.Int64),
        dp=pl.col("dp") + 1 + pl.Series(rng.integers(0, 2, int(opnieuw_raak.sum()))),
        kop=pl.lit("ok"),
    )
    df = df.with_columns(
        vuil=pl.when(v == "dubbele regel").then(None).otherwise(v), verdubbeld=pl.Series(dubbel_raak)
    )
    weg = [k for k in df.columns if k.startswith("_")]
    return df.drop(weg), pl.concat([dubbel, opnieuw], how="diagonal_relaxed")


def _first_of(rij: Aantallen, raak: Vlaggen) -> Vlaggen:
    """True for the first chosen line of each toewijzing."""
    k = np.flatnonzero(raak)
    uit = np.zeros(raak.size, dtype=bool)
    uit[k[np.unique(rij[k], return_index=True)[1]]] = True
    return uit


def _make_credits(rng: np.random.Generator, df: pl.DataFrame) -> pl.DataFrame:
    """Credit some approved debits later, most of them with a corrected debit in the same message."""
    # a doubled line keeps its double: a credit of one of the two would make the other right
    kan = df.filter(pl.col("vuil").is_null() & (pl.col("kop") == "ok") & ~pl.col("verdubbeld"))
    kan = kan.filter(pl.Series(rng.random(kan.height) < CREDIT_DEEL))
    n = kan.height
    kan = kan.with_columns(
        dp=pl.col("dp") + 1 + pl.Series(rng.integers(0, 5, n)),
        vorm=pl.Series(np.where(rng.random(n) < 0.35, CORRECTIE, GEWOON)),
        vorig=pl.col("rn"),
        _nieuw=pl.Series(rng.random(n) < 0.75),
        _stap=pl.Series(np.where(rng.random(n) < 0.7, -1, 1)),
    )
    credit = kan.with_columns(rn=pl.lit(None, dtype=pl.Int64), dc=pl.lit("C"))
    debet = (
        kan.filter(pl.col("_nieuw") & pl.col("tarief").is_not_null() & (pl.col("volume") >= 2))
        .with_columns(
            rn=pl.lit(None, dtype=pl.Int64), vorig=pl.lit(None, dtype=pl.Int64), volume=pl.col("volume") - 1
        )
        .with_columns(bedrag=pl.col("volume") * pl.col("tarief"))
    )
    return pl.concat([credit, debet], how="diagonal_relaxed").drop("_nieuw", "_stap")


def _make_messages(
    inst: Instellingen, rng: np.random.Generator, df: pl.DataFrame, aanb: Aanbieders
) -> Declaraties:
    """Group lines into messages.

    One per aanbieder x wet x declaratieperiode, plus corrections and repeats.
    """
    # a line never lands in a refused message by way of a credit or a resubmission: it moves to a correction
    # message
    sleutel = ["wet", "aanbieder", "dp"]
    slecht = (
        df.filter((pl.col("kop") != "ok") & (pl.col("vorm") == GEWOON))
        .select(sleutel, slecht="kop")
        .unique(maintain_order=True)
    )
    df = df.join(slecht, on=sleutel, how="left", maintain_order="left").with_columns(
        vorm=pl.when((pl.col("vorm") == GEWOON) & (pl.col("kop") == "ok") & pl.col("slecht").is_not_null())
        .then(CORRECTIE)
        .otherwise("vorm")
    )
    sleutel = [*sleutel, "vorm"]
    b = (
        df.group_by(sleutel, maintain_order=True)
        .agg(
            kop=pl.col("kop").first(),
            totaal=pl.when(pl.col("dc") == "D").then("bedrag").otherwise(-pl.col("bedrag")).sum(),
            toegekend=pl.when(~pl.col("fout"))
            .then(pl.when(pl.col("dc") == "D").then("bedrag").otherwise(-pl.col("bedrag")))
            .otherwise(0)
            .sum(),
            regels=pl.len(),
        )
        .sort(sleutel)
    )
    n = b.height
    wie, dp, vorm = (b[k].to_numpy() for k in ("aanbieder", "dp", "vorm"))
    op = begin_van(dp + 1) + np.select(
        [vorm == GEWOON, vorm == CORRECTIE],
        [aanb.dag[wie] - 1 + rng.integers(0, 3, n), 20 + rng.integers(0, 6, n)],
        24 + rng.integers(0, 3, n),
    )
    op = werkdagen_later(op, np.zeros(n, dtype=np.int64))
    antwoord = werkdagen_later(op, rng.integers(3, 11, n))
    nieuw = maandbegin(SWITCH)  # the last 304 went out on 31-12-2020
    antwoord = np.where((op < nieuw) & (antwoord >= nieuw), nieuw - 1, antwoord)
    b = b.with_columns(ontvangen=pl.Series(op), antwoord=pl.Series(antwoord)).filter(
        pl.col("ontvangen") <= inst.tot_dag
    )
    b = b.sort("ontvangen", *sleutel).with_row_index("bericht").with_columns(pl.col("bericht").cast(pl.Int64))
    b = _number(b)
    df = df.join(
        b.select(*sleutel, "bericht", "ontvangen", "antwoord", bkop="kop"),
        on=sleutel,
        how="inner",
        maintain_order="left",
    )
    df = df.with_columns(
        beantwoord=pl.col("antwoord") <= inst.tot_dag,
        afgekeurd=pl.col("fout") | (pl.col("bkop") != "ok"),
        retourcode=pl.when("fout")
        .then(pl.col("vuil").replace_strict({k: c for k, (c, _) in FOUTEN.items()}, default=None))
        .otherwise(None),
    )
    orde = {"D": 1, "C": 0}
    df = df.sort("bericht", "persoon", pl.col("dc").replace_strict(orde), "rn")
    df = df.with_columns(regel=pl.int_range(pl.len()).over("bericht") + 1).drop(
        "slecht", "kop", "bkop", "fout"
    )
    return Declaraties(df, b)


def _number(b: pl.DataFrame) -> pl.DataFrame:
    """DeclaratieNummer and BerichtIdentificatie.

    A 9333 message carries the number of the aanbieder's previous one.
    """
    nr = pl.col("bericht").cast(pl.String).str.zfill(8)
    b = b.with_columns(
        declaratienummer=pl.concat_str(pl.lit("D"), nr), identificatie=pl.concat_str(pl.lit("B"), nr)
    )
    # the number of a message that was really received: what was refused as 0001 may be used again
    echt = pl.when(pl.col("kop") == "ok").then("declaratienummer")
    vorig = echt.forward_fill().shift(1).over("wet", "aanbieder", order_by="bericht")
    b = b.with_columns(vorig_nummer=vorig)
    # the first message of an aanbieder cannot repeat a number, and in 2.3 the number is the identity of the
    # message (the second would not count at all): there the fault is a wrong total
    b = b.with_columns(
        kop=pl.when(
            (pl.col("kop") == "9333") & (pl.col("vorig_nummer").is_null() | (pl.col("dp") + 1 < SWITCH))
        )
        .then(pl.lit("0001"))
        .otherwise("kop")
    )
    return b.with_columns(
        declaratienummer=pl.when(pl.col("kop") == "9333").then("vorig_nummer").otherwise("declaratienummer"),
        koptotaal=pl.when(pl.col("kop") == "0001").then(pl.col("totaal") + 1).otherwise("totaal"),
        toegekend=pl.when(pl.col("kop") == "ok").then("toegekend").otherwise(0),
    ).drop("vorig_nummer")


def signed(kolom: str = "bedrag") -> pl.Expr:
    """Signed measure: D plus, C minus."""
    return pl.when(pl.col("dc") == "D").then(pl.col(kolom)).otherwise(-pl.col(kolom))


def is_bericht(inst: Instellingen, dag: Aantallen) -> Vlaggen:
    """True where something received on ``dag`` is delivered as a message."""
    return np.asarray(maand_van(dag) >= inst.berichten_van)
