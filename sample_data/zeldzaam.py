"""Rare faults: a handful of each rule that no other fault breaks, so that finding them can be measured.

Every fault sits on a toewijzing of its own that is clean otherwise, so that a line breaks exactly one rule.
They are declared from release 3.0 on, where all these rules exist.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data import toewijzingen as tw
from sample_data.instellingen import (
    NOOIT,
    SWITCH,
    VENSTER_MAANDEN,
    Aantallen,
    Instellingen,
    Vlaggen,
    begin_van,
    maand_van,
)
from sample_data.producten import PRODUCTEN
from sample_data.toewijzingen import Toewijzingen

# kind: retourcode, rule
ZELDZAAM: dict[str, tuple[str, str]] = {
    "andere categorie": ("9339", "TR339"),
    "andere eenheid": ("9341", "TR341"),
    "na einddatum": ("9308", "TR308"),
    "begin later": ("9387", "TR387"),
    "eind eerder": ("9388", "TR388"),
    "verwijderde toewijzing": ("9384", "TR384"),
    "boven totaal": ("9322", "TR322"),
    "boven budget": ("9369", "TR369"),
    "bedrag klopt niet": ("9346", "TR346"),
    "euro klopt niet": ("0001", "CS339"),
    "na declaratieperiode": ("9319", "TR319"),
    "vijf jaar oud": ("0001", "TR335"),
    "andere aanbieder": ("9338", "andere_aanbieder"),
    "tweede debet in bericht": ("0001", "TR416"),
    "credit zonder debet": ("8017", "TR323"),
    "credit met andere inhoud": ("8017", "TR323"),
    "credit in zelfde bericht": ("0001", "TR316"),
    "twee credits in bericht": ("0001", "TR315"),
    "dubbel gecrediteerd": ("9390", "TR390"),
}
AFGEKEURD_DEEL = 0.8  # of the dirty lines; the rest slips through and is for the declaratiecontrole to find
EEN_OP = 60_000  # one of each kind in so many lines, and at least four
GEWOON, CORRECTIE = 0, 1
_FREQ = np.array([p.frequentie for p in PRODUCTEN])
_HUISHOUDEN = np.array([p.categorie == "01" for p in PRODUCTEN])


@dataclass
class _Bak:
    """Clean debits to choose from; a toewijzing is used once."""

    df: pl.DataFrame
    rng: np.random.Generator
    aantal: int
    gebruikt: Vlaggen

    def choose(self, mag: pl.Expr | Vlaggen) -> pl.DataFrame:
        """At most ``aantal`` rows that may, each of another toewijzing that was not used before."""
        raak = self.df.select(mag).to_series().to_numpy() if isinstance(mag, pl.Expr) else mag
        rij = self.df["toewijzing"].to_numpy()
        k = np.flatnonzero(raak.astype(bool) & ~self.gebruikt[rij])
        k = self.rng.permutation(k)
        k = k[np.sort(np.unique(rij[k], return_index=True)[1])][: self.aantal]
        self.gebruikt[rij[k]] = True
        return self.df[np.sort(k)]


def make_zeldzaam(inst: Instellingen, alles: pl.DataFrame, t: Toewijzingen) -> pl.DataFrame:
    """Spoil or add a few lines of each kind; ``vuil`` names it."""
    rng = inst.rng(31)
    df = alles.with_row_index("_i").with_columns(pl.col("_i").cast(pl.Int64))
    echt = pl.col("rn").is_not_null() & (pl.col("dc") == "D")
    schoon = echt & pl.col("vuil").is_null() & (pl.col("kop") == "ok") & ~pl.col("verdubbeld")
    gecrediteerd = df["vorig"].drop_nulls().unique().sort()
    schoon &= ~pl.col("rn").is_in(gecrediteerd.implode())
    schoon &= (pl.col("dp") + 1 >= SWITCH) & (pl.col("dp") + 2 < inst.tot)
    df = df.with_columns(_schoon=schoon)
    vuil = df.filter(echt & ~pl.col("_schoon"))["toewijzing"].unique().to_numpy()
    basis = df.filter("_schoon")
    rij = basis["toewijzing"].to_numpy()
    bak = _Bak(basis, rng, max(4, alles.height // EEN_OP), np.zeros(t.nummer.size, dtype=bool))
    basis_t = {
        "_soort": t.soort[rij], "_eind": t.laatste_eind[rij], "_ingang": t.seg.begin[rij],
        "_freq": _FREQ[basis["product"].to_numpy()],
    }  # fmt: skip
    bak.df = basis.with_columns([pl.Series(k, v) for k, v in basis_t.items()])
    klaar = [*_over_totals(bak, t, vuil), *_spoil(inst, bak), *_add(bak, t), *_credits(inst, bak, df)]
    nieuw = pl.concat([x.select(df.columns) for x in klaar], how="vertical_relaxed")
    kans = pl.Series(rng.random(nieuw.height) < AFGEKEURD_DEEL)
    # a wrong credit is always refused: a credit that counts takes money back
    nieuw = nieuw.with_columns(
        fout=pl.col("vuil").is_not_null() & ((pl.col("dc") == "C") | kans), verdubbeld=pl.lit(False)
    )
    vervangen = nieuw["_i"].drop_nulls().implode()
    return pl.concat([df.filter(~pl.col("_i").is_in(vervangen)), nieuw]).sort(
        "_i", nulls_last=True, maintain_order=True
    ).drop("_i", "_schoon")  # fmt: skip


def _spoil(inst: Instellingen, bak: _Bak) -> list[pl.DataFrame]:
    """Faults inside a line that exists."""
    m = pl.col
    spec = m("_soort") == tw.SPECIFIEK
    heel = spec & (m("_freq") == 4) & (m("maand") >= SWITCH)
    anders = pl.when(m("wet") == 0).then(
        pl.when(m("cat") == "02").then(pl.lit("07")).otherwise(pl.lit("02"))
    ).otherwise(pl.when(m("cat") == "45").then(pl.lit("43")).otherwise(pl.lit("45")))  # fmt: skip
    uit = [
        _vuil(bak.choose(spec), "andere categorie", cat=anders),
        _vuil(bak.choose(spec & (m("eenheid") == "04")), "andere eenheid", eenheid=pl.lit("16")),
    ]
    slot = maand_van(np.minimum(bak.df["_eind"].to_numpy(), NOOIT - 400_000))
    na = bak.choose(
        (bak.df["_eind"].to_numpy() < NOOIT)
        & (slot == bak.df["maand"].to_numpy())
        & (slot % 12 < 11)
        & (slot >= SWITCH)
    )
    maand = na["maand"].to_numpy() + 1
    uit.append(
        _vuil(na, "na einddatum", maand=pl.Series(maand), begin=pl.Series(begin_van(maand)),
              eind=pl.Series(begin_van(maand + 1) - 1), dp=pl.max_horizontal("dp", pl.Series(maand)))
    )  # fmt: skip
    eerste = begin_van(bak.df["maand"].to_numpy())
    laatste = begin_van(bak.df["maand"].to_numpy() + 1) - 1
    vol = pl.Series((bak.df["begin"].to_numpy() == eerste) & (bak.df["eind"].to_numpy() == laatste))
    bak.df = bak.df.with_columns(_vol=vol)
    uit.append(_vuil(bak.choose(heel & m("_vol")), "begin later", begin=m("begin") + 5))
    uit.append(_vuil(bak.choose(heel & m("_vol")), "eind eerder", eind=m("eind") - 5))
    tarief = m("tarief").is_not_null()
    uit.append(_vuil(bak.choose(tarief), "bedrag klopt niet", bedrag=m("bedrag") + 100_00))
    uit.append(_vuil(bak.choose(spec & ~tarief), "euro klopt niet", bedrag=m("bedrag") + 100_00))
    # the same lines in every form; an extract does not tell the declaratieperiode
    in_bericht = (m("maand") > inst.tot - VENSTER_MAANDEN) & (m("maand") >= SWITCH)
    uit.append(_vuil(bak.choose(in_bericht), "na declaratieperiode", dp=m("maand") - 1))
    oud = (m("maand") >= SWITCH) & (m("maand") + 63 <= inst.tot)
    uit.append(_vuil(bak.choose(oud), "vijf jaar oud", dp=m("maand") + 62))
    wie = bak.choose(spec & ~tarief)
    ander = [_other(bak, int(w), int(a)) for w, a in wie.select("wet", "aanbieder").iter_rows()]
    uit.append(_vuil(wie, "andere aanbieder", aanbieder=pl.Series(ander, dtype=pl.Int64)))
    return uit


def _other(bak: _Bak, wet: int, aanbieder: int) -> int:
    """Another aanbieder of the same law."""
    keuze = bak.df.filter((pl.col("wet") == wet) & (pl.col("aanbieder") != aanbieder))["aanbieder"]
    return int(bak.rng.choice(keuze.unique().sort().to_numpy()))


def _over_totals(bak: _Bak, t: Toewijzingen, vuil: Aantallen) -> list[pl.DataFrame]:
    """The last line of a toewijzing brings the sum over its total or its budget."""
    vrij = bak.df.filter(~pl.col("toewijzing").is_in(pl.Series(vuil).implode()))
    huis = pl.Series(_HUISHOUDEN[vrij["product"].to_numpy()]) & (vrij["eenheid"] == "04")
    budget = vrij["_soort"].is_in([tw.BUDGET, tw.GENERIEK])
    uit: list[pl.DataFrame] = []
    for soort, deel in (("boven totaal", vrij.filter(huis)), ("boven budget", vrij.filter(budget))):
        klein = deel.filter((pl.col("_eind") < NOOIT) & pl.len().over("toewijzing").is_between(2, 40))
        klein = klein.sort("toewijzing", "dp", "rn")
        gevonden = 0
        for (rij,), groep in klein.group_by(["toewijzing"], maintain_order=True):
            k = int(rij)
            if gevonden == bak.aantal or groep["dp"][-1] == groep["dp"][-2]:
                continue
            v = int(t.seg.volume[k])
            begin, eind = int(t.seg.begin[k]), int(t.laatste_eind[k])
            som = groep["volume"].to_list()
            if soort == "boven totaal":
                totaal = ((eind + 3) // 7 - (begin + 3) // 7 + 1) * v
                som[-2:] = [6 * v, 6 * v]
                if sum(som[:-1]) > totaal or sum(som) <= totaal:
                    continue
            else:
                totaal = v * int(np.clip(np.ceil((eind - begin + 1) / 30.0), 1, 60))
                som[-1] = totaal - sum(som[:-1]) + 100_00
            gevonden += 1
            bak.gebruikt[k] = True
            namen = [None] * (groep.height - 1) + [soort]
            uit.append(
                groep.with_columns(
                    volume=pl.Series(som, dtype=pl.Int64), vuil=pl.Series(namen, dtype=pl.String)
                ).with_columns(bedrag=pl.col("volume") * pl.col("tarief").fill_null(1)).tail(2)
            )  # fmt: skip
    return uit


def _add(bak: _Bak, t: Toewijzingen) -> list[pl.DataFrame]:
    """Lines beside those that exist: on a deleted toewijzing, and twice in one message."""
    s = t.seg
    sleutel = list(zip(s.persoon, s.product, s.aanbieder, s.begin, strict=True))
    weg = {sleutel[k]: int(k) for k in np.flatnonzero(t.verwijderd)}
    dubbelganger = np.array([weg.get(k, -1) for k in sleutel])
    dubbelganger[t.verwijderd] = -1
    rij = bak.df["toewijzing"].to_numpy()
    op = bak.choose(dubbelganger[rij] >= 0)
    naar = dubbelganger[op["toewijzing"].to_numpy()]
    verwijderd = _vuil(
        op, "verwijderde toewijzing", toewijzing=pl.Series(naar), nummer=pl.Series(t.nummer[naar]),
        dp=pl.col("dp") + 1,
    )  # fmt: skip
    tweede = _vuil(bak.choose(pl.col("vorm") == GEWOON), "tweede debet in bericht")
    return [_new(verwijderd), _new(tweede)]


def _credits(inst: Instellingen, bak: _Bak, df: pl.DataFrame) -> list[pl.DataFrame]:
    """Credits that refer to nothing, to something else, to their own message, or for the second time."""
    vrij = pl.col("vorm") == GEWOON
    los = bak.choose(vrij)
    anders = bak.choose(vrij & (pl.col("volume") >= 2) & pl.col("tarief").is_not_null())
    zelf = bak.choose(vrij)
    paar = _credit(bak.choose(vrij), None).with_columns(dp=pl.col("dp") + 1, vorm=pl.lit(CORRECTIE, pl.Int64))
    eerder = df.filter(
        (pl.col("dc") == "C") & pl.col("vuil").is_null() & (pl.col("dp") + 1 >= SWITCH)
        & (pl.col("dp") + 2 < inst.tot)
    )  # fmt: skip
    k = np.sort(bak.rng.permutation(eerder.height)[: bak.aantal])
    nogmaals = eerder[k].with_columns(
        dp=pl.col("dp") + 1, vorm=pl.lit(GEWOON, pl.Int64), vuil=pl.lit("dubbel gecrediteerd")
    )
    uit = [
        _credit(los, "credit zonder debet").with_columns(
            vorig=pl.col("rn") + 800_000_000, dp=pl.col("dp") + 1
        ),
        _credit(anders, "credit met andere inhoud")
        .with_columns(volume=pl.col("volume") - 1, dp=pl.col("dp") + 1)
        .with_columns(bedrag=pl.col("volume") * pl.col("tarief")),
        _credit(zelf, "credit in zelfde bericht"),
        paar,
        paar.with_columns(vuil=pl.lit("twee credits in bericht")),
        nogmaals,
    ]
    return [_new(x) for x in uit]


def _credit(df: pl.DataFrame, vuil: str | None) -> pl.DataFrame:
    """A credit of each line."""
    return df.with_columns(dc=pl.lit("C"), vorig=pl.col("rn"), vuil=pl.lit(vuil, pl.String))


def _vuil(df: pl.DataFrame, naam: str, **kolommen: pl.Expr | pl.Series) -> pl.DataFrame:
    """The lines with some columns changed and the name of the fault."""
    return df.with_columns(**kolommen).with_columns(vuil=pl.lit(naam))


def _new(df: pl.DataFrame) -> pl.DataFrame:
    """As new lines, that get their own reference number later."""
    return df.with_columns(rn=pl.lit(None, pl.Int64), _i=pl.lit(None, pl.Int64))
