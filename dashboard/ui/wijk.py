"""The page Wijk: cards of one wijk next to like wijken."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import words, words_wijk
from dashboard.access.door import Toegang
from dashboard.figures import reeksen
from dashboard.figures.spreiding import make_spreiding
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, decimals, enumerate_nl, euro, month, percent
from dashboard.reading import stroom
from dashboard.reading import wijk as lezen
from dashboard.reading.aanbieders import year_of
from dashboard.reading.keuzes import read_aanbieders
from dashboard.tegels import last_months
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip

LEEG = "Geen cliënten in deze selectie. Kies een andere periode of wet."


def find_wijk(wijken: pl.DataFrame, f: Filters) -> dict[str, Any]:
    """The row of the chosen wijk: its name, stadsdeel and inhabitants."""
    rij = wijken.filter(pl.col("wijkcode") == f.wijk)
    if rij.height == 0:
        return {"wijknaam": str(f.wijk), "stadsdeel": None, "inwoners": None}
    return rij.row(0, named=True)


def show_head(toegang: Toegang, f: Filters, rij: dict[str, Any], gelijken: lezen.Gelijken) -> None:
    """Heading: clients per 1.000 inhabitants against the middle of like wijken, and which those are."""
    totaal = lezen.read_totaal(toegang.lezer, f)
    zelf = totaal.filter(pl.col("wijkcode") == f.wijk)
    ander = totaal.filter(pl.col("wijkcode").is_in(gelijken.codes))
    namen = enumerate_nl(sorted(ander["wijknaam"].to_list()))
    per = ander["per_1000"].drop_nulls()
    midden = per.median() if per.len() >= lezen.MINSTE_GELIJKEN else None
    stukken = [
        s
        for s in (
            rij["stadsdeel"] and f"stadsdeel {rij['stadsdeel']}",
            rij["inwoners"] and f"{count(rij['inwoners'])} inwoners",
            gelijken.waarom and f"vergeleken met {gelijken.waarom}: {namen}",
        )
        if s
    ]
    show_title(
        words_wijk.title_totaal(
            rij["wijknaam"],
            zelf["per_1000"][0] if zelf.height else None,
            midden,  # type: ignore[arg-type]
        ),
        " · ".join(stukken) or "van deze wijk zijn geen inwoners bekend",
        begrip=draw_begrip(toegang.lezer, "clienten"),
    )


def show_gebruik(toegang: Toegang, f: Filters, naam: str, gelijken: lezen.Gelijken) -> None:
    """Card: clients per 1.000 inhabitants by hoofdproduct, against like wijken."""
    lezer = toegang.lezer
    df = lezen.compare(lezen.read_gebruik(lezer, f), str(f.wijk), gelijken).with_columns(
        pl.col("hoofdproduct").alias("deel")
    )
    anderen = gelijken.waarom or "geen andere wijken"

    def rows() -> list[list[str]]:
        return [
            [
                r["hoofdproduct"],
                "niet getoond" if r["niet_getoond"] else count(r["clienten"]),
                "niet getoond" if r["niet_getoond"] else _rate(r["per_1000"]),
                GEEN if r["midden"] is None else f"{_rate(r['laagste'])} – {_rate(r['hoogste'])}",
                _rate(r["midden"]),
                "niet getoond" if r["niet_getoond"] else euro(r["realisatie_cent"]),
            ]
            for r in df.iter_rows(named=True)
        ]

    kolommen = {"Hoofdproduct": "tekst"} | dict.fromkeys(
        ("Cliënten", "Per 1.000", "Vergelijkbare wijken", "Midden daarvan", "Via berichten"), "getal"
    )
    show_card(
        toegang,
        "wijk_gebruik",
        words_wijk.title_gebruik(naam, df),
        f"cliënten per 1.000 inwoners, {f.periode.label}; punt: {naam}, balk en streep: laagste, hoogste en "
        f"midden van {anderen}",
        lambda: make_spreiding(df, theme_palette(), naam, "vergelijkbare wijken"),
        f"Cliënten per 1.000 inwoners in {naam} per hoofdproduct naast vergelijkbare wijken.",
        df.drop("deel"),
        kolommen,
        rows,
        explain(toegang, f"gebruik in {naam}, vergeleken met {anderen}", f, "clienten"),
        begrip="wijk",
        leeg="" if df.height else LEEG,
        onder_figuur=_note(toegang, df),
    )


def _rate(waarde: float | None) -> str:
    return GEEN if waarde is None else decimals(waarde, 1)


def _note(toegang: Toegang, df: pl.DataFrame) -> str:
    if df.height == 0 or not df["niet_getoond"].any():
        return ""
    klein = df.filter("niet_getoond")["hoofdproduct"].to_list()
    return f'<p class="si-onder">Niet getoond ({", ".join(klein)}): {toegang.lezer.reden_niet_getoond}.</p>'


def show_stroom(toegang: Toegang, f: Filters, naam: str) -> None:
    """Card: clients coming and going in the wijk by month."""
    lezer, palet = toegang.lezer, theme_palette()
    zonder = last_months(lezer, f, 24)
    df = stroom.read_stroom(lezer, zonder)
    totaal = stroom.read_stroom_totaal(lezer, f) or (None, None)
    tabel = df if df is not None else pl.DataFrame()

    def rows() -> list[list[str]]:
        return [
            [month(m), "niet getoond" if a else count(i), "niet getoond" if b else count(u)]
            for m, i, u, a, b in tabel.sort("levermaand", descending=True)
            .select("levermaand", "instroom", "uitstroom", "instroom_klein", "uitstroom_klein")
            .iter_rows()
        ]

    show_card(
        toegang,
        "wijk_stroom",
        words.title_flow(*totaal),
        f"cliënten die in {naam} met zorg begonnen of stopten, per maand; kleine aantallen niet getoond; "
        "gearceerd: voorlopig",
        lambda: reeksen.make_in_out(tabel, palet),
        f"Instroom en uitstroom per maand in {naam}. De tabel geeft dezelfde cijfers.",
        tabel,
        {"Maand": "tekst", "Instroom": "getal", "Uitstroom": "getal"},
        rows,
        explain(toegang, f"in- en uitstroom van {naam}", f, "instroom"),
        begrip="instroom",
        leeg=""
        if df is not None
        else "Per wijk is de stroom er alleen voor beide wetten samen: kies alle wetten.",
    )


def show_aanbod(toegang: Toegang, f: Filters, naam: str) -> None:
    """Card: from how many aanbieders care comes in the wijk, per productgroep."""
    df = lezen.read_aanbod(toegang.lezer, f).filter(~pl.col("niet_getoond"))
    with st.container(border=True, key="kaart-aanbod", height="stretch"):
        show_title(
            words_wijk.title_aanbod(df),
            f"aanbieders met cliënten in {naam} in {year_of(f)}; aandeel van de grootste in de uitgaven",
        )
        if df.height == 0:
            show_empty(LEEG)
            return
        with st.container(horizontal=True):
            show_downloads(toegang, df, "wijk_aanbod", explain(toegang, f"aanbod in {naam}", f), "wab")
        rijen = [
            [
                r["productgroep"],
                count(r["aanbieders"]),
                percent(r["grootste_aandeel"], 0),
                count(r["clienten"]),
            ]
            for r in df.iter_rows(named=True)
        ]
        kolommen = {"Productgroep": "tekst", "Aanbieders": "getal", "Grootste": "getal", "Cliënten": "getal"}
        show_table(kolommen, rijen, f"Aanbod in {naam}")


def show_aanbieders(toegang: Toegang, f: Filters, naam: str) -> None:
    """Card: aanbieders that this role may see by themselves, in this wijk."""
    lezer = toegang.lezer
    namen = read_aanbieders(lezer)
    df = lezen.read_aanbieders(lezer, f).filter(pl.col("aanbieder_agb").is_in(list(namen)))
    eigen = "eigen aanbieders" if lezer.bereik.aanbieders is not None else "aanbieders"
    getoond = df.filter(~pl.col("niet_getoond"))
    titel = f"Geen {eigen} in {naam} om te tonen"
    if getoond.height:
        titel = f"{namen[getoond['aanbieder_agb'][0]]} levert hier het meest van de {eigen}"
        if lezer.bereik.aanbieders is None:
            titel = f"{namen[getoond['aanbieder_agb'][0]]} levert hier het meest"
    with st.container(border=True, key="kaart-wijk-aanbieders", height="stretch"):
        show_title(
            titel,
            f"{eigen}, {f.periode.label}; wie te weinig cliënten heeft staat er niet bij",
        )
        if getoond.height == 0:
            show_empty(f"Van {eigen} zijn hier te weinig cliënten. Kies een langere periode.")
            return
        with st.container(horizontal=True):
            show_downloads(
                toegang,
                getoond,
                "wijk_aanbieders",
                explain(toegang, f"{eigen} in {naam}", f, "realisatie"),
                "waa",
            )
        rijen = [
            [namen[r["aanbieder_agb"]], count(r["clienten"]), euro(r["realisatie_cent"])]
            for r in getoond.head(20).iter_rows(named=True)
        ]
        kolommen = {"Aanbieder": "tekst", "Cliënten": "getal", "Gedeclareerd": "getal"}
        show_table(kolommen, rijen, f"Aanbieders in {naam}")


def show_basis(toegang: Toegang, f: Filters, stadsdeel: str | None) -> None:
    """Card: what the social base of the stadsdeel reaches; nothing where no figures are brought."""
    df = lezen.read_basis(toegang.lezer, f, stadsdeel)
    with st.container(border=True, key="kaart-wijk-basis", height="stretch"):
        show_title(
            words_wijk.title_basis(stadsdeel, df),
            "per jaar, voor het hele stadsdeel: per wijk bestaan deze cijfers niet",
            begrip=draw_begrip(toegang.lezer, "sociale_basis"),
        )
        if df.height == 0:
            show_empty("Lever kengetallen van de sociale basis aan; zij worden dan hier getoond.")
            return
        with st.container(horizontal=True):
            show_downloads(
                toegang, df, "sociale_basis", explain(toegang, f"sociale basis {stadsdeel}", f), "wsb"
            )
        jaren = sorted(df["jaar"].unique())[-4:]
        per = {
            (o, m, j): (w, e)
            for o, m, j, w, e in df.select("onderdeel", "maat", "jaar", "waarde", "eenheid").rows()
        }
        rijen = [
            [m, *(f"{count(per[o, m, j][0])} {per[o, m, j][1]}" if (o, m, j) in per else GEEN for j in jaren)]
            for o, m in df.select("onderdeel", "maat").unique(maintain_order=True).rows()
        ]
        show_table({"Wat": "tekst"} | {str(j): "getal" for j in jaren}, rijen, "Sociale basis per jaar")
