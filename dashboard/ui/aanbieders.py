"""The operational page: cards of one aanbieder."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboard import words
from dashboard.access.door import Toegang
from dashboard.dossier import Dossier, describe_price, join_prices
from dashboard.figures import reeksen
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, euro, euro_mln, month, volume
from dashboard.reading import aanbieder, stroom, verloop
from dashboard.reading.keuzes import read_keuzes
from dashboard.tegels import last_months
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty

GEEN_PQ = (
    "Deze aanbieder wordt betaald met een vast bedrag. Er is dan geen prijs maal volume: kijk naar bereik, "
    "instroom en wat is afgesproken."
)


def show_head(d: Dossier) -> None:
    """Name, concern and contract in one line."""
    stukken: list[str] = []
    for wet, concern, perceel, bekostiging in d.contract.select(
        "wet", "concern", "perceel", "bekostiging"
    ).iter_rows():
        delen = [str(x) for x in (concern, perceel, bekostiging) if x]
        stukken.append(f"{wet}: {' · '.join(delen)}" if delen else str(wet))
    hoofd = (
        f"vergeleken met aanbieders met hoofdproduct {d.hoofdproduct}; {d.vergelijking}"
        if d.hoofdproduct
        else ""
    )
    show_title(
        d.naam, " | ".join(s for s in (*stukken, hoofd) if s) if stukken or hoofd else "geen contract geladen"
    )
    if d.is_lump_sum:
        st.info(GEEN_PQ)


def _mark(df: pl.DataFrame, toegang: Toegang) -> pl.DataFrame:
    voorlopig = [verloop.is_voorlopig(toegang.lezer, m) for m in df["levermaand"]]
    return df.with_columns(pl.Series("voorlopig", voorlopig, dtype=pl.Boolean))


def _write(waarde: float | None, klein: bool, write: Callable[[float | None], str]) -> str:
    return "niet getoond" if klein else write(waarde)


def show_omzet(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: euros by month next to the average of comparable aanbieders."""
    lezer, palet = toegang.lezer, theme_palette()
    breed = last_months(lezer, f, 24)
    df = _mark(verloop.read_maanden(lezer, breed), toegang)
    if d.hoofdproduct is not None:
        ander = aanbieder.read_anderen_maanden(lezer, breed, d.hoofdproduct)
        df = df.join(
            ander.select("levermaand", pl.col("realisatie_cent").alias("gemiddeld_cent")),
            on="levermaand",
            how="left",
        )
    else:
        df = df.with_columns(pl.lit(None, dtype=pl.Float64).alias("gemiddeld_cent"))

    def rows() -> list[list[str]]:
        return [
            [month(m), _write(c, k, euro), euro(g), _write(n, k, count)]
            for m, c, g, n, k in df.sort("levermaand", descending=True)
            .select("levermaand", "realisatie_cent", "gemiddeld_cent", "clienten", "niet_getoond")
            .iter_rows()
        ]

    leeg = "" if (df["realisatie_cent"].fill_null(1) != 0).any() else "Geen declaraties in deze maanden."
    show_card(
        toegang,
        "omzet_per_maand",
        words.title_omzet(
            d.naam, d.totaal["realisatie_cent"], None if d.anderen is None else d.anderen["realisatie_cent"]
        ),
        f"€ dzd per levermaand; lijn: {d.vergelijking}; gearceerd: voorlopig",
        lambda: reeksen.make_bars(
            df,
            "realisatie_cent",
            palet,
            euro,
            schaal=100_000.0,
            gemiddelde="gemiddeld_cent",
            naam_gemiddelde="gemiddelde vergelijkbare aanbieders",
        ),
        f"Gedeclareerd bedrag per maand van {d.naam}, met het gemiddelde van vergelijkbare aanbieders",
        df,
        {"Maand": "tekst", "Gedeclareerd": "getal", "Vergelijkbaar gemiddelde": "getal", "Cliënten": "getal"},
        rows,
        explain(toegang, f"declaraties per maand van {d.naam}", f, "realisatie"),
        begrip="realisatie",
        leeg=leeg,
    )


