"""Versions of a toewijzing, expected volume and price, each reckoned by hand."""

from tests.warehouse.conftest import Snapshot

PRODUCT = [
    {"productcode": "02A01", "product": "Begeleiding"},
    {"productcode": "02A02", "product": "Dagdeel", "eenheid": "16"},
]


def rows(vraag: object, sql: str) -> list[tuple[object, ...]]:
    return vraag(sql)  # type: ignore[operator, no-any-return]


def test_newest_version_by_toewijzingsdatum_wins_not_by_receipt(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                # 1: the version of 3 March was received before that of 1 March; the version of 3 March counts
                {"toegewezen_op": "2026-03-03T10:00", "volume": 5, "ontvangen_op": "2026-03-03"},
                {"toegewezen_op": "2026-03-01T10:00", "volume": 9, "ontvangen_op": "2026-03-09"},
                # 2: same day, the later hour counts
                {"toewijzing_sleutel": "2", "toegewezen_op": "2026-03-01T09:00", "volume": 1},
                {"toewijzing_sleutel": "2", "toegewezen_op": "2026-03-01T09:01", "volume": 2},
                # 3: same moment told by extract and message: the message
                {
                    "toewijzing_sleutel": "3",
                    "toegewezen_op": "2026-03-01",
                    "volume": 1,
                    "ontvangen_op": "2026-03-05",
                },
                {
                    "toewijzing_sleutel": "3",
                    "toegewezen_op": "2026-03-01",
                    "volume": 2,
                    "bron": "bericht",
                    "ontvangen_op": "2026-03-01",
                },
                # 4: removed (13) after a normal version: never sent
                {"toewijzing_sleutel": "4", "toegewezen_op": "2026-03-01", "volume": 1},
                {"toewijzing_sleutel": "4", "toegewezen_op": "2026-03-02", "reden_wijziging": "13"},
                # 5: a removal that was itself overtaken by a newer version counts no more
                {"toewijzing_sleutel": "5", "toegewezen_op": "2026-03-02", "reden_wijziging": "13"},
                {"toewijzing_sleutel": "5", "toegewezen_op": "2026-03-03", "volume": 7},
                # 6: the old way to remove: 01 and einddatum = ingangsdatum; 7: with another end a correction
                {"toewijzing_sleutel": "6", "reden_wijziging": "01", "einddatum": "2026-01-01"},
                {"toewijzing_sleutel": "7", "reden_wijziging": "01", "einddatum": "2026-01-02"},
                # 1 of the Jeugdwet is another toewijzing than 1 of the Wmo
                {"wet": "Jeugdwet", "volume": 3},
            ],
        }
    )
    assert rows(vraag, "SELECT wet, toewijzing_sleutel, volume FROM kern.toewijzing ORDER BY ALL") == [
        ("Jeugdwet", "1", 3),
        ("Wmo", "1", 5),
        ("Wmo", "2", 2),
        ("Wmo", "3", 2),
        ("Wmo", "5", 7),
        ("Wmo", "7", None),
    ]


def test_version_counts_from_its_own_receipt(snapshot: Snapshot) -> None:
    tabellen = {
        "product": PRODUCT,
        "toewijzing": [
            {"toegewezen_op": "2026-03-01", "volume": 5, "ontvangen_op": "2026-03-01"},
            {"toegewezen_op": "2026-04-01", "volume": 8, "ontvangen_op": "2026-04-01"},
        ],
    }
    assert rows(snapshot(tabellen, "2026-03-31"), "SELECT volume FROM kern.toewijzing") == [(5,)]
    assert rows(snapshot(tabellen, "2026-04-01"), "SELECT volume FROM kern.toewijzing") == [(8,)]


def test_soort_follows_from_what_is_filled(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                {},
                {"toewijzing_sleutel": "2", "productcode": None},
                {"toewijzing_sleutel": "3", "productcode": None, "productcategorie": None, "budget_cent": 1},
            ],
        }
    )
    assert rows(vraag, "SELECT soort FROM kern.toewijzing ORDER BY toewijzing_sleutel") == [
        ("specifiek",),
        ("aspecifiek",),
        ("generiek",),
    ]


