"""Concentration on tiny lakes: households, months with care, persistence, and what is too small to tell."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.warehouse.conftest import Snapshot
from warehouse.analyse.concentratie import curve, figures, measure
from warehouse.rekenen.concentratie import lorenz

Row = dict[str, Any]


def city(cents: dict[str, int], household: dict[str, str | None], months: int = 1) -> dict[str, list[Row]]:
    """Clients with a cost a month in 2025, and the household of each."""
    return {
        "product": [{"productcode": "02A01", "product": "Begeleiding"}],
        "client": [
            {"client_id": c, "huishouden_id": household.get(c), "wijkcode": "W", "bericht_id": "c"}
            for c in cents
        ],
        "declaratieregel": [
            {
                "client_id": c,
                "periode_begin": f"2025-{month:02d}-01",
                "bedrag_cent": value,
                "toewijzing_sleutel": c,
                "aanbieder_agb": f"{number % 2}",
                "referentienummer": f"{c}-{month}",
            }
            for number, (c, value) in enumerate(cents.items())
            for month in range(1, months + 1)
        ],
    }


def test_members_of_a_household_are_one_and_an_institution_is_not_a_household(snapshot: Snapshot) -> None:
    # 12 clients: two at one address, two in an institution (no address): 11 households, each of 1 euro or 2
    cents = {f"c{n:02d}": 100 for n in range(12)}
    household: dict[str, str | None] = {c: f"h{n}" for n, c in enumerate(cents)}
    household |= {"c01": "h0", "c02": None, "c03": None}
    vraag = snapshot(city(cents, household))
    rows = vraag(
        "SELECT eenheid, n, totaal_cent, gini FROM mart.concentratie"
        " WHERE wet = 'Wmo' AND basis = 'jaar' ORDER BY 1"
    )
    # ten of 1 and one of 2: gini = 2 x (1 + … + 10 + 22)/(11 x 12) - 12/11 = 154/132 - 144/132 = 10/132
    assert rows == [("client", 12, 1200, 0.0), ("huishouden", 11, 1200, pytest.approx(10 / 132))]
    # the institution is not among the heaviest households: nine addresses are too few to tell of
    assert vraag("SELECT aantal, totaal_cent, reden FROM mart.zwaarste_huishoudens") == [
        (None, None, "minder dan 10 huishoudens")
    ]


def test_heaviest_households_as_a_group(snapshot: Snapshot) -> None:
    # 30 households of 1 to 30 euro: the 20 heaviest have 11 + … + 30 = 410 of 465 euro
    cents = {f"c{n:02d}": 100 * (n + 1) for n in range(30)}
    vraag = snapshot(city(cents, {c: c for c in cents}))
    assert vraag(
        "SELECT aantal, clienten, totaal_cent, aandeel, gemiddeld_aanbieders, gemiddeld_producten"
        " FROM mart.zwaarste_huishoudens"
    ) == [(20, 20, 41000, pytest.approx(410 / 465), 1.0, 1.0)]


def test_on_a_yearly_basis_a_month_counts_for_twelve(snapshot: Snapshot) -> None:
    vraag = snapshot(city({f"c{n}": 100 for n in range(10)}, {}, months=3))
    assert vraag(
        "SELECT basis, totaal_cent FROM mart.concentratie"
        " WHERE wet = 'totaal' AND eenheid = 'client' ORDER BY 1"
    ) == [("jaar", 3000), ("op jaarbasis", 12000)]


def years(costs: dict[int, list[int]]) -> pl.DataFrame:
    """Rows of tussen.kosten_jaar: per year the cost of client 0, 1, 2, …, with a full year of care."""
    return pl.DataFrame(
        [
            {
                "jaar": year,
                "gemeentecode": "0392",
                "wet": "Wmo",
                "eenheid": "client",
                "eenheid_nr": number,
                "realisatie_cent": value,
                "maanden": 12,
            }
            for year, values in costs.items()
            for number, value in enumerate(values)
        ]
    )


def test_persistence_by_hand_and_only_into_a_complete_year() -> None:
    # 100 clients; in 2024 the dearest ten are 90-99, in 2025 they are 85-94: five of the ten stayed
    flat = list(range(1, 101))
    moved = [*flat[:85], *[1000 + n for n in range(10)], *flat[95:]]
    table, _ = measure(years({2024: flat, 2025: moved, 2026: flat}), date(2024, 1, 1), date(2026, 9, 1))
    found = (
        table.filter(pl.col("basis") == "jaar").select("jaar", "persistentie_top10", "jaar_volledig").rows()
    )
    assert found == [(2024, 0.5, True), (2025, None, True), (2026, None, False)]


def test_nothing_is_told_of_a_group_of_fewer_than_ten() -> None:
    costs = pl.Series(range(1, 100)).cast(pl.Float64).to_numpy()
    row = figures(costs)
    assert [row[f"aandeel_top{top}"] is None for top in (1, 5, 10, 20)] == [True, True, True, False]
    assert row["reden"] == "minder dan 10 in de top 1 %, 5 %, 10 %"
    small = figures(costs[:9])
    assert small["n"] is None
    assert small["gini"] is None
    assert small["totaal_cent"] is None
    # of 99 clients 10 % are 9,9: not told, neither from an end nor from the point before; 11 % are 10,89
    points = curve(costs)
    assert [p for p, value in enumerate(points) if value is not None] == [0, *range(11, 89, 11), 100]
    assert points[55] == pytest.approx(lorenz(costs, pl.Series([0.55]).to_numpy())[0])
