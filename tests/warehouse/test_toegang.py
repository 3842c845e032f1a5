"""The toegang on a tiny lake: steps, terms, open cases, and the wait for care to begin."""

from typing import Any

from tests.warehouse.conftest import Snapshot

Row = dict[str, Any]


def melding(
    number: int, onderzoek: str | None, aanvraag: str | None, besluit: str | None, **rest: Any
) -> Row:
    """A melding of 1 July 2026 with the days of its steps."""
    return {
        "melding_id": f"m{number}",
        "client_id": f"c{number}",
        "wet": "Wmo",
        "wijkteam": "Noord",
        "verwijzer": "01",
        "melding_op": "2026-07-01",
        "onderzoek_op": onderzoek,
        "aanvraag_op": aanvraag,
        "besluit_op": besluit,
        "besluit": "toegekend" if besluit else None,
        "ontvangen_op": "2026-07-01",
        **rest,
    }


def test_steps_terms_and_open_cases_by_hand(snapshot: Snapshot) -> None:
    # eight researched on day 42 (within six weeks), one on day 43, one still open on 31 October; asked on the
    # same day; decided 14 days later, but the one of day 43 takes 15
    rows = [melding(n, "2026-08-12", "2026-08-12", "2026-08-26") for n in range(8)]
    rows += [melding(8, "2026-08-13", "2026-08-13", "2026-08-28"), melding(9, None, None, None)]
    vraag = snapshot({"melding": rows})
    assert vraag(
        "SELECT meldingen, onderzoeken, besluiten, toegekend, lopend, onderzoek_mediaan_dagen,"
        " onderzoek_binnen_termijn, doorlooptijd_mediaan_dagen, besluit_mediaan_dagen, kwartaal::VARCHAR"
        " FROM mart.toegang WHERE wijkteam IS NULL AND verwijzer IS NULL"
    ) == [(10, 9, 9, 9, 1, 42.0, 0.8, 56.0, None, "2026-07-01")]
    # nine cases have an aanvraag: too few to tell of the besluit


def test_a_case_closed_without_a_step_waits_no_longer(snapshot: Snapshot) -> None:
    # ten meldingen withdrawn after ten days without research, and one researched after five: of eleven one is
    # done on day 5; the others are known to have waited ten days only, so six weeks cannot be judged
    rows = [melding(n, None, None, "2026-07-11") | {"besluit": "ingetrokken"} for n in range(10)]
    vraag = snapshot({"melding": [*rows, melding(10, "2026-07-06", None, None)]})
    assert vraag(
        "SELECT DISTINCT onderzoek_mediaan_dagen, onderzoek_binnen_termijn, toegekend, lopend"
        " FROM mart.toegang"
    ) == [(None, None, 0, 1)]


def test_teams_and_referrers_apart_and_together(snapshot: Snapshot) -> None:
    team = ["Noord"] * 12 + ["Zuid"] * 12
    rows = [melding(n, "2026-07-11", None, None, wijkteam=team[n]) for n in range(24)]
    rows[0]["verwijzer"] = "06"
    vraag = snapshot({"melding": rows})
    assert vraag(
        "SELECT wijkteam, verwijzer, meldingen, onderzoek_mediaan_dagen FROM mart.toegang"
        " ORDER BY wijkteam NULLS FIRST, verwijzer NULLS FIRST"
    ) == [
        (None, None, 24, 10.0),
        (None, "01", 23, 10.0),
        (None, "06", 1, None),
        ("Noord", None, 12, 10.0),
        ("Noord", "01", 11, 10.0),
        ("Noord", "06", 1, None),
        ("Zuid", None, 12, 10.0),
        ("Zuid", "01", 12, 10.0),
    ]


def test_wait_from_toewijzing_to_start_of_care(snapshot: Snapshot) -> None:
    # toegewezen on 1 August; six begin on 11 August, two on 21 August, two have not begun on 31 October
    numbers = range(10)
    starts = [(n, "2026-08-11" if n < 6 else "2026-08-21") for n in range(8)]
    vraag = snapshot(
        {
            "melding": [
                melding(n, "2026-07-10", "2026-07-10", "2026-07-20", toewijzing_nummer=100 + n)
                for n in numbers
            ],
            "toewijzing": [
                {
                    "client_id": f"c{n}",
                    "toewijzing_sleutel": f"{100 + n}",
                    "toewijzing_nummer": 100 + n,
                    "ingangsdatum": "2026-08-05",
                    "toegewezen_op": "2026-08-01",
                    "ontvangen_op": "2026-08-01",
                }
                for n in numbers
            ]
            # a later version of a toewijzing does not make the wait begin again
            + [
                {
                    "client_id": "c0",
                    "toewijzing_sleutel": "100",
                    "toewijzing_nummer": 100,
                    "ingangsdatum": "2026-08-05",
                    "toegewezen_op": "2026-09-01",
                    "ontvangen_op": "2026-09-01",
                    "bericht_id": "later",
                }
            ],
            "start": [
                {"client_id": f"c{n}", "toewijzing_sleutel": f"{100 + n}", "begindatum": day}
                for n, day in starts
            ],
        }
    )
    assert vraag(
        "SELECT toewijzingen, gestart, wachttijd_mediaan_dagen FROM mart.toegang"
        " WHERE wijkteam IS NULL AND verwijzer IS NULL"
    ) == [(10, 8, 10.0)]


def test_referrals_per_hundred_contacts(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "klantcontact": [
                {
                    "maand": "2026-07-01",
                    "wijkteam": "Noord",
                    "contacten": 80,
                    "doorverwijzingen": 20,
                    "bron": "x",
                },
                {
                    "maand": "2026-07-01",
                    "wijkteam": "Zuid",
                    "contacten": 0,
                    "doorverwijzingen": 0,
                    "bron": "x",
                },
            ],
            "melding": [melding(1, None, None, None), melding(2, None, None, None, wijkteam=None)],
        }
    )
    assert vraag(
        "SELECT wijkteam, contacten, doorverwijzingen_per_100, meldingen FROM mart.klantcontact_maand"
        " ORDER BY 1"
    ) == [("Noord", 80, 25.0, 1), ("Zuid", 0, None, 0), ("onbekend", None, None, 1)]
