"""The dossier of one aanbieder as a report to take along: the same tables as on the page, in one order.

Workbook and PDF are both made of it.
"""

from dataclasses import dataclass
from datetime import datetime

from dashboard import dossier_tabellen as tabellen
from dashboard import dossier_verloop as verloop
from dashboard import gesprek
from dashboard.access.reader import Lezer
from dashboard.dossier import GEEN_PQ, Dossier, make_tiles
from dashboard.filters import Filters
from dashboard.gesprek import Gesprek
from dashboard.numbers import MAANDEN, day, moment, month
from dashboard.rapport.inhoud import Alinea, Deel, Hoofdstuk, Lijst, Rapport, Tabel
from dashboard.reading.aanbieders import read_regelkaart
from dashboard.reading.keuzes import read_begrip
from dashboard.tegels import Tegel
from dashboard.words_operationeel import GEEN_REGELKAART, title_regelkaart


@dataclass(frozen=True)
class Colofon:
    """For whom and when a report is made; zekerheid says in a few words how far to rely on it."""

    gemeente: str
    rol: str
    zekerheid: tuple[str, ...]
    gemaakt_op: datetime


def make_rapport(lezer: Lezer, f: Filters, d: Dossier, g: Gesprek, c: Colofon) -> Rapport:
    """The whole dossier. Every figure comes through `lezer`, so the rules of the role hold here too."""
    agb, tegels = str(f.aanbieder), make_tiles(lezer, f, d)
    kort = verloop.make_kort(tegels, f, d)
    hoofdstukken = [Hoofdstuk("In het kort", (Alinea(d.kop), kort))]
    hoofdstukken += _with_pq(lezer, f, d) if d.heeft_pq else _without_pq(lezer, f, d)
    hoofdstukken += [
        Hoofdstuk("Signalen", (gesprek.make_signalen(lezer, d, agb, g),)),
        Hoofdstuk(
            "Gespreksagenda",
            (gesprek.make_afspraken(g, c.gemaakt_op.date()), gesprek.make_notities(g)),
        ),
    ]
    hoofdstukken.append(Hoofdstuk("Begrippen", (Lijst(_explain(lezer, tegels, hoofdstukken)),)))
    hoofdstukken.append(_make_methode(lezer, c))
    meta = lezer.meta
    feiten = [
        ("Aanbieder", f"{d.naam} (AGB {agb})"),
        ("Periode", f.periode.label + (f", alleen {f.wet}" if f.wet else "")),
        ("Bekend op", day(meta.bekend_op)),
        ("Momentopname", meta.generatie),
        ("Rol", c.rol),
        ("Gemaakt op", moment(c.gemaakt_op)),
        ("Gebruik", _word_gebruik(lezer)),
    ]
    return Rapport(
        d.naam,
        f"Aanbiederdossier · gemeente {c.gemeente}",
        f"Aanbiederdossier {d.naam} · {f.periode.label} · bekend op {day(meta.bekend_op)}",
        feiten,
        hoofdstukken,
    )


def _with_pq(lezer: Lezer, f: Filters, d: Dossier) -> list[Hoofdstuk]:
    omzet = verloop.make_omzet(lezer, f, d)
    wijken = tabellen.make_wijken(lezer, f, d)
    kaart = read_regelkaart(lezer, f)
    return [
        Hoofdstuk(
            "Omzet en plafond",
            (verloop.make_contract(lezer, f, d), verloop.draw_omzet(lezer, f, d, omzet.df), omzet),
        ),
        Hoofdstuk("Per product (P×Q)", (tabellen.make_producten(lezer, f, d),)),
        Hoofdstuk("Per wijk", (verloop.draw_wijken(d, wijken.df), wijken)),
        Hoofdstuk("Waargenomen en verwacht", (tabellen.make_vergelijking(lezer, f, d),)),
        Hoofdstuk(
            "Tarieven, trajecten en aandeel",
            (
                tabellen.make_tarief(lezer, f, d),
                tabellen.make_traject(lezer, f, d),
                tabellen.make_aandeel(lezer, f, d),
            ),
        ),
        Hoofdstuk(
            "Declaratiegedrag en bevindingen",
            (
                Alinea(f"{title_regelkaart(d.naam, kaart)}." if kaart.height else GEEN_REGELKAART),
                tabellen.make_nagekomen(lezer, f, d),
                verloop.make_bevindingen(lezer, f, d),
            ),
        ),
    ]


