"""The page Datakwaliteit: missing months, what came late, unknown codes, lines set apart over time."""

from collections.abc import Mapping
from html import escape

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import words_beheer as words
from dashboard.access.door import Toegang
from dashboard.figures.rangorde import make_rangorde
from dashboard.figures.vakjes import make_vakjes
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, month, percent, plural, ratio
from dashboard.reading import datakwaliteit
from dashboard.reading.keuzes import read_aanbieders
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty

HOOGSTENS = 20
TOP = 10
LEGENDA = (
    '<div class="si-legenda"><span>✕ verwacht, maar geen regel</span><span>½ minder dan de helft van wat '
    "gebruikelijk is</span><span>vol: geleverd</span><span>leeg: niet verwacht</span>"
    '<span><i class="si-arceer"></i>voorlopig</span></div>'
)


def show_volledigheid(toegang: Toegang, f: Filters) -> None:
    """Card: per aanbieder with a gap, each month: there, few lines, or missing."""
    lezer = toegang.lezer
    df = datakwaliteit.read_maanden(lezer, f)
    rang = datakwaliteit.rank_gaten(df)
    gaten = df.filter(pl.col("sleutel").is_in(rang["sleutel"].to_list()))
    namen = _names(df, read_aanbieders(lezer))
    alle, met_gat = df["aanbieder_agb"].n_unique(), rang["aanbieder_agb"].n_unique()

    def lines(n: int | None) -> str:
        return "weinig, niet getoond" if n is None else count(n)

    def draw(*, smal: bool = False) -> go.Figure:
        uitleg = [
            f"{escape(namen[r['sleutel']])}, {month(r['levermaand'])}: {r['stand']}"
            f"<br>{lines(r['regels'])} regels, gebruikelijk {lines(r['gebruikelijk'])}"
            for r in gaten.iter_rows(named=True)
        ]
        vakken = gaten.rename({"levermaand": "maand"}).with_columns(
            pl.Series("uitleg", uitleg, dtype=pl.Utf8)
        )
        getoond = [
            (s, escape(_shorten(namen[s]) if smal else namen[s])) for s in rang["sleutel"].head(HOOGSTENS)
        ]
        return make_vakjes(vakken, getoond, theme_palette(), smal=smal)

    def rows() -> list[list[str]]:
        slecht = gaten.filter(pl.col("stand").is_in(["ontbreekt", "weinig"])).sort(
            "levermaand", "sleutel", descending=[True, False]
        )
        return [
            [
                namen[r["sleutel"]],
                month(r["levermaand"]),
                r["stand"] + (" (voorlopig)" if r["voorlopig"] else ""),
                lines(r["regels"]),
                lines(r["gebruikelijk"]),
            ]
            for r in slecht.iter_rows(named=True)
        ]

    leeg = ""
    if df.height == 0:
        leeg = "Geen declaraties in deze maanden. Kies een andere periode, of laad eerst bestanden."
    elif rang.height == 0:
        leeg = f"Alle {count(alle)} aanbieders declareerden wat te verwachten was. Er is niets te doen."
    meer = f"; de {HOOGSTENS} met de meeste gaten, alle in de tabel" if rang.height > HOOGSTENS else ""
    show_card(
        toegang,
        "volledigheid",
        words.title_volledigheid(df) if df.height else "Volledigheid van declaraties",
        f"{plural(met_gat, 'aanbieder', 'aanbieders')} van de {count(alle)} met een gat, per levermaand,"
        f" {f.periode.label}{meer}",
        draw,
        "Per aanbieder en maand: geleverd, weinig regels of ontbreekt. De tabel noemt elk gat.",
        gaten.drop("sleutel"),
        {
            "Aanbieder": "tekst",
            "Levermaand": "kort",
            "Stand": "kort",
            "Regels": "getal",
            "Gebruikelijk per maand": "getal",
        },
        rows,
        explain(toegang, "volledigheid per aanbieder en maand", f, "volledigheid"),
        leeg=leeg,
        onder_figuur=LEGENDA,
        begrip="volledigheid",
        smal=lambda: draw(smal=True),
    )


def _names(df: pl.DataFrame, wie: Mapping[str, str]) -> dict[str, str]:
    """Name of each row; the wet goes along where an aanbieder works under more than one."""
    paren = df.select("sleutel", "aanbieder_agb", "wet").unique()
    dubbel = set(paren.filter(pl.col("aanbieder_agb").is_duplicated())["sleutel"])
    return {s: wie.get(a, a) + (f" ({w})" if s in dubbel else "") for s, a, w in paren.iter_rows()}


def _shorten(naam: str, langste: int = 24) -> str:
    return naam if len(naam) <= langste else f"{naam[: langste - 1].rstrip()}…"


