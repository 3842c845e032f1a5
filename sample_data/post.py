"""The post of the message window: which message goes out or comes in, in which month's zip.

Texts are made a month at a time, because all messages of the whole city together would not fit in memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data.berichten.declaratie import write_323, write_325
from sample_data.berichten.factuur import write_303, write_304
from sample_data.berichten.regie import write_regie
from sample_data.berichten.toewijzing import write_301
from sample_data.berichtfouten import put_in_envelopes, spoil_messages
from sample_data.instellingen import Instellingen, maand_van, maandbegin, schrijf_maand
from sample_data.papier import RELEASE_3, Papier
from sample_data.personen import adres_op
from sample_data.regiefouten import make_deletions, make_startfouten, tell_again

LEEG = pl.DataFrame(schema={"zip": pl.String, "naam": pl.String, "xml": pl.String})
PERSOON = ["persoon", "geboren", "geslacht", "achternaam", "voorvoegsel", "voorletters", "huishouden"]
SLEUTEL = ["wet", "persoon", "aanbieder"]
BUITEN_VOLGORDE = 0.006  # of the 301: sent with the old moment inside, received nine days later
DUBBEL_MAAND = 3  # every third month one file comes twice, byte for byte
ANDERE_INHOUD_MAAND = 2  # every second month one 323 comes again under the same identity with a line less


@dataclass
class Post:
    """Frames of everything that is sent or received as a message."""

    inst: Instellingen
    koppen301: pl.DataFrame
    stand301: pl.DataFrame
    starts: pl.DataFrame
    stops: pl.DataFrame
    heen: pl.DataFrame
    terug: pl.DataFrame
    regels: pl.DataFrame
    bijzonder: list[dict[str, object]]
    enveloppen: dict[str, dt.date]

    def seal(self, maand: pl.DataFrame) -> pl.DataFrame:
        """Files of a month as they lie in the zip: a few of them in an envelope."""
        return put_in_envelopes(maand, self.enveloppen)

    def maanden(self) -> Iterator[pl.DataFrame]:
        """Files (zip, naam, xml) per month of receipt, oldest first."""
        vorige: pl.DataFrame | None = None
        for m in range(self.inst.berichten_van, self.inst.tot + 1):
            df = self._maand(m)
            if vorige is not None and m % DUBBEL_MAAND == 0 and m != RELEASE_3:
                df = self._herhaal(df, vorige, m)
            vorige = df.head(1)
            yield df

    def _maand(self, m: int) -> pl.DataFrame:
        def van(df: pl.DataFrame, kolom: str = "zipmaand") -> pl.DataFrame:
            return df.filter(pl.col(kolom) == m).with_columns(zip=pl.lit(schrijf_maand(m)))

        uit = [LEEG]
        for wet in (0, 1):
            for release in ("2.3", "3.2"):
                oud = release == "2.3"
                if oud and m >= RELEASE_3 and m > self.inst.van:
                    continue
                hier = (pl.col("wet") == wet) & ((pl.col("ontvangen_maand") < RELEASE_3) == oud)
                k = van(self.koppen301.filter(hier))
                if k.height:
                    uit.append(write_301(wet, release, _van(self.stand301, k), k))
                for nummer, df in ((305, self.starts), (307, self.stops)):
                    k = van(df.filter(hier))
                    if k.height:
                        uit.append(write_regie(wet, nummer, release, k))
                k = van(self.heen.filter(hier))
                if k.height:
                    uit.append((write_303 if oud else write_323)(wet, _van(self.regels, k), k))
                k = van(self.terug.filter(hier), "antwoord_maand")
                if k.height:
                    af = _van(self.regels, k.filter(pl.col("kop") == "ok")).filter(
                        pl.col("retourcode").is_not_null()
                    )
                    uit.append((write_304 if oud else write_325)(wet, af, k))
        df = pl.concat(uit)
        return (
            pl.concat([df, self._andere_inhoud(m)]) if m % ANDERE_INHOUD_MAAND == 0 and m >= RELEASE_3 else df
        )

    def _herhaal(self, df: pl.DataFrame, vorige: pl.DataFrame, m: int) -> pl.DataFrame:
        """Last month's first file once more, the same bytes under another name."""
        nog = vorige.with_columns(
            zip=pl.lit(schrijf_maand(m)), naam=pl.concat_str(pl.lit("nogmaals_"), pl.col("naam"))
        )
        self.bijzonder.append(
            {"soort": "zelfde bestand nogmaals", "zip": schrijf_maand(m), "bestand": nog["naam"][0]}
        )
        return pl.concat([df, nog])

    def _andere_inhoud(self, m: int) -> pl.DataFrame:
        """One 323 again under the same BerichtIdentificatie, without its last line.

        Only the first received counts.
        """
        kan = self.heen.filter(
            (pl.col("zipmaand") == m)
            & (pl.col("kop") == "ok")
            & (pl.col("vorm") == 0)
            & (pl.col("regels") >= 2)
        ).sort("bericht")
        if kan.height == 0:
            return LEEG
        k = kan.head(1)
        laatste = maandbegin(m + 1) - 1
        regels = _van(self.regels, k)
        regels = regels.head(regels.height - 1)
        k = k.with_columns(
            koptotaal=pl.lit(int(regels["bedrag_getekend"].sum())),
            ontvangen=pl.lit(laatste, dtype=pl.Int32).cast(pl.Date),
            dagtekening=pl.lit(laatste, dtype=pl.Int32).cast(pl.Date),
            zip=pl.lit(schrijf_maand(m)),
        )
        uit = write_323(int(k["wet"][0]), regels, k)
        uit = uit.with_columns(naam=pl.col("naam").str.replace(".xml", "_2.xml", literal=True))
        self.bijzonder.append({
            "soort": "zelfde identiteit, andere inhoud", "regel": "TR056", "retourcode": "9056",
            "wet": "Jeugdwet" if k["wet"][0] else "Wmo", "aanbieder": k["agb"][0],
            "bericht": k["identificatie"][0],
            "zip": schrijf_maand(m), "bestand": uit["naam"][0], "regels": regels.height,
            "bedrag_cent": int(regels["bedrag_getekend"].sum()),
        })  # fmt: skip
        return uit


