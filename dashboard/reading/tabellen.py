"""Every mart that a role may have: what a row is, what each column means, its begrippen, and the rows."""

from dataclasses import dataclass

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.roles import Rol
from dashboard.access.suppress import Geen
from dashboard.access.tables import TABELLEN, read_tabel

WOORDEN = Geen("betekenis van tabellen en kolommen: geen cijfers")
TABELLEN_SQL = "SELECT naam, omschrijving FROM vrij.tabel ORDER BY naam"
KOLOMMEN_SQL = "SELECT kolom, betekenis FROM vrij.kolom WHERE tabel = $tabel ORDER BY nr"
BEGRIPPEN_SQL = """
SELECT titel, definitie, formule, eenheid, bron FROM vrij.begrip WHERE model = $model ORDER BY titel
"""


@dataclass(frozen=True)
class Uitleg:
    """One table in words: what a row is, column to meaning, and the begrippen that it holds."""

    naam: str
    omschrijving: str
    kolommen: dict[str, str]
    begrippen: pl.DataFrame


def list_tabellen(lezer: Lezer, rol: Rol) -> dict[str, str]:
    """Tables that this role may have, with what a row of each is."""
    alle = dict(lezer.read(TABELLEN_SQL, WOORDEN).rows())
    mag = [n for n, t in TABELLEN.items() if any(rol.may_open(niveau) for niveau in t.niveaus)]
    return {naam: str(alle.get(naam) or "") for naam in sorted(mag)}


def read_uitleg(lezer: Lezer, naam: str) -> Uitleg:
    """The words of one table; raises KeyError for a name that is not on the list."""
    tabellen = dict(lezer.read(TABELLEN_SQL, WOORDEN).rows())
    kolommen = dict(lezer.read(KOLOMMEN_SQL, WOORDEN, {"tabel": naam}).rows())
    begrippen = lezer.read(BEGRIPPEN_SQL, WOORDEN, {"model": f"mart.{naam}"})
    return Uitleg(naam, str(tabellen[naam] or ""), {k: str(b or "") for k, b in kolommen.items()}, begrippen)


def read_rijen(lezer: Lezer, naam: str) -> pl.DataFrame:
    """The rows under the rules of the role; raises KeyError for a table that may not leave."""
    return read_tabel(lezer, TABELLEN[naam])
