"""Aanbieders on tiny lakes: shares, dependence, prices of trajecten, and control charts."""

from datetime import date
from typing import Any

import pytest

from tests.warehouse.conftest import Snapshot
from warehouse.build import Options
from warehouse.settings import Settings

Row = dict[str, Any]
PRODUCT: list[Row] = [
    {"productcode": "02A01", "product": "Begeleiding", "zwaarte": "licht", "zwaarte_rang": 1}
]


def line(client: str, agb: str, month: str, cents: int, **rest: Any) -> Row:
    """A declared line of a client at an aanbieder in a month."""
    return {
        "client_id": client,
        "aanbieder_agb": agb,
        "periode_begin": month,
        "bedrag_cent": cents,
        "toewijzing_sleutel": f"{client}-{agb}",
        **rest,
    }


def numbered(rows: list[Row]) -> list[Row]:
    """The rows with a number of their own, so that no two lines are one."""
    return [{**row, "referentienummer": f"r{i}", "declaratienummer": f"d{i}"} for i, row in enumerate(rows)]


def test_share_rank_and_herfindahl_by_hand(snapshot: Snapshot) -> None:
    # 600, 300 and 100 euro: shares 0,6 / 0,3 / 0,1 and hhi 0,36 + 0,09 + 0,01 = 0,46
    vraag = snapshot(
        {
            "product": PRODUCT,
            "declaratieregel": numbered(
                [
                    line("a", "1", "2025-03-01", 60000),
                    line("b", "2", "2025-03-01", 30000),
                    line("a", "3", "2025-04-01", 10000),
                ]
            ),
        }
    )
    assert vraag(
        "SELECT aanbieder_agb, aandeel, rang, hhi, aanbieders, clienten, clienten_alleen_hier,"
        " afhankelijk_aandeel"
        " FROM mart.aanbieder_aandeel ORDER BY rang"
    ) == [
        ("1", 0.6, 1, 0.46, 3, 1, 0, 0.0),
        ("2", 0.3, 2, 0.46, 3, 1, 1, 1.0),
        ("3", 0.1, 3, 0.46, 3, 1, 0, 0.0),
    ]


def test_number_of_aanbieders_in_a_wijk(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "client": [
                {"client_id": c, "wijkcode": w, "bericht_id": "c"}
                for c, w in [("a", "W1"), ("b", "W1"), ("c", "W2")]
            ],
            "declaratieregel": numbered(
                [
                    line("a", "1", "2025-03-01", 30000),
                    line("b", "2", "2025-03-01", 10000),
                    line("c", "2", "2025-03-01", 5000),
                ]
            ),
        }
    )
    assert vraag(
        "SELECT wijkcode, aanbieders, clienten, grootste_aandeel FROM mart.aanbieder_wijk ORDER BY 1"
    ) == [
        ("W1", 2, 2, 0.75),
        ("W2", 1, 1, 1.0),
    ]


def test_price_of_a_traject_is_all_that_was_delivered_in_it(snapshot: Snapshot) -> None:
    # a: 10 January to 20 March, three lines of 100, 200 and 300 euro: 600 euro in 70 days
    # b: began before the data; c: still running; d: ended in a month that is provisional: none of them counts
    starts = [
        ("a", "2025-01-10"),
        ("b", "2024-06-01"),
        ("c", "2025-01-01"),
        ("d", "2025-01-01"),
        ("e", "2025-02-01"),
    ]
    stops = [("a", "2025-03-20"), ("b", "2025-03-20"), ("d", "2026-08-15"), ("e", "2025-02-28")]
    begin = dict(starts)
    vraag = snapshot(
        {
            "product": PRODUCT,
            "start": [
                {"client_id": c, "begindatum": d, "toewijzing_sleutel": f"{c}-1", "aanbieder_agb": "1"}
                for c, d in starts
            ],
            "stop": [
                {
                    "client_id": c,
                    "begindatum": begin[c],
                    "einddatum": d,
                    "toewijzing_sleutel": f"{c}-1",
                    "aanbieder_agb": "1",
                    "reden_beeindiging": "19",
                }
                for c, d in stops
            ],
            "declaratieregel": numbered(
                [
                    line("a", "1", "2025-01-01", 10000),
                    line("a", "1", "2025-02-01", 20000),
                    line("a", "1", "2025-03-01", 30000),
                    line("b", "1", "2025-01-01", 99900),
                    line("c", "1", "2025-01-01", 99900),
                    line("d", "1", "2025-01-01", 99900),
                    line("e", "1", "2025-02-01", 10000),
                ]
            ),
        }
    )
    assert vraag(
        "SELECT aanbieder_agb, jaar, clienten, aantal, gemiddelde_cent, mediaan_cent, gemiddelde_dagen,"
        " langste_dagen"
        " FROM mart.trajectprijs ORDER BY 1 NULLS FIRST"
    ) == [(None, 2025, 2, 2, 35000, 35000, 49.0, 365), ("1", 2025, 2, 2, 35000, 35000, 49.0, 365)]


