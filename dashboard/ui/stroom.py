"""The page In-, door- en uitstroom: stock and flow in the form of CBS, of one cell and of all beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_stroom as words
from dashboard.access.door import Toegang
from dashboard.figures.stroom import make_balans, make_saldo
from dashboard.filters import Filters
from dashboard.numbers import GEEN, MAANDEN, add_months, count, months_between, quarter, signed
from dashboard.reading import stroomtabel, uitnutting
from dashboard.reading.stroomtabel import FIJN, HOOFD, KORRELS, STANDEN, Cel
from dashboard.ui.card import Kies, explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.producten import MEERVOUD

LEEG = "Geen stromen in deze selectie. Kies een andere periode of wis de filters."
NIET = "niet getoond"
PAREN = "Cliënten met dit product: tel ze niet op met die van andere producten."
GETEKEND = 16
"""Parts drawn at most; the table has them all."""
TERUGBLIK = {"kwartaal": 12, "jaar": 20}
"""How many tijdvakken are shown up to the end of the period; months are those of the period itself."""
KOPPEN = {
    "Begin": "stand_begin",
    "Instroom": "instroom",
    "w.v. nieuw": "nieuw",
    "w.v. terug": "terug",
    "Van andere zorg": "binnen_in",
    "w.v. bijkomend": "bijkomend",
    "w.v. doorstroom in": "doorstroom_in",
    "Naar andere zorg": "binnen_uit",
    "w.v. doorstroom uit": "doorstroom_uit",
    "w.v. afgevallen": "afgevallen",
    "Uitstroom": "uitstroom",
    "Eind": "stand_eind",
}
KORT = ("Begin", "Instroom", "w.v. nieuw", "w.v. terug", "Uitstroom", "Eind")


@dataclass(frozen=True)
class Keuze:
    """How to count: months, quarters or years; households; another longest interruption."""

    korrel: str
    huishoudens: bool = False
    dagen: int | None = None


def choose_korrel() -> str:
    """Per month, quarter or year."""
    korrel = st.segmented_control("Per", list(KORRELS), default="kwartaal", required=True, key="stroom_per")
    return korrel or "kwartaal"


def choose(toegang: Toegang, f: Filters, cel: Cel) -> Keuze:
    """The controls above the first card; what only totals know is offered there alone."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        korrel = choose_korrel()
        if cel.paren:
            return Keuze(korrel)
        wie = st.segmented_control(
            "Tellen", ["cliënten", "huishoudens"], default="cliënten", required=True, key="stroom_wie"
        )
        if wie == "huishoudens":
            return Keuze(korrel, huishoudens=True)
        keuzes = dict(stroomtabel.read_gevoeligheid(toegang.lezer, f).select("dagen", "is_ingesteld").rows())
        gewoon = next((d for d, ingesteld in keuzes.items() if ingesteld), None)
        if gewoon is None:
            return Keuze(korrel)
        dagen = st.segmented_control(
            "Langste onderbreking in dagen",
            list(keuzes),
            default=gewoon,
            required=True,
            key="stroom_dagen",
            help="Wie binnen zoveel dagen terug is, was niet weg. De andere kaarten volgen de gewone keuze.",
        )
    return Keuze(korrel, dagen=None if dagen in (gewoon, None) else int(str(dagen)))


def word_wie(cel: Cel, keuze: Keuze) -> str:
    """Who is counted: clients, households, or clients with one product."""
    wie = "huishoudens" if keuze.huishoudens else "cliënten"
    if cel.paren:
        return f"{wie} met {cel.naam}"
    return wie if cel.niveau == "totaal" else f"{wie} met zorg uit de {cel.naam}"


def _name(r: dict[str, Any], korrel: str) -> tuple[str, str]:
    """A tijdvak in full, and for the axis: the year is named where it begins."""
    van = r["tijdvak"]
    if korrel == "maand":
        naam, kort = MAANDEN[van.month - 1], MAANDEN[van.month - 1]
    elif korrel == "kwartaal":
        naam = quarter(van).removesuffix(f" {van.year}")
        kort = naam if van.month == 1 else naam.removeprefix("kw ")
    else:
        tot = "" if r["maanden"] == 12 else f"t/m {MAANDEN[add_months(van, r['maanden'] - 1).month - 1]}"
        return f"{van.year} {tot}".strip(), f"{van.year}<br>{tot}" if tot else str(van.year)
    return f"{naam} {van.year}", f"{naam}<br>{van.year}" if van.month == 1 else kort


