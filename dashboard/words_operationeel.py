"""Sentences of the operational pages: what stands out, in plain Dutch and without blame."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard.numbers import count, decimals, enumerate_nl, euro_mln, month, percent, plural, ratio, signed

MAAT = {
    "kosten per client": "Kosten per cliënt",
    "prijs": "Prijs",
    "volume per client": "Volume per cliënt",
    "duur": "Duur",
    "afgekeurd aandeel": "Afgekeurde regels",
}
WAARVAN = {"duur": "afgesloten trajecten", "afgekeurd aandeel": "beoordeelde regels"}
OORDEEL = {
    "binnen de grenzen": "zoals verwacht",
    "boven": "hoger dan verwacht",
    "onder": "lager dan verwacht",
    "te weinig clienten": "te weinig cliënten",
    "te weinig andere aanbieders": "te weinig anderen",
}
GEEN_REGELKAART = "Van deze aanbieder is er geen regelkaart: die is er van de grootste."
TEKEN = {"binnen de grenzen": "", "boven": "▲ ", "onder": "▼ "}


def title_lijst(df: pl.DataFrame) -> str:
    """Say how many own aanbieders there are, and which grew most in euros against last year."""
    kop = plural(df.height, "aanbieder", "aanbieders")
    samen = df.filter(pl.col("realisatie_cent").is_not_null() & pl.col("vorig_cent").is_not_null())
    if samen.height == 0:
        return kop
    rij = samen.with_columns((pl.col("realisatie_cent") - pl.col("vorig_cent")).alias("v")).sort("v", "naam")
    top = rij.row(-1, named=True)
    if top["v"] <= 0:
        return f"{kop}; bij geen ervan groeide de omzet"
    deel = ratio(top["v"], top["vorig_cent"])
    rest = "" if deel is None else f" ({percent(deel, 0)})"
    return f"{kop}; de omzet van {top['naam']} groeide het meest: {signed(euro_mln(top['v']))}{rest}"


def title_trechter(df: pl.DataFrame, maat: str) -> str:
    """Say how many comparisons on a measure fall outside the limits, and which where it is one."""
    wat = MAAT[maat]
    beoordeeld = df.filter(pl.col("oordeel").is_in(["binnen de grenzen", "boven", "onder"]))
    if beoordeeld.height == 0:
        return f"{wat}: met deze aantallen is niets te zeggen"
    buiten = beoordeeld.filter(pl.col("oordeel") != "binnen de grenzen")
    if buiten.height == 0:
        return f"{wat}: overal zoals verwacht mag worden"
    if buiten.height == 1:
        rij = buiten.row(0, named=True)
        kant = "hoger" if rij["oordeel"] == "boven" else "lager"
        return f"{wat}: {rij['naam']} is {kant} dan verwacht mag worden"
    return f"{wat}: {buiten.height} van {beoordeeld.height} vergelijkingen vallen buiten de grenzen"


def title_regelkaarten(df: pl.DataFrame) -> str:
    """Say at how many aanbieders a signal began in the last month of the charts, and where one goes on."""
    if df.height == 0:
        return "Nog geen regelkaarten"
    laatste: date = df["maand"].max()  # type: ignore[assignment]
    nieuw = lopend = totaal = 0
    for _, deel in df.sort("maand").group_by("aanbieder_agb"):
        signalen = deel.filter(pl.col("maand") <= laatste)["signaal"].to_list()
        totaal += 1
        if signalen[-1] is None:
            continue
        eerder = len(signalen) > 1 and signalen[-2] is not None
        nieuw, lopend = nieuw + (not eerder), lopend + eerder
    if nieuw == lopend == 0:
        return f"In {month(laatste)} gaf geen van de {totaal} regelkaarten een signaal"
    if nieuw == 0:
        return f"In {month(laatste)} begon nergens een signaal; bij {lopend} van de {totaal} liep er al een"
    kop = f"In {month(laatste)} begon bij {nieuw} van de {totaal} aanbieders een signaal"
    return f"{kop}; bij {lopend} liep er al een" if lopend else kop


def word_verhouding(verhouding: float | None, oordeel: str) -> str:
    """Observed against expected in words, with the number behind it."""
    woord = OORDEEL.get(oordeel, oordeel)
    if oordeel not in TEKEN or verhouding is None:
        return woord
    return f"{TEKEN[oordeel]}{woord} ({decimals(verhouding, 2)} ×)"


def title_vergelijking(naam: str, df: pl.DataFrame) -> str:
    """Say on which measures one aanbieder falls outside the limits."""
    beoordeeld = df.filter(pl.col("oordeel").is_in(["binnen de grenzen", "boven", "onder"]))
    if beoordeeld.height == 0:
        return f"{naam}: te weinig cliënten om met anderen te vergelijken"
    buiten = beoordeeld.filter(pl.col("oordeel") != "binnen de grenzen")
    if buiten.height == 0:
        return f"{naam} laat zien wat bij deze cliënten verwacht mag worden"
    delen = [
        f"{MAAT[m].lower()} {'hoger' if o == 'boven' else 'lager'} bij {g}"
        for m, o, g in buiten.select("maat", "oordeel", "productgroep").head(2).iter_rows()
    ]
    rest = buiten.height - len(delen)
    meer = f" (en nog {rest})" if rest else ""
    return f"Anders dan verwacht: {enumerate_nl(delen)}{meer}"


def title_regelkaart(naam: str, df: pl.DataFrame) -> str:
    """Say what the last month of one control chart tells."""
    if df.height == 0:
        return f"Geen regelkaart voor {naam}"
    rij = df.sort("maand").row(-1, named=True)
    if rij["gemiddelde"] is None:
        return "Nog te weinig maanden voor grenzen"
    if rij["signaal"] is None:
        return f"De omzet van {month(rij['maand'])} is gewoon"
    return f"De omzet van {month(rij['maand'])} is een signaal: {rij['signaal']} ({rij['richting']})"


def title_nagekomen(df: pl.DataFrame) -> str:
    """Say how much of the youngest month has come in already."""
    getoond = df.filter(pl.col("fractie").is_not_null()).sort("levermaand")
    if getoond.height == 0:
        return "Hoe snel er wordt gedeclareerd is hier niet te zeggen"
    rij = getoond.row(-1, named=True)
    return f"Van {month(rij['levermaand'])} is naar schatting {percent(rij['fractie'], 0)} gedeclareerd"


def title_tarief(df: pl.DataFrame) -> str:
    """Say what billed prices differ from the contract together."""
    zeker = df.filter(pl.col("verschil_cent").is_not_null())
    if zeker.height == 0:
        return "Geen tarieven om te vergelijken"
    verschil = int(zeker["verschil_cent"].sum())
    if abs(verschil) < 100:
        return "Gedeclareerd is tegen de tarieven van het contract"
    kant = "boven" if verschil > 0 else "onder"
    return f"Gedeclareerd is samen {euro_mln(abs(verschil))} {kant} de tarieven van het contract"


def title_aandeel(naam: str, df: pl.DataFrame) -> str:
    """Say for which productgroep the city leans most on this aanbieder."""
    getoond = df.filter(pl.col("aandeel").is_not_null())
    if getoond.height == 0:
        return "Afhankelijkheid is hier niet te zeggen"
    rij = getoond.sort("aandeel").row(-1, named=True)
    return f"{naam} levert {percent(rij['aandeel'], 0)} van {rij['productgroep']}"


def title_traject(df: pl.DataFrame) -> str:
    """Name the most frequent traject and what one costs."""
    getoond = df.filter(pl.col("gemiddelde_cent").is_not_null())
    if getoond.height == 0:
        return "Geen afgesloten trajecten in dit jaar"
    rij = getoond.sort("aantal", "product").row(-1, named=True)
    naam = rij["product"] if rij["zwaarte"] in (None, "n.v.t.") else f"{rij['product']} {rij['zwaarte']}"
    return f"Een traject {naam} kostte gemiddeld {euro_mln(rij['gemiddelde_cent'])}"


def title_contract(contract: pl.DataFrame, jaar: int) -> str:
    """Say how much of the plafond of the year was declared, or what was agreed where nothing is."""
    plafond, besteed = (contract[k] for k in ("budgetplafond_cent", "realisatie_cent"))
    if contract.height == 0 or plafond.null_count() == contract.height:
        return "Geen plafond geladen"
    if plafond.null_count() or besteed.null_count():
        return f"Wat voor {jaar} is afgesproken"
    if besteed.sum() == 0:
        return f"Voor {jaar} is {euro_mln(plafond.sum())} afgesproken"
    return f"Van het plafond van {jaar} is {percent(ratio(besteed.sum(), plafond.sum()), 0)} gedeclareerd"


def title_bevindingen(bevindingen: int, cent: int) -> str:
    """Say how many findings there are and what is still at stake."""
    if bevindingen == 0:
        return "Geen bevindingen in deze maanden"
    kop = plural(bevindingen, "bevinding", "bevindingen")
    return (
        f"{kop}; {euro_mln(cent)} staat op het spel" if cent > 0 else f"{kop}; er staat geen geld op het spel"
    )


def title_start(gestart: int | None, oud: int | None, verzilverd: int | None) -> str:
    """Say how many toewijzingen were delivered in time for the first time."""
    deel = ratio(verzilverd, oud)
    if deel is None or gestart is None:
        return "Hoe snel de zorg begint is hier niet te zeggen"
    return f"{percent(deel, 0)} van de toewijzingen begon binnen 90 dagen"


def title_werk(df: pl.DataFrame) -> str:
    """Say how many lines nobody has looked at yet, and how many are being looked into."""
    if df.height == 0:
        return "Geen regels om na te gaan"
    aantal = dict(df.group_by("status").len().rows())
    nieuw, bezig = aantal.get("nieuw", 0), aantal.get("in onderzoek", 0)
    if nieuw == bezig == 0:
        return f"Alle {count(df.height)} regels zijn nagegaan"
    if nieuw == 0:
        return f"{plural(bezig, 'regel', 'regels')} in onderzoek, de rest is nagegaan"
    kop = f"{plural(nieuw, 'regel moet', 'regels moeten')} nog worden nagegaan"
    return f"{kop}; {count(bezig)} in onderzoek" if bezig else kop


def title_agenda(open_: Sequence[Mapping[str, Any]], vandaag: date) -> str:
    """Say how many agreements are open, and how many of them should have been met by now."""
    if not open_:
        return "Geen openstaande afspraken"
    laat = sum(1 for a in open_ if date.fromisoformat(str(a["uiterlijk"])) < vandaag)
    kop = plural(len(open_), "openstaande afspraak", "openstaande afspraken")
    return f"{kop}, waarvan {count(laat)} over de datum" if laat else kop
