"""The page Aanbieders: the own aanbieders as a table, a funnel and control charts; never a league table."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_operationeel as words
from dashboard.aanbiedertabel import make_tabel
from dashboard.access.door import Toegang
from dashboard.figures.regelkaart import make_veelvouden
from dashboard.figures.trechter import make_trechter, order_dots
from dashboard.filters import Filters
from dashboard.numbers import GEEN, add_months, count, decimals, euro, month, percent, signed
from dashboard.reading import aanbieders as lezen
from dashboard.tegels import last_year
from dashboard.ui.card import Kies, explain, show_card, show_downloads, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import switch_to
from dashboard.ui.tiles import draw_begrip

DOSSIER = "pages/operationeel/dossier.py"
OPEN = "open_dossier"
MAAT = "vergelijk_maat"
KAARTEN = 10


def show_lijst(toegang: Toegang, f: Filters, namen: Mapping[str, str]) -> None:
    """Card: a row an own aanbieder; a click opens its dossier."""
    lezer = toegang.lezer
    df = make_tabel(lezer, f, namen)
    eerst = last_year(lezer, f)
    basis = "zonder vorig jaar" if eerst is None else f"verschil met {eerst[2]}"
    with st.container(border=True, key="kaart-aanbieders"):
        show_title(
            words.title_lijst(df),
            f"eigen aanbieders, {f.periode.label}; {basis}; plafond, uitnutting, aandeel en oordeel over "
            f"{lezen.year_of(f)}",
            begrip=draw_begrip(lezer, "realisatie"),
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(
                "Klik op een rij voor het dossier. Kosten en duur: na correctie voor wie de cliënten zijn."
            )
            show_downloads(
                toegang,
                df,
                "eigen_aanbieders",
                explain(toegang, "eigen aanbieders", f, "realisatie"),
                "lijst",
            )
        _draw(df)


def open_chosen(namen: Mapping[str, str]) -> None:
    """Open the dossier of the aanbieder that was clicked in the table or the funnel; the run ends there."""
    agb = st.session_state.pop(OPEN, None)
    if agb is not None:
        # left over from another page it would win from the address
        st.session_state.pop("aanbieder", None)
        switch_to(DOSSIER, {"aanbieder": namen.get(agb, agb)})


def _on_row(df: pl.DataFrame) -> None:
    stand: Any = st.session_state.get("lijst_tabel")
    rijen = stand["selection"]["rows"] if stand else []
    if rijen and rijen[0] < df.height:
        st.session_state[OPEN] = df["aanbieder_agb"][rijen[0]]


def _draw(df: pl.DataFrame) -> None:
    stand = [
        f"{n} (vast bedrag)" if v else f"{n} · niet getoond" if k else n
        for n, v, k in df.select("naam", "is_vast", "niet_getoond").iter_rows()
    ]
    beeld = pl.DataFrame({"Aanbieder": stand}).to_pandas()
    stijl: dict[str, Callable[[float], str]] = {}

    def add(kop: str, reeks: pl.Series, write: Callable[[float], str]) -> None:
        beeld[kop] = reeks.cast(pl.Float64).to_numpy()
        stijl[kop] = lambda v: GEEN if math.isnan(v) else write(v)

    besteed = df["realisatie_cent"] / df["plafond_cent"]
    add("Omzet", df["realisatie_cent"], euro)
    add("Verschil", df["groei"], lambda v: signed(percent(v, 0)))
    add("Van plafond", besteed, lambda v: percent(v, 0))
    add("Cliënten", df["clienten"], count)
    add("Uitnutting", df["uitnutting"], lambda v: percent(v, 0))
    add("Aandeel", df["aandeel"], lambda v: percent(v, 0))
    beeld["Kosten per cliënt"] = df["kosten"].fill_null(GEEN).to_list()
    beeld["Duur"] = df["duur"].fill_null(GEEN).to_list()
    add("Op het spel", df["op_het_spel_cent"], euro)
    instelling: dict[str, Any] = {k: st.column_config.NumberColumn(alignment="right") for k in stijl}
    uitleg = {
        "Aandeel": "Deel van de omzet in de productgroep waarin deze aanbieder het meest verdient.",
        "Van plafond": "Deel van het jaarplafond dat in deze maanden is gedeclareerd.",
        "Op het spel": "Bevindingen van de declaratiecontrole die nog in de realisatie zitten.",
        "Uitnutting": "Geleverd gedeeld door toegewezen, gecorrigeerd voor wat nog wordt gedeclareerd.",
    }
    for kop, tekst in uitleg.items():
        instelling[kop] = st.column_config.NumberColumn(alignment="right", help=tekst)
    instelling["Aanbieder"] = st.column_config.TextColumn(width=240)
    st.dataframe(
        beeld.style.format(stijl),
        hide_index=True,
        column_config=instelling,
        row_height=34,
        height="content",
        placeholder=GEEN,
        key="lijst_tabel",
        on_select=lambda: _on_row(df),
        selection_mode="single-row",
        alt="Tabel van de eigen aanbieders met omzet, cliënten, uitnutting, aandeel, oordeel en bevindingen",
    )


def show_trechter(toegang: Toegang, f: Filters, namen: Mapping[str, str]) -> None:
    """Card: the funnel of one measure over the own aanbieders and their productgroepen."""
    palet = theme_palette()
    alle = lezen.read_vergelijking(toegang.lezer, f)
    maten = [m for m in lezen.MAATSTAVEN if alle.height and (alle["maat"] == m).any()]
    gekozen = st.session_state.get(MAAT)
    maat = gekozen if gekozen in maten else lezen.MAATSTAVEN[0]
    df = alle.filter(pl.col("maat") == maat).with_columns(
        (
            pl.col("aanbieder_agb").replace_strict(dict(namen), default=pl.col("aanbieder_agb"))
            + ", "
            + pl.col("productgroep")
        ).alias("naam")
    )
    waarvan = words.WAARVAN.get(maat, "cliënten")
    jaar = lezen.year_of(f)
    deel = "" if alle["jaar_volledig"].all() else " (maanden die niet meer voorlopig zijn)"

    def rows() -> list[list[str]]:
        return [
            [
                r["naam"],
                count(r["aantal"]),
                words.word_verhouding(r["verhouding"], r["oordeel"]),
                describe_range(r["grens_95_onder"], r["grens_95_boven"]),
                describe_range(r["grens_998_onder"], r["grens_998_boven"]),
                percent(r["vergelijkbaar_aandeel"], 0),
            ]
            for r in df.sort("naam").iter_rows(named=True)
        ]

    kolommen = {"Aanbieder en productgroep": "zin", waarvan.capitalize(): "getal", "Oordeel": "zin"}
    kolommen |= {"95 % tussen": "kort", "99,8 % tussen": "kort", "Te vergelijken": "getal"}

    def choose() -> None:
        if len(maten) > 1:
            st.segmented_control(
                "Vergelijk op",
                maten,
                default=maat,
                format_func=lambda m: words.MAAT[m],
                required=True,
                key=MAAT,
                wrap=True,
                label_visibility="collapsed",
            )

    show_card(
        toegang,
        "vergelijking",
        words.title_trechter(df, maat),
        f"{jaar}{deel}; hoogte: keer wat bij deze cliënten verwacht mag worden; dik: 95 %, dun: 99,8 %",
        lambda: make_trechter(df, palet, waarvan),
        f"Trechter van {words.MAAT[maat].lower()} per eigen aanbieder en productgroep.",
        df.drop("naam"),
        kolommen,
        rows,
        explain(toegang, f"{words.MAAT[maat].lower()}: waargenomen en verwacht", f, "waargenomen_verwacht"),
        begrip="waargenomen_verwacht",
        kies=Kies(OPEN, order_dots(df)),
        leeg=""
        if df.height
        else "Nog niets te vergelijken: dat kan pas met maanden die niet meer voorlopig zijn.",
        keuze=choose,
    )


def describe_range(laag: float | None, hoog: float | None) -> str:
    """Two limits as one text; a dash where there are none."""
    return GEEN if laag is None or hoog is None else f"{decimals(laag, 2)} – {decimals(hoog, 2)}"


def show_regelkaarten(toegang: Toegang, f: Filters, namen: Mapping[str, str]) -> None:
    """Card: control charts of the own aanbieders beside each other on one scale."""
    df = lezen.read_regelkaart(toegang.lezer, f)
    volgorde = (
        df.group_by("aanbieder_agb")
        .agg(pl.col("waarde").sum())
        .sort("waarde", "aanbieder_agb", descending=[True, False])["aanbieder_agb"]
        .to_list()
    )
    getoond = [(a, namen.get(a, a)) for a in volgorde]

    def rows() -> list[list[str]]:
        return [
            [
                namen.get(r["aanbieder_agb"], r["aanbieder_agb"]),
                month(r["maand"]),
                "niet getoond" if r["niet_getoond"] else euro(r["waarde"]),
                euro(r["gemiddelde"]),
                f"{euro(r['ondergrens'])} – {euro(r['bovengrens'])}",
                r["signaal"] or GEEN,
            ]
            for r in df.sort("maand", "aanbieder_agb", descending=[True, False]).iter_rows(named=True)
        ]

    maanden = f", {month(df['maand'].min())} t/m {month(df['maand'].max())}" if df.height else ""  # type: ignore[arg-type]
    meer = f"; de {KAARTEN} grootste" if len(getoond) > KAARTEN else ""
    kolommen = {"Aanbieder": "tekst", "Maand": "kort", "Omzet": "getal", "Gemiddelde": "getal"}
    show_card(
        toegang,
        "regelkaarten",
        words.title_regelkaarten(df),
        f"omzet per maand{maanden}, % van het eigen gemiddelde, één schaal{meer}; ruit: signaal, "
        "stippellijn: grens",
        lambda: make_veelvouden(df, getoond[:KAARTEN], theme_palette()),
        "Regelkaarten van de eigen aanbieders, elk met gemiddelde en grenzen.",
        df,
        kolommen | {"Grenzen": "kort", "Signaal": "tekst"},
        rows,
        explain(toegang, "regelkaarten van de omzet per aanbieder", f, "regelkaart"),
        begrip="regelkaart",
        leeg="" if df.height else "Er zijn nog geen regelkaarten: die zijn er van de grootste aanbieders.",
        onder_figuur=_basis(df),
        smal=lambda: make_veelvouden(df, getoond[:KAARTEN], theme_palette(), 22),
    )


def _basis(df: pl.DataFrame) -> str:
    """Say on which months the limits rest: a growing aanbieder leaves an old basis by itself."""
    if df.height == 0 or df["basis_tot"].is_null().all():
        return ""
    van, tot = df["basis_van"].min(), df["basis_tot"].max()
    tekst = f"De grenzen rusten op {month(van)} t/m {month(add_months(tot, -1))}"  # type: ignore[arg-type]
    return f'<p class="si-onder">{tekst}; wie blijvend groeit vraagt om een nieuwe basis, met een reden.</p>'
