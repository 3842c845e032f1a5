"""Sentences about concentration: how much goes to how few, and whether they stay the same."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.numbers import decimals, percent, plural


def title_lorenz(rij: Mapping[str, Any] | None, wie: str) -> str:
    """Say which share of the costs the most expensive tenth has."""
    if rij is None or rij["aandeel_top10"] is None:
        return f"Hoe de kosten over {wie} zijn verdeeld"
    return f"De duurste 10 % van de {wie} heeft {percent(rij['aandeel_top10'], 0)} van de kosten"


def title_toppen(df: pl.DataFrame) -> str:
    """Say how the share of the top 10 % moved between the first and the last full year."""
    rijen = df.filter(pl.col("jaar_volledig") & pl.col("aandeel_top10").is_not_null()).sort("jaar")
    if rijen.height < 2:
        return "Het aandeel van de top door de jaren"
    eerst, nu = rijen.row(0, named=True), rijen.row(-1, named=True)
    verschil = nu["aandeel_top10"] - eerst["aandeel_top10"]
    punten = decimals(abs(verschil) * 100, 1)
    if punten == "0,0":
        return f"Het aandeel van de top 10 % is even groot als in {eerst['jaar']}"
    doet = "groeide" if verschil > 0 else "kromp"
    return f"Het aandeel van de top 10 % {doet} sinds {eerst['jaar']} met {punten} procentpunt"


def title_persistentie(df: pl.DataFrame) -> str:
    """Say which share of the top was in the top a year later too."""
    rijen = df.filter(pl.col("persistentie_top10").is_not_null()).sort("jaar")
    if rijen.height == 0:
        return "Wie een jaar later weer bij de top hoort"
    rij = rijen.row(-1, named=True)
    deel = percent(rij["persistentie_top10"], 0)
    return f"{deel} van de top 10 % van {rij['jaar']} hoorde er een jaar later weer bij"


def title_zwaarste(df: pl.DataFrame) -> str:
    """Say which share the heaviest households have together, in the last full year."""
    rijen = df.filter(pl.col("jaar_volledig") & pl.col("aandeel").is_not_null()).sort("jaar")
    if rijen.height == 0:
        return "De huishoudens met de hoogste kosten"
    rij = rijen.row(-1, named=True)
    wie = plural(rij["aantal"], "huishouden", "huishoudens")
    return f"De {wie} met de hoogste kosten hadden {percent(rij['aandeel'])} van de kosten van {rij['jaar']}"


def word_gini(rij: Mapping[str, Any] | None, vorig: Mapping[str, Any] | None) -> str:
    """The Gini of a year, with that of the year before."""
    if rij is None or rij["gini"] is None:
        return ""
    kop = f"Gini {decimals(rij['gini'], 2)}"
    if vorig is not None and vorig["gini"] is not None:
        kop = f"{kop} in {rij['jaar']}, {decimals(vorig['gini'], 2)} in {vorig['jaar']}"
    return f"{kop} (0: ieder evenveel, 1: één alles)"
