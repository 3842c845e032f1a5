"""Findings of the declaratiecontrole by cause, as the pages and the dossier show them."""

from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.numbers import count, euro
from dashboard.rapport.inhoud import Tabel
from dashboard.reading import controle


def make_oorzaken(lezer: Lezer, f: Filters, sleutel: str, titel: str, wat: str, leeg: str) -> Tabel:
    """Findings and euros at stake per cause, under a title of the caller's."""
    df = controle.read_oorzaken(lezer, f)
    return Tabel(
        sleutel,
        titel,
        f"nog in de realisatie, per oorzaak, {f.periode.label}; een regel telt per oorzaak één keer",
        df,
        {"Oorzaak": "tekst", "Bevindingen": "getal", "Regels": "getal", "Op het spel": "getal"},
        [[o, count(b), count(r), euro(c)] for o, b, r, c in df.iter_rows()],
        leeg=leeg,
        begrip="op_het_spel",
        wat=wat,
        blad="bevindingen",
    )
