"""The card Waarom: the causes of the change against last year, or of the distance to the programme."""

from dataclasses import dataclass
from datetime import date
from html import escape

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import words_strategisch as zinnen
from dashboard.access.door import Toegang
from dashboard.figures.waterval import make_waterval
from dashboard.filters import Filters
from dashboard.numbers import add_months, euro, euro_mln, euro_same, months_between, signed
from dashboard.reading import afwijking, ontleding
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.ontleding import GROEPEN

VORIG, PROGRAMMA = "vorig jaar", "programmering"
SLEUTEL = "waarom_tegenover"
BEIDE = "De oorzaken bestaan per wijk of per aanbieder, niet voor beide tegelijk. Haal een van de twee weg."


@dataclass(frozen=True)
class Rekening:
    """One account of a difference: two ends, the steps between them, and the words around it."""

    titel: str
    onder: str
    begin: tuple[str, int | None]
    stappen: list[tuple[str, int]]
    eind: tuple[str, int | None]
    noot: str
    wat: str


def _group(effecten: dict[str, int | None]) -> dict[str, int | None]:
    """Effects in the words of the report; None as soon as one of a group may not be shown."""
    uit: dict[str, int | None] = {}
    for naam, leden in GROEPEN.items():
        delen = [effecten[e] for e in leden]
        uit[naam] = None if any(d is None for d in delen) else sum(d for d in delen if d is not None)
    return uit


def _against_last_year(toegang: Toegang, f: Filters) -> Rekening | None:
    v = ontleding.find_vergelijking(toegang.lezer, f)
    totaal = ontleding.read_totaal(toegang.lezer, f, v) if v is not None else {}
    if v is None or not totaal:
        return None
    groepen = _group({e: totaal[f"effect_{e}_cent"] for e in ontleding.EFFECTEN})
    return Rekening(
        titel=zinnen.title_waarom(totaal["verschil_cent"], groepen),
        onder=f"via berichten, {v.daarna.label} tegenover {v.eerst.label}; {v.rijpheid}",
        begin=(v.eerst.label, totaal["realisatie_0_cent"]),
        stappen=[(n, c) for n, c in groepen.items() if c],
        eind=(v.daarna.label, totaal["realisatie_1_cent"]),
        noot="",
        wat=f"oorzaken van het verschil met vorig jaar, {v.daarna.label} tegenover {v.eerst.label}",
    )


def _against_programme(toegang: Toegang, f: Filters) -> Rekening | None:
    if f.has_deel or f.hoofdproduct is not None or f.periode.van.month != 1:
        return None
    a = afwijking.read_afwijking(toegang.lezer, f)
    if a is None:
        return None
    groepen = {n: c or 0 for n, c in _group(dict(a.effecten)).items()}
    groepen["Niet verdeeld"] = a.effecten[afwijking.NIET_VERDEELD]
    begin = date(f.periode.van.year, 1, 1)
    maanden = months_between(begin, add_months(begin, a.maanden))
    noten = []
    if a.komt_nog:
        noten.append(f"Er komt naar schatting nog {euro_mln(a.komt_nog)} binnen, hier niet meegeteld.")
    if a.begroting is not None:
        noten.append(
            f"De begroting over {maanden} is {euro_mln(a.begroting)}, ook voor wat buiten berichten om gaat;"
            " zij noemt alleen een bedrag en is niet naar oorzaken te verdelen."
        )
    return Rekening(
        titel=zinnen.title_programma(a.verschil, groepen, a.komt_nog),
        onder=f"via berichten, {maanden} tegenover het programma naar rato",
        begin=("geprogrammeerd", a.doel),
        stappen=[(n, c) for n, c in groepen.items() if c],
        eind=("uitgegeven", a.realisatie),
        noot=" ".join(noten),
        wat=f"oorzaken van het verschil met de jaarprogrammering, {maanden}",
    )


def show_waarom(toegang: Toegang, f: Filters) -> None:
    """Card: a step per cause, from what was to what is; the visitor chooses what to hold it against."""
    rekeningen = {VORIG: _against_last_year(toegang, f), PROGRAMMA: _against_programme(toegang, f)}
    er_zijn = {n: r for n, r in rekeningen.items() if r is not None}
    gekozen = st.session_state.get(SLEUTEL)
    naam = gekozen if gekozen in er_zijn else next(iter(er_zijn), VORIG)
    rekening = er_zijn.get(naam)
    leeg = ""
    if f.wijk is not None and f.aanbieder is not None:
        leeg = BEIDE
    elif rekening is None:
        leeg = (
            f"Over {f.periode.label} is geen eerlijke vergelijking te maken: er is geen jaar ervoor dat even"
            " compleet is, en geen programmering. Kies een andere periode."
        )
    elif rekening.begin[1] is None or rekening.eind[1] is None:
        leeg = f"Niet getoond: {toegang.lezer.niet_getoond}."
    r = rekening or Rekening("Waarom de uitgaven veranderden", f.periode.label, ("", 0), [], ("", 0), "", "")
    begin, eind = r.begin[1] or 0, r.eind[1] or 0

    def choose() -> None:
        if len(er_zijn) > 1:
            st.segmented_control(
                "Tegenover",
                list(er_zijn),
                default=naam,
                required=True,
                key=SLEUTEL,
                label_visibility="collapsed",
            )

    def rows() -> list[list[str]]:
        return [
            [r.begin[0], euro(begin)],
            *[[n, signed(euro(c))] for n, c in r.stappen],
            [r.eind[0], euro(eind)],
        ]

    def draw(*, breed: bool = True) -> go.Figure:
        write = euro_same(max(abs(begin), abs(eind)))
        return make_waterval(
            (r.begin[0], begin), r.stappen, (r.eind[0], eind), theme_palette(), write, breed=breed
        )

    show_card(
        toegang,
        "waarom",
        "Waarom de uitgaven veranderden" if f.wijk and f.aanbieder else r.titel,
        r.onder,
        draw,
        "Waterval van de uitgaven, een stap per oorzaak. De tabel geeft dezelfde cijfers.",
        pl.DataFrame(
            {
                "stap": [r.begin[0], *(n for n, _ in r.stappen), r.eind[0]],
                "bedrag_cent": [begin, *(c for _, c in r.stappen), eind],
            }
        ),
        {"Stap": "tekst", "Bedrag": "getal"},
        rows,
        explain(toegang, r.wat, f, "pq_ontleding"),
        begrip="jaarprogrammering" if naam == PROGRAMMA else "pq_ontleding",
        leeg=leeg,
        onder_figuur=f'<p class="si-onder">De as begint niet bij nul. {escape(r.noot)}</p>',
        meer=("ontleding", "Bekijk alle oorzaken")
        if naam == VORIG
        else ("programmering", "Bekijk de programmering"),
        keuze=choose,
        smal=lambda: draw(breed=False),
    )
