"""What changed since the previous published snapshot, cent by cent, by cause."""

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.tiny import Row, build, write_lake

Publish = Callable[..., list[tuple[Any, ...]]]
CAUSES = "nieuwe_maanden, nagekomen, correcties, gegevens, indeling"
PRODUCT = [
    {"productcode": "02A01", "product": "P", "hoofdproduct": "H"},
    {"productcode": "02A02", "product": "Q", "hoofdproduct": "X"},
]
PLACE = count()
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)  # last full levermaand: May, June


def line(number: int, month: int, cents: int, **more: object) -> Row:
    return {
        "bericht_id": more.pop("bericht_id", "m1"),
        "regel_nr": number,
        "referentienummer": f"r{number}",
        "periode_begin": f"2026-0{month}-01",
        "bedrag_cent": cents,
        "ontvangen_op": "2026-06-05",
        **more,
    }


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Build and publish to one place each time, and ask the newest snapshot."""
    numbers = iter(range(1000))

    def make(tables: dict[str, list[Row]], known: date, sql: str, out: str = "s") -> list[tuple[Any, ...]]:
        lake = write_lake(tmp_path / f"lake{next(numbers)}", {"product": PRODUCT, **tables})
        target = tmp_path / f"{out}.duckdb"
        build(lake, target, known)
        con = duckdb.connect(str(target.resolve()), read_only=True)
        try:
            return con.sql(sql).fetchall()
        finally:
            con.close()

    return make


REALISATIE = (
    f"SELECT periode, hoofdproduct, vorig, nu, verschil, {CAUSES} FROM mart.verschil"
    " WHERE cijfer = 'realisatie' ORDER BY periode, hoofdproduct"
)


def test_each_cause_by_hand(publish: Publish) -> None:
    stays = [
        line(1, 5, 1000, status="afgekeurd", toegekend_cent=0, beantwoord_op="2026-07-10"),
        line(2, 5, 500),
    ]
    first = {
        "declaratieregel": [
            *stays,
            line(3, 4, 300, bericht_id="m2"),
            line(8, 1, 200, bericht_id="m3", productcode="02A02"),
        ],
        "begroting": [
            {
                "jaar": 2026,
                "wet": "Wmo",
                "hoofdproduct": "H",
                "soort": "product",
                "bedrag_cent": 50,
                "vastgesteld_op": "2026-01-01",
                "bron": "x",
            }
        ],
    }
    assert publish(first, JUNE, "SELECT count(*) FROM mart.verschil") == [(0,)]
    later = {"bericht_id": "m4", "ontvangen_op": "2026-07-05"}
    second = {
        "product": [PRODUCT[0], {**PRODUCT[1], "hoofdproduct": "Y"}],
        "declaratieregel": [
            *stays,
            line(8, 1, 200, bericht_id="m3", productcode="02A02"),
            line(4, 5, 70, **later),
            line(5, 6, 900, **later),
            line(6, 5, -500, vorig_referentienummer="r2", **later),
            line(7, 3, 11, bericht_id="m5", ontvangen_op="2026-06-20"),
        ],
        "begroting": [{**first["begroting"][0], "bedrag_cent": 65}],
    }
    assert publish(second, JULY, REALISATIE) == [
        (date(2026, 1, 1), "X", 200, 0, -200, 0, 0, 0, 0, -200),  # the code moved from X to Y
        (date(2026, 1, 1), "Y", 0, 200, 200, 0, 0, 0, 0, 200),
        (date(2026, 3, 1), "H", 0, 11, 11, 0, 0, 0, 11, 0),  # received before, loaded later
        (date(2026, 4, 1), "H", 300, 0, -300, 0, 0, 0, -300, 0),  # file m2 was withdrawn
        # May: 1000 rejected, 500 credited, 70 came in late
        (date(2026, 5, 1), "H", 1500, 70, -1430, 0, 70, -1500, 0, 0),
        (date(2026, 6, 1), "H", 0, 900, 900, 900, 0, 0, 0, 0),
    ]


def test_other_figures_and_the_generation_it_was_compared_with(publish: Publish, tmp_path: Path) -> None:
    budget = {
        "jaar": 2026,
        "wet": "Wmo",
        "hoofdproduct": "H",
        "soort": "product",
        "bedrag_cent": 50,
        "vastgesteld_op": "2026-01-01",
        "bron": "x",
    }
    only = "SELECT generatie, bekend_op, reden IS NULL FROM meta.vergelijking"
    assert publish({"declaratieregel": [line(1, 4, 10)], "begroting": [budget]}, JUNE, only) == [
        (None, None, False)
    ]
    before = (tmp_path / "s.duckdb").resolve().name.split(".")[1]
    second = {
        "declaratieregel": [line(1, 4, 10), line(2, 4, 5, client_id="bert", ontvangen_op="2026-07-02")],
        "begroting": [{**budget, "bedrag_cent": 65, "vastgesteld_op": "2026-07-01"}],
    }
    assert publish(second, JULY, only) == [(before, JUNE, True)]
    assert (
        publish(
            second,
            JULY,
            f"SELECT cijfer, periode, hoofdproduct, eenheid, vorig, nu, {CAUSES} FROM mart.verschil",
        )
        == []
    )
    # against the first again, at another place
    publish({"declaratieregel": [line(1, 4, 10)], "begroting": [budget]}, JUNE, only, out="t")
    assert publish(
        second,
        JULY,
        f"SELECT cijfer, periode, hoofdproduct, eenheid, vorig, nu, {CAUSES} FROM mart.verschil"
        " WHERE cijfer <> 'realisatie' ORDER BY cijfer",
        out="t",
    ) == [
        ("begroting product", date(2026, 1, 1), "H", "cent", 50, 65, 0, 0, 0, 15, 0),
        ("cliënten", date(2026, 1, 1), None, "cliënten", 1, 2, None, None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("known", "reason"), [(date(2026, 5, 31), "later"), (JUNE, None), (JULY, None)], ids=str
)
def test_the_same_lake_again_or_an_earlier_date_shows_no_difference(
    publish: Publish, known: date, reason: str | None
) -> None:
    rows = {"declaratieregel": [line(1, 4, 10, ontvangen_op="2026-05-05")]}
    publish(rows, JUNE, "SELECT 1")
    assert publish(rows, known, "SELECT count(*) FROM mart.verschil") == [(0,)]
    if reason is not None:
        publish(rows, JULY, "SELECT 1", out="u")
        assert reason in publish(rows, known, "SELECT reden FROM meta.vergelijking", out="u")[0][0]


def test_a_previous_file_that_is_no_snapshot_does_not_stop_the_build(
    publish: Publish, tmp_path: Path
) -> None:
    broken = tmp_path / "s.20260101T000000000000.duckdb"
    broken.write_bytes(b"geen database")
    (tmp_path / "s.duckdb").symlink_to(broken.name)
    found = publish(
        {"declaratieregel": [line(1, 4, 10)]}, JUNE, "SELECT generatie, reden FROM meta.vergelijking"
    )
    assert found == [(None, "De vorige snapshot is niet te lezen of van een oudere versie.")]


CASES = st.lists(
    st.tuples(
        st.sampled_from(["beide", "toen", "nu"]),  # in which of the two lakes the line's file is
        st.integers(4, 6),
        st.integers(1, 999).map(lambda cents: cents * 100),
        st.sampled_from(["2026-06-05", "2026-07-05"]),
        st.sampled_from([None, "2026-07-10"]),  # rejected then
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@given(CASES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_causes_are_what_an_independent_count_says(
    publish: Publish, cases: list[tuple[str, int, int, str, str | None, bool]]
) -> None:
    lakes: dict[str, list[Row]] = {"toen": [], "nu": []}
    cause = dict.fromkeys(CAUSES.split(", "), 0)
    for number, (where, month, amount, received, answered, credit) in enumerate(cases, start=1):
        cents = -amount if credit else amount
        row = line(number, month, cents, bericht_id=f"m{number}", ontvangen_op=received)
        if answered:
            row |= {"status": "afgekeurd", "toegekend_cent": 0, "beantwoord_op": answered}
        for lake in ("toen", "nu"):
            if where in ("beide", lake):
                lakes[lake].append(row)
        was = cents if where != "nu" and received < "2026-07-01" else None
        now = (0 if answered else cents) if where != "toen" else None
        if was is not None and now is not None:
            cause["correcties"] += now - was
        elif was is not None:
            cause["gegevens"] -= was
        elif now is not None and received < "2026-07-01":
            cause["gegevens"] += now
        elif now is not None:
            # a credit corrects, whatever its month; June was not complete in the previous snapshot
            which = "correcties" if credit else "nieuwe_maanden" if month == 6 else "nagekomen"
            cause[which] += now
    extra = line(99, 1, 1, bericht_id="m99")
    name = f"h{next(PLACE)}"
    publish({"declaratieregel": [*lakes["toen"], extra]}, JUNE, "SELECT 1", out=name)
    sums = ", ".join(f"coalesce(sum({naam}), 0)" for naam in cause)
    found = publish(
        {"declaratieregel": [*lakes["nu"], extra]},
        JULY,
        f"SELECT {sums} FROM mart.verschil WHERE cijfer = 'realisatie'",
        out=name,
    )
    assert dict(zip(cause, found[0], strict=True)) == cause
