"""The own aanbieders side by side: euros, clients, use, share, findings, and how they compare.

Others are never shown by themselves: what is expected of an aanbieder rests on the others together, and is
left out where there are fewer than three of them.
"""

from datetime import date

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters
from dashboard.numbers import add_months
from dashboard.reading.controle import BEVINDINGEN, WAAR

MAATSTAVEN = ("kosten per client", "prijs", "volume per client", "duur", "afgekeurd aandeel")
MAANDEN_REGELKAART = 36
MINSTE_AANBIEDERS = 4  # the aanbieder itself and three others
OMZET = """
WITH geld AS (
    SELECT aanbieder_agb, sum(realisatie_cent)::BIGINT AS realisatie_cent FROM eigen.pq_maand
    WHERE @maanden AND @wet GROUP BY aanbieder_agb),
mensen AS (
    SELECT aanbieder_agb, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    WHERE @maanden AND @wet GROUP BY aanbieder_agb)
SELECT aanbieder_agb, realisatie_cent, coalesce(clienten, 0) AS clienten
FROM geld LEFT JOIN mensen USING (aanbieder_agb) ORDER BY realisatie_cent DESC, aanbieder_agb
"""
OMZET_TOEN = OMZET.replace("pq_maand", "pq_maand_toen").replace("client_maand", "client_maand_toen")
# With the contract beside it: a fixed sum has no declarations and would otherwise be missing from the list.
CONTRACT = """
SELECT aanbieder_agb, sum(budgetplafond_cent)::BIGINT AS plafond_cent,
       string_agg(DISTINCT bekostiging, ', ' ORDER BY bekostiging) AS bekostiging, 0 AS clienten
FROM eigen.aanbieder_jaar WHERE jaar = $jaar AND @wet GROUP BY aanbieder_agb ORDER BY aanbieder_agb
"""
UITNUTTING = """
WITH mensen AS (
    SELECT aanbieder_agb, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    WHERE @jaar AND @wet GROUP BY aanbieder_agb)
SELECT aanbieder_agb, sum(geleverd_gecorrigeerd_cent)::DOUBLE / nullif(sum(toegewezen_cent), 0) AS uitnutting,
       coalesce(any_value(clienten), 0) AS clienten
FROM eigen.uitnutting_jaar LEFT JOIN mensen USING (aanbieder_agb)
WHERE jaar = $jaar AND @wet AND toegewezen_cent IS NOT NULL GROUP BY aanbieder_agb ORDER BY aanbieder_agb
"""
# The share in the productgroep in which he earns most: there the city depends on him.
AANDEEL = """
SELECT aanbieder_agb, wet, productgroep, aandeel, rang, aanbieders, clienten, clienten_alleen_hier,
       afhankelijk_aandeel
FROM eigen.aanbieder_aandeel WHERE jaar = $jaar AND @wet
  AND ($aanbieder::varchar IS NULL OR aanbieder_agb = $aanbieder) AND realisatie_cent > 0
ORDER BY aanbieder_agb, realisatie_cent DESC, productgroep
"""
AANDEEL_MATEN = ("aandeel", "rang", "clienten_alleen_hier", "afhankelijk_aandeel")
SPEL = """
WITH regels AS (
    SELECT aanbieder_agb, bericht_id, regel_nr, max(op_het_spel_cent) AS op_het_spel_cent, count(*) AS n
    FROM vrij.declaratiecontrole WHERE @waar GROUP BY aanbieder_agb, bericht_id, regel_nr)
SELECT aanbieder_agb, sum(n)::BIGINT AS bevindingen, sum(op_het_spel_cent)::BIGINT AS op_het_spel_cent
FROM regels WHERE aanbieder_agb IS NOT NULL GROUP BY aanbieder_agb
ORDER BY op_het_spel_cent DESC, aanbieder_agb
"""
VERGELIJKING = """
SELECT v.aanbieder_agb, v.wet, v.productgroep, v.maat, v.clienten, v.aantal, v.vergelijkbaar_aandeel,
       v.waargenomen, v.verwacht, v.verhouding, v.grens_95_onder, v.grens_95_boven, v.grens_998_onder,
       v.grens_998_boven, a.aanbieders, v.jaar_volledig,
       CASE WHEN a.aanbieders >= $genoeg THEN v.oordeel ELSE 'te weinig andere aanbieders' END AS oordeel
FROM eigen.aanbieder_vergelijking v
LEFT JOIN eigen.aanbieder_aandeel a USING (jaar, wet, productgroep, aanbieder_agb)
WHERE v.jaar = $jaar AND ($wet::varchar IS NULL OR v.wet = $wet)
  AND ($aanbieder::varchar IS NULL OR v.aanbieder_agb = $aanbieder) AND v.aantal > 0
ORDER BY v.maat, v.wet DESC, v.productgroep, v.clienten DESC, v.aanbieder_agb
"""
GRENZEN = (
    "waargenomen",
    "verwacht",
    "verhouding",
    "grens_95_onder",
    "grens_95_boven",
    "grens_998_onder",
    "grens_998_boven",
)
# Of a month the clients of that month count; the mean and limits rest on many months.
REGELKAART = """
WITH mensen AS (
    SELECT aanbieder_agb, levermaand AS maand, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
    GROUP BY aanbieder_agb, levermaand)
SELECT r.aanbieder_agb, r.maand, r.waarde, r.gemiddelde, r.ondergrens, r.bovengrens, r.signaal, r.richting,
       r.basis_van, r.basis_tot, r.basis_reden, coalesce(m.clienten, 0) AS clienten
FROM eigen.regelkaart r LEFT JOIN mensen m USING (aanbieder_agb, maand)
WHERE r.maat = 'omzet aanbieder' AND ($aanbieder::varchar IS NULL OR r.aanbieder_agb = $aanbieder)
  AND r.maand >= $vanaf ORDER BY r.aanbieder_agb, r.maand
"""


