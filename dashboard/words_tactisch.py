"""Sentences of the tactical pages: products, programme, access and the focus themes."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard.numbers import MAANDEN, enumerate_nl, euro_mln, month, percent, signed
from dashboard.producttabel import TAAKSTELLING, Producttabel
from dashboard.words import OORZAAK, name_causes


def title_producten(tabel: Producttabel, *, eigen: bool = False) -> str:
    """Name the part furthest from its budget; where there is none, the part with the most euros.

    eigen: of the aanbieders only the role's own ones are among the rows.
    """
    df = tabel.rijen.filter(pl.col("verschil_cent").is_not_null() & (pl.col("deel") != TAAKSTELLING))
    if df.height == 0:
        df = tabel.rijen.filter(pl.col("realisatie_cent").is_not_null())
        if df.height == 0:
            return "Geen uitgaven om te tonen"
        rij = df.sort("realisatie_cent").row(-1, named=True)
        naam = f"zwaarte {rij['deel']}" if tabel.niveau == "zwaarte" else rij["deel"]
        bedrag = euro_mln(rij["realisatie_cent"])
        if eigen and tabel.niveau == "aanbieder":
            return f"Van de eigen aanbieders gaat het meeste naar {naam}: {bedrag}"
        return f"Het meeste gaat naar {naam}: {bedrag}"
    rij = df.sort(pl.col("verschil_cent").abs()).row(-1, named=True)
    if rij["verschil_cent"] == 0:
        return "Alle producten blijven op de begroting"
    kant = "boven" if rij["verschil_cent"] > 0 else "onder"
    bedrag = euro_mln(abs(rij["verschil_cent"]))
    if tabel.jaar is None:
        return f"{rij['deel']} zit {bedrag} {kant} de begroting"
    return f"{rij['deel']} eindigt {tabel.jaar} naar verwachting {bedrag} {kant} de begroting"


PLAN_OORZAAK = OORZAAK | {"prijs": ("een hogere prijs", "een lagere prijs")}
"""A plan names one price, with the index in it."""


def title_programma(verschil: int, effecten: Mapping[str, int | None], komt: int | None) -> str:
    """Say how far the euros are from the plan and why; and what it will be once all is declared."""
    if verschil == 0:
        return "De uitgaven zijn gelijk aan het plan"
    kant = "boven" if verschil > 0 else "onder"
    if not komt:
        oorzaken = name_causes(verschil, effecten, PLAN_OORZAAK)
        return f"De uitgaven liggen {euro_mln(abs(verschil))} {kant} het plan{oorzaken}"
    straks = verschil + komt
    later = "erboven" if straks > 0 else "eronder"
    kop = f"De uitgaven liggen nu {euro_mln(abs(verschil))} {kant} het plan"
    return f"{kop}; met wat nog wordt gedeclareerd naar verwachting {euro_mln(abs(straks))} {later}"


def tell_causes(verschil: int, effecten: Mapping[str, int | None]) -> str:
    """The causes as a sentence of their own, where the title tells something else."""
    oorzaken = name_causes(verschil, effecten, PLAN_OORZAAK).removeprefix(", ")
    return f"{oorzaken[0].upper()}{oorzaken[1:]}. " if oorzaken else ""


def title_contacten(df: pl.DataFrame) -> str:
    """Say whether the front door sees more or fewer people than planned. df: naam, doel, nu."""
    delen = []
    for naam, doel, nu in df.select("naam", "doel", "nu").iter_rows():
        if not doel or nu is None:
            continue
        deel = (nu - doel) / doel
        woord = (
            "volgens plan"
            if abs(deel) < 0.005
            else f"{percent(abs(deel), 0)} {'boven' if deel > 0 else 'onder'} plan"
        )
        delen.append(f"{naam.lower()} {woord}")
    if not delen:
        return "Klantcontacten en doorverwijzingen in het plan"
    tekst = ", ".join(delen)
    return tekst[0].upper() + tekst[1:]


def title_q(naam: str, alle: pl.DataFrame, getoond: pl.DataFrame) -> str:
    """Say how many lines are near their plan, and which of those that are drawn is furthest from it.

    alle, getoond: naam, afwijking (fraction).
    """
    bekend = alle.filter(pl.col("afwijking").is_not_null())
    if bekend.height == 0 or getoond.height == 0:
        return f"Plan en realisatie: {naam}"
    binnen = int((bekend["afwijking"].abs() <= 0.1).sum())
    kop = f"{naam.capitalize()}: {binnen} van {bekend.height} regels binnen 10 % van het plan"
    rij = getoond.sort(pl.col("afwijking").abs(), "naam").row(-1, named=True)
    if bekend.height == 1:
        deel = rij["afwijking"]
        ver = (
            "volgens plan"
            if abs(deel) < 0.005
            else f"{percent(abs(deel), 0)} {'boven' if deel > 0 else 'onder'} plan"
        )
        return f"{naam.capitalize()}: {rij['naam']} {ver}"
    if abs(rij["afwijking"]) <= 0.1:
        return kop
    return f"{kop}; van de grootste wijkt {rij['naam']} het meest af ({signed(percent(rij['afwijking'], 0))})"


def title_zonder(aantal: int) -> str:
    """Say how much has no plan."""
    if aantal == 0:
        return "Alles wat is geleverd, heeft een plan"
    return (
        f"{'Eén onderdeel heeft' if aantal == 1 else f'{aantal} onderdelen hebben'} geen plan met aantallen"
    )


NA_MAANDEN = 2
"""Months after which the title says what is known: when most has come in and a month is first looked at."""


def title_afloop(df: pl.DataFrame) -> str:
    """Say how much of a month is known after two months, and which young months ran otherwise.

    df: the columns of reading.afloop.read_afloop.
    """
    gewoon = df.filter(pl.col("leeftijd_maanden") == NA_MAANDEN)["gewoonlijk"].drop_nulls()
    if gewoon.len() == 0:
        return "Hoe snel levermaanden bekend worden"
    kop = f"Na {NA_MAANDEN} maanden is {percent(gewoon[0], 0)} bekend"
    anders = {
        woord: df.filter(pl.col("loop") == woord)["levermaand"].unique().sort().to_list()
        for woord in ("trager", "sneller")
    }
    delen = [
        f"{_name_months(maanden)} {'kwam' if len(maanden) == 1 else 'kwamen'} {woord} binnen"
        for woord, maanden in anders.items()
        if maanden
    ]
    if delen:
        return f"{kop}; {', '.join(delen)}"
    jong = ((df["soort"] == "verwacht") & df["fractie"].is_not_null()).any()
    return f"{kop}; jonge maanden komen even snel binnen" if jong else kop


def _name_months(maanden: list[date]) -> str:
    """Up to three months by name, the year said once; more as a number."""
    if len(maanden) > 3:
        return f"{len(maanden)} jonge maanden"
    laatste = {m.year: m for m in maanden}
    return enumerate_nl([month(m) if m == laatste[m.year] else MAANDEN[m.month - 1] for m in maanden])
