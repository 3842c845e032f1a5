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
    stroom_rijp_maanden: int = 2
    """Newest levermaanden too incomplete to settle flows; measured: older flows hold within 2 percent."""
    stilte_rijp_maanden: int = 4
    """The same where start and stop are missing, so that a late declaration undoes an end."""
    stilte_procent: int = 50
    """Share of leveringen without start and stop from which a cell rests on declarations."""
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

    zwaarste_huishoudens: int = 20
    """Households in the group of the heaviest: the twenty families of AEF."""

    termijn_onderzoek_dagen: int = 42
    """Days for the onderzoek after a melding: six weeks (Wmo 2015, 2.3.2)."""
    termijn_besluit_dagen: int = 14
    """Days for the besluit after the aanvraag: two weeks (Wmo 2015, 2.3.5)."""

    rechtmatigheid_fouten_promille: int = 10
    """Until 2022: tolerance of the accountant for fouten, per mille of the lasten."""
    rechtmatigheid_onzekerheden_promille: int = 30
    """Until 2022: tolerance of the accountant for onzekerheden, per mille of the lasten."""
    rechtmatigheid_grens_promille: int = 10
    """Since 2023: the boundary that the raad sets, between 0 and 30 per mille; 10 is an assumption."""
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
    volledigheid_maanden: int = 12
    """Months before a month that tell how many declared lines are usual for an aanbieder."""
    volledigheid_vaak: int = 6
    """Of those months, in how many it must have declared for a month to be expected."""
    volledigheid_regels: int = 10
    """Usual lines a month from which few of them says something: with less, chance decides."""
    volledigheid_procent: int = 50
    """Share of the usual lines, in percents, under which a month counts as few."""
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
    "stroom_rijp_maanden": "Aantal jongste volledige levermaanden waarop vaststaande in- en uitstroom nog "
    "niet rust, omdat er declaraties nakomen.",
    "stilte_rijp_maanden": "Hetzelfde aantal waar start en stop ontbreken, zodat een late declaratie een "
    "einde ongedaan maakt.",
    "stilte_procent": "Deel van de leveringen zonder start en stop, in procenten, vanaf waar de stromen van "
    "een cel op declaraties rusten.",
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
    "termijn_onderzoek_dagen": "Dagen voor het onderzoek na een melding (zes weken, Wmo 2015 artikel 2.3.2).",
    "termijn_besluit_dagen": "Dagen voor het besluit na de aanvraag (twee weken, Wmo 2015 artikel 2.3.5).",
    "zwaarste_huishoudens": "Aantal huishoudens in de groep met de hoogste kosten.",
    "regelkaart_aanbieders": "Aantal grootste aanbieders dat een eigen regelkaart krijgt.",
    "rechtmatigheid_fouten_promille": "Tot en met 2022: hoogste bedrag aan fouten waarbij de accountant een "
    "goedkeurende verklaring gaf, in promille van de lasten (gebruikelijk 1 procent).",
    "rechtmatigheid_onzekerheden_promille": "Tot en met 2022: hoogste bedrag aan onzekerheden waarbij de "
    "accountant een goedkeurende verklaring gaf, in promille van de lasten (gebruikelijk 3 procent).",
    "rechtmatigheid_grens_promille": "Vanaf 2023: grens voor de rechtmatigheidsverantwoording van het "
    "college, door de raad vast te stellen tussen 0 en 3 procent, in promille van de lasten (zonder opgave 1 "
    "procent).",
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
    "volledigheid_maanden": "Aantal maanden ervoor dat zegt hoeveel regels van een aanbieder gebruikelijk "
    "zijn.",
    "volledigheid_vaak": "In hoeveel van die maanden een aanbieder gedeclareerd moet hebben om een maand te "
    "verwachten.",
    "volledigheid_regels": "Gebruikelijk aantal regels per maand vanaf waar weinig regels iets zegt; bij "
    "minder is het toeval.",
    "volledigheid_procent": "Deel van het gebruikelijke aantal regels, in procenten, waaronder een maand "
    "'weinig' heet.",
    "zonder_versie_procent": "Percentage rijen zonder moment van kennis waarboven een teruggerekend jaar met "
    "kennis achteraf heet.",
}
