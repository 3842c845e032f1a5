"""What was loaded and what was not, and whether both sides of every transfer agree; nothing about persons."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Geen

LADEN = Geen("bestanden, regels en redenen: geen inhoud en geen personen")

LAADLOG = """
SELECT geladen_op, naam, berichttype, standaard, release, status, regels, regels_geladen, regels_quarantaine,
       bedrag_cent, bedrag_geladen_cent, bedrag_quarantaine_cent, redenen, sha256
FROM vrij.laadlog ORDER BY geladen_op DESC, naam LIMIT 5000
"""
STATUS = """SELECT status, count(*) AS bestanden, sum(regels)::BIGINT AS regels
FROM vrij.laadlog GROUP BY status ORDER BY status"""
QUARANTAINE = """
SELECT berichttype, code, omschrijving, veld, count(*) AS regels, count(DISTINCT bericht_id) AS bestanden,
       sum(bedrag_cent)::BIGINT AS bedrag_cent
FROM vrij.quarantaine GROUP BY ALL ORDER BY regels DESC, berichttype, code
"""
BEVINDINGEN = """
SELECT berichttype, regel, retourcode, omschrijving, count(*) AS bevindingen,
       count(DISTINCT bericht_id) AS berichten
FROM vrij.declaratiecontrole GROUP BY ALL ORDER BY bevindingen DESC, regel, berichttype
"""
AANSLUITING = """
SELECT stap, wet, jaar, grootheid, links, rechts, verschil, verklaard_door, verklaard
FROM vrij.aansluiting ORDER BY stap, jaar DESC, wet DESC, grootheid
"""
CONTROLES = "SELECT naam, omschrijving, gevonden, ok FROM vrij.controle ORDER BY ok, naam"

GEHEEL = """
SELECT (SELECT count(*) FROM vrij.controle) AS controles, (SELECT count(*) FROM vrij.controle
    WHERE ok) AS goed,
       (SELECT count(*) FROM vrij.quarantaine) AS quarantaine,
       (SELECT count(*) FROM vrij.aansluiting WHERE verschil <> coalesce(verklaard, 0)) AS onverklaard
"""


def read_geheel(lezer: Lezer) -> dict[str, int]:
    """How far the figures can be relied on: checks, right ones, lines set apart, open differences."""
    return {k: int(v) for k, v in lezer.read(GEHEEL, LADEN).row(0, named=True).items()}


def read_laadlog(lezer: Lezer) -> pl.DataFrame:
    """The newest 5.000 files, newest first: status, lines and cents on both sides."""
    return lezer.read(LAADLOG, LADEN)


def read_status(lezer: Lezer) -> pl.DataFrame:
    """Number of files and lines per status."""
    return lezer.read(STATUS, LADEN)


def read_quarantaine(lezer: Lezer) -> pl.DataFrame:
    """Rejected lines by message type and reason."""
    return lezer.read(QUARANTAINE, LADEN)


def read_bevindingen(lezer: Lezer) -> pl.DataFrame:
    """Findings on what was loaded, by message type and rule of the standard, most frequent first."""
    return lezer.read(BEVINDINGEN, LADEN)


def read_aansluiting(lezer: Lezer) -> pl.DataFrame:
    """Every reconciliation: left, right, difference and what explains it."""
    return lezer.read(AANSLUITING, LADEN)


def read_controles(lezer: Lezer) -> pl.DataFrame:
    """The checks of the build: what was found, and whether that is right."""
    return lezer.read(CONTROLES, LADEN)
