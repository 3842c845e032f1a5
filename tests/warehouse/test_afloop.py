"""The run-off triangle: cents by hand, what belongs to which age, and the check that closes it."""

import random
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot
from warehouse.build import Options
from warehouse.checks import read_checks, run_check
from warehouse.settings import Settings

PRODUCT = [
    {"productcode": "02A01", "product": "a"},
    {"productcode": "02A02", "product": "b", "productgroep": "Vervoer"},
]
# Of March 100 euro comes in April, 40 in May; in May 10 euro of the first is refused, in July 20 taken back.
# Of April 50 euro comes in before it began, and nothing after. Of May another productgroep has 70 euro.
REGELS: list[dict[str, Any]] = [
    {
        "periode_begin": "2026-03-01",
        "bedrag_cent": 10_000,
        "ontvangen_op": "2026-04-03",
        "status": "goedgekeurd",
        "toegekend_cent": 9_000,
        "beantwoord_op": "2026-05-10",
    },
    {"periode_begin": "2026-03-01", "bedrag_cent": 4_000, "ontvangen_op": "2026-05-31T23:30:00"},
    {"periode_begin": "2026-03-01", "bedrag_cent": -2_000, "ontvangen_op": "2026-07-01"},
    {"periode_begin": "2026-04-01", "bedrag_cent": 5_000, "ontvangen_op": "2026-03-20"},
    {
        "periode_begin": "2026-05-01",
        "bedrag_cent": 7_000,
        "ontvangen_op": "2026-06-10",
        "productcode": "02A02",
    },
]
CEL = "SELECT productgroep, levermaand::VARCHAR, leeftijd_maanden, bij_cent, cumulatief_cent FROM mart.afloop"
VERWACHT = [
    ("Begeleiding", "2026-03-01", 0, 0, 0),
    ("Begeleiding", "2026-03-01", 1, 10_000, 10_000),
    ("Begeleiding", "2026-03-01", 2, 3_000, 13_000),
    ("Begeleiding", "2026-03-01", 3, 0, 13_000),
    ("Begeleiding", "2026-03-01", 4, -2_000, 11_000),
    ("Begeleiding", "2026-04-01", 0, 5_000, 5_000),
    ("Begeleiding", "2026-04-01", 1, 0, 5_000),
    ("Begeleiding", "2026-04-01", 2, 0, 5_000),
    ("Begeleiding", "2026-04-01", 3, 0, 5_000),
    ("Vervoer", "2026-05-01", 0, 0, 0),
    ("Vervoer", "2026-05-01", 1, 7_000, 7_000),
    ("Vervoer", "2026-05-01", 2, 0, 7_000),
]


def test_each_cent_stands_at_the_age_at_which_it_became_known(snapshot: Snapshot) -> None:
    vraag = snapshot({"product": PRODUCT, "declaratieregel": REGELS}, "2026-07-31")
    assert vraag(f"{CEL} ORDER BY 1, 2, 3") == VERWACHT
    assert vraag("SELECT DISTINCT lopend, rijp FROM mart.afloop") == [(False, False)]


def test_the_order_of_the_lines_says_nothing(snapshot: Snapshot) -> None:
    door_elkaar = REGELS[:]
    random.Random(3).shuffle(door_elkaar)
    vraag = snapshot({"product": PRODUCT[::-1], "declaratieregel": door_elkaar}, "2026-07-31")
    assert vraag(f"{CEL} ORDER BY 1, 2, 3") == VERWACHT


def test_a_month_of_knowledge_that_still_runs_is_told_apart(snapshot: Snapshot) -> None:
    # on the 15th July is not over: the 20 euro that came on the 1st is known, but its month may bring more
    vraag = snapshot({"product": PRODUCT, "declaratieregel": REGELS}, "2026-07-15")
    assert vraag(
        "SELECT leeftijd_maanden, cumulatief_cent, lopend FROM mart.afloop"
        " WHERE levermaand = DATE '2026-03-01' AND leeftijd_maanden >= 3 ORDER BY 1"
    ) == [(3, 13_000, False), (4, 11_000, True)]
    # and of June, whose regular month of declaring is July, there is no row yet
    assert vraag("SELECT max(levermaand)::VARCHAR FROM mart.afloop") == [("2026-05-01",)]