def _van(df: pl.DataFrame, koppen: pl.DataFrame) -> pl.DataFrame:
    return df.join(koppen.select("bericht"), on="bericht", how="semi", maintain_order="left")


def make_post(inst: Instellingen, papier: Papier, personen: pl.DataFrame, adressen: pl.DataFrame) -> Post:
    """Sort out what is delivered as messages; without a window every frame is empty."""
    rng = inst.rng(17)
    bijzonder: list[dict[str, object]] = []
    koppen, stand = _make_301(inst, rng, papier, personen, adressen, bijzonder)
    starts = make_startfouten(inst, rng, _regie(inst, papier.starts), bijzonder)
    stops = _regie(inst, papier.stops)
    starts = make_deletions(inst, starts, stops, bijzonder)
    starts = tell_again(inst, starts, "start nogmaals", bijzonder, 35)
    stops = tell_again(inst, stops, "stop nogmaals", bijzonder, 36)
    begin = maandbegin(inst.berichten_van)
    b = papier.berichten.with_columns(zipmaand=pl.col("ontvangen_maand").clip(lower_bound=inst.van))
    antwoord = pl.col("antwoord").to_physical()
    wie = personen.select(PERSOON)
    regels = papier.regels
    if inst.berichten_van < RELEASE_3:  # 303 and 304 name the client, 323 and 325 do not
        regels = regels.join(wie.drop("huishouden"), on="persoon", how="left", maintain_order="left")
    declaraties = spoil_messages(
        inst,
        b.filter(pl.col("ontvangen_maand") >= inst.berichten_van),
        b.filter((antwoord >= begin) & (antwoord <= inst.tot_dag)),
        regels,
        bijzonder,
    )
    return Post(
        inst,
        koppen,
        stand,
        _number("S", starts, wie),
        _number("E", stops, wie),
        declaraties.heen,
        declaraties.terug,
        declaraties.regels,
        bijzonder,
        declaraties.enveloppen,
    )


