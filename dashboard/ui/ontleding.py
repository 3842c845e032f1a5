"""The page Ontleding: why the euros changed, as a waterfall and per part, down to a zwaarte or a wijk."""

from contextlib import nullcontext
from typing import Any

import polars as pl
import streamlit as st

from dashboard import words
from dashboard.access.door import Toegang
from dashboard.access.reader import Lezer
from dashboard.boom import NAAM
from dashboard.figures.waterval import make_waterval
from dashboard.filters import Filters
from dashboard.numbers import count, euro, euro_mln, euro_same, signed
from dashboard.reading import ontleding
from dashboard.reading.keuzes import read_keuzes
from dashboard.reading.ontleding import EFFECTEN, WIJK, Vergelijking, find_vergelijkingen
from dashboard.reading.pq import find_niveau
from dashboard.ui import producten
from dashboard.ui.card import explain, show_card, show_downloads, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.eigen_perioden import EIGEN, choose_perioden
from dashboard.ui.filterbar import PAD, show_empty
from dashboard.ui.tiles import draw_begrip

GROEPEN = {
    "Cliënten": ("clienten",),
    "Duur": ("duur",),
    "Zwaarte": ("stapeling", "mix"),
    "Indicatie": ("toegewezen_intensiteit",),
    "Uitnutting": ("uitnutting", "geleverde_intensiteit"),
    "Prijs": ("tariefindex", "prijs"),
    "Overig": ("overig",),
}
"""Columns of the table: the ten effects in the words of the report, together where they belong."""
GEDECLAREERD, SCHATTING = "zoals gedeclareerd", "op schatting"
BASIS = "vergelijken"


def name_methode(f: Filters) -> str:
    """How the change was divided; within one aanbieder its own cells, else those of a wijk (METHODEN §1)."""
    per = "wijk" if f.aanbieder is None else "aanbieder"
    return f"Methode: Shapley, per product en zwaarte binnen een productgroep en {per}, en daarna opgeteld."


def describe(v: Vergelijking) -> str:
    """Which months with which, and why they may be compared."""
    return f"{v.daarna.label} tegenover {v.eerst.label}; {v.rijpheid}"


def choose_vergelijking(lezer: Lezer, f: Filters) -> Vergelijking | None:
    """The comparison to show: one published of the period, or two periods of one's own.

    None where there is none, which is then said.
    """
    namen = {SCHATTING if v.is_geschat else GEDECLAREERD: v for v in find_vergelijkingen(lezer, f)}
    opties = [*namen, EIGEN]
    if st.session_state.get(BASIS) not in (None, *opties):
        st.session_state[BASIS] = None
    gekozen = st.segmented_control(
        "Vergelijken",
        opties,
        default=None if BASIS in st.session_state else opties[0] if namen else None,
        required=bool(namen),
        key=BASIS,
        bind="query-params",
        help="Op schatting: wat de maanden naar verwachting kosten als alles is gedeclareerd. Eigen perioden:"
        " elke twee reeksen maanden.",
    )
    if gekozen == EIGEN:
        return choose_perioden(lezer, f)
    if not namen:
        show_empty(
            f"Over {f.periode.label} is geen eerlijke vergelijking te maken: er is geen jaar ervoor dat even"
            " compleet is. Kies een andere periode, of vergelijk eigen perioden."
        )
        return None
    return namen.get(gekozen or "", next(iter(namen.values())))


def show_waterfall(toegang: Toegang, f: Filters, v: Vergelijking) -> None:
    """Card: from the euros of then to those of now, a step per cause."""
    # periods of one's own are calculated now, which takes a while in a large municipality
    with st.spinner("De twee perioden worden naast elkaar gelegd…") if v.is_eigen else nullcontext():
        totaal = ontleding.read_totaal(toegang.lezer, f, v)
    effecten = {e: totaal.get(f"effect_{e}_cent") for e in EFFECTEN}
    stappen = [(NAAM[e], c) for e, c in effecten.items() if c]
    eerst, daarna = totaal.get("realisatie_0_cent"), totaal.get("realisatie_1_cent")
    schrijf = euro_same(max(abs(eerst or 0), abs(daarna or 0)))
    leeg = ""
    if not totaal:
        leeg = "Geen uitgaven in deze selectie. Kies een andere periode of wis de filters."
    elif eerst is None or daarna is None:
        leeg = f"Niet getoond: {toegang.lezer.niet_getoond}."

    def rows() -> list[list[str]]:
        alle = [(v.eerst.label, euro(eerst)), *((n, signed(euro(c))) for n, c in stappen)]
        return [[n, t] for n, t in [*alle, (v.daarna.label, euro(daarna))]]

    show_card(
        toegang,
        "waterval",
        words.title_ontleding(totaal.get("verschil_cent"), effecten),
        f"{describe(v)}. De as begint niet bij nul.",
        lambda: make_waterval(
            (v.eerst.label, eerst or 0),
            stappen,
            (v.daarna.label, daarna or 0),
            theme_palette(),
            schrijf,
            geschat=v.is_geschat,
        ),
        "Waterval van de uitgaven van toen naar nu, een stap per oorzaak. De tabel geeft dezelfde cijfers.",
        pl.DataFrame([totaal]) if totaal else pl.DataFrame(),
        {"Stap": "tekst", "Bedrag": "getal"},
        rows,
        explain(toegang, f"P×Q-ontleding, {describe(v)}. {name_methode(f)}", f.at(v.daarna), "pq_ontleding"),
        begrip="pq_ontleding",
        leeg=leeg,
    )


