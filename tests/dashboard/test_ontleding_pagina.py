"""The page Ontleding: what it says about the rows of proefstad.ONTLEED, for whom, and what it keeps back."""

import math
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pytest

from dashboard import words
from dashboard.access.reader import Lezer
from dashboard.boom import make_boom, title_boom
from dashboard.filters import Filters, Periode
from dashboard.reading.boom import WAARDEN, read_boom
from dashboard.reading.ontleding import (
    Vergelijking,
    find_vergelijking,
    make_vergelijking,
    read_delen,
    read_totaal,
)
from tests.dashboard.bezoek import Opener, as_table, make_lezer, read_html

WORTEL = Path(__file__).resolve().parents[2]
Kijk = Callable[..., Filters]
MaakLezer = Callable[..., Lezer]


@pytest.fixture
def open_page(bezoek: Opener, stad: Path) -> Opener:
    return partial(bezoek, "tactisch/ontleding", stad)


def test_the_whole_change_and_its_largest_cause(open_page: Opener) -> None:
    at = open_page()
    tekst = read_html(at)
    # 105.000 + 9.000 + 26.000 + 20.500 against 150.000
    assert (
        "De uitgaven stegen € 10.500, vooral door meer cliënten (+ € 12.000);"
        " daartegenover staat kortere zorg (− € 5.000)" in tekst
    )
    assert "jan t/m sep 2026 tegenover jan t/m sep 2025; even jong" in tekst
    at.segmented_control(key="waterval_vorm").set_value("Tabel").run()
    tabel = read_html(at)
    for stap in ("€ 150.000", "+ € 12.000", "+ € 3.000", "− € 1.000", "− € 5.000", "+ € 400", "€ 160.500"):
        assert stap in tabel, stap


def test_parts_add_up_and_name_the_one_that_changed_most(open_page: Opener) -> None:
    at = open_page()
    assert (
        f"{'Huishoudelijke ondersteuning'} veranderde het meest: + € 14.000, vooral door meer cliënten"
        in read_html(at)
    )
    tabel = at.dataframe[0].value
    assert tabel["Verschil"].sum() == 1_050_000
    assert tabel.set_index("Hoofdproduct").loc["Ambulante begeleiding", "Duur"] == -500_000
    at = open_page(hoofdproduct="Dagbesteding")
    assert "De uitgaven stegen € 500, vooral door zwaardere of duurdere zorg (+ € 400)" in read_html(at)


def test_per_wijk_and_per_aanbieder_are_two_views_of_the_same(open_page: Opener) -> None:
    at = open_page()
    at.segmented_control(key="oorzaak_per").set_value("per wijk").run()
    assert "Oude Stad veranderde het meest: + € 11.500" in read_html(at)
    assert "+ € 11.000" in read_html(open_page(aanbieder="Aanbieder A1")) or "€ 11.000" in read_html(
        open_page(aanbieder="A1")
    )
    beide = read_html(open_page(aanbieder="A1", wijk="WK039201"))
    assert "per wijk of per aanbieder, niet voor beide tegelijk" in beide


def test_a_period_without_a_fair_comparison_says_so(open_page: Opener, lege_stad: Path) -> None:
    assert "geen eerlijke vergelijking" in read_html(open_page(periode="2024"))
    assert "Er zijn nog geen declaraties geladen" in read_html(open_page(lege_stad))


def test_declared_and_estimated_are_two_accounts(open_page: Opener) -> None:
    at = open_page()
    assert "even jong" in read_html(at) and "op geschat eindbedrag" not in read_html(at)
    at.segmented_control(key="vergelijken").set_value("op schatting").run()
    assert "op geschat eindbedrag" in read_html(at) and "De uitgaven stegen € 10.500" in read_html(at)


def test_the_tree_tells_each_factor_before_and_after(open_page: Opener) -> None:
    at = open_page()
    # 105.000 + 9.000 + 26.000 + 20.500 against 150.000: clients, duration and stacking; mix and use; prices
    assert "Volume + € 7.100, prijs + € 4.000 en zwaarte en gebruik − € 600" in read_html(at)
    assert 'class="si-boom"' in read_html(at)
    tabel = as_table(at, "boom")
    # 30.800 days of 110 clients; of huishouden (19,5 of 25,1 of the euros) as long, of begeleiding 0,8 times
    duur = 40 * 0.8 ** (56_000 / 251_000)
    assert f'40,0 weken zorg per cliënt</td><td class="getal">{f"{duur:.1f}".replace(".", ",")}</td>' in tabel
    assert '<td class="">Volume › Aantal cliënten</td>' in tabel