def _without_pq(lezer: Lezer, f: Filters, d: Dossier) -> list[Hoofdstuk]:
    bereik = verloop.make_stroom(lezer, f, d, f)
    return [
        Hoofdstuk(
            "Vast bedrag en bereik",
            (
                Alinea(GEEN_PQ),
                verloop.make_contract(lezer, f, d),
                tabellen.make_vast(lezer, f, d),
                verloop.draw_bereik(d, bereik.df),
                bereik,
            ),
        )
    ]


def _explain(lezer: Lezer, tegels: list[Tegel], hoofdstukken: list[Hoofdstuk]) -> list[tuple[str, str]]:
    """Every definition that is used, once, in order of use."""
    delen = [d for h in hoofdstukken for d in h.delen if isinstance(d, Tabel)]
    uit = []
    for begrip in dict.fromkeys([*(t.begrip for t in tegels), *(d.begrip for d in delen)]):
        b = read_begrip(lezer, begrip) if begrip else None
        if b is not None:
            bron = f" Bron: {b['bron'].removesuffix('.')}." if b["bron"] else ""
            uit.append((b["titel"], b["definitie"] + bron))
    return uit


def _word_gebruik(lezer: Lezer) -> str:
    return "voor het gesprek, niet om te publiceren" if lezer.bereik.cel_eigen == 1 else "voor het gesprek"


def _explain_cel(lezer: Lezer) -> str:
    cel = lezer.bereik.cel_eigen
    if cel > 1:
        return f"Cijfers over minder dan {cel} cliënten zijn weggelaten."
    return (
        "Deze rol ziet eigen aanbieders tot op de laatste cliënt. Een cel kan daarom over één cliënt gaan: "
        "dit dossier is vertrouwelijk en niet geschikt om te publiceren."
    )


def _make_methode(lezer: Lezer, c: Colofon) -> Hoofdstuk:
    meta = lezer.meta
    zinnen = [
        "De cijfers komen uit de iWmo- en iJw-berichten en uit de leveringen van de gemeente, zoals die "
        f"bekend waren op {day(meta.bekend_op)} (momentopname {meta.generatie}). Bedragen zijn declaraties "
        "naar de maand waarin de zorg is geleverd, met correcties en zonder afgekeurde regels."
    ]
    if meta.voorlopig_vanaf is not None and meta.laatste_levermaand is not None:
        van = MAANDEN[meta.voorlopig_vanaf.month - 1]
        zinnen.append(
            f"Voorlopig zijn {van} t/m {month(meta.laatste_levermaand)}: daarvan komen nog declaraties "
            "binnen. Voorlopig en geschat staan er overal met dat woord bij, en in een figuur gearceerd."
        )
    zinnen.append(
        f"{_explain_cel(lezer)} Andere aanbieders zijn er alleen als gemiddelde van ten minste drie."
    )
    zinnen.append(
        "Er staan geen namen, adressen, geboortedata of burgerservicenummers van cliënten in. Afspraken en "
        "notities zijn door medewerkers geschreven. Bewaar dit dossier zoals andere vertrouwelijke stukken "
        "en deel het alleen met wie bij het gesprek hoort."
    )
    if c.zekerheid:
        zinnen.append(f"Betrouwbaarheid van deze cijfers: {'; '.join(c.zekerheid)}.")
    delen: list[Deel] = [Alinea(z) for z in zinnen]
    return Hoofdstuk("Methode en privacy", delen)
