"""Who referred: per verwijzer the clients, euros, weight and duration of what followed."""

from tests.warehouse.conftest import Snapshot
from tests.warehouse.tiny import Row

PRODUCT = [
    {"productcode": "02A01", "product": "P", "zwaarte": "licht", "zwaarte_rang": 1},
    {"productcode": "02A02", "product": "Q", "zwaarte": "zwaar", "zwaarte_rang": 4},
    {"productcode": "02A03", "product": "R", "productgroep": "Dagbesteding"},
]
COLUMNS = "verwijzer, clienten, toewijzingen, realisatie_cent, kosten_per_client_cent"


def given(sleutel: str, client: str, code: str, verwijzer: str | None, **more: object) -> Row:
    return {
        "toewijzing_sleutel": sleutel,
        "toewijzing_nummer": int(sleutel),
        "client_id": client,
        "productcode": code,
        "verwijzer": verwijzer,
        "ingangsdatum": "2025-01-01",
        **more,
    }


def line(sleutel: str, client: str, code: str, cents: int, **more: object) -> Row:
    return {
        "toewijzing_sleutel": sleutel,
        "client_id": client,
        "productcode": code,
        "periode_begin": "2025-03-01",
        "bedrag_cent": cents,
        **more,
    }


def test_clients_and_euros_follow_the_verwijzer_of_the_toewijzing(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                given("1", "anna", "02A01", "02"),
                given("2", "anna", "02A03", "02"),
                given("3", "bert", "02A02", "02"),
                given("4", "anna", "02A01", "01"),
                given("5", "carl", "02A01", "99"),  # a code that is not on the list
            ],
            "declaratieregel": [
                line("1", "anna", "02A01", 100),
                line("2", "anna", "02A03", 50),
                line("3", "bert", "02A02", 251),
                line("4", "anna", "02A01", 30),
                line("5", "carl", "02A01", 7),
                line("9", "dirk", "02A01", 4),  # no such toewijzing
                # taken back altogether: euros, but no client
                line("4", "ella", "02A01", 10),
                line("4", "ella", "02A01", -10, vorig_referentienummer="r7"),
            ],
        }
    )
    assert vraag(f"SELECT {COLUMNS} FROM mart.verwijzer WHERE niveau = 'wet' AND jaar = 2025 ORDER BY 1") == [
        ("gemeente", 1, 1, 30, 30),
        ("huisarts", 2, 3, 401, 201),  # anna counts once; 200,5 is rounded
        ("onbekend", 2, 1, 11, 6),
    ]
    assert vraag(
        f"SELECT productgroep, {COLUMNS}, zwaarte_rang FROM mart.verwijzer WHERE niveau = 'productgroep'"
        " AND jaar = 2025 AND verwijzer = 'huisarts' ORDER BY 1"
    ) == [
        ("Begeleiding", "huisarts", 2, 2, 351, 176, 2.5),  # light and heavy: (1 + 4) / 2
        ("Dagbesteding", "huisarts", 1, 1, 50, 50, None),
    ]


def test_verwijzer_is_found_where_the_301_is_silent(snapshot: Snapshot) -> None:
    later = {
        "bron": "bericht",
        "bericht_id": "t1",
        "ontvangen_op": "2025-02-01",
        "toegewezen_op": "2025-02-01",
    }
    request = {
        "bericht_id": "v1",
        "regel_nr": 1,
        "bron": "bericht",
        "wet": "Wmo",
        "aanbieder_agb": "00000001",
        "berichttype": "wmo315",
        "ontvangen_op": "2024-12-01",
    }
    melding = {"melding_id": "9", "wet": "Wmo", "melding_op": "2024-12-01", "besluit_op": "2024-12-20"}
    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                # the extract said huisarts, the newer message says nothing
                given("1", "anna", "02A01", "02", toegewezen_op="2025-01-01", ontvangen_op="2025-01-01"),
                given("1", "anna", "02A01", None, regel_nr=1, **later),
                given("2", "bert", "02A01", None, regel_nr=2, referentie_sleutel="ref", **later),
                given("3", "carl", "02A01", None, regel_nr=3, **later),
                given("4", "dirk", "02A01", None, regel_nr=4, **later),
            ],
            "verzoek": [{**request, "client_id": "bert", "referentie_sleutel": "ref", "verwijzer": "05"}],
            "melding": [
                {**melding, "client_id": "carl", "toewijzing_nummer": 3, "verwijzer": "01"},
                # another client with that number: not his
                {**melding, "melding_id": "8", "client_id": "x", "toewijzing_nummer": 4, "verwijzer": "01"},
            ],
        }
    )
    assert vraag(
        "SELECT verwijzer, toewijzingen FROM mart.verwijzer WHERE niveau = 'wet' AND jaar = 2025 ORDER BY 1"
    ) == [("gemeente", 1), ("huisarts", 1), ("medisch specialist", 1), ("onbekend", 1)]