def test_the_factors_by_hand(lezer: MaakLezer, kijk: Kijk) -> None:
    f = kijk(hoofdproduct="Huishoudelijke ondersteuning", wijk="WK039201")
    v = find_vergelijking(lezer(), f)
    assert v is not None
    een = read_boom(lezer(10), f, v)
    assert een["eenheid"] == "04"
    verwacht = {
        "duur": (28_000 / 7 / 100, 30_800 / 7 / 110),
        "stapeling": (1, 1),
        "week_cent": (9_000_000 / 4_000, 9_000_000 / 4_000),
        "aandeel": (1, 1),
        "toegewezen": (16_000 / 4_000, 17_600 / 4_400),
        "uitnutting": (12 / 16, 15.4 / 17.6),
        "prijs_cent": (750, 10_500_000 / 15_400),
        "tarief": (100, 103),
        "los": (100, 100 * 10_500_000 / 15_400 / 750 / 1.03),
    }
    for naam, (eerst, daarna) in verwacht.items():
        assert (een[f"{naam}_0"], een[f"{naam}_1"]) == pytest.approx((eerst, daarna)), naam
    assert een["geleverd_0"] is None
    # forty clients over the two wijken, five in the other: all or nothing
    klein = read_boom(lezer(6), kijk(wijk="WK039202"), v)
    assert {klein[w] for w in WAARDEN if w in klein} == {None}
    # of two products in one unit the growth is weighted with the euros of both years
    alles = read_boom(lezer(10), kijk(wijk="WK039201"), v)
    euro = {"HO": 195_000, "BEG": 56_000}
    benut = (15.4 / 17.6) / (12 / 16)
    assert alles["uitnutting_0"] == pytest.approx(120_000 / (16_000 * 7.5 + 800 * 50))
    groei = math.exp(euro["HO"] * math.log(benut) / sum(euro.values()))
    assert alles["uitnutting_1"] == pytest.approx(alles["uitnutting_0"] * groei)


def test_a_tree_without_the_correction_branch_and_one_with_it() -> None:
    totaal = {"realisatie_0_cent": 1_000_000, "realisatie_1_cent": 1_300_000, "effect_overig_cent": 300_000}
    boom = make_boom(totaal, {}, None, een_product=False)
    assert boom is not None and [t.naam for t in boom.takken][-1] == "Correcties"
    assert title_boom(boom) == "Correcties + € 3.000"
    zonder = make_boom(
        totaal | {"effect_overig_cent": 0, "effect_prijs_cent": 300_000}, {}, None, een_product=False
    )
    assert zonder is not None and "Correcties" not in [t.naam for t in zonder.takken]
    # fewer people, and yet more euros by clients: the group grew where care is dear, and the tree says so
    meer = make_boom(
        {"realisatie_0_cent": 100, "realisatie_1_cent": 200, "effect_clienten_cent": 100},
        {"clienten_0": 20, "clienten_1": 19},
        None,
        een_product=False,
    )
    assert meer is not None and meer.takken[0].takken[0].noot == "verschuiving naar duurdere groepen"


def own(lezer: Lezer, eerst: tuple[str, str], daarna: tuple[str, str]) -> Vergelijking:
    """A comparison of two periods, each the first month and the first month after it."""
    van_tot = [Periode("x", *(date.fromisoformat(d) for d in p)) for p in (eerst, daarna)]
    return make_vergelijking(lezer, *van_tot)


def test_any_two_periods(open_page: Opener, lezer: MaakLezer, kijk: Kijk) -> None:
    # 40 clients at 300 euro for a month of 30 days, then for two: all of it is duration
    maanden = {
        "eerst_van": "jan 2025",
        "eerst_tm": "jan 2025",
        "daarna_van": "mrt 2025",
        "daarna_tm": "apr 2025",
    }
    vraag = {"vergelijken": "eigen perioden", "hoofdproduct": "Huishoudelijke ondersteuning"}
    at = open_page(**vraag, **maanden)
    tekst = read_html(at)
    assert "De uitgaven stegen € 12.000, vooral door langere zorg (+ € 12.000)" in tekst
    assert "mrt t/m apr 2025 tegenover jan 2025; beide perioden volledig" in tekst
    assert any("niet even lang" in c.value for c in at.caption)
    v = own(lezer(1), ("2025-01-01", "2025-02-01"), ("2025-03-01", "2025-05-01"))
    factoren = read_boom(lezer(1), kijk(hoofdproduct="Huishoudelijke ondersteuning"), v)
    assert (factoren["duur_0"], factoren["duur_1"]) == pytest.approx((30 / 7, 60 / 7))
    assert (factoren["clienten_0"], factoren["clienten_1"]) == (40, 40)
    # a young month makes both estimates
    jong = own(lezer(), ("2025-09-01", "2025-10-01"), ("2026-09-01", "2026-10-01"))
    assert jong.is_geschat and not v.is_geschat
    tekst = read_html(open_page(**vraag, **maanden | {"daarna_van": "sep 2026", "daarna_tm": "sep 2026"}))
    assert "sep 2026 tegenover jan 2025; op geschat eindbedrag" in tekst
    # the months of the address make no period, or are none: said, or not asked
    assert "De tweede periode eindigt voor zij begint" in read_html(
        open_page(**vraag, **maanden | {"daarna_tm": "feb 2025"})
    )
    assert "De eerste periode eindigt voor zij begint" in read_html(
        open_page(**vraag, **maanden | {"eerst_van": "feb 2025"})
    )
    assert "jan t/m sep 2026 tegenover jan t/m sep 2025" in read_html(
        open_page(**vraag, eerst_van="jan 1900", daarna_tm="<script>")
    )
    # an aanbieder of one's own, and one of another's
    assert "€ 6.000" in read_html(open_page(**vraag, **maanden, aanbieder="A1"))
    ander = lezer(1, ("A2",))
    assert read_totaal(ander, kijk(aanbieder="A1"), v) == {}


