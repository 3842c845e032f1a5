"""The page Knoppen: sliders, their price per year, and scenarios kept and compared by name."""

from datetime import date

import polars as pl
import streamlit as st

from dashboard import scenario
from dashboard.access.door import Toegang, notes_path
from dashboard.figures.waterval import make_waterval
from dashboard.filters import Filters
from dashboard.notities.opslag import NotitieError
from dashboard.notities.scenarios import Scenario, read_scenarios, remove_scenario, save_scenario
from dashboard.numbers import GEEN, add_months, day, euro, euro_same, month, percent, plural, ratio, signed
from dashboard.reading import knoppen as lezen
from dashboard.ui.card import explain, show_card, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip
from warehouse.rekenen.knoppen import Knop, KnopError

JAREN = 5
JAAR = "knop_jaar"
VANAF = "knop_vanaf"
NIETS = (
    "Nog geen knop gedraaid. Zet een knop op een andere stand dan nul: dan staat hier wat dat per jaar"
    " kost of oplevert, naast de taakstelling. Knoppen werken op de producten die hierboven zijn gekozen."
)


def _key(soort: str) -> str:
    return f"knop_{soort}"


def first_month(toegang: Toegang) -> date:
    """The first month that lies wholly ahead of what is known."""
    return add_months(toegang.lezer.meta.bekend_op.replace(day=1), 1)


def show_sliders(toegang: Toegang, f: Filters) -> list[Knop]:
    """Card with the sliders; returns the knobs that are turned, an empty list when all are at rest."""
    with st.container(border=True, key="kaart-knoppen", height="stretch"):
        wat = f.product or f.productgroep or f.hoofdproduct or f.wet or "alle producten"
        show_title(
            f"Draai aan {wat}",
            "kies hierboven voor welke producten; wat op nul staat verandert niet",
            begrip=draw_begrip(toegang.lezer, "knop"),
        )
        eerste = first_month(toegang)
        maanden = [month(add_months(eerste, n)) for n in range(15)]
        if st.session_state.get(VANAF) not in (None, *maanden):
            st.session_state[VANAF] = maanden[0]
        vanaf = st.selectbox("Vanaf", maanden, key=VANAF, bind="query-params")
        standen: dict[str, float | None] = {}
        for s in scenario.SCHUIVEN:
            standen[s.soort] = st.slider(
                f"{s.naam} ({s.eenheid})",
                float(s.laagste),
                float(s.hoogste),
                0.0,
                float(s.stap),
                format="%g",
                key=_key(s.soort),
                help=s.uitleg,
                bind="query-params",
            )
        p = scenario.PLAFOND
        standen[p.soort] = st.number_input(
            f"{p.naam} ({p.eenheid})",
            float(p.laagste),
            float(p.hoogste),
            None,
            p.stap,
            format="%.1f",
            key=_key(p.soort),
            help=p.uitleg,
            placeholder="geen plafond",
        )
        st.button("Alles op nul", on_click=_reset, type="tertiary", key="knop_nul")
    return scenario.make_knoppen(standen, add_months(eerste, maanden.index(vanaf or maanden[0])), f)


def _reset() -> None:
    for s in scenario.SCHUIVEN:
        st.session_state[_key(s.soort)] = 0.0
    st.session_state[_key(scenario.PLAFOND.soort)] = None


def show_effect(toegang: Toegang, f: Filters, basis: pl.DataFrame, knoppen: list[Knop]) -> None:
    """Card with the price of the knobs: a step per knob in the chosen year, every year in the table."""
    telt = basis.filter(~pl.col("niet_getoond"))
    if telt.height == 0:
        with st.container(border=True, key="kaart-effect"):
            show_title(
                "Geen uitgangspunt om aan te draaien", "laatste twaalf maanden die niet voorlopig zijn"
            )
            show_empty("In deze selectie is niets met volume geleverd, of het zijn te weinig cliënten.")
        return
    uit = lezen.price(basis, knoppen, JAREN) if knoppen else _at_rest(basis)
    per_jaar = {
        int(j): int(e) for j, e in uit.group_by("jaar").agg(pl.col("effect_cent").sum()).sort("jaar").rows()
    }
    jaren = sorted(per_jaar)
    eerst = jaren[min(1, len(jaren) - 1)]
    gekozen = st.session_state.get(JAAR)
    jaar = gekozen if gekozen in jaren else eerst
    dit = uit.filter(pl.col("jaar") == jaar).sort("knop")
    namen = [scenario.name_knop(k) for k in knoppen]
    deel = _part_of_year(basis, jaar)
    taak = dict(lezen.read_taakstelling(toegang.lezer, f).rows())

    def choose() -> None:
        st.segmented_control(
            "Jaar",
            jaren,
            default=eerst,
            required=True,
            key=JAAR,
            format_func=str,
            label_visibility="collapsed",
        )

    def rows() -> list[list[str]]:
        uit_rijen = []
        for j in jaren:
            effecten = (
                uit.filter((pl.col("jaar") == j) & (pl.col("knop") > 0)).sort("knop")["effect_cent"].to_list()
            )
            rest = _against_target(per_jaar[j], taak.get(j))
            uit_rijen.append([str(j), *[signed(euro(e)) for e in effecten], signed(euro(per_jaar[j])), *rest])
        return uit_rijen

    kolommen = {"Jaar": "tekst"} | {n.capitalize(): "getal" for n in namen} | {"Samen": "getal"}
    kolommen |= {"Taakstelling": "getal", "Deel daarvan": "getal"}
    show_card(
        toegang,
        "effect",
        scenario.title_effect(per_jaar) if knoppen else "Draai aan een knop om te zien wat die kost",
        f"{deel}, tegen de prijzen van nu; een stap per knop, de as begint niet bij nul",
        lambda: make_waterval(
            ("zonder knoppen", int(dit["basis_cent"][0])),
            list(zip([n.capitalize() for n in namen], dit["effect_cent"].to_list(), strict=True)),
            ("met knoppen", int(dit["scenario_cent"][0])),
            theme_palette(),
            euro_same(int(dit["basis_cent"][0])),
            geschat=True,
        ),
        f"Waterval van de uitgaven in {jaar} zonder naar met knoppen. De tabel geeft alle jaren.",
        uit,
        kolommen,
        rows,
        explain(toegang, f"effect van knoppen: {scenario.describe(knoppen)}", f, "knop"),
        begrip="knop",
        leeg="" if knoppen else NIETS,
        keuze=choose if knoppen else None,
    )
    st.caption(scenario.describe_volume(telt, knoppen))
    weg = basis.filter(pl.col("niet_getoond")).height
    if weg:
        st.caption(
            f"{plural(weg, 'product telt', 'producten tellen')} niet mee: {toegang.lezer.niet_getoond}."
        )


