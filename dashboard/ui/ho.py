"""The page Huishoudelijke ondersteuning: hours per huishouden, by year, elsewhere and per wijk."""

import polars as pl
import streamlit as st

from dashboard import words_focus as words
from dashboard.access.door import Toegang
from dashboard.figures.focus import make_lijnen
from dashboard.figures.rangorde import make_rangorde
from dashboard.filters import Filters
from dashboard.numbers import GEEN, add_months, count, decimals, percent, signed
from dashboard.reading import focus
from dashboard.reading.keuzes import read_keuzes
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.dagbesteding import OPEN, find_newest, write_year
from dashboard.ui.navigatie import link

HO = "Huishoudelijke ondersteuning"
GEEN_UREN = "Er zijn geen toewijzingen van huishoudelijke ondersteuning in uren geladen."


def show_uren(toegang: Toegang, uren: pl.DataFrame) -> None:
    """Card: hours per huishouden, toegewezen and geleverd, per year."""
    df = uren.filter(pl.col("is_stad")).sort("jaar")

    def rows() -> list[list[str]]:
        return [
            [
                write_year(r["jaar"], r["volledig"]),
                "niet getoond" if r["niet_getoond"] else count(r["huishoudens"]),
                *(
                    GEEN if r[k] is None else decimals(r[k], 1)
                    for k in ("uren_per_huishouden", "geleverd_per_huishouden")
                ),
            ]
            for r in df.sort("jaar", descending=True).iter_rows(named=True)
        ]

    show_card(
        toegang,
        "uren",
        words.title_uren(find_newest(df, "uren_per_huishouden")),
        f"uren per huishouden per jaar, op jaarbasis; {OPEN}",
        lambda: make_lijnen(
            df,
            [("uren_per_huishouden", "toegewezen"), ("geleverd_per_huishouden", "geleverd")],
            theme_palette(),
            lambda v: decimals(v, 0),
        ),
        "Uren per huishouden per jaar, toegewezen en geleverd. De tabel geeft dezelfde cijfers.",
        df.drop("wijkcode", "is_stad", "is_onbekend"),
        {"Jaar": "kort", "Huishoudens": "getal", "Toegewezen": "getal", "Geleverd": "getal"},
        rows,
        explain(toegang, "uren huishoudelijke ondersteuning per huishouden", begrip="uren_per_huishouden"),
        begrip="uren_per_huishouden",
        leeg="" if df.height else GEEN_UREN,
    )


def show_elders(toegang: Toegang, uren: pl.DataFrame) -> None:
    """Card: the own hours among those of other municipalities, and the way to the knob."""
    elders = focus.read_elders(toegang.lezer)
    eigen = find_newest(uren.filter(pl.col("is_stad")), "uren_per_huishouden")
    waarde = None if eigen is None else float(eigen["uren_per_huishouden"])
    namen = [f"{g} ({j})" for j, g in elders.select("jaar", "gemeente").iter_rows()]
    rijen = elders.with_columns(pl.Series("naam", namen, dtype=pl.String)).select(
        "naam", "uren_per_huishouden", "bron"
    )
    if eigen is not None:
        zelf = pl.DataFrame(
            {
                "naam": [f"eigen gemeente ({eigen['jaar']})"],
                "uren_per_huishouden": [waarde],
                "bron": ["berichten"],
            }
        )
        rijen = pl.concat([rijen, zelf])
    rijen = rijen.sort("uren_per_huishouden", "naam", descending=[True, False])

    def rows() -> list[list[str]]:
        return [
            [n, decimals(u, 1), GEEN if waarde is None else signed(decimals(u - waarde, 1)), b]
            for n, u, b in rijen.iter_rows()
        ]

    show_card(
        toegang,
        "elders",
        words.title_elders(waarde, elders.filter(pl.col("gemeente") != toegang.regels.gemeente)),
        "uren per huishouden per jaar; andere gemeenten zoals gepubliceerd, in het jaar erachter",
        lambda: make_rangorde(
            rijen, "naam", "uren_per_huishouden", theme_palette(), lambda v: decimals(v, 1)
        ),
        "Uren per huishouden, eigen gemeente en andere. De tabel geeft dezelfde cijfers.",
        rijen,
        {"Gemeente": "tekst", "Uren": "getal", "Verschil met eigen": "getal", "Bron": "tekst"},
        rows,
        explain(toegang, "uren per huishouden tegenover andere gemeenten", begrip="uren_per_huishouden"),
        begrip="uren_per_huishouden",
        leeg="" if elders.height else "Er zijn geen cijfers van andere gemeenten geladen.",
    )