def show_parts(toegang: Toegang, f: Filters, v: Vergelijking, keuze: dict[str, str | None]) -> None:
    """Card: the same split per part; a click on a row goes one level deeper."""
    lezer = toegang.lezer
    niveau = find_niveau(f)
    with st.container(border=True, key="kaart-oorzaken"):
        per_wijk = (
            f.aanbieder is None
            and f.wijk is None
            and st.segmented_control(
                "Verdeling",
                ["per product", "per wijk"],
                default="per product",
                required=True,
                key="oorzaak_per",
            )
            == "per wijk"
        )
        deel = WIJK if per_wijk else niveau
        df = ontleding.read_delen(lezer, f, v, deel)
        if per_wijk:
            df = df.with_columns(pl.col("deel").replace(read_keuzes(lezer).wijk).alias("deel"))
        wat = "wijken" if per_wijk else producten.MEERVOUD[niveau]
        show_title(_title_parts(df), f"{wat}, {describe(v)}", begrip=draw_begrip(lezer, "pq_ontleding"))
        if df.height == 0:
            show_empty("Geen uitgaven in deze selectie. Kies een andere periode of wis de filters.")
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if not per_wijk and niveau != "zwaarte":
                st.caption("Klik op een rij om te verdiepen, of kies hierboven.")
            show_downloads(
                toegang,
                df,
                f"ontleding_{deel}",
                explain(toegang, f"P×Q-ontleding per {deel}, {describe(v)}", f.at(v.daarna), "pq_ontleding"),
                "oorzaken",
            )
        _draw(df, keuze, deel)
        noten = [name_methode(f), "Cliënten: in de tweede periode. De kolommen tellen op tot het verschil."]
        if df["niet_getoond"].any():
            noten.append(f"Niet getoond: {lezer.reden_niet_getoond}.")
        st.caption(" ".join(noten))


def _title_parts(df: pl.DataFrame) -> str:
    """Name the part that changed most, and the largest cause there."""
    getoond = df.filter(pl.col("verschil_cent").is_not_null())
    if getoond.height == 0:
        return "Geen verschillen om te tonen"
    rij = getoond.sort(pl.col("verschil_cent").abs(), "deel").row(-1, named=True)
    effecten = {e: rij[f"effect_{e}_cent"] or 0 for e in EFFECTEN}
    mee = {e: c for e, c in effecten.items() if c * rij["verschil_cent"] > 0}
    kop = f"{rij['deel']} veranderde het meest: {signed(euro_mln(rij['verschil_cent']))}"
    if not mee:
        return kop
    naam, cent = max(mee.items(), key=lambda p: (abs(p[1]), p[0]))
    return f"{kop}, vooral door {words.OORZAAK[naam][cent < 0]}"


def _draw(df: pl.DataFrame, keuze: dict[str, str | None], deel: str) -> None:
    kop = "Wijk" if deel == WIJK else deel.capitalize()
    beeld = pl.DataFrame(
        {kop: [f"{d}{' · niet getoond' if k else ''}" for d, k in df.select("deel", "niet_getoond").rows()]}
    ).to_pandas()
    stijl: dict[str, Any] = {}

    def add(naam: str, waarden: pl.Series, write: Any) -> None:
        beeld[naam] = waarden.cast(pl.Float64).to_numpy()
        stijl[naam] = lambda v: "–" if v != v else write(v)

    add("Verschil", df["verschil_cent"], lambda v: signed(euro(v)))
    for naam, effecten in GROEPEN.items():
        som = df.select(pl.sum_horizontal(f"effect_{e}_cent" for e in effecten)).to_series()
        som = som.set(df["niet_getoond"], None)
        if naam == "Overig" and not (som.fill_null(0) != 0).any():
            continue
        add(naam, som, lambda v: signed(euro(v)))
    add("Nu", df["realisatie_1_cent"], euro)
    add("Aantal cliënten", df["clienten_1"], count)
    sleutel = f"oorzaken_{deel}"
    instelling: dict[str, Any] = {k: st.column_config.NumberColumn(alignment="right") for k in stijl}
    instelling[kop] = st.column_config.TextColumn(width=230)
    st.dataframe(
        beeld.style.format(stijl),
        hide_index=True,
        column_config=instelling,
        row_height=36,
        height="content",
        placeholder="–",
        key=sleutel,
        on_select=lambda: _on_row(df, keuze, deel, sleutel),
        selection_mode="single-row",
        alt=f"Oorzaken van het verschil per {kop.lower()}",
    )


def _on_row(df: pl.DataFrame, keuze: dict[str, str | None], deel: str, sleutel: str) -> None:
    stand: Any = st.session_state.get(sleutel)
    rijen = stand["selection"]["rows"] if stand else []
    if not rijen or rijen[0] >= df.height or deel in (WIJK, "zwaarte"):
        return
    rij = df.row(rijen[0], named=True)
    doel = keuze | {deel: rij["deel"]}
    for naam in PAD:
        st.session_state[naam] = doel.get(naam)
    st.session_state["wet"] = rij["wet"]
