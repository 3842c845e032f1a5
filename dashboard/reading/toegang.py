"""The way to care: meldingen, how long each step takes against its term, and who refers."""

from datetime import date

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Stromen
from dashboard.access.tables_sturing import VERWIJZER, VERWIJZER_MATEN
from dashboard.filters import Filters
from dashboard.numbers import add_months

TERMIJNEN = {"onderzoek": 42, "besluit": 14}
"""Days the Wmo 2015 gives (2.3.2 and 2.3.5); for the Jeugdwet they are a yardstick."""
TIJDEN = {
    "onderzoek": "onderzoek_mediaan_dagen",
    "besluit": "besluit_mediaan_dagen",
    "wachttijd": "wachttijd_mediaan_dagen",
}
MATEN = (
    "onderzoek_mediaan_dagen",
    "onderzoek_binnen_termijn",
    "aanvraag_mediaan_dagen",
    "besluit_mediaan_dagen",
    "besluit_binnen_termijn",
    "doorlooptijd_mediaan_dagen",
    "wachttijd_mediaan_dagen",
)
UITGEWERKT = 13
"""Weeks after which a quarter's meldingen had time for onderzoek, besluit and a start of care."""
KWARTALEN = 12

TRECHTER = """
WITH som AS (
    SELECT sum(meldingen)::BIGINT AS meldingen, sum(toegekend)::BIGINT AS toegekend,
           sum(gestart)::BIGINT AS gestart, min(kwartaal) AS eerste, max(kwartaal) AS laatste
    FROM stad.toegang
    WHERE wijkteam IS NULL AND verwijzer IS NULL AND kwartaal >= $van AND kwartaal < $tot AND @wet)
SELECT meldingen, toegekend, gestart, meldingen - toegekend AS niet_toegekend,
       toegekend - gestart AS nog_niet, eerste, laatste
FROM som WHERE meldingen > 0
"""
REEKS = f"""
SELECT kwartaal, wet, meldingen, {", ".join(MATEN)} FROM stad.toegang
WHERE wijkteam IS NULL AND verwijzer IS NULL AND kwartaal >= $van AND kwartaal < $tot AND @wet
ORDER BY wet DESC, kwartaal
"""  # noqa: S608 - names of columns, a constant of the code
WIJKTEAMS = f"""
SELECT wijkteam, meldingen, {", ".join(MATEN)} FROM stad.toegang
WHERE wijkteam IS NOT NULL AND verwijzer IS NULL AND kwartaal = $van AND wet = $wet ORDER BY wijkteam
"""  # noqa: S608
CONTACTEN = """
SELECT wijkteam, sum(contacten)::BIGINT AS contacten, sum(doorverwijzingen)::BIGINT AS doorverwijzingen
FROM stad.klantcontact_maand WHERE contacten IS NOT NULL AND maand >= $van AND maand < $tot
GROUP BY wijkteam ORDER BY wijkteam
"""
CONTACTEN_STAD = CONTACTEN.replace("SELECT wijkteam", "SELECT 'alle' AS wijkteam").replace(
    "GROUP BY wijkteam", "HAVING count(*) > 0"
)


def read_trechter(lezer: Lezer, f: Filters) -> dict[str, int | date | None]:
    """Meldingen of the period's quarters, how many were granted and how many of those have begun.

    A difference of a few people between two steps empties what would tell it. Empty without meldingen.
    """
    df = lezer.read(TRECHTER, Stromen(("meldingen", "toegekend", "niet_toegekend")), f.params)
    start = lezer.read(TRECHTER, Stromen(("gestart", "nog_niet")), f.params)
    if df.height == 0:
        return {}
    rij = df.row(0, named=True)
    return {k: rij[k] for k in ("meldingen", "toegekend", "eerste", "laatste")} | {
        "gestart": start["gestart"][0] if rij["toegekend"] is not None else None
    }


def is_uitgewerkt(lezer: Lezer, kwartaal: date) -> bool:
    """Say whether the meldingen of a quarter had time to run their course."""
    return (lezer.meta.bekend_op - add_months(kwartaal, 3)).days >= 7 * UITGEWERKT


def read_reeks(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per wet and quarter the times and shares, three years up to the period's end; `voorlopig` is marked."""
    params = f.params | {"van": add_months(f.periode.tot, -3 * KWARTALEN)}
    df = lezer.read(REEKS, Clienten("meldingen", MATEN), params)
    voorlopig = [not is_uitgewerkt(lezer, k) for k in df["kwartaal"]]
    return df.with_columns(pl.Series("voorlopig", voorlopig, dtype=pl.Boolean))


def find_kwartaal(reeks: pl.DataFrame, wet: str) -> date | None:
    """The newest quarter of a wet that ran its course; the newest at all where there is none."""
    df = reeks.filter(pl.col("wet") == wet)
    klaar = df.filter(~pl.col("voorlopig"))
    df = klaar if klaar.height else df
    return df["kwartaal"].max() if df.height else None  # type: ignore[return-value]


def read_wijkteams(lezer: Lezer, f: Filters, wet: str, kwartaal: date) -> pl.DataFrame:
    """Times and shares per wijkteam in one quarter."""
    params = f.params | {"wet": wet, "van": kwartaal}
    return lezer.read(WIJKTEAMS, Clienten("meldingen", MATEN, telt_op=()), params)


def read_contacten(lezer: Lezer, f: Filters, *, stad: bool = False) -> pl.DataFrame:
    """Contacten, doorverwijzingen and their rate per 100 per wijkteam (or of all together) in the period."""
    regel = Stromen(("doorverwijzingen",), ("contacten",))
    df = lezer.read(CONTACTEN_STAD if stad else CONTACTEN, regel, f.params)
    per = pl.when(pl.col("contacten") >= 100).then(100 * pl.col("doorverwijzingen") / pl.col("contacten"))
    return df.with_columns(per.alias("per_100"))


def read_verwijzers(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per wet and verwijzer of the year in which the period ends: clients, costs, zwaarte and duur."""
    regel = Clienten("clienten", VERWIJZER_MATEN, telt_op=("jaar", "niveau", "wet", "productgroep"))
    df = lezer.read(VERWIJZER, regel)
    jaar = add_months(f.periode.tot, -1).year
    df = df.filter((pl.col("niveau") == "wet") & (pl.col("jaar") == jaar))
    if f.wet is not None:
        df = df.filter(pl.col("wet") == f.wet)
    return df.sort("wet", "clienten", "verwijzer", descending=[True, True, False], nulls_last=True)
