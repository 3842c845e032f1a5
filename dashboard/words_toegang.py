"""Sentences of the page Toegang."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard.numbers import decimals, enumerate_nl, percent, plural, quarter


def word_kwartalen(eerste: Any, laatste: Any) -> str:
    """kw 1 t/m kw 3 2026; one quarter by itself."""
    if not isinstance(eerste, date) or not isinstance(laatste, date):
        return "geen kwartaal"
    if eerste == laatste:
        return quarter(eerste)
    van = quarter(eerste)
    if eerste.year == laatste.year:
        van = van.removesuffix(f" {eerste.year}")
    return f"{van} t/m {quarter(laatste)}"


def title_trechter(t: Mapping[str, Any]) -> str:
    """Say how many meldingen there were and what share was granted."""
    if not t or t["meldingen"] is None:
        return "Van melding naar zorg"
    kop = plural(t["meldingen"], "melding", "meldingen")
    if t["toegekend"] is None:
        return kop
    return f"{percent(t['toegekend'] / t['meldingen'], 0)} van {kop} leidde tot een toekenning"


def find_laatste(reeks: pl.DataFrame, wet: str) -> dict[str, Any] | None:
    """The row of the newest quarter that ran its course."""
    df = reeks.filter((pl.col("wet") == wet) & ~pl.col("voorlopig")).sort("kwartaal")
    return df.row(-1, named=True) if df.height else None


def title_tijden(per_wet: Mapping[str, Mapping[str, Any] | None]) -> str:
    """Say which share of the investigations met their term, per wet."""
    delen = [
        f"{w} {percent(r['onderzoek_binnen_termijn'], 0)}"
        for w, r in per_wet.items()
        if r is not None and r["onderzoek_binnen_termijn"] is not None
    ]
    return f"Onderzoek binnen zes weken klaar: {enumerate_nl(delen)}" if delen else "Hoe lang elke stap duurt"


def title_wijkteams(maat: str, df: pl.DataFrame, kolom: str, write: Callable[[float], str]) -> str:
    """Name the ends of the range between wijkteams."""
    df = df.filter(pl.col(kolom).is_not_null()).sort(kolom, "wijkteam")
    kop = maat.capitalize()
    if df.height < 2:
        return f"{kop} per wijkteam"
    laag, hoog = df.row(0, named=True), df.row(-1, named=True)
    if write(laag[kolom]) == write(hoog[kolom]):
        return f"{kop}: in alle wijkteams {write(laag[kolom])}"
    return (
        f"{kop}: van {write(laag[kolom])} ({laag['wijkteam']}) tot {write(hoog[kolom])} ({hoog['wijkteam']})"
    )


def title_per_100(df: pl.DataFrame, stad: float | None) -> str:
    """Say how often a contact leads to a referral, and where most."""
    df = df.filter(pl.col("per_100").is_not_null()).sort("per_100", "wijkteam")
    if stad is None or df.height == 0:
        return "Doorverwijzingen per 100 klantcontacten"
    top = df.row(-1, named=True)
    kop = f"Van 100 klantcontacten worden er {decimals(stad, 0)} doorverwezen"
    if df.height < 2:
        return kop
    return f"{kop}; het meest in {top['wijkteam']} ({decimals(top['per_100'], 0)})"


def title_verwijzers(df: pl.DataFrame) -> str:
    """Name per wet the verwijzer through whom most clients came, among those that are known and shown."""
    df = df.filter(pl.col("clienten").is_not_null() & (pl.col("verwijzer") != "onbekend"))
    if df.height == 0:
        return "Zorg per verwijzer"
    top = (
        df.sort("clienten", "verwijzer")
        .group_by("wet", maintain_order=True)
        .last()
        .sort("wet", descending=True)
    )
    delen = [f"{v} ({w})" for w, v in top.select("wet", "verwijzer").iter_rows()]
    if top["verwijzer"].n_unique() == 1:
        delen = [str(top["verwijzer"][0])]
    return f"De meeste cliënten komen via: {enumerate_nl(delen)}"
