"""The ingredients of the decomposition out of a lake, and which periods may be compared."""

from datetime import date
from decimal import Decimal

import duckdb
import polars as pl
import pytest

from tests.warehouse.conftest import Snapshot
from warehouse.analyse.pq import EQUALLY_YOUNG, ESTIMATED, FULL, VIEWS, Period, choose_comparisons, read_index
from warehouse.build import Options
from warehouse.checks import read_checks, run_check
from warehouse.rekenen.cellen import cells_sql, relation_sql
from warehouse.rekenen.pq import CELL, CELLS, LEVEL, decompose
from warehouse.settings import Settings

PRODUCT = [
    {"productcode": "02A01", "product": "licht", "zwaarte": "licht", "zwaarte_rang": 1},
    {"productcode": "02A02", "product": "zwaar", "zwaarte": "zwaar", "zwaarte_rang": 4},
    {"productcode": "02A03", "product": "anders", "productgroep": "Dagbesteding"},
]
FIRST = {"periode_begin": "2024-01-01", "bedrag_cent": 100, "client_id": "eerste", "productcode": "02A03"}


def lake(*lines: dict[str, object], **more: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    return {"product": list(PRODUCT), "declaratieregel": [FIRST, *lines], **more}


def ask(place: object, van: str, tot: str, weergave: str = "wijk") -> pl.DataFrame:
    """Cells of one range of months, counted out of the published tables."""
    tables = [relation_sql(f"mart.{name}", VIEWS[weergave]) for name in ("client_maand", "pq_maand")]
    sql = cells_sql([(date.fromisoformat(van), date.fromisoformat(tot))], *tables, LEVEL, CELL)
    con = duckdb.connect(str(place.path.resolve()), read_only=True)  # type: ignore[attr-defined]
    try:
        return con.sql(sql).pl().select(list(CELLS)).cast(CELLS).sort(CELL)  # type: ignore[arg-type]
    finally:
        con.close()


def plain(row: tuple[object, ...]) -> tuple[str, ...]:
    """A row of which whole numbers, decimals and doubles compare."""
    return tuple(str(float(value) if isinstance(value, int | Decimal) else value) for value in row)


def test_ingredients_by_hand(snapshot: Snapshot) -> None:
    # Anna: licht 1-10 April and zwaar 11-30 April (follow each other), both all of May (at the same time)
    # Bert: licht in April at a second provider; Carla: credited to nothing, 3 euro stays without volume
    april, may = {"periode_begin": "2025-04-01"}, {"periode_begin": "2025-05-01"}
    licht, zwaar = {"productcode": "02A01"}, {"productcode": "02A02"}
    vraag = snapshot(
        lake(
            {**april, **licht, "periode_eind": "2025-04-10", "volume": 4, "bedrag_cent": 20000},
            {**april, **zwaar, "periode_begin": "2025-04-11", "volume": 6, "bedrag_cent": 48000},
            {**may, **licht, "volume": 10, "bedrag_cent": 50000},
            {**may, **zwaar, "volume": 10, "bedrag_cent": 80000},
            {
                **april,
                **licht,
                "client_id": "bert",
                "aanbieder_agb": "00000002",
                "volume": 8,
                "bedrag_cent": 44000,
            },
            {**may, **licht, "client_id": "carla", "volume": 5, "bedrag_cent": 25000},
            {**may, **licht, "client_id": "carla", "volume": -5, "bedrag_cent": -24700},
        )
    )
    names = ["product", "clienten", "clientdagen", "product_clienten", "productdagen", "volume"]
    names += ["realisatie_cent", "overig_cent"]
    found = ask(vraag, "2025-01-01", "2026-01-01").select(names).rows()
    # clients 2; days: Anna min(30, 10 + 20) + min(31, 62), Bert 30
    assert found == [
        ("licht", 2, 91, 2, 10 + 31 + 30, 22.0, 114300, 300),
        ("zwaar", 2, 91, 1, 20 + 31, 16.0, 128000, 0),
    ]
    per_aanbieder = ask(vraag, "2025-04-01", "2025-05-01", "aanbieder").select("cel", *names[:4]).rows()
    assert per_aanbieder == [
        ("00000001", "licht", 1, 30, 1),
        ("00000001", "zwaar", 1, 30, 1),
        ("00000002", "licht", 1, 30, 1),
    ]


def test_build_and_dashboard_read_the_same_cells(snapshot: Snapshot) -> None:
    vraag = snapshot(
        lake(
            {"periode_begin": "2024-03-01", "bedrag_cent": 5000, "volume": 90, "eenheid": "01"},
            {"periode_begin": "2024-03-01", "bedrag_cent": 700, "productcode": "onbekend"},
            {"periode_begin": "2024-03-01", "bedrag_cent": 9000, "productcode": "02A02", "client_id": "bert"},
            toewijzing=[{"ingangsdatum": "2024-01-01", "volume": 7, "eenheid": "04", "frequentie": "2"}],
        )
    )
    names = ["product", "eenheid", "clienten", "product_clienten", "clientdagen", "productdagen"]
    names += ["toegewezen_volume", "volume"]
    for weergave, cel in VIEWS.items():
        asked = ask(vraag, "2024-01-01", "2025-01-01", weergave)
        sums = asked.with_columns(pl.col("toegewezen_volume").fill_null(0)).select("cel", *names)
        shown = vraag(
            f"SELECT {cel}, product, eenheid, {', '.join(n + '_0' for n in names[2:])} FROM mart.pq_effect"
            f" WHERE weergave = '{weergave}' AND van_0 = '2024-01-01' AND peil_0 = 'nu'"
            " AND vergelijking = 'jaar' AND realisatie_0_cent > 0"
        )
        assert sorted(map(plain, sums.rows())) == sorted(map(plain, shown))
        assert len(shown) == 4


def test_any_two_periods_can_be_decomposed_from_the_marts(snapshot: Snapshot) -> None:
    vraag = snapshot(
        lake(
            {"periode_begin": "2025-04-01", "volume": 10, "bedrag_cent": 50000},
            {"periode_begin": "2025-06-01", "volume": 20, "bedrag_cent": 120000},
        )
    )
    april, june = ask(vraag, "2025-04-01", "2025-05-01"), ask(vraag, "2025-06-01", "2025-07-01")
    found = decompose(april, june)
    # 30 days in both; volume 10 -> 20 at 50 -> 60 euro: 10 x 55 and 10 x 15 (n=2)
    assert found["effect_geleverde_intensiteit_cent"].to_list() == [55000]
    assert found["effect_prijs_cent"].to_list() == [15000]


def _tariff(provider: str, code: str, cents: int, year: int) -> dict[str, object]:
    return {
        "wet": "Wmo",
        "aanbieder_agb": provider,
        "productcode": code,
        "eenheid": "04",
        "tarief_cent": cents,
    } | {
        "geldig_van": f"{year}-01-01",
        "geldig_tot": f"{year}-12-31",
    }


def test_index_is_that_of_the_same_product_and_provider(snapshot: Snapshot) -> None:
    one, two, none = "00000001", "00000002", "00000003"
    lines = [
        {"periode_begin": "2024-02-01", "aanbieder_agb": one, "bedrag_cent": 30000},
        {"periode_begin": "2024-02-01", "aanbieder_agb": two, "bedrag_cent": 60000},
        {"periode_begin": "2024-02-01", "aanbieder_agb": none, "bedrag_cent": 10000},
    ]
    tariffs = [
        _tariff(one, "02A01", 5000, 2024),
        _tariff(one, "02A01", 5500, 2025),
        _tariff(two, "02A01", 8000, 2024),
        _tariff(two, "02A01", 8400, 2025),
        # without a tariff in 2024 there is no change to know
        _tariff(none, "02A01", 9000, 2025),
        # another code of the same product that exists in one year only says nothing about the change
        _tariff(one, "02A09", 99999, 2025),
    ]
    products = [*PRODUCT, {**PRODUCT[0], "productcode": "02A09"}]
    vraag = snapshot({"product": products, "declaratieregel": [FIRST, *lines], "tarief": tariffs})
    con = duckdb.connect(str(vraag.path.resolve()), read_only=True)
    years = [Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2024, 2025)]
    per_wijk = read_index(con, *years, "wijk").filter(pl.col("product") == "licht")
    per_aanbieder = read_index(con, *years, "aanbieder").filter(pl.col("product") == "licht")
    con.close()
    # (30.000 x 1,1 + 60.000 x 1,05 + 10.000 x 1) / 100.000
    assert per_wijk["tariefindex"].to_list() == pytest.approx([1.06])
    assert per_aanbieder["tariefindex"].to_list() == pytest.approx([1.1, 1.05, 1.0])


