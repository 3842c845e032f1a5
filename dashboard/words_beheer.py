"""Sentences for who loads and guards the figures: what is missing, what came late, what changed."""

from collections.abc import Mapping

import polars as pl

from dashboard.access.snapshot import Momentopname
from dashboard.numbers import count, day, euro_mln, percent, plural, ratio, signed


def title_volledigheid(df: pl.DataFrame) -> str:
    """Say how many aanbieders miss months that are not provisional any more.

    df: aanbieder_agb, stand, voorlopig, one row a month.
    """
    klaar = df.filter(~pl.col("voorlopig"))
    mist = klaar.filter(pl.col("stand") == "ontbreekt")
    weinig = klaar.filter(pl.col("stand") == "weinig").height
    if mist.height:
        wie = plural(mist["aanbieder_agb"].n_unique(), "aanbieder mist", "aanbieders missen")
        samen = "samen " if mist["aanbieder_agb"].n_unique() > 1 else ""
        return f"{wie} {samen}{plural(mist.height, 'verwachte maand', 'verwachte maanden')}"
    if weinig:
        return (
            f"Geen verwachte maand ontbreekt; {plural(weinig, 'maand heeft', 'maanden hebben')} weinig regels"
        )
    return "Elke verwachte maand is gedeclareerd" if klaar.height else "Nog geen maand is compleet te noemen"


def title_te_laat(soorten: Mapping[str, int]) -> str:
    """Say how often something came in late, and what most. soorten: declaratieregels, starts, stops."""
    samen = sum(soorten.values())
    if not samen:
        return "Niets kwam te laat binnen"
    soort, meest = max(soorten.items(), key=lambda s: s[1])
    rest = "" if meest == samen else f", het meest {soort} ({count(meest)})"
    wat = f" ({soort})" if meest == samen else ""
    return f"{count(samen)} keer kwam iets te laat binnen{wat}{rest}"


def title_onbekend(df: pl.DataFrame) -> str:
    """Say how many codes nobody knows. df: soort."""
    if df.height == 0:
        return "Elke code in de declaraties is bekend"
    delen = [
        plural(n, enkel, meer)
        for soort, enkel, meer in (
            ("product", "productcode", "productcodes"),
            ("aanbieder", "aanbieder", "aanbieders"),
        )
        if (n := df.filter(pl.col("soort") == soort).height)
    ]
    return (
        f"{' en '.join(delen)} in declaraties {'staat' if df.height == 1 else 'staan'} niet in de eigen tabel"
    )


def title_quarantaine(df: pl.DataFrame) -> str:
    """Say how the share of lines set apart went. df: maand, regels, quarantaine, oldest first."""
    totaal = int(df["quarantaine"].sum()) if df.height else 0
    if not totaal:
        return "Geen regel kwam in quarantaine"
    deel = percent(ratio(totaal, int(df["regels"].sum())), 1)
    return f"{plural(totaal, 'regel kwam', 'regels kwamen')} in quarantaine ({deel} van wat is aangeboden)"


def title_verschil(totaal: int | None, eerst: Momentopname, daarna: Momentopname) -> str:
    """Say what the euros of all years did between two snapshots."""
    tussen = f"tussen {day(eerst.bekend_op)} en {day(daarna.bekend_op)}"
    if eerst.bekend_op == daarna.bekend_op:
        tussen = f"tussen twee versies van {day(daarna.bekend_op)}"
    if totaal is None:
        return f"Uitgaven {tussen}"
    if totaal == 0:
        return f"Het totaal bleef gelijk {tussen}"
    return f"De uitgaven werden {euro_mln(abs(totaal))} {'hoger' if totaal > 0 else 'lager'} {tussen}"


def title_oorzaken(df: pl.DataFrame) -> str:
    """Say what the last step did, and by what most. df: oorzaak, cent (not zero)."""
    if df.height == 0:
        return "De realisatie is gelijk aan die van de vorige momentopname"
    totaal = int(df["cent"].sum())
    top = df.sort(pl.col("cent").abs()).row(-1, named=True)
    deel = f"{top['oorzaak']} {signed(euro_mln(top['cent']))}"
    if totaal == 0:
        return f"De realisatie bleef per saldo gelijk; het meest bewoog door {deel}"
    return f"Laatste stap: realisatie {signed(euro_mln(totaal))}, het meest door {deel}"
