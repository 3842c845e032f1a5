"""The page Prognose: where the year will end, how sure that is, and how often each method was right."""

from typing import Any

import polars as pl

from dashboard import words
from dashboard.access.door import Toegang
from dashboard.figures.prognose import make_bullets, make_record
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, decimals, euro, euro_mln, percent, signed
from dashboard.reading import prognose
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.uitnutting import note_hidden

LEEG = "Er is geen prognose: het jaar heeft nog geen volle maand, of er is niets geleverd in deze selectie."
METHODE = {
    "lineair": "lineair: wat tot nu toe is gedeclareerd, doorgetrokken",
    "seizoen": "seizoen: vorig jaar maal de groei",
    "verplichtingen": "verplichtingen: wat is toegewezen maal de uitnutting",
    "voorraad": "voorraad: lopende zorg, instroom en uitstroom",
}


def _budget_words(r: dict[str, Any]) -> list[str]:
    if r["begroting_cent"] is None or r["p50_cent"] is None:
        return [euro(r["begroting_cent"]), GEEN, GEEN]
    verschil = r["p50_cent"] - r["begroting_cent"]
    return [euro(r["begroting_cent"]), signed(euro(verschil)), words.percent_kans(r["kans_overschrijding"])]


def show_delen(toegang: Toegang, f: Filters, df: pl.DataFrame) -> None:
    """Card: a bullet per part, with band and budget, and the whole in its title."""
    geheel = prognose.find_geheel(df, f).filter(pl.col("standaard"))
    delen = prognose.find_delen(df, f)
    if delen.height == 0 and geheel.height:
        naam = f.product or f.productgroep or f.hoofdproduct or "geheel"
        delen = geheel.with_columns(pl.lit(naam).alias("deel"))
    rij = geheel.row(0, named=True) if geheel.height else None
    jaar = "" if rij is None else str(rij["jaar"])

    def rows() -> list[list[str]]:
        return [
            [
                r["deel"],
                "niet getoond" if r["niet_getoond"] else euro(r["gerealiseerd_cent"]),
                euro(r["p10_cent"]),
                euro(r["p50_cent"]),
                euro(r["p90_cent"]),
                *_budget_words(r),
            ]
            for r in delen.iter_rows(named=True)
        ]

    kolommen = {"Deel": "tekst"} | dict.fromkeys(
        ("Nu bekend", "P10", "P50", "P90", "Begroting", "Verschil", "Kans op meer"), "getal"
    )
    show_card(
        toegang,
        "prognose",
        words.title_prognose(rij),
        f"heel {jaar}; donker: nu bekend, gearceerd: 80 % kans, punt: prognose, open staaf: begroting",
        lambda: make_bullets(delen, theme_palette(), euro_mln),
        "Prognose per deel met de band van 80 % en de begroting. De tabel geeft dezelfde cijfers.",
        delen,
        kolommen,
        rows,
        explain(toegang, f"prognose {jaar}", f, "prognose"),
        begrip="prognose",
        leeg="" if rij is not None else LEEG,
        onder_figuur=note_hidden(toegang, delen),
    )


def show_methoden(toegang: Toegang, f: Filters, df: pl.DataFrame) -> None:
    """Card: the four methods beside each other with their record; the one that earned it first."""
    geheel = prognose.find_geheel(df, f)
    terug = prognose.read_terugblik(toegang.lezer, f)
    alle = terug.filter(pl.col("peilmaand").is_null()).select(
        "methode", "aantal", "afwijking_fractie", "fout_fractie", "dekking_fractie"
    )
    samen = geheel.join(alle, on="methode", how="left").sort(
        "standaard", "fout_fractie", descending=[True, False], nulls_last=True
    )

    def rows() -> list[list[str]]:
        return [
            [
                ("★ " if r["standaard"] else "") + METHODE.get(r["methode"], r["methode"]),
                "niet getoond" if r["niet_getoond"] else euro_mln(r["p50_cent"]),
                GEEN if r["p10_cent"] is None else f"{euro_mln(r['p10_cent'])} – {euro_mln(r['p90_cent'])}",
                percent(r["fout_fractie"]),
                signed(percent(r["afwijking_fractie"])),
                percent(r["dekking_fractie"], 0),
                count(r["aantal"]),
            ]
            for r in samen.iter_rows(named=True)
        ]

    kolommen = {"Methode": "zin", "Prognose": "getal", "Band (80 %)": "getal", "Gemiddelde fout": "getal"}
    kolommen |= {"Te hoog (+) of te laag": "getal", "In de band": "getal", "Keer": "getal"}
    show_card(
        toegang,
        "methoden",
        words.title_methoden(terug),
        f"gemiddelde fout ({f.wet or 'alles samen'}), elke maand nagerekend met wat toen bekend was",
        lambda: make_record(terug, theme_palette()),
        "Gemiddelde fout per methode naar de maand van de prognose. De tabel geeft de vier prognoses van nu.",
        samen,
        kolommen,
        rows,
        explain(toegang, "prognose per methode met haar terugblik", f, "prognose"),
        begrip="prognose",
        leeg="" if geheel.height else LEEG,
        onder_figuur=_note(terug),
    )


def _note(terug: pl.DataFrame) -> str:
    alle = terug.filter(pl.col("peilmaand").is_null() & pl.col("standaard"))
    if alle.height == 0 or alle["dekking_fractie"][0] is None:
        return ""
    deel = decimals(alle["dekking_fractie"][0] * 100, 0)
    tekst = f"De band van 80 % bevatte de werkelijke uitkomst in {deel} % van de nagerekende prognoses."
    return f'<p class="si-onder">{tekst}</p>'
