"""The page Indicaties en uitnutting, second half: what sleeps, what started in time, what is still open."""

import polars as pl

from dashboard import words_uitnutting as words
from dashboard.access.door import Toegang
from dashboard.figures.staven import make_staven
from dashboard.figures.uitnutting import make_deel_van
from dashboard.filters import Filters
from dashboard.numbers import add_months, count, day, euro, euro_mln, percent, ratio
from dashboard.reading import uitnutting
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.uitnutting import NIET, name_parts, note_hidden, pick

LEEG = "Geen lopende toewijzingen in deze selectie. Wis de filters."


def describe_eigen(toegang: Toegang) -> str:
    """Say it where what is kept per aanbieder shows the own aanbieders only."""
    return "; alleen uw eigen aanbieders" if uitnutting.is_eigen_deel(toegang.lezer) else ""


def show_slapers(toegang: Toegang, f: Filters) -> None:
    """Card: running toewijzingen on which nothing is delivered any more."""
    lezer = toegang.lezer
    df = name_parts(uitnutting.read_slapers(lezer, f))
    deel, laatste = uitnutting.find_deel(f), lezer.meta.laatste_levermaand
    peil = "" if laatste is None else f"op {day(add_months(laatste, 1))}, "

    def rows() -> list[list[str]]:
        return [
            [
                r["wet"],
                r["deel"],
                NIET if r["niet_getoond"] else count(r["slapers"]),
                count(r["lopend"]),
                percent(ratio(r["slapers"], r["lopend"])),
                count(r["nooit_geleverd"]),
                euro(r["open_verplichting_cent"]),
            ]
            for r in df.iter_rows(named=True)
        ]

    kolommen = {"Wet": "tekst", deel.capitalize(): "tekst"} | dict.fromkeys(
        ("Slapers", "Lopend", "Aandeel", "Nooit geleverd", "Nog verwacht"), "getal"
    )
    show_card(
        toegang,
        "slapers",
        words.title_slapers(df),
        f"{peil}open: lopende toewijzingen, donker: slapers{describe_eigen(toegang)}",
        lambda: make_deel_van(
            df,
            "lopend",
            "slapers",
            [words.word_slapers(s, n) for s, n in df.select("slapers", "lopend").rows()],
            [
                f"<b>{r['naam']}</b><br>{words.word_slapers(r['slapers'], r['lopend'])}"
                for r in df.iter_rows(named=True)
            ],
            theme_palette(),
        ),
        "Per onderdeel de slapers binnen de lopende toewijzingen. De tabel geeft dezelfde cijfers.",
        df,
        kolommen,
        rows,
        explain(toegang, f"slapers per {deel}{describe_eigen(toegang)}", f, "slapers"),
        begrip="slapers",
        leeg="" if df.height else LEEG,
        onder_figuur=note_hidden(toegang, df),
        kies=pick(df, deel, 3),
    )


def show_verzilvering(toegang: Toegang, f: Filters) -> None:
    """Card: per year which share of the toewijzingen did not start in time."""
    lezer = toegang.lezer
    df = uitnutting.read_verzilvering(lezer, f)
    laatste = lezer.meta.laatste_levermaand
    df = df.with_columns(
        (pl.col("niet_verzilverd") / pl.col("oud_genoeg")).alias("aandeel"),
        (pl.col("jaar") == (laatste.year if laatste and laatste.month < 12 else 0)).alias("voorlopig"),
    )

    def rows() -> list[list[str]]:
        return [
            [
                str(r["jaar"]) + (" (loopt nog)" if r["voorlopig"] else ""),
                NIET if r["niet_getoond"] else count(r["oud_genoeg"]),
                count(r["verzilverd"]),
                count(r["niet_verzilverd"]),
                percent(r["aandeel"]),
                count(r["te_jong"]),
            ]
            for r in df.iter_rows(named=True)
        ]

    loopt = (
        "; het lopende jaar (gearceerd) is voorlopig, er komen nog declaraties"
        if df["voorlopig"].any()
        else ""
    )
    show_card(
        toegang,
        "verzilvering",
        words.title_verzilvering(df),
        f"aandeel zonder levering binnen de termijn, naar jaar van ingang{loopt}{describe_eigen(toegang)}",
        lambda: make_staven(
            [str(j) for j in df["jaar"]],
            df["aandeel"].to_list(),
            df["voorlopig"].to_list(),
            theme_palette(),
            percent,
        ),
        "Per jaar het aandeel toewijzingen dat niet op tijd begon. De tabel geeft dezelfde cijfers.",
        df,
        {"Jaar": "kort"}
        | dict.fromkeys(("Oud genoeg", "Op tijd", "Niet op tijd", "Aandeel", "Te jong"), "getal"),
        rows,
        explain(toegang, f"toewijzingen die op tijd begonnen{describe_eigen(toegang)}", f, "verzilvering"),
        begrip="verzilvering",
        leeg=""
        if df.height
        else "Geen toewijzingen die oud genoeg zijn. Kies een andere periode of wis de filters.",
        onder_figuur=note_hidden(toegang, df),
    )


def show_verplichting(toegang: Toegang, f: Filters) -> None:
    """Card: what is toegewezen for the rest of the year, and how much of that is expected to be delivered."""
    df = name_parts(uitnutting.read_verplichting(toegang.lezer, f))
    deel = uitnutting.find_deel(f)
    som = uitnutting.add_up(df, "toegewezen_rest_cent", "verplichting_cent")
    jaar = int(df["jaar"][0]) if df.height else None

    def rows() -> list[list[str]]:
        return [
            [
                r["wet"],
                r["deel"],
                NIET if r["niet_getoond"] else count(r["toewijzingen"]),
                euro(r["toegewezen_rest_cent"]),
                percent(ratio(r["verplichting_cent"], r["toegewezen_rest_cent"]), 0),
                euro(r["verplichting_cent"]),
            ]
            for r in df.iter_rows(named=True)
        ]

    show_card(
        toegang,
        "verplichting",
        words.title_verplichting(som["toegewezen_rest_cent"], som["verplichting_cent"], jaar),
        f"schatting; open: toegewezen, gearceerd: verwacht tot eind {jaar}{describe_eigen(toegang)}",
        lambda: make_deel_van(
            df,
            "toegewezen_rest_cent",
            "verplichting_cent",
            [NIET if k else euro_mln(v) for k, v in df.select("niet_getoond", "verplichting_cent").rows()],
            [
                f"<b>{r['naam']}</b><br>"
                + (
                    NIET
                    if r["niet_getoond"]
                    else f"toegewezen {euro_mln(r['toegewezen_rest_cent'])}"
                    f"<br>verwacht {euro_mln(r['verplichting_cent'])}"
                )
                for r in df.iter_rows(named=True)
            ],
            theme_palette(),
            geschat=True,
        ),
        "Per onderdeel wat nog openstaat en wat daarvan wordt verwacht. De tabel geeft dezelfde cijfers.",
        df,
        {"Wet": "tekst", deel.capitalize(): "tekst"}
        | dict.fromkeys(("Toewijzingen", "Toegewezen rest", "Verwachte uitnutting", "Verwacht"), "getal"),
        rows,
        explain(
            toegang,
            f"openstaande verplichting per {deel}{describe_eigen(toegang)}",
            f,
            "openstaande_verplichting",
        ),
        begrip="openstaande_verplichting",
        leeg="" if df.height else LEEG,
        onder_figuur=note_hidden(toegang, df),
        kies=pick(df, deel, 3),
        meer=("prognose", "Bekijk de prognose"),
    )
