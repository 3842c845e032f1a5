"""The post of the message window: which message goes out or comes in, in which month's zip."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from sample_data.berichten.declaratie import write_323, write_325
from sample_data.berichten.regie import write_regie
from sample_data.berichten.toewijzing import write_301
from sample_data.instellingen import Instellingen, maandbegin, schrijf_maand
from sample_data.papier import RELEASE_3, Papier
from sample_data.personen import adres_op

LEEG = pl.DataFrame(schema={"zip": pl.String, "naam": pl.String, "xml": pl.String})
PERSOON = ["persoon", "geboren", "geslacht", "achternaam", "voorvoegsel", "voorletters", "huishouden"]


def zipnaam(kolom: str, inst: Instellingen) -> pl.Expr:
    """Name of the zip (JJJJ-MM) by month of receipt; what came before the run opens its first month."""
    tabel = {m: schrijf_maand(max(m, inst.van)) for m in range(2010 * 12, inst.tot + 2)}
    return pl.col(kolom).replace_strict(tabel, return_dtype=pl.String)


def make_301(
    inst: Instellingen, papier: Papier, personen: pl.DataFrame, adressen: pl.DataFrame
) -> pl.DataFrame:
    """Messages 301: one per client x aanbieder x wet x day on which something changed, as a snapshot."""
    v = papier.toewijzingen
    sleutel = ["wet", "persoon", "aanbieder"]
    aanleiding = (
        v.filter(pl.col("ontvangen_maand") >= inst.berichten_van)
        .with_columns(dag=pl.col("op").dt.date())
        .group_by(*sleutel, "dag", maintain_order=True)
        .agg(
            moment=pl.col("op").max(),
            agb=pl.col("agb").first(),
            bsn=pl.col("bsn").first(),
            beschikking=pl.col("beschikking").first(),
            ingang_eerste=pl.col("ingang").min(),
            ontvangen_maand=pl.col("ontvangen_maand").first(),
        )
        .sort("moment", *sleutel)
        .with_row_index("bericht")
    )
    if aanleiding.height == 0:
        return LEEG
    aanleiding = aanleiding.with_columns(
        pl.col("bericht").cast(pl.Int64),
        identificatie=pl.concat_str(pl.lit("T"), pl.col("bericht").cast(pl.String).str.zfill(8)),
        ontvangen=pl.col("dag"),
        zip=zipnaam("ontvangen_maand", inst),
    )
    stand = (
        aanleiding.select("bericht", "moment", "dag", *sleutel)
        .join(v.drop("agb", "bsn", "beschikking"), on=sleutel, how="inner", maintain_order="left")
        .filter(pl.col("op") <= pl.col("moment"))
        .sort("bericht", "toewijzing", "op")
        .group_by("bericht", "toewijzing", maintain_order=True)
        .last()
    )
    nu_gewijzigd = pl.col("op").dt.date() == pl.col("dag")
    stand = stand.filter(nu_gewijzigd | pl.col("eind").is_null() | (pl.col("eind") >= pl.col("dag")))
    # an unchanged repeat carries no RedenWijziging
    stand = stand.with_columns(reden=pl.when(nu_gewijzigd).then("reden").otherwise(None)).sort(
        "bericht", "nummer"
    )
    koppen = aanleiding.join(personen.select(PERSOON), on="persoon", how="left", maintain_order="left")
    koppen = adres_op(adressen, koppen.with_columns(_d=pl.col("dag").to_physical().cast(pl.Int64)), "_d")

    def schrijf(wet: int, release: str, k: pl.DataFrame) -> pl.DataFrame:
        deel = stand.join(k.select("bericht"), on="bericht", how="semi", maintain_order="left")
        return write_301(wet, release, deel, k)

    return _per_vorm(koppen, schrijf)


def _per_vorm(
    koppen: pl.DataFrame, schrijf: Callable[[int, str, pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Call the writer for each law and release that occurs, by month of receipt."""
    uit = [LEEG]
    for wet in (0, 1):
        for release, deel in (
            ("2.3", pl.col("ontvangen_maand") < RELEASE_3),
            ("3.2", pl.col("ontvangen_maand") >= RELEASE_3),
        ):
            k = koppen.filter((pl.col("wet") == wet) & deel)
            if k.height:
                uit.append(schrijf(wet, release, k))
    return pl.concat(uit)


def make_regie_berichten(
    inst: Instellingen, df: pl.DataFrame, nummer: int, personen: pl.DataFrame
) -> pl.DataFrame:
    """Messages 305 or 307 of the window, one per start or stop."""
    letter = "S" if nummer == 305 else "E"
    k = df.filter(pl.col("ontvangen_maand") >= inst.berichten_van).with_row_index("n")
    if k.height == 0:
        return LEEG
    k = k.with_columns(
        identificatie=pl.concat_str(pl.lit(letter), pl.col("n").cast(pl.String).str.zfill(8)),
        zip=zipnaam("ontvangen_maand", inst),
    ).join(personen.select(PERSOON), on="persoon", how="left", maintain_order="left")
    return _per_vorm(k, lambda wet, release, d: write_regie(wet, nummer, release, d))


def make_declaratieberichten(inst: Instellingen, papier: Papier, personen: pl.DataFrame) -> pl.DataFrame:
    """Messages 323 (or 303) received in the window and every 325 (or 304) sent in it."""
    b = papier.berichten
    begin = maandbegin(inst.berichten_van)
    uit = [LEEG]
    for wet in (0, 1):
        heen = b.filter((pl.col("wet") == wet) & (pl.col("ontvangen_maand") >= inst.berichten_van))
        heen = heen.with_columns(zip=zipnaam("ontvangen_maand", inst))
        regels = papier.regels.filter(pl.col("wet") == wet)
        if heen.height:
            uit.append(
                write_323(
                    wet,
                    regels.join(heen.select("bericht"), on="bericht", how="semi", maintain_order="left"),
                    heen,
                )
            )
        terug = b.filter(
            (pl.col("wet") == wet)
            & (pl.col("antwoord").to_physical() >= begin)
            & (pl.col("antwoord").to_physical() <= inst.tot_dag)
        ).with_columns(zip=zipnaam("antwoord_maand", inst))
        if terug.height:
            af = regels.filter(pl.col("retourcode").is_not_null()).join(
                terug.filter(pl.col("kop") == "ok").select("bericht"),
                on="bericht",
                how="semi",
                maintain_order="left",
            )
            uit.append(write_325(wet, af, terug))
    return pl.concat(uit)
