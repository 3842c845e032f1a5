"""Sentences about toewijzingen: how much was delivered, redeemed, left asleep, and what is still to come."""

import polars as pl

from dashboard.numbers import count, euro_mln, percent, plural, ratio


def title_uitnutting(toegewezen: float | None, geleverd: float | None, *, geschat: bool) -> str:
    """Say which share of what was toegewezen was delivered."""
    deel = ratio(geleverd, toegewezen)
    if deel is None:
        return "Toegewezen en geleverd per maand"
    if geschat:
        return f"Naar schatting wordt {percent(deel, 0)} geleverd van wat is toegewezen"
    return f"Van wat is toegewezen is {percent(deel, 0)} geleverd"


def word_rijping(verwacht: float | None, toegewezen: float | None, vorig: float | None) -> str:
    """What the share becomes once all is declared, and what it was a year before; empty where unknown."""
    nu = ratio(verwacht, toegewezen)
    if nu is None:
        return ""
    kop = f"naar schatting {percent(nu, 0)} als alles is gedeclareerd"
    return kop if vorig is None else f"{kop}, een jaar eerder {percent(vorig, 0)}"


def title_delen(df: pl.DataFrame) -> str:
    """Name the part where most euros were left undelivered."""
    rijen = df.filter(pl.col("toegewezen_cent").is_not_null() & (pl.col("toegewezen_cent") > 0))
    if rijen.height == 0:
        return "Uitnutting per onderdeel"
    rijen = rijen.with_columns((pl.col("toegewezen_cent") - pl.col("geleverd_cent")).alias("rest"))
    rij = rijen.sort("rest", "deel").row(-1, named=True)
    if rij["rest"] <= 0:
        return "Overal is ten minste geleverd wat is toegewezen"
    deel = percent(rij["geleverd_cent"] / rij["toegewezen_cent"], 0)
    if rijen.height == 1:
        return f"{rij['deel']}: {deel} geleverd, {euro_mln(rij['rest'])} niet"
    return f"Bij {rij['deel']} bleef het meeste liggen: {euro_mln(rij['rest'])} ({deel} geleverd)"


def title_verdeling(df: pl.DataFrame) -> str:
    """Name the part in which the most toewijzingen got less than half."""
    if df.height == 0 or df["onder_50"].is_null().all():
        return "Hoe vol toewijzingen zijn"
    som = pl.sum_horizontal("onder_50", "tot_90", "tot_100", "boven_100")
    rijen = df.filter(pl.col("onder_50").is_not_null() & (som > 0)).with_columns(
        (pl.col("onder_50") / som).alias("aandeel")
    )
    if rijen.height == 0 or not rijen["onder_50"].sum():
        return "Geen toewijzing kreeg minder dan de helft"
    rij = rijen.sort("aandeel", "deel").row(-1, named=True)
    if rijen.height == 1:
        return f"{rij['deel']}: {percent(rij['aandeel'], 0)} van de toewijzingen kreeg minder dan de helft"
    deel = percent(rij["aandeel"], 0)
    return f"{rij['deel']} heeft de meeste lege toewijzingen: {deel} kreeg minder dan de helft"


def title_slapers(df: pl.DataFrame) -> str:
    """Name the part with the most sleepers."""
    rijen = df.filter(pl.col("slapers").is_not_null())
    if rijen.height == 0:
        return "Toewijzingen waarop niets meer wordt geleverd"
    rij = rijen.sort("slapers", "deel").row(-1, named=True)
    if not rij["slapers"]:
        return "Op elke lopende toewijzing wordt geleverd"
    aantal = plural(rij["slapers"], "lopende toewijzing", "lopende toewijzingen")
    kop = f"Bij {rij['deel']} wordt op {aantal} niets geleverd"
    deel = ratio(rij["slapers"], rij["lopend"])
    return kop if deel is None else f"{kop} ({percent(deel, 0)})"


def title_verzilvering(df: pl.DataFrame) -> str:
    """Say which share of the last full year's toewijzingen did not start in time."""
    rijen = df.filter(pl.col("oud_genoeg").is_not_null() & (pl.col("oud_genoeg") > 0) & ~pl.col("voorlopig"))
    if rijen.height == 0:
        return "Toewijzingen die op tijd begonnen"
    rij = rijen.sort("jaar").row(-1, named=True)
    if not rij["niet_verzilverd"]:
        return f"Alle toewijzingen van {rij['jaar']} begonnen op tijd"
    deel = percent(rij["niet_verzilverd"] / rij["oud_genoeg"])
    return f"{deel} van de toewijzingen van {rij['jaar']} begon niet op tijd"


def title_verplichting(rest: int | None, verwacht: int | None, jaar: int | None) -> str:
    """Say how much is still expected this year of what is toegewezen."""
    if rest is None or verwacht is None or jaar is None:
        return "Wat dit jaar nog openstaat"
    if not rest:
        return f"Er staat in {jaar} niets meer open"
    return f"Tot eind {jaar} komt naar verwachting nog {euro_mln(verwacht)} van {euro_mln(rest)} toegewezen"


def word_slapers(slapers: int | None, lopend: int | None) -> str:
    """Sleepers of what runs, beside a bar."""
    if slapers is None:
        return "niet getoond"
    return count(slapers) if lopend is None else f"{count(slapers)} van {count(lopend)}"
