"""Choices that have no source in law or standard: settings, never constants buried in a model.

Models read them from the one-row table ``peil.instelling``; the snapshot repeats them in
``meta.instelling`` so that a page can name the choice it rests on.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Settings:
    """Settings of one build; the defaults are the documented choices."""

    onderbreking_dagen: int = 90
    """Longest gap between two deliveries that still counts as one uninterrupted spell."""
    nieuw_jaren: int = 5
    """A client without a spell in this many years before counts as nieuw, else as heringestroomd."""
    spreiding_maanden: int = 12
    """Months over which a total without einddatum is spread."""
    vergelijk_maanden: int = 12
    """How far back the comparison 'as known then' looks."""
    voorlopig_maanden: int = 2
    """Months before the last full levermaand from which figures are still marked provisional."""
    schalen_marge_procent: int = 5
    """Largest difference in euros a week, as a percentage of before, that is neither up nor down."""

    def as_rows(self) -> list[tuple[str, int, str]]:
        """Rows of ``meta.instelling``: name, value, meaning in Dutch."""
        return [(naam, int(waarde), BETEKENIS[naam]) for naam, waarde in asdict(self).items()]


BETEKENIS = {
    "onderbreking_dagen": "Langste onderbreking in dagen waarbij zorg nog als één doorlopende periode telt.",
    "nieuw_jaren": "Jaren zonder zorg waarna iemand die terugkomt weer als nieuw telt.",
    "spreiding_maanden": "Maanden waarover een totaalvolume zonder einddatum wordt gespreid.",
    "vergelijk_maanden": "Hoeveel maanden eerder de vergelijking 'zoals toen bekend' kijkt.",
    "voorlopig_maanden": "Aantal maanden voor de laatste volledige levermaand vanaf waar cijfers voorlopig "
    "zijn.",
    "schalen_marge_procent": "Verschil in kosten per week, in procenten van ervoor, tot waar een overgang "
    "geen op- of afschalen is.",
}
