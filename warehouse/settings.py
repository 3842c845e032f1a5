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
    ontwikkeling_maanden: int = 36
    """Age in months from which a levermaand counts as fully declared."""
    patroon_maanden: int = 36
    """How many of the newest levermaanden the pattern of declaring rests on."""
    uitnutting_maanden: int = 12
    """How many of the newest levermaanden the expected uitnutting of nagekomen declaraties rests on."""
    rijp_maanden: int = 12
    """Age in months from which a levermaand counts as known when estimates of the past are judged."""
    terugblik_minimaal: int = 12
    """Fewest replayed months on which a method is chosen."""
    grote_aanbieder_procent: int = 10
    """Share of a productgroep's euros from which an aanbieder gets a run-off of its own."""

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
    "ontwikkeling_maanden": "Leeftijd in maanden vanaf waar een levermaand als volledig gedeclareerd telt.",
    "patroon_maanden": "Aantal jongste levermaanden waarop het declaratiepatroon rust.",
    "uitnutting_maanden": "Aantal jongste levermaanden waarop de verwachte uitnutting bij nagekomen "
    "declaraties rust.",
    "rijp_maanden": "Leeftijd in maanden vanaf waar een levermaand als bekend telt als schattingen van toen "
    "worden beoordeeld.",
    "terugblik_minimaal": "Minste aantal teruggerekende maanden waarop een methode wordt gekozen.",
    "grote_aanbieder_procent": "Aandeel in de euro's van een productgroep (in procenten) vanaf waar een "
    "aanbieder een eigen schatting van nagekomen declaraties krijgt.",
}