def _at_rest(basis: pl.DataFrame) -> pl.DataFrame:
    """The years without any knob, in the shape of the effects."""
    leeg = lezen.price(basis, [Knop("tarief", 0.0, basis["tot"][0])], JAREN)
    return leeg.with_columns(pl.lit(0, dtype=pl.Int64).alias("knop"))


def _part_of_year(basis: pl.DataFrame, jaar: int) -> str:
    eerste: date = basis["tot"][0]
    if jaar > eerste.year or eerste.month == 1:
        return f"heel {jaar}, vooruitberekend"
    return f"{month(eerste)} t/m dec {jaar}, vooruitberekend"


def _against_target(effect: int, taak: int | None) -> list[str]:
    """Target of the year, and how much of it the knobs bring; a dash where the budget names none."""
    if not taak:
        return [GEEN, GEEN]
    deel = ratio(effect, taak)
    return [euro(taak), percent(max(0.0, deel or 0.0))]


def show_saved(toegang: Toegang, f: Filters, knoppen: list[Knop]) -> None:
    """Card: keep what is turned now under a name, and compare what was kept."""
    pad = notes_path()
    with st.container(border=True, key="kaart-scenarios"):
        try:
            bewaard = read_scenarios(pad)
        except NotitieError as fout:
            show_title("Bewaarde scenario's", "")
            st.warning(str(fout))
            return
        show_title(
            "Bewaarde scenario's", "elk opnieuw doorgerekend met de cijfers van nu; verschil in euro per jaar"
        )
        _show_form(toegang, knoppen)
        if not bewaard:
            show_empty("Nog niets bewaard. Draai aan een knop en geef het een naam.")
            return
        show_table(*_compare(toegang, f, bewaard))
        weg = st.selectbox(
            "Scenario weghalen", [s.naam for s in bewaard], index=None, placeholder="Kies", key="scenario_weg"
        )
        if weg and st.button("Weghalen", key="scenario_weg_knop"):
            toegang.record("scenario weggehaald", {"naam": weg})
            remove_scenario(pad, weg, toegang.identiteit.kenmerk)
            st.rerun()


def _show_form(toegang: Toegang, knoppen: list[Knop]) -> None:
    with st.form("scenario", border=False, clear_on_submit=True):
        naam = st.text_input("Naam van het scenario", max_chars=60, key="scenario_naam")
        klaar = st.form_submit_button("Bewaar deze stand", disabled=not knoppen)
    if not klaar or not knoppen:
        return
    try:
        toegang.record("scenario bewaard", {"naam": naam})
        bewaard = save_scenario(notes_path(), naam, scenario.dump(knoppen), toegang.identiteit.kenmerk)
    except NotitieError as fout:
        st.warning(str(fout))
        return
    st.toast(f"Bewaard als {bewaard.naam}")
    st.rerun()


def _compare(
    toegang: Toegang, f: Filters, bewaard: list[Scenario]
) -> tuple[dict[str, str], list[list[str]], str]:
    """Columns, rows and caption: a row per scenario, a column per year."""
    alles = lezen.read_basis(toegang.lezer, Filters(f.periode))
    eerste: date = alles["tot"][0] if alles.height else first_month(toegang)
    jaren = [eerste.year + n for n in range(JAREN)]
    rijen = []
    for s in bewaard:
        try:
            knoppen = scenario.load(s.inhoud)
            uit = lezen.price(alles, knoppen, JAREN)
            per = dict(uit.group_by("jaar").agg(pl.col("effect_cent").sum()).rows())
            rijen.append(
                [
                    s.naam,
                    scenario.describe(knoppen),
                    *[signed(euro(per.get(j))) for j in jaren],
                    day(s.vastgelegd_op.date()),
                ]
            )
        except KnopError as fout:
            rijen.append([s.naam, str(fout), *[GEEN] * JAREN, day(s.vastgelegd_op.date())])
    kolommen = (
        {"Scenario": "tekst", "Knoppen": "zin"} | {str(j): "getal" for j in jaren} | {"Bewaard": "kort"}
    )
    return kolommen, rijen, "Bewaarde scenario's met hun effect per jaar"
