"""Realisatie, toegekend and status by the rules of the 325 and of the history extract."""

from tests.warehouse.conftest import Snapshot

PRODUCTEN = [{"productcode": "02A01", "product": "Begeleiding"}]


def regel(cent: int, **meer: object) -> dict[str, object]:
    return {"bron": "bericht", "bericht_id": "m1", "periode_begin": "2026-05-01", "bedrag_cent": cent, **meer}


def antwoord(niveau: str, **meer: object) -> dict[str, object]:
    return {
        "bericht_id": "a1",
        "niveau": niveau,
        "declaratie_identificatie": "m1",
        "declaratienummer": "d1",
        "ontvangen_op": "2026-06-20",
        **meer,
    }


def oordelen(vraag: object) -> list[tuple[object, ...]]:
    return vraag(  # type: ignore[operator, no-any-return]
        "SELECT referentienummer, status, toegekend_cent, realisatie_cent FROM kern.declaratieregel ORDER "
        "BY ALL"
    )


def test_unanswered_line_counts_as_submitted(snapshot: Snapshot) -> None:
    vraag = snapshot({"product": PRODUCTEN, "declaratieregel": [regel(10_000)]})
    assert oordelen(vraag) == [("r1", "in behandeling", None, 10_000)]


def test_325_lists_only_rejected_lines(snapshot: Snapshot) -> None:
    # 100 + 60 submitted, 60 rejected: the other line is approved without being named
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [regel(10_000), regel(6_000)],
            "declaratieantwoord": [
                antwoord("bericht", retourcodes="0200"),
                antwoord("declaratie", retourcodes="0200", ingediend_cent=16_000, toegekend_cent=10_000),
                antwoord("client", retourcodes="0200", client_id="anna"),
                antwoord("prestatie", retourcodes="9307", referentienummer="r2", ingediend_cent=6_000),
            ],
        }
    )
    assert oordelen(vraag) == [("r1", "goedgekeurd", 10_000, 10_000), ("r2", "afgekeurd", 0, 0)]
    assert vraag("SELECT sum(realisatie_cent), sum(regels) FROM mart.pq_maand") == [(10_000, 2)]


def test_header_rejection_rejects_all(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [regel(10_000), regel(6_000)],
            "declaratieantwoord": [antwoord("bericht", retourcodes="0001", declaratienummer=None)],
        }
    )
    assert oordelen(vraag) == [("r1", "afgekeurd", 0, 0), ("r2", "afgekeurd", 0, 0)]


def test_declaratie_rejection_rejects_all(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [regel(10_000)],
            "declaratieantwoord": [
                antwoord("bericht", retourcodes="0200"),
                antwoord("declaratie", retourcodes="9333", ingediend_cent=10_000, toegekend_cent=0),
            ],
        }
    )
    assert oordelen(vraag) == [("r1", "afgekeurd", 0, 0)]


def test_nothing_granted_because_debit_and_credit_cancel_is_no_rejection(snapshot: Snapshot) -> None:
    # +100 - 100 approved, + 50 rejected: 50 submitted, 0 granted; only the named line is rejected
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [regel(10_000), regel(-10_000), regel(5_000)],
            "declaratieantwoord": [
                antwoord("bericht", retourcodes="0200"),
                antwoord("declaratie", retourcodes="9389", ingediend_cent=5_000, toegekend_cent=0),
                antwoord("prestatie", retourcodes="9389", referentienummer="r3", ingediend_cent=5_000),
            ],
        }
    )
    assert oordelen(vraag) == [
        ("r1", "goedgekeurd", 10_000, 10_000),
        ("r2", "goedgekeurd", -10_000, -10_000),
        ("r3", "afgekeurd", 0, 0),
    ]


def test_rejected_client_rejects_its_lines_only(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [regel(10_000), regel(6_000, client_id="bert")],
            "declaratieantwoord": [
                antwoord("bericht", retourcodes="0200"),
                antwoord("declaratie", retourcodes="0200", ingediend_cent=16_000, toegekend_cent=10_000),
                antwoord("client", retourcodes="8187", client_id="bert"),
            ],
        }
    )
    assert oordelen(vraag) == [("r1", "goedgekeurd", 10_000, 10_000), ("r2", "afgekeurd", 0, 0)]