def show_te_laat(toegang: Toegang, f: Filters) -> None:
    """Card: who reports and declares late most often."""
    soorten = datakwaliteit.read_te_laat_samen(toegang.lezer, f)
    df, wie = datakwaliteit.read_te_laat(toegang.lezer, f), read_aanbieders(toegang.lezer)
    namen = [wie.get(a, a or "onbekend") for a in df["aanbieder_agb"]]
    df = df.with_columns(
        pl.Series("naam", namen, dtype=pl.Utf8),
        pl.Series("kort", [_shorten(n) for n in namen], dtype=pl.Utf8),
    )

    def rows() -> list[list[str]]:
        return [
            [naam, count(samen), count(regels), count(starts), count(stops)]
            for naam, samen, regels, starts, stops in df.select(
                "naam", "samen", "declaratieregels", "starts", "stops"
            ).iter_rows()
        ]

    leeg = ""
    if not sum(soorten.values()):
        leeg = "Alles wat in deze maanden binnenkwam, was op tijd."
    elif df.height == 0:
        leeg = "Geen aanbieder was vaak genoeg te laat om te tonen."
    show_card(
        toegang,
        "te_laat",
        words.title_te_laat(soorten),
        f"ontvangen {f.periode.label}, de {TOP} aanbieders met de meeste; wie minder dan"
        f" {toegang.lezer.bereik.kleinste_cel} keer te laat was staat er niet bij",
        lambda: make_rangorde(df.head(TOP), "naam", "samen", theme_palette(), count),
        "Aantal te late declaratieregels, starts en stops per aanbieder; de tabel splitst ze.",
        df.drop("kort"),
        {
            "Aanbieder": "tekst",
            "Samen": "getal",
            "Declaratieregels": "getal",
            "Starts": "getal",
            "Stops": "getal",
        },
        rows,
        explain(toegang, "te laat ontvangen per aanbieder", f),
        leeg=leeg,
        smal=lambda: make_rangorde(df.head(TOP), "kort", "samen", theme_palette(), count),
    )


def show_onbekend(toegang: Toegang, f: Filters) -> None:
    """Card: codes that the own tables lack, and what to do."""
    df = datakwaliteit.read_onbekend(toegang.lezer, f)
    with st.container(border=True, key="kaart-onbekend", height="stretch"):
        show_title(
            words.title_onbekend(df),
            f"komt voor in {f.periode.label}; telt mee onder 'onbekend' tot de tabel is aangevuld",
        )
        if df.height == 0:
            show_empty("Niets te doen: elke productcode en elke aanbieder heeft een naam.")
            return
        with st.container(horizontal=True):
            show_downloads(toegang, df, "onbekende_codes", explain(toegang, "onbekende codes", f), "onbekend")
        rijen = [
            [
                r["soort"],
                r["wet"] or GEEN,
                r["code"],
                "weinig" if r["niet_getoond"] else count(r["regels"]),
                f"{month(r['eerste_maand'])} – {month(r['laatste_maand'])}",
            ]
            for r in df.iter_rows(named=True)
        ]
        kolommen = {"Soort": "kort", "Wet": "kort", "Code": "kort", "Regels": "getal", "Komt voor": "kort"}
        show_table(kolommen, rijen, "Onbekende codes")
        st.caption(
            f"Regels: over alle jaren. Weinig: minder dan {toegang.lezer.bereik.kleinste_cel} regels. "
            "Vul producten of aanbieders aan en laad ze opnieuw."
        )


def show_quarantaine(toegang: Toegang) -> None:
    """Card: the lines set apart per month of loading."""
    df = datakwaliteit.read_quarantaine(toegang.lezer)
    labels = df.with_columns(pl.Series("naam", [month(m) for m in df["maand"]], dtype=pl.Utf8))
    deel = [ratio(q, r) or 0.0 for q, r in df.select("quarantaine", "regels").iter_rows()]
    labels = labels.with_columns(pl.Series("aandeel", deel, dtype=pl.Float64))

    def rows() -> list[list[str]]:
        return [
            [naam, count(b), count(r), count(q), percent(a, 2)]
            for naam, b, r, q, a in labels.select(
                "naam", "bestanden", "regels", "quarantaine", "aandeel"
            ).iter_rows()
        ]

    leeg = ""
    if df.height == 0:
        leeg = "Er is nog niets geladen. Laad bestanden bij Laden."
    elif not int(df["quarantaine"].sum()):
        leeg = f"Alle {count(int(df['regels'].sum()))} aangeboden regels waren te lezen."
    show_card(
        toegang,
        "quarantaine_verloop",
        words.title_quarantaine(df),
        "aandeel van de regels per maand van laden, alle bestanden; de filters gelden hier niet",
        lambda: make_rangorde(labels.tail(12), "naam", "aandeel", theme_palette(), lambda w: percent(w, 2)),
        "Aandeel van de regels in quarantaine per maand van laden.",
        df,
        {
            "Maand": "kort",
            "Bestanden": "getal",
            "Regels": "getal",
            "Quarantaine": "getal",
            "Aandeel": "getal",
        },
        rows,
        explain(toegang, "quarantaine per maand van laden"),
        leeg=leeg,
        meer=("laden", "Herstel regels bij Laden"),
    )