def show_knop(toegang: Toegang, uren: pl.DataFrame) -> None:
    """From the own hours to those of another municipality: how far the knob must turn, and the way there."""
    elders = focus.read_elders(toegang.lezer)
    eigen = find_newest(uren.filter(pl.col("is_stad")), "uren_per_huishouden")
    doel = link(toegang, "knoppen")
    if eigen is None or elders.height == 0 or doel is None:
        return
    van = float(eigen["uren_per_huishouden"])
    # First the newest figures of others, the nearest below the own hours on top.
    rijen = elders.filter(pl.col("gemeente") != toegang.regels.gemeente).sort(
        -pl.col("jaar"), pl.col("uren_per_huishouden") >= van, -pl.col("uren_per_huishouden")
    )
    opties = {
        f"{g} {j}: {decimals(u, 1)} uur": float(u)
        for j, g, u in rijen.select("jaar", "gemeente", "uren_per_huishouden").iter_rows()
    }
    if not opties:
        return
    with st.container(border=True, key="kaart-knop-ho"):
        gekozen = st.selectbox("Reken door: uren per huishouden als in", list(opties), key="ho_elders")
        daar = opties[gekozen]
        deel = daar / van - 1
        st.markdown(f"Van {decimals(van, 1)} naar {decimals(daar, 1)} uur is **{signed(percent(deel, 0))}**.")
        st.page_link(
            doel,
            label=f"Draai aan de knop Uren per cliënt ({signed(percent(deel, 0))})",
            icon=":material/arrow_forward:",
            query_params={"hoofdproduct": HO, "knop_intensiteit": str(round(deel * 100))},
        )


def show_wijken(toegang: Toegang, f: Filters, uren: pl.DataFrame) -> None:
    """Card: hours per huishouden per wijk in the year of the period."""
    jaar = add_months(f.periode.tot, -1).year
    namen = read_keuzes(toegang.lezer).wijk
    df = uren.filter((pl.col("jaar") == jaar) & ~pl.col("is_stad") & ~pl.col("is_onbekend")).with_columns(
        pl.col("wijkcode").replace(namen).alias("wijk")
    )
    df = df.sort("uren_per_huishouden", "wijk", descending=[True, False], nulls_last=True)
    stad = uren.filter((pl.col("jaar") == jaar) & pl.col("is_stad"))
    gemiddeld = stad["uren_per_huishouden"][0] if stad.height else None
    voorlopig = stad.height > 0 and not stad["volledig"][0]

    def rows() -> list[list[str]]:
        return [
            [
                r["wijk"],
                "niet getoond" if r["niet_getoond"] else count(r["huishoudens"]),
                *(
                    GEEN if r[k] is None else decimals(r[k], 1)
                    for k in ("uren_per_huishouden", "geleverd_per_huishouden")
                ),
            ]
            for r in df.iter_rows(named=True)
        ]

    show_card(
        toegang,
        "uren_wijk",
        words.title_wijken(df),
        f"toegewezen uren per huishouden, {jaar} op jaarbasis{'; voorlopig' if voorlopig else ''}",
        lambda: make_rangorde(
            df,
            "wijk",
            "uren_per_huishouden",
            theme_palette(),
            lambda v: decimals(v, 0),
            None if gemiddeld is None else (f"stad {decimals(gemiddeld, 0)}", gemiddeld),
        ),
        "Toegewezen uren per huishouden per wijk. De tabel geeft dezelfde cijfers.",
        df.drop("is_stad", "is_onbekend"),
        {"Wijk": "tekst", "Huishoudens": "getal", "Toegewezen": "getal", "Geleverd": "getal"},
        rows,
        explain(toegang, f"uren per huishouden per wijk, {jaar}", f, "uren_per_huishouden"),
        begrip="uren_per_huishouden",
        leeg="" if df.height else GEEN_UREN,
    )