def test_index_over_replaced_codes_and_part_of_a_year(snapshot: Snapshot) -> None:
    products = [
        {**PRODUCT[0], "geldig_tot": "2024-12-31"},
        {**PRODUCT[0], "productcode": "03B01", "geldig_van": "2025-01-01"},
    ]
    tariffs = [_tariff("00000001", "02A01", 5000, 2024), _tariff("00000001", "03B01", 6000, 2025)]
    tariffs[1]["geldig_van"] = "2025-07-02"
    tariffs.append({**_tariff("00000001", "03B01", 5000, 2025), "geldig_tot": "2025-07-01"})
    line = {"periode_begin": "2024-02-01", "bedrag_cent": 30000}
    vraag = snapshot({"product": products, "declaratieregel": [FIRST, line], "tarief": tariffs})
    con = duckdb.connect(str(vraag.path.resolve()), read_only=True)
    years = [Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2024, 2025)]
    found = read_index(con, *years, "wijk").filter(pl.col("product") == "licht")
    con.close()
    # 182 days at 50 and 183 days at 60 euro against 50
    assert found["tariefindex"].to_list() == pytest.approx([(182 * 5000 + 183 * 6000) / 365 / 5000])


def test_last_year_is_compared_as_known_then(snapshot: Snapshot) -> None:
    # of September 2025, 20 euro was late; against September 2026 that euro must not count
    lines = [
        {"periode_begin": "2025-09-01", "volume": 8, "bedrag_cent": 8000, "ontvangen_op": "2025-10-05"},
        {"periode_begin": "2025-09-01", "volume": 2, "bedrag_cent": 2000, "ontvangen_op": "2026-02-05"},
        {"periode_begin": "2026-09-01", "volume": 9, "bedrag_cent": 9000, "ontvangen_op": "2026-10-05"},
    ]
    vraag = snapshot(lake(*lines))
    found = vraag(
        "SELECT vergelijking, rijpheid, peil_0, realisatie_0_cent, realisatie_1_cent FROM mart.pq_effect"
        " WHERE weergave = 'wijk' AND product = 'licht' ORDER BY vergelijking, rijpheid"
    )
    assert found == [
        ("jaar", FULL, "nu", 0, 10000),
        ("jaar tot nu", EQUALLY_YOUNG, "toen", 8000, 9000),
        # of a September 8.000 of 10.000 is there by October, so 9.000 will be 9.000 / 0,8
        ("jaar tot nu", ESTIMATED, "nu", 10000, 11250),
        ("twaalf maanden", EQUALLY_YOUNG, "toen", 8000, 9000),
    ]
    factors = vraag(
        "SELECT rijpheid, CAST(volume_0 AS DOUBLE), CAST(volume_1 AS DOUBLE), bedrag_0_cent, bedrag_1_cent"
        " FROM mart.pq_effect WHERE weergave = 'wijk' AND product = 'licht' AND vergelijking = 'jaar tot nu'"
        " ORDER BY rijpheid"
    )
    # the estimate raises the volume with the euros, so that the price stays: 9 / 0,8
    assert factors == [(EQUALLY_YOUNG, 8.0, 9.0, 8000, 9000), (ESTIMATED, 10.0, 11.25, 10000, 11250)]


