"""Uitnutting in depth: the cap beside what is expected, the distribution, sleepers, use, what is open."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Keten
from tests.warehouse.conftest import Snapshot, Vraag
from warehouse.build import Options, run_step
from warehouse.graph import read_models
from warehouse.peil import derive_peil, register_peil
from warehouse.settings import Settings

PRODUCT = {"productcode": "02A01", "product": "Begeleiding"}
TARIEF = {
    "wet": "Wmo",
    "aanbieder_agb": "00000001",
    "productcode": "02A01",
    "eenheid": "04",
    "tarief_cent": 6000,
}
PLAIN = Options(settings=Settings(rijp_procent=0))
"""Without correction for what is still to come: the sums can be done in the head."""


def lake(toewijzingen: list[dict[str, Any]], regels: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A lake with one product at 60 euros; the first line only makes January 2026 the first month."""
    first = {"client_id": "x", "toewijzing_sleutel": "x", "periode_begin": "2026-01-01", "bedrag_cent": 1}
    return {
        "product": [PRODUCT],
        "tarief": [TARIEF],
        "toewijzing": [{"eenheid": "04", **row} for row in toewijzingen],
        "declaratieregel": [first, *regels],
        **more,
    }


def week(begin: str, last: str, **more: Any) -> dict[str, Any]:
    return {"ingangsdatum": begin, "einddatum": last, "volume": 2, "frequentie": "2", **more}


@pytest.mark.parametrize(
    ("toewijzing", "units"),
    [
        # calendar weeks: May (from Friday the 1st) 5, June 5, July 5, August (Saturday to Monday) 6
        (week("2026-05-01", "2026-08-31"), 2 * 21),
        # the Sundays: May 5, June 4, July 4, August 5 and one more, as it does not end on a Sunday
        (week("2026-05-01", "2026-08-31", eenheid="82"), 2 * 19),
        # and none more where it does
        (week("2026-05-01", "2026-08-30", eenheid="82"), 2 * 18),
        # Monday to Friday: one week though without a Sunday; over the end of a month too
        (week("2026-05-04", "2026-05-08", eenheid="82"), 2),
        (week("2026-06-30", "2026-07-02", eenheid="82"), 2),
        # category 01 of the Wmo: always six weeks a month
        (week("2026-05-01", "2026-08-31", productcategorie="01", productcode="01A01"), 2 * 6 * 4),
        # a broken month counts whole, a day counts as a day
        (week("2026-05-20", "2026-07-05", frequentie="4"), 2 * 3),
        (week("2026-05-20", "2026-07-05", frequentie="1"), 2 * 47),
        # a total has no cap a month
        (week("2026-05-01", "2026-08-31", frequentie="6"), None),
    ],
)
def test_cap_of_the_standard(snapshot: Snapshot, toewijzing: dict[str, Any], units: int | None) -> None:
    """NASLAG 4.2 (IV076 to IV078), counted on a calendar of 2026."""
    unit = toewijzing.get("eenheid", "04")
    products = [
        {**PRODUCT, "eenheid": unit},
        {"productcategorie": "01", "productcode": "01A01", "product": "HO", "eenheid": unit},
    ]
    found = snapshot({**lake([toewijzing], []), "product": products})(
        "SELECT maximum_volume, toegewezen_volume FROM mart.uitnutting_jaar"
    )
    assert [row[0] for row in found] == [units]
    assert units is None or found[0][0] >= found[0][1], "a cap is never below what is expected"


ALLOCATION = st.tuples(
    st.integers(0, 500),
    st.one_of(st.integers(1, 40), st.integers(1, 400)),
    st.sampled_from("124"),
    st.sampled_from(["04", "82", "84"]),
    st.sampled_from(["01", "02"]),
    st.integers(1, 9),
)