def test_second_declaration_with_the_same_number_does_not_touch_the_first(snapshot: Snapshot) -> None:
    # 9333: the number was used before; the answer names the second message, so the first stays approved
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [regel(10_000), regel(7_000, bericht_id="m2", periode_begin="2026-06-01")],
            "declaratieantwoord": [
                antwoord("bericht", retourcodes="0200"),
                antwoord("declaratie", retourcodes="8001", ingediend_cent=10_000, toegekend_cent=10_000),
                antwoord("bericht", bericht_id="a2", declaratie_identificatie="m2", retourcodes="0200"),
                antwoord(
                    "declaratie",
                    bericht_id="a2",
                    declaratie_identificatie="m2",
                    retourcodes="9333",
                    ingediend_cent=7_000,
                    toegekend_cent=0,
                ),
            ],
        }
    )
    assert oordelen(vraag) == [("r1", "goedgekeurd", 10_000, 10_000), ("r2", "afgekeurd", 0, 0)]


def test_answer_counts_from_its_own_receipt(snapshot: Snapshot) -> None:
    tabellen = {
        "product": PRODUCTEN,
        "declaratieregel": [regel(10_000)],
        "declaratieantwoord": [antwoord("bericht", retourcodes="0001", declaratienummer=None)],
    }
    assert oordelen(snapshot(tabellen, "2026-06-19")) == [("r1", "in behandeling", None, 10_000)]
    assert oordelen(snapshot(tabellen, "2026-06-20")) == [("r1", "afgekeurd", 0, 0)]


def test_extract_status_counts_from_its_answer(snapshot: Snapshot) -> None:
    tabellen = {
        "product": PRODUCTEN,
        "declaratieregel": [
            {
                "periode_begin": "2026-03-01",
                "bedrag_cent": 9_000,
                "ontvangen_op": "2026-04-05",
                "status": "goedgekeurd",
                "toegekend_cent": 8_000,
                "beantwoord_op": "2026-05-10",
            }
        ],
    }
    assert oordelen(snapshot(tabellen, "2026-05-09")) == [("r1", "in behandeling", None, 9_000)]
    assert oordelen(snapshot(tabellen, "2026-05-10")) == [("r1", "goedgekeurd", 8_000, 8_000)]


def test_325_answers_a_line_that_came_by_extract(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [
                {"periode_begin": "2026-03-01", "bedrag_cent": 9_000, "status": "in behandeling"},
                {"periode_begin": "2026-03-01", "bedrag_cent": 4_000, "status": "in behandeling"},
            ],
            "declaratieantwoord": [
                antwoord("bericht", declaratie_identificatie="oud", retourcodes="0200"),
                antwoord(
                    "declaratie",
                    declaratie_identificatie="oud",
                    retourcodes="0200",
                    ingediend_cent=13_000,
                    toegekend_cent=9_000,
                ),
                antwoord(
                    "prestatie",
                    declaratie_identificatie="oud",
                    retourcodes="9338",
                    referentienummer="r2",
                    ingediend_cent=4_000,
                ),
            ],
        }
    )
    assert oordelen(vraag) == [("r1", "goedgekeurd", 9_000, 9_000), ("r2", "afgekeurd", 0, 0)]


def test_message_counts_where_an_extract_tells_the_same_line(snapshot: Snapshot) -> None:
    # the extract says 90, the message 100, both reference r1: the message counts
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [
                {
                    "periode_begin": "2026-05-01",
                    "bedrag_cent": 9_000,
                    "status": "goedgekeurd",
                    "referentienummer": "r1",
                },
                regel(10_000, referentienummer="r1"),
            ],
        }
    )
    assert oordelen(vraag) == [("r1", "in behandeling", None, 10_000)]
    assert vraag(
        "SELECT links, rechts, verschil, verklaard FROM mart.aansluiting"
        " WHERE stap = 'lake naar kern' AND grootheid = 'cent'"
    ) == [(19_000, 10_000, 9_000, 9_000)]


def test_same_number_of_another_aanbieder_or_wet_is_another_line(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [
                {
                    "periode_begin": "2026-05-01",
                    "bedrag_cent": 1,
                    "referentienummer": "r1",
                    "aanbieder_agb": "2",
                },
                {
                    "periode_begin": "2026-05-01",
                    "bedrag_cent": 2,
                    "referentienummer": "r1",
                    "wet": "Jeugdwet",
                },
                regel(4, referentienummer="r1"),
            ],
        }
    )
    assert vraag("SELECT sum(realisatie_cent) FROM mart.pq_maand") == [(7,)]


def test_second_message_with_the_same_identity_does_not_count(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "bericht": [
                {"bericht_id": "m1", "identificatie": "zelfde"},
                {"bericht_id": "m2", "identificatie": "zelfde"},
            ],
            "declaratieregel": [
                regel(10_000, ontvangen_op="2026-06-10"),
                regel(500, bericht_id="m2", ontvangen_op="2026-06-09"),
            ],
        }
    )
    assert oordelen(vraag) == [("r2", "in behandeling", None, 500)]
    assert vraag(
        "SELECT bericht_id, eerste, telt FROM kern.bericht WHERE berichttype = 'wmo323' ORDER BY 1"
    ) == [
        ("m1", False, False),
        ("m2", True, True),
    ]