def test_only_equally_mature_periods_are_compared() -> None:
    def names(first: date, last: date, months: int = 12) -> list[tuple[str, str, int, str]]:
        young = date(last.year, last.month - 2, 1)
        found = choose_comparisons(first, last, young, months)
        return [(c.naam, c.rijpheid, c.daarna.van.year, c.eerst.peil) for c in found]

    # a first year that begins in March is not whole; 2025 is out of its provisional months in September 2026
    assert names(date(2023, 3, 1), date(2026, 9, 1)) == [
        ("jaar", FULL, 2025, "nu"),
        ("jaar tot nu", EQUALLY_YOUNG, 2026, "toen"),
        ("twaalf maanden", EQUALLY_YOUNG, 2025, "toen"),
        ("jaar tot nu", ESTIMATED, 2026, "nu"),
    ]
    # with December just full, the year is young: against the year before as known then
    assert names(date(2024, 1, 1), date(2025, 12, 1))[0] == ("jaar", EQUALLY_YOUNG, 2025, "toen")
    # 'toen' of six months ago is no measure for the months of a year ago
    assert names(date(2024, 1, 1), date(2025, 12, 1), months=6) == [("jaar tot nu", ESTIMATED, 2025, "nu")]
    assert names(date(2026, 1, 1), date(2026, 9, 1)) == []