def two_years(extra: list[Row] | None = None) -> dict[str, list[Row]]:
    """Lines of one aanbieder: 18 months around 100 euro, then 18 around 200; and decisions."""
    rows = []
    for index in range(36):
        month = date(2023 + index // 12, index % 12 + 1, 1)
        cents = (10000 if index < 18 else 20000) + (100 if index % 2 else -100)
        rows.append(line("a", "1", month.isoformat(), cents))
    return {"product": PRODUCT, "declaratieregel": numbered(rows), "regelkaart_basis": extra or []}


CHART = (
    "SELECT maand, signaal, richting, gemiddelde, basis_van, basis_tot, basis_reden FROM mart.regelkaart"
    " WHERE maat = 'realisatie' AND cel = 'Wmo|Begeleiding' ORDER BY maand"
)
TWELVE = Options(settings=Settings(regelkaart_basis_maanden=12))


def test_without_a_decision_the_baseline_stays_where_the_series_began(snapshot: Snapshot) -> None:
    rows = snapshot(two_years(), "2026-03-31", TWELVE)(CHART)
    assert {row[3:] for row in rows} == {(10000.0, date(2023, 1, 1), date(2024, 1, 1), None)}
    assert [row[1:3] for row in rows[:18]] == [(None, None)] * 18
    assert {row[1:3] for row in rows[18:]} == {("buiten de grenzen", "hoog")}


def decision(**change: Any) -> Row:
    """A logged decision to move the baseline of realisatie in Wmo begeleiding to July 2024."""
    return {
        "maat": "realisatie",
        "cel": "Wmo|Begeleiding",
        "basis_van": "2024-07-01",
        "basis_reden": "Nieuw contract",
        "door": "contractmanager",
        "vastgelegd_op": "2025-09-01",
        "ontvangen_op": "2025-09-01",
        **change,
    }


def test_a_logged_decision_moves_the_baseline_from_its_month_on(snapshot: Snapshot) -> None:
    rows = snapshot(two_years([decision()]), "2026-03-31", TWELVE)(CHART)
    assert {row[3:] for row in rows[:18]} == {(10000.0, date(2023, 1, 1), date(2024, 1, 1), None)}
    assert {row[3:] for row in rows[18:]} == {(20000.0, date(2024, 7, 1), date(2025, 7, 1), "Nieuw contract")}
    assert {row[1] for row in rows} == {None}


@pytest.mark.parametrize(
    "change",
    [{"maat": "uitnutting"}, {"cel": "Wmo|Anders"}, {"ontvangen_op": "2026-05-01"}],
    ids=["other measure", "other cell", "not yet known"],
)
def test_a_decision_about_something_else_does_nothing(snapshot: Snapshot, change: Row) -> None:
    rows = snapshot(two_years([decision(**change)]), "2026-03-31", TWELVE)(CHART)
    assert {row[6] for row in rows} == {None}


def test_a_decision_without_cell_is_for_all_cells(snapshot: Snapshot) -> None:
    rows = snapshot(two_years([decision(cel=None)]), "2026-03-31", TWELVE)(CHART)
    assert {row[6] for row in rows[18:]} == {"Nieuw contract"}


def test_provisional_months_are_not_on_the_chart(snapshot: Snapshot) -> None:
    # known on 31 March 2026: February is the last full month, December 2025 the first provisional one
    rows = snapshot(two_years(), "2026-03-31", TWELVE)(CHART)
    assert rows[-1][0] == date(2025, 11, 1)


def test_compared_with_the_others_and_case_mix(snapshot: Snapshot) -> None:
    # ten clients each: at aanbieder 1 of 100 euro, at 2 and 3 of 200 euro; expected of 1: 10 x 200
    lines = [
        line(f"{agb}-{number}", agb, "2025-03-01", cents)
        for agb, cents in (("1", 10000), ("2", 20000), ("3", 20000))
        for number in range(10)
    ]
    vraag = snapshot({"product": PRODUCT, "declaratieregel": numbered(lines)})
    assert vraag(
        "SELECT aanbieder_agb, clienten, waargenomen, verwacht, verhouding, jaar_volledig"
        " FROM mart.aanbieder_vergelijking WHERE maat = 'kosten per client' ORDER BY 1"
    ) == [
        ("1", 10, 100000.0, 200000.0, 0.5, True),
        ("2", 10, 200000.0, 150000.0, pytest.approx(4 / 3), True),
        ("3", 10, 200000.0, 150000.0, pytest.approx(4 / 3), True),
    ]
    assert vraag(
        "SELECT verhouding FROM mart.aanbieder_vergelijking WHERE maat = 'prijs' AND aanbieder_agb = '1'"
    ) == [(0.5,)]
    assert vraag(
        "SELECT DISTINCT aandeel, aandeel_alle, clienten, clienten_alle FROM mart.aanbieder_casemix"
    ) == [(1.0, 1.0, 10, 30)]
