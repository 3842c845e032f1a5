"""The page Jaarprogrammering, per line: how far each quantity of the plan is from what became of it."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard import words_tactisch as words
from dashboard.access.door import Toegang
from dashboard.figures.programma import make_afwijking
from dashboard.filters import Filters
from dashboard.numbers import (
    GEEN,
    add_months,
    count,
    decimals,
    euro,
    euro_cent,
    euro_mln,
    percent,
    signed,
    unit,
)
from dashboard.reading.programmering import GELD_IN_EURO
from dashboard.reading.verloop import is_voorlopig
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.programmering import find_periode, name_lines

MEESTE = 12
"""Lines in the figure; all of them are in the table."""


def _plain(write: Callable[[float], str]) -> Callable[[float, str | None], str]:
    """A writer that needs no unit."""
    return lambda v, _: write(v)


@dataclass(frozen=True)
class Grootheid:
    """One Q of the programme: where plan and realisation stand, and how they are written."""

    naam: str
    doel: str
    nu: str
    write: Callable[[float, str | None], str]
    kort: Callable[[float], str]
    """Beside a bar: without its unit, so that it fits a phone."""
    onder: str
    voorlopig: bool = False
    """Of the newest months not everything was declared yet."""


GROOTHEDEN = (
    Grootheid("euro's", "doel_tot_nu_cent", "realisatie_cent", _plain(euro), euro_mln, "realisatie", True),
    Grootheid("cliënten", "doel_clienten_nu", "clienten", _plain(count), count, "cliënten met zorg"),
    Grootheid("instroom", "doel_instroom_nu", "instroom", _plain(count), count, "nieuwe cliënten"),
    Grootheid(
        "duur",
        "doel_duur_weken_nu",
        "duur_weken",
        lambda v, _: f"{decimals(v, 1)} weken",
        lambda v: decimals(v, 1),
        "weken zorg per cliënt binnen deze maanden",
    ),
    Grootheid(
        "intensiteit",
        "doel_intensiteit",
        "intensiteit",
        lambda v, e: f"{decimals(v, 2)} {unit(e, 2)}",
        lambda v: decimals(v, 2),
        "toegewezen eenheden per week zorg",
    ),
    Grootheid(
        "uitnutting",
        "doel_uitnutting",
        "uitnutting",
        lambda v, _: percent(v, 0),
        lambda v: percent(v, 0),
        "geleverd deel van wat is toegewezen",
        True,
    ),
    Grootheid(
        "volume",
        "doel_volume_nu",
        "volume",
        lambda v, e: f"{count(v)} {unit(e, 2)}",
        count,
        "geleverde eenheden",
        True,
    ),
    Grootheid(
        "prijs",
        "doel_prijs_cent",
        "prijs_cent",
        lambda v, e: f"{euro_cent(v)} / {unit(e)}",
        euro_cent,
        "euro per eenheid",
    ),
)
KEUZE = "prog_grootheid"
ZONDER_EURO = ("intensiteit", "uitnutting", "volume", "prijs")


def show_q(toegang: Toegang, f: Filters, regels: pl.DataFrame) -> None:
    """Card: per line how far one quantity is from its plan."""
    lezer = toegang.lezer
    gekozen = st.session_state.get(KEUZE)
    g = next((g for g in GROOTHEDEN if g.naam == gekozen), GROOTHEDEN[1])
    df = regels.filter(pl.col("bron") == "programmering")
    if g.naam in ZONDER_EURO:
        df = df.filter(pl.col("eenheid") != GELD_IN_EURO)
    doel, nu = pl.col(g.doel).cast(pl.Float64), pl.col(g.nu).cast(pl.Float64)
    df = df.with_columns(
        pl.Series("naam", name_lines(toegang, df), dtype=pl.String),
        doel.alias("doel"),
        nu.alias("nu"),
        pl.when(doel > 0).then((nu - doel) / doel).alias("afwijking"),
    )
    tekst = [
        GEEN if a is None or v is None else f"{signed(percent(a, 0))} · {g.kort(v)}"
        for v, a in df.select("nu", "afwijking").iter_rows()
    ]
    df = df.with_columns(pl.Series("tekst", tekst, dtype=pl.String))
    toon = df.filter(pl.col("afwijking").is_not_null()).head(MEESTE)
    periode = find_periode(f, regels)
    maanden = periode.label
    onder = f"{g.onder}, {maanden}; verschil met het plan (de lijn)"
    if toon.height < df.height:
        onder += f"; de {toon.height} grootste in geld, alle in de tabel"
    if g.voorlopig and is_voorlopig(lezer, add_months(periode.tot, -1)):
        onder += "; voorlopig: er wordt nog gedeclareerd"

    def choose() -> None:
        st.segmented_control(
            "Grootheid",
            [g.naam for g in GROOTHEDEN],
            default=GROOTHEDEN[1].naam,
            required=True,
            key=KEUZE,
            label_visibility="collapsed",
            wrap=True,
        )

    def rows() -> list[list[str]]:
        return [
            [
                r["naam"],
                GEEN if r["doel"] is None else g.write(r["doel"], r["eenheid"]),
                "niet getoond" if r["niet_getoond"] else _or_none(g, r["nu"], r["eenheid"]),
                GEEN if r["afwijking"] is None else signed(percent(r["afwijking"])),
            ]
            for r in df.iter_rows(named=True)
        ]

    show_card(
        toegang,
        "programma_q",
        words.title_q(g.naam, df, toon),
        onder,
        lambda: make_afwijking(toon, theme_palette()),
        f"Afwijking van het plan per regel, {g.naam}. De tabel geeft alle regels.",
        df.drop("tekst", "is_kind", "afwijking", "doel", "nu"),
        {"Regel": "zin", "Plan": "getal", "Realisatie": "getal", "Afwijking": "getal"},
        rows,
        explain(toegang, f"jaarprogrammering en realisatie per regel, {maanden}", f, "jaarprogrammering"),
        begrip="jaarprogrammering",
        keuze=choose,
        leeg="" if toon.height else f"Van {g.naam} noemt het plan niets wat hier te vergelijken is.",
    )


def _or_none(g: Grootheid, v: float | None, eenheid: str | None) -> str:
    return GEEN if v is None else g.write(v, eenheid)
