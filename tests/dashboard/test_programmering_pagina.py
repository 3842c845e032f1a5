"""The page Jaarprogrammering on the plan of proefsturing.PLAN."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from dashboard import words_tactisch as words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.reading import programmering
from tests.dashboard.bezoek import Opener, make_lezer, read_html
from tests.dashboard.proefsturing import PLAN


@pytest.fixture(scope="module")
def lees(sturing: Path) -> Callable[..., Lezer]:
    return make_lezer(sturing)


@pytest.fixture
def open_(bezoek: Opener, sturing: Path) -> Opener:
    return partial(bezoek, "tactisch/programmering", sturing)


def test_plan_and_realisation_add_up_by_hand(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    som = programmering.sum_up(programmering.read_regels(lees(1), kijk()))
    plan = [p for p in PLAN if p[0] == "programmering"]
    assert som["doel_tot_nu_cent"] == sum(p[3] for p in plan) == 14_000_000
    assert som["realisatie_cent"] == sum(p[4] for p in plan) == 15_696_000
    assert som["effect_duur_cent"] == 304_000 - 408_000 and som["effect_prijs_cent"] == 800_000
    assert (som["ongepland"], som["verborgen"]) == (2_160_000, 0)
    beg = programmering.sum_up(programmering.read_regels(lees(1), kijk(hoofdproduct="Ambulante begeleiding")))
    assert beg["doel_tot_nu_cent"] == 5_000_000 and beg["ongepland"] == 0


def test_a_small_line_goes_with_the_one_that_would_tell_it(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = programmering.read_regels(lees(10), kijk())
    weg = df.filter(pl.col("niet_getoond"))
    assert set(weg["zwaarte"]) == {"licht", "zwaar"}
    assert weg.select("realisatie_cent", "effect_duur_cent", "volume", "prijs_cent").null_count().row(0) == (
        2,
        2,
        2,
        2,
    )
    som = programmering.sum_up(df)
    # what is not shown is not in the sum either: nothing to subtract
    assert (som["doel_tot_nu_cent"], som["verborgen"]) == (9_000_000, 2)


def test_a_small_inflow_is_not_shown(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    per = dict(programmering.read_regels(lees(4), kijk()).select("zwaarte", "instroom").iter_rows())
    assert per["licht"] is None and per["zwaar"] == 20


def test_targets_until_now_follow_the_programme(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    (r,) = programmering.read_regels(lees(10), kijk(product="Hulp bij het huishouden")).iter_rows(named=True)
    # stand 32 and 9/12 of 8 newcomers; 2.000 hours / (2 x 0,5) = 2.000 weeks, 9/12 of them over 38 clients
    assert r["doel_clienten_nu"] == 32 + 6
    assert r["doel_instroom_nu"] == 6
    assert r["doel_volume_nu"] == 1_500
    assert r["doel_duur_weken_nu"] == pytest.approx(1_500 / 38)


def test_a_line_within_another_is_not_counted_twice(
    lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = programmering.read_regels(lees(1), kijk())
    heel = df.head(1).with_columns(
        *(pl.lit(None, dtype=pl.String).alias(k) for k in ("productgroep", "product", "zwaarte"))
    )
    samen = pl.concat([df, heel])
    assert programmering._find_children(samen) == [True, False, False, False, False]
    som = programmering.sum_up(samen.with_columns(pl.Series("is_kind", programmering._find_children(samen))))
    assert som["doel_tot_nu_cent"] == 14_000_000


def test_the_page_says_plan_expectation_and_front_door(open_: Opener) -> None:
    at = open_()
    tekst = read_html(at)
    # shown to a budgethouder: 9,0 of plan, 10,8 and 2,16 without plan; 3.730 still to come (proefstad)
    assert "De uitgaven liggen nu € 39.600 boven het plan" in tekst
    assert "met wat nog wordt gedeclareerd naar verwachting € 43.330 erboven" in tekst
    assert "2 regels niet getoond en niet meegeteld" in tekst
    # counted 9 x 150 + 20 and 9 x 35 + 1, planned 3 x 600 x 9/12 and 3 x 160 x 9/12
    assert "Klantcontacten 1 % boven plan, doorverwijzingen 12 % onder plan" in tekst
    assert "geleverd, maar niet gepland" in tekst and "begroting € 30.000" in tekst
    at.segmented_control(key="programma_vorm").set_value("Tabel").run()
    for cel in ("€ 90.000", "+ € 10.000", "+ € 8.000", "+ € 21.600", "€ 129.600"):
        assert cel in read_html(at), cel


def test_each_quantity_has_its_plan(open_: Opener) -> None:
    at = open_(product="Hulp bij het huishouden")
    at.segmented_control(key="programma_q_vorm").set_value("Tabel").run()
    for naam, cellen in {
        "cliënten": ("38", "40", "+ 5,3 %"),
        "intensiteit": ("2,00 uur", "3,00 uur", "+ 50,0 %"),
        "prijs": ("€ 25,00 / uur", "€ 30,00 / uur", "+ 20,0 %"),
        "volume": ("1.500 uur", "3.600 uur"),
        "euro's": ("€ 90.000", "€ 108.000"),
    }.items():
        at.segmented_control(key="prog_grootheid").set_value(naam).run()
        assert not at.exception
        for cel in cellen:
            assert cel in read_html(at), (naam, cel)


def test_no_programme_says_where_one_comes_from(open_: Opener, lege_stad: Path) -> None:
    at = open_(periode="2025")
    assert "Voor 2025 is in deze selectie geen jaarprogrammering geladen" in read_html(at)
    assert any("python -m warehouse template" in c.value for c in at.caption)
    assert "Er zijn nog geen declaraties geladen" in read_html(open_(lege_stad))


def test_titles_in_their_cases() -> None:
    e = {"clienten": 300_000_00, "prijs": -100_000_00}
    assert words.title_programma(0, e, None) == "De uitgaven zijn gelijk aan het plan"
    assert words.title_programma(200_000_00, e, None) == (
        "De uitgaven liggen € 0,2 mln boven het plan, vooral door meer cliënten (+ € 0,3 mln); daartegenover"
        " staat een lagere prijs (− € 0,1 mln)"
    )
    assert words.title_programma(-200_000_00, {}, 300_000_00) == (
        "De uitgaven liggen nu € 0,2 mln onder het plan;"
        " met wat nog wordt gedeclareerd naar verwachting € 0,1 mln erboven"
    )
    assert words.tell_causes(-1, {}) == ""
    assert words.title_zonder(0).startswith("Alles") and words.title_zonder(1).startswith(
        "Eén onderdeel heeft"
    )


def test_contacts_and_quantities_in_their_cases() -> None:
    schema = {"naam": pl.String(), "doel": pl.Float64(), "nu": pl.Float64()}
    rijen = [("Klantcontacten", 100.0, 100.0), ("Doorverwijzingen", 100.0, 150.0)]
    assert words.title_contacten(pl.DataFrame(rijen, schema=schema, orient="row")) == (
        "Klantcontacten volgens plan, doorverwijzingen 50 % boven plan"
    )
    leeg = pl.DataFrame([("Klantcontacten", None, 5.0)], schema=schema, orient="row")
    assert words.title_contacten(leeg) == "Klantcontacten en doorverwijzingen in het plan"
    q = pl.DataFrame({"naam": ["a", "b"], "afwijking": [0.05, -0.4]})
    assert words.title_q("duur", q, q) == (
        "Duur: 1 van 2 regels binnen 10 % van het plan; van de grootste wijkt b het meest af (− 40 %)"
    )
    assert words.title_q("duur", q, q.head(1)) == "Duur: 1 van 2 regels binnen 10 % van het plan"
    assert words.title_q("duur", q.clear(), q.clear()) == "Plan en realisatie: duur"
    assert words.title_q("duur", q.tail(1), q.tail(1)) == "Duur: b 40 % onder plan"
    gelijk = pl.DataFrame({"naam": ["a"], "afwijking": [0.001]})
    assert words.title_q("duur", gelijk, gelijk) == "Duur: a volgens plan"