def test_expected_volume_per_frequency(snapshot: Snapshot) -> None:
    # February 2026 has 28 days, 2026 has 365; one aanbieder per case, known at the end of February
    def van(aanbieder: str, frequentie: str, volume: int, **meer: object) -> dict[str, object]:
        return {
            "toewijzing_sleutel": aanbieder,
            "aanbieder_agb": aanbieder,
            "frequentie": frequentie,
            "volume": volume,
            "eenheid": "04",
            **meer,
        }

    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                van("1", "1", 2),  # 2 a day: 56
                van("2", "2", 7),  # 7 a week: 7 x 28 / 7 = 28
                van("3", "3", 10),  # 10 per four weeks: 10
                van("4", "4", 10, ingangsdatum="2026-02-15"),  # 14 of 28 days: 5
                van("5", "5", 365),  # 28 of 365 days: 28
                van("6", "6", 59, einddatum="2026-02-28"),  # 59 days of validity from 1 January: 28
                van("7", "6", 365),  # without end spread over 12 months (365 days): 28
                van("8", "6", 365, ingangsdatum="2025-01-01"),  # spread over 2025: nothing left in 2026
                van("9", "2", 420, eenheid="01"),  # 420 minutes a week is 7 hours: 28
                van("10", "4", 3, eenheid="14"),  # etmalen of a product in hours: a row of its own
            ],
        },
        "2026-02-28",
    )
    assert rows(
        vraag,
        "SELECT CAST(aanbieder_agb AS INT) AS a, eenheid, toegewezen_volume::DOUBLE FROM mart.pq_maand"
        " WHERE levermaand = DATE '2026-02-01' ORDER BY a",
    ) == [
        (1, "04", 56.0),
        (2, "04", 28.0),
        (3, "04", 10.0),
        (4, "04", 5.0),
        (5, "04", 28.0),
        (6, "04", 28.0),
        (7, "04", 28.0),
        (8, "04", 0.0),
        (9, "04", 28.0),
        (10, "14", 3.0),
    ]


def test_price_is_the_contract_else_the_median_of_what_was_declared(snapshot: Snapshot) -> None:
    # 10 hours a month in May at three aanbieders
    def toewijzing(aanbieder: str) -> dict[str, object]:
        return {
            "toewijzing_sleutel": aanbieder,
            "aanbieder_agb": aanbieder,
            "ingangsdatum": "2026-05-01",
            "einddatum": "2026-05-31",
            "frequentie": "4",
            "volume": 10,
            "eenheid": "04",
        }

    def regel(aanbieder: str, tarief: int) -> dict[str, object]:
        return {
            "aanbieder_agb": aanbieder,
            "toewijzing_sleutel": aanbieder,
            "periode_begin": "2026-05-01",
            "volume": 1,
            "tarief_cent": tarief,
            "bedrag_cent": tarief,
            "referentienummer": f"{aanbieder}-{tarief}",
        }

    def tarief(aanbieder: str, cent: int, **meer: object) -> dict[str, object]:
        return {
            "wet": "Wmo",
            "aanbieder_agb": aanbieder,
            "productcode": "02A01",
            "eenheid": "04",
            "tarief_cent": cent,
            "geldig_van": "2026-01-01",
            **meer,
        }

    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [toewijzing("1"), toewijzing("2"), toewijzing("3")],
            "declaratieregel": [regel("1", 5000), regel("1", 5400), regel("2", 7000)],
            "tarief": [
                tarief("1", 6000, geldig_tot="2026-04-30"),
                tarief("1", 6200, geldig_van="2026-05-01"),
                tarief("2", 100, eenheid="01"),  # 100 cents a minute is 60 euro an hour
            ],
        },
        "2026-06-30",
    )
    # 1: 10 x 62,00; 2: 10 x 60,00; 3 has no contract: median of 50, 54 and 70 is 54,00
    assert rows(
        vraag, "SELECT aanbieder_agb, toegewezen_cent, geleverd_cent FROM mart.uitnutting_maand ORDER BY 1"
    ) == [("1", 62_000, 12_400), ("2", 60_000, 6_000), ("3", 54_000, 0)]


def test_euro_products_count_in_euros(snapshot: Snapshot) -> None:
    # unit 83: volume and amount are the same number of cents
    vraag = snapshot(
        {
            "product": [{"productcode": "02A01", "product": "Aanpassing", "eenheid": "83"}],
            "toewijzing": [
                {
                    "ingangsdatum": "2026-05-01",
                    "einddatum": "2026-05-31",
                    "volume": 500_000,
                    "eenheid": "83",
                    "frequentie": "6",
                }
            ],
            "declaratieregel": [
                {"periode_begin": "2026-05-01", "volume": 412_345, "eenheid": "83", "bedrag_cent": 412_345}
            ],
        },
        "2026-06-30",
    )
    assert rows(
        vraag,
        "SELECT toegewezen_volume::DOUBLE, geleverd_volume::DOUBLE, toegewezen_cent, geleverd_cent"
        " FROM mart.uitnutting_maand",
    ) == [(5000.0, 4123.45, 500_000, 412_345)]


def test_budget_counts_in_cents_only_under_its_category(snapshot: Snapshot) -> None:
    # 590 euro over January and February (59 days): 280 euro in February; delivered 100 euro in category 02
    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [{"productcode": None, "einddatum": "2026-02-28", "budget_cent": 59_000}],
            "declaratieregel": [{"periode_begin": "2026-02-01", "volume": 2, "bedrag_cent": 10_000}],
        },
        "2026-03-31",
    )
    assert rows(
        vraag,
        "SELECT productgroep, product, eenheid, toegewezen_volume, geleverd_volume,"
        " toegewezen_cent, geleverd_cent FROM mart.uitnutting_maand WHERE levermaand = DATE '2026-02-01'",
    ) == [("Begeleiding", "niet gespecificeerd", None, None, None, 28_000, 10_000)]
    assert rows(vraag, "SELECT product, volume::DOUBLE, toegewezen_volume FROM mart.pq_maand") == [
        ("Begeleiding", 2.0, None)
    ]


