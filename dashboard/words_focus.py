"""Sentences of the pages Dagbesteding and Huishoudelijke ondersteuning."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.numbers import decimals, euro_cent, euro_mln, percent, signed


def title_dagprijs(rij: Mapping[str, Any] | None) -> str:
    """Say what a dagdeel costs against the base year, and how much of that is the shift of light care.

    rij: the newest complete year of all zwaarten together.
    """
    if rij is None or rij["prijs_cent"] is None:
        return "Wat een dagdeel maatwerk kost"
    kop = f"Een dagdeel maatwerk kost in {rij['jaar']} {euro_cent(rij['prijs_cent'])}"
    basis, sorteer = rij["prijs_basis_cent"], rij["uitsorteereffect_cent"]
    if basis is None or sorteer is None or rij["jaar"] == rij["basisjaar"]:
        return kop
    verschil = rij["prijs_cent"] - basis
    woord = "meer" if verschil > 0 else "minder"
    kop += f", {euro_cent(abs(verschil))} {woord} dan in {rij['basisjaar']}"
    if sorteer * verschil <= 0:
        return f"{kop}; uitsorteren telt daarin voor {signed(euro_cent(sorteer))}"
    return f"{kop}; {percent(min(1.0, sorteer / verschil), 0)} daarvan door uitsorteren"


def title_dagvolume(df: pl.DataFrame, basisjaar: int | None) -> str:
    """Say how the volume of maatwerk moved since the base year. df: jaar, volume, volledig (all zwaarten)."""
    klaar = df.filter(pl.col("volledig") & pl.col("volume").is_not_null()).sort("jaar")
    basis = klaar.filter(pl.lit(basisjaar is not None) & (pl.col("jaar") == (basisjaar or 0)))
    if klaar.height == 0:
        return "Dagdelen maatwerk per zwaarte"
    nu = klaar.row(-1, named=True)
    if basis.height == 0 or nu["jaar"] == basisjaar or not basis["volume"][0]:
        return f"In {nu['jaar']} zijn {decimals(nu['volume'], 0)} dagdelen maatwerk geleverd"
    deel = float(nu["volume"]) / float(basis["volume"][0]) - 1
    if abs(deel) < 0.005:
        return f"Het volume maatwerk is in {nu['jaar']} gelijk aan dat van {basisjaar}"
    woord = "meer" if deel > 0 else "minder"
    return f"In {nu['jaar']} is {percent(abs(deel), 0)} {woord} maatwerk geleverd dan in {basisjaar}"


def title_dageuro(jaar: int | None, maatwerk: float | None, algemeen: float | None) -> str:
    """Say what both sides cost in the newest complete year."""
    if jaar is None or (maatwerk is None and algemeen is None):
        return "Uitgaven aan beide kanten van de kanteling"
    if algemeen is None:
        return f"Maatwerk kostte in {jaar} {euro_mln(maatwerk)}; van de algemene kant is geen bedrag bekend"
    if maatwerk is None:
        return f"De algemene voorziening kostte in {jaar} {euro_mln(algemeen)}"
    return f"In {jaar} kostte maatwerk {euro_mln(maatwerk)} en de algemene voorziening {euro_mln(algemeen)}"


def title_uren(rij: Mapping[str, Any] | None) -> str:
    """Hours a huishouden has and gets in the newest complete year."""
    if rij is None or rij["uren_per_huishouden"] is None:
        return "Uren huishoudelijke ondersteuning per huishouden"
    kop = f"Per huishouden is in {rij['jaar']} {decimals(rij['uren_per_huishouden'], 0)} uur toegewezen"
    if rij["geleverd_per_huishouden"] is None:
        return kop
    return f"{kop} en {decimals(rij['geleverd_per_huishouden'], 0)} uur geleverd"


def title_elders(eigen: float | None, elders: pl.DataFrame) -> str:
    """Place the own hours among published ones. elders: gemeente, jaar, uren_per_huishouden."""
    if eigen is None or elders.height == 0:
        return "Uren per huishouden in andere gemeenten"
    lager = int((elders["uren_per_huishouden"] < eigen).sum())
    if lager == elders.height:
        return f"Meer uren dan in alle {elders.height} gepubliceerde cijfers van gemeenten"
    if lager == 0:
        return f"Minder uren dan in alle {elders.height} gepubliceerde cijfers van gemeenten"
    return f"Meer uren dan in {lager} van de {elders.height} gepubliceerde cijfers van gemeenten"


def title_wijken(df: pl.DataFrame) -> str:
    """Name the wijken with most and fewest hours. df: wijk, uren_per_huishouden."""
    df = df.filter(pl.col("uren_per_huishouden").is_not_null()).sort("uren_per_huishouden", "wijk")
    if df.height < 2:
        return "Uren per huishouden per wijk"
    laag, hoog = df.row(0, named=True), df.row(-1, named=True)
    van, tot = (decimals(r["uren_per_huishouden"], 0) for r in (laag, hoog))
    if van == tot:
        return f"In alle wijken krijgt een huishouden {van} uur"
    return f"Van {van} uur in {laag['wijk']} tot {tot} uur in {hoog['wijk']}"
