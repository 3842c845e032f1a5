"""Faults that only a message can have: a number used again, a wrong total in an answer, a day to come.

An extract tells none of these, so they are made in what goes out as a message and the records stay as they
are. The messages with a dagtekening in the future come in the envelope of the GGK: without it nothing tells
on which day a message came in.
"""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from sample_data.instellingen import Instellingen
from sample_data.papier import RELEASE_3

AANTAL = 2
"""Of each kind, and one more of TR314."""
TE_VEEL = 100_00
VOORUIT = 3
LAAT_MAANDEN = 12
_KOP = '<?xml version="1.0" encoding="UTF-8"?>\r\n'


@dataclass
class Berichtfouten:
    """The frames of ``post`` after spoiling, and which files go in an envelope of which day."""

    heen: pl.DataFrame
    terug: pl.DataFrame
    regels: pl.DataFrame
    enveloppen: dict[str, dt.date] = field(default_factory=dict)


def spoil_messages(
    inst: Instellingen,
    heen: pl.DataFrame,
    terug: pl.DataFrame,
    regels: pl.DataFrame,
    bijzonder: list[dict[str, object]],
) -> Berichtfouten:
    """Spoil a few clean declarations, answers and lines; each message has one fault at most.

    Args:
        inst: the run.
        heen: declarations that go out as messages; gets the column dagtekening.
        terug: the answers; gets dagtekening too, because an answer repeats that of the declaration.
        regels: lines of the declarations.
        bijzonder: the list of faults, which is added to.

    """
    rng = inst.rng(34)
    gewoon = (pl.col("kop") == "ok") & (pl.col("vorm") == 0) & (pl.col("ontvangen_maand") >= RELEASE_3)
    heen = heen.with_columns(dagtekening=pl.col("ontvangen"))
    # the first of a month may come again under the same identity (post): that one has its own fault
    kan = heen.filter(gewoon).sort("bericht")
    kan = kan.filter(pl.int_range(pl.len()).over("zipmaand") > 0)
    kan = kan.filter(
        pl.col("bericht").is_in(terug["bericht"].implode())
        & (pl.col("ontvangen").to_physical() + 2 * VOORUIT <= inst.tot_dag)
    )
    gekozen = np.sort(rng.permutation(kan.height)[: 2 * AANTAL])
    vooruit, totaal = kan[gekozen[::2]], kan[gekozen[1::2]]
    is_vooruit = pl.col("bericht").is_in(vooruit["bericht"].implode())
    is_totaal = pl.col("bericht").is_in(totaal["bericht"].implode())
    heen = heen.with_columns(
        dagtekening=pl.when(is_vooruit)
        .then(pl.col("ontvangen").dt.offset_by(f"{VOORUIT}d"))
        .otherwise("ontvangen")
    )
    # more was handed in and granted than the declaration says: what was refused still adds up
    erbij = pl.when(is_totaal).then(TE_VEEL).otherwise(0)
    terug = terug.join(heen.select("bericht", "dagtekening"), on="bericht", how="left", maintain_order="left")
    terug = terug.with_columns(
        dagtekening=pl.col("dagtekening").fill_null(pl.col("ontvangen")),
        koptotaal=pl.col("koptotaal") + erbij,
        toegekend=pl.col("toegekend") + erbij,
    )
    for soort, regel, code, df in (
        ("dagtekening in de toekomst", "TR135", "8848", vooruit),
        ("antwoord met ander totaal", "TR342", "0001", totaal),
    ):
        bijzonder.extend(
            {
                "soort": soort,
                "regel": regel,
                "retourcode": code,
                "wet": "Jeugdwet" if r["wet"] else "Wmo",
                "aanbieder": r["agb"],
                "declaratienummer": r["declaratienummer"],
                "bericht": r["identificatie"],
            }
            for r in df.iter_rows(named=True)
        )
    uit = Berichtfouten(heen, terug, regels)
    uit.enveloppen = dict(vooruit.select("identificatie", "ontvangen").iter_rows())
    anders = pl.concat([vooruit, totaal])["bericht"]
    uit.regels = _repeat_reference(
        rng, heen.filter(gewoon & ~pl.col("bericht").is_in(anders.implode())), regels, bijzonder
    )
    return uit


