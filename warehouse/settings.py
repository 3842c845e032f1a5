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
    rijp_procent: int = 98
    """Percentage of a levermaand that must have been declared before uitnutting is shown as it is."""
    slaper_dagen: int = 60
    """A toewijzing on which nothing is delivered for longer than this many days sleeps."""
    verzilver_dagen: int = 90
    """Days from its first day within which something must be delivered on a toewijzing that is used."""
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
    declaratietermijn_maanden: int = 12
    """Months after the levermaand in which a line may come in; later is a signal of our own."""
    start_gewoon_procent: int = 50
    """Share of delivered toewijzingen of a product with a start from which a missing start is a signal."""

    vergelijk_min_clienten: int = 10
    """Fewest clients with which an aanbieder is compared with others."""
    vergelijk_min_anderen: int = 5
    """Fewest clients of other aanbieders that a stratum needs before anything is expected of it."""

    regelkaart_basis_maanden: int = 20
    """Months at the start of a control chart's baseline that set its limits; METHODEN §10 says 12 to 20."""
    regelkaart_aanbieders: int = 20
    """How many of the largest aanbieders get a control chart of their own."""

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
    "rijp_procent": "Deel van een levermaand, in procenten, dat gedeclareerd moet zijn om uitnutting "
    "te tonen zonder correctie.",
    "slaper_dagen": "Dagen zonder levering waarna een lopende toewijzing een slaper is.",
    "verzilver_dagen": "Dagen vanaf de ingangsdatum waarbinnen een toewijzing voor het eerst geleverd "
    "moet zijn om als verzilverd te tellen.",
    "ontwikkeling_maanden": "Leeftijd in maanden vanaf waar een levermaand als volledig gedeclareerd telt.",
    "patroon_maanden": "Aantal jongste levermaanden waarop het declaratiepatroon rust.",
    "uitnutting_maanden": "Aantal jongste levermaanden waarop de verwachte uitnutting bij nagekomen "
    "declaraties rust.",
    "rijp_maanden": "Leeftijd in maanden vanaf waar een levermaand als bekend telt als schattingen van toen "
    "worden beoordeeld.",
    "terugblik_minimaal": "Minste aantal teruggerekende maanden waarop een methode wordt gekozen.",
    "grote_aanbieder_procent": "Aandeel in de euro's van een productgroep (in procenten) vanaf waar een "
    "aanbieder een eigen schatting van nagekomen declaraties krijgt.",
    "declaratietermijn_maanden": "Maanden na de levermaand waarbinnen een declaratieregel hoort binnen te "
    "komen; later is een eigen signaal.",
    "start_gewoon_procent": "Deel van de geleverde toewijzingen van een product met een start, in procenten, "
    "vanaf waar een ontbrekende start een signaal is.",
    "vergelijk_min_clienten": "Minste aantal cliënten waarmee een aanbieder met andere wordt vergeleken.",
    "vergelijk_min_anderen": "Minste aantal cliënten van andere aanbieders dat een groep (product, zwaarte, "
    "leeftijd) nodig heeft om er een verwachting op te baseren.",
    "regelkaart_basis_maanden": "Aantal maanden aan het begin van een basis waarop de grenzen van een "
    "regelkaart rusten.",
    "regelkaart_aanbieders": "Aantal grootste aanbieders dat een eigen regelkaart krijgt.",
}