def show_stroom(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: clients coming and going by month; for a lump sum the reach."""
    lezer, palet = toegang.lezer, theme_palette()
    breed = last_months(lezer, f, 24)
    df = stroom.read_stroom(lezer, breed)
    bereik = aanbieder.read_bereik(lezer, breed).select("levermaand", pl.col("aantal").alias("bereik"))
    if df is None:
        leeg = [pl.lit(None, dtype=pl.Int64).alias(k) for k in ("instroom", "uitstroom")]
        df = _mark(bereik.with_columns(leeg), toegang)
    else:
        df = df.join(bereik, on="levermaand", how="left")
    totaal = stroom.read_stroom_totaal(lezer, f) or (None, None)

    def rows() -> list[list[str]]:
        return [
            [month(m), count(i), count(u), count(b)]
            for m, i, u, b in df.sort("levermaand", descending=True)
            .select("levermaand", "instroom", "uitstroom", "bereik")
            .iter_rows()
        ]

    laatste = df["bereik"].drop_nulls()
    titel = words.title_flow(*totaal)
    if d.is_lump_sum and laatste.len():
        titel = f"{d.naam} bereikt {count(laatste[-1])} cliënten"
    show_card(
        toegang,
        "stroom_per_maand",
        titel,
        "cliënten in zorg aan het eind van de maand; gearceerd: voorlopig"
        if d.is_lump_sum
        else "cliënten die bij deze aanbieder begonnen of stopten met zorg, per maand; gearceerd: voorlopig",
        lambda: (
            reeksen.make_bars(df, "bereik", palet, count, hoogte=220)
            if d.is_lump_sum
            else reeksen.make_in_out(df, palet)
        ),
        f"Instroom en uitstroom per maand van {d.naam}",
        df,
        {"Maand": "tekst", "Instroom": "getal", "Uitstroom": "getal", "In zorg aan het eind": "getal"},
        rows,
        explain(toegang, f"in- en uitstroom van {d.naam}", f, "instroom"),
        begrip="clienten" if d.is_lump_sum else "instroom",
    )


def show_producten(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: products with P and Q, next to the price at comparable aanbieders."""
    df = join_prices(d, toegang.lezer, f)
    titel = "Per product"
    if df.height and df["realisatie_cent"][0] is not None:
        titel = f"Grootste product: {df['product'][0]}, {euro_mln(df['realisatie_cent'][0])}"
    with st.container(border=True, key="kaart-aanbieder-producten"):
        show_title(
            titel,
            f"{f.periode.label}; P naast het gemiddelde van ten minste drie vergelijkbare aanbieders",
        )
        if df.height == 0:
            show_empty(
                GEEN_PQ if d.is_lump_sum else "Geen declaraties in deze selectie. Kies een andere periode."
            )
            return
        with st.container(horizontal=True):
            show_downloads(
                toegang, df, "aanbieder_producten", explain(toegang, f"producten van {d.naam}", f), "apr"
            )
        rijen = [
            [
                r["product"] if r["zwaarte"] in (None, "n.v.t.") else f"{r['product']}, {r['zwaarte']}",
                _write(r["realisatie_cent"], r["niet_getoond"], euro),
                _write(r["clienten"], r["niet_getoond"], count),
                GEEN
                if r["eenheid"] == "83"
                else _write(r["volume"], r["niet_getoond"], lambda v, e=r["eenheid"]: volume(v, e)),  # type: ignore[misc]
                describe_price(r["prijs_cent"], r["eenheid"], r["niet_getoond"]),
                describe_price(r["prijs_anderen_cent"], r["eenheid"], False),
            ]
            for r in df.iter_rows(named=True)
        ]
        kolommen = {
            "Product": "tekst",
            "Gedeclareerd": "getal",
            "Cliënten": "getal",
            "Q": "getal",
            "P": "getal",
        }
        show_table(kolommen | {"P vergelijkbaar": "getal"}, rijen, f"Producten van {d.naam}")


def show_wijken(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: wijk by product, clients and euros."""
    namen = read_keuzes(toegang.lezer).wijk
    df = d.wijken.with_columns(
        pl.col("wijkcode").replace_strict(namen, default=pl.col("wijkcode")).alias("wijk")
    )
    with st.container(border=True, key="kaart-aanbieder-wijken"):
        titel = "Per wijk en product"
        if df.height and not df["realisatie_cent"].is_null().all():
            per = df.group_by("wijk").agg(pl.col("realisatie_cent").sum()).sort("realisatie_cent")
            titel = f"Het meeste gaat naar {per['wijk'][-1]}: {euro_mln(per['realisatie_cent'][-1])}"
        show_title(titel, f"wijk waar de cliënt op de eerste van de maand woonde, {f.periode.label}")
        if df.height == 0:
            show_empty("Geen declaraties in deze selectie. Kies een andere periode.")
            return
        with st.container(horizontal=True):
            show_downloads(
                toegang, df, "aanbieder_wijken", explain(toegang, f"wijken van {d.naam}", f), "awk"
            )
        rijen = [
            [
                r["wijk"],
                r["product"],
                _write(r["clienten"], r["niet_getoond"], count),
                GEEN
                if r["eenheid"] == "83"
                else _write(r["volume"], r["niet_getoond"], lambda v, e=r["eenheid"]: volume(v, e)),  # type: ignore[misc]
                _write(r["realisatie_cent"], r["niet_getoond"], euro),
            ]
            for r in df.sort("wijk", "product").iter_rows(named=True)
        ]
        kolommen = {
            "Wijk": "tekst",
            "Product": "tekst",
            "Cliënten": "getal",
            "Q": "getal",
            "Gedeclareerd": "getal",
        }
        show_table(kolommen, rijen, f"Wijken en producten van {d.naam}")