def test_own_periods_cannot_be_taken_off_each_other(stad: Path, tmp_path: Path, kijk: Kijk) -> None:
    """Wijk 4: eighteen clients in a quarter, six in January; wijk 5: twelve a month, four in December."""
    kopie = tmp_path / "stad.duckdb"
    shutil.copy(stad, kopie)
    with duckdb.connect(str(kopie)) as con:
        for tabel in ("client_maand", "pq_maand"):
            rij = f"(SELECT * FROM mart.{tabel} WHERE product = 'Dagbesteding' LIMIT 1)"
            for wijk, maanden, wie in (
                ("WK039204", "(1)", range(6)),
                ("WK039204", "(2, 3)", range(6, 18)),
                ("WK039205", "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)", range(20, 32)),
                ("WK039205", "(12)", range(20, 24)),
            ):
                nummers = [1000 + n for n in wie]
                client = f", unnest({[f'x{n}' for n in wie]}) AS client_id, unnest({nummers}) AS client_nr"
                client = client if tabel == "client_maand" else ""
                con.execute(
                    f"INSERT INTO mart.{tabel} BY NAME SELECT * REPLACE ('{wijk}' AS wijkcode{client and ','}"
                    f"{client.removeprefix(', ')}, m.levermaand AS levermaand) FROM {rij} r, (SELECT DISTINCT"
                    f" levermaand FROM mart.pq_maand WHERE year(levermaand) = 2025 AND month(levermaand)"
                    f" IN {maanden}) m"
                )
    maak = make_lezer(kopie)
    vier, vijf = kijk(wijk="WK039204"), kijk(wijk="WK039205")
    vier, vijf = (replace(vier, wijk=w) for w in ("WK039204", "WK039205"))

    def shown(f: Filters, eerst: tuple[str, str], daarna: tuple[str, str], cel: int = 10) -> bool:
        totaal = read_totaal(maak(cel), f, own(maak(cel), eerst, daarna))
        return totaal["verschil_cent"] is not None

    kwartaal, twee, half = (
        ("2025-01-01", "2025-04-01"),
        ("2025-02-01", "2025-04-01"),
        ("2025-03-01", "2025-04-01"),
    )
    # a quarter less its last two months is January with six, whatever it is compared with
    assert not shown(vier, kwartaal, kwartaal)
    assert not shown(vier, kwartaal, twee)
    # and the year less February and March leaves no more than January
    assert not shown(vier, twee, half)
    assert shown(vier, twee, half, cel=6)
    # eleven months of twelve: the year less those is December with four
    assert not shown(vijf, ("2025-01-01", "2025-12-01"), ("2025-01-01", "2025-07-01"))
    # whole years are one piece, as everywhere
    assert shown(vijf, ("2025-01-01", "2026-01-01"), ("2025-01-01", "2026-01-01"))


def test_few_clients_in_either_year_are_not_told(lezer: MaakLezer, kijk: Kijk) -> None:
    f = kijk(wijk="WK039202")
    v = find_vergelijking(lezer(), f)
    assert v is not None and v.peil_0 == "toen"
    # five clients live there
    assert read_totaal(lezer(10), f, v)["effect_uitnutting_cent"] is None
    assert read_totaal(lezer(5), f, v)["effect_uitnutting_cent"] == -100_000
    # one hole in a list that adds up takes the next smallest along
    delen = read_delen(lezer(6), kijk(), v, "wijkcode")
    assert delen["verschil_cent"].null_count() == 2


def test_another_role_sees_its_own_aanbieders_only(lezer: MaakLezer, kijk: Kijk) -> None:
    f = kijk(aanbieder="A1")
    v = find_vergelijking(lezer(), f)
    assert v is not None
    assert read_totaal(lezer(1, ("A2",)), f, v) == {}
    assert read_totaal(lezer(1, ("A1",)), f, v)["verschil_cent"] == 1_100_000


@pytest.mark.parametrize(
    ("verschil", "effecten", "zin"),
    [
        (None, {}, "Waarom de uitgaven veranderden is hier niet te tonen"),
        (0, {"prijs": 5, "duur": -5}, "De uitgaven bleven gelijk"),
        (
            -300_000,
            {"duur": -400_000, "prijs": 100_000},
            "De uitgaven daalden € 3.000, vooral door kortere zorg (− € 4.000);"
            " daartegenover staat een hogere prijs dan de index (+ € 1.000)",
        ),
        (
            300_000,
            {"mix": 310_000, "duur": -10_000},
            "De uitgaven stegen € 3.000, vooral door zwaardere of duurdere zorg (+ € 3.100)",
        ),
    ],
)
def test_the_sentence_is_true(verschil: int | None, effecten: dict[str, int | None], zin: str) -> None:
    assert words.title_ontleding(verschil, effecten) == zin