@given(st.lists(ALLOCATION, min_size=1, max_size=20))
@settings(max_examples=25, deadline=None)
def test_cap_is_what_counting_weeks_and_sundays_on_the_calendar_gives(
    rows: list[tuple[int, int, str, str, str, int]],
) -> None:
    known, first = date(2026, 10, 31), date(2025, 1, 1)
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS tussen")
    con.execute("CREATE SCHEMA kern")
    register_peil(con, derive_peil(known, Settings()), Settings())
    frame, expected = [], {}
    for number, (start, length, frequency, unit, category, volume) in enumerate(rows):
        begin = first + timedelta(days=start)
        days = [begin + timedelta(days=n) for n in range(length)]
        frame.append((str(number), category, frequency, unit, volume, begin, days[-1]))
        sundays = [day for day in days if day.weekday() == 6]
        for year, month in sorted({(day.year, day.month) for day in days}):
            own = [day for day in days if (day.year, day.month) == (year, month)]
            if date(year, month, 1) > date(2026, 9, 1):
                continue
            weeks = len({day.isocalendar()[:2] for day in own})
            if frequency == "1":
                count = len(own)
            elif frequency == "4":
                count = 1
            elif unit == "82":
                extra = days[-1].weekday() != 6 and (sundays[-1] if sundays else days[-1]) in own
                count = sum(day.weekday() == 6 for day in own) + extra
            else:
                count = 6 if category == "01" else weeks
            expected[str(number), date(year, month, 1)] = count * volume
    columns = [
        "toewijzing_sleutel", "productcategorie", "frequentie", "eenheid", "volume", "ingangsdatum",
        "einddatum",
    ]  # fmt: skip
    con.register("rijen", pl.DataFrame(frame, schema=columns, orient="row"))
    con.execute(
        "CREATE TABLE tussen.toewijzing AS SELECT *, 'nu' AS peil, '0392' AS gemeentecode, 'Wmo' AS wet,"
        " 'x' AS productcode, NULL::BIGINT AS budget_cent, false AS verwijderd FROM rijen"
    )
    con.execute("CREATE TABLE tussen.bereik AS SELECT DATE '2025-01-01' AS eerste_levermaand")
    con.execute(
        "CREATE TABLE kern.product (gemeentecode VARCHAR, wet VARCHAR, productcategorie VARCHAR,"
        " productcode VARCHAR, geldig_van DATE, geldig_tot DATE, uitvoeringsvariant VARCHAR)"
    )
    steps = {step.name: step for step in read_models()}
    for name in ("tussen.controle_grens", "tussen.toewijzing_plafond"):
        run_step(con, steps[name])
    found = con.sql("SELECT toewijzing_sleutel, maand, maximum FROM tussen.toewijzing_plafond").fetchall()
    con.close()
    assert {(key, month): int(value) for key, month, value in found} == expected


def lines(key: str, month: str, volume: int, **more: Any) -> dict[str, Any]:
    return {
        "toewijzing_sleutel": key,
        "periode_begin": month,
        "volume": volume,
        "bedrag_cent": 6000 * volume,
        **more,
    }


def test_distribution_puts_every_toewijzing_in_one_class(snapshot: Snapshot) -> None:
    # 10 hours a month in March: delivered 0, 4, 5, 8, 9, 10, 11
    delivered = [0, 4, 5, 8, 9, 10, 11]
    toewijzingen = [
        {
            "toewijzing_sleutel": str(n), "client_id": f"c{n % 6}", "ingangsdatum": "2026-03-01",
            "einddatum": "2026-03-31", "volume": 10, "frequentie": "4",
        }
        for n in range(7)
    ]  # fmt: skip
    regels = [
        lines(str(n), "2026-03-01", hours, client_id=f"c{n}") for n, hours in enumerate(delivered) if hours
    ]
    found = snapshot(lake(toewijzingen, regels), options=PLAIN)(
        "SELECT klasse, toewijzingen, clienten, toegewezen_cent, geleverd_cent FROM mart.uitnutting_verdeling"
        " ORDER BY klasse"
    )
    assert found == [
        ("50 tot 90 %", 2, 2, 120000, 78000),
        ("90 tot en met 100 %", 2, 2, 120000, 114000),
        # the client of the first and of the last is the same person, in two classes
        ("boven 100 %", 1, 1, 60000, 66000),
        ("onder 50 %", 2, 2, 120000, 24000),
    ]


def months_by_hand(begin: date, last: date, per: Callable[[int, int], float]) -> float:
    """Sum over the days of the part of a period that a day is."""
    days = [begin + timedelta(days=n) for n in range((last - begin).days + 1)]
    return sum(count / per(*month) for month, count in Counter((d.year, d.month) for d in days).items())


