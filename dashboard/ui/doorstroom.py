"""The page In-, door- en uitstroom, second half: who moved on, up or down, and how long care lasts."""

import polars as pl
import streamlit as st

from dashboard import words_stroom as words
from dashboard.access.door import Toegang
from dashboard.access.suppress import NIET_GETOOND
from dashboard.figures.doorstroom import direction_colours, make_banden, make_matrix, make_overgangen
from dashboard.figures.duur import make_overleving
from dashboard.figures.uitnutting import make_klassen
from dashboard.filters import Filters
from dashboard.numbers import count, duration
from dashboard.reading import doorstroom
from dashboard.reading.doorstroom import RICHTINGEN
from dashboard.reading.stroomtabel import Cel
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette

NIET = "niet getoond"
ALS = "doorstroom_als"
GETEKEND = 12
"""Bands drawn at most; the table has all that may be shown."""
GEEN_PAREN = "Geen overgangen in deze selectie. Kies een andere periode of wis de filters."


def _join(delen: dict[str, str]) -> str:
    stukken = "".join(f'<span><i style="background:{k}"></i>{n}</span>' for n, k in delen.items())
    return f'<div class="si-legenda">{stukken}</div>'


def show_paren(toegang: Toegang, f: Filters) -> None:
    """Card: who went from which product and zwaarte to which, as bands or as a matrix."""
    lezer, palet = toegang.lezer, theme_palette()
    alle = doorstroom.read_paren(lezer, f)
    df = alle.filter(~pl.col(NIET_GETOOND)).drop(NIET_GETOOND)
    verborgen = alle.height - df.height
    als_matrix = st.session_state.get(ALS) == "matrix"

    def choose() -> None:
        st.segmented_control(
            "Overgangen als",
            ["banden", "matrix"],
            default="banden",
            required=True,
            key=ALS,
            label_visibility="collapsed",
        )

    kleuren = direction_colours(palet)
    legenda = _join(
        {
            "naar zwaardere zorg ▲": kleuren["opschalen"],
            "naar lichtere zorg ▼": kleuren["afschalen"],
            "even zwaar, of zonder zwaarte": kleuren["gelijk"],
        }
    )
    rest = words.word_rest(df.height - GETEKEND, verborgen, lezer.niet_getoond.partition(":")[0])
    leeg = (
        GEEN_PAREN if alle.height == 0 else f"Elke overgang in deze selectie betreft te weinig mensen. {rest}"
    )
    show_card(
        toegang,
        "doorstroom",
        words.title_paren(df),
        f"overgangen van product en zwaarte (links) naar (rechts), {f.periode.label}; aantal keer",
        lambda: (make_matrix if als_matrix else make_banden)(df.head(GETEKEND), palet),
        "Overgangen tussen producten en zwaarten, van en naar. De tabel geeft dezelfde aantallen.",
        df,
        {"Van": "tekst", "Naar": "tekst", "Aantal": "getal", "Zwaarte": "kort"},
        lambda: [[v, n, count(p), r] for v, n, p, r in df.select("van", "naar", "paren", "richting").rows()],
        explain(toegang, "overgangen tussen producten en zwaarten; kleine zijn weggelaten", f, "doorstroom"),
        begrip="doorstroom",
        leeg="" if df.height else leeg,
        onder_figuur=f'{"" if als_matrix else legenda}<p class="si-onder">{rest}</p>',
        keuze=choose if df.height else None,
        # On a phone there is no room for names on both sides, nor for columns.
        smal=lambda: make_overgangen(df.head(GETEKEND), palet),
    )


def show_schalen(toegang: Toegang, f: Filters) -> None:
    """Card: up, level or down, by zwaarte and by euros per week."""
    palet = theme_palette()
    df = doorstroom.read_schalen(toegang.lezer, f).with_columns(
        pl.format("naar {}", "maat").alias("naam"), *(pl.col(k).cast(pl.Int64) for k in RICHTINGEN)
    )
    zwaarte = df.filter(pl.col("maat") == "zwaarte")
    op, af = (zwaarte["opschalen"][0], zwaarte["afschalen"][0]) if zwaarte.height else (None, None)
    namen = dict(zip(RICHTINGEN, palet.reeks[1:], strict=True))
    show_card(
        toegang,
        "schalen",
        words.title_schalen(op, af),
        f"overgangen tussen producten en zwaarten, {f.periode.label}; op twee manieren geteld",
        lambda: make_klassen(df, RICHTINGEN, RICHTINGEN, palet, "keer"),
        "Aandeel op- en afschalen, naar zwaarte en naar euro per week. De tabel geeft de aantallen.",
        df.drop("naam", "paren"),
        {"Gemeten naar": "tekst"} | {k.capitalize(): "getal" for k in RICHTINGEN},
        lambda: [
            [r["maat"], *(NIET if r[k] is None else count(r[k]) for k in RICHTINGEN)]
            for r in df.iter_rows(named=True)
        ],
        explain(toegang, "op- en afschalen", f, "opschalen_euro"),
        begrip="opschalen_euro",
        leeg="" if df.height else GEEN_PAREN,
        onder_figuur=_join({n: k for n, k in namen.items()})
        + '<p class="si-onder">Onbekend: voor of na de overgang is nog niets gedeclareerd.</p>',
    )


def show_duur(toegang: Toegang, f: Filters, cel: Cel) -> None:
    """Card: which share still has care after so long; the median beside the mean of those who stopped."""
    duur = doorstroom.read_duur(toegang.lezer, cel)
    curve = doorstroom.read_curve(toegang.lezer, cel)
    alles = duur.filter(pl.col("jaar").is_null())
    rij = alles.row(0, named=True) if alles.height else {}
    mediaan, gemiddelde = rij.get("mediaan_km_dagen"), rij.get("gemiddelde_beeindigd_dagen")

    def rows() -> list[list[str]]:
        return [
            [
                "alle jaren" if r["jaar"] is None else str(r["jaar"]),
                NIET if r["niet_getoond"] else count(r["clienten"]),
                duration(r["mediaan_km_dagen"]),
                duration(r["gemiddelde_km_dagen"]),
                duration(r["gemiddelde_beeindigd_dagen"]),
            ]
            for r in duur.iter_rows(named=True)
        ]

    wie = f"cliënten met {cel.naam}" if cel.niveau != "totaal" else "alle cliënten"
    show_card(
        toegang,
        "duur",
        words.title_duur(mediaan, rij.get("gevolgd_tot_dagen")),
        f"{wie}: deel met nog zorg na zoveel jaar; wie nog zorg heeft telt mee (Kaplan-Meier)",
        lambda: make_overleving(curve, theme_palette(), mediaan, gemiddelde),
        "Overlevingscurve van zorg. De tabel geeft de mediaan en gemiddelden per jaar.",
        duur,
        {"Gevolgd in": "kort"}
        | dict.fromkeys(("Cliënten", "Helft", "Gemiddeld, open mee", "Gemiddeld van wie stopte"), "getal"),
        rows,
        explain(toegang, f"duur van zorg, {wie}", f, "duur"),
        begrip="duur",
        leeg="" if curve.height else f"Te weinig mensen om de duur te tonen ({toegang.lezer.niet_getoond}).",
        onder_figuur='<p class="si-onder">Het gemiddelde van wie stopte mist wie nog zorg heeft.</p>',
    )
