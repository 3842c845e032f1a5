"""The maths of the decomposition: closed forms, a naive reference, LMDI, and laws that hold for any cells."""

from itertools import permutations
from math import log, prod

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.rekenen.pq import CELL, CELLS, EFFECTS, LEVEL, decompose, raise_cells
from warehouse.rekenen.shapley import round_in_groups, round_to_sum, shapley


def naive(begin: list[float], end: list[float]) -> list[float]:
    """Shapley value as it is defined: the mean marginal change over all orders of the factors."""
    effects = [0.0] * len(begin)
    orders = list(permutations(range(len(begin))))
    for order in orders:
        now = list(begin)
        for factor in order:
            before = prod(now)
            now[factor] = end[factor]
            effects[factor] += (prod(now) - before) / len(orders)
    return effects


def columns(*cells: list[float]) -> np.ndarray:
    return np.array(cells).T


def test_two_factors_are_the_closed_form() -> None:
    # METHODEN §2, n=2: E_Q = (P0+P1)/2 (Q1-Q0), E_P = (Q0+Q1)/2 (P1-P0); 100 x 50 becomes 120 x 60
    found = shapley(columns([100.0, 50.0]), columns([120.0, 60.0]))
    assert found[:, 0].tolist() == [55 * 20, 110 * 10]


def test_three_factors_are_the_closed_form() -> None:
    # METHODEN §2, n=3: E_P = dP (Q0M0/3 + (Q0M1 + Q1M0)/6 + Q1M1/3)
    p0, q0, m0, p1, q1, m1 = 7.0, 3.0, 5.0, 11.0, 4.0, 2.0
    found = shapley(columns([p0, q0, m0]), columns([p1, q1, m1]))
    expected = (p1 - p0) * (q0 * m0 / 3 + (q0 * m1 + q1 * m0) / 6 + q1 * m1 / 3)
    assert found[0, 0] == pytest.approx(expected, abs=1e-12)
    assert found.sum() == pytest.approx(p1 * q1 * m1 - p0 * q0 * m0)


FACTOR = st.floats(-20, 20, allow_nan=False)


@given(st.integers(1, 6).flatmap(lambda n: st.tuples(*[st.lists(FACTOR, min_size=n, max_size=n)] * 2)))
@settings(max_examples=25, deadline=None)
def test_effects_are_the_mean_over_all_orders(sides: tuple[list[float], list[float]]) -> None:
    found = shapley(columns(sides[0]), columns(sides[1]))
    assert found[:, 0].tolist() == pytest.approx(naive(*sides), rel=1e-9, abs=1e-6)


def test_eight_factors_are_the_mean_over_all_orders() -> None:
    begin = [400.0, 21.5, 1.1, 0.3, 2.4, 0.85, 1.0, 6100.0]
    end = [430.0, 20.0, 1.2, 0.25, 2.5, 0.9, 1.05, 6050.0]
    found = shapley(columns(begin, end), columns(end, begin))
    expected = naive(begin, end)
    assert found[:, 0].tolist() == pytest.approx(expected, rel=1e-10)
    assert found[:, 1].tolist() == pytest.approx([-value for value in expected], rel=1e-10)


def test_lmdi_gives_other_effects_with_the_same_sum() -> None:
    # METHODEN §2: L(x, y) = (x - y) / ln(x / y); E_f = L(K1, K0) ln(f1 / f0)
    begin, end = [400.0, 21.5, 0.3, 6100.0], [430.0, 20.0, 0.25, 6400.0]
    k0, k1 = prod(begin), prod(end)
    lmdi = [(k1 - k0) / log(k1 / k0) * log(b / a) for a, b in zip(begin, end, strict=True)]
    found = shapley(columns(begin), columns(end))[:, 0].tolist()
    assert sum(found) == pytest.approx(k1 - k0)
    assert sum(lmdi) == pytest.approx(k1 - k0)
    assert found == pytest.approx(lmdi, rel=0.02)
    assert found != pytest.approx(lmdi, rel=1e-6)


def test_a_factor_that_did_not_change_has_no_effect_at_all() -> None:
    found = shapley(columns([0.1, 0.3, 0.7]), columns([0.2, 0.3, 0.9]))
    assert found[1, 0] == 0.0


def test_cents_are_rounded_by_largest_remainder() -> None:
    # 1,6 + 1,6 - 0,2 = 3: floors are 1, 1 and -1, two cents are short and the largest remainders get them
    parts = np.array([[1.6, 10.0], [1.6, 0.5], [-0.2, 0.5]])
    assert round_to_sum(parts, np.array([3, 11])).T.tolist() == [[2, 1, 0], [10, 1, 0]]
    rows = np.array([0.4, 0.4, 2.2, -0.5, 1.5])
    assert round_in_groups(rows, np.array([0, 0, 0, 1, 1]), np.array([3, 1])).tolist() == [1, 0, 2, 0, 1]


