"""What changed since the snapshot before this one: `mart.verschil`, summed per part and per cause."""

from datetime import date

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Geen

OORZAKEN = ("nieuwe_maanden", "nagekomen", "correcties", "gegevens", "indeling")
MATEN = ("vorig", "nu", "verschil", *OORZAKEN)
VORIGE = Geen("welke momentopname de vorige was: geen personen")
BOEKEN = Geen("grootboek en begroting: geen personen")

VERGELEKEN = "SELECT bekend_op FROM vrij.vergelijking WHERE bekend_op IS NOT NULL"
# A change tells about the clients of the months that changed; {groep} is a part of the budget, or the city.
REALISATIE = """
WITH geld AS (
    SELECT {sleutel}, {maten} FROM stad.verschil WHERE cijfer = 'realisatie' GROUP BY {groep}),
anders AS (
    SELECT DISTINCT periode AS levermaand, wet, hoofdproduct FROM stad.verschil
    WHERE cijfer = 'realisatie'),
mensen AS (
    SELECT {sleutel}, count(DISTINCT client_id) AS clienten
    FROM stad.client_maand JOIN anders USING (levermaand, wet, hoofdproduct) GROUP BY {groep})
SELECT g.*, coalesce(m.clienten, 0) AS clienten FROM geld g LEFT JOIN mensen m USING ({groep})
ORDER BY abs(verschil) DESC, {groep}
"""
IN_BOEKEN = """
SELECT cijfer, sum(vorig)::BIGINT AS vorig, sum(nu)::BIGINT AS nu, sum(verschil)::BIGINT AS verschil
FROM vrij.verschil_boeken GROUP BY cijfer ORDER BY cijfer
"""


def find_vorige(lezer: Lezer) -> date | None:
    """Known at which date the snapshot before this one was; None when this is the first."""
    df = lezer.read(VERGELEKEN, VORIGE)
    return df["bekend_op"][0] if df.height else None


def _ask(sleutel: str, groep: str) -> str:
    maten = ", ".join(f"sum({m})::BIGINT AS {m}" for m in MATEN)
    sql = REALISATIE.replace("{maten}", maten).replace("{sleutel}", sleutel)
    return sql.replace("{groep}", groep)


def read_geheel(lezer: Lezer) -> dict[str, int | None] | None:
    """What the euros by messages did, and by which cause; None when nothing changed."""
    sql = _ask("'alles' AS deel", "deel")
    df = lezer.read(sql, Clienten("clienten", MATEN))
    return df.row(0, named=True) if df.height else None


def read_delen(lezer: Lezer) -> pl.DataFrame:
    """The same per wet and hoofdproduct, the largest change first; small cells empty."""
    sql = _ask("wet, hoofdproduct", "wet, hoofdproduct")
    return lezer.read(sql, Clienten("clienten", MATEN, telt_op=()))


def read_boeken(lezer: Lezer) -> pl.DataFrame:
    """What changed in ledger and budget: cijfer, vorig, nu, verschil."""
    return lezer.read(IN_BOEKEN, BOEKEN)
