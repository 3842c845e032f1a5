"""The page Indicaties en uitnutting: what was toegewezen against what was geleverd, by month and per part."""

import polars as pl
import streamlit as st

from dashboard import words_uitnutting as words
from dashboard.access.door import Toegang
from dashboard.figures import uitnutting as figuren
from dashboard.filters import Filters, Periode
from dashboard.numbers import (
    add_months,
    count,
    euro,
    euro_mln,
    month,
    months_between,
    percent,
    ratio,
    unit,
    volume,
)
from dashboard.reading import uitnutting
from dashboard.reading.uitnutting import KLASSE_KOLOMMEN, KLASSEN
from dashboard.ui.card import Kies, explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.producten import MEERVOUD

LEEG = "Geen toewijzingen in deze selectie. Kies een andere periode of wis de filters."
GEEN_EURO = "83"  # a unit in which euros and volume are the same
EURO = ("toegewezen_cent", "geleverd_cent", "verwacht_cent")
VOLUME = ("toegewezen", "geleverd", "verwacht")
NIET = "niet getoond"


def pick(df: pl.DataFrame, deel: str, sporen: int) -> Kies:
    """A click on any of the traces of a row chooses its part."""
    return Kies(deel, [df["deel"].to_list()] * sporen)


def name_parts(df: pl.DataFrame) -> pl.DataFrame:
    """Add `naam`: the part, with its wet where two laws have one of that name."""
    dubbel = pl.col("deel").is_duplicated()
    naam = pl.when(dubbel).then(pl.format("{} ({})", "deel", "wet")).otherwise(pl.col("deel"))
    return df.with_columns(naam.alias("naam"))


def choose_eenheid(toegang: Toegang, f: Filters) -> str | None:
    """The unit to show volumes in, where there is one unit and the visitor chose it; None: euros."""
    eenheden = uitnutting.read_eenheden(toegang.lezer, f)
    if len(eenheden) != 1 or eenheden[0] == GEEN_EURO:
        return None
    namen = {"in euro": None, f"in {unit(eenheden[0], 2)}": eenheden[0]}
    gekozen = st.segmented_control(
        "Meten", list(namen), default=next(iter(namen)), required=True, key="uitnutting_in"
    )
    return namen.get(gekozen or "")


def show_maanden(toegang: Toegang, f: Filters, eenheid: str | None) -> None:
    """Card: by month what was toegewezen and geleverd; provisional months with what is still expected."""
    lezer = toegang.lezer
    df = uitnutting.read_volume(lezer, f, eenheid) if eenheid else uitnutting.read_maanden(lezer, f)
    kolommen = VOLUME if eenheid else EURO
    klaar = df.filter(~pl.col("voorlopig"))
    geschat = klaar.height == 0
    basis = df if geschat else klaar
    heel = None if basis["niet_getoond"].any() else _add(basis, kolommen[0])
    gel = None if heel is None else _add(basis, kolommen[2 if geschat else 1])
    van, tot = uitnutting.split_rijp(lezer, f)

    def write(waarde: float) -> str:
        return volume(waarde, eenheid) if eenheid else euro_mln(waarde)

    def rows() -> list[list[str]]:
        return [
            [
                month(r["levermaand"]) + (" (voorlopig)" if r["voorlopig"] else ""),
                *([NIET] * 3 if r["niet_getoond"] else [_cell(r[k], eenheid) for k in kolommen]),
                percent(ratio(r[kolommen[1]], r[kolommen[0]])),
                percent(ratio(r[kolommen[1]], r[kolommen[2]]), 0),
            ]
            for r in df.iter_rows(named=True)
        ]

    onder = f"{unit(eenheid, 2) if eenheid else '€ mln'} per maand; open: toegewezen, donker: geleverd"
    if df["voorlopig"].any():
        onder += ", gearceerd: komt naar schatting nog"
    if not geschat and heel is not None:
        vorig = _year_before(toegang, f, eenheid, basis.height)
        rijping = words.word_rijping(_add(basis, kolommen[2]), heel, vorig)
        onder += f". Uitnutting {rijping}" if rijping else ""
    leeg = df[kolommen[0]].is_null().all() or not df[kolommen[0]].fill_null(0).sum()
    tekst = lezer.niet_getoond if df["niet_getoond"].any() else LEEG
    show_card(
        toegang,
        "toegewezen_geleverd",
        f"{words.title_uitnutting(heel, gel, geschat=geschat)} ({months_between(van, tot)})",
        onder,
        lambda: figuren.make_toegewezen(df, kolommen, theme_palette(), write, 1.0 if eenheid else 1e8),
        "Toegewezen en geleverd per maand. De tabel geeft dezelfde cijfers.",
        df,
        {"Maand": "kort"}
        | dict.fromkeys(("Toegewezen", "Geleverd", "Verwacht", "Uitnutting", "Gedeclareerd"), "getal"),
        rows,
        explain(
            toegang, "toegewezen en geleverd per maand; zonder toewijzing telt niet mee", f, "uitnutting"
        ),
        begrip="uitnutting",
        leeg=tekst if leeg else "",
    )


