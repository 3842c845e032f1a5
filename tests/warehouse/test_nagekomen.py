"""Nagekomen declaraties: published triangles, cases by hand, and the law of two time axes."""

import importlib
import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot
from tests.warehouse.tiny import build, write_lake
from warehouse.build import Options
from warehouse.rekenen.afloop import (
    bornhuetter_ferguson,
    cape_cod,
    chain_ladder,
    cumulative_triangle,
    development,
    mack_mse,
    mack_total_mse,
)
from warehouse.rekenen.terugblik import Vensters, choose, judge, replay
from warehouse.settings import Settings

# Reinsurance Association of America, as in Mack (1994), "Measuring the variability of chain ladder reserve
# estimates": the standard errors per origin and the total of 26.909 are his; the ultimate is the package's.
RAA = [
    [5012, 8269, 10907, 11805, 13539, 16181, 18009, 18608, 18662, 18834],
    [106, 4285, 5396, 10666, 13782, 15599, 15496, 16169, 16704],
    [3410, 8992, 13873, 16141, 18735, 22214, 22863, 23466],
    [5655, 11555, 15766, 21266, 23425, 26083, 27067],
    [1092, 9565, 15836, 22169, 25955, 26180],
    [1513, 6445, 11702, 12935, 15852],
    [557, 4020, 10946, 12314],
    [1351, 6947, 13112],
    [3133, 5395],
    [2063],
]
MACK = [0, 206, 623, 747, 1469, 2002, 2209, 5358, 6333, 24566]