@pytest.mark.parametrize(
    ("begin", "last", "frequency"),
    [
        ("2026-01-15", "2026-03-10", "4"), ("2026-02-01", "2026-02-28", "4"),
        ("2026-02-28", "2026-08-01", "4"),
        ("2026-01-31", "2026-07-31", "5"), ("2026-01-15", "2026-03-10", "3"),
        ("2026-01-15", "2026-03-10", "2"),
        ("2026-01-15", "2026-03-10", "1"), ("2026-01-15", "2026-03-10", "6"),
    ],
)  # fmt: skip
def test_distribution_expects_what_the_days_give(
    snapshot: Snapshot, begin: str, last: str, frequency: str
) -> None:
    """METHODEN §3: volume x days of overlap / days of the unit, a month and a year by their own length."""
    first, final = date.fromisoformat(begin), date.fromisoformat(last)
    length = (final - first).days + 1
    per: dict[str, Callable[[int, int], float]] = {
        "1": lambda y, m: 1, "2": lambda y, m: 7, "3": lambda y, m: 28, "4": lambda y, m: monthrange(y, m)[1],
        "5": lambda y, m: 365, "6": lambda y, m: length,
    }  # fmt: skip
    row = {"ingangsdatum": begin, "einddatum": last, "volume": 100, "frequentie": frequency}
    ((cents,),) = snapshot(lake([row], []), options=PLAIN)(
        "SELECT toegewezen_cent FROM mart.uitnutting_verdeling"
    )
    assert cents == pytest.approx(6000 * 100 * months_by_hand(first, final, per[frequency]), abs=1)


def test_distribution_adds_up_to_the_months_on_the_sample(keten: Keten) -> None:
    """Reckoned per toewijzing and year, it is what the months give: apart from the mean price of a year."""
    vraag = Vraag(keten.snapshot)
    found = vraag(
        "SELECT v.jaar, v.wet, v.cent, j.cent FROM"
        " (SELECT jaar, wet, sum(toegewezen_cent) AS cent FROM mart.uitnutting_verdeling GROUP BY ALL) v JOIN"
        " (SELECT jaar, wet, sum(toegewezen_cent) AS cent, min(is_rijp::INT) AS rijp"
        "  FROM mart.uitnutting_jaar WHERE product <> 'niet gespecificeerd' GROUP BY ALL) j USING (jaar, wet)"
        " WHERE j.rijp = 1"
    )
    assert found
    for _, _, by_toewijzing, by_month in found:
        assert by_toewijzing == pytest.approx(by_month, rel=0.005)


def test_correction_divides_every_month_by_what_was_declared(keten: Keten) -> None:
    vraag = Vraag(keten.snapshot)
    expected: Counter[tuple[int, str]] = Counter()
    for year, law, share, cents in vraag(
        "SELECT year(levermaand), wet, gerapporteerde_fractie, geleverd_cent"
        " FROM mart.uitnutting_maand, meta.snapshot WHERE product <> 'zonder toewijzing'"
        " AND levermaand <= laatste_levermaand"
    ):
        ripe = share is None or share >= 0.98 or share <= 0
        expected[year, law] += cents if ripe else cents / share
    found = vraag(
        "SELECT jaar, wet, sum(geleverd_gecorrigeerd_cent), sum(geleverd_cent) FROM mart.uitnutting_jaar"
        " GROUP BY ALL"
    )
    assert len(found) == len(expected)
    for year, law, corrected, _ in found:
        assert float(corrected) == pytest.approx(expected[year, law], rel=1e-6)
    assert any(corrected > plain for _, _, corrected, plain in found), "something is still to come"


def test_use_within_ninety_days(snapshot: Snapshot) -> None:
    # first day 1 February 2026: day 90 is 2 May, day 91 is 3 May; the last full levermaand is September
    toewijzingen = [
        {"toewijzing_sleutel": key, "client_id": key, "ingangsdatum": begin, "volume": 2, "frequentie": "2",
         "einddatum": "2026-12-31"}
        for key, begin in [
            ("op tijd", "2026-02-01"), ("te laat", "2026-02-01"),
            ("terug", "2026-02-01"), ("nooit", "2026-02-01"),
            ("net oud", "2026-07-02"), ("te jong", "2026-07-03"),
        ]
    ]  # fmt: skip
    regels = [
        lines("op tijd", "2026-05-02", 2, client_id="op tijd"),
        lines("te laat", "2026-05-03", 2, client_id="te laat"),
        lines("terug", "2026-02-01", 2, client_id="terug"),
        lines("terug", "2026-02-01", -2, client_id="terug"),
        lines("te jong", "2026-07-03", 2, client_id="te jong"),
    ]  # fmt: skip
    found = snapshot(lake(toewijzingen, regels))(
        "SELECT month(maand), gestart, verzilverd, te_jong, clienten, clienten_oud_genoeg,"
        " clienten_verzilverd FROM mart.verzilvering WHERE aanbieder_agb IS NULL ORDER BY 1"
    )
    assert found == [(2, 4, 1, 0, 4, 4, 1), (7, 2, 0, 1, 2, 1, 0)]


