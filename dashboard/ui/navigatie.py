"""Which pages there are, per level, in the order a person reads them."""

from dataclasses import dataclass

from dashboard.access.door import Toegang
from dashboard.access.roles import Niveau
from dashboard.ui import balken
from dashboard.ui.filterbar import Balk


@dataclass(frozen=True)
class Pagina:
    """A page of the dashboard: level, file, name in the navigation, address, heading and filters."""

    niveau: Niveau
    bestand: str
    naam: str
    pad: str
    kop: str
    balk: Balk | None = None


STRATEGISCH = (
    Pagina(
        "strategisch",
        "pages/strategisch/overzicht.py",
        "Overzicht",
        "overzicht",
        "Waar komen we uit, en waarom?",
        balken.OVERZICHT,
    ),
    Pagina(
        "strategisch",
        "pages/strategisch/meerjarenbeeld.py",
        "Meerjarenbeeld",
        "meerjarenbeeld",
        "Hoe houdt het geld zich over de jaren?",
    ),
    Pagina(
        "strategisch",
        "pages/strategisch/werkagenda.py",
        "Werkagenda",
        "werkagenda",
        "Wat doen we eraan, en helpt het?",
    ),
    Pagina(
        "strategisch",
        "pages/strategisch/clientgroepen.py",
        "Cliëntgroepen",
        "clientgroepen",
        "Hoe zijn de kosten over cliënten verdeeld?",
        balken.WET,
    ),
)
TACTISCH = (
    Pagina(
        "tactisch", "pages/tactisch/pq.py", "Producten", "pq", "Prijs en volume per product", balken.PRODUCTEN
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/ontleding.py",
        "Ontleding",
        "ontleding",
        "Waardoor veranderden de uitgaven?",
        balken.PRODUCTEN,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/programmering.py",
        "Jaarprogrammering",
        "programmering",
        "Loopt het jaar volgens plan?",
        balken.KNOPPEN,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/uitnutting.py",
        "Uitnutting",
        "uitnutting",
        "Wordt geleverd wat is toegewezen?",
        balken.KNOPPEN,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/stroom.py",
        "In-, door- en uitstroom",
        "stroom",
        "Wie komt, wie schuift door en wie gaat weg?",
        balken.KNOPPEN,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/prognose.py",
        "Prognose",
        "prognose",
        "Waar eindigt het jaar?",
        balken.KNOPPEN,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/toegang.py",
        "Toegang",
        "toegang",
        "Hoe lang duurt de weg naar zorg?",
        balken.WET,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/dagbesteding.py",
        "Dagbesteding",
        "dagbesteding",
        "Wat deed de kanteling van de dagbesteding?",
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/ho.py",
        "Huishoudelijke ondersteuning",
        "ho",
        "Hoeveel uren krijgt een huishouden?",
        balken.PERIODE,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/knoppen.py",
        "Knoppen",
        "knoppen",
        "Wat kost draaien aan een knop?",
        balken.KNOPPEN,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/wijk.py",
        "Wijk",
        "wijk",
        "Hoe verschilt deze wijk van andere?",
        balken.WIJK,
    ),
    Pagina(
        "tactisch",
        "pages/tactisch/cijfers.py",
        "Alle cijfers",
        "cijfers",
        "Welke cijfers zijn er, en wat betekenen ze?",
    ),
)
OPERATIONEEL = (
    Pagina(
        "operationeel",
        "pages/operationeel/signalen.py",
        "Signalen",
        "signalen",
        "Wat is er veranderd?",
    ),
    Pagina(
        "operationeel",
        "pages/operationeel/aanbieders.py",
        "Aanbieders",
        "aanbieders",
        "Welke aanbieder vraagt om een gesprek?",
        balken.WET,
    ),
    Pagina(
        "operationeel",
        "pages/operationeel/dossier.py",
        "Aanbiederdossier",
        "dossier",
        "Hoe staat deze aanbieder ervoor?",
        balken.AANBIEDERS,
    ),
    Pagina(
        "operationeel",
        "pages/operationeel/controle.py",
        "Declaratiecontrole",
        "controle",
        "Welke declaraties kloppen niet?",
        balken.CONTROLE,
    ),
)
BEHEER = (
    Pagina("beheer", "pages/beheer/laden.py", "Laden", "laden", "Laden en aansluiten"),
    Pagina(
        "beheer",
        "pages/beheer/datakwaliteit.py",
        "Datakwaliteit",
        "datakwaliteit",
        "Zijn de gegevens compleet en juist?",
        balken.DATAKWALITEIT,
    ),
    Pagina(
        "beheer",
        "pages/beheer/peildata.py",
        "Peildata",
        "peildata",
        "Wat veranderde tussen twee momentopnamen?",
    ),
)
ALGEMEEN = (
    Pagina(
        "algemeen",
        "pages/algemeen/begrippen.py",
        "Begrippen",
        "begrippen",
        "Wat betekent dit cijfer, en waar komt het vandaan?",
    ),
)
PAGINAS = (*STRATEGISCH, *TACTISCH, *OPERATIONEEL, *BEHEER, *ALGEMEEN)


def link(toegang: Toegang, pad: str) -> str | None:
    """File of the page at an address, or None where the role may not go there."""
    p = next(p for p in PAGINAS if p.pad == pad)
    return p.bestand if toegang.rol.may_open(p.niveau) else None