@pytest.mark.parametrize(
    ("change", "finds"),
    [
        ("UPDATE mart.pq_effect SET effect_prijs_cent = effect_prijs_cent + 1", {"pq_effecten_sluiten"}),
        ("UPDATE mart.pq_effect SET effect_mix_gecentreerd_cent = 1", {"pq_effecten_sluiten"}),
        ("DELETE FROM mart.pq_effect WHERE product = 'licht'", {"pq_effect_is_pq_maand"}),
        ("UPDATE mart.pq_maand SET realisatie_cent = realisatie_cent + 1", {"pq_effect_is_pq_maand"}),
        ("UPDATE mart.pq_maand_toen SET realisatie_cent = realisatie_cent + 1", {"pq_effect_is_pq_maand"}),
        ("UPDATE mart.pq_programma SET effect_duur_cent = effect_duur_cent + 1", {"programma_sluit"}),
    ],
)
def test_the_checks_find_what_does_not_add_up(snapshot: Snapshot, change: str, finds: set[str]) -> None:
    plan = {"wet": "Wmo", "jaar": 2025, "product": "licht", "bedrag_cent": 5, "vastgesteld_op": "2024-12-01"}
    vraag = snapshot(
        lake(
            {"periode_begin": "2025-04-01", "volume": 10, "bedrag_cent": 50000, "ontvangen_op": "2025-05-05"},
            {"periode_begin": "2026-04-01", "volume": 10, "bedrag_cent": 60000},
            programmering=[{**plan, "ontvangen_op": "2024-12-01"}],
        )
    )
    con = duckdb.connect(str(vraag.path.resolve()))
    con.execute(change)
    own = [
        check for check in read_checks() if check.name.startswith("pq_") or check.name == "programma_sluit"
    ]
    found = {check.name for check in own if not run_check(con, check).ok}
    con.close()
    assert found == finds


def test_without_comparisons_the_tables_are_there_and_empty(snapshot: Snapshot) -> None:
    vraag = snapshot({"declaratieregel": [{"periode_begin": "2026-05-01", "bedrag_cent": 5}]})
    assert vraag("SELECT count(*) FROM mart.pq_effect") == [(0,)]
    other = Options(settings=Settings(vergelijk_maanden=6))
    found = snapshot(lake(), options=other)("SELECT DISTINCT rijpheid FROM mart.pq_effect")
    assert found == [(FULL,)]
