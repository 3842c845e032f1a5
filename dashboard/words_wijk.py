"""Sentences of the page of one wijk."""

from typing import Any

import polars as pl

from dashboard.numbers import count, decimals, percent, ratio


def title_gebruik(naam: str, df: pl.DataFrame) -> str:
    """Name the hoofdproduct on which the wijk differs most from the middle of like wijken."""
    samen = df.filter(pl.col("per_1000").is_not_null() & (pl.col("midden") > 0))
    if samen.height == 0:
        return f"{naam}: met te weinig wijken te vergelijken"
    buiten = samen.filter((pl.col("per_1000") > pl.col("hoogste")) | (pl.col("per_1000") < pl.col("laagste")))
    if buiten.height == 0:
        return f"{naam} valt bij elk product binnen de vergelijkbare wijken"
    verschil = (pl.col("per_1000") / pl.col("midden")).log().abs()
    rij = buiten.sort(verschil, "hoofdproduct").row(-1, named=True)
    deel = ratio(rij["per_1000"] - rij["midden"], rij["midden"]) or 0.0
    kant = "meer" if deel > 0 else "minder"
    return f"{naam} gebruikt naar verhouding {percent(abs(deel), 0)} {kant} {rij['hoofdproduct']}"


def title_totaal(naam: str, zelf: float | None, midden: float | None) -> str:
    """Say how many clients per 1.000 inhabitants, against the middle of like wijken."""
    if zelf is None:
        return f"Cliënten in {naam} worden niet getoond"
    kop = f"{decimals(zelf, 0)} van de 1.000 inwoners van {naam} hebben zorg"
    return kop if midden is None else f"{kop}; in vergelijkbare wijken {decimals(midden, 0)}"


def title_aanbod(df: pl.DataFrame) -> str:
    """Say for how many productgroepen there is only one aanbieder in the wijk."""
    getoond = df.filter(pl.col("aanbieders").is_not_null())
    if getoond.height == 0:
        return "Het aanbod in deze wijk is niet te tonen"
    een = getoond.filter(pl.col("aanbieders") == 1)
    if een.height == 0:
        return "Voor elk product is er keuze uit meer aanbieders"
    if een.height == 1:
        return f"Alleen voor {een['productgroep'][0]} is er één aanbieder"
    return f"Voor {een.height} van de {getoond.height} productgroepen is er één aanbieder"


def title_basis(stadsdeel: str | None, df: pl.DataFrame) -> str:
    """Say what the social base of the stadsdeel reached last, and how that changed."""
    bereik = df.filter(pl.col("eenheid").is_in(["cliënten", "personen"])).sort("jaar")
    if bereik.height == 0:
        return "Geen cijfers over de sociale basis"
    rij: dict[str, Any] = bereik.row(-1, named=True)
    kop = f"De sociale basis in {stadsdeel} bereikte {count(rij['waarde'])} {rij['eenheid']} in {rij['jaar']}"
    eerder = bereik.filter(pl.col("jaar") == rij["jaar"] - 1)
    if eerder.height == 0:
        return kop
    verschil = rij["waarde"] - eerder["waarde"][0]
    if verschil == 0:
        return f"{kop}, evenveel als in {rij['jaar'] - 1}"
    return f"{kop}, {count(abs(verschil))} {'meer' if verschil > 0 else 'minder'} dan in {rij['jaar'] - 1}"
