"""Whether what is expected has come, on time and readable: lines and codes, no clients and no amounts.

Counts of lines of one aanbieder follow the smallest cell as well: a handful of lines is a handful of people.
"""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Geen, Stromen
from dashboard.filters import Filters

LADEN = Geen("bestanden en regels per maand van laden: geen inhoud en geen personen")
GEHEEL = Geen("regels van alle aanbieders samen: geen personen")
MAANDEN = """
SELECT aanbieder_agb || '|' || wet AS sleutel, aanbieder_agb, wet, levermaand, stand, regels,
       coalesce(gebruikelijk, 0) AS gebruikelijk, voorlopig
FROM vrij.volledigheid WHERE @maanden AND @wet ORDER BY aanbieder_agb, wet, levermaand
"""
_SOORTEN = """count(*) FILTER (WHERE regel = 'declaratie_te_laat') AS declaratieregels,
       count(*) FILTER (WHERE regel = 'OP271') AS starts, count(*) FILTER (WHERE regel = 'OP272') AS stops"""
_LAAT = """FROM vrij.declaratiecontrole WHERE regel IN ('declaratie_te_laat', 'OP271', 'OP272')
  AND ontvangen_op >= $van AND ontvangen_op < $tot AND @wet"""
TE_LAAT = f"""
SELECT aanbieder_agb, count(*) AS samen, {_SOORTEN}
{_LAAT} GROUP BY aanbieder_agb ORDER BY samen DESC, aanbieder_agb
"""
TE_LAAT_SOORT = f"""
SELECT {_SOORTEN} {_LAAT}
"""
ONBEKEND = """
SELECT soort, wet, code, regels, eerste_maand, laatste_maand FROM vrij.onbekende_code
WHERE @wet AND laatste_maand >= $van AND eerste_maand < $tot ORDER BY soort DESC, regels DESC, code
"""
QUARANTAINE = """
SELECT date_trunc('month', geladen_op)::DATE AS maand, count(*) AS bestanden,
       coalesce(sum(regels), 0)::BIGINT AS regels, coalesce(sum(regels_quarantaine), 0)::BIGINT AS quarantaine
FROM vrij.laadlog WHERE status IN ('geladen', 'deels', 'geweigerd') GROUP BY 1 ORDER BY 1
"""


def read_maanden(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per aanbieder, wet and levermaand: stand, regels, gebruikelijk (few lines are not shown), voorlopig."""
    return lezer.read(MAANDEN, Stromen(("regels", "gebruikelijk")), f.params)


def rank_gaten(df: pl.DataFrame) -> pl.DataFrame:
    """Who misses a month or has few lines: sleutel, aanbieder_agb, wet, mist, weinig; worst first."""
    tel = [
        (pl.col("stand") == stand).sum().cast(pl.Int64).alias(naam)
        for stand, naam in (("ontbreekt", "mist"), ("weinig", "weinig"))
    ]
    return (
        df.group_by("sleutel", "aanbieder_agb", "wet")
        .agg(*tel)
        .filter(pl.col("mist") + pl.col("weinig") > 0)
        .sort("mist", "weinig", "sleutel", descending=[True, True, False])
    )


def read_te_laat(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per aanbieder what came in late in these months: samen and of which kind; few are left out."""
    regel = Clienten("samen", ("declaratieregels", "starts", "stops"))
    df = lezer.read(TE_LAAT, regel, f.params)
    return df.filter(~pl.col("niet_getoond")).drop("niet_getoond")


def read_te_laat_samen(lezer: Lezer, f: Filters) -> dict[str, int]:
    """The same of all aanbieders together: declaratieregels, starts and stops."""
    rij: dict[str, int] = lezer.read(TE_LAAT_SOORT, GEHEEL, f.params).row(0, named=True)
    return rij


def read_onbekend(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Codes that the own tables do not know and that occur in these months; few lines are not counted."""
    return lezer.read(ONBEKEND, Clienten("regels"), f.params)


def read_quarantaine(lezer: Lezer) -> pl.DataFrame:
    """Per month of loading: bestanden, regels and the lines of those set apart."""
    return lezer.read(QUARANTAINE, LADEN)
