"""The pages Overzicht, Meerjarenbeeld and Werkagenda on proefstad: what they say, and what they keep back."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.notities.scenarios import save_scenario
from dashboard.reading import afwijking, betrouwbaar, hek, nieuws, reeks, vooruit, werkagenda
from dashboard.reading import stad as stadsbeeld
from dashboard.scenario import dump
from dashboard.tegels_stad import make_concentratie, make_stroom_met_oordeel
from tests.dashboard.bezoek import Opener, make_lezer, read_html
from warehouse.rekenen.knoppen import Knop

WORTEL = Path(__file__).resolve().parents[2]
Maak = Callable[..., Lezer]
Kijk = Callable[..., Filters]
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(bezoek: Opener, stad: Path) -> Opener:
    def make(
        naam: str = "overzicht", rol: str = "wethouder", bestand: Path | None = None, **vraag: str
    ) -> AppTest:
        return bezoek(f"strategisch/{naam}", stad, bestand, rol=rol, **vraag)

    return make


def _ask(stad: Path, sql: str) -> tuple[object, ...]:
    with duckdb.connect(str(stad), read_only=True) as con:
        rij = con.execute(sql).fetchone()
    assert rij is not None
    return rij


def test_the_first_screen_says_where_why_and_what_changed(open_page: Open) -> None:
    at = open_page()
    tekst = read_html(at)
    # 373 against 365 thousand; 160.500 against 150.000; + 12.000 - 1.000 + 500
    assert "Het jaar eindigt naar verwachting op € 0,4 mln, € 8.000 boven de begroting" in tekst
    assert "De uitgaven stegen € 10.500, vooral door meer cliënten (+ € 12.000)" in tekst
    assert "daartegenover staat kortere zorg (− € 5.000)" in tekst
    assert (
        "Sinds 30-09-2026 kwam er € 11.500 aan uitgaven bij, vooral door nieuwe maanden + € 12.000" in tekst
    )
    # the order in which it is read
    plekken = [
        tekst.index(w) for w in ("Het jaar eindigt", "De uitgaven stegen", "Sinds 30-09", "Uitnutting")
    ]
    assert plekken == sorted(plekken)


def test_the_forecast_in_the_table_is_that_of_the_snapshot(open_page: Open, stad: Path) -> None:
    at = open_page()
    at.segmented_control(key="eind_vorm").set_value("Tabel").run()
    tekst = read_html(at)
    p50, begroot = _ask(
        stad,
        "SELECT p50_cent, begroting_cent FROM mart.prognose WHERE niveau = 'totaal' AND standaard",
    )
    assert (p50, begroot) == (37_300_000, 36_500_000)
    for cel in ("€ 373.000", "€ 365.000", "+ € 8.000", "− € 6.000", "62 %"):
        assert cel in tekst, cel


def test_a_wijk_has_no_forecast_and_says_so(open_page: Open) -> None:
    tekst = read_html(open_page(wijk="WK039201"))
    assert "De prognose bestaat niet per wijk of aanbieder. Wis die filters" in tekst
    assert "Het jaar eindigt" not in tekst
    assert "Uitgaven t/m sep 2026" in tekst, "then the euros up to now are the answer"


def test_against_the_programme_the_finding_may_turn_around(open_page: Open) -> None:
    at = open_page()
    at.segmented_control(key="waarom_tegenover").set_value("programmering").run()
    tekst = read_html(at)
    # 108 against 110 thousand, 2.500 is still to come; the line of the budget (999 thousand) is no part of it
    assert (
        "De uitgaven liggen tot nu toe € 2.000 onder de programmering, maar met wat nog binnenkomt"
        " € 500 erboven" in tekst
    )
    # 120 + 150 + 30 - 12 thousand, over nine months: 216 thousand
    assert "De begroting over jan t/m sep 2026 is € 0,2 mln" in tekst
    at.segmented_control(key="waarom_vorm").set_value("Tabel").run()
    tabel = read_html(at)
    for cel in ("€ 110.000", "− € 5.000", "+ € 3.000", "€ 108.000"):
        assert cel in tabel, cel


def test_the_steps_reach_from_one_end_to_the_other(lezer: Maak, kijk: Kijk) -> None:
    a = afwijking.read_afwijking(lezer(), kijk())
    assert a is not None
    assert a.doel + sum(a.effecten.values()) == a.realisatie == 10_800_000
    assert (a.komt_nog, a.begroting, a.maanden) == (250_000, 21_600_000, 9)
    assert afwijking.read_afwijking(lezer(), kijk(wet="Jeugdwet")) is None
    assert afwijking.read_afwijking(lezer(), kijk(periode="2025")) is None
    assert afwijking.read_afwijking(lezer(1_000), kijk()) is None, "fewer clients than the smallest cell"


def test_euros_real_euros_and_clients_since_2015(open_page: Open, lezer: Maak, kijk: Kijk) -> None:
    df = reeks.read_reeks(lezer(), kijk())
    ho = df.filter(pl.col("hoofdproduct") == "Huishoudelijke ondersteuning").sort("jaar")
    assert ho["jaar"].to_list() == [2015, 2016, 2017, 2024, 2025, 2026]
    # 12 months of 12.000 euro; a tenth more in prices of 2025
    assert ho["nominaal_cent"].to_list()[3:] == [14_400_000, 14_400_000, 10_800_000]
    assert ho["reeel_cent"].to_list()[:4] == [13_000_000] * 3 + [15_840_000]
    assert ho["clienten"].to_list() == [None] * 3 + [40] * 3
    at = open_page()
    at.segmented_control(key="uitgaven_per_jaar_vorm").set_value("Tabel").run()
    assert "€ 0,1 mln" in read_html(at)
    at.segmented_control(key="jaren_maat").set_value("cliënten").run()
    assert '<td class="getal">40</td>' in read_html(at)
    at.segmented_control(key="jaren_maat").set_value("prijzen 2025").run()
    assert "€ 0,2 mln" in read_html(at)


def test_a_small_hoofdproduct_takes_the_next_along(lezer: Maak, kijk: Kijk) -> None:
    # Dagbesteding has ten clients; alone it could be found by subtraction, so Begeleiding (16) goes too
    df = reeks.read_reeks(lezer(11), kijk()).filter(pl.col("jaar") == 2025)
    weg = df.filter(pl.col("niet_getoond"))
    assert set(weg["hoofdproduct"]) == {"Dagbesteding", "Ambulante begeleiding"}
    assert weg.select("nominaal_cent", "reeel_cent", "clienten").null_count().row(0) == (2, 2, 2)


def test_the_verdict_on_the_flow_is_for_the_whole_city_and_not_over_few(lezer: Maak, kijk: Kijk) -> None:
    # one goes out a month: under a smallest cell of ten there is no verdict
    assert [r.label for r in make_stroom_met_oordeel(lezer(10), kijk()).regels] == ["vorig jaar"]
    met = make_stroom_met_oordeel(lezer(1), kijk())
    assert [(r.label, r.verschil) for r in met.regels[1:]] == [
        ("regelkaart, jun 2026", "gewone schommeling"),
        ("laatste signaal, mrt 2026", "zeven maanden op rij boven het gemiddelde"),
    ]
    assert len(make_stroom_met_oordeel(lezer(1), kijk(wet="Wmo")).regels) == 1


def test_the_share_of_the_top(lezer: Maak, kijk: Kijk) -> None:
    t = make_concentratie(lezer(), kijk())
    assert (t.waarde, t.zekerheid) == ("45,0 % van de kosten", "hele stad, heel 2025, via berichten")
    assert [(r.label, r.waarde, r.verschil) for r in t.regels] == [
        ("2024", "40,0 %", "+ 5,0 procentpunt"),
        ("ook in 2025 bij de duurste", "50 %", ""),
    ]
    assert t.delen[0][0] == "dat zijn 9 cliënten van 91"
    assert make_concentratie(lezer(92), kijk()).waarde == "minder dan 92 cliënten: niet getoond"
    assert make_concentratie(lezer(), kijk(wet="Wmo")).waarde == "–"


def test_the_reserve_is_what_a_document_says(open_page: Open, lezer: Maak) -> None:
    standen = [(date(2024, 1, 1), 2_000_000), (date(2025, 12, 31), 1_500_000)]
    assert hek.read_reserve(lezer()).rows() == standen
    tekst = read_html(open_page())
    assert "De reserve slonk van € 20.000 (01-01-2024) naar € 15.000 (31-12-2025)" in tekst
    assert "Dat is precies de som van de saldi." in tekst


def test_each_tile_leads_to_the_page_that_explains_it(open_page: Open) -> None:
    def read_links(rol: str) -> dict[str, str]:
        links = {p.proto.label: p.proto.page for p in open_page(rol=rol).get("page_link")}
        assert len(set(links)) == len(links), "two links with the same words lead to different pages"
        return {k: v for k, v in links.items() if v not in ("werkagenda", "meerjarenbeeld")}

    assert read_links("budgethouder") == {
        "Bekijk de prognose": "prognose",
        "Bekijk alle oorzaken": "ontleding",
        "Bekijk cliënten per product": "pq",
        "Bekijk in- en uitstroom": "stroom",
        "Bekijk de oorzaken per cliënt": "ontleding",
        "Bekijk de uitnutting": "uitnutting",
        "Bekijk de cliëntgroepen": "clientgroepen",
        "Bekijk een wijk": "wijk",
    }
    # a wethouder goes where he may: the costs per client are explained by how they are spread
    assert read_links("wethouder") == {
        "Bekijk de verdeling over cliënten": "clientgroepen",
        "Bekijk de cliëntgroepen": "clientgroepen",
    }


def test_the_programme_leads_to_its_own_page(open_page: Open) -> None:
    at = open_page(rol="budgethouder")
    at.segmented_control(key="waarom_tegenover").set_value("programmering").run()
    doelen = {p.proto.label: p.proto.page for p in at.get("page_link")}
    assert doelen["Bekijk de programmering"] == "programmering"
    assert "Bekijk alle oorzaken" not in doelen


def test_measures_against_the_taakstelling(open_page: Open, lezer: Maak, kijk: Kijk) -> None:
    assert werkagenda.read_plan(lezer(), kijk()).rows() == [
        (2024, None, -1_200_000),
        (2025, None, -3_000_000),
        (2026, -1_200_000, -3_000_000),
    ]
    assert werkagenda.read_plan(lezer(), kijk(wet="Jeugdwet")).rows() == [
        (2025, None, -600_000),
        (2026, None, -600_000),
    ]
    assert (
        "De 2 maatregelen die zijn ingegaan moeten samen € 30.000 per jaar besparen: 250 % van de"
        " taakstelling van 2026 (€ 12.000)" in read_html(open_page())
    )


def test_what_changed_per_product_keeps_small_groups_back(lezer: Maak) -> None:
    delen = nieuws.read_delen(lezer())
    assert delen.select("hoofdproduct", "verschil").rows() == [
        ("Huishoudelijke ondersteuning", 1_100_000),
        ("Jeugdhulp ambulant", 50_000),
    ]
    # 25 clients of youth care changed; one hole in a list that adds up takes the other along
    assert nieuws.read_delen(lezer(26))["verschil"].null_count() == 2
    geheel = nieuws.read_geheel(lezer())
    assert geheel is not None and geheel["verschil"] == 1_150_000
    assert nieuws.read_boeken(lezer()).rows() == [("grootboek", 0, 80_000, 80_000)]


def test_how_far_the_figures_can_be_relied_on(open_page: Open, lezer: Maak) -> None:
    assert betrouwbaar.read_komt_nog(lezer(), 2026) == (250_000, 5_000_000)
    assert betrouwbaar.read_komt_nog(lezer(), 2026, "Jeugdwet") is None
    assert betrouwbaar.read_komt_nog(lezer(1_000), 2026) is None
    assert betrouwbaar.read_grootboek(lezer()) is None
    assert "naar schatting komt nog 5,0 % van 2026 binnen" in read_html(open_page())


def test_the_map_filters_the_wijk(lezer: Maak, kijk: Kijk) -> None:
    from dashboard.reading import stad
    from dashboard.ui.card import Kies

    kies = Kies("wijk", [stad.read_wijken(lezer(), kijk())["wijkcode"].to_list()])
    assert kies.find([{"curve_number": 0, "point_index": 0}]) == "WK039201"


def test_the_years_are_those_of_the_snapshot(open_page: Open) -> None:
    at = open_page("meerjarenbeeld")
    tekst = read_html(at)
    assert "2 van de 3 volledige jaren gingen over de begroting; 2025 eindigde € 20.000 erboven" in tekst
    assert "Het Hek komt in 2025 volgens de raming € 3.000 tekort" in tekst
    assert (
        "De reserve slonk van € 20.000 (01-01-2024) naar € 15.000 (31-12-2025). Dat is precies de som"
        in tekst
    )
    at.segmented_control(key="hek_vorm").set_value("Tabel").run()
    tabel = read_html(at)
    for cel in ("€ 390.000", "€ 300.000 *", "− € 20.000", "€ 500.000"):
        assert cel in tabel, cel
    # what the documents print, in thousands: 6,3 - 1,4 = 4,9
    assert re.search(r"= Saldo</td><td class=\"getal\">5<", tabel) and "Meevallers" in tabel


def test_scenarios_are_for_who_may_turn_the_knobs(open_page: Open, tmp_path: Path) -> None:
    jeugd = Knop("tarief", 0.1, date(2026, 7, 1), (("wet", "Jeugdwet"),))
    save_scenario(tmp_path / "n.sqlite", "Duurdere jeugd", dump([jeugd]), "demo")
    ziet = read_html(open_page("meerjarenbeeld", "directie"))
    # a tenth of 12 · 11.250 euro
    assert "Duurdere jeugd scheelt het meest (+ € 13.500)" in ziet
    ziet_niet = read_html(open_page("meerjarenbeeld", "wethouder"))
    assert "Duurdere jeugd" not in ziet_niet and "wie de pagina Knoppen mag openen" in ziet_niet


def test_the_same_care_costs_the_same(lezer: Maak) -> None:
    basis = vooruit.read_basis(lezer(1))
    assert basis is not None
    # ledger: 8.000 a month; care: 31.090 a month
    assert basis[1] == 9_600_000
    df = vooruit.project(basis[0], basis[1], {})
    assert df["jaar"].to_list() == [2027, 2028, 2029, 2030]
    assert df["cent"].to_list() == [12 * 3_109_000 + 9_600_000] * 4
    assert vooruit.read_lopend(lezer()) == {
        "jaar": 2026,
        "p10_cent": 35_000_000,
        "p50_cent": 37_300_000,
        "p90_cent": 40_000_000,
    }


def test_a_measure_says_why_nothing_can_be_measured(open_page: Open, lezer: Maak) -> None:
    df = werkagenda.read_sinds(lezer())
    per = {r["maatregel"]: r for r in df.iter_rows(named=True)}
    assert per["Norm voor uren"]["waarom_niet"] == "geen vol jaar ervoor bekend"
    # 135.000 in 2025 against 148.500 in prices of 2025
    assert per["Wijkteam jeugd"]["verandering_cent"] == -1_350_000
    assert per["Wijkteam jeugd"]["waarom_niet"] == "geen groep zonder de maatregel"
    assert per["Vervoer samen"]["waarom_niet"] == "nog niet ingegaan"
    weg = {r["maatregel"]: r for r in werkagenda.read_sinds(lezer(26)).iter_rows(named=True)}
    assert weg["Wijkteam jeugd"]["verandering_cent"] is None, "25 clients"
    tekst = read_html(open_page("werkagenda"))
    assert "2 maatregelen ingegaan; gepland: Vervoer samen (01-01-2027)" in tekst
    assert "bij 1 van de 1 met een vol jaar erna geeft de stad minder uit aan het product" in tekst
    assert "gold voor iedereen tegelijk" in tekst and "− € 13.500 (2024 → 2025)" in tekst


def test_breaks_of_one_day_stand_in_a_fixed_order(stad: Path, tmp_path: Path, kijk: Kijk) -> None:
    bestand = Path(shutil.copy(stad, tmp_path / "stad.duckdb"))
    with duckdb.connect(str(bestand)) as con:
        for n in range(20):
            breuk = ("Jeugdwet" if n % 2 else "Wmo", f"product {n:02}")
            con.execute("INSERT INTO mart.breuk VALUES ('2024-01-01', ?, ?, 'andere code', 'besluit')", breuk)
    df = stadsbeeld.read_breuken(make_lezer(bestand)(), kijk()).filter(
        pl.col("omschrijving") == "andere code"
    )
    wmo, jeugd = ([f"product {n:02}" for n in range(eerste, 20, 2)] for eerste in (0, 1))
    assert df["hoofdproduct"].to_list() == wmo + jeugd


@pytest.mark.parametrize(
    ("naam", "zegt"),
    [
        ("overzicht", "Er zijn nog geen declaraties geladen"),
        ("meerjarenbeeld", "Er zijn nog geen declaraties geladen en geen begroting"),
        ("werkagenda", "Er zijn geen maatregelen en geen besluiten geladen"),
    ],
)
def test_nothing_loaded_says_what_to_do(open_page: Open, lege_stad: Path, naam: str, zegt: str) -> None:
    tekst = read_html(open_page(naam, bestand=lege_stad))
    assert zegt in tekst and "€" not in tekst.split("</style>")[-1]
