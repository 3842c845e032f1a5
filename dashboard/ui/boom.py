"""The driver tree of the page Ontleding: each cause before, after and in euros, with the way to its page."""

from html import escape
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from dashboard.access.door import ROL_SLEUTEL, Toegang
from dashboard.boom import Knoop, make_boom, make_rows, title_boom, word_prijs
from dashboard.filters import Filters
from dashboard.numbers import euro_mln, percent, signed
from dashboard.reading.boom import read_boom
from dashboard.reading.ontleding import Vergelijking, read_totaal
from dashboard.ui.card import explain, show_card
from dashboard.ui.navigatie import link

NOOT = (
    "Eerste getal: het gemiddelde toen. Tweede getal: dat gemiddelde maal de groei, gewogen met de uitgaven"
    " van beide perioden. Zo staat een verschuiving tussen producten alleen bij cliënten of bij zwaarte en"
    " soort. De euro's tellen op tot het verschil."
)
HELE_GROEP = " Cliënten zijn van dit product; duur en producten tegelijk zijn van de hele productgroep."


def show_boom(toegang: Toegang, f: Filters, v: Vergelijking, onder: str, methode: str) -> None:
    """Card: the tree of the selection, as boxes and as a table."""
    lezer = toegang.lezer
    totaal = read_totaal(lezer, f, v)
    factoren = read_boom(lezer, f, v)
    eenheid = factoren.get("eenheid")
    code = None if eenheid is None else str(eenheid)
    boom = make_boom(totaal, factoren, code, een_product=f.product is not None)
    leeg = ""
    if not totaal:
        leeg = "Geen uitgaven in deze selectie. Kies een andere periode of wis de filters."
    elif boom is None:
        leeg = f"Niet getoond: {lezer.niet_getoond}."
    prijs = word_prijs(factoren, code)
    noot = NOOT + (HELE_GROEP if f.product is not None else "")
    show_card(
        toegang,
        "boom",
        title_boom(boom),
        f"{onder}{'. ' + prijs[0].upper() + prijs[1:] if prijs else ''}",
        lambda: draw_boom(boom, _addresses(toegang, f)) if boom is not None else "",
        "",
        pl.DataFrame([totaal | {k: w for k, w in factoren.items() if k not in totaal}]),
        {"Oorzaak": "tekst"} | dict.fromkeys(("Eerst", "Daarna", "Verandering", "Bedrag"), "getal"),
        lambda: make_rows(boom),
        explain(toegang, f"drijverboom, {onder}. {methode}", f.at(v.daarna), "pq_ontleding"),
        begrip="pq_ontleding",
        leeg=leeg,
        onder_figuur=f'<p class="si-onder">{escape(noot)}</p>',
        meer=("knoppen", "Probeer wat draaien aan een knop kost"),
    )


def _addresses(toegang: Toegang, f: Filters) -> dict[str, str]:
    """Address of each page that a factor may link to, with the filters and in the demo the role."""
    rol = st.query_params.get(ROL_SLEUTEL)
    vraag = urlencode(f.query | ({ROL_SLEUTEL: rol} if rol else {}))
    return {pad: f"{pad}?{vraag}" for pad in ("stroom", "pq", "uitnutting") if link(toegang, pad) is not None}


def draw_boom(boom: Knoop, adressen: dict[str, str]) -> str:
    """HTML of the tree: nested lists, so that it reads and prints as one; adressen: per page its address."""
    grootste = max((abs(b.cent) for t in boom.takken for b in (t, *t.takken)), default=0) or 1
    return f'<div class="si-boom"><ul>{_draw(boom, adressen, grootste)}</ul></div>'


def _draw(k: Knoop, adressen: dict[str, str], grootste: int) -> str:
    naam = escape(k.naam)
    if k.pagina in adressen:
        naam = f'<a href="{escape(adressen[k.pagina], quote=True)}" target="_self">{naam}</a>'
    waarde = f"{k.eerst} → {k.daarna}" if k.eerst else ""
    groei = "" if k.verandering is None else signed(percent(k.verandering))
    if waarde:
        waarde = f'<span class="si-hoeveel">{escape(waarde)} <small>{escape(k.eenheid)}</small></span>'
    klasse, pijl = ("nadeel", "▲") if k.cent > 0 else ("voordeel", "▼") if k.cent < 0 else ("", "")
    bedrag = f'<span class="si-bedrag si-{klasse}">{escape(signed(euro_mln(k.cent)))} {pijl}</span>'
    breedte = 100 * abs(k.cent) / grootste
    balk = f'<i class="si-maat si-{klasse}" style="width:{breedte:.1f}%"></i>' if not k.takken else ""
    noot = f'<small class="si-noot">{escape(k.noot)}</small>' if k.noot else ""
    doos = (
        f'<div class="si-knoop"><b>{naam}</b>{waarde}<span class="si-groei">{escape(groei)}</span>'
        f"{bedrag}{balk}{noot}</div>"
    )
    takken = "".join(_draw(t, adressen, grootste) for t in k.takken)
    return f"<li>{doos}{f'<ul>{takken}</ul>' if takken else ''}</li>"
