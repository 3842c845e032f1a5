"""Beside the product table: P and Q of the chosen part by month."""

import polars as pl
import streamlit as st

from dashboard import words
from dashboard.access.door import Toegang
from dashboard.figures import reeksen
from dashboard.filters import Filters
from dashboard.numbers import month, price, ratio, unit, volume
from dashboard.reading import pq
from dashboard.reading.verloop import is_voorlopig
from dashboard.ui.card import explain, show_card, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty


def _sums(eenheden: pl.DataFrame) -> dict[str, float]:
    """Euros per unit of what may be shown, the largest first."""
    som = (
        eenheden.filter(~pl.col("niet_getoond") & (pl.col("eenheid") != "83"))
        .group_by("eenheid")
        .agg(pl.col("realisatie_cent").sum())
        .sort("realisatie_cent", "eenheid", descending=[True, False])
    )
    return dict(som.iter_rows())


def show_series(toegang: Toegang, f: Filters) -> None:
    """P and Q of the chosen part by month, in one unit at a time."""
    lezer = toegang.lezer
    eenheden = list(_sums(pq.read_eenheden(lezer, f, pq.find_niveau(f))))
    naam = f.product or f.productgroep or f.hoofdproduct or "Alle producten"
    if not eenheden:
        with st.container(border=True, key="kaart-geen-pq"):
            show_title(f"{naam}: geen prijs en volume", f.periode.label)
            show_empty(
                "Hier is geen P×Q: er is niets per eenheid gedeclareerd, of het zijn te weinig cliënten."
            )
        return
    eenheid = eenheden[0]
    if len(eenheden) > 1:
        gekozen = st.segmented_control(
            "Eenheid",
            eenheden,
            default=eenheid,
            format_func=lambda e: unit(e, 2),
            required=True,
            key="eenheid",
            help="Volumes van verschillende eenheden worden niet opgeteld.",
            wrap=True,
        )
        eenheid = gekozen if gekozen in eenheden else eenheid
    df = pq.read_reeks(lezer, f, eenheid)
    prijs = pl.col("realisatie_cent") / pl.when(pl.col("volume") > 0).then(pl.col("volume"))
    voorlopig = [is_voorlopig(lezer, m) for m in df["levermaand"]]
    df = df.with_columns(prijs.alias("prijs_cent"), pl.Series("voorlopig", voorlopig, dtype=pl.Boolean))
    palet = theme_palette()
    uitleg = explain(toegang, f"P en Q per maand, {naam}, in {unit(eenheid, 2)}", f)
    van, tot = month(df["levermaand"][0]), month(df["levermaand"][-1])
    onder = f"per maand, {van} t/m {tot}; gearceerd of gestippeld: voorlopig"
    jaar = [_period_pq(df, f, verschuif) for verschuif in (0, 1)]

    def rows() -> list[list[str]]:
        return [
            [
                month(m),
                "niet getoond" if k else volume(v, eenheid),
                "niet getoond" if k else price(p, eenheid),
            ]
            for m, v, p, k in df.sort("levermaand", descending=True)
            .select("levermaand", "volume", "prijs_cent", "niet_getoond")
            .iter_rows()
        ]

    links, rechts = st.columns(2, gap="small")
    kolommen = {"Maand": "tekst", "Q": "getal", "P": "getal"}
    with links:
        show_card(
            toegang,
            "volume",
            words.title_change(f"{naam}: Q", jaar[0][1], jaar[1][1]),
            f"geleverd volume in {unit(eenheid, 2)} {onder}",
            lambda: reeksen.make_bars(df, "volume", palet, lambda v: volume(v, eenheid), hoogte=190),
            f"Volume per maand van {naam} in {unit(eenheid, 2)}",
            df,
            kolommen,
            rows,
            uitleg | explain(toegang, uitleg["inhoud"], f, "q"),
            begrip="q",
        )
    with rechts:
        show_card(
            toegang,
            "prijs",
            words.title_change(f"{naam}: P", jaar[0][0], jaar[1][0]),
            f"euro per {unit(eenheid)} {onder}",
            lambda: reeksen.make_price_line(df, palet, lambda v: price(v, eenheid), hoogte=190),
            f"Prijs per {unit(eenheid)} per maand van {naam}",
            df,
            kolommen,
            rows,
            uitleg | explain(toegang, uitleg["inhoud"], f, "p"),
            begrip="p",
        )


def _period_pq(df: pl.DataFrame, f: Filters, jaren: int) -> tuple[float | None, float | None]:
    """Price and volume over the complete months of the period, or the same months `jaren` earlier."""
    rijp = f.periode.shift(-12 * jaren)
    klaar = df.filter(~pl.col("voorlopig") & (pl.col("levermaand") >= f.periode.van))["levermaand"]
    eind = rijp.van if klaar.len() == 0 else max(klaar)
    tot = eind.replace(year=eind.year - jaren) if klaar.len() else eind
    deel = df.filter((pl.col("levermaand") >= rijp.van) & (pl.col("levermaand") <= tot))
    if deel.height == 0 or klaar.len() == 0 or deel["niet_getoond"].any():
        return None, None
    hoeveel = float(deel["volume"].sum())
    return ratio(deel["realisatie_cent"].sum(), hoeveel), hoeveel
