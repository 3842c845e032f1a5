"""One series through re-classifications: names of now for all years, and nothing gained or lost by it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot

# 02A01 moved from Oud to Nieuw in 2025; 02A02 was always Nieuw; of Deels one code went to each of A and B
PRODUCT = [
    {"productcode": "02A01", "product": "P", "hoofdproduct": "Oud", "geldig_van": "2015-01-01"},
    {"productcode": "02A01", "product": "P", "hoofdproduct": "Nieuw", "geldig_van": "2025-01-01"},
    {"productcode": "02A02", "product": "Q", "hoofdproduct": "Nieuw", "geldig_van": "2015-01-01"},
    {"productcode": "02A05", "product": "T", "hoofdproduct": "Nieuw", "geldig_van": "2015-01-01"},
    {"productcode": "02A03", "product": "R", "hoofdproduct": "Deels", "geldig_van": "2015-01-01"},
    {"productcode": "02A03", "product": "R", "hoofdproduct": "A", "geldig_van": "2025-01-01"},
    {"productcode": "02A04", "product": "S", "hoofdproduct": "Deels", "geldig_van": "2015-01-01"},
    {"productcode": "02A04", "product": "S", "hoofdproduct": "B", "geldig_van": "2025-01-01"},
]


def line(client: str, code: str, month: str, cents: int, **more: object) -> dict[str, object]:
    return {"client_id": client, "productcode": code, "periode_begin": month, "bedrag_cent": cents, **more}


def ledger(jaar: int, name: str, cents: int, **more: object) -> dict[str, object]:
    return {
        "jaar": jaar,
        "hoofdproduct": name,
        "soort": "berichten",
        "bedrag_cent": cents,
        "geboekt_op": f"{jaar}-12-31",
        "ontvangen_op": f"{jaar}-12-31",
        **more,
    }


def test_series_has_the_names_of_now_for_all_years(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "declaratieregel": [
                line("anna", "02A01", "2024-03-01", 100),
                line("anna", "02A02", "2024-04-01", 40),
                line("bert", "02A02", "2024-04-01", 2),
                line("anna", "02A01", "2025-03-01", 300),
            ],
            "grootboek": [ledger(2023, "Oud", 70), ledger(2023, "Nieuw", 5), ledger(2023, "Deels", 9)],
        }
    )
    assert vraag(
        "SELECT jaar, hoofdproduct, nominaal_cent, verschoven_cent, clienten, bron FROM mart.reeks_jaar"
        " WHERE niveau = 'hoofdproduct' ORDER BY jaar, hoofdproduct"
    ) == [
        (2023, "Deels", 9, 0, None, "grootboek"),  # went to two names: the ledger cannot tell which
        (2023, "Nieuw", 75, 70, None, "grootboek"),
        (2023, "Oud", 0, -70, None, None),
        (2024, "Nieuw", 142, 100, 2, "berichten"),  # anna counts once
        (2024, "Oud", 0, -100, None, None),
        (2025, "Nieuw", 300, 0, 1, "berichten"),
    ]
    assert vraag("SELECT jaar, nominaal_cent FROM mart.reeks_jaar WHERE niveau = 'totaal' ORDER BY jaar") == [
        (2023, 84),
        (2024, 142),
        (2025, 300),
    ]


def test_a_change_after_bekend_op_is_not_known_yet(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {"product": PRODUCT, "declaratieregel": [line("anna", "02A01", "2024-03-01", 100)]}, "2024-10-31"
    )
    assert vraag(
        "SELECT hoofdproduct, verschoven_cent FROM mart.reeks_jaar WHERE niveau = 'hoofdproduct'"
    ) == [("Oud", 0)]


def test_real_euros_are_in_prices_of_the_newest_full_year(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "declaratieregel": [
                line("anna", "02A02", "2023-03-01", 1000),
                line("anna", "02A02", "2024-03-01", 1000),
                line("anna", "02A02", "2025-03-01", 1000),
                line("anna", "02A02", "2026-03-01", 1000),
            ],
            "cpi": [
                {"jaar": 2024, "index": 100.0, "bron": "x"},
                {"jaar": 2025, "index": 103.0, "bron": "x"},
                {"jaar": 2026, "index": 120.0, "bron": "x"},
            ],
        }
    )
    # 2025 is the newest full year: 1000 x 103/100, 1000, and 1000 x 103/120 = 858,33
    assert vraag(
        "SELECT jaar, reeel_cent, prijspeil_jaar, volledig FROM mart.reeks_jaar"
        " WHERE niveau = 'product' ORDER BY jaar"
    ) == [
        (2023, None, None, True),
        (2024, 1030, 2025, True),
        (2025, 1000, 2025, True),
        (2026, 858, 2025, False),
    ]


def test_year_figures_divide_the_ledger_over_products(snapshot: Snapshot) -> None:
    # the ledger says 100 for the hoofdproduct; the year figures know 60 of it per product
    volume = {"jaar": 2017, "wet": "Wmo", "hoofdproduct": "Nieuw", "bron": "synthetisch", "eenheid": "04"}
    vraag = snapshot(
        {
            "product": PRODUCT,
            "declaratieregel": [line("anna", "02A02", "2018-03-01", 10, volume=90, eenheid="01")],
            "grootboek": [ledger(2017, "Nieuw", 100)],
            "volume_jaar": [
                {
                    **volume,
                    "product": "Q",
                    "zwaarte": "licht",
                    "clienten": 3,
                    "volume": 2.0,
                    "bedrag_cent": 20,
                },
                {
                    **volume,
                    "product": "Q",
                    "zwaarte": "zwaar",
                    "clienten": 4,
                    "volume": 3.0,
                    "bedrag_cent": 30,
                },
                {
                    **volume,
                    "product": "T",
                    "zwaarte": "n.v.t.",
                    "clienten": 1,
                    "volume": 1.0,
                    "bedrag_cent": 10,
                },
            ],
        },
        "2018-10-31",
    )
    rows = vraag(
        "SELECT jaar, niveau, hoofdproduct, product, nominaal_cent, clienten, volume, bron"
        " FROM mart.reeks_jaar WHERE niveau IN ('hoofdproduct', 'product') ORDER BY jaar, niveau, product"
    )
    assert [(*row[:6], None if row[6] is None else float(row[6]), row[7]) for row in rows] == [
        (2017, "hoofdproduct", "Nieuw", None, 100, None, None, "grootboek"),
        (2017, "product", "Nieuw", "Q", 50, None, 5.0, "jaarcijfers"),  # 3 and 4 may be the same persons
        (2017, "product", "Nieuw", "T", 10, 1, 1.0, "jaarcijfers"),
        (2017, "product", "Nieuw", "niet per product bekend", 40, None, None, "grootboek"),
        (2018, "hoofdproduct", "Nieuw", None, 10, 1, None, "berichten"),
        (2018, "product", "Nieuw", "Q", 10, 1, 1.5, "berichten"),  # 90 minutes, counted in hours
    ]


NAMES = st.sampled_from(["A", "B", "C"])


@given(
    st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=3, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(2023, 2026), st.integers(1, 900)), max_size=12),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_classification_gains_or_loses_money(
    snapshot: Snapshot, names: list[tuple[str, str, str]], lines: list[tuple[int, int, int]]
) -> None:
    # three codes, each with a name per year 2023-2025; in 2026 the last one holds
    products = [
        {
            "productcode": f"02A0{code}",
            "product": f"p{code}",
            "hoofdproduct": name,
            "geldig_van": f"{jaar}-01-01",
        }
        for code, three in enumerate(names)
        for jaar, name in zip((2023, 2024, 2025), three, strict=True)
    ]
    rows = [line("anna", f"02A0{code}", f"{jaar}-02-01", cents) for code, jaar, cents in lines]
    vraag = snapshot(
        {"product": products, "declaratieregel": rows or [line("anna", "02A00", "2023-01-01", 1)]}
    )
    if not rows:
        return
    expected: dict[tuple[int, str], int] = {}
    moved: dict[tuple[int, str], int] = {}
    for code, jaar, cents in lines:
        now, then = names[code][2], names[code][min(jaar, 2025) - 2023]
        expected[jaar, now] = expected.get((jaar, now), 0) + cents
        moved[jaar, now] = moved.get((jaar, now), 0) + cents
        moved[jaar, then] = moved.get((jaar, then), 0) - cents
    found = vraag(
        "SELECT jaar, hoofdproduct, nominaal_cent, verschoven_cent FROM mart.reeks_jaar"
        " WHERE niveau = 'hoofdproduct'"
    )
    assert {(j, h): n for j, h, n, _ in found if n} == expected
    assert {(j, h): v for j, h, _, v in found if v} == {key: v for key, v in moved.items() if v}


@pytest.mark.parametrize(("first", "months"), [("2026-01-01", 9), ("2026-01-15", 8), ("2026-12-01", 0)])
def test_expected_effect_counts_whole_months_since_it_started(
    snapshot: Snapshot, first: str, months: int
) -> None:
    # the last full levermaand is September 2026
    vraag = snapshot(
        {
            "declaratieregel": [line("anna", "02A02", "2026-03-01", 10)],
            "maatregel": [
                {
                    "maatregel": "m",
                    "wet": "Wmo",
                    "ingang_op": first,
                    "effect_per_jaar_cent": -1200,
                    "status": "loopt",
                    "bron": "x",
                }
            ],
        }
    )
    assert vraag("SELECT verwacht_effect_cent, ingegaan FROM mart.maatregel") == [(-100 * months, months > 0)]
