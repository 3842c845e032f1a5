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
    groei_maanden: int = 6
    """Full months over which a forecast measures growth against a year before."""
    stroom_maanden: int = 12
    """Months over which a forecast averages instroom and uitstroom."""
    verplichting_jaren: int = 3
    """Earlier years out of which a forecast takes what is realised per euro toegewezen."""
    prognose_paden: int = 1000
    """Simulated years behind the forecast of the year that runs."""
    terugblik_paden: int = 200
    """Simulated years behind each forecast of the past."""
    onzekerheid_procent: int = 4
    """Error of a forecast, in percents of what was not declared yet, before any was checked."""
    onzekerheid_jaren: int = 2
    """How many years of checked forecasts that belief weighs as much as."""
    plafond_gehouden_procent: int = 90
    """Share of aanbieders within their budgetplafond last year from which plafonds count as a limit."""
    zonder_versie_procent: int = 1
    """Share of rows without a moment of knowledge above which replays of a year are with hindsight."""

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
    "groei_maanden": "Volle maanden waarover een prognose de groei ten opzichte van een jaar eerder meet.",
    "stroom_maanden": "Maanden waarover een prognose instroom en uitstroom middelt.",
    "verplichting_jaren": "Aantal eerdere jaren waaruit een prognose haalt wat er per toegewezen euro wordt "
    "gerealiseerd.",
    "prognose_paden": "Aantal gesimuleerde jaren achter de prognose van het lopende jaar.",
    "terugblik_paden": "Aantal gesimuleerde jaren achter elke teruggerekende prognose.",
    "onzekerheid_procent": "Fout van een prognose, in procenten van wat nog niet gedeclareerd is, die geldt "
    "zolang er niets is nagerekend.",
    "onzekerheid_jaren": "Voor hoeveel nagerekende jaren die fout meeweegt.",
    "plafond_gehouden_procent": "Percentage van de aanbieders dat vorig jaar binnen het budgetplafond bleef, "
    "vanaf waar plafonds als grens tellen.",
    "zonder_versie_procent": "Percentage rijen zonder moment van kennis waarboven een teruggerekend jaar met "
    "kennis achteraf heet.",
}
