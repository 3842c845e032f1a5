"""What is expected of an aanbieder: by hand, and the laws of leave-one-out."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.rekenen.trechter import error_bootstrap, estimate_spread
from warehouse.rekenen.vergelijking import compare, compare_proportion, expect

FIXED = {
    "jaar": 2025,
    "gemeentecode": "0392",
    "wet": "Wmo",
    "productgroep": "Begeleiding",
    "maat": "kosten per client",
    "product": "Begeleiding",
    "leeftijdsgroep": "23-64",
    "eenheid": "04",
    "aantal": 1,
}


def clients(*rows: tuple[str, str, int, float]) -> pl.DataFrame:
    """Rows out of (aanbieder, zwaarte, client, cost), each counted once."""
    return pl.DataFrame(
        [
            {**FIXED, "aanbieder_agb": a, "zwaarte": z, "client_nr": c, "waarde": float(v), "gewicht": 1.0}
            for a, z, c, v in rows
        ]
    )


def by_provider(frame: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Result rows by aanbieder."""
    return {row["aanbieder_agb"]: row for row in frame.to_dicts()}


def test_expected_is_the_mean_of_the_others_in_the_same_stratum_by_hand() -> None:
    # A has a licht client of 100 and a zwaar one of 500. Others in licht: 200 and 300, mean 250; in zwaar:
    # 700. Expected of A: 250 + 700 = 950, observed 600. B (licht 200, zwaar 700): others in licht 100 and
    # 300, mean 200; in zwaar 500: expected 700, observed 900. C (licht 300): 150
    found = by_provider(
        compare(
            clients(
                ("A", "licht", 1, 100),
                ("A", "zwaar", 2, 500),
                ("B", "licht", 3, 200),
                ("B", "zwaar", 4, 700),
                ("C", "licht", 5, 300),
            ),
            1,
            2,
        )
    )
    assert [(found[a]["waargenomen"], found[a]["verwacht"]) for a in "ABC"] == [
        (600, 950),
        (900, 700),
        (300, 150),
    ]
    assert found["A"]["verhouding"] == pytest.approx(600 / 950)
    assert found["C"]["oordeel"] == "te weinig clienten"
    assert found["C"]["grens_95_boven"] is None


def test_what_cannot_be_compared_is_left_out_of_both_sides_and_told() -> None:
    # only A has zwaar: nothing is expected of it, and it is three quarters of what A delivered
    found = by_provider(
        compare(clients(("A", "licht", 1, 100), ("A", "zwaar", 2, 300), ("B", "licht", 3, 200)), 1, 10)
    )
    assert (found["A"]["waargenomen"], found["A"]["verwacht"]) == (100, 200)
    assert found["A"]["vergelijkbaar_aandeel"] == 0.25
    assert found["A"]["clienten"] == 1
    # with at least two others needed, nobody can be compared
    found = by_provider(compare(clients(("A", "licht", 1, 100), ("B", "licht", 3, 200)), 2, 10))
    assert found["A"]["verwacht"] is None
    assert found["A"]["clienten"] == 0
    assert found["A"]["oordeel"] == "te weinig clienten"


def test_a_client_with_two_products_is_one_client() -> None:
    found = by_provider(
        compare(
            clients(
                ("A", "licht", 1, 100), ("A", "zwaar", 1, 300), ("B", "licht", 3, 1), ("B", "zwaar", 4, 2)
            ),
            1,
            9,
        )
    )
    assert (found["A"]["clienten"], found["A"]["aantal"]) == (1, 2)


def test_limits_of_a_whole_funnel_follow_from_its_parts() -> None:
    generator = np.random.default_rng(5)
    rows = [
        (agb, "licht", number, float(cost))
        for agb, mean, size in [("A", 1000, 30), ("B", 1100, 40), ("C", 900, 50), ("D", 4000, 60)]
        for number, cost in enumerate(generator.gamma(4.0, mean / 4, size))
    ]
    found = by_provider(compare(clients(*rows), 5, 10))
    errors, distances = [], []
    for agb in "ABCD":
        own = np.array([v for a, _, _, v in rows if a == agb])
        other = np.mean([v for a, _, _, v in rows if a != agb])
        errors.append(error_bootstrap(own, np.full(own.size, other)))
        distances.append(np.log(own.sum() / (own.size * other)))
    spread = estimate_spread(np.array(distances), np.array(errors))
    assert found["D"]["phi"] == pytest.approx(spread.phi, rel=1e-6)
    assert found["D"]["grens_998_boven"] == pytest.approx(
        np.exp(3.09 * np.sqrt(errors[3] ** 2 + spread.tau2)), rel=1e-6
    )
    assert found["A"]["oordeel"] == "binnen de grenzen"


