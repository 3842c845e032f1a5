"""The year's end: each method by hand, the laws of the simulation, and what a build makes of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot
from warehouse.build import Options
from warehouse.rekenen.afloop import Array
from warehouse.rekenen.prognose import (
    LINEAIR,
    METHODEN,
    SEIZOEN,
    VERPLICHTINGEN,
    VOORRAAD,
    Kennis,
    Terugkijk,
    Voorspelling,
    forecast,
)
from warehouse.rekenen.prognose_rijen import choose_method
from warehouse.rekenen.prognose_simulatie import (
    Plafonds,
    Schokken,
    Vooraf,
    cap,
    estimate_shocks,
    simulate,
)
from warehouse.rekenen.prognose_terugblik import Keuzes, look_back
from warehouse.rekenen.terugblik import Vensters
from warehouse.settings import Settings

JUNE = 17
"""Eighteen months from January on: month 17 is June of the second year."""


def known(
    realised: Array, promised: Callable[[int, int], float] = lambda m, t: 0.0, flows: Any = None
) -> Kennis:
    """One product: each month known one month later; promised(month, moment); flows = (begun, ended)."""
    months = JUNE + 1
    seen = np.array([[realised[m] if t > m else 0.0 for t in range(months)] for m in range(months)])
    allotted = np.array([[promised(m, t) for t in range(months)] for m in range(24)])
    begun, ended = flows if flows else (np.zeros(months), np.zeros(months))
    told = [
        np.array([[x[m] if t >= m else 0.0 for t in range(months)] for m in range(months)])
        for x in (begun, ended)
    ]
    return Kennis(seen[None], allotted[None], told[0][None], told[1][None], 0)


def year(told: Voorspelling, method: int) -> float:
    """The year as a method tells it."""
    return float((told.gerealiseerd + told.nagekomen + told.rest[method])[0])


def test_linear_by_hand() -> None:
    # January to May: 100, 110, 120, 130, 140 declared, mean 120, so 1440; June is not declared yet
    realised = np.array([90.0] * 12 + [100, 110, 120, 130, 140, 0])
    told = forecast(known(realised), realised[None, :JUNE], JUNE, Terugkijk(6, 12, 3))
    assert told.gerealiseerd.tolist() == [600]
    assert told.nagekomen.tolist() == [0]
    assert year(told, LINEAIR) == pytest.approx(1440)


def test_linear_does_not_wait_for_what_is_still_to_be_declared() -> None:
    # May will become 200 of which 140 is declared: the linear forecast stays, the others know 60 more
    realised = np.array([90.0] * 12 + [100, 110, 120, 130, 140, 0])
    ultimate = realised[None, :JUNE].copy()
    ultimate[0, 16] = 200
    told = forecast(known(realised), ultimate, JUNE, Terugkijk(6, 12, 3))
    assert told.nagekomen.tolist() == [60]
    assert year(told, LINEAIR) == pytest.approx(1440)


def test_season_by_hand() -> None:
    # last year 100 each month and 50 in August; of the last six full months December has no month a year
    # before it, so January to May count: 550 against 500
    last = np.full(12, 100.0)
    last[7] = 50
    realised = np.concatenate([last, np.full(5, 110.0), [0]])
    told = forecast(known(realised), realised[None, :JUNE], JUNE, Terugkijk(6, 12, 3))
    # to come: June to December, 100 + 100 + 50 + 4 x 100 = 650 last year
    assert year(told, SEIZOEN) == pytest.approx(550 + 1.1 * 650)


def test_promised_by_hand() -> None:
    # at the end of June last year 400 had been promised for June to December, which became 650; now 480 are
    last = np.full(12, 100.0)
    last[7] = 50
    realised = np.concatenate([last, np.full(5, 110.0), [0]])

    def promised(month: int, moment: int) -> float:
        if 5 <= month <= 11 and moment >= 5:
            # what came later than that June does not count
            return 400 / 7 + (10 if moment > 5 else 0)
        return 480 / 7 if month >= 17 and moment == 17 else 0.0

    told = forecast(known(realised, promised), realised[None, :JUNE], JUNE, Terugkijk(6, 12, 3))
    assert year(told, VERPLICHTINGEN) == pytest.approx(550 + 650 * 480 / 400)


def test_promised_takes_earlier_years_together() -> None:
    # thirty months; per 100 promised two years ago 50 was realised, last year 150: together 1 per euro
    months, moment = 30, 29
    realised = np.concatenate([np.full(12, 50.0), np.full(12, 150.0), np.full(5, 150.0), [0]])
    seen = np.array([[realised[m] if t > m else 0.0 for t in range(months)] for m in range(months)])
    allotted = np.zeros((36, months))
    for year_ in range(3):
        allotted[12 * year_ + 5 : 12 * year_ + 12, 12 * year_ + 5] = 100.0
    zero = np.zeros((1, months, months))
    told = forecast(
        Kennis(seen[None], allotted[None], zero, zero, 0),
        realised[None, :moment],
        moment,
        Terugkijk(6, 12, 2),
    )
    assert told.rest[VERPLICHTINGEN].tolist() == pytest.approx([7 * 100])


def test_stock_by_hand() -> None:
    # a stock of ten all of last year, ten euros each a month; in January ten more come and none go: the stock
    # is 20 from the end of January on, at ten euros each
    begun, ended = np.zeros(JUNE + 1), np.zeros(JUNE + 1)
    begun[0], begun[12] = 10, 10
    mean = np.array([10.0] * 12 + [15.0] + [20] * 5)
    realised = 10 * mean
    told = forecast(known(realised, flows=(begun, ended)), realised[None, :JUNE], JUNE, Terugkijk(5, 1, 3))
    # one flow month (June) without instroom or uitstroom: June to December at 20 x 10
    assert year(told, VOORRAAD) == pytest.approx(150 + 4 * 200 + 7 * 200)


def test_stock_ends_at_its_hazard() -> None:
    # half of the stock of ten ended in June: from 10 to 5, mean 7,5: hazard 5 / 7,5 = 2/3 a month
    begun, ended = np.zeros(JUNE + 1), np.zeros(JUNE + 1)
    begun[0], ended[17] = 10, 5
    realised = np.array([50.0] + [100.0] * 17)
    told = forecast(known(realised, flows=(begun, ended)), realised[None, :JUNE], JUNE, Terugkijk(4, 1, 3))
    running, total = 5.0, 7.5
    for _ in range(6):
        total += (running + running / 3) / 2
        running /= 3
    # last year's same months: seven months of ten; their euros 700
    assert year(told, VOORRAAD) == pytest.approx(500 + 700 * total / 70)


def test_a_product_without_last_year_takes_its_run_rate() -> None:
    # new in March: 60 a month; another product has 100 in each month, so the season is flat
    new = np.array([0.0] * 14 + [60, 60, 60, 0])
    old = np.array([100.0] * 17 + [0])
    one, two = known(new), known(old)
    both = Kennis(
        np.concatenate([one.realisatie, two.realisatie]),
        np.concatenate([one.toegewezen, two.toegewezen]),
        np.concatenate([one.begonnen, two.begonnen]),
        np.concatenate([one.beeindigd, two.beeindigd]),
        0,
    )
    told = forecast(both, np.stack([new[:JUNE], old[:JUNE]]), JUNE, Terugkijk(6, 12, 3))
    for method in (SEIZOEN, VERPLICHTINGEN, VOORRAAD):
        assert told.rest[method][0] == pytest.approx(7 * 60)


def test_forecasts_of_the_past_use_only_what_was_known_then() -> None:
    rng = np.random.default_rng(3)
    months = 40
    bij = rng.integers(50, 100, (2, months, 4)).astype(float) * np.array([8, 4, 2, 1])

    def kennis(increments: Array, allotted: float = 1.0) -> Kennis:
        seen = np.zeros((2, months, months))
        for origin in range(months):
            for step in range(4):
                seen[:, origin, min(origin + step, months - 1)] += increments[:, origin, step] * (
                    origin + step < months
                )
        wide = np.tile(1000 + np.arange(48.0)[None, :, None], (2, 1, months))
        wide[:, :, 31:] *= allotted
        flow = np.zeros((2, months, months))
        return Kennis(seen.cumsum(axis=2), wide, flow, flow, 0)

    choices = Keuzes(Vensters(12, 12), Terugkijk(6, 12, 3), Vooraf(0.04, 2), 100, 50)
    later = bij.copy()
    for origin in range(months):
        later[:, origin, max(0, 31 - origin) :] *= 3
    first = look_back(kennis(bij), bij, 0, choices)
    second = look_back(kennis(later, 2.0), later, 0, choices)
    same = [
        np.allclose(a.voorspelling.rest, b.voorspelling.rest)
        and np.allclose(a.voorspelling.nagekomen, b.voorspelling.nagekomen)
        for a, b in zip(first, second, strict=True)
    ]
    assert same == [moment.maand < 31 for moment in first]


def test_shocks_weigh_the_belief_as_so_many_years() -> None:
    # one product, errors of 10 % in year 1 (twice) and 2 % in year 2; the belief of 4 % weighs as two years
    uncertain = np.full((3, 1), 100.0)
    missed = np.array([[10.0], [-10.0], [2.0]])
    found = estimate_shocks(
        uncertain, missed, np.array([1, 1, 2]), np.array([0]), np.array([1.0]), Vooraf(0.04, 2)
    )
    wanted = (2 * 0.04**2 + 0.1**2 + 0.02**2) / 4
    # of one product the whole is the wet is the product: what the product's own shock adds is not drawn twice
    own = float(found.per_segment[0]) ** 2
    assert own == pytest.approx(2 * 0.08**2 / 4)
    assert found.samen**2 + float(found.per_wet[0]) ** 2 + own == pytest.approx(max(wanted, own))


amounts = st.lists(st.floats(0, 1e9), min_size=4, max_size=4)


@given(certain=amounts, uncertain=amounts, sizes=st.lists(st.floats(0, 0.5), min_size=4, max_size=4))
def test_simulation_is_the_same_each_time_and_its_middle_is_the_forecast(
    certain: list[float], uncertain: list[float], sizes: list[float]
) -> None:
    fixed, unsure, wet = np.array(certain), np.array(uncertain), np.array([0, 0, 1, 1])
    shocks = Schokken(0.03, np.array([0.01, 0.02]), np.array(sizes))
    paths = simulate(fixed, unsure, wet, shocks, 400, 7)
    assert (paths == simulate(fixed, unsure, wet, shocks, 400, 7)).all()
    assert (paths >= fixed - 1e-6).all()
    low, middle, high = np.quantile(paths, [0.1, 0.5, 0.9], axis=0)
    assert (low <= middle).all()
    assert (middle <= high).all()
    assert middle == pytest.approx(fixed + unsure, rel=1e-9, abs=1e-6)


def test_products_move_together() -> None:
    # ten equal products: with a common shock of 10 % the sum varies as much as one does, not a third of it
    one = np.full(10, 100.0)
    wet = np.zeros(10, dtype=np.int64)
    together = simulate(0 * one, one, wet, Schokken(0.1, np.zeros(1), np.zeros(10)), 2000, 1).sum(axis=1)
    apart = simulate(0 * one, one, wet, Schokken(0.0, np.zeros(1), np.full(10, 0.1)), 2000, 1).sum(axis=1)
    assert together.std() == pytest.approx(100, rel=0.1)
    assert apart.std() == pytest.approx(100 / np.sqrt(10), rel=0.1)


@given(
    year_=st.lists(st.lists(st.floats(0, 1e6), min_size=3, max_size=3), min_size=1, max_size=4),
    shares=st.lists(st.lists(st.floats(0, 0.5), min_size=2, max_size=2), min_size=3, max_size=3),
    limits=st.lists(st.floats(0, 1e6), min_size=2, max_size=2),
)
def test_no_path_gives_an_aanbieder_more_than_its_plafond(
    year_: list[list[float]], shares: list[list[float]], limits: list[float]
) -> None:
    certain = np.array([100.0, 200.0, 0.0])
    paths = certain + np.array(year_)
    realised = np.array([[50.0, 50.0], [100.0, 0.0], [0.0, 0.0]])
    ceilings = Plafonds(np.array(limits), realised, np.array(shares))
    capped = cap(paths, certain, ceilings)
    assert (capped <= paths + 1e-6).all()
    assert (capped >= certain - 1e-6).all()
    # per aanbieder: what is declared, and its share of what is to come, lowered by its own cut
    coming = paths - certain
    room = np.maximum(np.array(limits) - realised.sum(axis=0), 0)
    got = np.minimum(coming @ np.array(shares), room)
    assert (coming.sum(axis=1) - (capped - certain).sum(axis=1)) == pytest.approx(
        (coming @ np.array(shares) - got).sum(axis=1), rel=1e-6, abs=1e-3
    )


def toets(methode: str, fout: float, aantal: int, achteraf: bool = False) -> list[dict[str, Any]]:
    """Replays of the total with the same error each."""
    row = {"wet": "totaal", "methode": methode, "achteraf": achteraf, "werkelijk_cent": 1000}
    return [{**row, "p50_cent": round(1000 * (1 + fout))}] * aantal


def test_default_is_the_smallest_error_without_hindsight_over_enough_months() -> None:
    rows = toets("lineair", 0.05, 12) + toets("seizoen", -0.02, 12) + toets("voorraad", 0.01, 11)
    hindsight = toets("verplichtingen", 0.0, 24, achteraf=True)
    assert choose_method(pl.DataFrame(rows + hindsight), 12) == "seizoen"
    assert choose_method(pl.DataFrame(rows + hindsight), 13) == METHODEN[LINEAIR]


PRODUCT = [
    {"productcode": "02A01", "product": "a", "hoofdproduct": "H", "productgroep": "G"},
    {"productcode": "02A02", "product": "b", "hoofdproduct": "H", "productgroep": "G"},
]


def lines(last: tuple[int, int], **extra: Any) -> list[dict[str, Any]]:
    """From January 2024 to `last` (year, month): 100 euro of a, 50 of b a month, declared a month later."""
    rows = []
    for number in range(2024 * 12, last[0] * 12 + last[1]):
        begin = f"{number // 12}-{number % 12 + 1:02d}-01"
        after = f"{(number + 1) // 12}-{(number + 1) % 12 + 1:02d}-05"
        for code, cent in (("02A01", 10_000), ("02A02", 5_000)):
            rows.append(
                {
                    "periode_begin": begin,
                    "ontvangen_op": after,
                    "bedrag_cent": cent,
                    "productcode": code,
                    **extra,
                }
            )
    return rows


def test_a_build_forecasts_a_steady_year(snapshot: Snapshot) -> None:
    # 150 euro a month is 1.800 a year by every method; five full months are known at the end of June
    vraag = snapshot(
        {
            "product": PRODUCT,
            "declaratieregel": lines((2026, 5)),
            "begroting": [
                {
                    "jaar": 2026,
                    "wet": "Wmo",
                    "hoofdproduct": "H",
                    "soort": "product",
                    "bedrag_cent": 300_000,
                    "vastgesteld_op": "2025-11-10",
                    "bron": "synthetisch",
                },
                {
                    "jaar": 2026,
                    "wet": "Wmo",
                    "soort": "taakstelling",
                    "bedrag_cent": -130_000,
                    "vastgesteld_op": "2025-11-10",
                    "bron": "synthetisch",
                },
            ],
            "grootboek": [
                {
                    "jaar": 2026,
                    "periode": m,
                    "hoofdproduct": "H",
                    "soort": "vast",
                    "bedrag_cent": 1_000,
                    "geboekt_op": f"2026-{m:02d}-28",
                    "ontvangen_op": f"2026-{m:02d}-28",
                }
                for m in range(1, 7)
            ],
        },
        "2026-06-30",
    )
    found = vraag(
        "SELECT niveau, wet, hoofdproduct, product, p50_cent, begroting_cent, kans_overschrijding,"
        " gerealiseerd_cent, nagekomen_cent, nog_te_leveren_cent FROM mart.prognose"
        " WHERE niveau <> 'productgroep' AND methode = 'seizoen' ORDER BY niveau, product"
    )
    # fixed: 10 euro a month, of six months known; budgets 3.000, and 3.000 - 1.300 = 1.700 with taakstelling
    whole = (192_000, 170_000, 1.0, 81_000, 0, 111_000)
    assert found == [
        ("hoofdproduct", "Wmo", "H", None, 192_000, 300_000, 0.0, 81_000, 0, 111_000),
        ("product", "Wmo", "H", "a", 120_000, None, None, 50_000, 0, 70_000),
        ("product", "Wmo", "H", "b", 60_000, None, None, 25_000, 0, 35_000),
        ("totaal", "totaal", None, None, *whole),
        ("wet", "Wmo", None, None, *whole),
    ]
    assert vraag(
        "SELECT DISTINCT methode, p50_cent FROM mart.prognose WHERE niveau = 'totaal' ORDER BY 1"
    ) == [
        ("lineair", 192_000),
        ("seizoen", 192_000),
        ("verplichtingen", 192_000),
        ("voorraad", 192_000),
    ]
    assert vraag("SELECT count(DISTINCT methode), min(p90_cent - p50_cent) > 0 FROM mart.prognose") == [
        (4, True)
    ]


def test_a_subsidie_booked_once_is_not_booked_each_month(snapshot: Snapshot) -> None:
    # 150 euro a month of messages, 10 of pgb each month, and a subsidie of 300: in 2025 as an amount of the
    # whole year (periode 0), in 2026 booked in February; beside it 40 a quarter that has its June to come
    ledger = [
        *((2025, m, "pgb", 1_000, m) for m in range(1, 13)),
        *((2026, m, "pgb", 1_000, m) for m in range(1, 6)),
        (2025, 0, "subsidie", 30_000, 4),
        (2026, 2, "subsidie", 30_000, 2),
        *((2025, m, "overig", 4_000, m) for m in (3, 6, 9, 12)),
        (2026, 3, "overig", 4_000, 3),
    ]
    vraag = snapshot(
        {
            "product": PRODUCT,
            "declaratieregel": lines((2026, 4)),
            "grootboek": [
                {
                    "jaar": year,
                    "periode": period,
                    "hoofdproduct": "H",
                    "soort": kind,
                    "bedrag_cent": cents,
                    "geboekt_op": f"{year}-{month:02d}-28",
                    "ontvangen_op": f"{year}-{month:02d}-28",
                }
                for year, period, kind, cents, month in ledger
            ],
        },
        "2026-05-31",
    )
    assert vraag("SELECT p50_cent FROM mart.prognose WHERE niveau = 'totaal' AND methode = 'seizoen'") == [
        (180_000 + 12_000 + 30_000 + 16_000,)
    ]


def test_replays_tell_what_would_have_been_said(snapshot: Snapshot) -> None:
    vraag = snapshot({"product": PRODUCT, "declaratieregel": lines((2026, 12))}, "2026-12-31")
    # 2024 is the first year, of which nothing could be told; of 2025 December is twelve months old
    assert vraag(
        "SELECT jaar, peilmaand, count(*), min(fout_fractie), max(fout_fractie), bool_and(binnen_band),"
        " bool_or(achteraf) FROM mart.prognose_toets WHERE wet = 'totaal' AND peilmaand IN (1, 6)"
        " GROUP BY ALL ORDER BY 2"
    ) == [(2025, 1, 4, 0.0, 0.0, True, False), (2025, 6, 4, 0.0, 0.0, True, False)]
    assert vraag(
        "SELECT methode, aantal, fout_fractie, dekking_fractie FROM mart.prognose_methode"
        " WHERE wet = 'totaal' AND peilmaand IS NULL AND methode = 'lineair'"
    ) == [("lineair", 12, 0.0, 1.0)]


def test_history_without_moments_of_knowledge_is_hindsight_and_chooses_nothing(
    snapshot: Snapshot,
) -> None:
    rows = lines((2026, 12), status="goedgekeurd")
    vraag = snapshot({"product": PRODUCT, "declaratieregel": rows}, "2026-12-31")
    assert vraag("SELECT DISTINCT achteraf FROM mart.prognose_toets") == [(True,)]
    assert vraag("SELECT count(*) FROM mart.prognose_methode") == [(0,)]
    assert vraag("SELECT DISTINCT methode FROM mart.prognose WHERE standaard") == [("lineair",)]


def test_plafond_holds_where_plafonds_were_kept(snapshot: Snapshot) -> None:
    contract = {
        "wet": "Wmo",
        "aanbieder_agb": "00000001",
        "perceel": "p",
        "bekostiging": "inspanningsgericht",
    }
    tables = {
        "product": PRODUCT,
        "declaratieregel": lines((2026, 5)),
        "contract": [
            {**contract, "jaar": 2025, "budgetplafond_cent": 200_000},
            {**contract, "jaar": 2026, "budgetplafond_cent": 150_000},
        ],
    }
    vraag = snapshot(tables, "2026-06-30")
    assert vraag("SELECT max(p90_cent) FROM mart.prognose WHERE niveau = 'totaal'") == [(150_000,)]
    # last year 1.800 euro was spent under a plafond of 1.700: nobody kept it, so it is no limit
    tables["contract"][0]["budgetplafond_cent"] = 170_000
    assert snapshot(tables, "2026-06-30")(
        "SELECT p50_cent FROM mart.prognose WHERE niveau = 'totaal' AND methode = 'seizoen'"
    ) == [(180_000,)]


def test_levels_add_up_to_each_other(snapshot: Snapshot) -> None:
    # paths are summed: the middle of the sum is near the sum of the middles, its band narrower than their sum
    vraag = snapshot(
        {"product": PRODUCT, "declaratieregel": lines((2026, 5))},
        "2026-06-30",
        options=Options(settings=Settings(prognose_paden=400)),
    )
    for whole, parts, band, bands in vraag(
        "SELECT sum(p50_cent) FILTER (WHERE niveau = 'totaal'),"
        " sum(p50_cent) FILTER (WHERE niveau = 'product'),"
        " sum(p90_cent - p10_cent) FILTER (WHERE niveau = 'totaal'),"
        " sum(p90_cent - p10_cent) FILTER (WHERE niveau = 'product') FROM mart.prognose GROUP BY methode"
    ):
        assert whole == pytest.approx(parts, rel=0.005)
        assert 0 < band <= bands
