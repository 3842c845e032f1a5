"""Small cells: nothing under the limit is left, whatever the frame looks like."""

import duckdb
import numpy as np
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


LAGEN = ("totaal", "wet", "hoofdproduct", "productgroep")
# Two hoofdproducten of each wet; a1 has four clients, and B is the smallest beside A.
BOOM: list[tuple[str, str, str | None, str | None, int, int]] = [
    ("totaal", "totaal", None, None, 190, 1000),
    ("wet", "Wmo", None, None, 120, 700),
    ("wet", "Jeugdwet", None, None, 70, 300),
    ("hoofdproduct", "Wmo", "A", None, 4, 50),
    ("hoofdproduct", "Wmo", "B", None, 40, 250),
    ("hoofdproduct", "Wmo", "C", None, 80, 400),
    ("hoofdproduct", "Jeugdwet", "D", None, 70, 300),
    ("productgroep", "Wmo", "A", "a1", 4, 50),
    ("productgroep", "Wmo", "B", "b1", 15, 100),
    ("productgroep", "Wmo", "B", "b2", 30, 150),
    ("productgroep", "Wmo", "C", "c1", 80, 400),
    ("productgroep", "Jeugdwet", "D", "d1", 40, 180),
    ("productgroep", "Jeugdwet", "D", "d2", 40, 120),
]


def _tree(rijen: list[tuple[str, str, str | None, str | None, int, int]]) -> pl.DataFrame:
    return pl.DataFrame(rijen, schema=["niveau", *LAGEN[1:], "clienten", "cent"], orient="row")


def test_a_hole_in_one_layer_cannot_be_filled_from_another() -> None:
    uit = protect(_tree(BOOM), Clienten("clienten", ("cent",), lagen=LAGEN), 10, 10)
    weg = {(r[2], r[3]) for r in uit.filter("niet_getoond").rows()}
    # A and its only part are small; B goes along or Wmo less C less B is A; and b1, or b1 and b2 are B
    assert weg == {("A", None), ("A", "a1"), ("B", None), ("B", "b1")}
    assert uit.filter("niet_getoond")["cent"].null_count() == 4


def test_of_a_total_and_a_part_as_large_the_part_goes() -> None:
    # all thirty clients of B have b2, four of them b1 as well; A is no longer small
    nieuw = {("A", None): 44, ("A", "a1"): 44, ("B", None): 30, ("B", "b1"): 4, ("B", "b2"): 30}
    rijen = [(*r[:4], nieuw.get((str(r[2]), r[3]), r[4]), r[5]) for r in BOOM]
    for volgorde in (rijen, rijen[::-1]):
        uit = protect(_tree(volgorde), Clienten("clienten", ("cent",), lagen=LAGEN), 10, 10)
        assert {r[3] for r in uit.filter("niet_getoond").rows()} == {"b1", "b2"}


def test_what_is_onbekend_takes_no_known_product_down() -> None:
    extra = [
        ("hoofdproduct", "Jeugdwet", "onbekend", None, 2, 1),
        ("productgroep", "Jeugdwet", "onbekend", "onbekend", 2, 1),
    ]
    uit = protect(_tree(BOOM + extra), Clienten("clienten", ("cent",), lagen=LAGEN), 10, 10)
    weg = uit.filter((pl.col("wet") == "Jeugdwet") & pl.col("niet_getoond"))
    assert set(weg["hoofdproduct"]) == {"onbekend"}


GROOTTE = st.integers(1, 40)


@given(
    st.lists(
        st.lists(st.lists(GROOTTE, min_size=1, max_size=4), min_size=1, max_size=4), min_size=1, max_size=3
    )
)
def test_no_small_cell_of_any_tree_follows_from_what_is_shown(boom: list[list[list[int]]]) -> None:
    """Solved as equations: of no small cell is the value the only one that fits what is shown."""
    rijen: list[tuple[str, str, str | None, str | None, int, int]] = []
    sommen: list[tuple[int, list[int]]] = []  # row of a total, rows of its parts

    def add(niveau: str, pad: tuple[str | None, str | None, str | None], n: int) -> int:
        rijen.append((niveau, str(pad[0] or "totaal"), pad[1], pad[2], n, 100 * n))
        return len(rijen) - 1

    wetten = []
    for w, wet in enumerate(boom):
        hoofden = []
        for h, hoofd in enumerate(wet):
            groepen = [add("productgroep", (f"w{w}", f"h{h}", f"g{g}"), n) for g, n in enumerate(hoofd)]
            hoofden.append(add("hoofdproduct", (f"w{w}", f"h{h}", None), sum(hoofd)))
            sommen.append((hoofden[-1], groepen))
        wetten.append(add("wet", (f"w{w}", None, None), sum(map(sum, wet))))
        sommen.append((wetten[-1], hoofden))
    sommen.append(
        (add("totaal", (None, None, None), sum(n for wet in boom for hoofd in wet for n in hoofd)), wetten)
    )
    uit = protect(_tree(rijen), Clienten("clienten", ("cent",), lagen=LAGEN), 10, 10)
    weg = uit["niet_getoond"].to_list()
    plek = {i: k for k, i in enumerate(i for i, w in enumerate(weg) if w)}
    stelsel = np.zeros((len(sommen), len(plek)))
    for nr, (geheel, delen) in enumerate(sommen):
        for i, teken in [(geheel, -1), *((d, 1) for d in delen)]:
            if i in plek:
                stelsel[nr, plek[i]] = teken
    rang = np.linalg.matrix_rank(stelsel) if plek else 0
    for i, k in plek.items():
        alleen = np.zeros((1, len(plek)))
        alleen[0, k] = 1
        assert np.linalg.matrix_rank(np.vstack([stelsel, alleen])) > rang or rijen[i][4] >= 10
    assert all(w for r, w in zip(rijen, weg, strict=True) if r[4] < 10)