def test_unknown_code_is_onbekend_and_keeps_its_cents(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "declaratieregel": [
                {
                    "periode_begin": "2026-02-01",
                    "productcode": "XX1",
                    "bedrag_cent": 700,
                    "volume": 3,
                    "eenheid": "01",
                }
            ],
        }
    )
    assert rows(
        vraag,
        "SELECT hoofdproduct, productgroep, product, zwaarte, zwaarte_rang, wijkcode, eenheid,"
        " volume::DOUBLE, realisatie_cent FROM mart.pq_maand",
    ) == [("onbekend", "onbekend", "onbekend", "onbekend", 0, "onbekend", "01", 3.0, 700)]


def test_series_survives_a_reclassification(snapshot: Snapshot) -> None:
    # until 2025 the code was Oud, from 2026 on Nieuw: lines follow their levermaand, levering passes over
    vraag = snapshot(
        {
            "product": [
                {"productcode": "02A01", "product": "Oud", "geldig_tot": "2025-12-31"},
                {"productcode": "02A01", "product": "Nieuw", "geldig_van": "2026-01-01"},
            ],
            "start": [{"begindatum": "2025-11-01"}],
            "declaratieregel": [
                {"periode_begin": "2025-12-01", "bedrag_cent": 100},
                {"periode_begin": "2026-01-01", "bedrag_cent": 200},
            ],
        },
        "2026-02-28",
    )
    assert rows(vraag, "SELECT product, realisatie_cent FROM mart.pq_maand ORDER BY ALL") == [
        ("Nieuw", 200),
        ("Oud", 100),
    ]
    assert rows(
        vraag,
        "SELECT cel, doorstroom_in, doorstroom_uit FROM mart.stroom_maand"
        " WHERE niveau = 'product' AND maand = DATE '2026-01-01' ORDER BY ALL",
    ) == [("Wmo|Nieuw", 1, 0), ("Wmo|Oud", 0, 1)]


def test_newest_delivery_of_a_yardstick_counts_else_the_first_after(snapshot: Snapshot) -> None:
    tabellen = {
        "product": [
            {"productcode": "02A01", "product": "Eerst", "ontvangen_op": "2026-03-01", "bericht_id": "p1"},
            {"productcode": "02A01", "product": "Later", "ontvangen_op": "2026-06-01", "bericht_id": "p2"},
        ],
        "declaratieregel": [{"periode_begin": "2026-01-01", "bedrag_cent": 1}],
    }
    sql = "SELECT product FROM mart.pq_maand"
    assert rows(snapshot(tabellen, "2026-02-28"), sql) == [("Eerst",)]
    assert rows(snapshot(tabellen, "2026-05-31"), sql) == [("Eerst",)]
    assert rows(snapshot(tabellen, "2026-06-01"), sql) == [("Later",)]


def test_month_has_the_product_and_the_wijk_of_its_first_day(snapshot: Snapshot) -> None:
    # one hour a day from 20 January to 10 May; the code gets another product on 15 March (counts from April)
    # and 1 May (from May); the client moves on 10 February (from March), and back on the first of May
    code = {"productcode": "02A01", "productgroep": "Begeleiding"}
    vraag = snapshot(
        {
            "product": [
                {**code, "product": "eerst"},
                {**code, "product": "dan", "geldig_van": "2026-03-15"},
                {**code, "product": "laatst", "geldig_van": "2026-05-01"},
            ],
            "client": [
                {"client_id": "anna", "wijkcode": "W1", "bericht_id": "c1", "adres_van": "2020-01-01"},
                {"client_id": "anna", "wijkcode": "W2", "bericht_id": "c1", "adres_van": "2026-02-10"},
                {"client_id": "anna", "wijkcode": "W1", "bericht_id": "c1", "adres_van": "2026-05-01"},
            ],
            "toewijzing": [
                {
                    "ingangsdatum": "2026-01-20",
                    "einddatum": "2026-05-10",
                    "volume": 1,
                    "eenheid": "04",
                    "frequentie": "1",
                }
            ],
        }
    )
    assert rows(
        vraag,
        "SELECT CAST(levermaand AS VARCHAR), product, wijkcode, CAST(toegewezen_volume AS INTEGER)"
        " FROM mart.pq_maand ORDER BY 1",
    ) == [
        ("2026-01-01", "eerst", "W1", 12),
        ("2026-02-01", "eerst", "W1", 28),
        ("2026-03-01", "eerst", "W2", 31),
        ("2026-04-01", "dan", "W2", 30),
        ("2026-05-01", "laatst", "W1", 10),
    ]