def year_of(f: Filters) -> int:
    """The year in which the period ends: yearly figures are of that year."""
    return f.periode.tot.year if f.periode.tot.month > 1 else f.periode.tot.year - 1


def read_omzet(lezer: Lezer, f: Filters, *, toen: bool = False) -> pl.DataFrame:
    """Per own aanbieder realisatie_cent and clienten over the period; toen: as known twelve months ago."""
    return lezer.read(
        OMZET_TOEN if toen else OMZET, Clienten("clienten", ("realisatie_cent",), eigen=True), f.params
    )


def read_contract(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per own aanbieder with a contract in the year: plafond_cent and the ways in which he is paid."""
    # Nothing here depends on clients: the rule has no measure to empty.
    return lezer.read(CONTRACT, Clienten("clienten", (), eigen=True), f.params | {"jaar": year_of(f)})


def read_uitnutting(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per own aanbieder the uitnutting of the year in euros, corrected for what is still to be declared."""
    regel = Clienten("clienten", ("uitnutting",), eigen=True)
    return lezer.read(UITNUTTING, regel, f.params | {"jaar": year_of(f)})


def read_aandeel(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per own aanbieder and productgroep of the year: share, rank and who depends on him; largest first."""
    regel = Clienten("clienten", AANDEEL_MATEN, eigen=True)
    return lezer.read(AANDEEL, regel, f.params | {"jaar": year_of(f)})


def read_spel(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per own aanbieder the findings and euros at stake in the period, a line counted once."""
    return lezer.read(SPEL.replace("@waar", WAAR), BEVINDINGEN, f.params)


def read_vergelijking(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per own aanbieder, productgroep and measure of the year: observed against expected, with limits.

    Without three other aanbieders in the productgroep what is expected would be what one of them shows: then
    the figures are empty, and `oordeel` says so.
    """
    regel = Clienten("clienten", GRENZEN, eigen=True)
    df = lezer.read(VERGELIJKING, regel, f.params | {"jaar": year_of(f), "genoeg": MINSTE_AANBIEDERS})
    genoeg = pl.col("aanbieders").fill_null(0) >= MINSTE_AANBIEDERS
    return df.with_columns(pl.when(genoeg).then(pl.col(k)).otherwise(None).alias(k) for k in GRENZEN)


def read_regelkaart(lezer: Lezer, f: Filters, vanaf: date | None = None) -> pl.DataFrame:
    """Per own aanbieder and month: the euros of the control chart with mean and limits.

    vanaf: the first month; left out, three years before the last one.
    """
    if vanaf is None:
        laatste = lezer.meta.laatste_levermaand
        vanaf = add_months(laatste, -MAANDEN_REGELKAART) if laatste is not None else f.periode.van
    regel = Clienten("clienten", ("waarde",), eigen=True)
    return lezer.read(REGELKAART, regel, f.params | {"vanaf": vanaf})
