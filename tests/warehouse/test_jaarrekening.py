"""Boekjaar against levermaand, the accrual, and the boundary of rechtmatigheid."""

import pytest

from tests.warehouse.conftest import Snapshot, Vraag
from tests.warehouse.tiny import Row
from warehouse.build import Options
from warehouse.settings import Settings

PRODUCT = {"productcode": "02A01", "product": "Begeleiding", "taakveld": "6.71b"}


def line(month: str, cents: int, received: str, answered: str | None, **more: object) -> Row:
    status = {"status": "goedgekeurd", "toegekend_cent": cents, "beantwoord_op": answered} if answered else {}
    return {"periode_begin": month, "bedrag_cent": cents, "ontvangen_op": received, **status, **more}


def booked(jaar: int, periode: int, soort: str, cents: int) -> Row:
    day = f"{jaar}-{periode:02}-{31 if periode in (1, 12) else 30}"
    return {
        "jaar": jaar,
        "periode": periode,
        "soort": soort,
        "bedrag_cent": cents,
        "taakveld": "6.71b",
        "hoofdproduct": "Ambulante begeleiding",
        "geboekt_op": day,
        "ontvangen_op": day,
    }


@pytest.fixture
def two_years(snapshot: Snapshot) -> Vraag:
    """2024 closes with an accrual of 30 where 47 came; 2025 takes it back."""
    return snapshot(
        {
            "product": [PRODUCT],
            "declaratieregel": [
                line("2024-11-01", 100, "2024-12-05", "2024-12-20"),
                line("2024-12-01", 40, "2025-01-10", "2025-01-25"),
                line("2024-12-01", 7, "2024-12-30", "2025-02-10"),
                line("2025-03-01", 200, "2025-04-05", "2025-05-01"),
            ],
            "grootboek": [
                booked(2024, 12, "berichten", 100),
                booked(2024, 12, "overlopend", 30),
                booked(2025, 1, "overlopend", -30),
                booked(2025, 12, "berichten", 247),
                booked(2025, 6, "pgb", 9),
            ],
        }
    )


def test_boekjaar_and_levermaand_are_told_apart(two_years: Vraag) -> None:
    found = two_years(
        "SELECT boekjaar, volgorde, bedrag_cent FROM mart.jaarrekening"
        " WHERE volgorde NOT IN (5, 6, 7, 12, 13) AND boekjaar <= 2025 AND taakveld = '6.71b'"
        " ORDER BY boekjaar, volgorde"
    )
    assert found == [
        (2024, 1, 100),
        (2024, 3, 7),  # handed in before the year's end, answered after it
        (2024, 4, 40),
        (2024, 8, 100),
        (2024, 9, 30),
        (2024, 11, 130),
        (2024, 14, 0),
        (2025, 1, 200),
        (2025, 2, 47),
        (2025, 8, 247),
        (2025, 9, -30),
        (2025, 10, 9),
        (2025, 11, 226),
        (2025, 14, 0),
    ]


def test_the_ledger_is_explained_to_the_cent_in_closed_years(two_years: Vraag) -> None:
    # 147 delivered against 130 booked: 47 later minus 30 accrued
    # 200 delivered against 217 booked: 47 of old years minus 30 taken back
    assert two_years(
        "SELECT jaar, links, rechts, verschil, verklaard FROM mart.aansluiting"
        " WHERE stap = 'mart naar grootboek' ORDER BY jaar"
    ) == [(2024, 147, 130, 17, 17), (2025, 200, 217, -17, -17)]
    # an accrual is no spending of its own: the levermaanden carry it
    assert two_years(
        "SELECT onderdeel, sum(realisatie_cent) FROM mart.uitgaven_jaar GROUP BY 1 ORDER BY 1"
    ) == [
        ("berichten", 347),
        ("pgb", 9),
    ]


@pytest.fixture
def three_years(snapshot: Snapshot) -> Vraag:
    """Care of 2021: 100 answered in that year, 40 in 2022, 25 in 2023, and 10 not yet."""
    return snapshot(
        {
            "product": [PRODUCT],
            "declaratieregel": [
                line("2021-11-01", 100, "2021-12-05", "2021-12-20"),
                line("2021-12-01", 40, "2022-01-10", "2022-01-25"),
                line("2021-12-01", 25, "2022-12-20", "2023-02-10"),
                line("2021-12-01", 10, "2023-03-01", None),
            ],
        },
        "2023-10-31",
    )


def test_what_stays_open_is_accrued_again_each_year(three_years: Vraag) -> None:
    # at the end of 2021 40 + 25 + 10 is open, of 2022 25 (handed in by then) + 10, of 2023 10: what each
    # year takes back is what the year before closed with, and all 175 are lasten of 2021
    assert three_years(
        "SELECT boekjaar, volgorde, sum(bedrag_cent) FROM mart.jaarrekening"
        " WHERE volgorde IN (1, 2, 3, 4, 6, 7) AND bedrag_cent <> 0 GROUP BY 1, 2 ORDER BY 1, 2"
    ) == [
        (2021, 1, 100),
        (2021, 4, 75),
        (2021, 7, 175),
        (2022, 2, 40),
        (2022, 3, 25),
        (2022, 4, 10),
        (2022, 6, -75),
        (2023, 2, 25),
        (2023, 3, 10),
        (2023, 6, -35),
    ]
    assert three_years(
        "SELECT boekjaar, leverjaar, taakveld, begin_cent, geboekt_cent, eind_cent, lasten_cent"
        " FROM mart.overlopende_post ORDER BY boekjaar"
    ) == [
        (2021, 2021, "6.71b", 0, 100, 75, 175),
        (2022, 2021, "6.71b", 75, 40, 35, 0),
        (2023, 2021, "6.71b", 35, 25, 10, 0),
    ]


