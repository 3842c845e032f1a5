"""Sentences of the strategic pages: budget, programme, news, reserve and measures, true on any data."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard.numbers import GEEN, day, enumerate_nl, euro_mln, month, percent, plural, signed
from dashboard.words import name_causes

OORZAAK_GROEP = {
    "Cliënten": ("meer cliënten", "minder cliënten"),
    "Duur": ("langere zorg", "kortere zorg"),
    "Zwaarte": ("zwaardere zorg of meer tegelijk", "lichtere zorg of minder tegelijk"),
    "Indicatie": ("een ruimere indicatie", "een krappere indicatie"),
    "Uitnutting": ("meer levering van wat is toegewezen", "minder levering van wat is toegewezen"),
    "Prijs": ("hogere prijzen", "lagere prijzen"),
    "Overig": ("correcties zonder volume", "correcties zonder volume"),
    "Niet verdeeld": ("wat niet te verdelen is", "wat niet te verdelen is"),
}
"""What a group of effects is called when it adds euros, and when it takes them away."""
MEERVOUD = frozenset({"Cliënten", "Prijs", "Overig"})
"""Groups whose words are a plural, and take a verb in the plural."""

GEWOON = "gewone schommeling"
SIGNAAL = {
    ("buiten de grenzen", "hoog"): "ongewoon hoog",
    ("buiten de grenzen", "laag"): "ongewoon laag",
    ("zeven aan één kant", "hoog"): "zeven maanden op rij boven het gemiddelde",
    ("zeven aan één kant", "laag"): "zeven maanden op rij onder het gemiddelde",
    ("trend van zeven", "hoog"): "zeven maanden op rij gestegen",
    ("trend van zeven", "laag"): "zeven maanden op rij gedaald",
    ("twee van drie bij een grens", "hoog"): "twee van drie maanden bijna ongewoon hoog",
    ("twee van drie bij een grens", "laag"): "twee van drie maanden bijna ongewoon laag",
}
"""A signal of the control chart and its side, in words."""


def _causes(verschil: int, effecten: Mapping[str, int | None]) -> str:
    """Causes by the groups that the waterfall draws."""
    return name_causes(verschil, effecten, OORZAAK_GROEP, MEERVOUD)


def title_waarom(verschil: int | None, effecten: Mapping[str, int | None]) -> str:
    """Say what the euros did against last year, by the groups of causes that the waterfall draws."""
    if verschil is None:
        return "Waarom de uitgaven veranderden is hier niet te tonen"
    if verschil == 0:
        return "De uitgaven bleven gelijk aan vorig jaar"
    kop = f"De uitgaven {'stegen' if verschil > 0 else 'daalden'} {euro_mln(abs(verschil))}"
    return kop + _causes(verschil, effecten)


def title_programma(verschil: int | None, effecten: Mapping[str, int], komt_nog: int) -> str:
    """Say where the euros are against the programme; what is still to be declared may turn that around."""
    if verschil is None:
        return "Hoe de uitgaven zich tot de programmering verhouden is hier niet te tonen"
    if verschil == 0:
        kop = "De uitgaven zijn tot nu toe precies wat is geprogrammeerd"
    else:
        kant = "boven" if verschil > 0 else "onder"
        kop = f"De uitgaven liggen tot nu toe {euro_mln(abs(verschil))} {kant} de programmering"
    straks = verschil + komt_nog
    if straks * verschil < 0 or (verschil == 0 and straks):
        kant = "erboven" if straks > 0 else "eronder"
        return f"{kop}, maar met wat nog binnenkomt {euro_mln(abs(straks))} {kant}"
    return kop if verschil == 0 else kop + _causes(verschil, effecten)


def title_nieuws(vorige: date, rij: Mapping[str, int | None] | None) -> str:
    """Say what the known euros did since the figures before these, and by what."""
    sinds = f"Sinds {day(vorige)}"
    if rij is None or rij["verschil"] == 0:
        if rij is None or not any(rij[o] for o in NIEUWS):
            return f"{sinds} veranderde er niets aan de uitgaven"
        kop = f"{sinds} bleven de uitgaven per saldo gelijk"
    elif rij["verschil"] is None:
        return f"{sinds} veranderden de uitgaven; hoeveel is hier niet te tonen"
    elif rij["verschil"] > 0:
        kop = f"{sinds} kwam er {euro_mln(rij['verschil'])} aan uitgaven bij"
    else:
        kop = f"{sinds} ging er {euro_mln(-rij['verschil'])} aan uitgaven af"
    delen = sorted(((n, rij[o] or 0) for o, n in NIEUWS.items()), key=lambda p: -abs(p[1]))
    alles = sum(abs(c) for _, c in delen)
    # what is next to nothing stands in the table, and the sentence then claims no more than 'vooral'
    genoemd = [f"{n} {signed(euro_mln(c))}" for n, c in delen if abs(c) * 20 >= alles and c]
    if not genoemd:
        return kop
    rest = len(genoemd) < sum(1 for _, c in delen if c)
    return f"{kop}{', vooral door ' if rest else ': '}{enumerate_nl(genoemd)}"


NIEUWS = {
    "nieuwe_maanden": "nieuwe maanden",
    "nagekomen": "nagekomen declaraties",
    "correcties": "correcties",
    "gegevens": "andere bestanden",
    "indeling": "andere indeling",
}
"""Causes of a change between two snapshots."""


def word_signaal(signaal: str | None, richting: str | None) -> str:
    """A verdict of the control chart in words."""
    return GEWOON if signaal is None else SIGNAAL.get((signaal, richting or ""), signaal)


def title_reserve(standen: Sequence[tuple[date, int]]) -> str:
    """Say what the reserve did between the first and the last stand that a document names."""
    if not standen:
        return "Geen stuk noemt een stand van de reserve"
    (eerst, begin), (laatst, eind) = standen[0], standen[-1]
    if eerst == laatst:
        return f"De reserve stond op {day(eerst)} op {euro_mln(begin)}"
    wat = "bleef gelijk op" if begin == eind else "groeide van" if eind > begin else "slonk van"
    if begin == eind:
        return f"De reserve {wat} {euro_mln(begin)} tussen {day(eerst)} en {day(laatst)}"
    return f"De reserve {wat} {euro_mln(begin)} ({day(eerst)}) naar {euro_mln(eind)} ({day(laatst)})"


def title_hek(df: pl.DataFrame) -> str:
    """Say how often the complete years ended over budget, and the last of them."""
    klaar = df.filter(pl.col("volledig").fill_null(False) & pl.col("ruimte_cent").is_not_null()).sort("jaar")
    if klaar.height == 0:
        return "Begroting en uitgaven per jaar"
    over = klaar.filter(pl.col("ruimte_cent") < 0).height
    jaar, ruimte = klaar.select("jaar", "ruimte_cent").row(-1)
    vaak = "Elk" if over == klaar.height else "Geen enkel" if over == 0 else f"{over} van de {klaar.height}"
    kop = f"{vaak} volledig jaar" if over in (0, klaar.height) else f"{vaak} volledige jaren"
    werk = "ging" if over in (0, klaar.height) or over == 1 else "gingen"
    laatste = (
        "precies volgens begroting"
        if ruimte == 0
        else f"{euro_mln(abs(ruimte))} {'erboven' if ruimte < 0 else 'eronder'}"
    )
    return f"{kop} {werk} over de begroting; {jaar} eindigde {laatste}"


def title_vooruit(df: pl.DataFrame) -> str:
    """Say where care as it is now goes to, and the scenario that differs most in the last year."""
    rust = df.filter(pl.col("lijn") == "").sort("jaar")
    if rust.height == 0:
        return "Er is geen uitgangspunt om vooruit te rekenen"
    (eerste, van), (laatste, tot) = rust.select("jaar", "cent").row(0), rust.select("jaar", "cent").row(-1)
    wat = "blijft" if abs(tot - van) < 5_000_000 else "groeit" if tot > van else "daalt"
    kop = f"Dezelfde zorg {wat} " + (
        f"rond {euro_mln(tot)} per jaar tot {laatste}"
        if wat == "blijft"
        else f"van {euro_mln(van)} in {eerste} naar {euro_mln(tot)} in {laatste}"
    )
    anders = df.filter((pl.col("lijn") != "") & (pl.col("jaar") == laatste)).sort(
        pl.col("effect_cent").abs(), "lijn"
    )
    if anders.height == 0 or not anders["effect_cent"][-1]:
        return kop
    naam, effect = anders.select("lijn", "effect_cent").row(-1)
    return f"{kop}; {naam} scheelt het meest ({signed(euro_mln(effect))})"


def title_saldo(df: pl.DataFrame) -> str:
    """Say the newest surplus or shortage of the Hek, and whether it is an account or an estimate."""
    rijen = df.filter(pl.col("saldo_hek_cent").is_not_null()).sort("jaar")
    if rijen.height == 0:
        return "Geen stuk noemt een saldo van het Hek"
    jaar, saldo, soort = rijen.select("jaar", "saldo_hek_cent", "saldo_soort").row(-1)
    bron = "volgens de jaarrekening" if soort == "jaarrekening" else "volgens de raming"
    if saldo == 0:
        return f"Het Hek sloot in {jaar} {bron} op nul"
    return f"Het Hek {'houdt' if saldo > 0 else 'komt'} in {jaar} {bron} {euro_mln(abs(saldo))} " + (
        "over" if saldo > 0 else "tekort"
    )


def title_maatregelen(df: pl.DataFrame, taakstelling: tuple[int, int] | None) -> str:
    """Say what the measures in force are to save per year, against the last taakstelling there is."""
    aan = df.filter(pl.col("ingegaan"))
    if aan.height == 0:
        return "Er is nog geen maatregel ingegaan" if df.height else "Er zijn geen maatregelen vastgelegd"
    som = int(aan["effect_per_jaar_cent"].sum() or 0)
    n = aan.height
    wie = "De ene maatregel die is ingegaan" if n == 1 else f"De {n} maatregelen die zijn ingegaan"
    if som == 0:
        return f"{wie} {'levert' if n == 1 else 'leveren'} per saldo niets op"
    moet = "moet" if n == 1 else "moeten samen"
    kop = f"{wie} {moet} {euro_mln(abs(som))} per jaar {'besparen' if som < 0 else 'kosten'}"
    if taakstelling is None or not taakstelling[1]:
        return kop
    jaar, taak = taakstelling
    deel = percent(max(0, -som) / abs(taak), 0)
    return f"{kop}: {deel} van de taakstelling van {jaar} ({euro_mln(abs(taak))})"


def title_tijdlijn(df: pl.DataFrame) -> str:
    """Say how many measures run, how many are still to come, and which comes first."""
    if df.height == 0:
        return "Er zijn geen maatregelen vastgelegd"
    aan = df.filter(pl.col("ingegaan")).height
    komt = df.filter(~pl.col("ingegaan")).sort("datum")
    kop = f"{plural(aan, 'maatregel', 'maatregelen')} ingegaan" if aan else "Nog geen maatregel ingegaan"
    if komt.height == 0:
        return f"{kop}, geen nieuwe gepland"
    return f"{kop}; gepland: {komt['maatregel'][0]} ({day(komt['datum'][0])})" + (
        f" en nog {komt.height - 1}" if komt.height > 1 else ""
    )


def title_gemeten(df: pl.DataFrame) -> str:
    """Say that no measure has an effect of its own to measure, and where its product costs less."""
    if df.height == 0:
        return "Er zijn geen maatregelen vastgelegd"
    te_zien = df.filter(pl.col("te_zien") & pl.col("verandering_cent").is_not_null())
    if te_zien.height == 0:
        return "Van geen maatregel is al iets te zien in de uitgaven"
    lager = te_zien.filter(pl.col("verandering_cent") < 0).height
    return (
        "Een eigen effect is van geen maatregel te meten;"
        f" bij {lager} van de {te_zien.height} met een vol jaar erna geeft de stad minder uit aan het product"
    )


def describe_reserve(saldo: pl.DataFrame, standen: Sequence[tuple[date, int]]) -> str:
    """Whether the balances between the first and last stand of the reserve explain what it did."""
    if len(standen) < 2:
        return ""
    (eerst, begin), (laatst, eind) = standen[0], standen[-1]
    jaren = range(eerst.year if eerst.month == 1 else eerst.year + 1, laatst.year + (laatst.month == 12))
    tussen = saldo.filter(pl.col("jaar").is_in(list(jaren)))
    if tussen.height < len(jaren):
        return "Hoe zij daartussen liep noemt geen stuk."
    som = int(tussen["saldo_hek_cent"].sum())
    if som == eind - begin:
        return "Dat is precies de som van de saldi."
    return (
        f"De saldi van die jaren tellen op tot {signed(euro_mln(som))}; de rest van de verandering"
        f" ({signed(euro_mln(eind - begin - som))}) noemen de stukken niet."
    )


def describe_sinds(r: Mapping[str, Any]) -> str:
    """What can be seen since a measure: euros of its product in steady prices."""
    if not r["te_zien"]:
        return GEEN
    if r["verandering_cent"] is None:
        return "niet getoond"
    return f"{signed(euro_mln(r['verandering_cent']))} ({r['jaar_voor']} → {r['jaar_na']})"


def describe_waarom_niet(r: Mapping[str, Any]) -> str:
    """Why no effect of its own can be measured."""
    if r["waarom_niet"] == "valt samen met":
        return f"valt samen met: {r['samen']}"
    if r["waarom_niet"] == "geen groep zonder de maatregel":
        return "gold voor iedereen tegelijk: er is geen groep zonder om mee te vergelijken"
    return str(r["waarom_niet"])


def describe_signaal(rijen: Sequence[tuple[date, str | None, str | None]]) -> tuple[tuple[str, str], ...]:
    """The verdict on the newest month, and the last signal of the year before it."""
    if not rijen:
        return ()
    maand, signaal, richting = rijen[-1]
    uit = [(f"regelkaart, {month(maand)}", word_signaal(signaal, richting))]
    eerder = next((r for r in reversed(rijen[-12:-1]) if r[1] is not None), None)
    if signaal is None and eerder is not None:
        uit.append((f"laatste signaal, {month(eerder[0])}", word_signaal(eerder[1], eerder[2])))
    return tuple(uit)