def _regie(inst: Instellingen, df: pl.DataFrame) -> pl.DataFrame:
    grens = inst.berichten_van if inst.berichten_van > inst.van else 0
    return df.filter(pl.col("ontvangen_maand") >= grens).with_columns(
        zipmaand=pl.col("ontvangen_maand").clip(lower_bound=inst.van)
    )


def _number(letter: str, df: pl.DataFrame, wie: pl.DataFrame) -> pl.DataFrame:
    nr = pl.int_range(pl.len()).cast(pl.String).str.zfill(8)
    return df.with_columns(identificatie=pl.concat_str(pl.lit(letter), nr)).join(
        wie, on="persoon", how="left", maintain_order="left"
    )


def _make_301(
    inst: Instellingen,
    rng: np.random.Generator,
    papier: Papier,
    personen: pl.DataFrame,
    adressen: pl.DataFrame,
    bijzonder: list[dict[str, object]],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Headers and snapshots of the 301: one per client x aanbieder x wet x day on which something changed."""
    v = papier.toewijzingen
    grens = inst.berichten_van if inst.berichten_van > inst.van else 0
    aanleiding = (
        v.filter(pl.col("ontvangen_maand") >= grens)
        .with_columns(dag=pl.col("op").dt.date())
        .group_by(*SLEUTEL, "dag", maintain_order=True)
        .agg(
            pl.col("op").max().alias("moment"),
            pl.col("agb", "bsn", "wetnaam", "beschikking").first(),
            pl.col("ingang").min().alias("ingang_eerste"),
        )
        .sort("moment", *SLEUTEL)
        .with_columns(bericht=pl.int_range(pl.len()))
    )
    # some leave late, with the moment of their making inside: they arrive after a newer one
    laat = pl.Series(rng.random(aanleiding.height) < BUITEN_VOLGORDE, dtype=pl.Boolean)
    op = pl.when(laat).then(pl.col("dag").dt.offset_by("9d")).otherwise("dag")
    laatste = pl.lit(inst.tot_dag, dtype=pl.Int32).cast(pl.Date)
    aanleiding = aanleiding.with_columns(ontvangen=pl.when(op <= laatste).then(op).otherwise("dag"))
    maand = aanleiding["ontvangen"].to_physical().to_numpy().astype(np.int64)
    aanleiding = aanleiding.with_columns(
        identificatie=pl.concat_str(pl.lit("T"), pl.col("bericht").cast(pl.String).str.zfill(8)),
        ontvangen_maand=pl.Series(maand_van(maand)),
    ).with_columns(zipmaand=pl.col("ontvangen_maand").clip(lower_bound=inst.van))
    for r in aanleiding.filter(pl.col("ontvangen") > pl.col("dag")).iter_rows(named=True):
        bijzonder.append(
            {
                "soort": "301 buiten volgorde",
                "wet": r["wetnaam"],
                "aanbieder": r["agb"],
                "bericht": r["identificatie"],
            }
        )
    stand = (
        aanleiding.select("bericht", "moment", "dag", *SLEUTEL)
        .join(v.drop("agb", "bsn", "wetnaam", "beschikking"), on=SLEUTEL, how="inner", maintain_order="left")
        .filter(pl.col("op") <= pl.col("moment"))
        .sort("bericht", "toewijzing", "op")
        .group_by("bericht", "toewijzing", maintain_order=True)
        .last()
    )
    nu = pl.col("op").dt.date() == pl.col("dag")
    weg = pl.col("reden").is_in(["01", "13"]).fill_null(False)  # what was deleted is not repeated
    stand = stand.filter(nu | ((pl.col("eind").is_null() | (pl.col("eind") >= pl.col("dag"))) & ~weg))
    # an unchanged repeat carries no RedenWijziging
    stand = stand.with_columns(reden=pl.when(nu).then("reden").otherwise(None)).sort("bericht", "nummer")
    koppen = aanleiding.join(personen.select(PERSOON), on="persoon", how="left", maintain_order="left")
    koppen = adres_op(adressen, koppen.with_columns(_d=pl.col("dag").to_physical().cast(pl.Int64)), "_d")
    return koppen, stand