def triangle(rows: list[list[float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cumulative triangle with NaN, its latest diagonal and the ages."""
    wide = np.full((len(rows), max(map(len, rows))), np.nan)
    for number, row in enumerate(rows):
        wide[number, : len(row)] = row
    ages = np.array([len(row) - 1 for row in rows])
    return wide, np.array([row[-1] for row in rows], dtype=float), ages


def test_published_triangle_gives_the_published_figures() -> None:
    wide, latest, ages = triangle(RAA)
    pattern = development(wide)
    ultimate = chain_ladder(latest, ages, pattern)
    assert ultimate.sum() == pytest.approx(213_122.23, abs=0.005)
    assert np.rint(np.sqrt(mack_mse(ultimate, ages, pattern))).tolist() == MACK
    assert round(math.sqrt(float(mack_total_mse(ultimate, ages, pattern)))) == 26_909


def test_the_package_chainladder_agrees() -> None:
    cl = importlib.import_module("chainladder")
    wide, latest, ages = triangle(RAA)
    theirs = cl.MackChainladder().fit(
        cl.Development(sigma_interpolation="mack").fit_transform(cl.load_sample("raa"))
    )
    pattern = development(wide)
    ultimate = chain_ladder(latest, ages, pattern)
    assert ultimate == pytest.approx(np.asarray(theirs.ultimate_.values).ravel(), rel=1e-9)
    total = math.sqrt(float(mack_total_mse(ultimate, ages, pattern)))
    assert total == pytest.approx(float(np.asarray(theirs.total_mack_std_err_).ravel()[0]), rel=1e-6)


def test_methods_by_hand() -> None:
    # f0 = (160 + 240) / (100 + 150) = 1.6, f1 = 176 / 160 = 1.1: G = 1/1.76, 1/1.1, 1
    wide, latest, ages = triangle([[100, 160, 176], [150, 240], [110]])
    pattern = development(wide)
    assert pattern.factor.tolist() == pytest.approx([1.6, 1.1])
    assert pattern.fractie.tolist() == pytest.approx([1 / 1.76, 1 / 1.1, 1])
    assert chain_ladder(latest, ages, pattern).tolist() == pytest.approx([176, 264, 193.6])
    # exposure 200, 330, 176: used 200 + 300 + 100 = 600 against 526 reported
    exposure = np.array([200.0, 330.0, 176.0])
    q = cape_cod(latest, exposure, ages, pattern)
    assert float(q) == pytest.approx(526 / 600)
    bf = bornhuetter_ferguson(latest, exposure, q, ages, pattern)
    assert bf.tolist() == pytest.approx([176, 240 + 30 * 526 / 600, 110 + 76 * 526 / 600])


def test_newest_origins_only() -> None:
    # with a window of one, each factor rests on the newest pair alone: 240 / 150, and 176 / 160
    wide, _, _ = triangle([[100, 160, 176], [150, 240], [110]])
    assert development(wide, 1).factor.tolist() == pytest.approx([1.6, 1.1])
    wide, _, _ = triangle([[100, 180, 198], [150, 240], [110]])
    assert development(wide, 1).factor.tolist() == pytest.approx([1.6, 1.1])


@given(
    pattern=st.lists(st.floats(0.05, 1), min_size=2, max_size=8),
    sizes=st.lists(st.floats(1, 1e7), min_size=8, max_size=12),
)
def test_an_exact_pattern_is_found_exactly(pattern: list[float], sizes: list[float]) -> None:
    share = np.cumsum(pattern) / sum(pattern)
    origins = len(sizes)
    ages = np.arange(origins - 1, -1, -1)
    increments = np.diff(np.outer(sizes, share), axis=1, prepend=0)
    wide = cumulative_triangle(increments, ages)
    latest = np.array([wide[i, min(age, len(pattern) - 1)] for i, age in enumerate(ages)])
    found = development(wide)
    ultimate = chain_ladder(latest, ages, found)
    assert ultimate == pytest.approx(np.array(sizes), rel=1e-6)
    assert np.sqrt(mack_mse(ultimate, ages, found)) == pytest.approx(np.zeros(origins), abs=1e-3 * max(sizes))


@given(st.lists(st.lists(st.integers(-1000, 1000), min_size=4, max_size=4), min_size=1, max_size=7))
def test_any_triangle_has_finite_factors_and_errors(rows: list[list[int]]) -> None:
    ages = np.arange(len(rows) - 1, -1, -1)
    wide = cumulative_triangle(np.array(rows, dtype=float), ages)
    pattern = development(wide)
    assert np.isfinite(pattern.fractie).all()
    assert np.isfinite(pattern.sigma2).all()
    latest = np.array([wide[i, min(age, 3)] for i, age in enumerate(ages)])
    ultimate = np.nan_to_num(chain_ladder(latest, ages, pattern))
    assert np.isfinite(mack_mse(ultimate, ages, pattern)).all()
    assert (mack_mse(ultimate, ages, pattern) >= 0).all()


def test_replay_uses_only_what_was_known_then() -> None:
    # what became known after a moment may not change what was estimated at it
    rng = np.random.default_rng(1)
    months = 40
    bij = rng.integers(50, 100, (2, months, 5)).astype(float) * np.array([8, 4, 2, 1, 0])
    exposure = np.tile(rng.integers(900, 1500, (2, months, 1)).astype(float), (1, 1, months))
    known = bij.sum(axis=2)
    first = replay(bij, exposure, known, 6, 4, Vensters(12, 12))
    later = bij.copy()
    for origin in range(months):
        later[:, origin, max(0, 31 - origin) :] *= 3
    second = replay(later, exposure, known, 6, 4, Vensters(12, 12))
    assert first.ultimate[..., :31] == pytest.approx(second.ultimate[..., :31], nan_ok=True)
    assert not np.allclose(first.ultimate[..., 31:], second.ultimate[..., 31:], equal_nan=True)


def test_choice_follows_the_smallest_error_and_needs_enough_months() -> None:
    # exact in proportion to what is reported (the ladder is right), with an exposure that says nothing
    rng = np.random.default_rng(2)
    months = 48
    size = rng.integers(500, 2000, (1, months, 1)).astype(float)
    bij = size * np.array([0.5, 0.3, 0.15, 0.05])
    exposure = np.tile(rng.integers(100, 5000, (1, months, 1)).astype(float), (1, 1, months))
    verdict = judge(replay(bij, exposure, size[..., 0], 6, 3, Vensters(12, 12)), 1.2816)
    take_bf, enough = choose(verdict, 12)
    assert enough.all()
    assert not take_bf.any()
    assert verdict.fout[0] == pytest.approx(np.zeros((1, 3)), abs=1e-9)
    take_bf, enough = choose(verdict, 100)
    assert take_bf.all()
    assert not enough.any()


REGELS: list[dict[str, Any]] = [
    {
        "periode_begin": "2026-01-01",
        "bedrag_cent": 10_000,
        "ontvangen_op": "2026-02-03",
        "status": "goedgekeurd",
        "toegekend_cent": 9_000,
        "beantwoord_op": "2026-03-10",
    },
    {
        "periode_begin": "2026-01-01",
        "bedrag_cent": 5_000,
        "ontvangen_op": "2026-02-28T23:30:00",
        "status": "afgekeurd",
        "toegekend_cent": 0,
        "beantwoord_op": "2026-04-01",
    },
    {"periode_begin": "2026-02-01", "bedrag_cent": 7_000, "ontvangen_op": "2026-03-01"},
    {"periode_begin": "2026-01-01", "bedrag_cent": -2_000, "ontvangen_op": "2026-05-20"},
    {
        "periode_begin": "2026-03-01",
        "bedrag_cent": 4_000,
        "ontvangen_op": "2026-04-30",
        "status": "goedgekeurd",
        "toegekend_cent": 4_000,
        "beantwoord_op": "2026-04-30",
    },
]


@pytest.mark.parametrize("moment", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"])
def test_what_became_known_adds_up_to_the_build_of_that_date(
    snapshot: Snapshot, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import warehouse.analyse.nagekomen as analyse

    seen: list[Any] = []
    real = analyse.estimate_all

    def spy(development: Any, *rest: Any) -> Any:
        seen.append(development)
        return real(development, *rest)

    monkeypatch.setattr(analyse, "estimate_all", spy)
    tables = {"product": [{"productcode": "02A01", "product": "a"}], "declaratieregel": REGELS}
    snapshot(tables)
    whole = seen.pop()
    known = [row for row in whole.iter_rows(named=True) if row["bekend_maand"] <= date.fromisoformat(moment)]
    told: dict[str, int] = {}
    for row in known:
        told[str(row["levermaand"])] = told.get(str(row["levermaand"]), 0) + row["delta_cent"]
    then = snapshot(tables, moment)(
        "SELECT levermaand::VARCHAR, sum(realisatie_cent) FROM mart.pq_maand GROUP BY 1"
    )
    assert told == dict(then)


def test_month_that_is_not_over_counts_as_reported_but_not_in_the_pattern(snapshot: Snapshot) -> None:
    # each month 600 comes after one month and 400 after two; on 15 October that of September is in already
    rows = [
        {"periode_begin": f"2026-{m:02d}-01", "bedrag_cent": cent, "ontvangen_op": f"2026-{m + lag:02d}-05"}
        for m in range(1, 10)
        for lag, cent in ((1, 600), (2, 400))
        if m + lag <= 10
    ]
    vraag = snapshot(
        {"product": [{"productcode": "02A01", "product": "a"}], "declaratieregel": rows}, "2026-10-15"
    )
    found = vraag(
        "SELECT levermaand::VARCHAR, leeftijd_maanden, gerapporteerd_cent, ultimate_cent, nagekomen_cent,"
        " methode"
        " FROM mart.nagekomen WHERE aanbieder_agb IS NULL AND levermaand >= DATE '2026-07-01' ORDER BY 1"
    )
    # the last levermaand is August; September has no row yet
    assert found == [
        ("2026-07-01", 2, 1000, 1000, 0, "kettingladder"),
        ("2026-08-01", 1, 1000, 1000, 0, "kettingladder"),
    ]


def test_history_loaded_at_once_says_nothing_about_the_pattern(snapshot: Snapshot) -> None:
    # 2025 came in one file in February 2026; from then on each month is complete one month later
    old = [
        {"periode_begin": f"2025-{m:02d}-01", "bedrag_cent": 1000, "ontvangen_op": "2026-02-10"}
        for m in range(1, 13)
    ]
    new = [
        {"periode_begin": f"2026-{m:02d}-01", "bedrag_cent": 1000, "ontvangen_op": f"2026-{m + 1:02d}-10"}
        for m in range(1, 10)
    ]
    vraag = snapshot({"product": [{"productcode": "02A01", "product": "a"}], "declaratieregel": old + new})
    assert vraag(
        "SELECT sum(nagekomen_cent), sum(ultimate_cent) FROM mart.nagekomen WHERE aanbieder_agb IS NULL"
    ) == [(0, 21_000)]


def test_large_provider_has_rows_of_its_own_and_fraction_reaches_uitnutting(snapshot: Snapshot) -> None:
    rows = [
        {
            "periode_begin": f"2026-{m:02d}-01",
            "bedrag_cent": cent,
            "ontvangen_op": f"2026-{m + lag:02d}-05",
            "aanbieder_agb": who,
        }
        for m in range(1, 10)
        for who, lag, cent in (
            ("00000001", 1, 540),
            ("00000001", 2, 360),
            ("00000002", 1, 60),
            ("00000002", 2, 40),
        )
        if m + lag <= 10
    ]
    tables = {"product": [{"productcode": "02A01", "product": "a"}], "declaratieregel": rows}
    vraag = snapshot(tables, options=Options(settings=Settings(grote_aanbieder_procent=11)))
    assert vraag(
        "SELECT aanbieder_agb, gerapporteerd_cent, ultimate_cent, fractie FROM mart.nagekomen"
        " WHERE levermaand = DATE '2026-09-01' ORDER BY 1"
    ) == [("00000001", 540, 900, 0.6), (None, 600, 1000, 0.6)]
    assert vraag(
        "SELECT DISTINCT gerapporteerde_fractie FROM mart.uitnutting_maand"
        " WHERE levermaand = DATE '2026-09-01'"
    ) == [(0.6,)]


def test_exposure_is_what_was_toegewezen_at_that_time(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # 10 hours a month at 50 euro, raised to 20 in April and to 40 in May: each counts from its own month on
    import warehouse.analyse.nagekomen as analyse

    seen: list[Any] = []
    real = analyse.estimate_all

    def spy(development: Any, promised: Any, *rest: Any) -> Any:
        seen.append(promised)
        return real(development, promised, *rest)

    monkeypatch.setattr(analyse, "estimate_all", spy)
    base = {"ingangsdatum": "2026-01-01", "einddatum": "2026-12-31", "eenheid": "04", "frequentie": "4"}
    tables = {
        "product": [{"productcode": "02A01", "product": "a"}],
        "tarief": [
            {
                "wet": "Wmo",
                "aanbieder_agb": "00000001",
                "productcode": "02A01",
                "eenheid": "04",
                "tarief_cent": 5000,
                "geldig_van": "2026-01-01",
            }
        ],
        "toewijzing": [
            {**base, "volume": 10, "toegewezen_op": "2025-12-20", "ontvangen_op": "2025-12-20"},
            {**base, "volume": 20, "toegewezen_op": "2026-04-02", "ontvangen_op": "2026-04-02"},
            {**base, "volume": 40, "toegewezen_op": "2026-05-02", "ontvangen_op": "2026-05-02"},
        ],
        "declaratieregel": [{"periode_begin": "2026-01-01", "bedrag_cent": 1}],
    }
    build(write_lake(tmp_path / "lake", tables), tmp_path / "s.duckdb", date(2026, 6, 30))
    found = {
        (str(row["bekend_maand"]), row["delta_cent"])
        for row in seen[0].iter_rows(named=True)
        if str(row["levermaand"]) == "2026-11-01"
    }
    assert found == {("2026-01-01", 50_000), ("2026-04-01", 50_000), ("2026-05-01", 100_000)}
