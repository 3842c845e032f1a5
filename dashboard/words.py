"""Sentences made from figures: titles that say the finding, in plain Dutch and without blame."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import polars as pl

from dashboard.numbers import GEEN, count, decimals, euro_mln, percent, price, ratio, signed, volume


def title_jaren(
    jaren: pl.DataFrame,
    maat: str = "realisatie_cent",
    write: Callable[[float | None], str] = euro_mln,
) -> str:
    """Name the hoofdproduct that grew most between the first (from 2018 on) and the last full year known."""
    klaar = jaren.filter(pl.col("compleet") & pl.col(maat).is_not_null()) if jaren.height else jaren
    if klaar.height == 0:
        return "Uitgaven per hoofdproduct"
    laatste = int(klaar["jaar"].max())  # type: ignore[arg-type]
    eerste = max(2018, int(klaar["jaar"].min()))  # type: ignore[arg-type]
    begin = klaar.filter(pl.col("jaar") == eerste).select("wet", "hoofdproduct", pl.col(maat).alias("b"))
    eind = klaar.filter(pl.col("jaar") == laatste).join(begin, on=["wet", "hoofdproduct"])
    if eind.height == 0 or eerste == laatste:
        return "Uitgaven per hoofdproduct"
    groei = eind.with_columns((pl.col(maat) - pl.col("b")).alias("groei")).sort("groei").tail(1)
    naam, meer = groei["hoofdproduct"][0], groei["groei"][0]
    if meer <= 0:
        return f"Geen hoofdproduct groeide tussen {eerste} en {laatste}"
    wat = " cliënten" if maat == "clienten" else ""
    return f"{naam} groeide het meest sinds {eerste}: {signed(write(meer))}{wat}"


def title_wijken(df: pl.DataFrame) -> str:
    """Name the wijk with the most clients per 1.000 inhabitants."""
    top = df.filter(pl.col("per_1000").is_not_null()).sort("per_1000").tail(1)
    if top.height == 0 or not top["per_1000"][0]:
        return "Cliënten per wijk"
    per = decimals(top["per_1000"][0], 0)
    return f"{top['wijknaam'][0]} heeft naar verhouding de meeste cliënten ({per} per 1.000)"


def _change(nu: float | None, vorig: float | None) -> str | None:
    deel = ratio(None if nu is None or vorig is None else nu - vorig, vorig)
    if deel is None:
        return None
    if abs(deel) < 0.005:
        return "bleef gelijk"
    return f"{'steeg' if deel > 0 else 'daalde'} {percent(abs(deel))}"


def title_change(wat: str, nu: float | None, vorig: float | None) -> str:
    """Say what a figure did against the same complete months a year before."""
    verandering = _change(nu, vorig)
    return f"{wat} per maand" if verandering is None else f"{wat} {verandering} tegenover vorig jaar"


def title_omzet(naam: str, zelf: float | None, anderen: float | None) -> str:
    """Compare the euros of one aanbieder with the average of comparable ones."""
    if zelf is None:
        return f"Declaraties van {naam}"
    if anderen is None:
        return f"{naam} declareerde {euro_mln(zelf)}"
    verschil = zelf - anderen
    richting = "meer" if verschil > 0 else "minder"
    kop = f"{naam} declareerde {euro_mln(zelf)}"
    return f"{kop}, {euro_mln(abs(verschil))} {richting} dan vergelijkbare aanbieders"


def title_flow(instroom: float | None, uitstroom: float | None) -> str:
    """Say whether more clients came than went."""
    if instroom is None or uitstroom is None:
        return "Instroom en uitstroom"
    if instroom == uitstroom:
        return f"Er kwamen evenveel cliënten bij als er weggingen ({count(instroom)})"
    meer = "meer" if instroom > uitstroom else "minder"
    return f"Er kwamen {meer} cliënten bij ({count(instroom)}) dan er weggingen ({count(uitstroom)})"


def word_p(cent: float | None, hoeveelheid: float | None, eenheden: list[str]) -> str:
    """P in words: price per unit; more units have no common price, and an amount in euros has none at all."""
    if len(eenheden) > 1:
        return "meer eenheden"
    if not eenheden or eenheden[0] == "83":
        return "–"
    return price(ratio(cent, hoeveelheid), eenheden[0]).replace(" per ", " / ")


def word_q(hoeveelheid: float | None, eenheden: list[str]) -> str:
    """Q in words: volume with its unit; volumes of more units are never added up."""
    if len(eenheden) > 1:
        return "meer eenheden"
    if not eenheden or eenheden[0] == "83":
        return "–"
    return volume(hoeveelheid, eenheden[0])


def word_signaal(hoog: int, laag: int, van: int, *, los: bool) -> str:
    """How many of `van` series stand above (▲) or below (▼) what is usual; `los`: it is one series."""
    if los:
        return "▲ hoog" if hoog else "▼ laag" if laag else "geen"
    if not hoog and not laag:
        return f"geen van {van}"
    stukken = [f"{teken} {n}" for teken, n in (("▲", hoog), ("▼", laag)) if n]
    return f"{' '.join(stukken)} van {van}"


OORZAAK = {
    "clienten": ("meer cliënten", "minder cliënten"),
    "duur": ("langere zorg", "kortere zorg"),
    "stapeling": ("meer producten tegelijk", "minder producten tegelijk"),
    "mix": ("zwaardere of duurdere zorg", "lichtere of goedkopere zorg"),
    "toegewezen_intensiteit": ("een ruimere indicatie", "een krappere indicatie"),
    "uitnutting": ("meer levering van wat is toegewezen", "minder levering van wat is toegewezen"),
    "geleverde_intensiteit": ("meer zorg per week", "minder zorg per week"),
    "tariefindex": ("indexering van tarieven", "verlaging van tarieven"),
    "prijs": ("een hogere prijs dan de index", "een lagere prijs dan de index"),
    "overig": ("correcties zonder volume", "correcties zonder volume"),
}
"""What an effect is called when it adds euros, and when it takes them away."""
MEERVOUD = frozenset({"clienten", "stapeling", "overig"})
"""Effects whose words are a plural, and take a verb in the plural."""


def title_ontleding(verschil: int | None, effecten: Mapping[str, int | None]) -> str:
    """Say what the euros did, the largest cause, and what held it back where that was a quarter or more."""
    if verschil is None:
        return "Waarom de uitgaven veranderden is hier niet te tonen"
    if verschil == 0:
        return "De uitgaven bleven gelijk"
    kop = f"De uitgaven {'stegen' if verschil > 0 else 'daalden'} {euro_mln(abs(verschil))}"
    return kop + name_causes(verschil, effecten)


def name_causes(
    verschil: int,
    effecten: Mapping[str, int | None],
    woorden: Mapping[str, tuple[str, str]] = OORZAAK,
    meervoud: Collection[str] = MEERVOUD,
) -> str:
    """The largest cause of a difference, and what held it back where that was a quarter or more.

    meervoud: which of the effects are called by a plural.
    """
    mee = {k: v for k, v in effecten.items() if v is not None and v * verschil > 0}
    tegen = {k: v for k, v in effecten.items() if v is not None and v * verschil < 0}
    if not mee:
        return ""
    naam, cent = max(mee.items(), key=lambda p: (abs(p[1]), p[0]))
    tekst = f", vooral door {woorden[naam][cent < 0]} ({signed(euro_mln(cent))})"
    if tegen:
        naam, cent = max(tegen.items(), key=lambda p: (abs(p[1]), p[0]))
        if abs(cent) * 4 >= abs(verschil):
            staat = "staan" if naam in meervoud else "staat"
            tekst += f"; daartegenover {staat} {woorden[naam][cent < 0]} ({signed(euro_mln(cent))})"
    return tekst


KANS = (
    (0.05, "vrijwel zeker niet"),
    (0.35, "waarschijnlijk niet"),
    (0.65, "kan net zo goed wel als niet"),
)
"""Chance of exceeding the budget in words; above these 'waarschijnlijk', from 95 % 'vrijwel zeker'."""


def word_kans(kans: float) -> str:
    """A chance in words, so that 52 % is not read as a yes."""
    for grens, woord in KANS:
        if kans < grens:
            return woord
    return "vrijwel zeker" if kans >= 0.95 else "waarschijnlijk"


def percent_kans(kans: float | None) -> str:
    """A simulated chance as percentage; nothing is certain, so never 0 or 100 %."""
    if kans is None:
        return GEEN
    if kans < 0.01:
        return "< 1 %"
    return "> 99 %" if kans > 0.99 else percent(kans, 0)


def title_prognose(rij: Mapping[str, Any] | None) -> str:
    """Say where the year ends, and whether that is over budget."""
    if rij is None or rij["p50_cent"] is None:
        return "Waar het jaar eindigt"
    kop = f"Het jaar eindigt naar verwachting op {euro_mln(rij['p50_cent'])}"
    if rij["begroting_cent"] is None or rij["kans_overschrijding"] is None:
        return kop
    verschil = rij["p50_cent"] - rij["begroting_cent"]
    kant = "boven" if verschil > 0 else "onder"
    kans = word_kans(rij["kans_overschrijding"])
    return f"{kop}, {euro_mln(abs(verschil))} {kant} de begroting; overschrijding {kans}"


def title_methoden(terug: pl.DataFrame) -> str:
    """Name the method that earned it and its error beside the linear one."""
    alle = {r["methode"]: r for r in terug.filter(pl.col("peilmaand").is_null()).iter_rows(named=True)}
    beste = next((r for r in alle.values() if r["standaard"]), None)
    if beste is None or beste["fout_fractie"] is None:
        return "Vier methoden naast elkaar"
    kop = f"{beste['methode'].capitalize()} zat er gemiddeld {percent(beste['fout_fractie'])} naast"
    lineair = alle.get("lineair")
    if lineair is None or lineair is beste or lineair["fout_fractie"] is None:
        return kop
    return f"{kop}, lineair doortrekken {percent(lineair['fout_fractie'])}"
