"""Small cells: nothing under the limit is left, whatever the frame looks like."""

import duckdb
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access.suppress import Clienten, Gemiddelde, Stromen, protect, suppress_small
from dashboard.access.tables_analyse import VERSCHIL, VERSCHIL_MATEN


def test_a_cell_of_nine_is_empty_and_of_ten_is_shown() -> None:
    df = pl.DataFrame({"deel": ["a", "b", "c"], "clienten": [9, 10, 0], "euro": [90, 100, 0]})
    uit = suppress_small(df, "clienten", ("euro",), 10)
    assert uit["clienten"].to_list() == [None, 10, 0]
    assert uit["euro"].to_list() == [None, 100, 0]
    assert uit["niet_getoond"].to_list() == [True, False, False]


def test_euros_without_a_client_are_a_correction_on_somebody() -> None:
    df = pl.DataFrame({"clienten": [0, None], "euro": [-120, 55]})
    assert suppress_small(df, "clienten", ("euro",), 10)["euro"].to_list() == [None, None]


def test_one_hole_in_a_sum_takes_the_next_smallest_along() -> None:
    df = pl.DataFrame({"wet": ["w", "w", "w", "j"], "clienten": [4, 12, 40, 25], "euro": [1, 2, 3, 4]})
    uit = protect(df, Clienten("clienten", ("euro",), telt_op=("wet",)), 10, 10)
    assert uit["niet_getoond"].to_list() == [True, True, False, False]
    assert uit["euro"].to_list() == [None, None, 3, 4]


def test_two_holes_need_no_third() -> None:
    df = pl.DataFrame({"clienten": [4, 5, 40], "euro": [1, 2, 3]})
    uit = protect(df, Clienten("clienten", ("euro",), telt_op=()), 10, 10)
    assert uit["niet_getoond"].to_list() == [True, True, False]


def test_own_aanbieders_have_their_own_limit() -> None:
    df = pl.DataFrame({"clienten": [4]})
    assert protect(df, Clienten("clienten", eigen=True), 10, 1)["clienten"].to_list() == [4]
    assert protect(df, Clienten("clienten"), 10, 1)["clienten"].to_list() == [None]


def test_an_average_needs_three_others_with_enough_clients() -> None:
    df = pl.DataFrame({"anderen": [2, 3, 3], "clienten_samen": [99, 99, 9], "euro": [5.0, 6.0, 7.0]})
    uit = protect(df, Gemiddelde(hangt_af=("euro",)), 10, 1)
    assert uit["euro"].to_list() == [None, 6.0, None]
    assert "clienten_samen" not in uit.columns


def test_one_small_flow_empties_all_as_they_balance() -> None:
    df = pl.DataFrame({"in": [3, 30], "uit": [20, 10], "stand": [50, 4]})
    uit = protect(df, Stromen(("in", "uit"), ("stand",)), 10, 10)
    assert uit.select("in", "uit").rows() == [(None, None), (30, 10)]
    assert uit["stand"].to_list() == [50, None]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(-5, 5)), min_size=1, max_size=20),
    st.integers(1, 20),
    st.booleans(),
)
def test_no_small_cell_ever_survives(rijen: list[tuple[int, int]], cel: int, telt_op: bool) -> None:
    df = pl.DataFrame(rijen, schema=["clienten", "euro"], orient="row")
    uit = protect(df, Clienten("clienten", ("euro",), telt_op=() if telt_op else None), cel, cel)
    assert uit.height == df.height
    for (n, euro), (m, e, weg) in zip(
        rijen, uit.select("clienten", "euro", "niet_getoond").rows(), strict=True
    ):
        if 0 < n < cel or (n < cel and euro != 0):
            assert (m, e, weg) == (None, None, True)
        if not weg:
            assert (m, e) == (n, euro)
    if telt_op and uit["niet_getoond"].sum() == 1:
        over = uit.filter(~pl.col("niet_getoond"))
        assert (over["clienten"] == 0).all(), "a single hole beside shown rows can be filled in"


def test_a_count_that_changed_by_a_few_tells_about_those_few() -> None:
    """Of two snapshots 1.200 and 1.203 clients are each safe, and beside each other they are three people."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA stad")
    con.execute(
        "CREATE TABLE stad.client_maand (levermaand DATE, wet VARCHAR, hoofdproduct VARCHAR,"
        " client_id VARCHAR)"
    )
    con.execute(
        "CREATE TABLE stad.verschil AS SELECT '0392' AS gemeentecode, DATE '2026-01-01' AS periode,"
        " 'Wmo' AS wet, NULL::VARCHAR AS hoofdproduct, 'cliënten' AS eenheid, vorig, nu,"
        " nu - vorig AS verschil, 0 AS nieuwe_maanden, 0 AS nagekomen, 0 AS correcties, 0 AS gegevens,"
        " 0 AS indeling FROM (VALUES (1200, 1203), (1200, 1191), (1200, 1210), (0, 12), (9, 0)) v(vorig, nu)"
    )
    df = con.sql(VERSCHIL).pl()
    con.close()
    uit = protect(df, Clienten("clienten", VERSCHIL_MATEN), 10, 1)
    gezien = uit.filter(~pl.col("niet_getoond")).select("vorig", "nu", "verschil").sort("verschil")
    assert gezien.rows() == [(1200, 1210, 10), (0, 12, 12)]
    rest = uit.filter("niet_getoond").select(VERSCHIL_MATEN)
    assert rest.height == 3
    assert all(value is None for row in rest.rows() for value in row)