def choose_rows(df: pl.DataFrame, f: Filters, korrel: str) -> pl.DataFrame:
    """The tijdvakken to show up to the end of the period, with their names: naam, and kort for the axis."""
    df = df.filter(pl.col("tijdvak") < f.periode.tot)
    df = df.filter(pl.col("tijdvak") >= f.periode.van) if korrel == "maand" else df.tail(TERUGBLIK[korrel])
    namen = [_name(r, korrel) for r in df.iter_rows(named=True)]
    return df.with_columns(
        pl.Series("naam", [n for n, _ in namen], pl.String),
        pl.Series("kort", [k for _, k in namen], pl.String),
    )


def choose_kern(df: pl.DataFrame, f: Filters) -> pl.DataFrame:
    """What a title is about: the period asked for; the years before it are there to compare with."""
    kern = df.filter(pl.col("tijdvak") >= f.periode.van)
    return kern if kern.height else df


def word_maanden(df: pl.DataFrame, f: Filters, korrel: str) -> str:
    """The months from the first to the last tijdvak of a frame."""
    return months_between(df["tijdvak"][0], _end(df, korrel)) if df.height else f.periode.label


def describe_lezen(df: pl.DataFrame, f: Filters, korrel: str) -> str:
    """How the bars are read, and which of them may still change."""
    onder = f"{word_maanden(df, f, korrel)}, per {korrel}; boven de lijn kwam, eronder ging, punt: saldo"
    if df["voorlopig"].any():
        onder += "; gearceerd: voorlopig, in- en uitstroom kunnen nog veranderen"
    return onder


def tell_rows(df: pl.DataFrame, koppen: Sequence[str]) -> list[list[str]]:
    """The rows of the table: a tijdvak and its flows, by the headings of KOPPEN."""
    return [
        [r["naam"] + (" (voorlopig)" if r["voorlopig"] else "")] + [_cell(r, KOPPEN[k]) for k in koppen]
        for r in df.iter_rows(named=True)
    ]


def show_balans(toegang: Toegang, f: Filters, cel: Cel, keuze: Keuze) -> None:
    """Card: begin + instroom + from other care − to other care − uitstroom = eind, with their parts."""
    df = stroomtabel.read_balans(
        toegang.lezer, cel, keuze.korrel, dagen=keuze.dagen, huishoudens=keuze.huishoudens
    )
    df = choose_rows(df, f, keuze.korrel)
    kern = choose_kern(df, f)
    begin, eind = (kern["stand_begin"][0], kern["stand_eind"][-1]) if kern.height else (None, None)
    koppen = [k for k in (KOPPEN if cel.paren else KORT) if not keuze.huishoudens or not k.startswith("w.v.")]

    over = word_maanden(kern, f, keuze.korrel)
    show_card(
        toegang,
        "stroom",
        f"{words.title_balans(word_wie(cel, keuze), begin, eind)} ({over})",
        describe_lezen(df, f, keuze.korrel),
        lambda: make_balans(df, theme_palette()),
        "In- en uitstroom per tijdvak. De tabel geeft de stand, de stromen en de eindstand, die sluiten.",
        df.drop("naam", "kort"),
        {"Tijdvak": "kort"} | dict.fromkeys(koppen, "getal"),
        lambda: tell_rows(df, koppen),
        explain(toegang, f"stand en stromen per {keuze.korrel}, {word_wie(cel, keuze)}", f, "instroom"),
        begrip="huishoudens" if keuze.huishoudens else "instroom",
        leeg="" if df.height else LEEG,
        onder_figuur=describe_notes(toegang, df, paren=cel.paren),
    )


def _end(df: pl.DataFrame, korrel: str) -> Any:
    stap = {"maand": 1, "kwartaal": 3}.get(korrel) or df["maanden"][-1]
    return add_months(df["tijdvak"][-1], min(stap, df["maanden"][-1]))