def test_sleepers(snapshot: Snapshot) -> None:
    # known to the end of September: last day of care 1 August is 60 days ago, 31 July is 61
    rows = [
        ("wakker", "2026-01-01", "2"), ("slaapt", "2026-01-01", "2"), ("nooit", "2026-08-01", "2"),
        ("jong", "2026-08-02", "2"), ("op", "2026-01-01", "6"), ("niet op", "2026-01-01", "6"),
    ]  # fmt: skip
    toewijzingen = [
        {"toewijzing_sleutel": key, "client_id": key, "ingangsdatum": begin, "volume": 7,
         "frequentie": frequency, "einddatum": "2026-12-31"}
        for key, begin, frequency in rows
    ] + [week("2026-01-01", "2026-10-31", toewijzing_sleutel="voorbij", client_id="voorbij")]  # fmt: skip
    regels = [
        lines("wakker", "2026-08-01", 2, periode_eind="2026-08-01"), lines("slaapt", "2026-07-01", 2),
        lines("op", "2026-02-01", 7), lines("niet op", "2026-02-01", 3),
    ]  # fmt: skip
    found = snapshot(lake(toewijzingen, regels), options=PLAIN)(
        "SELECT lopend, toewijzingen, nooit_geleverd, clienten FROM mart.slapers"
    )
    assert found == [(4, 3, 1, 3)]


def open_(snapshot: Snapshot, toewijzing: dict[str, Any], regels: list[dict[str, Any]], **more: Any) -> Any:
    return snapshot(lake([toewijzing], regels, **more), options=PLAIN)(
        "SELECT jaar, toegewezen_rest_cent, round(uitnutting_verwacht, 4), verplichting_cent"
        " FROM mart.verplichting"
    )


def test_what_is_still_open_until_the_end_of_the_year(snapshot: Snapshot) -> None:
    # 7 hours a week; October to December is 92 hours: 61 at 60 euros, and December at 66: 5.706 euros.
    # In October 12 of the 92 are delivered: 80/92 is left = 4.961,74; used so far 182 of 273: two thirds
    tarieven = [
        {**TARIEF, "geldig_tot": "2026-11-30"},
        {**TARIEF, "tarief_cent": 6600, "geldig_van": "2026-12-01"},
    ]
    regels = [
        lines("1", "2026-03-01", 182),
        lines("1", "2026-10-01", 12, periode_eind="2026-10-15", ontvangen_op="2026-10-20"),
    ]
    toewijzing = week("2026-01-01", "2027-06-30", volume=7)
    assert open_(snapshot, toewijzing, regels, tarief=tarieven) == [(2026, 496174, 0.6667, 330783)]


def test_what_is_left_of_a_total_or_a_budget(snapshot: Snapshot) -> None:
    total = week("2026-01-01", "2026-12-31", volume=100, frequentie="6")
    # 60 hours left, all to go before the end of the year; expected so far 273/365 of 100 hours, delivered 40
    ((_, rest, use, _),) = open_(snapshot, total, [lines("1", "2026-03-01", 40)])
    assert (rest, use) == (60 * 6000, pytest.approx(40 / (100 * 273 / 365), abs=1e-3))
    # half of the days that are left fall in next year
    longer = {**total, "einddatum": "2027-04-02"}
    assert open_(snapshot, longer, [lines("1", "2026-03-01", 40)])[0][1] == 30 * 6000
    # more delivered than assigned is never owed back
    assert open_(snapshot, total, [lines("1", "2026-03-01", 140)])[0][1] == 0
    budget = {
        "ingangsdatum": "2026-01-01", "einddatum": "2026-12-31", "budget_cent": 100000, "eenheid": None,
        "productcode": None,
    }  # fmt: skip
    spent = {**lines("1", "2026-03-01", 5), "bedrag_cent": 30000}
    assert open_(snapshot, budget, [spent])[0][1] == 70000