def test_credit_is_signed_and_stays_in_its_levermaand(snapshot: Snapshot) -> None:
    # debit of May received in June, credited and replaced in August: May holds the new amount, August nothing
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [
                regel(10_000, volume=2),
                regel(
                    -10_000,
                    volume=-2,
                    bericht_id="m3",
                    ontvangen_op="2026-08-05",
                    vorig_referentienummer="r1",
                ),
                regel(15_000, volume=3, bericht_id="m3", ontvangen_op="2026-08-05"),
            ],
        }
    )
    assert vraag(
        "SELECT levermaand::VARCHAR, volume::DOUBLE, clientdagen, realisatie_cent, regels FROM mart.pq_maand"
    ) == [("2026-05-01", 3.0, 31, 15_000, 3)]


def test_client_without_net_volume_is_no_client_but_its_cents_stay(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [
                regel(10_000, volume=2),
                # ten days taken back, all of the volume: no client days are left over
                regel(-9_000, volume=-2, periode_eind="2026-05-10", bericht_id="m3"),
            ],
        }
    )
    assert vraag("SELECT count(*) FROM mart.client_maand") == [(0,)]
    assert vraag("SELECT volume::DOUBLE, clientdagen, realisatie_cent FROM mart.pq_maand") == [
        (0.0, 0, 1_000)
    ]


def test_reloaded_extract_line_counts_once_with_its_latest_answer(snapshot: Snapshot) -> None:
    eerst = {
        "periode_begin": "2026-03-01",
        "bedrag_cent": 9_000,
        "status": "in behandeling",
        "referentienummer": "r1",
    }
    later = {
        **eerst,
        "bericht_id": "x2",
        "status": "afgekeurd",
        "toegekend_cent": 0,
        "beantwoord_op": "2026-05-10",
    }
    vraag = snapshot({"product": PRODUCTEN, "declaratieregel": [eerst, later]})
    assert oordelen(vraag) == [("r1", "afgekeurd", 0, 0)]


def test_304_of_release_2_can_grant_a_part(snapshot: Snapshot) -> None:
    # 100 + 60 + 40 submitted; of the 60 it grants 45, of the 40 nothing; the first is not named
    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "declaratieregel": [regel(10_000), regel(6_000), regel(4_000)],
            "declaratieantwoord": [
                antwoord("bericht", retourcodes="0200"),
                antwoord("declaratie", retourcodes="0200", ingediend_cent=20_000, toegekend_cent=14_500),
                antwoord("prestatie", referentienummer="r2", ingediend_cent=6_000, toegekend_cent=4_500),
                antwoord("prestatie", referentienummer="r3", ingediend_cent=4_000, toegekend_cent=0),
            ],
        }
    )
    assert oordelen(vraag) == [
        ("r1", "goedgekeurd", 10_000, 10_000),
        ("r2", "goedgekeurd", 4_500, 4_500),
        ("r3", "afgekeurd", 0, 0),
    ]
    assert vraag("SELECT verschil, verklaard FROM mart.aansluiting WHERE stap LIKE '325%'") == [(0, 0)]


def test_answer_about_a_double_number_leaves_the_first_answer_standing(snapshot: Snapshot) -> None:
    # two 303 with one number (their identity): the first counts and was approved, the second was refused
    def over(bericht: str, codes: str, toegekend: int, op: str) -> list[dict[str, object]]:
        same = {"bericht_id": bericht, "declaratie_identificatie": "zelfde", "ontvangen_op": op}
        totals = {"ingediend_cent": 10_000, "toegekend_cent": toegekend}
        kop = antwoord("bericht", retourcodes="0200", **same)
        return [kop, antwoord("declaratie", retourcodes=codes, **same, **totals)]

    vraag = snapshot(
        {
            "product": PRODUCTEN,
            "bericht": [{"bericht_id": naam, "identificatie": "zelfde"} for naam in ("m1", "m2")],
            "declaratieregel": [
                regel(10_000, ontvangen_op="2026-06-05"),
                regel(10_000, bericht_id="m2", ontvangen_op="2026-06-25"),
            ],
            "declaratieantwoord": over("a1", "8001", 10_000, "2026-06-20")
            + over("a2", "9333", 0, "2026-07-01"),
        }
    )
    assert oordelen(vraag) == [("r1", "goedgekeurd", 10_000, 10_000)]