def test_duration_is_of_what_ended_in_the_year(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                given("1", "anna", "02A01", "02", einddatum="2025-12-31"),
                given("2", "bert", "02A01", "02"),
            ],
            "start": [
                {"toewijzing_sleutel": "1", "begindatum": "2025-01-01", "productcode": "02A01"},
                {
                    "toewijzing_sleutel": "2",
                    "client_id": "bert",
                    "begindatum": "2025-01-01",
                    "productcode": "02A01",
                },
            ],
            "stop": [
                {
                    "toewijzing_sleutel": "1",
                    "begindatum": "2025-01-01",
                    "einddatum": "2025-01-31",
                    "productcode": "02A01",
                    "reden_beeindiging": "02",
                }
            ],
        }
    )
    # 1 to 31 January is 31 days; bert is still in care
    assert vraag(
        "SELECT jaar, beeindigd, duur_dagen FROM mart.verwijzer WHERE niveau = 'wet' AND beeindigd > 0"
    ) == [(2025, 1, 31.0)]


def test_a_year_counts_what_is_declared_and_says_when_it_is_whole(snapshot: Snapshot) -> None:
    # known on 15 October 2026: August is the last full levermaand; ends are settled until March 2026
    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                given("1", "anna", "02A01", "02"),
                given("2", "bert", "02A01", "02", ingangsdatum="2026-09-10"),
            ],
            "start": [
                {"toewijzing_sleutel": "1", "begindatum": "2025-01-01", "productcode": "02A01"},
                {"toewijzing_sleutel": "1", "begindatum": "2026-05-01", "productcode": "02A01"},
            ],
            "stop": [
                {
                    "toewijzing_sleutel": "1", "begindatum": begin, "einddatum": einde,
                    "productcode": "02A01", "reden_beeindiging": "19",
                }
                for begin, einde in [("2025-01-01", "2026-03-31"), ("2026-05-01", "2026-05-31")]
            ],
            "declaratieregel": [
                line("1", "anna", "02A01", 100, periode_begin=month, referentienummer=month)
                for month in ("2025-12-01", "2026-08-01", "2026-09-01")
            ],
        },
        "2026-10-15",
    )  # fmt: skip
    assert vraag(
        "SELECT jaar, realisatie_cent, toewijzingen, beeindigd, jaar_volledig FROM mart.verwijzer"
        " WHERE niveau = 'wet' ORDER BY 1"
    ) == [(2025, 100, 1, 0, True), (2026, 100, 0, 1, False)]


def test_a_year_is_whole_only_when_its_ends_are_settled(snapshot: Snapshot) -> None:
    # December 2025 is declared at the end of January 2026, but who stopped on its last day is gone for sure
    # only when January to April are well declared: when June is the last full levermaand
    lake = {
        "product": PRODUCT,
        "toewijzing": [given("1", "anna", "02A01", "02")],
        "declaratieregel": [line("1", "anna", "02A01", 100, periode_begin="2025-12-01")],
    }
    whole = "SELECT jaar_volledig FROM mart.verwijzer WHERE niveau = 'wet' AND jaar = 2025"
    assert snapshot(lake, "2026-06-30")(whole) == [(False,)]
    assert snapshot(lake, "2026-07-31")(whole) == [(True,)]
