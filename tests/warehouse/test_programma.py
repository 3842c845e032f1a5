"""The jaarprogrammering beside what became of it: by hand, in pure maths and out of a lake."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake

from tests.warehouse.conftest import Snapshot, Vraag
from tests.warehouse.tiny import build, write_lake
from warehouse.rekenen.pq import EFFECTS
from warehouse.rekenen.programma import (
    NEVER,
    NO_Q,
    NO_UNIT,
    NO_WEEKS,
    OTHER_UNIT,
    UNDIVIDED,
    decompose_programme,
)

RATO = "naar rato van de volledige levermaanden"
# 40 clients x 31,25 weeks = 1.250 weeks x 1 hour toegewezen x 0,8 = 1.000 hours at 60 euro
PLAN: dict[str, Any] = {
    "programma_nr": 1,
    "maanden": 12,
    "instroom": 20.0,
    "clienten": 40.0,
    "duur_weken": 78.0,
    "intensiteit": 1.0,
    "uitnutting": 0.8,
    "volume": 1000.0,
    "eenheid": "04",
    "bedrag_cent": 6_000_000,
}
REAL: dict[str, Any] = {
    "real_clienten": 40,
    "real_clientdagen": 8750,
    "real_productdagen": 8750,
    "real_toegewezen": 1250.0,
    "real_volume": 1000.0,
    "realisatie_cent": 6_000_000,
    "overig_cent": 0,
}


def difference(**changes: object) -> dict[str, int | str]:
    """What is not 0 of the decomposition of PLAN against REAL with changes, by short name."""
    lines = pl.DataFrame([{**PLAN, **REAL, **changes}], schema_overrides={"eenheid": pl.String})
    lines = lines.with_columns(pl.col(pl.Null).cast(pl.Float64))
    (row,) = decompose_programme(lines).to_dicts()
    assert sum(row[name] for name in [*EFFECTS, UNDIVIDED]) == row["verschil_cent"]
    assert row["verschil_cent"] == lines["realisatie_cent"][0] - row["doel_tot_nu_cent"]
    names = {
        name: name.removeprefix("effect_").removesuffix("_cent") for name in [*EFFECTS, UNDIVIDED, "reden"]
    }
    return {short: row[name] for name, short in names.items() if row[name]}


def test_what_goes_as_planned_has_no_effects() -> None:
    assert difference() == {}
    # without a volume it is clients x duration x intensiteit x uitnutting
    assert difference(volume=None, duur_weken=31.25) == {}


def test_each_difference_lands_in_its_factor() -> None:
    assert difference(realisatie_cent=7_000_000) == {"prijs": 1_000_000}
    # half as many weeks at the same hours a week: half of the money
    half = {
        "real_clientdagen": 4375,
        "real_productdagen": 4375,
        "real_toegewezen": 625.0,
        "real_volume": 500.0,
    }
    assert difference(**half, realisatie_cent=3_000_000) == {"duur": -3_000_000}
    # twice the hours toegewezen of which 40 % was delivered: two effects that cancel (0,5 x (1 + 2) x ...)
    assert difference(real_toegewezen=2500.0) == {
        "toegewezen_intensiteit": 4_500_000,
        "uitnutting": -4_500_000,
    }
    # nothing toegewezen: intensiteit and uitnutting are one
    assert difference(real_toegewezen=None, real_volume=2000.0, realisatie_cent=12_000_000) == {
        "geleverde_intensiteit": 6_000_000
    }
    assert difference(realisatie_cent=6_000_700, overig_cent=700) == {"overig": 700}


def test_a_running_year_counts_for_its_months() -> None:
    # after six months: stand 20 + half of the instroom of 20, half of weeks, hours and euros
    half = {
        "real_clienten": 30,
        "real_clientdagen": 4375,
        "real_productdagen": 4375,
        "real_toegewezen": 625.0,
    }
    assert difference(maanden=6, **half, real_volume=500.0, realisatie_cent=3_000_000) == {}
    # without instroom, or with more than there are clients, nothing is known of the growth in the year
    for unknown in (None, 50.0):
        found = difference(
            maanden=6,
            instroom=unknown,
            **{**half, "real_clienten": 40},
            real_volume=500.0,
            realisatie_cent=3_000_000,
        )
        assert found == {}


def test_intensity_in_another_unit_than_the_volume_falls_back_on_duration() -> None:
    # 1.000 / (0,01 x 0,8) = 125.000 weeks for 40 clients cannot be; 40 x 31,25 weeks can
    assert difference(intensiteit=0.01, duur_weken=31.25) == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"maanden": 0, "realisatie_cent": 0}, NEVER),
        ({"clienten": None}, NO_Q),
        ({"volume": None, "intensiteit": None}, NO_Q),
        ({"eenheid": None}, NO_UNIT),
        ({"intensiteit": None, "duur_weken": None}, NO_WEEKS),
        ({"real_volume": 0.0}, OTHER_UNIT),
    ],
)
def test_without_quantities_it_is_one_difference_with_a_reason(changes: dict[str, Any], reason: str) -> None:
    amount = changes.get("realisatie_cent", 6_000_500)
    target = 0 if changes.get("maanden") == 0 else 6_000_000
    expected: dict[str, int | str] = {"reden": reason}
    if amount != target:
        expected["niet_verdeeld"] = amount - target
    assert difference(**{**changes, "realisatie_cent": amount}) == expected


# --- out of a lake -----------------------------------------------------------------------------------------

PRODUCT = [
    {"productcode": "02A01", "product": "Begeleiding", "zwaarte": "licht", "zwaarte_rang": 1},
    {"productcode": "02A02", "product": "Dagbesteding", "productgroep": "Dagbesteding", "eenheid": "16"},
]
PLAATS = {"wet": "Wmo", "hoofdproduct": "Ambulante begeleiding", "productgroep": "Begeleiding"}
REGEL = {
    **PLAATS,
    "jaar": 2025,
    "product": "Begeleiding",
    "zwaarte": "licht",
    "eenheid": "04",
    "vastgesteld_op": "2024-12-10",
    "ontvangen_op": "2024-12-10",
    "bron": "jaarprogrammering",
}
LAKE: dict[str, list[dict[str, Any]]] = {
    "product": PRODUCT,
    "client": [
        {"client_id": "anna", "wijkcode": "WK01", "adres_van": "2020-01-01"},
        {"client_id": "bert", "wijkcode": "WK02", "adres_van": "2020-01-01"},
    ],
    # Anna two months of 10 hours and Bert one, at two providers; Bert also dagbesteding that nobody planned
    "declaratieregel": [
        {"periode_begin": "2025-01-01", "client_id": "anna", "volume": 10, "bedrag_cent": 60000},
        {"periode_begin": "2025-03-01", "client_id": "anna", "volume": 10, "bedrag_cent": 60000},
        {"periode_begin": "2025-03-01", "client_id": "bert", "volume": 10, "bedrag_cent": 60000}
        | {"aanbieder_agb": "00000002"},
        {"periode_begin": "2025-03-01", "client_id": "bert", "volume": 4, "bedrag_cent": 5000}
        | {"productcode": "02A02", "eenheid": "16"},
    ],
    "start": [
        {"client_id": "anna", "begindatum": "2024-11-01", "toewijzing_sleutel": "1"},
        {"client_id": "bert", "begindatum": "2025-03-01", "toewijzing_sleutel": "2"},
    ],
    "programmering": [
        {
            **REGEL,
            "bedrag_cent": 1,
            "clienten": 99,
            "vastgesteld_op": "2024-06-01",
            "ontvangen_op": "2024-06-01",
        },
        {**REGEL, "bedrag_cent": 100000, "clienten": 1, "instroom": 3, "volume": 20, "duur_weken": 10},
        {**REGEL, "bedrag_cent": 70000, "wijkcode": "WK02"},
        {**REGEL, "bedrag_cent": 80000, "aanbieder_agb": "00000001"},
        {
            **REGEL,
            "bedrag_cent": 500,
            "product": None,
            "zwaarte": None,
            "productgroep": None,
            "eenheid": None,
        },
    ],
    "begroting": [
        {**PLAATS, "jaar": 2025, "soort": "product", "bedrag_cent": 150000, "vastgesteld_op": "2024-11-01"}
        | {"ontvangen_op": "2024-11-01", "bron": "document"}
    ],
}
del LAKE["begroting"][0]["productgroep"]


@pytest.fixture
def vraag(snapshot: Snapshot) -> Vraag:
    return snapshot(LAKE)


def test_targets_stand_beside_what_became_of_them_on_their_own_cells(vraag: Vraag) -> None:
    found = vraag(
        "SELECT product, wijkcode, aanbieder_agb, maanden, doel_clienten, clienten, doel_instroom, instroom,"
        " round(duur_weken * 7 * clienten), CAST(volume AS DOUBLE), prijs_cent, doel_cent, realisatie_cent"
        " FROM mart.programma ORDER BY doel_cent DESC"
    )
    # days: Anna 31 + 31, Bert 31; of dagbesteding too in the line without product
    assert found == [
        ("Begeleiding", None, None, 12, 1.0, 2, 3.0, 1, 93.0, 30.0, 6000.0, 100000, 180000),
        ("Begeleiding", None, "00000001", 12, None, 1, None, None, 62.0, 20.0, 6000.0, 80000, 120000),
        ("Begeleiding", "WK02", None, 12, None, 1, None, None, 31.0, 10.0, 6000.0, 70000, 60000),
        (None, None, None, 12, None, 2, None, None, 93.0, 0.0, None, 500, 185000),
    ]


def test_deviation_is_split_or_says_why_not(vraag: Vraag) -> None:
    names = "effect_clienten_cent, effect_duur_cent, effect_geleverde_intensiteit_cent, effect_prijs_cent"
    found = vraag(
        f"SELECT bron, product, verschil_cent, {names}, effect_niet_verdeeld_cent, reden"
        " FROM mart.pq_programma"
        " WHERE wijkcode IS NULL AND aanbieder_agb IS NULL ORDER BY bron, verschil_cent"
    )
    assert [row[:3] + row[7:] for row in found] == [
        ("begroting", None, 35000, 35000, "de begroting noemt alleen een bedrag"),
        ("programmering", "Begeleiding", 80000, 0, None),
        ("programmering", None, 184500, 184500, NO_Q),
    ]
    # n=3 by hand: hours a client 20 -> 15 are weeks 10 -> 93/14 and hours a week 2 -> 210/93; clients 1 -> 2;
    # price 50 -> 60 euro
    c, w, i, p = (1, 2), (10.0, 93 / 14), (2.0, 210 / 93), (5000.0, 6000.0)
    divided = next(row for row in found if row[1] == "Begeleiding")

    def effect(own: tuple[float, float], *rest: tuple[float, float]) -> float:
        one, two, three = rest
        none, full = one[0] * two[0] * three[0], one[1] * two[1] * three[1]
        single = one[1] * two[0] * three[0] + one[0] * two[1] * three[0] + one[0] * two[0] * three[1]
        double = one[1] * two[1] * three[0] + one[1] * two[0] * three[1] + one[0] * two[1] * three[1]
        return (own[1] - own[0]) * (none / 4 + single / 12 + double / 12 + full / 4)

    expected = [effect(c, w, i, p), effect(w, c, i, p), effect(i, c, w, p), effect(p, c, w, i)]
    assert sum(expected) == pytest.approx(80000)
    assert list(divided[3:7]) == pytest.approx(expected, abs=1)


def test_what_nobody_planned_is_shown_as_such(snapshot: Snapshot) -> None:
    planned = [row for row in LAKE["programmering"] if row["product"]]
    # 2024 has no programme at all: nothing of it is 'niet geprogrammeerd'
    before = {"periode_begin": "2024-12-01", "productcode": "02A02", "eenheid": "16", "bedrag_cent": 9000}
    lines = [*LAKE["declaratieregel"], before]
    vraag = snapshot({**LAKE, "declaratieregel": lines, "programmering": planned})
    assert vraag(
        "SELECT product, clienten, doel_tot_nu_cent, realisatie_cent, effect_niet_verdeeld_cent, reden"
        " FROM mart.pq_programma WHERE bron = 'niet geprogrammeerd'"
    ) == [("Dagbesteding", 1, 0, 5000, 5000, "niet geprogrammeerd")]


def test_a_running_year_stops_at_the_last_full_levermaand(snapshot: Snapshot) -> None:
    # on 31 October September is the last full month: 9/12 of the target, and October does not count yet
    lines = [
        {"periode_begin": "2026-03-01", "volume": 10, "bedrag_cent": 60000},
        {"periode_begin": "2026-10-01", "volume": 10, "bedrag_cent": 60000, "ontvangen_op": "2026-10-20"},
    ]
    plan = {**REGEL, "jaar": 2026, "bedrag_cent": 90001, "clienten": 1, "volume": 16, "duur_weken": 8}
    next_year = {**REGEL, "jaar": 2027, "bedrag_cent": 5}
    vraag = snapshot({"product": PRODUCT, "declaratieregel": lines, "programmering": [plan, next_year]})
    assert vraag(
        "SELECT jaar, maanden, clienten, CAST(volume AS DOUBLE), doel_cent, doel_tot_nu_cent, realisatie_cent"
        " FROM mart.programma ORDER BY jaar"
    ) == [(2026, 9, 1, 10.0, 90001, 67501, 60000), (2027, 0, 0, 0.0, 5, 0, 0)]
    assert vraag(
        "SELECT jaar, rijpheid, verschil_cent, reden FROM mart.pq_programma"
        " WHERE bron = 'programmering' ORDER BY jaar"
    ) == [(2026, RATO, -7501, None), (2027, RATO, 0, NEVER)]


def test_an_older_lake_without_wijk_and_aanbieder_still_builds(tmp_path: Path) -> None:
    place = write_lake(tmp_path / "lake", {**LAKE, "programmering": [LAKE["programmering"][1]]})
    table = str(place / "programmering")
    old = pl.from_arrow(DeltaTable(table).to_pyarrow_table())
    assert isinstance(old, pl.DataFrame)
    old = old.drop("wijkcode", "aanbieder_agb")
    write_deltalake(table, old.to_arrow(), mode="overwrite", schema_mode="overwrite")
    build(place, tmp_path / "s.duckdb", date(2026, 10, 31))
    found = Vraag(tmp_path / "s.duckdb")(
        "SELECT wijkcode, aanbieder_agb, realisatie_cent FROM mart.programma"
    )
    assert found == [(None, None, 180000)]
