"""The page Jaarprogrammering: plan against realisation, in euros, in Q, and what has no plan."""

from datetime import date

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import words_tactisch as words
from dashboard.access.door import Toegang
from dashboard.boom import NAAM
from dashboard.figures.programma import make_plan
from dashboard.figures.waterval import make_waterval
from dashboard.filters import Filters, Periode
from dashboard.numbers import GEEN, add_months, count, day, euro, euro_same, percent, plural, signed
from dashboard.reading import programmering
from dashboard.reading.keuzes import read_keuzes
from dashboard.reading.ontleding import EFFECTEN
from dashboard.reading.prognose import find_geheel, read_prognose
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.tiles import draw_begrip

SJABLOON = "python -m warehouse template --out programmering.xlsx"


def find_periode(f: Filters, regels: pl.DataFrame) -> Periode:
    """The months that plan and realisation are compared over: the complete ones of the year."""
    begin = date(programmering.find_jaar(f), 1, 1)
    n = max((m for m in regels["maanden"].to_list() if m is not None), default=12)
    return Periode(str(begin.year), begin, add_months(begin, n))


def choose_niveau(toegang: Toegang, f: Filters) -> str | None:
    """Lines of the stad, of wijken or of aanbieders; asked where there is a choice. None: no programme."""
    er = programmering.find_niveaus(toegang.lezer, f)
    if len(er) < 2:
        return next(iter(er), None)
    namen = {"stad": "hele stad", "wijk": "wijken", "aanbieder": "aanbieders"}
    gekozen = st.segmented_control(
        "Programma voor", er, default=er[0], format_func=lambda n: namen[n], required=True, key="prog_niveau"
    )
    return gekozen if gekozen in er else er[0]


def show_waterfall(toegang: Toegang, f: Filters, regels: pl.DataFrame, niveau: str) -> None:
    """Card: from the planned euros to what was realised, a step per cause."""
    som = programmering.sum_up(regels)
    effecten: dict[str, int | None] = {e: som[f"effect_{e}_cent"] for e in EFFECTEN}
    rest = [("Niet te verdelen", som["effect_niet_verdeeld_cent"]), ("Niet gepland", som["ongepland"])]
    namen = NAAM | {"prijs": "Prijs"}
    stappen = [(namen[e], c) for e, c in effecten.items() if c] + [(n, c) for n, c in rest if c]
    begin, eind = som["doel_tot_nu_cent"], som["realisatie_cent"] + som["ongepland"]
    schrijf = euro_same(max(abs(begin), abs(eind)))
    maanden = find_periode(f, regels).label
    komt = _still_to_come(toegang, f, niveau)
    deel = ", naar rato van de volle maanden" if regels["maanden"].max() != 12 else ""
    onder = f"plan en realisatie {maanden}{deel}. De as begint niet bij nul."
    if komt:
        onder = f"{words.tell_causes(eind - begin, effecten)}{onder[0].upper()}{onder[1:]}"
    if som["verborgen"]:
        onder += f" {plural(som['verborgen'], 'regel', 'regels')} niet getoond en niet meegeteld."

    def rows() -> list[list[str]]:
        alle = [("Plan", euro(begin)), *((n, signed(euro(c))) for n, c in stappen)]
        return [[n, t] for n, t in [*alle, ("Realisatie", euro(eind))]]

    def draw(*, breed: bool = True) -> go.Figure:
        return make_waterval(
            ("Plan", begin),
            stappen,
            ("Realisatie", eind),
            theme_palette(),
            schrijf,
            geschat=bool(komt),
            plan=True,
            breed=breed,
        )

    show_card(
        toegang,
        "programma",
        words.title_programma(eind - begin, effecten, komt),
        onder,
        draw,
        "Waterval van het plan naar de realisatie, een stap per oorzaak. De tabel geeft dezelfde cijfers.",
        pl.DataFrame([som]),
        {"Stap": "tekst", "Bedrag": "getal"},
        rows,
        explain(toegang, f"afwijking van de jaarprogrammering, {maanden}", f, "jaarprogrammering"),
        begrip="jaarprogrammering",
        meer=("ontleding", "Vergelijk met vorig jaar"),
        smal=lambda: draw(breed=False),
    )


def _still_to_come(toegang: Toegang, f: Filters, niveau: str) -> int | None:
    """What these months will still be declared for; only known for the running year and the whole stad."""
    lezer = toegang.lezer
    laatste = lezer.meta.laatste_levermaand
    if niveau != "stad" or laatste is None or programmering.find_jaar(f) != laatste.year:
        return None
    df = find_geheel(read_prognose(lezer, f), f).filter(pl.col("standaard"))
    return None if df.height == 0 else df["nagekomen_cent"][0]