def test_history_loaded_at_once_has_no_run_off(snapshot: Snapshot) -> None:
    old = [
        {"periode_begin": f"2025-{m:02d}-01", "bedrag_cent": 1000, "ontvangen_op": "2026-02-10"}
        for m in range(1, 13)
    ]
    new = [
        {"periode_begin": f"2026-{m:02d}-01", "bedrag_cent": 1000, "ontvangen_op": f"2026-{m + 1:02d}-10"}
        for m in range(1, 10)
    ]
    vraag = snapshot({"product": PRODUCT, "declaratieregel": old + new})
    assert vraag("SELECT min(levermaand)::VARCHAR, count(DISTINCT levermaand) FROM mart.afloop") == [
        ("2026-01-01", 9)
    ]


def test_the_window_is_the_pattern_and_what_is_younger(snapshot: Snapshot) -> None:
    rows = [
        {"periode_begin": f"{jaar}-{m:02d}-01", "bedrag_cent": 1000}
        for jaar in (2024, 2025, 2026)
        for m in range(1, 13)
        if (jaar, m) <= (2026, 9)
    ]
    vraag = snapshot(
        {"product": PRODUCT, "declaratieregel": rows},
        options=Options(settings=Settings(patroon_maanden=6, rijp_maanden=4)),
    )
    # September 2026 is one month old at the end of October; ages 4 to 9 are the six that are old enough
    assert vraag(
        "SELECT rijp, min(levermaand)::VARCHAR, max(levermaand)::VARCHAR FROM mart.afloop"
        " GROUP BY 1 ORDER BY 1"
    ) == [(False, "2026-07-01", "2026-09-01"), (True, "2026-01-01", "2026-06-01")]


LIJNEN = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 4), st.integers(-90_000, 90_000).filter(bool)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lijnen=LIJNEN)
def test_what_came_in_adds_up_to_what_is_known(
    snapshot: Snapshot, lijnen: list[tuple[int, int, int]]
) -> None:
    rows = [
        {"periode_begin": f"2026-{m:02d}-01", "bedrag_cent": cent, "ontvangen_op": f"2026-{m + lag:02d}-09"}
        for m, lag, cent in lijnen
    ]
    vraag = snapshot({"product": PRODUCT, "declaratieregel": rows})
    eerste = min(m + lag for m, lag, _ in lijnen) - 1
    for maand, leeftijd, cumulatief in vraag(
        "SELECT month(levermaand), leeftijd_maanden, cumulatief_cent FROM mart.afloop"
    ):
        assert maand >= eerste
        assert cumulatief == sum(c for m, lag, c in lijnen if m == maand and lag <= leeftijd)
    # every cent of a month that was followed, or nothing is left of it
    totaal = sum(c for m, _, c in lijnen if m >= eerste)
    assert vraag("SELECT coalesce(sum(bij_cent), 0) FROM mart.afloop") == [(totaal,)]


@pytest.mark.parametrize(
    "fout",
    [
        "UPDATE mart.afloop SET cumulatief_cent = cumulatief_cent + 1 WHERE leeftijd_maanden = 4",
        "UPDATE mart.afloop SET bij_cent = bij_cent - 1 WHERE leeftijd_maanden = 1 AND bij_cent = 10000",
        "DELETE FROM mart.afloop WHERE leeftijd_maanden = 3 AND bij_cent = 0 AND cumulatief_cent = 13000",
        "DELETE FROM mart.afloop WHERE productgroep = 'Vervoer'",
        "INSERT INTO mart.afloop SELECT * REPLACE ('Erbij' AS productgroep) FROM mart.afloop LIMIT 1",
    ],
)
def test_the_check_finds_a_cent_or_a_month_that_is_off(snapshot: Snapshot, tmp_path: Path, fout: str) -> None:
    (check,) = (c for c in read_checks() if c.name == "afloop_sluit")
    vraag = snapshot({"product": PRODUCT, "declaratieregel": REGELS}, "2026-07-31")
    shutil.copy(vraag.path.resolve(), tmp_path / "kapot.duckdb")
    with duckdb.connect(str(tmp_path / "kapot.duckdb")) as con:
        assert run_check(con, check).ok
        con.execute(fout)
        assert run_check(con, check).count == 1