def _year_before(toegang: Toegang, f: Filters, eenheid: str | None, maanden: int) -> float | None:
    """Uitnutting of the same months a year before, once all of it is declared; None where not known."""
    oud = f.at(Periode("", add_months(f.periode.van, -12), add_months(f.periode.van, maanden - 12)))
    eerste = toegang.lezer.meta.eerste_levermaand
    if eerste is None or oud.periode.van < eerste:
        return None
    df = (
        uitnutting.read_volume(toegang.lezer, oud, eenheid)
        if eenheid
        else uitnutting.read_maanden(toegang.lezer, oud)
    )
    kolommen = VOLUME if eenheid else EURO
    return None if df["niet_getoond"].any() else ratio(_add(df, kolommen[2]), _add(df, kolommen[0]))


def _add(df: pl.DataFrame, kolom: str) -> float:
    return float(df[kolom].cast(pl.Float64).sum())


def _cell(waarde: float | None, eenheid: str | None) -> str:
    return volume(waarde, eenheid) if eenheid else euro(waarde)


def show_delen(toegang: Toegang, f: Filters) -> None:
    """Card: per part what was delivered of what was toegewezen, over complete months."""
    df = name_parts(uitnutting.read_delen(toegang.lezer, f))
    van, tot = uitnutting.split_rijp(toegang.lezer, f)
    deel = uitnutting.find_deel(f)
    delen = [ratio(g, t) for g, t in df.select("geleverd_cent", "toegewezen_cent").rows()]
    labels = [NIET if k else percent(d, 0) for k, d in zip(df["niet_getoond"], delen, strict=True)]

    def rows() -> list[list[str]]:
        return [
            [
                r["wet"],
                r["deel"],
                NIET if r["niet_getoond"] else euro(r["toegewezen_cent"]),
                euro(r["geleverd_cent"]),
                label,
            ]
            for r, label in zip(df.iter_rows(named=True), labels, strict=True)
        ]

    show_card(
        toegang,
        "uitnutting_delen",
        words.title_delen(df),
        f"{MEERVOUD[deel]}, {months_between(van, tot)}; open: toegewezen, donker: geleverd, in euro",
        lambda: figuren.make_deel_van(
            df,
            "toegewezen_cent",
            "geleverd_cent",
            labels,
            [
                f"<b>{r['naam']}</b><br>{NIET}"
                if r["niet_getoond"]
                else f"<b>{r['naam']}</b><br>toegewezen {euro_mln(r['toegewezen_cent'])}"
                f"<br>geleverd {euro_mln(r['geleverd_cent'])}"
                for r in df.iter_rows(named=True)
            ],
            theme_palette(),
        ),
        "Per onderdeel het geleverde binnen het toegewezene. De tabel geeft dezelfde cijfers.",
        df,
        {"Wet": "tekst", deel.capitalize(): "tekst"}
        | dict.fromkeys(("Toegewezen", "Geleverd", "Uitnutting"), "getal"),
        rows,
        explain(toegang, f"uitnutting per {deel}, {months_between(van, tot)}", f, "uitnutting"),
        begrip="uitnutting",
        leeg="" if df.height else LEEG,
        onder_figuur=note_hidden(toegang, df),
        kies=pick(df, deel, 3),
    )


def note_hidden(toegang: Toegang, df: pl.DataFrame) -> str:
    """Why some rows have no figure; nothing where all have one."""
    if not df.height or not df["niet_getoond"].any():
        return ""
    return f'<p class="si-onder">Niet getoond: {toegang.lezer.reden_niet_getoond}.</p>'


def show_verdeling(toegang: Toegang, f: Filters) -> None:
    """Card: which share of the toewijzingen is how full."""
    df = name_parts(uitnutting.read_verdeling(toegang.lezer, f))
    deel, jaar = uitnutting.find_deel(f), uitnutting.find_jaar(f)
    palet = theme_palette()

    def rows() -> list[list[str]]:
        return [
            [r["wet"], r["deel"], *(NIET if r["niet_getoond"] else count(r[k]) for k in KLASSE_KOLOMMEN)]
            for r in df.iter_rows(named=True)
        ]

    legenda = "".join(
        f'<span><i style="background:{kleur}"></i>{naam}</span>'
        for kleur, naam in zip(palet.reeks[1:], KLASSEN, strict=True)
    )
    show_card(
        toegang,
        "uitnutting_verdeling",
        words.title_verdeling(df),
        f"aandeel van de toewijzingen met een volume, {jaar}, over maanden waarvan genoeg is gedeclareerd",
        lambda: figuren.make_klassen(df, KLASSE_KOLOMMEN, KLASSEN, palet, "toewijzingen"),
        "Per onderdeel het aandeel toewijzingen in vier klassen van uitnutting. De tabel geeft de aantallen.",
        df,
        {"Wet": "tekst", deel.capitalize(): "tekst"} | dict.fromkeys(KLASSEN, "getal"),
        rows,
        explain(toegang, f"toewijzingen naar uitnutting per {deel}, {jaar}", f, "uitnutting_verdeling"),
        begrip="uitnutting_verdeling",
        leeg=""
        if df.height
        else f"Voor {jaar} is nog niet genoeg gedeclareerd, of er is geen volume toegewezen.",
        onder_figuur=f'<div class="si-legenda">{legenda}</div>{note_hidden(toegang, df)}',
        kies=pick(df, deel, len(KLASSEN)),
    )
