"""The Hek year by year: what the documents say of budget, surplus and reserve, beside what was spent."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Geen

STUKKEN = Geen("gepubliceerde stukken, begroting en totalen van de hele gemeente per jaar: geen groep mensen")

HEK = """
SELECT jaar, begroting_cent, taakstelling_cent, realisatie_cent, volledig, ruimte_cent, rijksbijdrage_cent,
       saldo_hek_cent, saldo_soort, reserve_begin_cent, reserve_eind_cent
FROM vrij.hek_jaar ORDER BY jaar
"""
REGELS = """
SELECT tabel, jaar, volgorde, regel, is_som, bedrag_cent, bron FROM vrij.hek_regel
WHERE tabel IN ('meerjarenbeeld', 'overschotten en tekorten', 'decentralisatie-uitkeringen')
ORDER BY list_position(['meerjarenbeeld', 'overschotten en tekorten'], tabel) NULLS LAST,
    volgorde, regel, jaar
"""
RESERVE = """
SELECT make_date(jaar, 1, 1) AS datum, reserve_begin_cent AS reserve_cent FROM vrij.hek_jaar
WHERE reserve_begin_cent IS NOT NULL
UNION
SELECT make_date(jaar, 12, 31), reserve_eind_cent FROM vrij.hek_jaar WHERE reserve_eind_cent IS NOT NULL
ORDER BY datum
"""


def read_hek(lezer: Lezer) -> pl.DataFrame:
    """A row per year as `mart.hek_jaar` tells it."""
    return lezer.read(HEK, STUKKEN)


def read_regels(lezer: Lezer) -> pl.DataFrame:
    """The tables about the Hek as the documents print them, sums computed from their parts."""
    return lezer.read(REGELS, STUKKEN)


def read_reserve(lezer: Lezer) -> pl.DataFrame:
    """Stands of the reserve that a document names: datum, reserve_cent."""
    return lezer.read(RESERVE, STUKKEN)