def _repeat_reference(
    rng: np.random.Generator, heen: pl.DataFrame, regels: pl.DataFrame, bijzonder: list[dict[str, object]]
) -> pl.DataFrame:
    """Some lines carry the ReferentieNummer of a line in the aanbieder's message before (TR314)."""
    gecrediteerd = regels["vorig"].drop_nulls().unique()
    schoon = (
        (pl.col("dc") == "D")
        & pl.col("vuil").is_null()
        & ~pl.col("afgekeurd")
        & ~pl.col("rn").is_in(gecrediteerd.implode())
    )
    eerste = (
        regels.filter(schoon)
        .join(heen.select("bericht", "ontvangen_maand"), on="bericht", how="inner", maintain_order="left")
        .filter(pl.col("ontvangen_maand") - pl.col("maand") <= LAAT_MAANDEN)
        .sort("bericht", "regel")
        .group_by("wet", "agb", "bericht", maintain_order=True)
        .first()
        .with_columns(eerder=pl.col("referentie").shift(1).over("wet", "agb", order_by="bericht"))
        .filter(pl.col("eerder").is_not_null())
    )
    raak = eerste[np.sort(rng.permutation(eerste.height)[: AANTAL + 1])]
    # a line lends its number once, and does not both lend and borrow one
    raak = raak.unique("eerder", keep="first", maintain_order=True).filter(
        ~pl.col("eerder").is_in(pl.col("referentie").implode())
    )
    bijzonder.extend(
        {
            "soort": "referentienummer nogmaals",
            "regel": "TR314",
            "retourcode": "8021",
            "wet": r["wetnaam"],
            "aanbieder": r["agb"],
            "referentienummer": r["eerder"],
            "in_extract": r["referentie"],
        }
        for r in raak.iter_rows(named=True)
    )
    return (
        regels.join(raak.select("rn", "eerder"), on="rn", how="left", maintain_order="left")
        .with_columns(referentie=pl.coalesce("eerder", "referentie"))
        .drop("eerder")
    )


def put_in_envelopes(bestanden: pl.DataFrame, enveloppen: dict[str, dt.date]) -> pl.DataFrame:
    """The files (zip, naam, xml), the 323 with one of these identities in an envelope of the GGK."""
    if not enveloppen:
        return bestanden
    nummer = bestanden["naam"].str.extract(r"_([^_]+?)(?:_2)?\.xml$")
    teksten = [
        xml if n not in enveloppen or "323_" not in naam else _envelope(xml, naam, enveloppen[n])
        for xml, naam, n in zip(bestanden["xml"], bestanden["naam"], nummer, strict=True)
    ]
    return bestanden.with_columns(xml=pl.Series(teksten, dtype=pl.String))


def _envelope(xml: str, naam: str, dag: dt.date) -> str:
    """Heenbericht of koppelvlak ggk0210 (NASLAG 1.4) around a message, sent at the start of a day."""
    code = base64.encodebytes(xml.encode("utf-8")).decode("ascii")
    soort = "GGK:envelopHeenbericht-ggk_Di01"
    return (
        f'{_KOP}<{soort} xmlns:StUF="http://www.egem.nl/StUF/StUF0301" '
        'xmlns:GGK="http://www.stufstandaarden.nl/koppelvlak/ggk0210"><GGK:stuurgegevens>'
        "<StUF:berichtcode>Di01</StUF:berichtcode>"
        f"<StUF:tijdstipBericht>{dag:%Y%m%d}000000</StUF:tijdstipBericht>"
        f"<StUF:functie>{naam[: naam.index('_')]}</StUF:functie></GGK:stuurgegevens>"
        f"<GGK:parameters><GGK:bericht><GGK:xmlBestand>{code}</GGK:xmlBestand></GGK:bericht></GGK:parameters></{soort}>"
    )
