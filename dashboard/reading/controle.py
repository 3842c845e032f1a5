"""Findings of the declaratiecontrole: by cause, by rule, and the lines themselves."""

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import Geen
from dashboard.filters import TWAALF, Filters, make_periodes

BEVINDINGEN = Geen("regels van declaraties en hun nummer: geen cliënten; alleen van eigen aanbieders")
HOOGSTENS = 500
WAAR = """@wet AND ($aanbieder::varchar IS NULL OR aanbieder_agb = $aanbieder)
  AND coalesce(levermaand, date_trunc('month', ontvangen_op)::date) >= $van
  AND coalesce(levermaand, date_trunc('month', ontvangen_op)::date) < $tot"""
# A line against two rules of one cause is at stake once.
OORZAKEN = """
WITH regels AS (
    SELECT oorzaak, bericht_id, regel_nr, count(*) AS bevindingen, max(op_het_spel_cent) AS op_het_spel_cent
    FROM vrij.declaratiecontrole WHERE @waar GROUP BY oorzaak, bericht_id, regel_nr)
SELECT oorzaak, sum(bevindingen)::BIGINT AS bevindingen, count(*) AS regels,
       sum(op_het_spel_cent)::BIGINT AS op_het_spel_cent
FROM regels GROUP BY oorzaak ORDER BY op_het_spel_cent DESC, bevindingen DESC, oorzaak
"""
SAMEN = """
WITH regels AS (
    SELECT bericht_id, regel_nr, count(*) AS bevindingen, max(op_het_spel_cent) AS op_het_spel_cent
    FROM vrij.declaratiecontrole WHERE @waar GROUP BY bericht_id, regel_nr)
SELECT coalesce(sum(bevindingen), 0)::BIGINT AS bevindingen, count(*) AS regels,
       coalesce(sum(op_het_spel_cent), 0)::BIGINT AS op_het_spel_cent FROM regels
"""
PER_REGEL = """
SELECT oorzaak, soort, regel, retourcode, min(omschrijving) AS omschrijving, count(*) AS bevindingen,
       count(*) FILTER (WHERE afgekeurd) AS afgekeurd, sum(op_het_spel_cent)::BIGINT AS op_het_spel_cent
FROM vrij.declaratiecontrole WHERE @waar
GROUP BY oorzaak, soort, regel, retourcode ORDER BY op_het_spel_cent DESC, bevindingen DESC, regel
"""
LIJST = """
SELECT aanbieder_agb, regel, omschrijving, verwacht, gevonden, referentienummer, declaratienummer, levermaand,
       productcode, bedrag_cent, op_het_spel_cent, afgekeurd, naam, regel_nr,
       -- the name under which work on a finding is kept: of the line, so that it outlives a rebuild
       md5(concat_ws('|', bericht_id, regel_nr, regel, coalesce(declaratienummer, ''), coalesce(veld, '')))
           AS kenmerk
FROM vrij.declaratiecontrole WHERE @waar AND ($regel::varchar IS NULL OR regel = $regel)
ORDER BY op_het_spel_cent DESC, ontvangen_op DESC, naam, regel_nr, regel LIMIT $hoogstens
"""


def read_oorzaken(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per oorzaak: bevindingen, regels and op_het_spel_cent, a line counted once per oorzaak."""
    return _read(lezer, OORZAKEN, f)


def read_samen(lezer: Lezer, f: Filters) -> dict[str, int]:
    """All together: bevindingen, regels and op_het_spel_cent, a line counted once."""
    rij: dict[str, int] = _read(lezer, SAMEN, f).row(0, named=True)
    return rij


def read_andere_jaren(lezer: Lezer, f: Filters) -> dict[str, int]:
    """Bevindingen of the same selection in each other year that has any, the newest first."""
    jaren = [p for p in make_periodes(lezer.meta).values() if p.sleutel not in (TWAALF, f.periode.sleutel)]
    aantal = {p.sleutel: read_samen(lezer, f.at(p))["bevindingen"] for p in jaren}
    return {jaar: n for jaar, n in aantal.items() if n}


def read_per_regel(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per rule: what it says, bevindingen, how many of them are rejected already, op_het_spel_cent."""
    return _read(lezer, PER_REGEL, f)


def read_lijst(lezer: Lezer, f: Filters, regel: str | None) -> pl.DataFrame:
    """The findings themselves, the largest amount first, at most HOOGSTENS."""
    return _read(lezer, LIJST, f, regel=regel, hoogstens=HOOGSTENS)


def _read(lezer: Lezer, sql: str, f: Filters, **meer: Waarde) -> pl.DataFrame:
    return lezer.read(sql.replace("@waar", WAAR), BEVINDINGEN, f.params | meer)
