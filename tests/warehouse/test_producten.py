"""Dagbesteding across the kanteling, and the hours of huishoudelijke ondersteuning per household, by hand."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot

Row = dict[str, Any]
DAG: list[Row] = [
    {
        "productcategorie": "07",
        "productcode": code,
        "product": "Dagbesteding",
        "productgroep": "Dagbesteding",
        "hoofdproduct": "Dagbesteding",
        "zwaarte": zwaarte,
        "zwaarte_rang": rank,
        "eenheid": "16",
    }
    for code, zwaarte, rank in [("07A11", "licht", 1), ("07A12", "midden", 2), ("07A13", "zwaar", 4)]
]
CODE = {"licht": "07A11", "midden": "07A12", "zwaar": "07A13"}
KANTELING = [
    {"datum": "2025-01-01", "wet": "Wmo", "hoofdproduct": "Dagbesteding", "omschrijving": "Kanteling"}
]


def dagdelen(*rows: tuple[str, str, str, int, int]) -> dict[str, list[Row]]:
    """A lake out of (month, client, zwaarte, dagdelen, cents a dagdeel); kanteling in 2025."""
    return {
        "product": DAG,
        "breuk": [dict(row) for row in KANTELING],
        "declaratieregel": [
            {
                "periode_begin": month,
                "client_id": client,
                "productcategorie": "07",
                "productcode": CODE[zwaarte],
                "eenheid": "16",
                "volume": volume,
                "bedrag_cent": volume * price,
                "referentienummer": f"r{number}",
            }
            for number, (month, client, zwaarte, volume, price) in enumerate(rows)
        ],
    }


def test_clients_that_leave_make_the_rest_dearer_without_any_price_rise(snapshot: Snapshot) -> None:
    # 2024: ten dagdelen licht at 30 and ten zwaar at 60 euro, on average 45; in 2025 only the zwaar are left,
    # at the same price: 15 euro dearer, all of it by sorting out. In 2026 zwaar costs 66: 6 euro of price
    # x the mean share of zwaar (0,75) = 4,50, and sorting out (0,5 - 0) x (63 - 30) = 16,50
    vraag = snapshot(
        dagdelen(
            ("2024-03-01", "a", "licht", 10, 3000),
            ("2024-03-01", "b", "zwaar", 10, 6000),
            ("2025-03-01", "b", "zwaar", 10, 6000),
            ("2026-03-01", "b", "zwaar", 10, 6600),
        )
    )
    assert vraag(
        "SELECT jaar, prijs_cent, basisjaar, prijs_basis_cent, uitsorteereffect_cent,"
        " prijseffect_cent, na_kanteling, clienten, dagdelen_per_client"
        " FROM mart.dagbesteding WHERE kant = 'maatwerk' AND zwaarte IS NULL"
    ) == [
        (2024, 4500.0, 2024, 4500.0, 0.0, 0.0, False, 2, 10.0),
        (2025, 6000.0, 2024, 4500.0, 1500.0, 0.0, True, 1, 10.0),
        (2026, 6600.0, 2024, 4500.0, 1650.0, 450.0, True, 1, 10.0),
    ]
    assert vraag("SELECT jaar, zwaarte, aandeel_volume FROM mart.dagbesteding WHERE zwaarte = 'licht'") == [
        (2024, "licht", 0.5)
    ]


def test_published_years_and_the_subsidised_side(snapshot: Snapshot) -> None:
    lake = dagdelen(("2025-03-01", "b", "zwaar", 10, 6000))
    lake["volume_jaar"] = [
        {
            "jaar": 2024,
            "wet": "Wmo",
            "hoofdproduct": "Dagbesteding",
            "product": "Dagbesteding",
            "zwaarte": zwaarte,
            "clienten": 12,
            "volume": 100.0,
            "eenheid": "16",
            "bedrag_cent": cents,
            "bron": "document",
        }
        for zwaarte, cents in (("licht", 300_000), ("zwaar", 600_000))
    ]
    lake["grootboek"] = [
        {
            "jaar": 2025,
            "hoofdproduct": "Dagbesteding",
            "soort": "subsidie",
            "bedrag_cent": 700_000,
            "geboekt_op": "2025-12-31",
            "ontvangen_op": "2025-12-31",
        }
    ]
    vraag = snapshot(lake)
    assert vraag(
        "SELECT jaar, kant, zwaarte, clienten, bedrag_cent, uitsorteereffect_cent, bron"
        " FROM mart.dagbesteding ORDER BY jaar, kant, zwaarte NULLS LAST"
    ) == [
        (2024, "maatwerk", "licht", 12, 300_000, None, "document"),
        (2024, "maatwerk", "zwaar", 12, 600_000, None, "document"),
        # clients of two zwaarten are not added up
        (2024, "maatwerk", None, None, 900_000, 0.0, "document"),
        (2025, "algemeen", None, None, 700_000, None, "synthetisch"),
        (2025, "maatwerk", "zwaar", 1, 60_000, None, "berichten"),
        (2025, "maatwerk", None, 1, 60_000, 1500.0, "berichten"),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2024-03-01", "2025-03-01", "2026-03-01"]),
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(sorted(CODE)),
            st.integers(1, 50),
            st.integers(1, 9000),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_effects_are_the_whole_difference(
    snapshot: Snapshot, rows: list[tuple[str, str, str, int, int]]
) -> None:
    # whatever is delivered at whatever price, and in whichever year first
    vraag = snapshot(dagdelen(*rows))
    for price, base, mix, own in vraag(
        "SELECT prijs_cent, prijs_basis_cent, uitsorteereffect_cent, prijseffect_cent FROM mart.dagbesteding"
        " WHERE kant = 'maatwerk' AND zwaarte IS NULL"
    ):
        assert mix + own == pytest.approx(price - base, abs=1e-4)


def hours(*rows: tuple[str, str | None, str, int]) -> dict[str, list[Row]]:
    """A lake of huishoudelijke ondersteuning out of (client, household, wijk, hours a week), all of 2025."""
    product = {
        "productcategorie": "01",
        "productcode": "01A04",
        "product": "Huishoudelijke ondersteuning 1",
        "productgroep": "Hulp bij het huishouden",
        "hoofdproduct": "Huishoudelijke ondersteuning",
    }
    own = {"productcategorie": "01", "productcode": "01A04"}
    return {
        "product": [product],
        "client": [
            {"client_id": c, "huishouden_id": h, "wijkcode": w, "bericht_id": "c"} for c, h, w, _ in rows
        ],
        "toewijzing": [
            {
                **own,
                "client_id": c,
                "toewijzing_sleutel": c,
                "ingangsdatum": "2025-01-01",
                "einddatum": "2025-12-31",
                "volume": v,
                "eenheid": "04",
                "frequentie": "2",
            }
            for c, _, _, v in rows
        ],
        "declaratieregel": [
            {
                **own,
                "client_id": rows[0][0],
                "toewijzing_sleutel": rows[0][0],
                "periode_begin": "2025-01-01",
                "volume": 7,
                "bedrag_cent": 7 * 3000,
            }
        ],
    }


def test_hours_per_household_by_hand(snapshot: Snapshot) -> None:
    # 2025 has 365/7 weeks. Two people at one address have 1 and 2 hours a week, a third has 4: 7 hours a week
    # over two households: 3,5 x 365/7 = 182,5 hours a year
    lake = hours(("a", "h1", "W1", 1), ("b", "h1", "W1", 2), ("c", "h2", "W2", 4))
    lake["benchmark"] = [
        {
            "gemeente": "Emmen",
            "jaar": 2016,
            "maat": "uren huishoudelijke ondersteuning per huishouden per jaar",
            "waarde": 95.4,
            "eenheid": "uur",
            "bron": "document",
        },
        {
            "gemeente": "Emmen",
            "jaar": 2016,
            "maat": "iets anders",
            "waarde": 1.0,
            "eenheid": "uur",
            "bron": "x",
        },
    ]
    vraag = snapshot(lake)
    assert vraag(
        "SELECT jaar, gemeente, wijkcode, huishoudens, round(uren_per_huishouden, 4), maanden, bron,"
        " jaar_volledig FROM mart.huishoudelijke_ondersteuning ORDER BY jaar, wijkcode NULLS FIRST"
    ) == [
        (2016, "Emmen", None, None, 95.4, None, "document", True),
        (2025, "eigen gemeente", None, 2.0, 182.5, 12, "berichten", True),
        (2025, "eigen gemeente", "W1", 1.0, pytest.approx(3 * 365 / 7, abs=1e-3), 12, "berichten", True),
        (2025, "eigen gemeente", "W2", 1.0, pytest.approx(4 * 365 / 7, abs=1e-3), 12, "berichten", True),
    ]
    assert vraag(
        "SELECT clienten, geleverde_uren, geleverd_per_huishouden FROM mart.huishoudelijke_ondersteuning"
        " WHERE jaar = 2025 AND wijkcode IS NULL"
    ) == [(1, 7, 3.5)]
    # on 30 December October is the last full levermaand: ten months, and the year is not whole
    assert snapshot(lake, "2025-12-30")(
        "SELECT maanden, jaar_volledig FROM mart.huishoudelijke_ondersteuning"
        " WHERE jaar = 2025 AND wijkcode IS NULL"
    ) == [(10, False)]
