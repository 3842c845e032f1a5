"""The tile of the year's end: forecast, band, budget and chance, and how well its method did before."""

import polars as pl

from dashboard import words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.numbers import GEEN, euro_mln, percent, signed
from dashboard.reading import prognose
from dashboard.tegels import Regel, Tegel

GEEN_DEEL = "bestaat niet per wijk of aanbieder"
GEEN_JAAR = "het jaar heeft nog geen volle maand"


def make_prognose(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of the forecast of the running year by the method that earned it, for the wet or product asked."""
    leeg = Tegel("prognose", "Prognose jaareinde", "prognose", GEEN)
    if f.wijk is not None or f.aanbieder is not None:
        return Tegel("prognose", "Prognose jaareinde", "prognose", GEEN, zekerheid=GEEN_DEEL)
    geheel = prognose.find_geheel(prognose.read_prognose(lezer, f), f).filter(pl.col("standaard"))
    if geheel.height == 0:
        return Tegel(leeg.sleutel, leeg.titel, leeg.begrip, GEEN, zekerheid=GEEN_JAAR)
    rij = geheel.row(0, named=True)
    titel = f"Prognose {rij['jaar']}"
    if rij["p50_cent"] is None:
        return Tegel(leeg.sleutel, titel, leeg.begrip, lezer.niet_getoond)
    band = f"80 % kans: {euro_mln(rij['p10_cent'])} tot {euro_mln(rij['p90_cent'])}"
    return Tegel(
        sleutel="prognose",
        titel=titel,
        begrip="prognose",
        waarde=euro_mln(rij["p50_cent"]),
        zekerheid=band,
        regels=_against_budget(rij["p50_cent"], rij["begroting_cent"], rij["kans_overschrijding"], f),
        delen=_record(lezer, f, rij["methode"]),
    )


def _against_budget(p50: int, begroting: int | None, kans: float | None, f: Filters) -> tuple[Regel, ...]:
    if begroting is None or kans is None:
        dieper = f.productgroep is not None or f.product is not None
        return (Regel("begroting", "bestaat per hoofdproduct" if dieper else "niet geladen voor dit jaar"),)
    verschil = p50 - begroting
    oordeel = "nadeel" if verschil > 0 else "voordeel" if verschil < 0 else ""
    return (
        Regel("begroting", euro_mln(begroting), signed(euro_mln(verschil)), oordeel),
        Regel("kans op overschrijding", words.percent_kans(kans), words.word_kans(kans)),
    )


def _record(lezer: Lezer, f: Filters, methode: str) -> tuple[tuple[str, str], ...]:
    """How far this method was off in the past; nothing where there is no past year to look back on."""
    terug = prognose.read_terugblik(lezer, f)
    alle = terug.filter(pl.col("peilmaand").is_null() & (pl.col("methode") == methode))
    if alle.height == 0 or alle["fout_fractie"][0] is None:
        return ((f"methode: {methode}", ""),)
    # looked back on for a whole wet only: of a product alone the error is larger
    waarvan = f" ({f.wet or 'alles samen'})" if f.hoofdproduct or f.productgroep or f.product else ""
    dekking = alle["dekking_fractie"][0]
    uit = [(f"methode: {methode}", f"gem. {percent(alle['fout_fractie'][0])} ernaast{waarvan}")]
    if dekking is not None:
        uit.append(("uitkomst viel in de band", f"{percent(dekking, 0)} van de keren{waarvan}"))
    return tuple(uit)