def test_a_booking_that_no_answer_explains_stays_unexplained(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": [PRODUCT],
            "declaratieregel": [line("2024-11-01", 100, "2024-12-05", "2024-12-20")],
            "grootboek": [booked(2024, 12, "berichten", 112), booked(2024, 12, "overlopend", 0)],
        }
    )
    assert vraag(
        "SELECT bedrag_cent FROM mart.jaarrekening WHERE regel = 'onverklaard' AND boekjaar = 2024"
    ) == [(12,)]
    assert vraag("SELECT verschil - verklaard FROM mart.aansluiting WHERE stap = 'mart naar grootboek'") == [
        (-12,)
    ]


def test_what_is_still_to_come_is_shared_out_over_taakvelden(snapshot: Snapshot) -> None:
    # of each month 20/33 comes after one month and the rest after two; 30 of September is known, so 19,5 is
    # to come, times 300 cents; two thirds of the productgroep is 6.71b
    rows = [
        line(f"2026-0{month}-01", cents * share, f"2026-{month + age:02}-10", None, productcode=code)
        for month, age, cents in (
            (6, 1, 20),
            (6, 2, 13),
            (7, 1, 20),
            (7, 2, 13),
            (8, 1, 20),
            (8, 2, 13),
            (9, 1, 30),
        )
        for code, share in (("02A01", 200), ("02A02", 100))
    ]
    other = {**PRODUCT, "productcode": "02A02", "taakveld": "6.72a"}
    vraag = snapshot({"product": [PRODUCT, other], "declaratieregel": rows})
    expected = vraag("SELECT sum(nagekomen_cent) FROM mart.nagekomen WHERE aanbieder_agb IS NULL")[0][0]
    assert expected == 5850  # 30 x 300 x 13/20
    assert vraag(
        "SELECT taakveld, bedrag_cent FROM mart.jaarrekening WHERE volgorde = 5 ORDER BY taakveld"
    ) == [("6.71b", 3900), ("6.72a", 1950)]


def test_what_is_still_to_come_is_to_come_at_the_end_of_every_year(snapshot: Snapshot) -> None:
    # of each month 20/33 comes after one month and the rest after seven; at the end of April 2026 that rest
    # is still to come of October, November and December: 13 x 300 cents each, open when 2025 closes and 2026
    rows = [
        line(f"2025-{month:02}-01", cents * 300, day(month + age), None)
        for month in range(1, 13)
        for age, cents in ((1, 20), (7, 13))
        if month + age <= 16
    ]
    vraag = snapshot({"product": [PRODUCT], "declaratieregel": rows}, "2026-04-30")
    to_come = vraag("SELECT sum(nagekomen_cent) FROM mart.nagekomen WHERE aanbieder_agb IS NULL")[0][0]
    assert to_come == 3 * 3900  # October, November and December
    assert vraag(
        "SELECT boekjaar, verwacht_cent, eind_cent - verwacht_cent, begin_cent FROM mart.overlopende_post"
        " WHERE leverjaar = 2025 ORDER BY boekjaar"
    ) == [(2025, 11_700, 12 * 9900 - 11_700, 0), (2026, 11_700, 12 * 9900 - 11_700, 12 * 9900)]


def day(month: int) -> str:
    """The tenth of a month counted from January 2025."""
    return f"{2025 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-10"


@pytest.mark.parametrize(
    ("jaar", "promille", "regime", "limit", "within"),
    [
        (2022, 10, "accountant", 101, False),  # 110 fouten against 1 % of 10.120
        (2022, 11, "accountant", 111, True),
        (2023, 10, "college", 101, False),  # 110 fouten and 50 onzekerheden together
        (2023, 15, "college", 152, False),
        (2023, 16, "college", 162, True),
    ],
)
def test_fouten_and_onzekerheden_against_the_boundary(
    snapshot: Snapshot, jaar: int, promille: int, regime: str, limit: int, within: bool
) -> None:
    unknown = {"toewijzing_sleutel": "9", "toewijzing_nummer": 9}
    month, received, answered = f"{jaar}-03-01", f"{jaar}-04-05", f"{jaar}-04-20"
    rejected = line(month, 70, received, answered, **unknown) | {"status": "afgekeurd", "toegekend_cent": 0}
    vraag = snapshot(
        {
            "product": [PRODUCT],
            "toewijzing": [{"ingangsdatum": f"{jaar}-01-01", "toewijzing_nummer": 1}],
            "declaratieregel": [
                line(month, 10_000, received, answered, toewijzing_nummer=1),
                line(month, 90, received, answered, **unknown),
                line(month, 50, received, None, **unknown),
                line(month, -20, received, answered, **unknown),
                rejected,
            ],
        },
        options=Options(
            settings=Settings(rechtmatigheid_fouten_promille=promille, rechtmatigheid_grens_promille=promille)
        ),
    )
    assert vraag(
        "SELECT wet, lasten_cent, fout_regels, fouten_cent, onzekere_regels, onzekerheden_cent, regime,"
        f" grens_fouten_cent, binnen_grens FROM mart.rechtmatigheid WHERE jaar = {jaar} ORDER BY wet"
    ) == [
        ("Wmo", 10_120, 2, 110, 1, 50, regime, limit, within),
        (None, 10_120, 2, 110, 1, 50, regime, limit, within),
    ]