@given(
    st.lists(st.lists(st.floats(-1e9, 1e9), min_size=4, max_size=4), min_size=1, max_size=6),
    st.integers(-1000, 1000),
)
def test_rounding_keeps_the_sum_and_moves_less_than_a_cent(parts: list[list[float]], shift: int) -> None:
    exact = np.array(parts).T
    total = np.round(exact.sum(axis=0)).astype(np.int64)
    exact[0] += total - exact.sum(axis=0)
    found = round_to_sum(exact, total)
    assert found.sum(axis=0).tolist() == total.tolist()
    assert np.all(np.abs(found - exact) < 1 + 1e-5)
    # a total that the parts do not sum to is met as well, and evenly
    assert round_to_sum(exact, total + shift).sum(axis=0).tolist() == (total + shift).tolist()


# --- decompose ---------------------------------------------------------------------------------------------

PLACE = {"gemeentecode": "0392", "wet": "Wmo", "hoofdproduct": "Begeleiding", "productgroep": "Begeleiding"}


def cells(*rows: dict[str, object]) -> pl.DataFrame:
    """Cells with defaults: one client 70 days, all in one product, 10 units, nothing toegewezen."""
    defaults: dict[str, object] = {**PLACE, "cel": "WK01", "product": "licht", "zwaarte": "licht"}
    defaults |= {"eenheid": "04", "clienten": 1, "clientdagen": 70, "product_clienten": 1, "productdagen": 70}
    defaults |= {"toegewezen_volume": 0.0, "volume": 10.0, "realisatie_cent": 50000, "overig_cent": 0}
    return pl.DataFrame([{**defaults, **row} for row in rows], schema=CELLS)


def effects(found: pl.DataFrame) -> list[dict[str, int]]:
    """Per row the effects that are not 0, by short name."""
    short = [(name, name.removeprefix("effect_").removesuffix("_cent")) for name in EFFECTS]
    return [{naam: row[name] for name, naam in short if row[name]} for row in found.to_dicts()]


def test_each_factor_lands_in_its_own_column() -> None:
    begin = cells({"toegewezen_volume": 20.0})
    change: dict[str, dict[str, object]] = {
        "clienten": {"clienten": 2, "clientdagen": 140, "productdagen": 140, "volume": 20.0}
        | {"toegewezen_volume": 40.0, "realisatie_cent": 100000},
        "duur": {"clientdagen": 140, "productdagen": 140, "volume": 20.0}
        | {"toegewezen_volume": 40.0, "realisatie_cent": 100000},
        "stapeling": {"productdagen": 140, "volume": 20.0, "toegewezen_volume": 40.0}
        | {"realisatie_cent": 100000},
        "toegewezen_intensiteit": {"volume": 20.0, "toegewezen_volume": 40.0, "realisatie_cent": 100000},
        "uitnutting": {"toegewezen_volume": 20.0, "volume": 20.0, "realisatie_cent": 100000},
        "prijs": {"toegewezen_volume": 20.0, "realisatie_cent": 100000},
        "overig": {"toegewezen_volume": 20.0, "realisatie_cent": 100000, "overig_cent": 50000},
    }
    for name, row in change.items():
        assert effects(decompose(begin, cells(row))) == [{name: 50000}], name
    free = decompose(cells({}), cells({"volume": 20.0, "realisatie_cent": 100000}))
    assert effects(free) == [{"geleverde_intensiteit": 50000}]
    index = cells({}).select(CELL).with_columns(tariefindex=pl.lit(2.0))
    assert effects(decompose(cells({}), cells({"realisatie_cent": 100000}), index)) == [
        {"tariefindex": 50000}
    ]


def test_a_product_that_starts_is_mix_and_a_cheap_one_is_a_saving() -> None:
    # 70 of 70 days at 500 euro; then half of the days go to a product that costs 50 for as many days
    later = cells(
        {"productdagen": 35, "volume": 5.0, "realisatie_cent": 25000},
        {"product": "online", "productdagen": 35, "volume": 5.0, "realisatie_cent": 2500},
    )
    found = decompose(cells({}), later)
    assert effects(found) == [{"mix": -25000}, {"mix": 2500}]
    # centred: mean cost is (3/4 x 500 + 1/4 x 50) = 387,50 a full share
    assert found["effect_mix_gecentreerd_cent"].to_list() == [-5625, -16875]
    assert effects(decompose(later, cells({}))) == [{"mix": 25000}, {"mix": -2500}]


def test_a_level_that_starts_or_ends_is_clients() -> None:
    there, nowhere = cells({"toegewezen_volume": 20.0}), cells({"cel": "WK02"})
    assert effects(decompose(nowhere, there)) == [{"clienten": 50000}, {"clienten": -50000}]
    assert effects(decompose(there, cells())) == [{"clienten": -50000}]


