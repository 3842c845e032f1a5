"""What is paid without declarations: ledger, contract and kengetallen beside each other, none added up."""

from tests.warehouse.conftest import Snapshot
from tests.warehouse.tiny import Row


def booked(soort: str, periode: int, cents: int) -> Row:
    return {
        "jaar": 2025,
        "periode": periode,
        "hoofdproduct": "Ambulante begeleiding",
        "soort": soort,
        "bedrag_cent": cents,
        "geboekt_op": f"2025-{periode:02}-28",
        "ontvangen_op": f"2025-{periode:02}-28",
    }


def test_amounts_and_kengetallen_stand_beside_each_other(snapshot: Snapshot) -> None:
    kpi = {"jaar": 2025, "onderdeel": "Perceel Noord", "eenheid": "cliënten", "bron": "x"}
    contract = {"wet": "Wmo", "jaar": 2025, "perceel": "Perceel Noord"}
    vraag = snapshot(
        {
            "declaratieregel": [{"periode_begin": "2025-03-01", "bedrag_cent": 10}],
            "grootboek": [
                booked("vast", 1, 100),
                booked("vast", 2, 110),
                booked("subsidie", 2, 40),
                booked("pgb", 2, 9),  # a pgb is care of a person, not of the sociale basis
            ],
            "contract": [
                {**contract, "aanbieder_agb": "1", "bekostiging": "taakgericht", "budgetplafond_cent": 200},
                {**contract, "aanbieder_agb": "2", "bekostiging": "taakgericht", "budgetplafond_cent": 50},
                {**contract, "aanbieder_agb": "3", "bekostiging": "outputgericht", "budgetplafond_cent": 7},
            ],
            "kpi": [
                {**kpi, "maat": "cliënten", "waarde": 90.0},
                {**kpi, "maat": "wachttijd", "waarde": 14.5, "eenheid": "dagen", "maand": 3},
                # delivered again: the newer one counts
                {**kpi, "maat": "bezoek", "waarde": 1.0, "ontvangen_op": "2025-01-01"},
                {**kpi, "maat": "bezoek", "waarde": 2.0, "ontvangen_op": "2025-06-01"},
            ],
        }
    )
    assert vraag(
        "SELECT soort, onderdeel, maand, maat, bedrag_cent, waarde, eenheid FROM mart.sociale_basis"
        " ORDER BY soort, maat"
    ) == [
        ("contract", "Perceel Noord", None, "afgesproken bedrag", 250, None, "cent"),
        ("grootboek", "Ambulante begeleiding", None, "subsidie", 40, None, "cent"),
        ("grootboek", "Ambulante begeleiding", None, "vast bedrag", 210, None, "cent"),
        ("kengetal", "Perceel Noord", None, "bezoek", None, 2.0, "cliënten"),
        ("kengetal", "Perceel Noord", None, "cliënten", None, 90.0, "cliënten"),
        ("kengetal", "Perceel Noord", 3, "wachttijd", None, 14.5, "dagen"),
    ]
