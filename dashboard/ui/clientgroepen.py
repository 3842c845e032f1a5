"""The page Cliëntgroepen: how costs are spread over clients and households, always as groups."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_concentratie as words
from dashboard.access.door import Toegang
from dashboard.figures.concentratie import make_lorenz, make_toppen
from dashboard.figures.staven import make_staven
from dashboard.filters import Filters
from dashboard.numbers import count, decimals, euro, percent
from dashboard.reading import concentratie
from dashboard.reading.concentratie import EENHEDEN, TOPPEN
from dashboard.reading.uitnutting import find_jaar
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette

LEEG = "Geen kosten in deze selectie. Kies een andere periode of wis de filters."
NIET = "niet getoond"


def choose_eenheid() -> str:
    """Clients or households, for the first three cards."""
    gekozen = st.segmented_control(
        "Verdeling over", list(EENHEDEN), default="cliënten", required=True, key="verdeling_over"
    )
    return gekozen or "cliënten"


def _find_year(df: pl.DataFrame, f: Filters) -> dict[str, Any] | None:
    """The chosen year, or the last full one before it: half a year is spread otherwise than a whole."""
    rijen = df.filter(pl.col("jaar_volledig") & (pl.col("jaar") <= find_jaar(f))).sort("jaar")
    if rijen.height:
        return rijen.row(-1, named=True)
    return df.row(-1, named=True) if df.height else None


def _year_words(rij: dict[str, Any] | None, f: Filters) -> str:
    if rij is None:
        return ""
    if not rij["jaar_volledig"]:
        return f"{rij['jaar']}, loopt nog: voorlopig"
    return str(rij["jaar"]) + ("" if rij["jaar"] == find_jaar(f) else ", het laatste volledige jaar")


def _scope(f: Filters) -> str:
    return f"{f.wet}" if f.wet else "Wmo en Jeugdwet samen"


def _why(rij: dict[str, Any] | None, toegang: Toegang) -> str:
    if rij is None:
        return LEEG
    return f"Niet getoond: {rij['reden'] or toegang.lezer.niet_getoond}."


def show_lorenz(toegang: Toegang, f: Filters, wie: str, df: pl.DataFrame) -> None:
    """Card: the Lorenz curve of one year, its Gini and the share of the top."""
    rij = _find_year(df, f)
    vorig = df.filter(pl.col("jaar") == rij["jaar"] - 1) if rij else df.clear()
    punten = concentratie.read_lorenz(toegang.lezer, f, EENHEDEN[wie], rij["jaar"] if rij else 0)
    gini = words.word_gini(rij, vorig.row(0, named=True) if vorig.height else None)
    aantal = "" if rij is None or rij["n"] is None else f"; {count(rij['n'])} {wie}"
    tonen = [p for p in (1, 5, 10, 20, 25, 50, 75, 80, 90, 95, 99, 100) if p in set(punten["percentiel"])]
    delen = dict(punten.select("percentiel", "cumulatief_aandeel").rows())
    show_card(
        toegang,
        "lorenz",
        words.title_lorenz(rij, wie),
        f"kosten via berichten, {_scope(f)}, {_year_words(rij, f)}{aantal}",
        lambda: make_lorenz(punten, theme_palette(), wie),
        "Lorenzkromme: welk deel van de kosten de goedkoopste groep heeft. De tabel geeft de punten.",
        punten.drop("niet_getoond"),
        {"Goedkoopste": "getal", "Deel van de kosten": "getal", "De rest heeft": "getal"},
        lambda: [[f"{p} %", percent(delen[p]), percent(1 - delen[p])] for p in tonen],
        explain(toegang, f"verdeling van de kosten over {wie}, {_scope(f)}", f, "gini"),
        begrip="gini",
        leeg="" if punten.height else _why(rij, toegang),
        onder_figuur=f'<p class="si-onder">{gini}.</p>' if gini else "",
    )


def show_toppen(toegang: Toegang, f: Filters, wie: str, df: pl.DataFrame) -> None:
    """Card: the shares of the top 1, 5 and 10 % over the years; the table has the annualised ones too."""
    basis = concentratie.read_concentratie(toegang.lezer, f, EENHEDEN[wie], "op jaarbasis")
    samen = df.join(
        basis.select("jaar", pl.col("aandeel_top10").alias("top10_jaarbasis")), on="jaar", how="left"
    )

    def rows() -> list[list[str]]:
        return [
            [
                str(r["jaar"]) + ("" if r["jaar_volledig"] else " (loopt nog)"),
                count(r["n"]) if r["n"] is not None else NIET,
                *(NIET if r[k] is None else percent(r[k]) for k in TOPPEN),
                NIET if r["top10_jaarbasis"] is None else percent(r["top10_jaarbasis"]),
                NIET if r["gini"] is None else decimals(r["gini"], 3),
            ]
            for r in samen.iter_rows(named=True)
        ]

    vol = df.filter(pl.col("jaar_volledig"))
    show_card(
        toegang,
        "toppen",
        words.title_toppen(df),
        f"deel van de kosten per volledig jaar, duurste {wie}, {_scope(f)}",
        lambda: make_toppen(vol, theme_palette(), TOPPEN),
        "Aandeel van de duurste 1, 5 en 10 procent per jaar. De tabel geeft dezelfde cijfers.",
        samen,
        {"Jaar": "kort", wie.capitalize(): "getal"}
        | {f"Top {n}": "getal" for n in TOPPEN.values()}
        | {"Top 10 % op jaarbasis": "getal", "Gini": "getal"},
        rows,
        explain(toegang, f"aandeel van de top per jaar, {wie}, {_scope(f)}", f, "gini"),
        begrip="gini",
        leeg="" if vol.height else "Er is nog geen volledig jaar.",
    )


def show_persistentie(toegang: Toegang, f: Filters, wie: str, df: pl.DataFrame) -> None:
    """Card: which share of the top 10 % belongs to it a year later too."""
    rijen = df.filter(pl.col("persistentie_top10").is_not_null())
    show_card(
        toegang,
        "persistentie",
        words.title_persistentie(df),
        f"deel van de duurste 10 % {wie} dat er een jaar later weer bij hoort; {_scope(f)}",
        lambda: make_staven(
            [f"{j}" for j in rijen["jaar"]],
            rijen["persistentie_top10"].to_list(),
            [False] * rijen.height,
            theme_palette(),
            lambda v: percent(v, 0),
        ),
        "Per jaar het deel van de top dat er een jaar later weer bij hoort. De tabel geeft dezelfde cijfers.",
        rijen.select("jaar", "persistentie_top10"),
        {"Jaar": "kort", "Een jaar later weer": "getal"},
        lambda: [[str(j), percent(p)] for j, p in rijen.select("jaar", "persistentie_top10").rows()],
        explain(toegang, f"persistentie van de top 10 %, {wie}, {_scope(f)}", f, "persistentie"),
        begrip="persistentie",
        leeg=""
        if rijen.height
        else "Er zijn nog geen twee volledige jaren na elkaar, of de groep is te klein.",
    )


def show_zwaarste(toegang: Toegang, f: Filters) -> None:
    """Card: the heaviest households as one group; never one of them."""
    df = concentratie.read_zwaarste(toegang.lezer)

    def rows() -> list[list[str]]:
        return [
            [
                str(r["jaar"]) + ("" if r["jaar_volledig"] else " (loopt nog)"),
                NIET if r["aandeel"] is None else count(r["aantal"]),
                count(r["clienten"]),
                euro(r["totaal_cent"]),
                percent(r["aandeel"]),
                "–" if r["gemiddeld_aanbieders"] is None else decimals(r["gemiddeld_aanbieders"], 1),
                "–" if r["gemiddeld_producten"] is None else decimals(r["gemiddeld_producten"], 1),
            ]
            for r in df.iter_rows(named=True)
        ]

    loopt = df.height and not df["jaar_volledig"].all()
    show_card(
        toegang,
        "zwaarste_huishoudens",
        words.title_zwaarste(df),
        "deel van alle kosten, als groep, zonder instellingen" + ("; gearceerd: loopt nog" if loopt else ""),
        lambda: make_staven(
            [str(j) for j in df["jaar"]],
            df["aandeel"].to_list(),
            [not v for v in df["jaar_volledig"]],
            theme_palette(),
            percent,
        ),
        "Per jaar het aandeel van de huishoudens met de hoogste kosten. De tabel geeft ook hun gemiddelden.",
        df,
        {"Jaar": "kort"}
        | dict.fromkeys(
            ("Huishoudens", "Cliënten", "Kosten", "Aandeel", "Aanbieders gemiddeld", "Producten gemiddeld"),
            "getal",
        ),
        rows,
        explain(
            toegang, "de huishoudens met de hoogste kosten als groep, over beide wetten", f, "huishoudens"
        ),
        begrip="huishoudens",
        leeg="" if df.height else LEEG,
    )