def test_an_outlier_among_many_is_found() -> None:
    generator = np.random.default_rng(9)
    rows = [
        (f"{agb:02d}", "licht", number, float(cost * (2.0 if agb == 19 else 1.0)))
        for agb in range(20)
        for number, cost in enumerate(generator.gamma(8.0, 100.0, 60))
    ]
    found = by_provider(compare(clients(*rows), 5, 10))
    assert [agb for agb, row in found.items() if row["oordeel"] != "binnen de grenzen"] == ["19"]
    assert found["19"]["oordeel"] == "boven"
    assert found["19"]["verhouding"] == pytest.approx(2.0, rel=0.15)


def test_proportion_by_hand() -> None:
    # 10 of 100 and 30 of 100 rejected: target 0,2, expected 20 each, ratios 0,5 and 1,5
    rows = pl.DataFrame(
        [
            {**FIXED, "aanbieder_agb": a, "clienten": 50, "aantal": 100, "waarde": r}
            for a, r in (("A", 10), ("B", 30))
        ]
    )
    found = by_provider(compare_proportion(rows, 10))
    assert [(found[a]["verwacht"], found[a]["verhouding"]) for a in "AB"] == [(20, 0.5), (20, 1.5)]
    assert found["A"]["standaardfout"] == pytest.approx(0.05)
    y = np.arcsin(np.sqrt([0.1, 0.3])) - np.arcsin(np.sqrt(0.2))
    spread = estimate_spread(y, np.array([0.05, 0.05]))
    upper = np.sin(np.arcsin(np.sqrt(0.2)) + 1.96 * np.sqrt(0.0025 + spread.tau2)) ** 2
    assert found["B"]["grens_95_boven"] == pytest.approx(upper / 0.2)


CELLS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from(["licht", "zwaar"]), st.integers(1, 100_000)),
    min_size=1,
    max_size=40,
)


@given(CELLS)
def test_leave_one_out_law(rows: list[tuple[str, str, int]]) -> None:
    # with all n clients of a stratum compared, Σ over aanbieders of E·(n - n_k)/n_k = Σ of O·(K - 1): every
    # client of k is counted once in the sum of each other aanbieder
    frame = clients(*[(a, z, number, float(v)) for number, (a, z, v) in enumerate(rows)])
    numbered, cells = expect(frame, 1)
    whole = numbered.join(
        cells.select("cel_nr", "aanbieder_agb"), on="cel_nr", how="left", maintain_order="left"
    )
    whole = pl.concat([whole, frame.select("zwaarte")], how="horizontal")
    for zwaarte in ("licht", "zwaar"):
        part = whole.filter(pl.col("zwaarte") == zwaarte)
        providers = part["aanbieder_agb"].n_unique()
        if providers < 2:
            assert part["verwacht"].null_count() == part.height
            continue
        sums = part.group_by("aanbieder_agb").agg(pl.col("waarde", "verwacht").sum(), pl.len().alias("n"))
        others = (sums["verwacht"] * (part.height - sums["n"]) / sums["n"]).sum()
        assert others == pytest.approx(float(part["waarde"].sum()) * (providers - 1))


@given(st.integers(2, 6), st.integers(1, 5), st.lists(st.integers(1, 9999), min_size=5, max_size=5))
def test_expected_adds_up_to_observed_where_every_aanbieder_has_as_many_clients(
    providers: int, size: int, costs: list[int]
) -> None:
    rows = [
        ("ABCDEF"[k], "licht", k * 10 + i, float(costs[(k + i) % 5] * (k + 1)))
        for k in range(providers)
        for i in range(size)
    ]
    found = compare(clients(*rows), 1, 1)
    assert found["verwacht"].sum() == pytest.approx(found["waargenomen"].sum())


def test_order_of_the_rows_says_nothing() -> None:
    generator = np.random.default_rng(2)
    rows = [
        ("ABC"[int(generator.integers(3))], "licht", number, float(generator.integers(1, 10_000)))
        for number in range(90)
    ]
    assert compare(clients(*rows), 5, 10).equals(compare(clients(*rows[::-1]), 5, 10))
