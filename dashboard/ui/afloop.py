"""The run-off triangle on the page Prognose: how soon a levermaand is known, and which ones are slow."""

from html import escape
from typing import Any

import polars as pl

from dashboard import words_tactisch
from dashboard.access.door import Toegang
from dashboard.figures.afloop import TERUG, WOORD, make_afloop, name_shades, tell_cel
from dashboard.filters import Filters
from dashboard.numbers import GEEN, add_months, day, enumerate_nl, euro, month, months_between, percent
from dashboard.reading import afloop
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.uitnutting import note_hidden

LEEG = (
    "Van deze selectie is nog niet te zien hoe declaraties binnenkomen: er is niets gedeclareerd, of alles is"
    " in een keer geladen."
)
NIET = "niet getoond"


def show_afloop(toegang: Toegang, f: Filters) -> None:
    """Card: of each of the newest levermaanden the part known after 0, 1, 2, … months."""
    lezer, palet = toegang.lezer, theme_palette()
    df = afloop.read_afloop(lezer, f)
    getoond = df.filter(~pl.col("niet_getoond"))
    daalt = pl.col("fractie") < pl.col("fractie").shift(1).over("levermaand") - TERUG
    df = df.with_columns(
        terug=(daalt & (pl.col("soort") == "bekend")).fill_null(False),
        uitleg=pl.struct(df.columns).map_elements(
            lambda r: tell_cel(r, lezer.reden_niet_getoond), return_dtype=pl.String
        ),
    )
    leeg = (
        LEEG
        if df.height == 0
        else f"Niet getoond: {lezer.reden_niet_getoond}."
        if getoond.height == 0
        else ""
    )
    titel = words_tactisch.title_afloop(df)
    leeftijden = sorted(df["leeftijd_maanden"].unique())
    kolommen = {"Levermaand": "kort", "Binnengekomen": "kort", "Kost naar verwachting": "getal"}
    kolommen |= dict.fromkeys((f"na {j}" for j in leeftijden), "getal")
    show_card(
        toegang,
        "afloop",
        titel,
        _subtitle(toegang, f, df),
        lambda: make_afloop(df, palet),
        "Warmtekaart: een rij per levermaand, een kolom per maand erna, in elk vak welk deel bekend was of"
        f" wordt verwacht. {titel}. De tabel geeft dezelfde cijfers.",
        df.drop("terug", "uitleg"),
        kolommen,
        lambda: _rows(df, leeftijden),
        explain(
            toegang,
            "afloopdriehoek: deel van een levermaand dat na een aantal maanden bekend was",
            f,
            "afloop",
        ),
        begrip="afloop",
        leeg=leeg,
        onder_figuur=_notes(toegang, df),
    )


def _subtitle(toegang: Toegang, f: Filters, df: pl.DataFrame) -> str:
    """What is measured: of which products, which months, known when; and what is left out."""
    wie = f.productgroep or f.hoofdproduct or f.wet or "alles samen"
    if f.product and f.product != f.productgroep:
        wie = f"{wie} (van een product apart is de afloop niet bekend)"
    delen = [f"{wie}: procent van de uitgaven dat bekend is (tabel: ≈ verwacht, ↓ teruggenomen)"]
    if df.height:
        eerste, laatste = df["levermaand"].min(), df["levermaand"].max()
        delen.append(f"levermaanden {months_between(eerste, add_months(laatste, 1))}")  # type: ignore[arg-type]
    delen.append(f"bekend op {day(toegang.lezer.meta.bekend_op)}")
    anders = afloop.list_verdeeld(toegang.lezer, f) if f.hoofdproduct else []
    if f.productgroep in anders:
        delen.append(f"{f.productgroep} van alle hoofdproducten samen: per hoofdproduct is dit niet bekend")
    elif anders and not f.productgroep:
        delen.append(f"zonder {enumerate_nl(anders)}: dat valt ook onder een ander hoofdproduct")
    return "; ".join(delen)


def _rows(df: pl.DataFrame, leeftijden: list[int]) -> list[list[str]]:
    """What is usual, then a row per levermaand, newest first; ≈ is expected, ↓ less than a month before."""
    gewoon = dict(df.select("leeftijd_maanden", "gewoonlijk").drop_nulls().unique().iter_rows())
    uit = [["meestal", GEEN, GEEN, *(percent(gewoon.get(j)) for j in leeftijden)]] if gewoon else []
    for rij in reversed(df.partition_by("levermaand", maintain_order=True)):
        cel = {r["leeftijd_maanden"]: r for r in rij.iter_rows(named=True)}
        weg = NIET if rij["niet_getoond"].any() else ""
        loop = rij["loop"].drop_nulls().unique().sort().to_list()
        uit.append(
            [
                month(rij["levermaand"][0]),
                weg or enumerate_nl([f"{WOORD[w]} {w} dan anders" for w in loop]) or GEEN,
                weg or euro(rij["ultimate_cent"][0]),
                *(_write(cel.get(j)) for j in leeftijden),
            ]
        )
    return uit


def _write(r: dict[str, Any] | None) -> str:
    if r is None or r["fractie"] is None:
        return GEEN
    teken = "≈ " if r["soort"] == "verwacht" else "↓ " if r["terug"] else ""
    return f"{teken}{percent(r['fractie'])}"


def _notes(toegang: Toegang, df: pl.DataFrame) -> str:
    """Legend, how to read it, and what is kept back or cannot be said."""
    tinten = zip(theme_palette().reeks, name_shades(), strict=True)
    delen = [f'<span><i style="background:{kleur}"></i>{escape(naam)}</span>' for kleur, naam in tinten]
    if (df["soort"] == "verwacht").any():
        delen.append('<span><i class="si-arceer"></i>verwacht</span>')
    if df["loop"].is_not_null().any():
        delen.append("<span>dikke rand: ▼ trager of ▲ sneller binnen dan anders</span>")
    if df["terug"].any():
        delen.append("<span>streepje onder het getal: minder dan een maand eerder, er is teruggenomen</span>")
    noot = (
        "Meestal: wat levermaanden lieten zien die oud genoeg zijn om bekend te heten. Van het laatste"
        " bekende vak van een rij is niet te zeggen of het trager ging: daaruit is geschat wat de maand kost."
        if df["gewoonlijk"].is_not_null().any()
        else "Er zijn nog te weinig oude levermaanden om te zeggen hoe het meestal gaat; wat nog komt is"
        " daarom niet getekend."
    )
    legenda = f'<div class="si-legenda">{"".join(delen)}</div>'
    return f'{legenda}<p class="si-onder">{escape(noot)}</p>{note_hidden(toegang, df)}'
