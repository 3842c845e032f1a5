"""What the driver tree says: K = cliënten × duur × … × prijs, before, after and in euros (METHODEN §1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.numbers import (
    GEEN,
    count,
    decimals,
    enumerate_nl,
    euro,
    euro_cent,
    euro_mln,
    euro_same,
    percent,
    price,
    ratio,
    signed,
    unit,
)

NAAM = {
    "clienten": "Aantal cliënten",
    "duur": "Duur per cliënt",
    "stapeling": "Producten tegelijk",
    "mix": "Zwaarte en soort",
    "toegewezen_intensiteit": "Omvang indicatie",
    "uitnutting": "Uitnutting",
    "geleverde_intensiteit": "Zorg per week",
    "tariefindex": "Tariefindex",
    "prijs": "Prijs buiten de index",
    "overig": "Correcties",
}
TAKKEN = {
    "Volume": ("clienten", "duur", "stapeling"),
    "Zwaarte en gebruik": ("mix", "toegewezen_intensiteit", "geleverde_intensiteit", "uitnutting"),
    "Prijs": ("tariefindex", "prijs"),
    "Correcties": ("overig",),
}
PAGINA = {
    "clienten": "stroom",
    "duur": "stroom",
    "mix": "pq",
    "toegewezen_intensiteit": "uitnutting",
    "uitnutting": "uitnutting",
}
"""Where more is told about a factor."""
SCHUIFT = "verschuiving naar {} groepen"
Waarden = Mapping[str, float | None]


@dataclass(frozen=True)
class Knoop:
    """One box of the tree: what it is, what it was and became, and the euros it accounts for.

    eerst and daarna are words with their unit in eenheid; verandering is a fraction; noot says what a reader
    would otherwise trip over.
    """

    naam: str
    cent: int
    eerst: str = ""
    daarna: str = ""
    eenheid: str = ""
    verandering: float | None = None
    noot: str = ""
    pagina: str = ""
    takken: tuple["Knoop", ...] = ()


def make_boom(
    totaal: Mapping[str, int | None], factoren: Waarden, eenheid: str | None, *, een_product: bool
) -> Knoop | None:
    """The tree of a comparison; None where the selection is empty or suppressed.

    totaal: as read_totaal of dashboard.reading.ontleding; factoren: as read_boom; een_product: the selection
    is one product within its productgroep, so that mix is its share.
    """
    eerst, daarna = totaal.get("realisatie_0_cent"), totaal.get("realisatie_1_cent")
    if eerst is None or daarna is None:
        return None
    cent = {naam: int(totaal.get(f"effect_{naam}_cent") or 0) for naam in NAAM}
    takken: list[Knoop] = []
    for naam, delen in TAKKEN.items():
        if naam == "Correcties" and not cent["overig"]:
            continue
        bladeren = tuple(
            _make_blad(d, cent[d], factoren, eenheid, een_product=een_product)
            for d in delen
            if cent[d] or d not in ("geleverde_intensiteit", "toegewezen_intensiteit", "uitnutting")
        )
        som = sum(b.cent for b in bladeren)
        takken.append(Knoop(naam, som, takken=bladeren if len(delen) > 1 else ()))
    schrijf = euro_same(max(abs(eerst), abs(daarna)))
    return Knoop(
        "Uitgaven",
        daarna - eerst,
        schrijf(eerst),
        schrijf(daarna),
        verandering=_growth(eerst, daarna),
        takken=tuple(takken),
    )


def _make_blad(naam: str, cent: int, factoren: Waarden, eenheid: str | None, *, een_product: bool) -> Knoop:
    kolom, write, wat = _describe(naam, eenheid, een_product=een_product)
    eerst, daarna = factoren.get(f"{kolom}_0"), factoren.get(f"{kolom}_1")
    groei = _growth(eerst, daarna)
    noot = ""
    if naam == "clienten" and groei is not None and groei * cent < 0:
        noot = SCHUIFT.format("duurdere" if cent > 0 else "goedkopere")
    if eerst is None or daarna is None:
        return Knoop(NAAM[naam], cent, pagina=PAGINA.get(naam, ""))
    return Knoop(NAAM[naam], cent, write(eerst), write(daarna), wat, groei, noot, pagina=PAGINA.get(naam, ""))


def _describe(
    naam: str, eenheid: str | None, *, een_product: bool
) -> tuple[str, Callable[[float], str], str]:
    """Which factor stands for an effect, how it is written, and in what."""
    per_week: tuple[Callable[[float], str], str] = (_one, "index")
    if eenheid is not None:
        per_week = (_two, f"{unit(eenheid, 2)} per week")
    soorten: dict[str, tuple[str, Callable[[float], str], str]] = {
        "clienten": ("clienten", count, "cliënten"),
        "duur": ("duur", _one, "weken zorg per cliënt"),
        "stapeling": ("stapeling", _two, "producten tegelijk"),
        "mix": ("week_cent", euro_cent, "per week tegen kosten van toen"),
        "toegewezen_intensiteit": ("toegewezen", *per_week),
        "geleverde_intensiteit": ("geleverd", *per_week),
        "uitnutting": ("uitnutting", percent, "van wat is toegewezen"),
        "tariefindex": ("tarief", _one, "index"),
        "prijs": ("los", _one, "index"),
        "overig": ("", _one, ""),
    }
    if naam == "mix" and een_product:
        return "aandeel", percent, "van de weken in de productgroep"
    return soorten[naam]


def _one(waarde: float) -> str:
    return decimals(waarde, 1)


def _two(waarde: float) -> str:
    return decimals(waarde, 2)


def _growth(eerst: float | None, daarna: float | None) -> float | None:
    keer = ratio(daarna, eerst)
    return None if keer is None else keer - 1


def word_prijs(factoren: Waarden, eenheid: str | None) -> str:
    """What a unit cost before and after, or nothing where the selection has several units."""
    eerst, daarna = factoren.get("prijs_cent_0"), factoren.get("prijs_cent_1")
    if eenheid in (None, "83") or eerst is None or daarna is None:
        return ""
    return f"{price(eerst, eenheid)} werd {price(daarna, eenheid)}"


def title_boom(boom: Knoop | None) -> str:
    """The split in three that adds up to the difference, the largest first."""
    if boom is None:
        return "Waarom de uitgaven veranderden is hier niet te tonen"
    if not any(t.cent for t in boom.takken):
        return "Er is niets veranderd"
    op_maat = sorted((t for t in boom.takken if t.cent), key=lambda t: -abs(t.cent))
    delen = [f"{t.naam.lower()} {signed(euro_mln(t.cent))}" for t in op_maat]
    tekst = enumerate_nl(delen)
    return f"{tekst[0].upper()}{tekst[1:]}"


def make_rows(boom: Knoop | None) -> list[list[str]]:
    """The tree as rows of a table: cause, before, after, change and euros."""
    if boom is None:
        return []
    rijen: list[list[str]] = []

    def add(k: Knoop, pad: str) -> None:
        wat = f" {k.eenheid}" if k.eenheid else ""
        groei = GEEN if k.verandering is None else signed(percent(k.verandering))
        rijen.append(
            [
                f"{pad}{k.naam}",
                f"{k.eerst}{wat}" if k.eerst else GEEN,
                k.daarna or GEEN,
                groei,
                signed(euro(k.cent)),
            ]
        )
        for t in k.takken:
            add(t, f"{k.naam} › " if pad or k is not boom else "")

    add(boom, "")
    return rijen