def test_cents_without_volume_are_overig() -> None:
    credit = {"clienten": 0, "clientdagen": 0, "productdagen": 0, "volume": 0.0, "realisatie_cent": -700}
    found = decompose(cells({"cel": "WK02"} | credit | {"overig_cent": -700}), cells(credit))
    assert effects(found) == [{"overig": -700}, {"overig": 700}]
    # days that cancel out leave a volume without weeks
    assert effects(decompose(cells(), cells({"clientdagen": 0, "productdagen": 0}))) == [{"overig": 50000}]


def test_late_lines_are_weeks_of_known_clients() -> None:
    # 20 % and 0 % of two products is still to come: 60.000 and 50.000, 1,1 times the level
    now = cells({}, {"product": "zwaar", "toegewezen_volume": 20.0})
    final = now.select(CELL).with_columns(eindbedrag_cent=pl.Series([60000, 50000]))
    raised = raise_cells(now, final)
    assert raised.select("clienten", "product_clienten").rows() == [(1, 1), (1, 1)]
    assert raised["clientdagen"].to_list() == pytest.approx([77, 77])
    assert raised["productdagen"].to_list() == pytest.approx([84, 70])
    assert raised["volume"].to_list() == pytest.approx([12, 10])
    assert raised["toegewezen_volume"].to_list() == [0.0, 20.0]
    assert raised["realisatie_cent"].to_list() == [60000, 50000]
    # so the difference is more weeks and another mix, never price or clients
    found = decompose(now, raised)
    assert found["verschil_cent"].to_list() == [10000, 0]
    assert found.select(pl.col("effect_prijs_cent", "effect_clienten_cent").abs().sum()).row(0) == (0, 0)
    # without an estimate, or where nothing positive is to be raised, a cell stays as it is
    alone = cells({"realisatie_cent": -500, "overig_cent": -500})
    assert raise_cells(alone, final.head(0)).equals(
        alone.with_columns(pl.col("productdagen").cast(float), pl.col("clientdagen").cast(float))
    )
    kept = raise_cells(alone, alone.select(CELL).with_columns(eindbedrag_cent=pl.lit(-400)))
    assert kept.select("realisatie_cent", "volume").row(0) == (-400, 10.0)


@st.composite
def any_cells(draw: st.DrawFn) -> pl.DataFrame:
    """Cells of two levels and three products with anything in them, credits and emptiness too."""
    rows: list[dict[str, object]] = []
    for cel in draw(st.sets(st.sampled_from(["WK01", "WK02", "WK03"]))):
        clients = draw(st.integers(0, 5))
        products = draw(st.sets(st.sampled_from(["licht", "midden", "zwaar"])))
        days = {name: draw(st.integers(0, 400)) for name in sorted(products)}
        for name, own in days.items():
            total = draw(st.integers(-(10**8), 10**9))
            rows.append(
                {
                    "cel": cel,
                    "product": name,
                    "clienten": clients,
                    "clientdagen": draw(st.integers(0, 1)) and max(days.values()),
                    "productdagen": own,
                    "toegewezen_volume": draw(st.sampled_from([None, 0.0, 0.5, 44.25, 900.0])),
                    "volume": draw(st.sampled_from([0.0, 0.25, 40.0, 812.5])),
                    "realisatie_cent": total,
                    "overig_cent": draw(st.sampled_from([0, 0, total, -5])),
                }
            )
    return cells(*rows)


@given(any_cells(), any_cells(), st.floats(0.5, 2))
@settings(max_examples=60, deadline=None)
def test_effects_add_up_to_the_cent_and_do_not_depend_on_the_selection(
    begin: pl.DataFrame, end: pl.DataFrame, growth: float
) -> None:
    index = begin.select(CELL).with_columns(tariefindex=pl.lit(growth))
    found = decompose(begin, end, index)
    assert found["verschil_cent"].sum() == end["realisatie_cent"].sum() - begin["realisatie_cent"].sum()
    assert found.select(pl.sum_horizontal(EFFECTS)).to_series().to_list() == found["verschil_cent"].to_list()
    per_level = found.group_by(LEVEL).agg(
        pl.col("effect_mix_cent", "effect_mix_gecentreerd_cent", "verschil_cent").sum(),
        pl.sum_horizontal(EFFECTS).sum().alias("som"),
    )
    assert per_level["effect_mix_cent"].to_list() == per_level["effect_mix_gecentreerd_cent"].to_list()
    assert per_level["som"].to_list() == per_level["verschil_cent"].to_list()
    # the rows of a wijk are the same whether the others are asked or not: drilling down adds up
    for cel in ("WK01", "WK02", "WK03"):
        mine = pl.col("cel") == cel
        alone = decompose(begin.filter(mine), end.filter(mine), index)
        assert alone.to_dicts() == found.filter(mine).to_dicts()


@given(any_cells(), any_cells())
@settings(max_examples=25, deadline=None)
def test_looking_back_turns_every_sign(begin: pl.DataFrame, end: pl.DataFrame) -> None:
    there, back = decompose(begin, end), decompose(end, begin)
    for name in EFFECTS:
        for one, other in zip(there[name], back[name], strict=True):
            assert abs(one + other) <= 1  # a cent of rounding