def show_contacten(toegang: Toegang, f: Filters, regels: pl.DataFrame) -> None:
    """Card: klantcontacten and doorverwijzingen of the whole stad against the plan."""
    telling = programmering.read_contacten(toegang.lezer, f)
    heel = f.wet is None and f.hoofdproduct is None
    telt = regels.filter(~pl.col("is_kind") & (pl.col("bron") == "programmering"))
    deel = pl.col("maanden") / 12
    rijen = []
    for naam, kolom, sleutel in (
        ("Klantcontacten", "doel_klantcontacten", "contacten"),
        ("Doorverwijzingen", "doel_doorverwijzingen", "doorverwijzingen"),
    ):
        plan = telt.filter(pl.col(kolom).is_not_null())
        doel = float(plan.select((pl.col(kolom) * deel).sum()).item()) if plan.height else None
        rijen.append({"naam": naam, "doel": doel, "nu": telling[sleutel] if heel else None})
    df = pl.DataFrame(rijen, schema={"naam": pl.String(), "doel": pl.Float64(), "nu": pl.Float64()})
    maanden = find_periode(f, regels).label
    onder = "open staaf: plan, gevuld: telling van de wijkteams"
    if not heel:
        onder = "alleen het plan: de wijkteams tellen niet per wet of product"

    def rows() -> list[list[str]]:
        return [
            [n, count(d), count(v), GEEN if not d or v is None else signed(percent((v - d) / d))]
            for n, d, v in df.iter_rows()
        ]

    show_card(
        toegang,
        "programma_contacten",
        words.title_contacten(df),
        f"{maanden}; {onder}",
        lambda: make_plan(df, theme_palette(), count),
        "Klantcontacten en doorverwijzingen tegenover het plan. De tabel geeft dezelfde cijfers.",
        df,
        {"Wat": "tekst", "Plan": "getal", "Telling": "getal", "Verschil": "getal"},
        rows,
        explain(toegang, f"klantcontacten en doorverwijzingen tegenover het plan, {maanden}", f),
        leeg=""
        if df["doel"].is_not_null().any()
        else "Het plan noemt geen klantcontacten of doorverwijzingen.",
        meer=("toegang", "Bekijk de toegang"),
    )


def name_lines(toegang: Toegang, regels: pl.DataFrame) -> list[str]:
    """A name per line: the deepest product it names, its zwaarte, and the wijk or aanbieder."""
    keuzes = read_keuzes(toegang.lezer)
    uit = []
    for r in regels.iter_rows(named=True):
        naam = r["product"] or r["productgroep"] or r["hoofdproduct"] or r["wet"]
        if r["zwaarte"] not in (None, "n.v.t.", naam):
            naam += f" {r['zwaarte']}"
        plek = keuzes.wijk.get(r["wijkcode"] or "", r["wijkcode"])
        plek = plek or keuzes.aanbieder.get(r["aanbieder_agb"] or "", r["aanbieder_agb"])
        uit.append(f"{naam} · {plek}" if plek else str(naam))
    dubbel = {n for n in uit if uit.count(n) > 1}
    return [f"{n} ({w})" if n in dubbel else n for n, w in zip(uit, regels["wet"], strict=True)]


def show_zonder(toegang: Toegang, f: Filters, regels: pl.DataFrame, niveau: str) -> None:
    """Card: what has no plan, or a plan without Q."""
    rijen: list[tuple[str, str, str]] = []
    if niveau == "stad":
        for _, hoofd, cent in programmering.read_zonder_plan(toegang.lezer, f, regels).iter_rows():
            rijen.append((hoofd, f"begroting {euro(cent)}", "de begroting noemt alleen een bedrag"))
    los = regels.filter(pl.col("bron") != "programmering")
    for naam, cent in zip(name_lines(toegang, los), los["realisatie_cent"], strict=True):
        bedrag = "niet getoond" if cent is None else euro(cent)
        rijen.append((naam, f"realisatie {bedrag}", "geleverd, maar niet gepland"))
    zonder_q = regels.filter((pl.col("bron") == "programmering") & pl.col("reden").is_not_null())
    for naam, cent, reden in zip(
        name_lines(toegang, zonder_q), zonder_q["doel_tot_nu_cent"], zonder_q["reden"], strict=True
    ):
        rijen.append((naam, f"plan {euro(cent)}", reden))
    vast = regels["vastgesteld_op"].max()
    with st.container(border=True, key="kaart-zonder-plan", gap="xsmall", height="stretch"):
        show_title(
            words.title_zonder(len(rijen)),
            f"plan vastgesteld op {day(vast)}" if vast is not None else "",  # type: ignore[arg-type]
            begrip=draw_begrip(toegang.lezer, "jaarprogrammering"),
        )
        if rijen:
            uit = pl.DataFrame(rijen, schema=["wat", "bedrag", "waarom"], orient="row")
            with st.container(horizontal=True, gap="xsmall", key="werk-zonder-plan"):
                show_downloads(
                    toegang, uit, "zonder_plan", explain(toegang, "wat geen plan heeft", f), "zonder_plan"
                )
            show_table(
                {"Wat": "tekst", "Bedrag": "kort", "Waarom": "zin"}, [list(r) for r in rijen], "Zonder plan"
            )


def show_template() -> None:
    """Where a programme comes from."""
    st.caption(
        f"Een plan maken of bijstellen: `{SJABLOON}` schrijft een invulblad in Excel, met"
        " `--snapshot` al gevuld met het laatste hele jaar. Laad het ingevulde blad bij Beheer."
    )