def _cell(r: dict[str, Any], kolom: str) -> str:
    waarde = r[kolom]
    if waarde is None:
        klein = r["fijn_klein"] if kolom in FIJN else r["niet_getoond"] or kolom in STANDEN
        return NIET if klein else GEEN
    return f"≈ {count(waarde)}" if kolom in ("nieuw", "terug") and r["begin_onzeker"] else count(waarde)


def describe_notes(toegang: Toegang, df: pl.DataFrame, *, paren: bool, meer: str = "") -> str:
    """Legend in words, and what the figure keeps back; meer: a sentence of the caller."""
    palet = theme_palette()
    delen = [f'<span><i style="background:{palet.realisatie}"></i>in of uit de zorg</span>']
    if paren:
        delen.append(f'<span><i style="background:{palet.vorig}"></i>van of naar andere zorg</span>')
    noten = [meer] if meer else [PAREN] if paren else []
    if df.select(pl.any_horizontal(pl.col(*HOOFD).is_null())).to_series().any():
        noten.append(f"Niet getoond: {toegang.lezer.reden_niet_getoond}.")
    if df["begin_onzeker"].any():
        noten.append("≈ in de tabel: nieuw en terug zijn in de eerste vijf jaar nog niet goed te scheiden.")
    return f'<div class="si-legenda">{"".join(delen)}</div><p class="si-onder">{" ".join(noten)}</p>'


def show_cellen(toegang: Toegang, f: Filters) -> None:
    """Card: which productgroep or product grew or shrank in the year; a click chooses it."""
    gezien = stroomtabel.complete_wet(toegang.lezer, f)
    deel = "productgroep" if f.productgroep is None else "product"
    jaar = uitnutting.find_jaar(f)
    df = stroomtabel.read_cellen(toegang.lezer, gezien, deel, jaar).with_columns(
        (pl.col("stand_eind") - pl.col("stand_begin")).alias("saldo"), pl.col("deel").alias("naam")
    )
    df = df.sort("saldo", "deel", descending=[True, False], nulls_last=True)
    df = df.with_columns(
        pl.Series("label", [NIET if s is None else signed(count(s)) for s in df["saldo"]], pl.String)
    )

    groot = df.filter(pl.col("saldo").is_not_null())
    if groot.height > GETEKEND:
        groot = groot.sort(pl.col("saldo").abs(), "deel", descending=[True, False]).head(GETEKEND)
        groot = groot.sort("saldo", "deel", descending=[True, False])

    def rows() -> list[list[str]]:
        return [
            [
                r["wet"],
                r["deel"],
                *(NIET if r[k] is None else count(r[k]) for k in (STANDEN[0], *HOOFD, STANDEN[1])),
                r["label"],
            ]
            for r in df.iter_rows(named=True)
        ]

    koppen = ("Begin", "Instroom", "Van andere zorg", "Uitstroom", "Naar andere zorg", "Eind", "Saldo")
    loopt = " tot nu toe, voorlopig" if df.height and df["voorlopig"].any() else ""
    show_card(
        toegang,
        "stroom_cellen",
        words.title_cellen(df),
        f"{MEERVOUD[deel]}, {jaar}{loopt}; cliënten per onderdeel, niet op te tellen",
        lambda: make_saldo(groot, theme_palette()),
        "Per onderdeel de groei of krimp in cliënten. De tabel geeft ook de stromen.",
        df.drop("naam", "label"),
        {"Wet": "tekst", deel.capitalize(): "tekst"} | dict.fromkeys(koppen, "getal"),
        rows,
        explain(toegang, f"stand en stromen per {deel}, {jaar}", f, "instroom"),
        begrip="bijkomend",
        leeg="" if df.height else LEEG,
        kies=Kies(deel, [groot["deel"].to_list()]),
        smal=lambda: make_saldo(groot, theme_palette(), smal=True),
        onder_figuur=""
        if groot.height == df.height
        else f'<p class="si-onder">De {groot.height} grootste veranderingen; de tabel heeft alles.</p>',
    )
